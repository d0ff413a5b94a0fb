"""What a field's description says, phrase by phrase."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.design.extraction.fields.bounds import describe
from casewright.design.model.schema import InputType, Length


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("1～365 的整数", 1, 365),
        ("0.01～50000.00，两端都可以", "0.01", 50000),
        ("1 至 10", 1, 10),
        ("a whole number from 0 to 120", 0, 120),
        ("euros, from 1,000 up to and including 40,000", 1000, 40000),
        ("no fewer than 10, no more than 500", 10, 500),
        ("a whole number between 1 and 4 (inclusive)", 1, 4),
        ("不低于 0.01，不超过 2 万", "0.01", 20000),
        ("at least 3 and at most 20 items", 3, 20),
    ],
)
def test_a_range_has_both_its_ends(text: str, low: object, high: object) -> None:
    rules = describe(text)
    assert (rules.min, rules.max) == (Decimal(str(low)), Decimal(str(high)))
    assert not rules.unsure_at


@pytest.mark.parametrize(
    ("text", "side", "value"),
    [
        ("金额大于 0", "above", 0),
        ("未满 18 岁", "below", 18),
        ("more than 3 seats", "above", 3),
        ("below 1,200 euros", "below", 1200),
        ("不超过 100", "max", 100),
        ("至少 3 天", "min", 3),
        ("not negative", "min", 0),
    ],
)
def test_one_end_is_open_or_closed_as_it_is_said(text: str, side: str, value: int) -> None:
    rules = describe(text)
    assert {name: getattr(rules, name) for name in ("min", "max", "above", "below")} == {
        name: Decimal(value) if name == side else None for name in ("min", "max", "above", "below")
    }


@pytest.mark.parametrize(("text", "value"), [("18 周岁以上", 18), ("100 元以下", 100)])
def test_a_bound_that_people_read_differently_is_left_open_at_its_own_value(text: str, value: int) -> None:
    assert describe(text).unsure_at == [Decimal(value)]


@pytest.mark.parametrize(
    ("text", "least", "most"),
    [
        ("2 to 60 characters, spaces at either end not counted", 2, 60),
        ("5～200 个字（首尾空格不算）", 5, 200),
        ("文本，不超过 20 个字", None, 20),
        ("字符串; 2-16个字符", 2, 16),
    ],
)
def test_characters_are_a_length_and_not_a_number(text: str, least: int | None, most: int | None) -> None:
    rules = describe(text)
    assert rules.length is not None
    assert (rules.length.least, rules.length.most) == (least, most)
    assert (rules.min, rules.max) == (None, None)


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("文本，16～19 位数字", "[0-9]{16,19}"),
        ("1 个大写字母加 5 位数字的文本（如 A00012）", "[A-Z][0-9]{5}"),
        ("字母 B 加 4 位数字", "B[0-9]{4}"),
        ("3 capital letters followed by 2 digits", "[A-Z]{3}[0-9]{2}"),
        ("capital letters A–Z and digits only, no spaces or hyphens", "[A-Z0-9]*"),
    ],
)
def test_the_make_up_of_a_text_becomes_a_pattern(text: str, pattern: str) -> None:
    assert describe(text).pattern == pattern


@pytest.mark.parametrize(
    ("text", "choices"),
    [
        ("App、网银、小程序 三者之一", ("App", "网银", "小程序")),
        ("`motorcycle`, `car` or `van`", ("motorcycle", "car", "van")),
        ("枚举 普通地区、偏远地区", ("普通地区", "偏远地区")),
        (
            "employed, self-employed, retired, unemployed",
            ("employed", "self-employed", "retired", "unemployed"),
        ),
        ("yes or no; left out means no", ("yes", "no")),
    ],
)
def test_listed_values_are_choices(text: str, choices: tuple[str, ...]) -> None:
    assert describe(text).choices == choices


def test_numbers_that_are_listed_stay_numbers() -> None:
    rules = describe("12, 24, 36, 48, 60 or 72 months")
    assert (rules.type, rules.choices) == (InputType.INTEGER, ("12", "24", "36", "48", "60", "72"))


def test_a_default_makes_a_field_optional() -> None:
    rules = describe("整数 0～20000，且必须是 100 的整数倍；不填按 0")
    assert (rules.default, rules.required, rules.multiple_of) == ("0", "no", Decimal(100))


def test_a_sentence_about_one_value_of_another_field_is_an_exception_and_no_bound() -> None:
    rules = describe("5～200 个字；病假可以不填，但不超过 300 字", foreign=["病假"])
    assert rules.exceptions == ["病假可以不填,但不超过 300 字"]
    assert rules.length is not None
    assert rules.length.most == 200


def test_a_rule_that_is_not_understood_is_kept_with_its_words() -> None:
    assert describe("密码 8-20 位，须同时包含字母和数字").unread == ["须同时包含字母和数字"]
    assert describe("email address, must be unique").unread == ["must be unique"]


def test_an_example_is_no_rule() -> None:
    rules = describe("`YYYY-MM-DD HH:MM`, for example `2026-03-02 09:15`")
    assert (rules.type, rules.min, rules.max, rules.unread) == (InputType.DATE_TIME, None, None, [])


@given(st.text(max_size=80))
def test_any_text_is_described_without_an_error(text: str) -> None:
    describe(text)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_any_range_of_whole_numbers_is_read_back(one: int, other: int) -> None:
    low, high = sorted((one, other))
    for text in (
        f"整数，{low}～{high}",
        f"a whole number from {low:,} to {high:,}",
        f"不低于 {low}，不超过 {high}",
    ):
        rules = describe(text)
        assert (rules.min, rules.max) == (Decimal(low), Decimal(high)), text


def test_a_length_of_which_no_type_is_told_counts_characters() -> None:
    rules = describe("长度不超过 20")
    assert (rules.type, rules.max, rules.length) == (None, None, Length(least=None, most=20))
    assert describe("length 2 to 20").length == Length(least=2, most=20)


def test_a_length_of_a_number_is_not_read_as_its_bound() -> None:
    rules = describe("整数，长度不超过 6")
    assert (rules.max, rules.length) == (None, None)
    assert rules.unread


@pytest.mark.parametrize("text", ["1 至 5 万", "1～5 万元", "2 to 5 million"])
def test_a_range_whose_scale_may_belong_to_both_ends_is_not_read(text: str) -> None:
    rules = describe(text)
    assert (rules.min, rules.max) == (None, None)
    assert rules.unread


def test_a_range_whose_first_end_is_larger_than_the_second_without_its_scale_is_clear() -> None:
    rules = describe("500 至 2 万元")
    assert (rules.min, rules.max) == (Decimal(500), Decimal(20_000))


def test_two_bounds_that_contradict_each_other_leave_what_is_between_them_open() -> None:
    rules = describe("不少于 1，不超过 10，最多 8")
    assert (rules.min, rules.max) == (Decimal(1), Decimal(10))
    assert rules.unread
