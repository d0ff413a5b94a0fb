"""Numbers, dates, times and texts as they are written, and back."""

from __future__ import annotations

import datetime
import re
from fractions import Fraction

from casewright.design.expressions.values import Reference, Special, Value

NUMBER = r"\d+(?:\.\d+)?"
TIME = r"\d{1,2}:\d{2}(?::\d{2})?"
DATE = r"\d{4}-\d{1,2}-\d{1,2}"

_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?")
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DATE_TIME = re.compile(rf"({DATE})[\sT]+({TIME})")


def read_number(text: str) -> Fraction:
    """'12.5' or '50%', exactly."""
    return Fraction(text[:-1].rstrip()) / 100 if text.endswith("%") else Fraction(text)


def read_date(text: str) -> datetime.date | None:
    """'2025-03-01'; None if there is no such day."""
    match = _DATE.fullmatch(text)
    if match is None:
        return None
    try:
        return datetime.date(int(match[1]), int(match[2]), int(match[3]))
    except ValueError:
        return None


def read_time(text: str) -> datetime.time | None:
    """'22:00' or '22:00:30'; None if there is no such time."""
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    try:
        return datetime.time(int(match[1]), int(match[2]), int(match[3] or 0))
    except ValueError:
        return None


def read_date_time(text: str) -> datetime.datetime | None:
    """'2025-03-01 09:15'; None if there is no such moment."""
    match = _DATE_TIME.fullmatch(text)
    if match is None:
        return None
    date, time = read_date(match[1]), read_time(match[2])
    return None if date is None or time is None else datetime.datetime.combine(date, time)


def read_quoted(text: str) -> str:
    """The text within the quotes; a backslash makes the next character an ordinary one."""
    return re.sub(r"\\(.)", r"\1", text[1:-1], flags=re.DOTALL)


def write_quoted(text: str, quote: str) -> str:
    return quote + text.replace("\\", "\\\\").replace(quote, "\\" + quote) + quote


def write_number(number: Fraction) -> str:
    """As a decimal where there is one, else as a quotient."""
    rest, digits = number.denominator, 0
    for prime in (2, 5):
        count = 0
        while rest % prime == 0:
            rest, count = rest // prime, count + 1
        digits = max(digits, count)
    if rest != 1:
        return f"{number.numerator}/{number.denominator}"
    units = abs(number.numerator) * 10**digits // number.denominator
    sign = "-" if number < 0 else ""
    if not digits:
        return f"{sign}{units}"
    shown = str(units).rjust(digits + 1, "0")
    return f"{sign}{shown[:-digits]}.{shown[-digits:]}"


def write_value(value: Value) -> str:
    """As an expression that has this value; durations in the largest unit that fits."""
    match value:
        case bool():
            return "yes" if value else "no"
        case Special():
            return value.value
        case Fraction():
            return write_number(value)
        case str():
            return write_quoted(value, '"')
        case datetime.datetime():
            return value.isoformat(" ", "seconds" if value.second else "minutes")
        case datetime.date():
            return value.isoformat()
        case datetime.time():
            return value.isoformat("seconds" if value.second else "minutes")
        case datetime.timedelta():
            return _write_duration(value)
        case Reference():
            return f"{value.collection}[{', '.join(write_value(key) for key in value.key)}]"


def _write_duration(value: datetime.timedelta) -> str:
    for unit, size in (("days", 86400), ("hours", 3600)):
        if value % datetime.timedelta(seconds=size) == datetime.timedelta(0):
            return f"{value // datetime.timedelta(seconds=size)} {unit}"
    minutes = Fraction(value // datetime.timedelta(microseconds=1), 60_000_000)
    return f"{write_number(minutes)} minutes"
