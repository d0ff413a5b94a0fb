"""What can be worked out before anything happens: the figures of the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Self

from casewright.design.expressions.environment import InputStatus, Permission
from casewright.design.expressions.values import UNKNOWN, Held, Reference, Row, Special, Value
from casewright.design.model.parts import Formula


class NoRecords:
    """What of an `Environment` is about records, where nothing is known of any."""

    def records(self, _collection: str, /) -> Sequence[Reference] | Special:
        return UNKNOWN

    def find(self, _collection: str, _key: Sequence[Value], /) -> Reference | Special:
        return UNKNOWN

    def field(self, _record: Reference, _name: str, /) -> Value:
        return UNKNOWN

    def scanning(self, _record: Reference, /) -> Self:
        return self

    def scanned(self, _collection: str, /) -> Reference | Special:
        return UNKNOWN


class KnownFigures(NoRecords):
    """A world in which only the figures are known."""

    def __init__(self, figures: Mapping[str, Value]) -> None:
        self._figures = figures

    def read(self, name: str, /) -> Held:
        return self._figures.get(name, UNKNOWN)

    def read_key(self, _name: str, _key: Value, /) -> Value:
        return UNKNOWN

    def look_up(self, _table: str, _keys: Sequence[Value], /) -> Row | Special:
        return UNKNOWN

    def status(self, _name: str, /) -> InputStatus:
        return InputStatus.UNKNOWN

    def inputs(self) -> Sequence[str]:
        return ()

    def permission(self) -> Permission:
        return Permission.UNKNOWN


def values_of(figures: Mapping[str, Formula]) -> dict[str, Value]:
    """Each figure comes after those that it rests on."""
    values: dict[str, Value] = {}
    for name, figure in figures.items():
        values[name] = figure.evaluate(KnownFigures(values))
    return values
