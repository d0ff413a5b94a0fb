"""The parts of a compiled model: what stands in the YAML, with every expression parsed and runnable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Literal

from casewright.design.expressions.evaluation import Evaluate, EvaluateHeld
from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import Type
from casewright.design.expressions.tree import Tree
from casewright.design.expressions.values import Value
from casewright.design.model.record_schema import Record, RecordField
from casewright.design.model.schema import Input, Length, LookupTable, Operation, Reject, Variable
from casewright.design.model.step_schema import DueRule, SharedEffect, Step


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
    lengths: tuple[tuple[Formula | None, Length], ...] = ()
    """Bounds of the length; the first whose condition holds count, None: in all other cases."""


class TargetKind(Enum):
    STATE = "state"
    VARIABLE = "variable"
    KEY = "one key of a variable"
    EVERY_KEY = "every key of a variable"
    FIELD = "a field of a record"


@dataclass(frozen=True, slots=True)
class Target:
    """What is set. `name` is 'state' or the name of the variable or field; `key` is there for `KEY` only,
    `record` and its `collection` for `FIELD` only."""

    kind: TargetKind
    name: str
    key: Formula | None = None
    record: Formula | None = None
    collection: str = ""


@dataclass(frozen=True, slots=True)
class Assignment:
    target: Target
    value: Formula


@dataclass(frozen=True, slots=True)
class Writes:
    """All that something may change: variables (also 'state'), fields of records ('state' too), and
    collections in which records come or go."""

    variables: frozenset[str] = frozenset()
    fields: frozenset[tuple[str, str]] = frozenset()
    collections: frozenset[str] = frozenset()

    def __or__(self, other: Writes) -> Writes:
        return Writes(
            self.variables | other.variables,
            self.fields | other.fields,
            self.collections | other.collections,
        )

    @property
    def names(self) -> frozenset[str]:
        """Variables and collections, and 'state' where that of a record may change."""
        collections = frozenset(collection for collection, _ in self.fields)
        states = frozenset(name for _, name in self.fields if name == "state")
        return self.variables | self.collections | collections | states


@dataclass(frozen=True, slots=True)
class SetAll:
    assignments: tuple[Assignment, ...]


@dataclass(frozen=True, slots=True)
class Create:
    """`values`: of the keys and fields that are told, and of 'state'."""

    collection: str
    called: str | None
    values: Mapping[str, Formula]


@dataclass(frozen=True, slots=True)
class Remove:
    record: Formula
    collection: str


@dataclass(frozen=True, slots=True)
class RemoveAll:
    collection: str
    where: Formula | None


@dataclass(frozen=True, slots=True)
class ForEach:
    collection: str
    where: Formula | None
    by: Formula | None
    steps: tuple[CompiledStep, ...]


@dataclass(frozen=True, slots=True)
class Do:
    effect: str
    arguments: Mapping[str, Formula]


@dataclass(frozen=True, slots=True)
class Block:
    steps: tuple[CompiledStep, ...]


Action = SetAll | Create | Remove | RemoveAll | ForEach | Do | Block


@dataclass(frozen=True, slots=True)
class CompiledStep:
    """`lets` are worked out when the step begins, before `when`."""

    path: str
    declaration: Step
    when: Formula | None
    lets: Mapping[str, Let]
    action: Action
    writes: Writes

    @property
    def assignments(self) -> tuple[Assignment, ...]:
        """Of a step that sets something."""
        return self.action.assignments if isinstance(self.action, SetAll) else ()

    @property
    def steps(self) -> tuple[CompiledStep, ...]:
        """Those within this one."""
        return self.action.steps if isinstance(self.action, ForEach | Block) else ()


@dataclass(frozen=True, slots=True)
class CompiledEffect:
    """An effect that is shared: `parameters` are its names for what it is given."""

    name: str
    path: str
    declaration: SharedEffect
    parameters: Mapping[str, Type]
    lets: Mapping[str, Let]
    steps: tuple[CompiledStep, ...]
    writes: Writes


@dataclass(frozen=True, slots=True)
class CompiledDue:
    """`collection` None: it is looked at once, not for each record."""

    path: str
    declaration: DueRule
    collection: str | None
    where: Formula | None
    at: Formula
    steps: tuple[CompiledStep, ...]
    writes: Writes


@dataclass(frozen=True, slots=True)
class ClockMove:
    """`input` says by how many units the clock goes on, or `to` which moment."""

    input: str
    to: bool


@dataclass(frozen=True, slots=True)
class CompiledClock:
    """`moves`: operation → what it does to the clock."""

    type: Type
    unit: str
    starts: Value
    moves: Mapping[str, ClockMove]


@dataclass(frozen=True, slots=True)
class CompiledField:
    name: str
    path: str
    declaration: RecordField
    type: Type
    starts: Formula | None


@dataclass(frozen=True, slots=True)
class CompiledRecord:
    """A collection. `counted` is the key that is counted up ('' where there is no key), None if none is.

    `parts` are the collections whose records go with their owner; `pointing_fields` (collection, field) and
    `pointing_variables` may hold records of this one. `rows` are there at the start.
    """

    name: str
    path: str
    declaration: Record
    keys: tuple[str, ...]
    counted: str | None
    fields: Mapping[str, CompiledField]
    states: tuple[str, ...]
    derived: Mapping[str, Formula]
    parts: tuple[str, ...]
    pointing_fields: tuple[tuple[str, str], ...]
    pointing_variables: tuple[str, ...]
    rows: tuple[Mapping[str, Value], ...]

    @property
    def folded(self) -> bool:
        """Are keys the same that differ in case only?"""
        return self.declaration.ignoring_case == "yes"


@dataclass(frozen=True, slots=True)
class CompiledReject:
    """`each invalid input` gives one for every input: then `input` names it, and `path` is the input's."""

    path: str
    condition: Formula
    say: str | None
    show: Mapping[str, Formula]
    then: tuple[CompiledStep, ...]
    source: tuple[str, ...]
    declaration: Reject | None = None
    input: str | None = None


@dataclass(frozen=True, slots=True)
class CompiledOperation:
    """`permissions`: role → states in which it may ('any': all); None if there is no such check. `only`:
    those roles that may only with what is their own, or what is not.

    `lets` has also what is found; `names` is what its rules may use. `state_of` is None where the model's
    own counts.
    """

    name: str
    path: str
    declaration: Operation
    inputs: Mapping[str, CompiledInput]
    lets: Mapping[str, Let]
    rejects: tuple[CompiledReject, ...]
    then: tuple[CompiledStep, ...]
    answer: Mapping[str, Formula]
    permissions: Mapping[str, tuple[str, ...]] | None
    names: Names
    only: Mapping[str, Literal["own", "others"]]
    own: Formula | None
    state_of: Formula | None
    silent: Formula | None
    answer_always: Mapping[str, Formula]
    writes: Writes


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
