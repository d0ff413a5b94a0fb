"""A suite in, a file out. A further format is one file in this folder and one row in `FORMATS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from casewright.design.cases import Suite

Write = Callable[[Suite], bytes]
"""`write(suite)` gives the whole content of the file."""


@dataclass(frozen=True, slots=True)
class Format:
    """A format of files. The module has `write` (see `Write`); it is imported when it is needed."""

    name: str
    suffix: str
    module: str
    binary: bool

    def write(self, suite: Suite) -> bytes:
        write: Write = import_module(f"casewright.formats.{self.module}").write
        return write(suite)


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format("xlsx", ".xlsx", "xlsx", binary=True),
        Format("csv", ".csv", "csv", binary=False),
        Format("json", ".json", "json", binary=False),
        Format("md", ".md", "markdown", binary=False),
        Format("xmind", ".xmind", "xmind", binary=True),
        Format("gherkin", ".feature", "gherkin", binary=False),
        Format("bench", ".bench.json", "bench", binary=False),
    )
}
