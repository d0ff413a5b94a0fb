"""The values that options take. They repeat what `formats` and `design` know, so that `--help` need not
import those; a test holds them together."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

Depth = Literal["smoke", "standard", "thorough"]


class Format(StrEnum):
    """An enumeration, because Typer has no lists of literals."""

    XLSX = "xlsx"
    CSV = "csv"
    JSON = "json"
    MD = "md"
    XMIND = "xmind"
    GHERKIN = "gherkin"
    BENCH = "bench"
