"""Names of spreadsheet cells: row 3, column 2 is 'B3'."""

from __future__ import annotations

import re
from functools import lru_cache

_NAME = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})", re.IGNORECASE)


@lru_cache(maxsize=1 << 15)
def column_letters(column: int) -> str:
    """'A' for column 1, 'AA' for column 27."""
    letters = ""
    while column:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return letters


def cell_name(row: int, column: int) -> str:
    return f"{column_letters(column)}{row}"


def cell_position(name: str) -> tuple[int, int] | None:
    """Row and column of a cell, from 1; None if that is no name of a cell."""
    match = _NAME.fullmatch(name)
    if match is None:
        return None
    column = 0
    for letter in match[1].upper():
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]), column
