"""The translation says what the interpreter says, for every tree and whatever is sent."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.cases import Scalar
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.tree import Tree
from casewright.design.expressions.values import Special
from casewright.design.model.compiled import CompiledModel
from casewright.design.moment import Call, Moment, Prepared
from casewright.design.oracle import Oracle
from casewright.design.solving.choosing import listed_values, sent_in
from casewright.design.solving.open_request import OpenRequest, variables_of
from casewright.design.solving.reading import Request
from casewright.design.solving.results import Budget
from casewright.design.solving.sending import OTHER, Listed
from casewright.design.solving.smt import Query, Truth, Verdict
from casewright.design.solving.text_witnesses import facts_of
from casewright.design.solving.unions import ANYTHING, Leaf, Measure, Quantity, Union, as_value
from casewright.design.support import definitions_of, unfolded

MORE = int(os.environ.get("CASEWRIGHT_AGREEMENTS", "0"))
"""So many pairs of a tree and data are compared beside those of Hypothesis."""
DATA_PER_TREE = 10
DAY = 739_320
"""A day in March 2025."""
MIDDLE = {Measure.NUMBER: 0, Measure.DATE: DAY, Measure.TIME: 0, Measure.DATE_TIME: DAY * 1440}
SPREAD = {Measure.NUMBER: 120, Measure.DATE: 8, Measure.TIME: 1439, Measure.DATE_TIME: 9000}


class Agreement:
    """Of one operation of a model, in the world in which it starts."""

    def __init__(self, compiled: CompiledModel, operation: str) -> None:
        self.operation = compiled.operations[operation]
        self.prepared = Prepared(compiled)
        self.world = Oracle(compiled).start()
        self.definitions = definitions_of(compiled, self.operation)
        self.told = self.compared = self.certain = 0

    def check(self, tree: Tree, random: Random) -> None:
        request = self._open(tree, random)
        worth = request.worth(tree)
        evaluate = compile_expression(tree)
        for _ in range(DATA_PER_TREE):
            query = request.query(Budget(), [])
            query.require(self._chosen(request, random))
            assert query.check() is Verdict.YES
            call = Call(self.operation.name, "clerk", self._data(request, query))
            expected = evaluate(Moment(self.prepared, self.world, call))
            found = _found(request, query, worth)
            self.compared += 1
            self.certain += not isinstance(expected, Special)
            if found is not ANYTHING:
                self.told += 1
                assert (type(found), found) == (type(expected), expected), (tree, call)
        request.forget()

    def _open(self, tree: Tree, random: Random) -> OpenRequest:
        facts = facts_of(unfolded(tree, self.definitions), self.prepared.figures)
        moment = Moment(self.prepared, self.world, Call(self.operation.name, "clerk", {}))
        listed = frozenset(
            name
            for name, declared in self.operation.inputs.items()
            if random.random() < 0.3 and listed_values(declared, moment) is not None
        )
        request = Request(self.prepared, self.operation, "clerk", self.definitions)
        return OpenRequest(request, self.world, {}, facts, listed, frozenset())

    def _chosen(self, request: OpenRequest, random: Random) -> list[Truth]:
        terms, fixed = request.tools.unions.terms, list[Truth]()
        for chosen in request.chosen.values():
            if isinstance(chosen, Listed):
                places = [place for place, option in enumerate(chosen.options) if option is not OTHER]
                for variable in variables_of(chosen, request.tools):
                    fixed.append(terms.same(variable, random.choice(places)))
                continue
            measure = chosen.quantity.measure
            grain = 60 if measure in {Measure.TIME, Measure.DATE_TIME} else 1
            middle, spread = MIDDLE[measure], SPREAD[measure]
            low = 0 if measure is Measure.TIME else middle - spread // 4
            place = random.randint(low, middle + spread)
            fixed.append(terms.same(chosen.quantity.top, place * grain))
            given = request.tools.guards.written(chosen.given)
            fixed.append(given if given is True or random.random() < 0.7 else terms.opposite(given))
        return fixed

    def _data(self, request: OpenRequest, query: Query) -> dict[str, Scalar]:
        sent = {
            name: sent_in(query, chosen, self.operation.inputs[name], request.tools)
            for name, chosen in request.chosen.items()
        }
        return {name: value for name, value in sent.items() if value is not None}


def _found(request: OpenRequest, query: Query, worth: Union) -> Leaf:
    holding = [leaf for guard, leaf in worth if query.holds(request.tools.guards.written(guard))]
    assert len(holding) == 1, holding
    (leaf,) = holding
    if not isinstance(leaf, Quantity):
        return leaf
    top, bottom = query.value(leaf.top), query.value(leaf.bottom)
    assert top is not None
    assert bottom
    return as_value(leaf.measure, Fraction(top, bottom))


@dataclass(frozen=True)
class Subject:
    agreement: Agreement
    tree: Callable[[Random], Tree]


@pytest.fixture(scope="module", params=["order", "note", "lend"])
def subject(request: pytest.FixtureRequest) -> Subject:
    """Numbers and choices; texts, dates and times; records."""
    if request.param == "lend":
        agreement = Agreement(request.getfixturevalue("shelf"), "lend")
        return Subject(agreement, request.getfixturevalue("record_trees"))
    trees: Callable[[Random], Any] = request.getfixturevalue(f"{request.param}_trees")
    agreement = Agreement(request.getfixturevalue("small"), request.param)
    return Subject(agreement, lambda random: trees(random).any(random.randint(1, 4)))


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_translated_tree_is_worth_what_the_interpreter_says(subject: Subject, seed: int) -> None:
    random = Random(seed)
    subject.agreement.check(subject.tree(random), random)


@pytest.mark.skipif(not MORE, reason="set CASEWRIGHT_AGREEMENTS to how many shall be compared")
def test_a_great_many_agree(subject: Subject, capsys: pytest.CaptureFixture[str]) -> None:
    agreement, seed = subject.agreement, 0
    while agreement.compared < MORE:
        random = Random(seed)
        agreement.check(subject.tree(random), random)
        seed += 1
    with capsys.disabled():
        print(  # noqa: T201 - this is what it is run for
            f"\n{agreement.operation.name}: {agreement.compared} compared, {agreement.told} told exactly, "
            f"{agreement.certain} neither missing nor unknown"
        )
