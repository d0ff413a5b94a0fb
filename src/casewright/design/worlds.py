"""The system between two steps, and what is left of two worlds when it isn't known which one it is."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass

from casewright.design.expressions.values import UNKNOWN, Special, Value

Stored = Value | Mapping[str, Value]
"""What a variable holds; one value per key for a variable that is `per` a choice."""


@dataclass(frozen=True, slots=True)
class World:
    """The system between two steps. `state` is None where the model has no states."""

    state: str | Special | None
    variables: Mapping[str, Stored]

    def key(self) -> Hashable:
        """Equal for equal worlds."""
        held = (
            (name, tuple(stored.items()) if isinstance(stored, Mapping) else (stored.__class__, stored))
            for name, stored in self.variables.items()
        )
        return (self.state, tuple(held))


def join(first: World, second: World) -> World:
    """One of the two: what differs is unknown."""
    state = first.state if first.state == second.state else UNKNOWN
    variables = {
        name: _join_stored(stored, second.variables[name]) for name, stored in first.variables.items()
    }
    return World(state, variables)


def _join_stored(first: Stored, second: Stored) -> Stored:
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return {key: join_values(value, second[key]) for key, value in first.items()}
    assert not isinstance(first, Mapping)
    assert not isinstance(second, Mapping)
    return join_values(first, second)


def join_values(first: Value, second: Value) -> Value:
    return first if first.__class__ is second.__class__ and first == second else UNKNOWN


def nothing_known(world: World) -> World:
    """After something of which every result is possible."""
    variables: dict[str, Stored] = {
        name: dict.fromkeys(stored, UNKNOWN) if isinstance(stored, Mapping) else UNKNOWN
        for name, stored in world.variables.items()
    }
    return World(None if world.state is None else UNKNOWN, variables)
