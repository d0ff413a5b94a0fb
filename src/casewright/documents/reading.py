"""A file in, a document out. A further type is one file in `readers/` and one row in `READERS`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

from casewright.documents.blocks import Document
from casewright.documents.limits import Limits

Progress = Callable[[float], None]
"""Called with the share that is done, 0 to 1."""

Read = Callable[[bytes, str, Limits, Progress], Document]
"""`read(content, name, limits, progress)`: raises a `DocumentError`, never returns its words as text."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A type of document. The module has `read` (see `Read`); it is imported when it is needed."""

    type: str
    suffixes: tuple[str, ...]
    module: str

    def read(self, content: bytes, name: str, limits: Limits, progress: Progress) -> Document:
        read: Read = import_module(f"casewright.documents.readers.{self.module}").read
        return read(content, name, limits, progress)


READERS: tuple[Reader, ...] = (
    Reader("docx", (".docx",), "docx.reader"),
    Reader("xlsx", (".xlsx",), "xlsx.reader"),
    Reader("pdf", (".pdf",), "pdf.reader"),
    Reader("html", (".html", ".htm"), "html.reader"),
    Reader("csv", (".csv", ".tsv"), "csv"),
    Reader("markdown", (".md", ".markdown"), "markdown.reader"),
    Reader("text", (".txt",), "text.reader"),
)
