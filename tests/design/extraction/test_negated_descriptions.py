"""A negation or a modifier in a description is read with its phrase, or the clause is left unread."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.design.extraction.fields.bounds import describe
from casewright.design.extraction.fields.negation import settled
from casewright.design.extraction.fields.rules import Rules
from casewright.design.extraction.fields.type_words import common_words

_NOT_ZH = ("不得", "不能", "不可", "不可以", "不应", "不准", "不允许", "禁止", "未", "不")
_OVER_ZH, _UNDER_ZH = ("大于", "高于", "超过", "多于"), ("小于", "低于", "少于")
_NOT_EN = (
    "cannot be",
    "can't be",
    "must not be",
    "may not be",
    "should not be",
    "mustn't be",
    "is not",
    "not",
    "no",
)
_OVER_EN, _UNDER_EN = (
    ("more than", "greater than", "above", "over"),
    ("less than", "fewer than", "below", "under"),
)


def _bounds(rules: Rules) -> dict[str, Decimal]:
    sides = {name: getattr(rules, name) for name in ("min", "max", "above", "below")}
    return {name: value for name, value in sides.items() if value is not None}


def _length(rules: Rules) -> tuple[int | None, int | None] | None:
    return (rules.length.least, rules.length.most) if rules.length else None


def _nothing_but_unread(rules: Rules) -> bool:
    return bool(rules.unread) and not (
        _bounds(rules) or rules.length or rules.pattern or rules.choices or rules.multiple_of
    )


@given(
    st.one_of(
        st.tuples(st.sampled_from(_NOT_ZH), st.sampled_from(_OVER_ZH + _UNDER_ZH)),
        st.tuples(st.sampled_from(_NOT_EN), st.sampled_from(_OVER_EN + _UNDER_EN)),
    ),
    st.integers(0, 10**6),
)
def test_a_negated_comparison_is_the_opposite_closed_bound(words: tuple[str, str], value: int) -> None:
    negation, comparison = words
    side = "max" if comparison in _OVER_ZH + _OVER_EN else "min"
    rules = describe(
        f"{negation} {comparison} {value}" if comparison.isascii() else f"{negation}{comparison} {value}"
    )
    assert (_bounds(rules), rules.unread) == ({side: Decimal(value)}, [])


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("must not exceed 500", {"max": 500}),
        ("cannot exceed 500", {"max": 500}),
        ("never exceeds 500", {"max": 500}),
        ("金额不得大于等于 100", {"below": 100}),
        ("must not be greater than or equal to 100", {"below": 100}),
        ("greater than or equal to 100", {"min": 100}),
        ("不得低于 5，且不能超过 10", {"min": 5, "max": 10}),
        ("must not be less than 5 and must not be more than 10", {"min": 5, "max": 10}),
    ],
)
def test_a_negated_comparison_is_read_in_every_form(text: str, bounds: dict[str, int]) -> None:
    assert _bounds(describe(text)) == {side: Decimal(value) for side, value in bounds.items()}


@given(st.text(max_size=60))
def test_settling_a_text_twice_changes_nothing_more(text: str) -> None:
    assert settled(settled(text)) == settled(text)


@pytest.mark.parametrize(
    "text",
    [
        "不是 5 的倍数",
        "must not be a multiple of 5",
        "不能是 A、B 之一",
        "none of `a`, `b`",
        "not one of `a`, `b` or `c`",
        "不是 `a` 或 `b`",
        "不能包含字母、数字",
        "不得包含字母和数字",
        "must not contain letters or digits",
        "cannot contain letters, digits or underscores",
        "不得介于 5 到 10 之间",
        "must not be between 5 and 10",
        "not 5 to 10",
        "大于 100 不允许",
        "above 100 is rejected",
        "除 5~10 以外",
        "可选择 1~3 项",
    ],
)
def test_what_is_excluded_is_never_read_as_what_is_allowed(text: str) -> None:
    assert _nothing_but_unread(describe(text))


@pytest.mark.parametrize(
    ("text", "required"),
    [
        ("不是必填", "no"),
        ("并非必填", "no"),
        ("无需必填", "no"),
        ("非必填", "no"),
        ("not required", "no"),
        ("not mandatory", "no"),
        ("可以为空", "no"),
        ("允许为空", "no"),
        ("可以不填", "no"),
        ("may be empty", "no"),
        ("可选", "no"),
        ("不能为空", "yes"),
        ("不可为空", "yes"),
        ("不允许为空", "yes"),
        ("不可不填", "yes"),
        ("must not be empty", "yes"),
        ("cannot be blank", "yes"),
        ("not optional", "yes"),
        ("必填", "yes"),
        ("可选择 1~3 项", None),
        ("可选值", None),
    ],
)
def test_whether_a_field_is_required_follows_the_negation(text: str, required: str | None) -> None:
    assert describe(text).required == required


@pytest.mark.parametrize(
    ("text", "pattern"),
    [
        ("at most 6 digits", "[0-9]{1,6}"),
        ("up to 6 digits", "[0-9]{1,6}"),
        ("no more than 6 digits", "[0-9]{1,6}"),
        ("不超过 6 位数字", "[0-9]{1,6}"),
        ("最多 6 位数字", "[0-9]{1,6}"),
        ("不得超过 6 位数字", "[0-9]{1,6}"),
        ("at least 6 digits", "[0-9]{6,}"),
        ("至少 6 位数字", "[0-9]{6,}"),
        ("more than 6 digits", "[0-9]{7,}"),
        ("between two and four digits", "[0-9]{2,4}"),
        ("2 to 4 digits", "[0-9]{2,4}"),
        ("4 digits", "[0-9]{4}"),
        ("about 4 digits", None),
    ],
)
def test_so_many_digits_are_exact_only_without_a_comparison(text: str, pattern: str | None) -> None:
    rules = describe(text)
    assert (rules.pattern, _bounds(rules)) == (pattern, {})
    assert pattern or rules.unread


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("no longer than 20 characters", (None, 20)),
        ("not longer than 20 characters", (None, 20)),
        ("must not be longer than 20 characters", (None, 20)),
        ("longer than 20 characters", (21, None)),
        ("shorter than 20 characters", (None, 19)),
        ("not shorter than 20 characters", (20, None)),
        ("within 20 characters", (None, 20)),
        ("max 20 characters", (None, 20)),
        ("max. 20 chars", (None, 20)),
        ("maximum 20 characters", (None, 20)),
        ("20 characters max", (None, 20)),
        ("20 characters or fewer", (None, 20)),
        ("20 or fewer characters", (None, 20)),
        ("5 or more digits", (5, None)),
        ("20 characters", (20, 20)),
        ("text, length at most 20", (None, 20)),
        ("文本，长度不超过 20", (None, 20)),
        ("文本，最大长度 20", (None, 20)),
        ("不能少于 6 个字符", (6, None)),
    ],
)
def test_a_length_is_exact_only_without_a_comparison(
    text: str, length: tuple[int | None, int | None]
) -> None:
    rules = describe(common_words(text))
    assert (_length(rules), _bounds(rules)) == (length, {})


@pytest.mark.parametrize(
    "text",
    [
        "前 3 位为字母",
        "后四位",
        "第 2 位是数字",
        "first 3 characters are letters",
        "about 20 characters",
        "约 20 个字符",
    ],
)
def test_a_part_of_a_text_or_a_rough_length_is_unread(text: str) -> None:
    assert _nothing_but_unread(describe(text))


def test_places_behind_the_point_are_no_length() -> None:
    rules = describe("小数点后 2 位")
    assert (rules.scale, rules.length) == (2, None)


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("1 to 5k", {"min": 1, "max": 5000}),
        ("at least 2 thousand", {"min": 2000}),
        ("up to 5 million", {"max": 5_000_000}),
        ("at most 3bn", {"max": 3_000_000_000}),
        ("不超过 5千万", {"max": 50_000_000}),
        ("at most two thousand", {"max": 2000}),
        ("0 to 5 million", {"min": 0, "max": 5_000_000}),
        ("at most 5kg", {"max": 5}),
    ],
)
def test_a_scale_belongs_to_its_number(text: str, bounds: dict[str, int]) -> None:
    assert _bounds(describe(text)) == {side: Decimal(value) for side, value in bounds.items()}


@pytest.mark.parametrize("text", ["at most 5q", "at most $5m", "1 to 5zz", "不超过 2万5千", "2 to 5 million"])
def test_a_number_with_something_strange_at_it_is_unread(text: str) -> None:
    assert _nothing_but_unread(describe(text))


@pytest.mark.parametrize(
    ("text", "bounds", "unsure_at"),
    [
        ("0 to 100 exclusive", {"above": 0, "below": 100}, []),
        ("0 to 100 (exclusive)", {"above": 0, "below": 100}, []),
        ("0~100，不含两端", {"above": 0, "below": 100}, []),
        ("0~100(不含)", {"min": 0, "below": 100}, [0]),
        ("0(含)~100(不含)", {"min": 0, "below": 100}, []),
        ("不超过 100（不含）", {"below": 100}, []),
        ("不超过 100（含）", {"max": 100}, []),
        ("at least 5 (exclusive)", {"above": 5}, []),
        ("between 5 and 10 inclusive", {"min": 5, "max": 10}, []),
        ("between 5 and 10, inclusive", {"min": 5, "max": 10}, []),
        ("between 5 and 10 exclusive", {"above": 5, "below": 10}, []),
        ("between 5 and 10", {"min": 5, "max": 10}, [5, 10]),
        ("超过 100（含）", {"above": 100}, [100]),
        ("100 以上（不含）", {"above": 100}, []),
    ],
)
def test_an_end_belongs_to_a_range_as_it_is_said(
    text: str, bounds: dict[str, int], unsure_at: list[int]
) -> None:
    rules = describe(text)
    assert (_bounds(rules), rules.unsure_at) == (bounds, unsure_at)


@pytest.mark.parametrize("text", ["0 to 100, upper end excluded", "不超过 100（上限不含）"])
def test_ends_in_words_that_are_not_known_leave_the_range_unread(text: str) -> None:
    assert _nothing_but_unread(describe(text))


@pytest.mark.parametrize(
    ("text", "pattern", "length"),
    [
        ("letters, digits or underscores", "[A-Za-z0-9_]*", None),
        ("letters, digits, underscores and hyphens only", "[A-Za-z0-9_\\-]*", None),
        ("字母、数字、下划线或连字符", "[A-Za-z0-9_\\-]*", None),
        ("只能包含大写字母、小写字母和数字", "[A-Za-z0-9]*", None),
        ("6 to 20 letters, digits or underscores", "[A-Za-z0-9_]*", (6, 20)),
        ("6-20个字母、数字或下划线", "[A-Za-z0-9_]*", (6, 20)),
        ("字母、数字或特殊字符", None, None),
        ("字母或数字开头", None, None),
    ],
)
def test_a_list_of_characters_has_all_its_members(
    text: str, pattern: str | None, length: tuple[int, int] | None
) -> None:
    rules = describe(text)
    assert (rules.pattern, _length(rules), _bounds(rules)) == (pattern, length, {})
    assert pattern or rules.unread


def test_the_same_characters_refused_in_other_words_are_no_second_rule() -> None:
    rules = describe("2 to 8 characters, capital letters A-Z and digits only, no spaces or hyphens")
    assert (rules.pattern, rules.unread) == ("[A-Z0-9]*", [])


@pytest.mark.parametrize(("text", "unread"), [("1 to 10 except 5", "except 5"), ("no letters", "no letters")])
def test_an_exception_is_kept_as_unread(text: str, unread: str) -> None:
    assert describe(text).unread == [unread]
