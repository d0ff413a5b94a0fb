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
from casewright.design.model.parts import CompiledOperation, CompiledReject, Formula
from casewright.design.moment import Call as Call
from casewright.design.moment import Moment, Prepared
from casewright.design.scalars import as_scalar
from casewright.design.starting import first_world
from casewright.design.stepping import run
from casewright.design.time_passing import advance
from casewright.design.worlds import World as World
from casewright.design.worlds import join, join_values, nothing_known

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


_NOTHING_CERTAIN = Answer(None, {}, None, UNDECIDED)


@dataclass(frozen=True, slots=True)
class _Ending:
    """One way in which a request may end."""

    outcome: Outcome
    decided_by: str
    world: World
    state: Value
    outputs: Mapping[str, Value]


class Oracle:
    """Pure: `perform` gives a new world and changes nothing.

    `like` is the oracle of a model that shares parts with this one; what stands on them isn't made again.
    """

    def __init__(self, compiled: CompiledModel, like: Oracle | None = None) -> None:
        self.compiled = compiled
        self.prepared = Prepared(compiled, like.prepared if like is not None else None)
        self._told: dict[str, frozenset[Permission]] = {}

    def start(self) -> World:
        return first_world(self.prepared)

    def moment(self, world: World, call: Call) -> Moment:
        """What the rules of the operation can read before it changes anything; the model has to know it."""
        return Moment(self.prepared, world, call)

    def perform(self, world: World, call: Call) -> tuple[World, Answer]:
        """The world after the call, and what is certain of the answer. A call that the model can't make
        sense of (an operation or an input that it doesn't have) may have any result."""
        operation = self.compiled.operations.get(call.operation)
        if operation is None or any(
            name not in operation.inputs and value not in (None, "") for name, value in call.data.items()
        ):
            return nothing_known(world), _NOTHING_CERTAIN
        return self.answer(self.moment(world, call))

    def answer(self, moment: Moment) -> tuple[World, Answer]:
        """As `perform`, for a call that the model knows."""
        operation = moment.operation
        assert operation is not None
        if operation.silent is not None and operation.silent.evaluate(moment) is not False:
            return nothing_known(moment.world), _NOTHING_CERTAIN
        return _conclude(list(self._endings(moment, operation)))

    def _endings(self, moment: Moment, operation: CompiledOperation) -> Iterator[_Ending]:
        rights = moment.permissions()
        refusals = rights - {Permission.NOW}
        if refusals - self._told_by(operation):
            yield self._untold(moment, operation)  # the model doesn't say where in the order it stands
        for reject in operation.rejects:
            truth = reject.condition.evaluate(moment)
            if truth is not False:
                yield self._refuse(moment, reject)
            if truth is True:
                return
        if refusals:
            yield self._untold(moment, operation)
        if Permission.NOW in rights:
            if any(moment.status(name) not in _FINE for name in operation.inputs):
                # it breaks a rule of its field, and no refusal says what happens then
                yield self._untold(moment, operation)
            yield self._accept(moment, operation)

    def _accept(self, moment: Moment, operation: CompiledOperation) -> _Ending:
        clock = self.compiled.clock
        move = clock.moves.get(operation.name) if clock is not None else None
        later = moment if move is None else advance(moment, move)
        after = run(operation.then, later)
        return self._ending(Outcome.ACCEPTED, ACCEPTED, after, _read_all(operation.answer, after))

    def _refuse(self, moment: Moment, reject: CompiledReject) -> _Ending:
        after = run(reject.then, moment) if reject.then else moment
        outputs = _read_all(reject.show, after)
        if reject.say is not None:
            outputs[self.compiled.model.message] = reject.say
        return self._ending(Outcome.REJECTED, reject.path, after, outputs)

    def _untold(self, moment: Moment, operation: CompiledOperation) -> _Ending:
        """A refusal of which the model has only that it is one."""
        return self._ending(Outcome.REJECTED, f"may.{operation.name}", moment, {})

    def _ending(
        self, outcome: Outcome, decided_by: str, after: Moment, outputs: Mapping[str, Value]
    ) -> _Ending:
        operation = after.operation
        assert operation is not None
        if self.compiled.answer_always or operation.answer_always:
            always = _read_all(operation.answer_always, after)
            if self.compiled.answer_always:
                always = {**_read_all(self.compiled.answer_always, after.of_model()), **always}
            outputs = {**always, **outputs}
        return _Ending(outcome, decided_by, after.world, after.state(), outputs)

    def _told_by(self, operation: CompiledOperation) -> frozenset[Permission]:
        found = self._told.get(operation.name)
        if found is None:
            found = self._told[operation.name] = _told_refusals(operation)
        return found


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
            told.add(Permission.NOT_NOW)
    return frozenset(told)


def _read_all(formulas: Mapping[str, Formula], moment: Moment) -> dict[str, Value]:
    return {name: formula.evaluate(moment) for name, formula in formulas.items()}


def _conclude(endings: Sequence[_Ending]) -> tuple[World, Answer]:
    if len(endings) == 1:
        (ending,) = endings
        return ending.world, Answer(
            ending.outcome, _certain(ending.outputs), _shown(ending.state), ending.decided_by
        )
    outcomes = {ending.outcome for ending in endings}
    paths = {ending.decided_by for ending in endings}
    outputs = {
        name: reduce(join_values, (ending.outputs.get(name, UNKNOWN) for ending in endings))
        for name in endings[0].outputs
    }
    answer = Answer(
        outcome=outcomes.pop() if len(outcomes) == 1 else None,
        outputs=_certain(outputs),
        state=_shown(reduce(join_values, (ending.state for ending in endings))),
        decided_by=paths.pop() if len(paths) == 1 else UNDECIDED,
    )
    return reduce(join, (ending.world for ending in endings)), answer


def _certain(outputs: Mapping[str, Value]) -> dict[str, Scalar]:
    scalars = ((name, as_scalar(value)) for name, value in outputs.items())
    return {name: scalar for name, scalar in scalars if scalar is not None}


def _shown(state: Value) -> str | None:
    return state if isinstance(state, str) else None
