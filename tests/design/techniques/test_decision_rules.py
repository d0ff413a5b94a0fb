"""Each refusal and each reason for it, each way of being accepted, and which refusal comes first."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from casewright.design.cases import Coverage, Outcome

ACCEPTED, REJECTED = Outcome.ACCEPTED, Outcome.REJECTED
LOAN = {
    "inputs": {
        "status": {"type": "choice", "of": ["employed", "retired", "none"]},
        "months": {"type": "integer", "min": "0"},
        "income": {"type": "integer", "min": "0"},
    },
    "reject": [
        "each invalid input",
        {"if": "status = none or (status = employed and months < 6)", "say": "JOB"},
        {"if": "income < 1200", "say": "INCOME"},
    ],
    "answer": {"limit": "min(5000, income * 3)"},
}


def test_each_refusal_has_a_case_in_which_it_decides(suite_of: Callable[..., Any]) -> None:
    suite = suite_of({"apply": LOAN})
    assert suite.last("|JOB|holds|").expected.outputs == {"message": "JOB"}
    assert suite.last("|INCOME|holds|").expected.outputs == {"message": "INCOME"}
    assert suite.last("|months|holds|").expected.outcome is REJECTED


def test_each_reason_for_a_refusal_has_a_case_of_its_own(suite_of: Callable[..., Any]) -> None:
    suite = suite_of({"apply": LOAN})
    nothing = suite.last("|JOB|only status = none|")
    short = suite.last("|JOB|only status = employed and months < 6|")
    assert nothing.data["status"] == "none"
    assert short.data["status"] == "employed"
    assert short.data["months"] < 6
    assert {nothing.expected.outcome, short.expected.outcome} == {REJECTED}


def test_each_part_of_a_reason_is_missing_alone_in_a_case_that_passes(suite_of: Callable[..., Any]) -> None:
    suite = suite_of({"apply": LOAN})
    other_status = suite.last("|JOB|all but status = employed|")
    long_enough = suite.last("|JOB|all but months < 6|")
    assert (other_status.data["status"], other_status.data["months"] < 6) == ("retired", True)
    assert (long_enough.data["status"], long_enough.data["months"] < 6) == ("employed", False)
    assert {other_status.expected.outcome, long_enough.expected.outcome} == {ACCEPTED}


def test_of_two_refusals_that_apply_the_first_is_told(suite_of: Callable[..., Any]) -> None:
    suite = suite_of({"apply": LOAN})
    both = suite.last("|JOB|before INCOME|")
    assert both.data["income"] < 1200
    assert both.expected.outputs == {"message": "JOB"}


def test_two_invalid_inputs_are_told_in_the_order_of_the_form(suite_of: Callable[..., Any]) -> None:
    fields = {
        "name": {"type": "text", "length": "2..", "says": "Name, please."},
        "seats": {"type": "integer", "min": "1", "says": "Seats, please."},
        "day": {"type": "date", "says": "Day, please."},
    }
    operation = {"inputs": fields, "reject": ["each invalid input", {"if": "seats > 10", "say": "Too many."}]}
    suite = suite_of({"book": operation})
    assert suite.last("|name|before seats|").expected.outputs == {"message": "Name, please."}
    assert suite.last("|seats|before day|").expected.outputs == {"message": "Seats, please."}
    assert suite.last("|name|before Too many.|").expected.outputs == {"message": "Name, please."}
    assert suite.keys("|name|before day|") == []
    thorough = suite_of({"book": operation}, "thorough")
    assert thorough.last("|name|before day|").expected.outputs == {"message": "Name, please."}


def test_refusals_that_can_not_be_told_apart_need_no_case_together(suite_of: Callable[..., Any]) -> None:
    reject = [{"if": "n > 10", "say": "No."}, {"if": "n > 5", "say": "No."}]
    suite = suite_of({"go": {"inputs": {"n": {"type": "integer"}}, "reject": reject}})
    assert suite.keys("before") == []


def test_every_line_of_a_first_hit_list_is_once_the_first(suite_of: Callable[..., Any]) -> None:
    fee = {"fee": ["0 if home = yes", "1 if amount <= 2000", "5 if amount <= 50000", "10 otherwise"]}
    fields = {"home": {"type": "choice", "of": ["yes", "no"]}, "amount": {"type": "integer", "min": "1"}}
    operation = {"inputs": fields, "let": fee, "reject": ["each invalid input"], "answer": {"fee": "fee"}}
    suite = suite_of({"pay": operation})
    shown = [
        suite.last("|value|", line).expected.outputs["fee"]
        for line in ("`home = yes`|", "`amount <= 2000`|", "`amount <= 50000`|", "otherwise: `10`|")
    ]
    assert shown == [0, 1, 5, 10]


def test_every_arm_of_a_cap_and_every_side_of_a_rounding_is_taken(suite_of: Callable[..., Any]) -> None:
    operation = {
        "inputs": {"amount": {"type": "decimal", "min": "0.01", "scale": "2"}},
        "reject": ["each invalid input"],
        "answer": {"fee": "max(2, min(50, round half up(amount * 5%, 0.01)))"},
    }
    suite = suite_of({"pay": operation})
    fees = {key: suite.last(key).expected.outputs["fee"] for key in suite.items if "|value|" in key}
    assert {"less than half" in key for key in fees} == {True, False}
    assert 2 in fees.values()
    assert 50 in fees.values()
    halves = [suite.sent("amount", key) * 5 % 1 for key in fees if "exactly half" in key]
    assert [float(part) for part in halves] == [0.5]


def test_an_effect_with_a_condition_is_taken_and_not_taken_and_seen(suite_of: Callable[..., Any]) -> None:
    operations = {
        "order": {
            "inputs": {"gift": {"type": "choice", "of": ["yes", "no"]}},
            "reject": ["each invalid input"],
            "then": [{"when": "gift = yes", "set": {"gifts": "gifts + 1"}}],
        },
        "look": {"answer": {"gifts": "gifts"}},
    }
    suite = suite_of(operations, state={"gifts": {"type": "integer", "starts": "0"}})
    taken, not_taken = suite.case("|gift = yes|taken|"), suite.case("|gift = yes|not taken|")
    assert [case.steps[-1].expected.outputs for case in (taken, not_taken)] == [{"gifts": 1}, {"gifts": 0}]


def test_each_row_of_a_table_is_looked_up_and_the_missing_one_refused(suite_of: Callable[..., Any]) -> None:
    operation = {
        "inputs": {"way": {"type": "choice"}, "proof": {"type": "choice"}},
        "let": {"row": "limits[way, proof]"},
        "reject": ["each invalid input", {"if": "row missing", "say": "Not offered."}],
        "answer": {"limit": "row.limit"},
    }
    suite = suite_of(
        {"ask": operation},
        choices={"way": {"of": ["app", "web"]}, "proof": {"of": ["code", "face"]}},
        tables={
            "limits": {
                "keys": ["way", "proof"],
                "columns": ["limit"],
                "rows": [["app", "code", "10"], ["app", "face", "20"], ["web", "code", "30"]],
            }
        },
    )
    limits = [suite.last("|row|", row).expected.outputs for row in ("app, proof = code", "face", "web")]
    assert limits == [{"limit": 10}, {"limit": 20}, {"limit": 30}]
    assert suite.last("|Not offered.|holds|").data == {"way": "web", "proof": "face"}


def test_a_rule_that_was_not_understood_is_undecided_and_so_is_acceptance(
    suite_of: Callable[..., Any],
) -> None:
    reject = [{"if": "n > 10", "say": "Too many."}, {"if": "unknown", "say": "Perhaps."}]
    suite = suite_of({"go": {"inputs": {"n": {"type": "integer"}}, "reject": reject}})
    assert suite.coverage("|Too many.|holds|") is Coverage.COVERED
    assert suite.coverage("|Perhaps.|holds|") is Coverage.UNDECIDED
    assert suite.coverage("|main way|") is Coverage.UNDECIDED
    assert "Perhaps." in suite.items["decision table testing|go|main way||accepted"].reason.en
