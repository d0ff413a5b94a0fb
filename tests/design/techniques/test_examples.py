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


COUNTER = {
    "add": {
        "inputs": {"amount": {"type": "integer", "min": "1"}},
        "then": [{"set": {"sum": "sum + amount"}}],
        "answer": {"sum": "sum"},
    }
}


def test_an_example_is_run_after_what_it_does_first(suite_of: Callable[..., Any]) -> None:
    first = {"do": "add", "with": {"amount": "30"}}
    told = {"do": "add", "with": {"amount": "12"}, "after": [first], "expect": {"sum": "42"}}
    suite = suite_of(COUNTER, state={"sum": {"type": "integer", "starts": "0"}}, examples=[told])
    steps = suite.case("|example 1|").steps
    assert [step.data for step in steps] == [{"amount": 30}, {"amount": 12}]
    assert steps[-1].expected.outputs == {"sum": 42}


def test_an_example_that_changes_the_one_above_is_written_out(suite_of: Callable[..., Any]) -> None:
    above = example("12,345.67", fee="6.17")
    suite = suite_of(
        {"pay": FEE}, examples=[above, {"as above but": {"amount": "300"}, "expect": {"fee": "0.15"}}]
    )
    (step,) = suite.case("|example 2|").steps
    assert str(step.expected.outputs["fee"]) == "0.15"
