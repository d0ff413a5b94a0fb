"""What an expression can be worth: a union of values, each under a guard. The guards exclude each other.

Values are those of the interpreter wherever they are constant, so that its own functions say what comes of
them; numbers and moments that only z3 can choose are a `Quantity`.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final

from casewright.design.expressions.values import UNKNOWN
from casewright.design.solving.guards import ALWAYS, NEVER, Guard, Guards
from casewright.design.solving.smt import Number, identity


class Anything(Enum):
    ANYTHING = "anything"
    """Every value is possible: what is sent or done there can't be told to the solver."""


ANYTHING: Final = Anything.ANYTHING


class Measure(Enum):
    NUMBER = "number"
    DATE = "date"
    """In days, 1 is the first of January of the year 1."""
    TIME = "time"
    """In seconds from midnight."""
    DATE_TIME = "date-time"
    """In seconds, those of day 1 begin with 86,400."""
    DURATION = "duration"
    """In seconds."""


@dataclass(frozen=True, slots=True, eq=False)
class Quantity:
    """`top / bottom`; the bottom is above 0, and 1 for all but numbers. `reads`: the inputs that it rests on,
    which may be tried one value after the other."""

    measure: Measure
    top: Number
    bottom: Number = 1
    reads: frozenset[str] = frozenset()


Leaf = object
"""A value of the interpreter, a `Quantity`, `ANYTHING`, or a thing that only one module knows."""
Union = tuple[tuple[Guard, Leaf], ...]
UNKNOWN_UNION: Final[Union] = ((ALWAYS, UNKNOWN),)

_SOME_DAY: Final = datetime.date(2000, 1, 1)
_DAY: Final = 86_400
_SECOND: Final = datetime.timedelta(seconds=1)


def as_quantity(leaf: Leaf) -> Quantity | None:
    """None for what is none, and for moments that fall between two seconds."""
    match leaf:
        case Quantity():
            return leaf
        case Fraction():
            return Quantity(Measure.NUMBER, leaf.numerator, leaf.denominator)
        case datetime.datetime() if not leaf.microsecond:
            return Quantity(Measure.DATE_TIME, leaf.toordinal() * _DAY + _seconds(leaf.time()))
        case datetime.date() if not isinstance(leaf, datetime.datetime):
            return Quantity(Measure.DATE, leaf.toordinal())
        case datetime.time() if not leaf.microsecond:
            return Quantity(Measure.TIME, _seconds(leaf))
        case datetime.timedelta() if not leaf % _SECOND:
            return Quantity(Measure.DURATION, leaf // _SECOND)
        case _:
            return None


def as_value(measure: Measure, number: Fraction) -> Fraction | datetime.date | datetime.time | None:
    """The value that a quantity has when its number is known; None where there is no such moment."""
    if measure is Measure.NUMBER:
        return number
    whole = int(number)
    try:
        if measure is Measure.DATE:
            return datetime.date.fromordinal(whole)
        if measure is Measure.TIME:
            return (datetime.datetime.combine(_SOME_DAY, datetime.time()) + whole * _SECOND).time()
        day = datetime.date.fromordinal(whole // _DAY)
        return datetime.datetime.combine(day, datetime.time()) + (whole % _DAY) * _SECOND
    except (ValueError, OverflowError):
        return None


def settled(quantity: Quantity) -> Leaf:
    """The value itself where nothing is left to choose."""
    if isinstance(quantity.top, int) and isinstance(quantity.bottom, int):
        if quantity.measure is Measure.DURATION:
            return quantity.top * _SECOND
        value = as_value(quantity.measure, Fraction(quantity.top, quantity.bottom))
        return UNKNOWN if value is None else value
    return quantity


def _seconds(time: datetime.time) -> int:
    return time.hour * 3600 + time.minute * 60 + time.second


_MOST_CASES: Final = 48
"""Of a union that is to be combined with another: beyond it, its numbers are made one term."""
_MOST_PRODUCTS: Final = 3_000
"""As many where every case makes a formula simpler: in products, quotients and powers."""


class Unions:
    """Combines unions of one query."""

    def __init__(self, guards: Guards) -> None:
        self.guards = guards
        self.terms = guards.terms

    def only(self, leaf: Leaf) -> Union:
        return ((ALWAYS, leaf),)

    def gather(self, cases: Iterable[tuple[Guard, Leaf]]) -> Union:
        """With every value once."""
        found: dict[object, tuple[Leaf, list[Guard]]] = {}
        for guard, leaf in cases:
            if guard is not None:
                found.setdefault(_key(leaf), (leaf, []))[1].append(guard)
        merged = ((self.guards.either(guards), leaf) for leaf, guards in found.values())
        return tuple((guard, leaf) for guard, leaf in merged if guard is not None)

    def under(self, guard: Guard, union: Union) -> Union:
        """The cases that are left where the guard holds."""
        narrowed = ((self.guards.both(guard, each), leaf) for each, leaf in union)
        return tuple((each, leaf) for each, leaf in narrowed if each is not None)

    def of(self, union: Union, *leaves: Leaf) -> Guard:
        """When it is one of these, which are constants."""
        sought = {_key(leaf) for leaf in leaves}
        return self.guards.either([guard for guard, leaf in union if _key(leaf) in sought])

    def true(self, union: Union) -> Guard:
        return self.guards.either([guard for guard, leaf in union if leaf is True])

    def false(self, union: Union) -> Guard:
        return self.guards.either([guard for guard, leaf in union if leaf is False])

    def maybe_true(self, union: Union) -> Guard:
        return self.guards.either([guard for guard, leaf in union if leaf is True or leaf is ANYTHING])

    def truth(self, condition: Guard) -> Union:
        return self.gather([(condition, True), (self.guards.opposite(condition), False)])

    def test(self, condition: object) -> Union:
        """Of a condition of z3."""
        return self.gather([(self.guards.when(condition), True), (self.guards.unless(condition), False)])

    def choose(self, condition: Guard, first: Union, second: Union) -> Union:
        otherwise = self.guards.opposite(condition)
        return self.gather([*self.under(condition, first), *self.under(otherwise, second)])

    def combine(
        self, function: Callable[..., Leaf | Union], unions: Sequence[Union], most: int = _MOST_CASES
    ) -> Union:
        """What the function makes of every combination; of anything it makes anything. The function gives a
        value, or a union of them."""
        if math.prod(len(union) for union in unions) > most:
            unions = [self.condensed(union) for union in unions]
        cases: list[tuple[Guard, Leaf]] = []
        self._combine(function, unions, ALWAYS, (), cases)
        return self.gather(cases)

    def combine_many(self, function: Callable[..., Leaf | Union], unions: Sequence[Union]) -> Union:
        """As `combine`, but case by case as far as that can be done."""
        return self.combine(function, unions, _MOST_PRODUCTS)

    def _combine(
        self,
        function: Callable[..., Leaf | Union],
        rest: Sequence[Union],
        guard: Guard,
        leaves: tuple[Leaf, ...],
        cases: list[tuple[Guard, Leaf]],
    ) -> None:
        if not rest:
            made: Leaf | Union = ANYTHING if ANYTHING in leaves else function(*leaves)
            cases += self.under(guard, as_union(made))
            return
        for each, leaf in rest[0]:
            both = self.guards.both(guard, each)
            if both is not NEVER:
                self._combine(function, rest[1:], both, (*leaves, leaf), cases)

    def condensed(self, union: Union) -> Union:
        """Its numbers as one term, and so its moments of each measure."""
        found: dict[Measure, list[tuple[Guard, Quantity]]] = {}
        others: list[tuple[Guard, Leaf]] = []
        for guard, leaf in union:
            quantity = as_quantity(leaf)
            if quantity is None or not isinstance(quantity.bottom, int):
                others.append((guard, leaf))
            else:
                found.setdefault(quantity.measure, []).append((guard, quantity))
        return (*others, *(self._one(cases) for cases in found.values()))

    def _one(self, cases: Sequence[tuple[Guard, Quantity]]) -> tuple[Guard, Leaf]:
        bottom = math.lcm(*(quantity.bottom for _, quantity in cases))
        *some, (_, last) = cases
        top = times(last.top, bottom // last.bottom)
        for guard, quantity in reversed(some):
            scaled = times(quantity.top, bottom // quantity.bottom)
            top = self.terms.choose(self.guards.written(guard), scaled, top)
        reads = frozenset[str]().union(*(quantity.reads for _, quantity in cases))
        whole = Quantity(last.measure, top, bottom, reads)
        return self.guards.either([guard for guard, _ in cases]), whole


def as_union(made: Leaf | Union) -> Union:
    if isinstance(made, tuple):
        return made  # pyright: ignore[reportUnknownVariableType] - no value is a tuple
    return ((ALWAYS, made),)


def times(first: Number, second: Number) -> Number:
    """A product in which 0 and 1 leave no trace."""
    for one, other in ((first, second), (second, first)):
        if isinstance(one, int) and one in {0, 1}:
            return other if one else 0
    return first * second


def _key(leaf: Leaf) -> object:
    if isinstance(leaf, Quantity):
        return (leaf.measure, _term_key(leaf.top), _term_key(leaf.bottom))
    return (leaf.__class__, leaf)


def _term_key(term: Number) -> object:
    return term if isinstance(term, int) else ("term", identity(term))
