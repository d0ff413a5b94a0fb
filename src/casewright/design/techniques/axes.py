"""The values of a field as places on an axis, so that they can be halved and stepped along."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from fractions import Fraction

from casewright.design.cases import Language, Scalar
from casewright.design.expressions.values import Value
from casewright.design.model.parts import CompiledInput
from casewright.design.model.schema import InputType
from casewright.design.techniques.distance import position
from casewright.design.techniques.natural import of_length, text_for
from casewright.design.techniques.subject import choices, is_moment, is_number, step_of, written

_FIRST = datetime.datetime.min  # noqa: DTZ901 - documents mean wall-clock time


@dataclass(frozen=True)
class Axis:
    """Of a number, date, time or text: units, days, minutes or characters."""

    declared: CompiledInput
    language: Language

    @property
    def step(self) -> Fraction:
        return step_of(self.declared)

    def place(self, value: Value) -> Fraction | None:
        """None for what has no place: missing, unknown."""
        if isinstance(value, str):
            return Fraction(len(value.strip(" ")))
        return position(value)

    def sent(self, place: Fraction) -> Scalar:
        """The value at a place, as it is sent; None if there is none."""
        kind = self.declared.declaration.type
        if kind is InputType.TEXT:
            text = of_length(text_for(self.declared.name, self.language), int(place))
            return text or None
        if is_number(self.declared):
            return written(self.declared, place)
        return written(self.declared, _moment(kind, place))


def _moment(kind: InputType, place: Fraction) -> Value:
    whole = int(place)
    if kind is InputType.TIME:
        return datetime.time(whole // 60 % 24, whole % 60)
    if kind is InputType.DATE:
        return datetime.date.fromordinal(max(1, whole))
    return _FIRST + datetime.timedelta(minutes=whole)


def has_axis(declared: CompiledInput) -> bool:
    """Can it be moved step by step? A text can where only its length matters."""
    if choices(declared):
        return False
    text = declared.declaration.type is InputType.TEXT and declared.declaration.pattern is None
    return is_number(declared) or is_moment(declared) or text
