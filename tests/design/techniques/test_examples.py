"""The worked examples of the document become cases where the model agrees with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casewright.design.cases import Coverage

FEE = {
    "inputs": {"amount": {"type": "decimal", "min": "0.01", "scale": "2"}},
    "reject": [{"if": "some input invalid", "say": "Please check."}],
    "answer": {"fee": "round half up(amount * 0.05%, 0.01)"},
}


def example(amount: str, **expect: str) -> dict[str, Any]:
    return {"do": "pay", "with": {"amount": amount}, "expect": expect, "from": "4.4.3"}


def test_an_example_that_agrees_is_a_case_with_its_requirement(suite_of: Callable[..., Any]) -> None:
    suite = suite_of({"pay": FEE}, examples=[example("12,345.67", fee="6.17")])
    case = suite.case("|example 1|")
    assert case.requirement_ids == ("4.4.3",)
    assert [str(value) for value in case.steps[-1].expected.outputs.values()] == ["6.17"]


def test_an_example_of_a_refusal_is_a_case_too(suite_of: Callable[..., Any]) -> None:
    suite = suite_of({"pay": FEE}, examples=[example("0", outcome="rejected", message="Please check.")])
    assert suite.last("|example 1|").expected.outputs == {"message": "Please check."}


def test_an_example_that_the_rules_contradict_is_undecided_and_says_so(suite_of: Callable[..., Any]) -> None:
    suite = suite_of({"pay": FEE}, examples=[example("12345.67", fee="6.18")])
    (item,) = [item for key, item in suite.items.items() if "|example 1|" in key]
    assert item.coverage is Coverage.UNDECIDED
    assert "another result" in item.reason.en


def test_an_example_that_is_not_determined_is_undecided(suite_of: Callable[..., Any]) -> None:
    operation = {**FEE, "answer": {"fee": "unknown"}}
    suite = suite_of({"pay": operation}, examples=[example("12345.67", fee="6.17")])
    (item,) = [item for key, item in suite.items.items() if "|example 1|" in key]
    assert item.coverage is Coverage.UNDECIDED
    assert "do not determine" in item.reason.en


def test_an_example_that_needs_steps_before_it_gets_them(suite_of: Callable[..., Any]) -> None:
    operations = {
        "open": {"then": [{"set": {"state": "open"}}]},
        "close": {
            "reject": [{"if": "state != open", "say": "Not open."}],
            "then": [{"set": {"state": "closed"}}],
        },
    }
    suite = suite_of(
        operations,
        states={"are": ["new", "open", "closed"], "starts": "new"},
        examples=[{"do": "close", "expect": {"state": "closed"}, "from": "2"}],
    )
    assert [step.operation for step in suite.case("|example 1|").steps] == ["open", "close"]
