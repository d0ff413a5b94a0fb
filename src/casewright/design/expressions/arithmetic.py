"""What the operators and functions on numbers, dates and durations do.

All are total: where there is no answer, and over what is missing, it is `UNKNOWN`.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from casewright.design.expressions.tree import Function, Unit
from casewright.design.expressions.values import UNKNOWN, Special, Value

_ZERO: Final = Fraction(0)
_LARGEST_EXPONENT: Final = 1000
_LONGEST_POWER: Final = 166_000
"""In bits, about 50,000 digits."""
_MICROSECOND: Final = datetime.timedelta(microseconds=1)
_SOME_DAY: Final = datetime.date(2000, 1, 1)
_MICROSECONDS: Final = {
    Unit.MINUTES: 60 * 10**6,
    Unit.HOURS: 3600 * 10**6,
    Unit.DAYS: 86400 * 10**6,
    Unit.WEEKS: 7 * 86400 * 10**6,
}


def plus(first: Value, second: Value) -> Value:
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return first + second
    return _moved(first, second, 1) if isinstance(second, datetime.timedelta) else UNKNOWN


def minus(first: Value, second: Value) -> Value:
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return first - second
    if isinstance(second, datetime.timedelta):
        return _moved(first, second, -1)
    distance = _distance(second, first)
    return UNKNOWN if distance is None else distance


def times(first: Value, second: Value) -> Value:
    """Nothing is left of a number times 0, even if the number is not known."""
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return first * second
    for one, other in ((first, second), (second, first)):
        if isinstance(one, Fraction) and not one and isinstance(other, Special):
            return _ZERO
    return UNKNOWN


def divided_by(first: Value, second: Value) -> Value:
    if isinstance(first, Fraction) and isinstance(second, Fraction) and second:
        return first / second
    return UNKNOWN


def raised_to(base: Value, exponent: Value) -> Value:
    """Unknown for an exponent that is no whole number or beyond ±1000, for 0 to a negative one, and where the
    result would be too long to work with."""
    if not (isinstance(base, Fraction) and isinstance(exponent, Fraction)):
        return UNKNOWN
    count = exponent.numerator
    if exponent.denominator != 1 or abs(count) > _LARGEST_EXPONENT or (count < 0 and not base):
        return UNKNOWN
    longest = max(base.numerator.bit_length(), base.denominator.bit_length())
    return UNKNOWN if longest * abs(count) > _LONGEST_POWER else base**count


def negative(value: Value) -> Value:
    if isinstance(value, Fraction):
        return -value
    return times_duration(value, -1) if isinstance(value, datetime.timedelta) else UNKNOWN


def times_duration(value: datetime.timedelta, factor: int) -> Value:
    try:
        return value * factor
    except OverflowError:
        return UNKNOWN


def _moved(moment: Value, by: datetime.timedelta, factor: int) -> Value:
    """`moment` plus `factor` times `by`. A date moves by whole days; a time stays within its day."""
    try:
        if isinstance(moment, datetime.timedelta | datetime.datetime):
            return moment + by * factor
        if isinstance(moment, datetime.date):
            return UNKNOWN if by % datetime.timedelta(days=1) else moment + by * factor
        if isinstance(moment, datetime.time):
            moved = datetime.datetime.combine(_SOME_DAY, moment) + by * factor
            return moved.time() if moved.date() == _SOME_DAY else UNKNOWN
    except OverflowError:
        return UNKNOWN
    return UNKNOWN


def _distance(start: Value, end: Value) -> datetime.timedelta | None:
    """From `start` to `end`; None if these are not two moments of one kind."""
    if isinstance(start, datetime.datetime) and isinstance(end, datetime.datetime):
        return end - start
    if isinstance(start, datetime.time) and isinstance(end, datetime.time):
        some_day = datetime.datetime.combine
        return some_day(_SOME_DAY, end) - some_day(_SOME_DAY, start)
    if type(start) is datetime.date and type(end) is datetime.date:
        return end - start
    return None


def duration(amount: Value, unit: Unit) -> Value:
    """Unknown where it is no whole number of microseconds or too long to tell."""
    if not isinstance(amount, Fraction):
        return UNKNOWN
    microseconds = amount * _MICROSECONDS[unit]
    if microseconds.denominator != 1:
        return UNKNOWN
    try:
        return datetime.timedelta(microseconds=microseconds.numerator)
    except OverflowError:
        return UNKNOWN


def between(start: Value, end: Value, unit: Unit) -> Value:
    """How many units from `start` to `end`, with fractions; negative if `end` is earlier."""
    distance = _distance(start, end)
    return UNKNOWN if distance is None else Fraction(distance // _MICROSECOND, _MICROSECONDS[unit])


def weekday(value: Value) -> Value:
    """1 for Monday to 7 for Sunday."""
    return Fraction(value.isoweekday()) if isinstance(value, datetime.date) else UNKNOWN


def absolute(value: Value) -> Value:
    return abs(value) if isinstance(value, Fraction) else UNKNOWN


def floor(value: Value) -> Value:
    return Fraction(math.floor(value)) if isinstance(value, Fraction) else UNKNOWN


def ceil(value: Value) -> Value:
    return Fraction(math.ceil(value)) if isinstance(value, Fraction) else UNKNOWN


def rounded(function: Function, value: Value, step: Value) -> Value:
    """`value` to a multiple of `step`, which is above 0.

    Half up and up go away from 0, down goes towards 0, so that -2.5 becomes -3, as a debt of 2.5 does.
    """
    if not (isinstance(value, Fraction) and isinstance(step, Fraction)) or step <= 0:
        return UNKNOWN
    amount, one = abs(value.numerator) * step.denominator, value.denominator * step.numerator
    match function:
        case Function.ROUND_HALF_UP:
            whole = (2 * amount + one) // (2 * one)
        case Function.ROUND_HALF_EVEN:
            whole = round(Fraction(amount, one))
        case Function.ROUND_UP:
            whole = -(-amount // one)
        case _:
            whole = amount // one
    return Fraction((whole if value >= 0 else -whole) * step.numerator, step.denominator)


def less(first: Value, second: Value) -> bool | Special:
    if isinstance(first, Fraction) and isinstance(second, Fraction):
        return first < second
    if isinstance(first, datetime.datetime) and isinstance(second, datetime.datetime):
        return first < second
    if isinstance(first, datetime.time) and isinstance(second, datetime.time):
        return first < second
    if isinstance(first, datetime.timedelta) and isinstance(second, datetime.timedelta):
        return first < second
    if type(first) is datetime.date and type(second) is datetime.date:
        return first < second
    return UNKNOWN


def at_most(first: Value, second: Value) -> bool | Special:
    greater = less(second, first)
    return greater if isinstance(greater, Special) else not greater


def least(values: Sequence[Value]) -> Value:
    result = values[0]
    for value in values:
        smaller = less(value, result)
        if isinstance(smaller, Special):
            return UNKNOWN
        result = value if smaller else result
    return result


def most(values: Sequence[Value]) -> Value:
    result = values[0]
    for value in values:
        greater = less(result, value)
        if isinstance(greater, Special):
            return UNKNOWN
        result = value if greater else result
    return result
