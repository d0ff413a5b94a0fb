"""What the solver answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casewright.design.moment import Call


@dataclass(frozen=True, slots=True)
class Solved:
    """The interpreter agrees that everything that was wanted is true of the call."""

    call: Call


@dataclass(frozen=True, slots=True)
class Reached:
    """The interpreter accepts every call but the last, and everything that was wanted is true of that."""

    calls: tuple[Call, ...]


@dataclass(frozen=True, slots=True)
class Infeasible:
    """Proved: there is no such data."""


class Why(StrEnum):
    EFFORT = "effort"
    """The budget was used up."""
    NOT_EXPRESSED = "not expressed"
    """It may rest on a text, number or record that the solver can't choose freely."""
    NOT_CONFIRMED = "not confirmed"
    """The interpreter did not agree with what was found."""


@dataclass(frozen=True, slots=True)
class NotDecided:
    """There may be such data or not."""

    why: Why


Result = Solved | Infeasible | NotDecided


@dataclass(frozen=True, slots=True)
class Budget:
    """`effort`: z3's own count of steps for one check, so that the answer doesn't rest on the machine (a
    million takes about 0.3 s); `checks`: at most so many for one question, `attempts` of which lead to data
    that the interpreter is asked about."""

    effort: int = 2_000_000
    checks: int = 40
    attempts: int = 4
