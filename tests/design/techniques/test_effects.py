"""A change that lasts is seen in what a later call answers; a change forgotten would fail the case."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casewright.design.cases import Coverage

DAY = {
    "pay": {
        "reject": [{"if": "used >= 2", "say": "No more today."}],
        "then": [{"set": {"used": "used + 1"}}],
    },
    "new day": {"then": [{"set": {"used": "0"}}]},
}
USED = {"used": {"type": "integer", "starts": "0"}}


def test_a_reset_is_seen_by_what_it_makes_possible_again(suite_of: Callable[..., Any]) -> None:
    case = suite_of(DAY, state=USED).case("|new day|used|seen later|")
    assert [step.operation for step in case.steps] == ["pay", "pay", "new day", "pay"]
    assert [step.expected.outcome.value for step in case.steps] == ["accepted"] * 4


def test_a_count_is_seen_by_what_it_makes_impossible(suite_of: Callable[..., Any]) -> None:
    case = suite_of(DAY, state=USED).case("|pay|used|seen later|")
    assert [step.operation for step in case.steps] == ["pay", "pay", "pay"]
    assert case.steps[-1].expected.outputs == {"message": "No more today."}


def test_what_is_given_back_is_seen_by_a_question(suite_of: Callable[..., Any]) -> None:
    operations = {
        "take": {
            "inputs": {"days": {"type": "integer", "min": "1", "max": "5"}},
            "reject": ["each invalid input", {"if": "state = taken", "say": "Not now."}],
            "then": [{"set": {"state": "taken", "left": "left - days", "taken days": "days"}}],
        },
        "cancel": {
            "reject": [{"if": "state != taken", "say": "Not now."}],
            "then": [{"set": {"state": "free", "left": "left + taken days"}}],
        },
        "look": {"answer": {"left": "left"}},
    }
    suite = suite_of(
        operations,
        states={"are": ["free", "taken"], "starts": "free"},
        state={"left": {"type": "integer", "starts": "10"}, "taken days": {"type": "integer", "starts": "0"}},
    )
    case = suite.case("|cancel|left|seen later|")
    assert [step.operation for step in case.steps] == ["take", "cancel", "look"]
    assert case.steps[-1].expected.outputs == {"left": 10}


def test_a_change_that_no_answer_shows_is_told_as_such(suite_of: Callable[..., Any]) -> None:
    operations = {"note": {"then": [{"set": {"notes": "notes + 1"}}]}}
    suite = suite_of(operations, state={"notes": {"type": "integer", "starts": "0"}})
    assert suite.coverage("|note|notes|seen later|") is Coverage.INFEASIBLE
