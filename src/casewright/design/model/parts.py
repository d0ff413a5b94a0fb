"""The parts of a compiled model: what stands in the YAML, with every expression parsed and runnable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from casewright.design.expressions.evaluation import Evaluate, EvaluateHeld
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import Type
from casewright.design.expressions.tree import Tree
from casewright.design.model.schema import Effect, Input, LookupTable, Operation, Reject, Variable


@dataclass(frozen=True, slots=True)
class Formula:
    """One expression. `path` is that of its element, such as 'operations.转账.reject[3].if'."""

    path: str
    text: str
    tree: Tree
    type: Type
    evaluate: Evaluate


@dataclass(frozen=True, slots=True)
class Let:
    """`lines` has one text, or those of a first-hit list: then `tree` is a `FirstHit`.

    Unlike a formula it may hold a row of a table.
    """

    path: str
    lines: tuple[str, ...]
    tree: Tree
    type: Type
    evaluate: EvaluateHeld


@dataclass(frozen=True, slots=True)
class CompiledInput:
    """`values` are those of a choice, whether they stand at the input or at a choice type."""

    name: str
    path: str
    declaration: Input
    type: Type
    values: tuple[str, ...]
    required: Formula
    asked_if: Formula | None
    if_left_out: Formula | None
    minimum: Formula | None
    maximum: Formula | None
    above: Formula | None
    below: Formula | None
    unsure_at: tuple[Formula, ...]
    unsure_if: Formula | None


class TargetKind(Enum):
    STATE = "state"
    VARIABLE = "variable"
    KEY = "one key of a variable"
    EVERY_KEY = "every key of a variable"


@dataclass(frozen=True, slots=True)
class Target:
    """What is set. `name` is 'state' or the variable's; `key` is there for `KEY` only."""

    kind: TargetKind
    name: str
    key: Formula | None = None


@dataclass(frozen=True, slots=True)
class Assignment:
    target: Target
    value: Formula


@dataclass(frozen=True, slots=True)
class CompiledEffect:
    path: str
    declaration: Effect
    when: Formula | None
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class CompiledReject:
    """`each invalid input` gives one for every input: then `input` names it, and `path` is the input's."""

    path: str
    condition: Formula
    say: str | None
    show: Mapping[str, Formula]
    then: tuple[CompiledEffect, ...]
    source: tuple[str, ...]
    declaration: Reject | None = None
    input: str | None = None


@dataclass(frozen=True, slots=True)
class CompiledOperation:
    """`permissions`: role → states in which it may ('any': all); None if there is no such check.

    `names` is what its expressions may use.
    """

    name: str
    path: str
    declaration: Operation
    inputs: Mapping[str, CompiledInput]
    lets: Mapping[str, Let]
    rejects: tuple[CompiledReject, ...]
    then: tuple[CompiledEffect, ...]
    answer: Mapping[str, Formula]
    permissions: Mapping[str, tuple[str, ...]] | None
    names: Names


@dataclass(frozen=True, slots=True)
class TableRow:
    """A key that is None fits all (`any`)."""

    path: str
    keys: tuple[Formula | None, ...]
    cells: Mapping[str, Formula]


@dataclass(frozen=True, slots=True)
class CompiledTable:
    name: str
    path: str
    declaration: LookupTable
    rows: tuple[TableRow, ...]
    """The first whose keys fit counts."""


@dataclass(frozen=True, slots=True)
class CompiledVariable:
    """`keys` are the values of the choice that it is `per`; None for a variable with one value."""

    name: str
    path: str
    declaration: Variable
    type: Type
    starts: Formula
    keys: tuple[str, ...] | None
