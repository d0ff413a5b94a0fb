"""Every operation in every state, every role with every operation, and the main flow through them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from casewright.design.cases import Coverage, Outcome

CHECKS = [
    {"if": "actor may never", "say": "Not allowed."},
    {"if": "actor may not now", "say": "Not now."},
]
CLAIM: dict[str, Any] = {
    "roles": ["claimant", "manager"],
    "states": {"are": ["draft", "sent", "paid", "lost"], "starts": "draft"},
    "may": {"send": {"claimant": ["draft"]}, "pay": {"manager": ["sent"]}},
}
OPERATIONS = {
    "send": {"reject": CHECKS, "then": [{"set": {"state": "sent"}}]},
    "pay": {"reject": CHECKS, "then": [{"set": {"state": "paid"}}]},
}


@pytest.fixture(scope="module")
def suite(suite_of: Callable[..., Any]) -> Any:
    return suite_of(OPERATIONS, **CLAIM)


def test_every_operation_is_tried_in_every_state_that_can_be_reached(suite: Any) -> None:
    seen = {
        (state, operation): suite.last(f"state transition testing|{operation}|{state}|event").expected
        for state in ("draft", "sent", "paid")
        for operation in OPERATIONS
    }
    assert {key: (it.outcome is Outcome.ACCEPTED, it.state) for key, it in seen.items()} == {
        ("draft", "send"): (True, "sent"),
        ("draft", "pay"): (False, "draft"),
        ("sent", "send"): (False, "sent"),
        ("sent", "pay"): (True, "paid"),
        ("paid", "send"): (False, "paid"),
        ("paid", "pay"): (False, "paid"),
    }


def test_a_state_that_nothing_leads_to_is_told_as_infeasible(suite: Any) -> None:
    assert suite.coverage("|pay|lost|event") is Coverage.INFEASIBLE


def test_every_role_and_nobody_tries_every_operation_first_and_where_it_is_possible(suite: Any) -> None:
    told = {
        (role, operation): suite.last(f"permission testing|{operation}|{role}|when it is possible")
        for role in ("claimant", "manager", "nobody")
        for operation in OPERATIONS
    }
    messages = {key: step.expected.outputs.get("message", "") for key, step in told.items()}
    assert messages == {
        ("claimant", "send"): "",
        ("claimant", "pay"): "Not allowed.",
        ("manager", "send"): "Not allowed.",
        ("manager", "pay"): "",
        ("nobody", "send"): "Not allowed.",
        ("nobody", "pay"): "Not allowed.",
    }
    assert suite.last("permission testing|pay|manager|at the start").expected.outputs == {
        "message": "Not now."
    }


def test_a_request_without_a_role_says_so(suite: Any) -> None:
    step = suite.last("permission testing|send|nobody|at the start")
    assert step.actor is None
    assert step.action == 'Without a role: Do "send"'


def test_thorough_tries_every_role_in_every_state(suite_of: Callable[..., Any]) -> None:
    suite = suite_of(OPERATIONS, "thorough", **CLAIM)
    assert suite.keys("|pay|paid|") == ["paid|event", "paid|event, claimant", "paid|event, manager"]


def test_who_only_is_told_to_do_something_is_not_checked(suite_of: Callable[..., Any]) -> None:
    suite = suite_of({"send": {"by": "customer"}}, roles=["customer", "clerk"])
    assert suite.keys("permission testing") == []
    assert suite.last("main way").actor == "customer"


def test_the_main_flow_does_one_operation_after_the_other(suite: Any) -> None:
    case = suite.case("scenario testing|main flow")
    assert [(step.operation, step.actor) for step in case.steps] == [("send", "claimant"), ("pay", "manager")]
    assert [step.expected.state for step in case.steps] == ["sent", "paid"]


def test_a_state_is_reached_by_the_data_that_leads_there(suite_of: Callable[..., Any]) -> None:
    """Which state follows depends on what was sent two steps before."""
    operations = {
        "ask": {
            "inputs": {"kind": {"type": "choice", "of": ["small", "large"]}},
            "reject": ["each invalid input", {"if": "state != new", "say": "Not now."}],
            "then": [{"set": {"state": "asked", "asked": "kind"}}],
        },
        "check": {
            "reject": [{"if": "state != asked", "say": "Not now."}],
            "then": [{"set": {"state": "board if asked = large else done"}}],
        },
        "decide": {
            "reject": [{"if": "state != board", "say": "Not now."}],
            "then": [{"set": {"state": "done"}}],
        },
    }
    suite = suite_of(
        operations,
        states={"are": ["new", "asked", "board", "done"], "starts": "new"},
        choices={"asked": {"of": ["small", "large"]}},
        state={"asked": {"type": "choice", "starts": "missing"}},
    )
    case = suite.case("state transition testing|decide|board|event")
    assert [step.operation for step in case.steps] == ["ask", "check", "decide"]
    assert case.steps[0].data == {"kind": "large"}
