"""What a coverage item wants of a call: which answer, and what has to hold in the moment before it.

A want tells whether a trial meets it and how far from it a trial is. Whatever looks for the call, a search
now or a solver later, needs to know no more.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from casewright.design.cases import Outcome
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.environment import Environment, InputStatus
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.tree import Tree
from casewright.design.expressions.values import UNKNOWN, Value
from casewright.design.moment import Moment
from casewright.design.oracle import Answer, Call
from casewright.design.techniques.distance import NOT_KNOWN, steer
from casewright.design.techniques.subject import ACCEPTED, OperationSubject
from casewright.design.worlds import World

NOT_CERTAIN = 3.0
"""Further away than any refusal that is told: an answer that can't be asserted."""

VALID_ENOUGH = frozenset({InputStatus.VALID, InputStatus.NOT_ASKED})


@dataclass(frozen=True, slots=True)
class Trial:
    """A call that was tried: the moment before it, the certain part of the answer, and the world after."""

    moment: Moment
    answer: Answer
    after: World

    @property
    def call(self) -> Call:
        assert self.moment.call is not None
        return self.moment.call

    def moment_value(self, name: str) -> Value:
        """Of an input."""
        value = self.moment.read(name)
        assert not isinstance(value, Mapping)
        return value


@dataclass(frozen=True, slots=True)
class Aim:
    """Something about the moment before the call: `far` is 0 where it holds for certain, `possible` is true
    where it may."""

    far: Callable[[Environment], float]
    possible: Callable[[Environment], bool]
    inputs: tuple[str, ...]
    """The inputs that it depends on."""
    variables: tuple[str, ...] = ()
    """The variables that it depends on, 'state' and 'actor'."""
    about_faults: bool = False
    """Does it ask whether inputs are invalid or missing?"""


def holds(operation: OperationSubject, tree: Tree, *, truth: bool = True) -> Aim:
    """The condition has this truth value."""
    evaluate = compile_expression(tree)
    return Aim(
        far=steer(tree, operation.definitions, truth),
        possible=lambda environment: evaluate(environment) is not (not truth),
        inputs=operation.inputs_of(tree),
        variables=operation.variables_of(tree),
        about_faults=any(_asks_for_a_fault(node) for node in operation.nodes_of(tree)),
    )


def _asks_for_a_fault(node: Tree) -> bool:
    """'some input invalid', 'amount missing'; not of a table: 'limit missing'."""
    if isinstance(node, nodes.Is):
        return isinstance(node.operand, nodes.Name) and node.operand.kind is nodes.Kind.INPUT
    return isinstance(node, nodes.SomeInput)


def fails(operation: OperationSubject, tree: Tree) -> Aim:
    """The condition isn't true: false, or unknown because it reads what is invalid."""
    aim = holds(operation, tree, truth=False)
    evaluate = compile_expression(tree)

    def far(environment: Environment) -> float:
        return 0.0 if evaluate(environment) is not True else aim.far(environment)

    return replace(aim, far=far)


def measured(operation: OperationSubject, tree: Tree, far: Callable[[Environment], float]) -> Aim:
    """Something else about the value of an expression, told by a distance of its own."""
    return Aim(
        far=far,
        possible=lambda environment: far(environment) in {0.0, NOT_KNOWN},
        inputs=operation.inputs_of(tree),
        variables=operation.variables_of(tree),
    )


def has_status(name: str, wanted: frozenset[InputStatus]) -> Aim:
    def far(environment: Environment) -> float:
        status = environment.status(name)
        return 0.0 if status in wanted else NOT_KNOWN if status is InputStatus.UNKNOWN else 1.0

    return Aim(far, lambda environment: far(environment) in {0.0, NOT_KNOWN}, (name,))


def only_invalid(operation: OperationSubject, *names: str) -> Aim:
    """No other input is invalid or unclear."""
    others = tuple(name for name in operation.operation.inputs if name not in names)

    def far(environment: Environment) -> float:
        return float(sum(environment.status(name) not in VALID_ENOUGH for name in others))

    return Aim(far, lambda environment: not far(environment), others)


@dataclass(frozen=True)
class Want:
    """`decided`: the path of the refusal that has to decide; `after`: the path of one that must not, nor any
    before it; `outcome`: any way to that outcome. None of them: any certain answer."""

    operation: OperationSubject
    decided: str | None = None
    after: str | None = None
    outcome: Outcome | None = None
    aims: tuple[Aim, ...] = ()
    state: str | None = None
    """The state in which the call is made."""
    _reach: dict[str, Aim] = field(default_factory=dict[str, Aim], compare=False, repr=False)

    def met_by(self, trial: Trial) -> bool:
        return trial.answer.outcome is not None and self.distance(trial) == 0

    def met_but_for_certainty(self, trial: Trial) -> bool:
        """Everything that is wanted of the moment holds, but the answer isn't known."""
        if trial.answer.outcome is not None or not all(aim.possible(trial.moment) for aim in self.aims):
            return False
        there = self.operation.position(self.decided) if self.decided is not None else None
        if there is None or there >= len(self.operation.operation.rejects):
            return True
        return self.operation.operation.rejects[there].condition.evaluate(trial.moment) is not False

    def distance(self, trial: Trial) -> float:
        far = sum(aim.far(trial.moment) for aim in self.aims)
        if self.state is not None and trial.moment.world.state != self.state:
            far += 1
        return far + self._from_decision(trial)

    def outlook(self, trial: Trial) -> float:
        """How far the world is from one in which the want can be met, whatever refuses the call as it is."""
        far = sum(aim.far(trial.moment) for aim in self.aims)
        there = self.operation.position(self.decided) if self.decided is not None else None
        if there is not None and 0 <= there < len(self.operation.operation.rejects):
            far += self._aim_at(there, truth=True).far(trial.moment)
        return far

    def passes(self, trial: Trial) -> bool:
        """Nothing refuses it before the place where it is wanted to be decided: what is missing is another
        world rather than other data."""
        wanted = self.decided or self.after or (ACCEPTED if self.outcome is Outcome.ACCEPTED else "")
        here, there = self.operation.position(trial.answer.decided_by), self.operation.position(wanted)
        return here is not None and (there is None or here >= there)

    def hopeless(self, trial: Trial) -> bool:
        """An earlier refusal is in the way that no data can change."""
        wanted = self.decided or self.after or (ACCEPTED if self.outcome is Outcome.ACCEPTED else "")
        here, there = self.operation.position(trial.answer.decided_by), self.operation.position(wanted)
        if here is None or there is None or here >= there:
            return False
        return here < 0 or not self._aim_at(here, truth=True).inputs

    def _from_decision(self, trial: Trial) -> float:
        if self.decided is not None:
            return self._from_place(trial, self.decided)
        if self.outcome is Outcome.ACCEPTED:
            return self._from_place(trial, ACCEPTED)
        if self.after is not None:
            return self._from_after(trial, self.after)
        if trial.answer.outcome is None:
            return NOT_CERTAIN
        return 0.0 if self.outcome is None or trial.answer.outcome is self.outcome else 1.0

    def _from_after(self, trial: Trial, wanted: str) -> float:
        here, there = self.operation.position(trial.answer.decided_by), self.operation.position(wanted)
        if here is None or there is None:
            return NOT_CERTAIN
        return 0.0 if here > there else 0.5 + self._aim_at(max(here, 0), truth=False).far(trial.moment)

    def _from_place(self, trial: Trial, wanted: str) -> float:
        """An earlier refusal in the way counts less than a part of the condition that doesn't hold yet."""
        if trial.answer.decided_by == wanted:
            return 0.0
        here, there = self.operation.position(trial.answer.decided_by), self.operation.position(wanted)
        if there is None:
            return NOT_CERTAIN
        last = len(self.operation.operation.rejects)
        still = self._aim_at(there, truth=True).far(trial.moment) if there < last else 0.0
        if here is None:
            return NOT_CERTAIN + still
        if here > there:
            return max(still, 0.001)
        in_the_way = self._aim_at(here, truth=False).far(trial.moment) if here >= 0 else 1.0
        return still + 0.5 + 0.3 * (there - here) / (last + 1) + 0.2 * in_the_way / (in_the_way + 1)

    def inputs_to_vary(self, trial: Trial) -> tuple[str, ...]:
        """The inputs on which it depends whether the trial meets the want."""
        found: dict[str, None] = {}
        for names in self._obstacles(trial):
            found |= dict.fromkeys(names)
        return tuple(found)

    def _obstacles(self, trial: Trial) -> Iterator[tuple[str, ...]]:
        wanted = self.decided or self.after or (ACCEPTED if self.outcome is Outcome.ACCEPTED else "")
        here, there = self.operation.position(trial.answer.decided_by), self.operation.position(wanted)
        for aim in self.aims:
            yield aim.inputs
        if here is None:
            yield from self._unclear(trial)
        elif there is not None and (0 <= here < there or (here == there and self.after)):
            yield self._inputs_at(here, trial)
        if self.decided is not None and there is not None:
            yield self._inputs_at(there, trial)

    def _unclear(self, trial: Trial) -> Iterator[tuple[str, ...]]:
        for index, reject in enumerate(self.operation.operation.rejects):
            if reject.condition.evaluate(trial.moment) is UNKNOWN:
                yield self._inputs_at(index, trial)

    def _inputs_at(self, index: int, trial: Trial) -> tuple[str, ...]:
        """Those of the refusal's condition; of what it asks of any input, the ones with a fault first."""
        inputs = self._aim_at(index, truth=True).inputs
        faulty = [name for name in inputs if trial.moment.status(name) not in VALID_ENOUGH]
        return (*faulty, *(name for name in inputs if name not in faulty))

    def _aim_at(self, index: int, *, truth: bool) -> Aim:
        key = f"{index} {truth}"
        if key not in self._reach:
            tree = self.operation.operation.rejects[index].condition.tree
            self._reach[key] = holds(self.operation, tree, truth=truth)
        return self._reach[key]

    def about_faults(self) -> bool:
        """Can invalid or missing inputs be of use?"""
        there = self.operation.position(self.decided) if self.decided is not None else None
        refusals = self.operation.operation.rejects
        decided = (
            there is not None and 0 <= there < len(refusals) and self._aim_at(there, truth=True).about_faults
        )
        return decided or any(aim.about_faults for aim in self.aims)

    def variables(self) -> frozenset[str]:
        """The variables on which it depends whether it can be met, 'state' and 'actor'."""
        found = {name for aim in self.aims for name in aim.variables}
        if self.decided is not None:
            there = self.operation.position(self.decided)
            if there is not None and 0 <= there < len(self.operation.operation.rejects):
                found.update(self._aim_at(there, truth=True).variables)
        return frozenset(found)
