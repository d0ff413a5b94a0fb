"""Runs a test model: given steps it says outcome, outputs and state, or that it does not know.

The rejections of an operation are gone through in their order with three truth values: one that is certainly
false is passed over, one that is certainly true ends the list, one that is unknown stays possible and the
list goes on. What all possible endings agree on is certain; nothing else is asserted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce

from casewright.design.cases import Outcome, Scalar
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.environment import InputStatus, Permission
from casewright.design.expressions.tree import Kind, Refusal, walk
from casewright.design.expressions.values import UNKNOWN, Value
from casewright.design.model.compiled import CompiledModel
from casewright.design.model.parts import (
    Assignment,
    CompiledEffect,
    CompiledOperation,
    CompiledReject,
    Formula,
    TargetKind,
)
from casewright.design.moment import Call as Call
from casewright.design.moment import Moment, Prepared
from casewright.design.scalars import as_scalar
from casewright.design.worlds import Stored, join, join_values, nothing_known
from casewright.design.worlds import World as World

ACCEPTED = "accepted"
UNDECIDED = "unknown"
_FINE = frozenset({InputStatus.VALID, InputStatus.NOT_ASKED})


@dataclass(frozen=True, slots=True)
class Answer:
    """What is certain of an answer; the rest is left out or None."""

    outcome: Outcome | None
    outputs: Mapping[str, Scalar]
    state: str | None
    decided_by: str
    """'accepted', the path of the refusal ('operations.转账.reject[3]', for one of `each invalid input`
    'operations.转账.inputs.金额', for the check of `may` without a refusal of its own 'may.转账'), or
    'unknown'."""


@dataclass(frozen=True, slots=True)
class _Ending:
    """One way in which a request may end."""

    outcome: Outcome
    decided_by: str
    world: World
    outputs: Mapping[str, Value]


class Oracle:
    """Pure: `perform` gives a new world and changes nothing."""

    def __init__(self, compiled: CompiledModel) -> None:
        self.compiled = compiled
        self._prepared = Prepared(compiled)
        self._told = {name: _told_refusals(operation) for name, operation in compiled.operations.items()}

    def start(self) -> World:
        model = self.compiled.model
        nowhere = Moment(self._prepared, World(None, {}))
        variables: dict[str, Stored] = {}
        for name, variable in self.compiled.variables.items():
            value = variable.starts.evaluate(nowhere)
            variables[name] = value if variable.keys is None else dict.fromkeys(variable.keys, value)
        return World(model.states.starts if model.states else None, variables)

    def moment(self, world: World, call: Call) -> Moment:
        """What the rules of the operation can read before it changes anything; the model has to know it."""
        return Moment(self._prepared, world, call)

    def perform(self, world: World, call: Call) -> tuple[World, Answer]:
        """The world after the call, and what is certain of the answer. A call that the model can't make
        sense of (an operation or an input that it doesn't have) may have any result."""
        operation = self.compiled.operations.get(call.operation)
        if operation is None or any(
            name not in operation.inputs and value not in (None, "") for name, value in call.data.items()
        ):
            return nothing_known(world), Answer(None, {}, None, UNDECIDED)
        return self.answer(self.moment(world, call))

    def answer(self, moment: Moment) -> tuple[World, Answer]:
        """As `perform`, for a call that the model knows."""
        assert moment.operation is not None
        return _conclude(list(self._endings(moment, moment.operation)))

    def _endings(self, moment: Moment, operation: CompiledOperation) -> Iterator[_Ending]:
        permission = moment.permission()
        refused = _Ending(Outcome.REJECTED, f"may.{operation.name}", moment.world, {})
        if permission is not Permission.NOW and permission not in self._told[operation.name]:
            yield refused  # the model doesn't say where in the order it stands
        for reject in operation.rejects:
            truth = reject.condition.evaluate(moment)
            if truth is not False:
                yield self._refuse(moment, reject)
            if truth is True:
                return
        if permission is not Permission.NOW:
            yield refused
        if permission in {Permission.NOW, Permission.UNKNOWN}:
            if any(moment.status(name) not in _FINE for name in operation.inputs):
                yield refused  # it breaks a rule of its field, and no refusal says what happens then
            after = _apply(moment, operation.then)
            yield _Ending(Outcome.ACCEPTED, ACCEPTED, after.world, _read_all(operation.answer, after))

    def _refuse(self, moment: Moment, reject: CompiledReject) -> _Ending:
        after = _apply(moment, reject.then)
        outputs = _read_all(reject.show, after)
        if reject.say is not None:
            outputs[self.compiled.model.message] = reject.say
        return _Ending(Outcome.REJECTED, reject.path, after.world, outputs)


def _told_refusals(operation: CompiledOperation) -> frozenset[Permission]:
    """The answers of `may` that the operation's own rejections look at.

    A rejection that compares the actor or the state and nothing else stands for the check of the rights;
    where it asks for inputs too ('over 5000, and the actor is a clerk') it is a rule of its own.
    """
    told: set[Permission] = set()
    for reject in operation.rejects:
        found = list(walk(reject.condition.tree))
        asked = {node.refusal for node in found if isinstance(node, nodes.ActorMay)}
        kinds = {node.kind for node in found if isinstance(node, nodes.Name)}
        plain = kinds <= {Kind.ACTOR, Kind.STATE} and not any(isinstance(n, nodes.SomeInput) for n in found)
        if Refusal.NEVER in asked or (plain and Kind.ACTOR in kinds):
            told.add(Permission.NEVER)
        if Refusal.NOT_NOW in asked or (plain and Kind.STATE in kinds):
            told |= {Permission.NOT_NOW, Permission.UNKNOWN}
    return frozenset(told)


def _apply(moment: Moment, effects: Sequence[CompiledEffect]) -> Moment:
    """Top to bottom; each sees what the ones before it did."""
    for effect in effects:
        truth = True if effect.when is None else effect.when.evaluate(moment)
        if truth is False:
            continue
        changed = _set(moment, effect.assignments)
        moment = moment.after(changed if truth is True else join(moment.world, changed))
    return moment


def _set(moment: Moment, assignments: Sequence[Assignment]) -> World:
    """All right sides are read before anything changes."""
    state, variables = moment.world.state, dict(moment.world.variables)
    for assignment in assignments:
        target, value = assignment.target, assignment.value.evaluate(moment)
        stored = variables.get(target.name)
        if target.kind is TargetKind.STATE:
            state = value if isinstance(value, str) else UNKNOWN
        elif target.kind is TargetKind.VARIABLE:
            variables[target.name] = value
        elif target.kind is TargetKind.EVERY_KEY and isinstance(stored, Mapping):
            variables[target.name] = dict.fromkeys(stored, value)
        elif target.key is not None and isinstance(stored, Mapping):
            variables[target.name] = _with_key(stored, target.key.evaluate(moment), value)
    return World(state, variables)


def _with_key(stored: Mapping[str, Value], key: Value, value: Value) -> Mapping[str, Value]:
    if isinstance(key, str) and key in stored:
        return {**stored, key: value}
    return {name: join_values(old, value) for name, old in stored.items()}


def _read_all(formulas: Mapping[str, Formula], moment: Moment) -> dict[str, Value]:
    return {name: formula.evaluate(moment) for name, formula in formulas.items()}


def _conclude(endings: Sequence[_Ending]) -> tuple[World, Answer]:
    world = reduce(join, (ending.world for ending in endings))
    outcomes = {ending.outcome for ending in endings}
    paths = {ending.decided_by for ending in endings}
    outputs: dict[str, Scalar] = {}
    for name in endings[0].outputs:
        value = reduce(join_values, (ending.outputs.get(name, UNKNOWN) for ending in endings))
        scalar = as_scalar(value)
        if scalar is not None:
            outputs[name] = scalar
    answer = Answer(
        outcome=outcomes.pop() if len(outcomes) == 1 else None,
        outputs=outputs,
        state=world.state if isinstance(world.state, str) else None,
        decided_by=paths.pop() if len(paths) == 1 else UNDECIDED,
    )
    return world, answer
