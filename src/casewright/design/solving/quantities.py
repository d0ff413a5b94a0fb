"""What operators make of numbers and moments that are still to be chosen.

Each function takes leaves of which at least one is a `Quantity`, and says the same as its namesake in
`expressions.arithmetic`. Constants never come here: there the interpreter itself answers.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Final

from casewright.design.expressions.tree import Function, Unit
from casewright.design.expressions.values import UNKNOWN, Special
from casewright.design.solving.smt import Number, Truth
from casewright.design.solving.unions import (
    ANYTHING,
    Leaf,
    Measure,
    Quantity,
    Union,
    Unions,
    as_quantity,
    settled,
    times,
)

SECONDS: Final = {Unit.MINUTES: 60, Unit.HOURS: 3600, Unit.DAYS: 86_400, Unit.WEEKS: 7 * 86_400}
_DAY: Final = 86_400
_LAST_DAY: Final = 3_652_059
"""The last of December of the year 9999."""
_LEAST_DURATION: Final = -999_999_999 * _DAY
_MOST_DURATION: Final = 999_999_999 * _DAY + _DAY - 1
"""In seconds."""
_LARGEST_EXPONENT: Final = 6
"""Of a power of something that is to be chosen."""


class Quantities:
    """`products`: what was multiplied or divided by each other, though both are still to be chosen; the
    inputs that they rest on are worth trying one value after the other."""

    def __init__(self, unions: Unions) -> None:
        self._unions = unions
        self._terms = unions.terms
        self._guards = unions.guards
        self.products: list[frozenset[str]] = []

    # sums

    def plus(self, first: Leaf, second: Leaf) -> Leaf | Union:
        one, other = as_quantity(first), as_quantity(second)
        if one is None or other is None:
            return _beside(first, second)
        if one.measure is Measure.NUMBER and other.measure is Measure.NUMBER:
            return self._sum(one, other, 1)
        return self._moved(one, other, 1) if other.measure is Measure.DURATION else UNKNOWN

    def minus(self, first: Leaf, second: Leaf) -> Leaf | Union:
        one, other = as_quantity(first), as_quantity(second)
        if one is None or other is None:
            return _beside(first, second)
        if one.measure is Measure.NUMBER and other.measure is Measure.NUMBER:
            return self._sum(one, other, -1)
        if other.measure is Measure.DURATION:
            return self._moved(one, other, -1)
        return UNKNOWN if one.measure is not other.measure else self._distance(other, one)

    def _sum(self, one: Quantity, other: Quantity, sign: int) -> Leaf:
        if one.bottom is other.bottom or _equal(one.bottom, other.bottom):
            return _number(one.top + times(sign, other.top), one.bottom, one, other)
        top = times(one.top, other.bottom) + times(sign, times(other.top, one.bottom))
        return _number(top, times(one.bottom, other.bottom), one, other)

    def _moved(self, moment: Quantity, by: Quantity, sign: int) -> Leaf | Union:
        top = moment.top + times(sign, by.top)
        reads = moment.reads | by.reads
        match moment.measure:
            case Measure.DURATION:
                return self._inside(
                    Quantity(Measure.DURATION, top, reads=reads), _LEAST_DURATION, _MOST_DURATION
                )
            case Measure.DATE_TIME:
                last = (_LAST_DAY + 1) * _DAY - 1
                return self._inside(Quantity(Measure.DATE_TIME, top, reads=reads), _DAY, last)
            case Measure.TIME:
                return self._inside(Quantity(Measure.TIME, top, reads=reads), 0, _DAY - 1)
            case Measure.DATE:
                days = moment.top + times(sign, self._terms.floor_division(by.top, _DAY))
                whole = self._terms.same(self._terms.remainder(by.top, _DAY), 0)
                moved = self._inside(Quantity(Measure.DATE, days, reads=reads), 1, _LAST_DAY)
                if isinstance(whole, bool):
                    return moved if whole else UNKNOWN
                return self._unions.choose(self._guards.when(whole), moved, self._unions.only(UNKNOWN))
            case _:
                return UNKNOWN

    def _inside(self, quantity: Quantity, low: int, high: int) -> Union:
        """Unknown beyond the bounds."""
        above, below = self._terms.at_most(low, quantity.top), self._terms.at_most(quantity.top, high)
        inside = self._guards.when(self._terms.all([above, below]))
        return self._unions.choose(inside, ((inside, settled(quantity)),), self._unions.only(UNKNOWN))

    def _distance(self, start: Quantity, end: Quantity) -> Leaf:
        factor = _DAY if start.measure is Measure.DATE else 1
        top = times(factor, end.top - start.top)
        return settled(Quantity(Measure.DURATION, top, reads=start.reads | end.reads))

    def between(self, start: Leaf, end: Leaf, unit: Unit) -> Leaf | Union:
        one, other = as_quantity(start), as_quantity(end)
        if one is None or other is None:
            return _beside(start, end)
        if one.measure is not other.measure or one.measure in {Measure.NUMBER, Measure.DURATION}:
            return UNKNOWN
        if one.measure is Measure.DATE and SECONDS[unit] <= _DAY:
            return _number(times(_DAY // SECONDS[unit], other.top - one.top), 1, one, other)
        factor = _DAY if one.measure is Measure.DATE else 1
        return _number(times(factor, other.top - one.top), SECONDS[unit], one, other)

    def duration(self, amount: Leaf, unit: Unit) -> Leaf | Union:
        number = as_quantity(amount)
        if number is None or number.measure is not Measure.NUMBER:
            return UNKNOWN
        top, bottom = times(SECONDS[unit], number.top), number.bottom
        if self._terms.is_real(top):
            return ANYTHING
        seconds = Quantity(Measure.DURATION, self._terms.floor_division(top, bottom), reads=number.reads)
        if isinstance(bottom, int) and SECONDS[unit] % bottom == 0:
            seconds = Quantity(
                Measure.DURATION, times(SECONDS[unit] // bottom, number.top), reads=number.reads
            )
            return self._inside(seconds, _LEAST_DURATION, _MOST_DURATION)
        whole = self._guards.when(self._terms.same(self._terms.remainder(top, bottom), 0))
        made = self._inside(seconds, _LEAST_DURATION, _MOST_DURATION)
        return self._unions.choose(whole, made, self._unions.only(ANYTHING))

    def weekday(self, moment: Leaf) -> Leaf:
        quantity = as_quantity(moment)
        if quantity is None or quantity.measure not in {Measure.DATE, Measure.DATE_TIME}:
            return UNKNOWN
        day = quantity.top
        if quantity.measure is Measure.DATE_TIME:
            day = self._terms.floor_division(day, _DAY)
        return _number(self._terms.remainder(day - 1, 7) + 1, 1, quantity)

    # products

    def times(self, first: Leaf, second: Leaf) -> Leaf | Union:
        one, other = as_quantity(first), as_quantity(second)
        if one is None or other is None:
            return self._times_special(one or other, second if other is None else first)
        if not (one.measure is Measure.NUMBER and other.measure is Measure.NUMBER):
            return UNKNOWN
        self._note(one, other)
        return _number(times(one.top, other.top), times(one.bottom, other.bottom), one, other)

    def _times_special(self, number: Quantity | None, special: Leaf) -> Leaf | Union:
        """Nothing is left of what is not known, times 0."""
        if number is None or number.measure is not Measure.NUMBER or not isinstance(special, Special):
            return UNKNOWN
        nothing = self._guards.when(self._terms.same(number.top, 0))
        return self._unions.choose(nothing, self._unions.only(Fraction(0)), self._unions.only(UNKNOWN))

    def divided_by(self, first: Leaf, second: Leaf) -> Leaf | Union:
        one, other = as_quantity(first), as_quantity(second)
        if one is None or other is None:
            return _beside(first, second)
        if not (one.measure is Measure.NUMBER and other.measure is Measure.NUMBER):
            return UNKNOWN
        self._note(one, other)
        top = times(one.top, other.bottom)
        if isinstance(other.top, int):
            if not other.top:
                return UNKNOWN
            sign = 1 if other.top > 0 else -1
            return _number(times(sign, top), times(one.bottom, abs(other.top)), one, other)
        above = self._guards.when(self._terms.less(0, other.top))
        below = self._guards.when(self._terms.less(other.top, 0))
        neither = self._guards.opposite(self._guards.either([above, below]))
        return self._unions.gather(
            [
                (above, _number(top, times(one.bottom, other.top), one, other)),
                (below, _number(times(-1, top), times(one.bottom, -other.top), one, other)),
                (neither, UNKNOWN),
            ]
        )

    def raised_to(self, base: Leaf, exponent: Leaf) -> Leaf | Union:
        one, other = as_quantity(base), as_quantity(exponent)
        if one is None or other is None:
            return _beside(base, exponent)
        if not (one.measure is Measure.NUMBER and other.measure is Measure.NUMBER):
            return UNKNOWN
        self.products.append(one.reads | other.reads)
        if not isinstance(exponent, Fraction) or abs(exponent) > _LARGEST_EXPONENT:
            return ANYTHING
        if exponent.denominator != 1:
            return UNKNOWN
        top, bottom = 1, 1
        for _ in range(abs(int(exponent))):
            top, bottom = times(top, one.top), times(bottom, one.bottom)
        power = _number(top, bottom, one)
        return power if exponent >= 0 else self.divided_by(Fraction(1), power)

    def _note(self, one: Quantity, other: Quantity) -> None:
        if one.reads and other.reads:
            self.products.append(one.reads | other.reads)

    # one operand

    def negative(self, value: Leaf) -> Leaf:
        quantity = as_quantity(value)
        if quantity is None or quantity.measure not in {Measure.NUMBER, Measure.DURATION}:
            return UNKNOWN
        return Quantity(quantity.measure, times(-1, quantity.top), quantity.bottom, quantity.reads)

    def absolute(self, value: Leaf) -> Leaf:
        number = _as_number(value)
        return UNKNOWN if number is None else _number(self._size(number.top), number.bottom, number)

    def floor(self, value: Leaf) -> Leaf:
        number = _as_number(value)
        if number is None:
            return UNKNOWN
        return _number(self._terms.floor_division(number.top, number.bottom), 1, number)

    def ceil(self, value: Leaf) -> Leaf:
        number = _as_number(value)
        if number is None:
            return UNKNOWN
        return _number(times(-1, self._terms.floor_division(times(-1, number.top), number.bottom)), 1, number)

    def rounded(self, function: Function, value: Leaf, step: Leaf) -> Leaf | Union:
        number, unit = _as_number(value), _as_number(step)
        if number is None or unit is None:
            return UNKNOWN
        if not isinstance(unit.top, int):
            self._note(number, unit)
        top = times(self._size(number.top), unit.bottom)
        whole = self._whole(function, top, times(number.bottom, unit.top))
        signed = self._terms.choose(self._terms.at_most(0, number.top), whole, times(-1, whole))
        result = _number(times(signed, unit.top), unit.bottom, number, unit)
        usable = self._guards.when(self._terms.less(0, unit.top))
        return self._unions.choose(usable, self._unions.only(result), self._unions.only(UNKNOWN))

    def _whole(self, function: Function, top: Number, bottom: Number) -> Number:
        """`top / bottom`, which is not below 0, as a whole number."""
        divide = self._terms.floor_division
        match function:
            case Function.ROUND_HALF_UP:
                return divide(times(2, top) + bottom, times(2, bottom))
            case Function.ROUND_UP:
                return times(-1, divide(times(-1, top), bottom))
            case Function.ROUND_HALF_EVEN:
                down = divide(top, bottom)
                rest = times(2, top - times(bottom, down))
                even = down + self._terms.remainder(down, 2)
                nearer = self._terms.choose(self._terms.less(bottom, rest), down + 1, even)
                return self._terms.choose(self._terms.less(rest, bottom), down, nearer)
            case _:
                return divide(top, bottom)

    def _size(self, number: Number) -> Number:
        return self._terms.choose(self._terms.at_most(0, number), number, times(-1, number))

    # comparisons

    def less(self, first: Leaf, second: Leaf) -> Leaf | Union:
        pair = _pair(first, second)
        if pair is None:
            return _beside(first, second)
        return self._unions.test(self._terms.less(*self._sides(*pair)))

    def at_most(self, first: Leaf, second: Leaf) -> Leaf | Union:
        pair = _pair(first, second)
        if pair is None:
            return _beside(first, second)
        return self._unions.test(self._terms.at_most(*self._sides(*pair)))

    def equal(self, first: Leaf, second: Leaf) -> Leaf | Union:
        if first is UNKNOWN or second is UNKNOWN:
            return UNKNOWN
        pair = _pair(first, second)
        return False if pair is None else self._unions.test(self._same(*pair))

    def _same(self, one: Quantity, other: Quantity) -> Truth:
        return self._terms.same(*self._sides(one, other))

    def _sides(self, one: Quantity, other: Quantity) -> tuple[Number, Number]:
        if _equal(one.bottom, other.bottom):
            return one.top, other.top
        return times(one.top, other.bottom), times(other.top, one.bottom)

    def smaller(self, first: Leaf, second: Leaf) -> Leaf | Union:
        return self._nearer(second, first, first, second)

    def greater(self, first: Leaf, second: Leaf) -> Leaf | Union:
        return self._nearer(first, second, first, second)

    def _nearer(self, low: Leaf, high: Leaf, first: Leaf, second: Leaf) -> Leaf | Union:
        """The second where `low` is less than `high`."""
        pair = _pair(low, high)
        if pair is None:
            return _beside(low, high)
        less = self._guards.when(self._terms.less(*self._sides(*pair)))
        return self._unions.choose(less, self._unions.only(second), self._unions.only(first))


def _pair(first: Leaf, second: Leaf) -> tuple[Quantity, Quantity] | None:
    """Two of one measure."""
    one, other = as_quantity(first), as_quantity(second)
    return (one, other) if one and other and one.measure is other.measure else None


def _as_number(leaf: Leaf) -> Quantity | None:
    quantity = as_quantity(leaf)
    return quantity if quantity is not None and quantity.measure is Measure.NUMBER else None


def _number(top: Number, bottom: Number, *of: Quantity) -> Leaf:
    reads = frozenset[str]().union(*(quantity.reads for quantity in of))
    return settled(Quantity(Measure.NUMBER, top, bottom, reads))


def _beside(*leaves: Leaf) -> Leaf:
    """Of moments between two seconds nothing is told; everything else has no answer."""
    odd = any(
        not isinstance(leaf, Quantity | Special | str | bool) and not as_quantity(leaf) for leaf in leaves
    )
    return ANYTHING if odd else UNKNOWN


def _equal(first: Number, second: Number) -> bool:
    return first is second or (isinstance(first, int) and isinstance(second, int) and first == second)
