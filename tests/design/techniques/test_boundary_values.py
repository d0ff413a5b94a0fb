"""On each bound and just beside it: of fields, of lengths, and of every comparison in a rule or formula."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from casewright.design.cases import Coverage, Outcome

ACCEPTED, REJECTED = Outcome.ACCEPTED, Outcome.REJECTED
INVALID = ["each invalid input"]


def test_a_closed_bound_is_tried_on_itself_and_just_outside(suite_of: Callable[..., Any]) -> None:
    fields = {"amount": {"type": "decimal", "min": "0.01", "max": "50000", "scale": "2"}}
    suite = suite_of({"pay": {"inputs": fields, "reject": INVALID}})
    sent = {
        position: (suite.sent("amount", position), suite.last(position).expected.outcome)
        for position in (
            "exactly lower bound",
            "just outside lower bound",
            "exactly upper bound",
            "just outside upper bound",
        )
    }
    assert list(sent.values()) == [
        (Decimal("0.01"), ACCEPTED),
        (0, REJECTED),
        (50000, ACCEPTED),
        (Decimal("50000.01"), REJECTED),
    ]


def test_an_open_bound_is_tried_on_itself_and_just_inside(suite_of: Callable[..., Any]) -> None:
    suite = suite_of({"pay": {"inputs": {"amount": {"type": "integer", "above": "0"}}, "reject": INVALID}})
    assert suite.keys("|amount|", "bound") == [
        "amount|exactly lower bound|invalid",
        "amount|just inside lower bound|valid",
    ]
    assert suite.sent("amount", "just inside") == 1


def test_thorough_also_tries_the_next_value_inside(suite_of: Callable[..., Any]) -> None:
    fields = {"amount": {"type": "integer", "min": "5", "max": "95", "multiple of": "5"}}
    suite = suite_of({"pay": {"inputs": fields, "reject": INVALID}}, "thorough")
    assert [
        suite.sent("amount", "|amount|", f"{at} lower bound") for at in ("outside", "exactly", "inside")
    ] == [
        0,
        5,
        10,
    ]


def test_a_bound_with_a_condition_is_tried_under_each(suite_of: Callable[..., Any]) -> None:
    fields = {
        "kind": {"type": "choice", "of": ["short", "long"]},
        "days": {"type": "integer", "min": "1", "max": "15 if kind = short else 30"},
    }
    suite = suite_of({"apply": {"inputs": fields, "reject": INVALID}})
    at = {
        (suite.sent("kind", *parts), suite.sent("days", *parts))
        for parts in (
            ("exactly upper bound kind = short",),
            ("exactly upper bound not (kind = short)",),
            ("just outside upper bound kind = short",),
            ("just outside upper bound not (kind = short)",),
        )
    }
    assert at == {("short", 15), ("long", 30), ("short", 16), ("long", 31)}


def test_dates_are_tried_against_each_other(suite_of: Callable[..., Any]) -> None:
    fields = {
        "from": {"type": "date", "format": "YYYY-MM-DD"},
        "until": {"type": "date", "format": "YYYY-MM-DD", "min": "from"},
    }
    suite = suite_of({"book": {"inputs": fields, "reject": INVALID}})
    same, before = suite.last("exactly lower bound"), suite.last("just outside lower bound")
    assert same.data["until"] == same.data["from"] == "2025-03-10"
    assert before.data == {"from": "2025-03-10", "until": "2025-03-09"}
    assert (same.expected.outcome, before.expected.outcome) == (ACCEPTED, REJECTED)


def test_a_text_is_tried_at_its_shortest_and_longest(suite_of: Callable[..., Any]) -> None:
    fields = {"name": {"type": "text", "length": "2..10", "trimmed": "yes"}}
    suite = suite_of({"enter": {"inputs": fields, "reject": INVALID}})
    lengths = {
        len(suite.sent("name", f"|length {length}|")): suite.last(f"|length {length}|").expected.outcome
        for length in (1, 2, 10, 11)
    }
    assert lengths == {1: REJECTED, 2: ACCEPTED, 10: ACCEPTED, 11: REJECTED}
    assert suite.last("|too short within spaces|").expected.outcome is REJECTED
    assert suite.last("|longest within spaces|").expected.outcome is ACCEPTED
    assert suite.sent("name", "|longest within spaces|").startswith(" ")


def turn(suite: Any, name: str, *parts: str) -> tuple[Any, Any]:
    """What is sent on the refused and on the other side."""
    return suite.sent(name, *parts, "refused side"), suite.sent(name, *parts, "other side")


def test_a_comparison_in_a_rule_turns_within_one_step(suite_of: Callable[..., Any]) -> None:
    operation = {
        "inputs": {
            "age": {"type": "integer", "min": "0", "max": "120"},
            "term": {"type": "integer", "of": ["12", "24"]},
        },
        "reject": [*INVALID, {"if": "age + term / 12 > 75", "say": "Too old."}],
    }
    suite = suite_of({"apply": operation})
    assert turn(suite, "age", "[term = 12]") == (75, 74) or turn(suite, "age") == (75, 74)


def test_a_limit_from_a_table_turns_in_every_row(suite_of: Callable[..., Any]) -> None:
    operation = {
        "inputs": {"way": {"type": "choice"}, "amount": {"type": "decimal", "min": "0.01", "scale": "2"}},
        "let": {"row": "limits[way]"},
        "reject": [*INVALID, {"if": "amount > row.most", "say": "Over the limit."}],
    }
    suite = suite_of(
        {"pay": operation},
        choices={"way": {"of": ["app", "web", "desk"]}},
        tables={
            "limits": {
                "keys": ["way"],
                "columns": ["most"],
                "rows": [["app", "1000"], ["web", "20000"], ["desk", "99.5"]],
            }
        },
    )
    turns = {way: turn(suite, "amount", f"[way = {way}]") for way in ("app", "web", "desk")}
    assert turns == {
        "app": (Decimal("1000.01"), 1000),
        "web": (Decimal("20000.01"), 20000),
        "desk": (Decimal("99.51"), Decimal("99.5")),
    }


def test_a_comparison_of_a_rounded_formula_turns_where_the_rounding_does(
    suite_of: Callable[..., Any],
) -> None:
    operation = {
        "inputs": {"income": {"type": "integer", "min": "1"}, "debt": {"type": "integer", "min": "0"}},
        "let": {"burden": "round half up(debt / income * 100, 0.1)"},
        "reject": [*INVALID, {"if": "burden > 40", "say": "Too much debt."}],
    }
    suite = suite_of({"apply": operation})
    refused, other = suite.last("refused side").data, suite.last("other side").data
    assert refused["debt"] / refused["income"] * 100 >= 40.05
    assert other["debt"] / other["income"] * 100 < 40.05


def test_days_between_two_dates_turn_on_their_day(suite_of: Callable[..., Any]) -> None:
    date = {"type": "date", "format": "YYYY-MM-DD"}
    operation = {
        "inputs": {"asked on": date, "starts on": date},
        "reject": [*INVALID, {"if": "days from asked on to starts on < 15", "say": "Too late."}],
    }
    suite = suite_of({"apply": operation})
    refused, other = suite.last("refused side").data, suite.last("other side").data
    assert (refused["starts on"], other["starts on"]) == ("2025-03-30", "2025-03-30")
    assert (refused["asked on"], other["asked on"]) == ("2025-03-16", "2025-03-15")


def test_the_length_in_a_rule_turns_within_one_character(suite_of: Callable[..., Any]) -> None:
    operation = {
        "inputs": {
            "kind": {"type": "choice", "of": ["sick", "other"]},
            "reason": {"type": "text", "trimmed": "yes", "length": "..200"},
        },
        "reject": [*INVALID, {"if": "kind != sick and length of reason < 5", "say": "Say more."}],
    }
    suite = suite_of({"apply": operation})
    refused, other = turn(suite, "reason", "length of reason < 5")
    assert (len(refused), len(other)) == (4, 5)


def test_a_comparison_inside_a_formula_turns_where_it_counts(suite_of: Callable[..., Any]) -> None:
    operation = {
        "inputs": {
            "member": {"type": "choice", "of": ["yes", "no"]},
            "amount": {"type": "decimal", "min": "0.01", "scale": "2"},
        },
        "let": {"shipping": ["0 if member = yes", "0 if amount >= 99", "8 otherwise"]},
        "reject": INVALID,
        "answer": {"shipping": "shipping"},
    }
    suite = suite_of({"order": operation})
    free, paid = suite.last("just holds"), suite.last("just doesn't hold")
    assert (free.data["amount"], free.expected.outputs) == (99, {"shipping": 0})
    assert (paid.data["amount"], paid.expected.outputs) == (Decimal("98.99"), {"shipping": 8})
    assert {free.data["member"], paid.data["member"]} == {"no"}


def test_what_is_remembered_turns_by_what_was_sent_before(suite_of: Callable[..., Any]) -> None:
    operations = {
        "ask": {
            "inputs": {"days": {"type": "decimal", "min": "0.5", "max": "30", "multiple of": "0.5"}},
            "reject": INVALID,
            "then": [{"set": {"state": "asked", "asked for": "days"}}],
        },
        "approve": {
            "reject": [{"if": "state != asked", "say": "Not now."}],
            "then": [{"set": {"state": "second if asked for > 3 else done"}}],
        },
    }
    suite = suite_of(
        operations,
        states={"are": ["new", "asked", "second", "done"], "starts": "new"},
        state={"asked for": {"type": "decimal", "starts": "0"}},
    )
    further, enough = suite.case("asked for > 3, just holds"), suite.case("asked for > 3, just doesn't hold")
    assert [case.steps[0].data["days"] for case in (further, enough)] == [Decimal("3.5"), 3]
    assert [case.steps[1].expected.state for case in (further, enough)] == ["second", "done"]


def test_a_count_turns_after_the_call_that_reaches_it(suite_of: Callable[..., Any]) -> None:
    operations = {
        "try": {
            "reject": [{"if": "tries >= 3", "say": "Locked."}],
            "then": [{"set": {"tries": "tries + 1"}}],
        }
    }
    suite = suite_of(operations, state={"tries": {"type": "integer", "starts": "0"}})
    assert len(suite.case("tries >= 3", "refused side").steps) == 4
    assert len(suite.case("tries >= 3", "other side").steps) == 3


def test_a_sum_over_several_calls_turns_at_its_limit(suite_of: Callable[..., Any]) -> None:
    operations = {
        "pay": {
            "inputs": {"amount": {"type": "decimal", "min": "0.01", "max": "400", "scale": "2"}},
            "reject": [*INVALID, {"if": "paid + amount > 1000", "say": "The daily limit is reached."}],
            "then": [{"set": {"paid": "paid + amount"}}],
            "answer": {"left": "1000 - paid"},
        }
    }
    suite = suite_of(operations, state={"paid": {"type": "decimal", "scale": "2", "starts": "0"}})
    refused, other = suite.case("refused side"), suite.case("other side")
    totals = [sum(step.data["amount"] for step in case.steps) for case in (refused, other)]
    assert totals == [Decimal("1000.01"), 1000]
    assert other.steps[-1].expected.outputs == {"left": 0}


def test_a_comparison_with_something_unknown_is_undecided(suite_of: Callable[..., Any]) -> None:
    operation = {
        "inputs": {"amount": {"type": "integer", "min": "0"}},
        "reject": [*INVALID, {"if": "amount > unknown", "say": "Perhaps too much."}],
    }
    suite = suite_of({"pay": operation})
    assert suite.coverage("amount > unknown", "refused side") is Coverage.UNDECIDED


@pytest.mark.parametrize("unit", ["integer", "decimal"])
def test_an_ambiguous_bound_is_undecided_on_it_and_covered_beside_it(
    suite_of: Callable[..., Any], unit: str
) -> None:
    fields = {"amount": {"type": unit, "min": "1000", "unsure at": ["1000"]}}
    suite = suite_of({"pay": {"inputs": fields, "reject": INVALID}})
    assert suite.coverage("exactly lower bound") is Coverage.UNDECIDED
    assert suite.coverage("just outside lower bound") is Coverage.COVERED
