"""What an expression can ask of the world in which it is evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from casewright.design.expressions.values import Held, Reference, Row, Special, Value


class InputStatus(Enum):
    VALID = "valid"
    MISSING = "missing"
    """Left out though it is needed."""
    WRONG_KIND = "wrong kind"
    BREAKS_RULE = "breaks a rule"
    INVALID = "invalid"
    """Invalid for certain, but which of the three is not known."""
    NOT_ASKED = "not asked"
    UNKNOWN = "unknown"


class Permission(Enum):
    NEVER = "never"
    NOT_NOW = "not now"
    """The role may do it, but not in the present state."""
    NOW = "now"
    UNKNOWN = "unknown"


class Environment(Protocol):
    """`read` never raises for a name that the model declares."""

    def read(self, name: str, /) -> Held:
        """An input, let, figure, variable, derived value or local; also 'state', 'actor' (nobody is
        'nobody'), and the clock as 'now'.

        A `let` may hold the row of a table; everything else is a plain value.
        """
        ...

    def read_key(self, name: str, key: Value, /) -> Value:
        """`variable[key]` of a variable that has one value per key."""
        ...

    def look_up(self, table: str, keys: Sequence[Value], /) -> Row | Special:
        """The row of a table, MISSING if there is none, UNKNOWN if a key is unknown."""
        ...

    def status(self, name: str, /) -> InputStatus: ...

    def inputs(self) -> Sequence[str]:
        """The inputs of the operation, in their order."""
        ...

    def permission(self) -> Permission: ...

    def records(self, collection: str, /) -> Sequence[Reference] | Special:
        """All that are there, in the order in which they were created; UNKNOWN if that isn't known."""
        ...

    def find(self, collection: str, key: Sequence[Value], /) -> Reference | Special:
        """The record with the key, MISSING if there is none, UNKNOWN if that isn't known."""
        ...

    def field(self, record: Reference, name: str, /) -> Value:
        """A key, field, 'state' or derived value of a record; MISSING if the record is gone."""
        ...

    def scanning(self, record: Reference, /) -> Environment:
        """This environment while `record` is the one of its collection that is being looked at."""
        ...

    def scanned(self, collection: str, /) -> Reference | Special:
        """The record that is being looked at."""
        ...
