"""What rows are made from and what comes back: parameters, constraints, groups; rows and what was dropped."""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Mapping
from dataclasses import dataclass, field

from casewright.design.cases import Words

Value = Hashable
"""Values of one parameter are told apart by `==`: True and 1 can't both be its values."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """`values` are the valid ones, at least one. An invalid one is the only such in its row."""

    name: str
    values: tuple[Value, ...]
    invalid: tuple[Value, ...] = ()


@dataclass(frozen=True, slots=True)
class Constraint:
    """What holds between the values of the parameters in `scope`, told to a reader by `words`.

    `allowed` is called with one valid value for each parameter in `scope`, in that order; or it is the set
    of the tuples that may occur. It speaks of valid values only: in a row where a parameter of its scope is
    invalid it binds nothing.
    """

    words: Words
    scope: tuple[str, ...]
    allowed: Callable[..., bool] | Collection[tuple[Value, ...]]


@dataclass(frozen=True, slots=True)
class Group:
    """Parameters that are combined `strength` at a time where the others are combined less closely."""

    parameters: tuple[str, ...]
    strength: int


@dataclass(frozen=True, slots=True)
class CombinationModel:
    """`seeds` are rows to be kept; a parameter that a seed doesn't name is filled in."""

    parameters: tuple[Parameter, ...]
    constraints: tuple[Constraint, ...] = ()
    groups: tuple[Group, ...] = ()
    seeds: tuple[Mapping[str, Value], ...] = ()


@dataclass(frozen=True, slots=True)
class Row:
    """A value for every parameter; `invalid` is the name of the one whose value is not valid."""

    values: Mapping[str, Value]
    invalid: str | None = None


@dataclass(frozen=True, slots=True)
class Dropped:
    """A combination that no row can hold, with the proof in words.

    `culprits` are those of its values that clash already by themselves, `constraints` the ones that forbid
    them: without any one of either there would be a row. `invalid` is the invalid value beside which the
    combination was wanted, as (parameter, value).
    """

    values: Mapping[str, Value]
    culprits: Mapping[str, Value]
    constraints: tuple[Constraint, ...]
    reason: Words
    invalid: tuple[str, Value] | None = None


@dataclass(frozen=True, slots=True)
class Combined:
    """`rows`: valid ones first, the seeds at their head, then those with an invalid value.

    `covered` is the number of combinations that the rows hold, of all that were wanted and are feasible.
    """

    rows: tuple[Row, ...]
    dropped: tuple[Dropped, ...] = field(default=())
    covered: int = 0
