"""Which worlds can be reached, and how: breadth-first over calls that succeed, bounded."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from casewright.design.cases import Outcome
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.environment import InputStatus
from casewright.design.expressions.evaluation import Evaluate, compile_expression
from casewright.design.expressions.values import UNKNOWN
from casewright.design.moment import Moment
from casewright.design.oracle import Call, Oracle
from casewright.design.techniques.searching import Search, Trials, call_key
from casewright.design.techniques.subject import OperationSubject, Subject
from casewright.design.techniques.wants import Trial, Want
from casewright.design.techniques.witnesses import Witnesses
from casewright.design.worlds import World

MOST_WORLDS = 160
MOST_TRIALS_OF_SPREADING = 4_000
BUDGET_OF_A_BASE = 500
MOST_CALLS_OF_AN_OPERATION = 40
_HOMES_FOR_A_BASE = 20


@dataclass(frozen=True, slots=True)
class Reached:
    """A world and the shortest way that was found to it."""

    world: World
    path: tuple[Trial, ...]


@dataclass(frozen=True, slots=True)
class Base:
    """A call that a person would make first. `accepted`: it is for certain."""

    home: Reached
    call: Call
    accepted: bool


class Explorer:
    """`worlds` grows while coverage items are realised: what they do opens new ones."""

    def __init__(self, subject: Subject, oracle: Oracle) -> None:
        self.subject = subject
        self.trials = Trials(oracle)
        start = oracle.start()
        self.start = Reached(start, ())
        self.worlds: list[Reached] = []
        self._known: set[int] = set()
        self._shapes: set[Hashable] = set()
        self.searches = {
            name: Search(self.trials, Witnesses(operation, start))
            for name, operation in subject.operations.items()
        }
        self.pool: dict[str, dict[Hashable, Call]] = {name: {} for name in subject.operations}
        """Calls that changed something somewhere, by operation."""
        self.bases: dict[str, Base] = {}
        self._add(self.start)
        self._find_bases()
        self.spread()

    # worlds

    def states(self) -> tuple[str, ...]:
        """The states that were reached, in the model's order."""
        reached = {world.world.state for world in self.worlds}
        declared = self.subject.compiled.model.states
        return tuple(state for state in declared.are if state in reached) if declared else ()

    def learn(self, home: Reached, trial: Trial) -> Reached | None:
        """Remembers a call that changed something, and where it led; None if it led nowhere new."""
        call = trial.call
        if trial.answer.outcome is None or self.trials.number(trial.after) == self.trials.number(home.world):
            return None
        calls = self.pool[call.operation]
        if len(calls) < MOST_CALLS_OF_AN_OPERATION:
            calls.setdefault(call_key(call), call)
        reached = Reached(trial.after, (*home.path, trial))
        return reached if self._add(reached) else None

    def keep(self, reached: Reached) -> None:
        """A world that was of use, even if its shape is none that is new."""
        number = self.trials.number(reached.world)
        if number not in self._known and len(self.worlds) < MOST_WORLDS:
            self._known.add(number)
            self.worlds.append(reached)

    def nearest(self, want: Want, call: Call, most: int, state: str | None = None) -> list[Reached]:
        """The worlds in which the call comes nearest to the want, those with the shortest way first; only
        those in `state`, if it is given."""
        worlds = [it for it in self.worlds if state is None or it.world.state == state]

        def far(reached: Reached) -> tuple[float, int]:
            return want.distance(self.trials.run(reached.world, call)), len(reached.path)

        return sorted(worlds, key=far)[:most]

    def _add(self, reached: Reached) -> bool:
        """Worlds are kept if they are of a new shape; while there are few, also if they are new at all."""
        if reached.world.state is UNKNOWN or self.trials.number(reached.world) in self._known:
            return False
        shape = self._shape(reached.world)
        crowded = len(self.worlds) >= MOST_WORLDS // 4
        if (crowded and shape in self._shapes) or len(self.worlds) >= MOST_WORLDS:
            return False
        self._known.add(self.trials.number(reached.world))
        self._shapes.add(shape)
        self.worlds.append(reached)
        return True

    def _shape(self, world: World) -> Hashable:
        """What the rules can tell of a world without any input: the state, and the truth of conditions."""
        truths: list[Hashable] = [world.state]
        for name, conditions in self._conditions.items():
            moment = Moment(self.subject.prepared, world, Call(name, None, {}))
            truths.extend(condition(moment) for condition in conditions)
        return tuple(truths)

    @cached_property
    def _conditions(self) -> Mapping[str, tuple[Evaluate, ...]]:
        return {
            name: tuple(compile_expression(tree) for tree in dict.fromkeys(_without_inputs(operation)))
            for name, operation in self.subject.operations.items()
        }

    def spread(self) -> None:
        """Tries every call of the pool in every world until nothing new comes of it."""
        index, limit = 0, self.trials.count + MOST_TRIALS_OF_SPREADING
        while index < len(self.worlds) and self.trials.count < limit:
            home = self.worlds[index]
            for call in self.calls():
                self.learn(home, self.trials.run(home.world, call))
            index += 1

    def calls(self) -> list[Call]:
        return [call for calls in self.pool.values() for call in calls.values()]

    # the first call of every operation

    def _find_bases(self) -> None:
        """Until no further operation succeeds: what succeeds may open a world for another."""
        open_operations = list(self.subject.operations.values())
        while open_operations:
            for operation in open_operations:
                base = self._base(operation)
                self.bases[operation.name] = base
                if base.accepted:
                    self.learn(base.home, self.trials.run(base.home.world, base.call))
            left = [operation for operation in open_operations if not self.bases[operation.name].accepted]
            if len(left) == len(open_operations):
                return
            self.spread()
            open_operations = left

    def _base(self, operation: OperationSubject) -> Base:
        want = Want(operation, outcome=Outcome.ACCEPTED)
        data = self.searches[operation.name].witnesses.natural
        unclear: Base | None = None
        first = Call(operation.name, operation.actors[0], data)
        for home in self.nearest(want, first, _HOMES_FOR_A_BASE):
            for actor in operation.actors:
                start = Call(operation.name, actor, data)
                budget = BUDGET_OF_A_BASE if not home.path else BUDGET_OF_A_BASE // 4
                result = self.searches[operation.name].find(home.world, start, want, {}, budget)
                if result.found is not None:
                    return Base(home, self._without_needless(home, result.found), accepted=True)
                if result.unclear is not None and unclear is None:
                    unclear = Base(home, self._without_needless(home, result.unclear), accepted=False)
        return unclear or Base(self.start, first, accepted=False)

    def _without_needless(self, home: Reached, trial: Trial) -> Call:
        """The call without the inputs that aren't asked for, if its answer stays the same."""
        call = trial.call
        data = {
            name: value
            for name, value in call.data.items()
            if value is not None and trial.moment.status(name) is not InputStatus.NOT_ASKED
        }
        leaner = Call(call.operation, call.actor, data)
        same = self.trials.run(home.world, leaner).answer == trial.answer
        return leaner if same else call

    def follow(self, calls: Sequence[Call]) -> Reached | None:
        """From the start; None if a step has no certain outcome or changes nothing."""
        reached = self.start
        for call in calls:
            trial = self.trials.run(reached.world, call)
            same = self.trials.number(trial.after) == self.trials.number(reached.world)
            if trial.answer.outcome is None or same:
                return None
            reached = Reached(trial.after, (*reached.path, trial))
        return reached


def _without_inputs(operation: OperationSubject) -> Iterator[nodes.Tree]:
    """The conditions that are about variables and the state alone."""
    for formula in operation.formulas:
        for node in operation.nodes_of(formula.tree):
            conditional = isinstance(node, nodes.Compare | nodes.Member)
            about_world = set(operation.variables_of(node)) - {"actor"}
            if conditional and about_world and not operation.inputs_of(node):
                yield node
