"""The values of the engine as they are written into a case, exactly or not at all."""

from __future__ import annotations

import datetime
from decimal import Decimal
from fractions import Fraction

from casewright.design.cases import Scalar
from casewright.design.expressions.values import Reference, Special, Value
from casewright.design.kinds import decimals

_MOST_DIGITS = 60
"""A number with more digits than this can't be read, and few systems hold it."""


def as_scalar(value: Value) -> Scalar:
    """None for what can't be written: unknown, missing, a number without a finite decimal, a duration,
    a record."""
    match value:
        case bool():
            return value
        case Fraction():
            return number_as_scalar(value)
        case datetime.datetime():
            return value.isoformat(" ", "seconds" if value.second else "minutes")
        case datetime.date():
            return value.isoformat()
        case datetime.time():
            return value.isoformat("seconds" if value.second else "minutes")
        case Special() | datetime.timedelta() | Reference():
            return None
        case str():
            return value


def number_as_scalar(number: Fraction) -> int | Decimal | None:
    """A whole number or an exact decimal without needless zeros; None if there is none or it is too long."""
    digits = decimals(number)
    if digits is None or digits > _MOST_DIGITS or abs(number) >= 10**_MOST_DIGITS:
        return None
    if digits == 0:
        return int(number)
    scaled = abs(number) * 10**digits
    return Decimal((int(number < 0), tuple(int(digit) for digit in str(int(scaled))), -digits))


_LONGEST_SHOWN = 30


def shown(value: Scalar) -> str:
    """A value in a sentence: numbers in full, text that looks like a number in quotes, long text cut."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case str():
            return _shown_text(value)
        case int():
            return str(value)
        case Decimal():
            return format(value, "f")


def _shown_text(text: str) -> str:
    told = text
    if len(text) > _LONGEST_SHOWN:
        told = f"{text[:12]}…{text[-6:]}"
    digits = text.lstrip("-").replace(".", "", 1)
    if digits.isdigit() or text != text.strip():
        return f'"{told}"'
    return told
