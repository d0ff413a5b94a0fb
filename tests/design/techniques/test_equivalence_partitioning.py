"""Every class of each field has its case, and no case sends two invalid values at once."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from casewright.design.cases import Coverage, Outcome

SEND = {
    "kind": {"type": "choice", "of": ["letter", "parcel"], "also": {"P": "parcel"}},
    "weight": {"type": "decimal", "min": "0.1", "scale": "1"},
    "floor": {"type": "integer", "if left out": "0"},
    "box": {"type": "integer", "multiple of": "5", "min": "5", "asked if": "kind = parcel"},
    "day": {"type": "date", "format": "YYYY-MM-DD"},
    "code": {"type": "text", "pattern": "[A-Z]{2}[0-9]", "required": "no"},
}
TECHNIQUE = "equivalence partitioning"


@pytest.fixture(scope="module")
def suite(suite_of: Callable[..., Any]) -> Any:
    reject = [{"if": "some input invalid", "say": "Please check."}]
    return suite_of({"send": {"inputs": SEND, "reject": reject}}, text_numbers="refused")


def test_each_choice_and_each_other_spelling_is_a_valid_class(suite: Any) -> None:
    assert suite.keys(TECHNIQUE, "|kind|", "|valid") == [
        "kind|letter|valid",
        "kind|parcel|valid",
        "kind|as P|valid",
    ]
    assert suite.last(TECHNIQUE, "|kind|as P|").expected.outcome is Outcome.ACCEPTED


def test_an_optional_field_left_out_is_a_valid_class_and_a_needed_one_an_invalid_class(suite: Any) -> None:
    assert suite.keys("|left out|valid") == ["floor|left out|valid", "code|left out|valid"]
    assert suite.keys("|left out|invalid") == [
        "kind|left out|invalid",
        "weight|left out|invalid",
        "box|left out|invalid",
        "day|left out|invalid",
    ]


@pytest.mark.parametrize(
    ("position", "name", "value"),
    [
        ("|kind|unknown value|", "kind", "something else"),
        ("|weight|text|", "weight", "abc"),
        ("|day|not real|", "day", "2025-02-30"),
        ("|day|other form|", "day", "2025/03/10"),
        ("|day|text|", "day", "soon"),
        ("|code|number|", "code", 12345),
    ],
)
def test_each_way_of_being_invalid_is_refused(suite: Any, position: str, name: str, value: Any) -> None:
    step = suite.last(TECHNIQUE, position)
    assert step.data[name] == value
    assert step.expected.outcome is Outcome.REJECTED
    assert step.expected.outputs == {"message": "Please check."}


def test_numbers_are_refused_in_quotes_with_further_decimals_and_beside_the_step(suite: Any) -> None:
    assert suite.sent("weight", "|weight|number in text|") == str(suite.sent("weight", "main way"))
    assert suite.sent("weight", "|weight|further decimals|").as_tuple().exponent == -2
    assert suite.sent("box", "|box|not a multiple|") % 5 != 0
    assert suite.sent("floor", "|floor|fraction|") % 1 == Decimal("0.5")


def test_texts_that_almost_fit_a_pattern_are_refused(suite: Any) -> None:
    misses = [suite.sent("code", f"|code|{key.split('|')[1]}|") for key in suite.keys("|code|near miss")]
    assert len(misses) == len(set(misses)) > 1


def test_a_field_that_is_not_asked_for_is_ignored_whatever_is_sent(suite: Any) -> None:
    empty = suite.last("|box|not asked, left out|")
    filled = suite.last("|box|not asked, any content|")
    assert "box" not in empty.data
    assert filled.data["box"] == "abc"
    assert {empty.expected.outcome, filled.expected.outcome} == {Outcome.ACCEPTED}


def test_only_one_input_is_invalid_at_a_time(suite: Any) -> None:
    main = suite.last("main way").data
    undecided = ["floor|whole decimal|invalid", "box|whole decimal|invalid"]
    for key in [key for key in suite.keys(TECHNIQUE, "|invalid") if key not in undecided]:
        sent = suite.last(f"{TECHNIQUE}|send|{key}").data
        wrong = key.split("|")[0]
        others = {name: value for name, value in sent.items() if name != wrong}
        assert {name for name, value in others.items() if main.get(name, value) != value} <= {"kind"}


def test_what_the_document_leaves_open_is_undecided_not_asserted(suite_of: Callable[..., Any]) -> None:
    fields = {"seats": {"type": "integer", "min": "1"}, "rows": {"type": "integer", "wrong kind": "unknown"}}
    suite = suite_of({"book": {"inputs": fields, "reject": ["each invalid input"]}})
    assert suite.coverage("|seats|number in text|") is Coverage.UNDECIDED
    assert suite.coverage("|seats|whole decimal|") is Coverage.UNDECIDED
    assert suite.coverage("|rows|text|") is Coverage.UNDECIDED
    assert suite.coverage("|seats|text|") is Coverage.COVERED


def test_notations_that_the_document_accepts_are_valid_classes(suite_of: Callable[..., Any]) -> None:
    fields = {"seats": {"type": "integer", "min": "1", "max": "9"}}
    suite = suite_of(
        {"book": {"inputs": fields, "reject": ["each invalid input"]}},
        text_numbers="accepted",
        whole_decimals="accepted",
    )
    assert isinstance(suite.sent("seats", "|number in text|valid"), str)
    assert isinstance(suite.sent("seats", "|whole decimal|valid"), Decimal)


def test_a_field_that_nothing_refuses_is_undecided_when_it_is_invalid(suite_of: Callable[..., Any]) -> None:
    suite = suite_of({"book": {"inputs": {"seats": {"type": "integer"}}}})
    assert suite.coverage("|seats|left out|") is Coverage.UNDECIDED
