"""The data of one request, for conditions that all have to hold when it arrives."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from casewright.design.cases import Scalar
from casewright.design.expressions.environment import InputStatus
from casewright.design.expressions.evaluation import Evaluate, compile_expression
from casewright.design.expressions.tree import Tree
from casewright.design.model.compiled import CompiledModel
from casewright.design.model.parts import CompiledOperation, CompiledStep
from casewright.design.moment import Call, Moment, Prepared
from casewright.design.solving.choosing import has_no_grid, sent_in
from casewright.design.solving.open_request import OpenRequest, accepted
from casewright.design.solving.reading import Request
from casewright.design.solving.results import Budget, Infeasible, NotDecided, Result, Solved, Why
from casewright.design.solving.smt import Query, Verdict
from casewright.design.solving.text_witnesses import TextFacts, facts_of
from casewright.design.solving.wishing import best
from casewright.design.support import definitions_of, unfolded
from casewright.design.worlds import World

_MOST_KEPT: Final = 24
"""Translations that are kept for the next question about the same world."""
USUAL: Final = Budget()


class StepSolver:
    """For one operation. What it answers rests on the question alone and on those before it, never on time
    or chance."""

    def __init__(self, compiled: CompiledModel, operation: str, budget: Budget = USUAL) -> None:
        self._budget = budget
        self._prepared = Prepared(compiled)
        self._operation = compiled.operations[operation]
        self._definitions = definitions_of(compiled, self._operation)
        self._trees = tuple(trees_of(self._operation))
        self._kept: dict[Hashable, OpenRequest] = {}
        self._evaluates: dict[Tree, Evaluate] = {}

    def solve(
        self,
        world: World,
        actor: str | None,
        wanted: Sequence[Tree],
        *,
        likes: Mapping[str, Scalar] | None = None,
        pins: Mapping[str, Scalar] | None = None,
    ) -> Result:
        """`likes`: what would be sent best; `pins`: what has to be sent, valid or not (None: left out). All
        other inputs are valid, or not asked for."""
        question = _Question(world, actor, tuple(wanted), likes or {}, pins or {})
        translation = self._translation(question)
        while more := translation.to_be_listed(question.wanted):
            translation = self._translation(question, translation.listed | more)
        found = self._find(question, translation)
        if found is not None:
            return found
        return self._refute(question, translation)

    def _find(self, question: _Question, translation: OpenRequest) -> Result | None:
        """None if no data fits as far as the translation is exact."""
        query = translation.query(self._budget, translation.certainly(question.wanted))
        wishes = translation.wishes(question.likes)
        for _ in range(self._budget.attempts):
            verdict = best(query, translation.tools.unions.terms, wishes, self._budget.checks)
            if verdict is Verdict.NO:
                return None
            if verdict is Verdict.UNDECIDED:
                return NotDecided(Why.EFFORT)
            call = self._call(question, translation, query)
            if self._confirmed(question, call):
                return Solved(call)
            query.require([translation.another(query)])
        return NotDecided(Why.NOT_CONFIRMED)

    def _refute(self, question: _Question, translation: OpenRequest) -> Result:
        """Nothing was found. Is there nothing, whatever could not be told to the solver?"""
        free = frozenset(
            name
            for name, declared in self._operation.inputs.items()
            if has_no_grid(declared) and name not in question.pins
        )
        if translation.is_exact(question.wanted) and not free:
            return Infeasible()
        if free:
            translation = self._translation(question, translation.listed, free)
        query = translation.query(self._budget, translation.possibly(question.wanted))
        verdict = query.check()
        if verdict is Verdict.NO:
            return Infeasible()
        return NotDecided(Why.EFFORT if verdict is Verdict.UNDECIDED else Why.NOT_EXPRESSED)

    def _translation(
        self,
        question: _Question,
        listed: frozenset[str] = frozenset(),
        loose: frozenset[str] = frozenset(),
    ) -> OpenRequest:
        facts = self._facts(question.wanted)
        pins = tuple((name, value.__class__, str(value)) for name, value in sorted(question.pins.items()))
        key = (question.world.key(), question.actor, pins, facts, listed, loose)
        if key not in self._kept:
            while len(self._kept) >= _MOST_KEPT:
                self._kept.pop(next(iter(self._kept))).forget()
            self._kept[key] = OpenRequest(
                Request(self._prepared, self._operation, question.actor, self._definitions),
                question.world,
                question.pins,
                facts,
                listed,
                loose,
            )
        return self._kept[key]

    def _facts(self, wanted: Sequence[Tree]) -> TextFacts:
        nodes = (node for tree in (*self._trees, *wanted) for node in unfolded(tree, self._definitions))
        return facts_of(nodes, self._prepared.figures)

    def _call(self, question: _Question, translation: OpenRequest, query: Query) -> Call:
        """Without what isn't asked for."""
        data: dict[str, Scalar] = {}
        for name, declared in self._operation.inputs.items():
            sent = sent_in(query, translation.chosen[name], declared, translation.tools)
            if sent is not None:
                data[name] = sent
        call = Call(self._operation.name, question.actor, data)
        moment = Moment(self._prepared, question.world, call)
        needless = {name for name in data if moment.status(name) is InputStatus.NOT_ASKED} - set(
            question.pins
        )
        kept = {name: value for name, value in data.items() if name not in needless}
        return Call(self._operation.name, question.actor, kept)

    def _confirmed(self, question: _Question, call: Call) -> bool:
        moment = Moment(self._prepared, question.world, call)
        fine = all(
            moment.status(name) in accepted(declared)
            for name, declared in self._operation.inputs.items()
            if name not in question.pins
        )
        return fine and all(self._evaluate(tree)(moment) is True for tree in question.wanted)

    def _evaluate(self, tree: Tree) -> Evaluate:
        if tree not in self._evaluates:
            self._evaluates[tree] = compile_expression(tree)
        return self._evaluates[tree]


@dataclass(frozen=True)
class _Question:
    world: World
    actor: str | None
    wanted: tuple[Tree, ...]
    likes: Mapping[str, Scalar]
    pins: Mapping[str, Scalar]


def trees_of(operation: CompiledOperation) -> Iterator[Tree]:
    """Everything that may ask about what is sent."""
    for reject in operation.rejects:
        yield reject.condition.tree
    for step in operation.then:
        yield from _trees_of_step(step)
    yield from (formula.tree for formula in operation.answer.values())
    for declared in operation.inputs.values():
        conditions = [condition for condition, _ in declared.lengths]
        for formula in (declared.required, declared.asked_if, declared.unsure_if, *conditions):
            if formula is not None:
                yield formula.tree


def _trees_of_step(step: CompiledStep) -> Iterator[Tree]:
    if step.when is not None:
        yield step.when.tree
    yield from (assignment.value.tree for assignment in step.assignments)
    for inner in step.steps:
        yield from _trees_of_step(inner)
