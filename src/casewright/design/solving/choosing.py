"""The variables for what is sent to an operation, and the values that a person would choose for them."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import gcd, lcm
from typing import Final

from casewright.design.cases import Scalar
from casewright.design.expressions.environment import Environment
from casewright.design.inputs import kind_of
from casewright.design.kinds import DEFAULT_FORMATS, read_as
from casewright.design.model.parts import CompiledInput
from casewright.design.model.schema import InputType, Model
from casewright.design.scalars import as_scalar
from casewright.design.solving.guards import ALWAYS
from casewright.design.solving.reader import Toolbox
from casewright.design.solving.sending import OTHER, Chosen, Listed, Measured, Other
from casewright.design.solving.smt import Query, Truth
from casewright.design.solving.text_witnesses import TextWitnesses
from casewright.design.solving.unions import Measure, Quantity, as_quantity, as_value, times
from casewright.design.techniques import natural
from casewright.design.techniques.subject import bound_values, choices, is_number, word, written

MOST_LISTED: Final = 130
"""Values of a number that are tried one after the other."""
_LAST_DAY: Final = 3_652_059
_DAY: Final = 86_400
_MEASURES: Final = {
    InputType.INTEGER: Measure.NUMBER,
    InputType.DECIMAL: Measure.NUMBER,
    InputType.DATE: Measure.DATE,
    InputType.TIME: Measure.TIME,
    InputType.DATE_TIME: Measure.DATE_TIME,
}


@dataclass(frozen=True)
class Choosing:
    """`fixed`: what is sent whatever is wished; `listed`: numbers to be tried one after the other; `loose`:
    numbers without a limit of decimals have any number of them. `prefix` keeps the variables of several
    requests apart; `grouped`: inputs that only others make needed."""

    tools: Toolbox
    environment: Environment
    texts: TextWitnesses
    fixed: Mapping[str, Scalar]
    listed: frozenset[str] = frozenset()
    loose: frozenset[str] = frozenset()
    prefix: str = ""
    grouped: frozenset[str] = frozenset()

    def of(self, declared: CompiledInput) -> Chosen:
        name = declared.name
        if name in self.fixed:
            return Listed(name, (self.fixed[name],), None)
        options = self._options(declared)
        if options is None:
            return self._measured(declared)
        if self._may_be_left_out(declared) or not options:
            options = (*options, None)
        options = tuple({(option.__class__, option): option for option in options}.values())
        variable = self.tools.guards.finite(self.prefix + name, len(options)) if len(options) > 1 else None
        return Listed(name, options, variable)

    def _options(self, declared: CompiledInput) -> tuple[Scalar | Other, ...] | None:
        """None for what is better measured."""
        if choices(declared):
            return tuple(word(value) for value in choices(declared))
        match declared.declaration.type:
            case InputType.BOOLEAN:
                return (True, False)
            case InputType.TEXT:
                return (*self.texts.of(declared.name), OTHER)
            case _ if declared.name in self.listed:
                values = listed_values(declared, self.environment)
                return None if values is None else tuple(as_scalar(value) for value in values)
            case _:
                return None

    def _measured(self, declared: CompiledInput) -> Measured:
        name, terms = self.prefix + declared.name, self.tools.unions.terms
        measure = _MEASURES[declared.declaration.type]
        reads = frozenset({declared.name})
        given = ALWAYS
        if self._may_be_left_out(declared):
            given = self.tools.guards.at(self.tools.guards.finite(f"{name} sent", 2), 0)
        if declared.name in self.loose:
            return Measured(declared.name, Quantity(measure, terms.real(name), 1, reads), given)
        variable = terms.whole(name)
        if measure is Measure.NUMBER:
            unit = unit_of(declared)
            top = times(unit.numerator, variable)
            return Measured(declared.name, Quantity(measure, top, unit.denominator, reads), given)
        low, high, grain = _range(measure, declared)
        self.tools.guards.axioms.append(terms.at_most(low, variable))
        self.tools.guards.axioms.append(terms.at_most(variable, high))
        return Measured(declared.name, Quantity(measure, times(grain, variable), 1, reads), given)

    def _may_be_left_out(self, declared: CompiledInput) -> bool:
        optional = declared.declaration.required != "yes" or declared.if_left_out is not None
        return optional or declared.name in self.grouped


def _range(measure: Measure, declared: CompiledInput) -> tuple[int, int, int]:
    """The least and the greatest value, counted in the grain in seconds or days, and that."""
    if measure is Measure.DATE:
        return 1, _LAST_DAY, 1
    form = declared.declaration.format or DEFAULT_FORMATS[declared.declaration.type]
    grain = 1 if "SS" in form.upper() else 60
    if measure is Measure.TIME:
        return 0, _DAY // grain - 1, grain
    return _DAY // grain, (_LAST_DAY + 1) * _DAY // grain - 1, grain


def has_no_grid(declared: CompiledInput) -> bool:
    """Any number of decimals may be sent."""
    declaration = declared.declaration
    return (
        declaration.type is InputType.DECIMAL
        and declaration.scale is None
        and not declaration.multiple_of
        and not choices(declared)
    )


def unit_of(declared: CompiledInput) -> Fraction:
    """The grid of a number's values: they are its multiples. Two decimals where the document names none."""
    declaration = declared.declaration
    multiple = Fraction(declaration.multiple_of or 0)
    if declaration.type is InputType.INTEGER:
        unit = Fraction(1)
    elif declaration.scale is None:
        return multiple or Fraction(1, 100)
    else:
        unit = Fraction(1, 10**declaration.scale)
    if not multiple:
        return unit
    top = lcm(unit.numerator, multiple.numerator)
    return Fraction(top, gcd(unit.denominator, multiple.denominator))


def listed_values(declared: CompiledInput, environment: Environment) -> tuple[Fraction, ...] | None:
    """All values between fixed bounds; None if they are too many, or not known."""
    if not is_number(declared) or has_no_grid(declared):
        return None
    low, high = bound_values(declared, environment)
    unit = unit_of(declared)
    if not isinstance(low, Fraction) or not isinstance(high, Fraction) or (high - low) / unit > MOST_LISTED:
        return None
    first = -((-low) // unit)
    return tuple(unit * place for place in range(first, high // unit + 1))


def sent_in(query: Query, chosen: Chosen, declared: CompiledInput, tools: Toolbox) -> Scalar | None:
    """What the solver chose; None for left out, and for what can't be written."""
    if isinstance(chosen, Listed):
        place = 0 if chosen.variable is None else query.value(tools.guards.term(chosen.variable))
        option = chosen.options[place or 0]
        return None if isinstance(option, Other) else option
    if chosen.given != ALWAYS and not query.holds(tools.guards.written(chosen.given)):
        return None
    quantity = chosen.quantity
    top = query.value(quantity.top)
    if top is None or not isinstance(quantity.bottom, int):
        return None
    value = as_value(quantity.measure, Fraction(top, quantity.bottom))
    return None if value is None else written(declared, value)


class Wishes:
    """What a person would send, from the likeliest on; each list ends where anything goes."""

    def __init__(
        self, tools: Toolbox, environment: Environment, likes: Mapping[str, Scalar], model: Model
    ) -> None:
        self._model = model
        self._tools = tools
        self._terms = tools.unions.terms
        self._environment = environment
        self._likes = likes
        self._dates = 0

    def of(self, chosen: Chosen, declared: CompiledInput) -> list[Truth]:
        if isinstance(chosen, Listed):
            return list(self._listed(chosen))
        given = self._tools.guards.written(chosen.given)
        levels = [self._terms.all([given, level]) for level in self._measured(chosen.quantity, declared)]
        return levels if given is True else [*levels, given]

    def _listed(self, chosen: Listed) -> Iterator[Truth]:
        if chosen.variable is None:
            return
        variable = chosen.variable
        if chosen.name in self._likes:
            liked = self._likes[chosen.name]
            places = [
                place
                for place, option in enumerate(chosen.options)
                if option.__class__ is liked.__class__ and option == liked
            ]
            yield from (self._written(variable, [place]) for place in places)
        yield self._written(variable, [0])
        kinds = range(len(chosen.options) - 1)
        if len(chosen.options) > 2 and chosen.options[-1] is None:
            yield self._written(variable, list(kinds))

    def _written(self, variable: int, places: list[int]) -> Truth:
        return self._tools.guards.written(self._tools.guards.within(variable, places))

    def _measured(self, quantity: Quantity, declared: CompiledInput) -> Iterator[Truth]:
        liked = self._liked(declared)
        if liked is not None:
            yield self._is(quantity, liked)
        if quantity.measure is Measure.NUMBER:
            yield from self._number(quantity, declared)
        elif quantity.measure is Measure.TIME:
            yield from self._time(quantity)
        else:
            yield from self._date(quantity)

    def _liked(self, declared: CompiledInput) -> Quantity | None:
        liked = self._likes.get(declared.name)
        if liked is None or liked == "":
            return None
        return as_quantity(read_as(kind_of(declared, self._model), liked).value)

    def _is(self, quantity: Quantity, wanted: Quantity) -> Truth:
        return self._terms.same(times(quantity.top, wanted.bottom), times(wanted.top, quantity.bottom))

    def _number(self, quantity: Quantity, declared: CompiledInput) -> Iterator[Truth]:
        low, high = (
            bound if isinstance(bound, Fraction) else None
            for bound in bound_values(declared, self._environment)
        )
        whole = declared.declaration.type is InputType.INTEGER
        unit = unit_of(declared)
        usual = natural.number_between(low, high, unit, natural.SOME_NUMBER if whole else natural.SOME_AMOUNT)
        yield self._is(quantity, Quantity(Measure.NUMBER, usual.numerator, usual.denominator))
        for step in (100, 10, 1):
            if step > unit:
                bottom = times(step, quantity.bottom)
                yield self._terms.same(self._terms.remainder(quantity.top, bottom), 0)

    def _time(self, quantity: Quantity) -> Iterator[Truth]:
        first = as_quantity(natural.FIRST_TIME)
        assert first is not None
        yield self._is(quantity, first)
        for minutes in (30, 5):
            yield self._terms.same(self._terms.remainder(quantity.top, minutes * 60), 0)

    def _date(self, quantity: Quantity) -> Iterator[Truth]:
        """The dates of a form follow each other."""
        first = natural.FIRST_DAY + self._dates * datetime.timedelta(days=20)
        self._dates += 1
        day = first.toordinal()
        factor = 1
        if quantity.measure is Measure.DATE_TIME:
            factor = _DAY
            ten = natural.FIRST_TIME.hour * 3600 + natural.FIRST_TIME.minute * 60
            yield self._terms.same(quantity.top, day * _DAY + ten)
            yield self._terms.all(
                [
                    self._near(quantity, day, 45, _DAY),
                    self._terms.same(self._terms.remainder(quantity.top, 1800), 0),
                ]
            )
        else:
            yield self._terms.same(quantity.top, day)
        for days in (45, 400, 4_000):
            yield self._near(quantity, day, days, factor)

    def _near(self, quantity: Quantity, day: int, days: int, factor: int) -> Truth:
        low = self._terms.at_most((day - days) * factor, quantity.top)
        return self._terms.all([low, self._terms.less(quantity.top, (day + days + 1) * factor)])
