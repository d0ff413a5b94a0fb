"""Consoles for people."""

from __future__ import annotations

from typing import Literal

from rich.console import Console

_WIDTH_OF_FILES = 120
"""Otherwise a log or a file would have lines that end at 80 characters."""


def console(stream: Literal["stdout", "stderr"]) -> Console:
    """Takes text as it is: what looks like markup or an emoji in a document is none."""
    found = Console(stderr=stream == "stderr", highlight=False, markup=False, emoji=False)
    if not found.is_terminal:
        found.width = _WIDTH_OF_FILES
    return found
