"""What an expression can ask of the world in which it is evaluated."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import Protocol

from casewright.design.expressions.values import Held, Row, Special, Value


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
        """An input, let, figure, variable or derived value; also 'state' and 'actor' (nobody is 'nobody').

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
