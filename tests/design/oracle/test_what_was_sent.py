"""How the oracle judges one value that was sent to a field."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from casewright.design.cases import Scalar
from casewright.design.expressions.environment import InputStatus
from casewright.design.model.compiled import compile_model
from casewright.design.model.schema import Model
from casewright.design.moment import Call
from casewright.design.oracle import Oracle

VALID, MISSING, WRONG_KIND = InputStatus.VALID, InputStatus.MISSING, InputStatus.WRONG_KIND
BREAKS_RULE, INVALID, UNKNOWN = InputStatus.BREAKS_RULE, InputStatus.INVALID, InputStatus.UNKNOWN
NOT_ASKED = InputStatus.NOT_ASKED


def judge(field: dict[str, Any], value: Scalar, **settings: str) -> InputStatus:
    model = Model.model_validate(
        {"feature": "f", "operations": {"send": {"inputs": {"field": field}}}}
        | {name.replace("_", " "): setting for name, setting in settings.items()}
    )
    oracle = Oracle(compile_model(model))
    return oracle.moment(oracle.start(), Call("send", None, {"field": value})).status("field")


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_and_an_empty_text_are_missing_where_a_value_is_needed(value: Scalar) -> None:
    assert judge({"type": "text"}, value) is MISSING


def test_an_optional_field_may_be_left_out() -> None:
    assert judge({"type": "text", "required": "no", "length": "2.."}, None) is VALID


def test_a_field_with_a_default_may_be_left_out() -> None:
    assert judge({"type": "integer", "if left out": "0"}, None) is VALID


@pytest.mark.parametrize(
    ("value", "status"),
    [
        (12, VALID),
        (Decimal(12), VALID),
        (Decimal("12.5"), WRONG_KIND),
        (True, WRONG_KIND),
        ("twelve", WRONG_KIND),
        (9, BREAKS_RULE),
        (100, VALID),
        (101, BREAKS_RULE),
    ],
)
def test_a_whole_number_within_its_bounds_is_valid(value: Scalar, status: InputStatus) -> None:
    assert judge({"type": "integer", "min": "10", "max": "100"}, value) is status


@pytest.mark.parametrize(
    ("setting", "status"), [("refused", WRONG_KIND), ("accepted", VALID), ("unknown", UNKNOWN)]
)
def test_a_number_in_quotes_is_judged_as_the_document_says(setting: str, status: InputStatus) -> None:
    assert judge({"type": "integer"}, "12", text_numbers=setting) is status


@pytest.mark.parametrize("text", [" 12", "1,200", "１２", "1e3", "0x1f", "NaN", "1_000"])
def test_text_that_only_some_systems_read_as_a_number_is_unknown(text: str) -> None:
    assert judge({"type": "decimal"}, text, text_numbers="accepted") is UNKNOWN


def test_a_number_in_quotes_that_breaks_a_rule_as_well_is_invalid_for_certain() -> None:
    assert judge({"type": "integer", "min": "1"}, "-5", text_numbers="unknown") is INVALID


@pytest.mark.parametrize(
    ("setting", "status"), [("refused", WRONG_KIND), ("accepted", VALID), ("unknown", UNKNOWN)]
)
def test_a_whole_number_with_a_point_is_judged_as_the_document_says(
    setting: str, status: InputStatus
) -> None:
    assert judge({"type": "integer"}, Decimal("30.0"), whole_decimals=setting) is status


@pytest.mark.parametrize(
    ("value", "status"),
    [(Decimal("9.99"), VALID), (Decimal("9.990"), VALID), (Decimal("9.999"), BREAKS_RULE), (10, VALID)],
)
def test_further_decimals_break_a_rule_and_zeros_at_the_end_do_not(
    value: Scalar, status: InputStatus
) -> None:
    assert judge({"type": "decimal", "scale": "2"}, value) is status


@pytest.mark.parametrize(("value", "status"), [(200, VALID), (0, VALID), (150, BREAKS_RULE)])
def test_only_multiples_are_valid_where_a_step_is_given(value: Scalar, status: InputStatus) -> None:
    assert judge({"type": "integer", "multiple of": "100"}, value) is status


@pytest.mark.parametrize(("value", "status"), [(0, BREAKS_RULE), (1, VALID), (9, VALID), (10, BREAKS_RULE)])
def test_an_open_bound_does_not_belong_to_the_range(value: Scalar, status: InputStatus) -> None:
    assert judge({"type": "integer", "above": "0", "below": "10"}, value) is status


@pytest.mark.parametrize("infinite", [Decimal("NaN"), Decimal("Infinity"), Decimal("1e999999")])
def test_numbers_that_nobody_sends_are_unknown(infinite: Decimal) -> None:
    assert judge({"type": "decimal", "min": "0"}, infinite) is UNKNOWN


@pytest.mark.parametrize(
    ("value", "status"),
    [("red", VALID), ("blue", INVALID), ("Red", UNKNOWN), (" red", UNKNOWN), (3, INVALID), (True, INVALID)],
)
def test_a_word_has_to_be_one_of_the_choice_and_its_spelling_matters(
    value: Scalar, status: InputStatus
) -> None:
    assert judge({"type": "choice", "of": ["red", "green", "grey"]}, value) is status


def test_another_spelling_of_a_choice_is_accepted_where_the_document_lists_it() -> None:
    field = {"type": "choice", "of": ["是", "否"], "also": {"true": "是", "false": "否", "Y": "是"}}
    assert [judge(field, value) for value in (True, "Y", "是")] == [VALID, VALID, VALID]


def test_true_for_a_choice_of_two_words_is_unknown_where_nothing_is_said() -> None:
    assert judge({"type": "choice", "of": ["yes", "no"]}, True) is UNKNOWN


@pytest.mark.parametrize(("value", "status"), [(12, VALID), (24, VALID), (13, BREAKS_RULE)])
def test_a_number_of_which_only_some_are_allowed(value: Scalar, status: InputStatus) -> None:
    assert judge({"type": "integer", "of": ["12", "24"]}, value) is status


@pytest.mark.parametrize(
    ("value", "status"),
    [
        ("2025-02-28", VALID),
        ("2025-02-30", INVALID),
        ("2025/02/28", INVALID),
        ("2025-2-28", UNKNOWN),
        ("20250228", UNKNOWN),
        ("tomorrow", WRONG_KIND),
        (20250228, WRONG_KIND),
    ],
)
def test_a_date_has_to_be_real_and_in_its_form(value: Scalar, status: InputStatus) -> None:
    assert judge({"type": "date", "format": "YYYY-MM-DD"}, value) is status


@pytest.mark.parametrize(
    ("value", "status"), [("23:59", VALID), ("24:00", UNKNOWN), ("25:00", INVALID), ("9:05", UNKNOWN)]
)
def test_a_time_has_to_be_real(value: Scalar, status: InputStatus) -> None:
    assert judge({"type": "time", "format": "HH:MM"}, value) is status


def test_a_date_and_time_is_read_in_its_form() -> None:
    field = {"type": "date-time", "format": "YYYY-MM-DD HH:MM", "min": "2025-03-01 09:15"}
    sent = ["2025-03-01 09:15", "2025-03-01 09:14", "2025-03-01T09:15"]
    assert [judge(field, value) for value in sent] == [VALID, BREAKS_RULE, UNKNOWN]


def test_a_form_that_is_not_known_leaves_every_text_unknown() -> None:
    assert judge({"type": "date", "format": "DD MON YYYY"}, "01 MAR 2025") is UNKNOWN


@pytest.mark.parametrize(
    ("value", "status"),
    [("a", BREAKS_RULE), ("ab", VALID), ("abcd", VALID), ("abcde", BREAKS_RULE), (12, WRONG_KIND)],
)
def test_a_text_within_its_length_is_valid(value: Scalar, status: InputStatus) -> None:
    assert judge({"type": "text", "length": "2..4"}, value) is status


@pytest.mark.parametrize(
    ("value", "status"), [(" ab ", VALID), (" a ", BREAKS_RULE), (" abcd ", VALID), ("\tabcd", UNKNOWN)]
)
def test_outer_spaces_are_not_counted_where_the_document_says_so(value: str, status: InputStatus) -> None:
    assert judge({"type": "text", "length": "2..4", "trimmed": "yes"}, value) is status


@pytest.mark.parametrize(
    ("value", "status"), [(" ab ", VALID), (" abcd ", UNKNOWN), (" abcde ", BREAKS_RULE)]
)
def test_outer_spaces_are_unknown_where_they_decide_and_nothing_is_said(
    value: str, status: InputStatus
) -> None:
    assert judge({"type": "text", "length": "2..4"}, value) is status


def test_a_blank_text_is_invalid_for_certain_only_if_it_is_so_either_way() -> None:
    assert judge({"type": "text", "length": "2..", "trimmed": "yes"}, "   ") is INVALID
    assert judge({"type": "text"}, "   ") is UNKNOWN


@pytest.mark.parametrize(
    ("value", "status"), [("😀😀😀", UNKNOWN), ("e\u0301abc", UNKNOWN), ("a\x00b", UNKNOWN), ("ab", VALID)]
)
def test_characters_that_systems_count_differently_are_unknown_at_a_bound(
    value: str, status: InputStatus
) -> None:
    assert judge({"type": "text", "length": "2..4"}, value) is status


@pytest.mark.parametrize(("value", "status"), [("AB12", VALID), ("AB1", BREAKS_RULE), ("ab12", BREAKS_RULE)])
def test_a_pattern_is_about_the_whole_text(value: str, status: InputStatus) -> None:
    assert judge({"type": "text", "pattern": "[A-Z]{2}[0-9]{2}"}, value) is status


def test_a_bound_that_is_ambiguous_leaves_only_its_own_value_open() -> None:
    field = {"type": "integer", "min": "1000", "unsure at": ["1000"]}
    assert [judge(field, value) for value in (999, 1000, 1001)] == [BREAKS_RULE, UNKNOWN, VALID]


def test_an_ambiguous_bound_does_not_hide_that_another_rule_is_broken() -> None:
    field = {"type": "decimal", "max": "0.5", "unsure at": ["0.5"], "multiple of": "1"}
    assert judge(field, Decimal("0.5")) is BREAKS_RULE


def test_a_sentence_that_was_not_read_leaves_valid_values_open_and_broken_ones_broken() -> None:
    field = {"type": "integer", "min": "1", "unread": "must be a prime on Sundays"}
    assert [judge(field, value) for value in (0, 7, "x")] == [BREAKS_RULE, UNKNOWN, WRONG_KIND]


def test_where_the_document_is_silent_about_other_kinds_they_are_unknown() -> None:
    field = {"type": "integer", "min": "1", "wrong kind": "unknown"}
    assert [judge(field, value) for value in ("x", 0, 1)] == [UNKNOWN, BREAKS_RULE, VALID]


def test_where_an_exception_was_not_understood_nothing_is_known() -> None:
    field = {"type": "integer", "min": "1", "unsure if": "actor = nobody"}
    assert [judge(field, value) for value in (0, 1, None)] == [UNKNOWN, UNKNOWN, UNKNOWN]


def test_a_bound_that_was_not_understood_leaves_valid_and_broken_open() -> None:
    assert judge({"type": "integer", "min": "unknown", "max": "10"}, 5) is UNKNOWN
    assert judge({"type": "integer", "min": "unknown", "max": "10"}, 11) is BREAKS_RULE


def test_whether_a_field_is_needed_may_be_unknown() -> None:
    assert judge({"type": "integer", "required": "unknown"}, None) is UNKNOWN
    assert judge({"type": "integer", "required": "unknown"}, 1) is VALID


FORM = {
    "kind": {"type": "choice", "of": ["person", "company"]},
    "vat number": {"type": "text", "length": "8", "asked if": "kind = company"},
}


def statuses(**data: Scalar) -> list[InputStatus]:
    model = Model.model_validate({"feature": "f", "operations": {"send": {"inputs": FORM}}})
    oracle = Oracle(compile_model(model))
    sent = {name.replace("_", " "): value for name, value in data.items()}
    moment = oracle.moment(oracle.start(), Call("send", None, sent))
    return [moment.status(name) for name in FORM]


def test_what_is_not_asked_for_is_ignored_whatever_is_sent() -> None:
    assert statuses(kind="person", vat_number="???") == [VALID, NOT_ASKED]
    assert statuses(kind="company", vat_number="???") == [VALID, BREAKS_RULE]


def test_what_depends_on_an_invalid_answer_is_not_asked_for() -> None:
    assert statuses(kind="robot") == [INVALID, NOT_ASKED]


def test_what_depends_on_an_unclear_answer_is_unknown_unless_it_is_valid_either_way() -> None:
    assert statuses(kind="Company") == [UNKNOWN, UNKNOWN]
    assert statuses(kind="Company", vat_number="12345678") == [UNKNOWN, VALID]
