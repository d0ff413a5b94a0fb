"""Data and expected results in a tester's words."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.cases import Expected, Outcome, Scalar, Step
from casewright.formats.values import data_text, expectation, shown, shown_name


@pytest.mark.parametrize(
    ("value", "english", "chinese"),
    [
        (Decimal("10.50"), "10.50", "10.50"),
        (Decimal("1E+3"), "1000", "1000"),
        (Decimal("1E-7"), "0.0000001", "0.0000001"),
        (-3, "-3", "-3"),
        (True, "yes", "是"),
        (False, "no", "否"),
        (None, "(empty)", "（空）"),
        ("000123", "000123", "000123"),
        ("50,000 元", "50,000 元", "50,000 元"),
    ],
)
def test_a_value_reads_as_a_tester_would_write_it(value: Scalar, english: str, chinese: str) -> None:
    assert shown(value, "en") == english
    assert shown(value, "zh") == chinese


@pytest.mark.parametrize(
    "text",
    ["", " ", "a ", "\ta", "a\nb", "a\u2028b", '"a"', "是", "no", "（空）", "a\x00", "\x7f\x85\ufffe\ud800"],
)
def test_a_text_that_would_be_misread_stands_in_quotes(text: str) -> None:
    seen = shown(text, "zh")
    assert json.loads(seen) == text
    assert seen.isascii() or seen.isprintable()


@settings(deadline=None)
@given(st.text())
def test_every_text_can_be_told_from_what_is_shown(text: str) -> None:
    seen = shown(text, "en")
    assert (json.loads(seen) if seen.startswith('"') else seen) == text


def test_each_field_stands_on_a_line_of_its_own() -> None:
    step = Step(action="a", data={"amount": Decimal("1.0"), "note: to": "x", "memo": None})
    assert data_text(step, "en") == 'amount: 1.0\n"note: to": x\nmemo: (empty)'
    assert data_text(step, "zh") == 'amount：1.0\n"note: to"：x\nmemo：（空）'


def test_a_name_with_a_colon_stands_in_quotes() -> None:
    assert shown_name("比例：上限") == '"比例：上限"'


def test_the_sentence_of_a_step_comes_before_what_was_computed() -> None:
    step = Step(action="a", expectation="It is accepted", expected=Expected(outcome=Outcome.ACCEPTED))
    assert expectation(step, "en") == "It is accepted"


def test_without_a_sentence_the_computed_result_is_told() -> None:
    expected = Expected(outcome=Outcome.REJECTED, outputs={"fee": Decimal("0.10")}, state="closed")
    step = Step(action="a", expected=expected)
    assert expectation(step, "en") == "result: rejected; fee: 0.10; state: closed"
    assert expectation(step, "zh") == "结果：拒绝；fee：0.10；状态：closed"


def test_an_output_named_like_a_label_does_not_hide_the_computed_result() -> None:
    expected = Expected(outcome=Outcome.ACCEPTED, outputs={"result": "passed", "state": "x"}, state="open")
    told = expectation(Step(action="a", expected=expected), "en")
    assert told == "result: accepted; result: passed; state: x; state: open"


def test_a_step_that_expects_nothing_says_nothing() -> None:
    assert expectation(Step(action="a"), "en") == ""
