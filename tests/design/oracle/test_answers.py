"""What the oracle answers: outcome, outputs and state, and only what is certain of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from casewright.design.cases import Outcome, Scalar
from casewright.design.expressions.values import UNKNOWN
from casewright.design.model.compiled import compile_model
from casewright.design.model.schema import Model
from casewright.design.oracle import Answer, Call, Oracle, World

ACCEPTED, REJECTED = Outcome.ACCEPTED, Outcome.REJECTED


def oracle_of(operations: dict[str, Any], **rest: Any) -> Oracle:
    return Oracle(compile_model(Model.model_validate({"feature": "f", "operations": operations, **rest})))


def ask(oracle: Oracle, *calls: Call) -> tuple[World, Answer]:
    """The last answer, and the world after it."""
    world, answer = oracle.start(), Answer(None, {}, None, "nothing was asked")
    for call in calls:
        world, answer = oracle.perform(world, call)
    return world, answer


def call(operation: str, actor: str | None = None, **data: Scalar) -> Call:
    return Call(operation, actor, data)


def test_the_first_refusal_that_holds_decides() -> None:
    oracle = oracle_of(
        {
            "pay": {
                "inputs": {"amount": {"type": "integer"}},
                "reject": [
                    {"if": "amount > 100", "say": "Too much."},
                    {"if": "amount > 10", "say": "Much."},
                ],
            }
        }
    )
    answers = [ask(oracle, call("pay", amount=amount))[1] for amount in (101, 11, 10)]
    assert [answer.outcome for answer in answers] == [REJECTED, REJECTED, ACCEPTED]
    assert [answer.outputs for answer in answers] == [{"message": "Too much."}, {"message": "Much."}, {}]
    assert [answer.decided_by for answer in answers] == [
        "operations.pay.reject[0]",
        "operations.pay.reject[1]",
        "accepted",
    ]


def test_each_invalid_input_is_told_in_the_order_of_the_form() -> None:
    oracle = oracle_of(
        {
            "order": {
                "inputs": {
                    "name": {"type": "text", "says": "Please enter a name."},
                    "seats": {"type": "integer", "min": "1", "says": "Please enter seats."},
                },
                "reject": ["each invalid input"],
            }
        }
    )
    assert ask(oracle, call("order", seats=0))[1].outputs == {"message": "Please enter a name."}
    _, answer = ask(oracle, call("order", name="Ann", seats=0))
    assert answer.outputs == {"message": "Please enter seats."}
    assert answer.decided_by == "operations.order.inputs.seats"


def test_a_let_keeps_what_it_was_before_the_change_and_the_answer_is_read_after_it() -> None:
    oracle = oracle_of(
        {
            "add": {
                "inputs": {"amount": {"type": "integer"}},
                "let": {"before": "total"},
                "then": [{"set": {"total": "total + amount"}}, {"set": {"total": "total + before"}}],
                "answer": {"total": "total", "was": "before"},
            }
        },
        state={"total": {"type": "integer", "starts": "5"}},
    )
    assert ask(oracle, call("add", amount=2))[1].outputs == {"total": 12, "was": 5}


def test_one_set_reads_all_right_sides_first_and_steps_see_what_earlier_ones_did() -> None:
    oracle = oracle_of(
        {
            "swap": {
                "then": [
                    {"set": {"a": "b", "b": "a"}},
                    {"when": "a = 2", "set": {"b": "b + 10"}},
                    {"when": "a = 1", "set": {"b": "0"}},
                ],
                "answer": {"a": "a", "b": "b"},
            }
        },
        state={"a": {"type": "integer", "starts": "1"}, "b": {"type": "integer", "starts": "2"}},
    )
    assert ask(oracle, call("swap"))[1].outputs == {"a": 2, "b": 11}


def test_a_derived_value_is_read_at_the_moment_it_is_asked_for() -> None:
    oracle = oracle_of(
        {
            "spend": {
                "then": [{"set": {"spent": "spent + 30"}}, {"when": "left < 0", "set": {"spent": "0"}}],
                "answer": {"left": "left"},
            }
        },
        state={"spent": {"type": "integer", "starts": "0"}},
        derived={"left": "50 - spent"},
    )
    assert ask(oracle, call("spend"))[1].outputs == {"left": 20}
    assert ask(oracle, call("spend"), call("spend"))[1].outputs == {"left": 50}


def test_a_refusal_changes_only_what_it_says_and_shows_what_it_shows() -> None:
    oracle = oracle_of(
        {
            "apply": {
                "inputs": {"income": {"type": "integer"}},
                "reject": [
                    {
                        "if": "income < 1200",
                        "show": {"reason": '"INCOME"', "refused": "refused"},
                        "then": [{"set": {"state": "declined", "refused": "refused + 1"}}],
                    }
                ],
                "then": [{"set": {"state": "offered"}}],
            }
        },
        states={"are": ["new", "offered", "declined"], "starts": "new"},
        state={"refused": {"type": "integer", "starts": "0"}},
    )
    _, answer = ask(oracle, call("apply", income=1))
    assert (answer.outcome, answer.state) == (REJECTED, "declined")
    assert answer.outputs == {"reason": "INCOME", "refused": 1}


def test_a_variable_with_one_value_for_each_choice_is_changed_by_key_and_all_at_once() -> None:
    oracle = oracle_of(
        {
            "buy": {
                "inputs": {"channel": {"type": "choice"}},
                "then": [{"set": {"used[channel]": "used[channel] + 1"}}],
                "answer": {"app": "used[app]", "web": "used[web]"},
            },
            "reset": {
                "then": [{"set": {"used[every]": "0"}}],
                "answer": {"app": "used[app]", "web": "used[web]"},
            },
        },
        choices={"channel": {"of": ["app", "web"]}},
        state={"used": {"type": "integer", "starts": "3", "per": "channel"}},
    )
    assert ask(oracle, call("buy", channel="app"))[1].outputs == {"app": 4, "web": 3}
    assert ask(oracle, call("buy", channel="app"), call("reset"))[1].outputs == {"app": 0, "web": 0}


def test_a_table_gives_its_first_row_that_fits_and_nothing_where_none_does() -> None:
    oracle = oracle_of(
        {
            "fine": {
                "inputs": {"kind": {"type": "choice"}, "days": {"type": "integer"}},
                "let": {"row": "fines[kind]"},
                "reject": [
                    {"if": "row missing", "say": "No fine."},
                    {"if": "row.per day missing", "say": "Free."},
                ],
                "answer": {"fine": "row.per day * days"},
            }
        },
        choices={"kind": {"of": ["short", "normal", "reading", "other"]}},
        tables={
            "fines": {
                "keys": ["kind"],
                "columns": ["per day"],
                "rows": [["short", "1.00"], ["normal", "0.25"], ["reading", "missing"]],
            }
        },
    )
    answers = [
        ask(oracle, call("fine", kind=kind, days=3))[1] for kind in ("short", "normal", "reading", "other")
    ]
    assert [answer.outputs for answer in answers] == [
        {"fine": 3},
        {"fine": Decimal("0.75")},
        {"message": "Free."},
        {"message": "No fine."},
    ]


def test_outputs_are_exact_and_what_has_no_finite_decimal_is_left_out() -> None:
    oracle = oracle_of(
        {
            "show": {
                "answer": {
                    "tenth": "1 / 10",
                    "third": "1 / 3",
                    "whole": "6 / 3",
                    "day": "2025-03-01 + 30 days",
                    "at": "21:30 + 45 minutes",
                    "yes": "1 < 2",
                    "none": "missing",
                    "word": '"ok"',
                }
            }
        }
    )
    assert ask(oracle, call("show"))[1].outputs == {
        "tenth": Decimal("0.1"),
        "whole": 2,
        "day": "2025-03-31",
        "at": "22:15",
        "yes": True,
        "word": "ok",
    }


ROLES: dict[str, Any] = {
    "roles": ["clerk", "manager"],
    "states": {"are": ["draft", "sent", "done"], "starts": "draft"},
    "may": {"send": {"clerk": ["draft"]}, "approve": {"manager": ["sent"], "clerk": ["any"]}},
}


def test_who_never_may_and_who_may_not_now_are_told_apart() -> None:
    reject = [
        {"if": "actor may never", "say": "Not allowed."},
        {"if": "actor may not now", "say": "Not now."},
    ]
    oracle = oracle_of(
        {
            "send": {"reject": reject, "then": [{"set": {"state": "sent"}}]},
            "approve": {"reject": reject, "then": [{"set": {"state": "done"}}]},
        },
        **ROLES,
    )
    sent = call("send", "clerk")
    assert ask(oracle, call("send", "manager"))[1].outputs == {"message": "Not allowed."}
    assert ask(oracle, call("send"))[1].outputs == {"message": "Not allowed."}
    assert ask(oracle, call("approve", "manager"))[1].outputs == {"message": "Not now."}
    assert ask(oracle, call("approve", "clerk"))[1].state == "done"
    assert ask(oracle, sent, call("approve", "manager"))[1].state == "done"
    assert ask(oracle, sent, sent)[1].outputs == {"message": "Not now."}


def test_a_check_of_roles_without_a_refusal_of_its_own_refuses_and_its_text_is_not_known() -> None:
    oracle = oracle_of(
        {
            "send": {
                "inputs": {"to": {"type": "text", "says": "To whom?"}},
                "reject": ["each invalid input"],
                "then": [{"set": {"state": "sent"}}],
            },
            "approve": {},
        },
        **ROLES,
    )
    _, answer = ask(oracle, call("send", "manager", to="Ann"))
    assert (answer.outcome, answer.outputs, answer.state) == (REJECTED, {}, "draft")
    _, answer = ask(oracle, call("send", "manager"))
    assert (answer.outcome, answer.outputs) == (REJECTED, {}), "which of the two is told first isn't known"


def test_what_breaks_a_rule_that_nothing_refuses_has_no_certain_outcome() -> None:
    oracle = oracle_of({"pay": {"inputs": {"amount": {"type": "integer", "min": "1"}}}})
    assert ask(oracle, call("pay", amount=0))[1].outcome is None
    assert ask(oracle, call("pay", amount=1))[1].outcome is ACCEPTED


@pytest.mark.parametrize("strange", [call("fly"), call("pay", tip=1)])
def test_a_call_that_the_model_does_not_know_may_have_any_answer(strange: Call) -> None:
    oracle = oracle_of(
        {"pay": {"inputs": {"amount": {"type": "integer"}}}},
        state={"total": {"type": "integer", "starts": "0"}},
        states={"are": ["open"], "starts": "open"},
    )
    world, answer = ask(oracle, strange)
    assert answer == Answer(None, {}, None, "unknown")
    assert (world.state, world.variables) == (UNKNOWN, {"total": UNKNOWN})
