"""What can be worked out before anything happens: the figures of the document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casewright.design.expressions.environment import InputStatus, Permission
from casewright.design.expressions.values import UNKNOWN, Held, Row, Special, Value


class KnownFigures:
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
