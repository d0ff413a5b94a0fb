"""The values that expressions have. Numbers are exact rationals; what is not known is a value of its own."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final


class Special(Enum):
    MISSING = "missing"
    """Nothing is there: an input left out, a table without the row."""
    UNKNOWN = "unknown"
    """The document was not understood here; every answer is possible."""


MISSING: Final = Special.MISSING
UNKNOWN: Final = Special.UNKNOWN


@dataclass(frozen=True, slots=True)
class Reference:
    """Points at a record of `collection`; the record may be gone. `key` has one value for each key field."""

    collection: str
    key: tuple[bool | Fraction | str | datetime.date | datetime.time, ...]


Value = (
    bool
    | Fraction
    | str
    | datetime.datetime
    | datetime.date
    | datetime.time
    | datetime.timedelta
    | Reference
    | Special
)
"""`datetime.timedelta` is a duration ('3 days', the difference of two dates)."""

Row = Mapping[str, Value]
"""A row of a table: column → value. Only a `let` can hold one, to be read by `name.column`."""

Held = Value | Row
