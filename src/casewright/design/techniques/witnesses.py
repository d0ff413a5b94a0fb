"""The values that are worth trying for a field: natural ones, its bounds, and what its rules compare with."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property

from casewright.design.cases import Scalar
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.environment import InputStatus
from casewright.design.expressions.tree import Kind, Tree
from casewright.design.expressions.values import Value
from casewright.design.inputs import CERTAINLY_INVALID
from casewright.design.model.parts import CompiledInput
from casewright.design.model.schema import InputType
from casewright.design.moment import Moment
from casewright.design.techniques import natural
from casewright.design.techniques.invalid_values import invalid_values
from casewright.design.techniques.subject import (
    OperationSubject,
    bound_values,
    choices,
    is_number,
    moved,
    step_of,
    word,
    written,
)
from casewright.design.worlds import World

_MOST_CONSTANTS = 14
_LONGEST_OFFSET = 400
_LONGEST_TEXT = 500
_BETWEEN_DATES = datetime.timedelta(days=20)


class Witnesses:
    """Of one operation. `world` is where bounds that rest on variables are looked at."""

    def __init__(self, operation: OperationSubject, world: World) -> None:
        self._operation = operation
        self._inputs = operation.operation.inputs
        self._environment = Moment(operation.subject.prepared, world)
        self._found: dict[str, tuple[Scalar, ...]] = {}
        self._wrong: dict[str, tuple[Scalar, ...]] = {}

    @cached_property
    def natural(self) -> Mapping[str, Scalar]:
        """One value for each field, as a person would fill in the form."""
        return {name: self.values(name)[0] for name in self._inputs}

    @cached_property
    def of_words(self) -> tuple[str, ...]:
        """The fields whose values are words of a choice."""
        return tuple(name for name, declared in self._inputs.items() if choices(declared))

    def values(self, name: str) -> tuple[Scalar, ...]:
        """Values that the field may take, the most natural first; None, if it may be left out, last."""
        if name not in self._found:
            declared = self._inputs[name]
            values: list[Scalar] = [value for value in self._values(declared) if value is not None]
            if declared.declaration.required != "yes" or declared.if_left_out is not None or not values:
                values.append(None)
            self._found[name] = _distinct(values)
        return self._found[name]

    def wrong(self, name: str) -> tuple[Scalar, ...]:
        """One value for each way in which the field can be invalid."""
        if name not in self._wrong:
            field = self._operation.subject.prepared.fields[self._operation.name][name]
            found: dict[InputStatus, Scalar] = {}
            for value in (None, *self._beyond(name), *self._of_another_kind(name)):
                found.setdefault(field.judge(value, self._environment).status, value)
            self._wrong[name] = tuple(value for status, value in found.items() if status in CERTAINLY_INVALID)
        return self._wrong[name]

    def _of_another_kind(self, name: str) -> list[Scalar]:
        usual = next((value for value in self.values(name) if value is not None), None)
        model = self._operation.subject.compiled.model
        return [each.value for each in invalid_values(self._inputs[name], model, usual)]

    def _beyond(self, name: str) -> list[Scalar]:
        """The nearest values outside of the bounds."""
        declared = self._inputs[name]
        low, high = bound_values(declared, self._environment)
        step = step_of(declared)
        beyond = [moved(low, -step), moved(high, step)]
        least, most = natural.length_bounds(declared.declaration)
        said = natural.text_for(name, self._operation.subject.language)
        texts: list[Scalar] = [natural.of_length(said, length) for length in (least - 1, (most or 0) + 1)]
        return [written(declared, value) for value in beyond if value is not None] + texts

    def _values(self, declared: CompiledInput) -> Iterable[Scalar]:
        if choices(declared):
            return [word(value) for value in choices(declared)]
        if is_number(declared):
            return (written(declared, number) for number in self._numbers(declared))
        match declared.declaration.type:
            case InputType.BOOLEAN:
                return [True, False]
            case InputType.TEXT:
                return [*self._texts(declared)]
            case _:
                return (written(declared, moment) for moment in self._moments(declared))

    def _numbers(self, declared: CompiledInput) -> Iterator[Fraction]:
        low, high = (
            bound if isinstance(bound, Fraction) else None
            for bound in bound_values(declared, self._environment)
        )
        step = step_of(declared)
        usual = natural.SOME_AMOUNT if declared.declaration.type is InputType.DECIMAL else natural.SOME_NUMBER
        base = natural.number_between(low, high, step, usual)
        wanted = [base]
        constants = [value for value in self.constants(declared.name) if isinstance(value, Fraction)]
        limits = [constant for constant in constants[:_MOST_CONSTANTS] if low is None or constant > low + 1]
        wanted += [natural.number_between(low or Fraction(0), limit, step, usual) for limit in limits]
        for constant in constants[:_MOST_CONSTANTS]:
            wanted += [constant, constant + step, constant - step]
        wanted += [constant * 2 for constant in constants[:_MOST_CONSTANTS]]
        wanted += [half for constant in constants for half in _halves(constant, base, step)]
        wanted += [base + step * 87, base + step * 43, base + step]
        wanted += [bound for bound in (low, high) if bound is not None]
        for number in dict.fromkeys(wanted):
            inside = (low is None or number >= low) and (high is None or number <= high)
            if inside and (number / step).denominator == 1:
                yield number

    def _texts(self, declared: CompiledInput) -> Iterator[str]:
        yield from natural.texts(declared.name, declared.declaration, self._operation.subject.language)
        constants = self.constants(declared.name)
        yield from (value for value in constants if isinstance(value, str))
        if declared.declaration.pattern is None:
            said = natural.text_for(declared.name, self._operation.subject.language)
            for number in constants:
                if isinstance(number, Fraction) and number.denominator == 1 and 0 < number <= _LONGEST_TEXT:
                    yield from (natural.of_length(said, int(number) + by) for by in (0, -1, 1))

    def _moments(self, declared: CompiledInput) -> Iterator[Value]:
        constants = self.constants(declared.name)
        if declared.declaration.type is InputType.TIME:
            fixed = [value for value in constants if isinstance(value, datetime.time)]
            yield from _around([natural.FIRST_TIME, *fixed], [Fraction(0), Fraction(1), Fraction(-1)])
            return
        days = [self._first_day(declared.name)]
        days += [natural.FIRST_DAY + place * _BETWEEN_DATES for place in range(self._most_dates)]
        fixed_days = [value for value in constants if isinstance(value, datetime.date)]
        whole = [value for value in constants if isinstance(value, Fraction) and 0 < value <= _LONGEST_OFFSET]
        offsets = [Fraction(0), Fraction(1), Fraction(-1)]
        for number in whole[:_MOST_CONSTANTS]:
            offsets += [sign * number + by for sign in (1, -1) for by in (0, 1, -1)]
        for value in _around([*dict.fromkeys(days), *fixed_days], offsets):
            if declared.declaration.type is InputType.DATE or isinstance(value, datetime.datetime):
                yield value
            elif isinstance(value, datetime.date):
                yield datetime.datetime.combine(value, natural.FIRST_TIME)

    def _first_day(self, name: str) -> datetime.date:
        """The dates of a form follow each other in its order."""
        dates = _dates_of(self._operation)
        return natural.FIRST_DAY + (dates.index(name) if name in dates else 0) * _BETWEEN_DATES

    @cached_property
    def _most_dates(self) -> int:
        """What any operation sends may be remembered and compared with."""
        return max(len(_dates_of(operation)) for operation in self._operation.subject.operations.values())

    def constants(self, name: str) -> tuple[Value, ...]:
        """The numbers, dates, times and texts that stand in what depends on the field."""
        declared = self._inputs[name]
        bounds = (declared.minimum, declared.maximum, declared.above, declared.below, *declared.unsure_at)
        trees = [bound.tree for bound in bounds if bound is not None]
        trees += [
            formula.tree
            for formula in self._operation.formulas
            if name in self._operation.inputs_of(formula.tree)
        ]
        found = (self._constant(node) for tree in trees for node in self._operation.nodes_of(tree))
        return tuple(dict.fromkeys(value for value in found if value is not None))

    def _constant(self, node: Tree) -> Value | None:
        match node:
            case nodes.Literal(value=value) if not isinstance(value, bool):
                return value
            case nodes.Name(name=name, kind=Kind.FIGURE):
                return self._operation.subject.prepared.figures.get(name)
            case _:
                return None


def _dates_of(operation: OperationSubject) -> list[str]:
    days = {InputType.DATE, InputType.DATE_TIME}
    return [name for name, it in operation.operation.inputs.items() if it.declaration.type in days]


def _halves(share: Fraction, base: Fraction, unit: Fraction) -> Iterator[Fraction]:
    """Numbers of which a share (5 %, 0.05 %) ends in half a unit: near the base, and much larger."""
    if 0 < share < 1:
        for near in (base, base * 34):
            units = near * share // unit
            yield (units + Fraction(1, 2)) * unit / share


def _around(points: Iterable[Value], offsets: Iterable[Fraction]) -> Iterator[Value]:
    """Each point with every offset; the nearer offsets of all points first."""
    places = list(points)
    for offset in dict.fromkeys(offsets):
        for point in places:
            value = moved(point, offset)
            if value is not None:
                yield value


def _distinct(values: Iterable[Scalar]) -> tuple[Scalar, ...]:
    """1, 1.0 and yes are three values."""
    return tuple({(value.__class__, value): value for value in values}.values())
