"""What a tester is told about an expression that is wrong."""

from __future__ import annotations

import pytest

from casewright.design.expressions.checking import check, check_lines
from casewright.design.expressions.errors import ExpressionError
from casewright.design.expressions.names import Names
from casewright.design.expressions.parsing import MAX_CHARACTERS, MAX_DEPTH, parse, parse_lines


def refusal(text: str, names: Names) -> ExpressionError:
    with pytest.raises(ExpressionError) as refused:
        check(parse(text, names), names, text)
    return refused.value


@pytest.mark.parametrize(
    ("text", "column", "offending", "nearest"),
    [
        ("金颔 > 3", 1, "金颔", "金额"),
        ("3 < unit prize", 5, "unit prize", "unit price"),
        ("foo 渠道", 1, "foo 渠道", None),
        ("渠道 = 小程旭", 6, "小程旭", "小程序"),
        ("'unit prise' > 1", 1, "'unit prise'", "unit price"),
        ("本组限额.单笔限", 6, "单笔限", "单笔限额"),
        ("kind = nome", 8, "nome", "none"),
        ("kind = 13", 8, "13", "12"),
        ("kind = 待审批", 8, "待审批", None),
        ("state in [草稿, 高]", 15, "高", None),
        ("加急 = maybe", 6, "maybe", None),
    ],
)
def test_an_unknown_name_is_told_with_its_column_and_the_nearest_one(
    names: Names, text: str, column: int, offending: str, nearest: str | None
) -> None:
    error = refusal(text, names)
    assert (error.column, error.offending, error.nearest) == (column, offending, nearest)


def test_it_is_told_in_both_languages(names: Names) -> None:
    error = refusal("金颔 > 3", names)
    assert error.message("zh") == "第 1 列，“金颔”：没有这个名称或值。您是不是想写“金额”？"
    assert error.message("en") == "Column 1, `金颔`: there is no such name or value. Did you mean `金额`?"


@pytest.mark.parametrize(
    ("text", "column", "told"),
    [
        ("", 1, "empty"),
        ("   ", 1, "empty"),
        ("金额 >", 5, "ends too early"),
        ("(金额", 4, "closing bracket"),
        ("金额)", 3, "does not fit"),
        ("金额 3", 4, "operator is expected"),
        ("金额 == 3", 5, "a value or a name"),
        ("金额 = 3 = 4", 8, "does not fit"),
        ("> 3", 1, "a value or a name"),
        ("2025-02-30 > 日期", 1, "no such date"),
        ("交易时间 < 24:00", 8, "no such date or time"),
        ("限额 > 3", 1, "限额[…]"),
        ("累计 > 3", 1, "累计[…]"),
        ("在途 = 草稿", 1, "in 在途"),
        ("count of abc in 附言", 10, "classes of characters"),
        ('附言 = "open', 6, "a value or a name"),
        ("附言 contains", 12, "ends too early"),
        ("某物 = ", 1, "no such name"),
    ],
)
def test_a_slip_of_writing_is_told_where_it_is(names: Names, text: str, column: int, told: str) -> None:
    error = refusal(text, names)
    assert (error.column, told in error.message("en")) == (column, True)


@pytest.mark.parametrize(
    ("text", "offending", "told"),
    [
        ("金额 + 附言", "金额 + 附言", ""),
        ("金额 + 日期", "金额 + 日期", "does not go with a number and a date"),
        ("金额 and 加急", "金额", "yes or no is expected"),
        ("not 金额", "金额", "yes or no is expected"),
        ('金额 = "3"', '"3"', "a number can't be compared with a text"),
        ("附言 = 3", "3", "a text can't be compared with a number"),
        ("渠道 = 3", "3", "is none of the values (App, 网银, 小程序)"),
        ("渠道 < App", "渠道", "is expected here"),
        ("渠道 = actor", "actor", "no value in common"),
        ("日期 < 交易时间", "交易时间", "a date can't be compared with a time"),
        ("日期 = 时刻", "时刻", "can't be compared"),
        ("日期 + 3 hours", "3 hours", "no hours"),
        ("1 if 加急 else 附言", "附言", "of one type"),
        ("本组限额 = 3", "3", "can't be compared: say which column"),
        ("本组限额.每日", "每日", "no such column"),
        ("金额.单笔限额", "金额", "a row of a table or a record is expected"),
        ("限额[渠道, 金额]", "限额[渠道, 金额]", "has 1 keys, but 2"),
        ("限额[金额]", "金额", "can't be compared"),
        ("累计[高]", "高", "none of the values"),
        ("费用 invalid", "费用", "only an input"),
        ("round up(金额, 0)", "0", "above 0"),
        ("round up(金额)", "round up(金额)", "takes 2 values"),
        ("length of 金额", "金额", "a text or a value of a choice is expected"),
        ("金额 contains 附言", "金额", "a text"),
        ("金额 = 3 ignoring case", "金额", "a text"),
        ("weekday of 交易时间", "交易时间", "a date or a date-time"),
        ("days from 日期 to 时刻", "时刻", "can't be compared"),
        ("max(金额, 附言)", "附言", "a number, date, time or duration"),
        ("金额 days + 3", "金额 days + 3", "a duration and a number"),
    ],
)
def test_what_can_not_go_together_is_told_before_anything_runs(
    names: Names, text: str, offending: str, told: str
) -> None:
    error = refusal(text, names)
    if told:
        assert (error.offending, told in error.message("en")) == (offending, True)


def test_a_fault_in_a_first_hit_list_names_its_line(names: Names) -> None:
    with pytest.raises(ExpressionError) as refused:
        parse_lines(["1 if 加急", "2 if 加及", "3 otherwise"], names)
    assert (refused.value.line, refused.value.column) == (1, 6)
    lines = ["1 if 加急", "附言 otherwise"]
    with pytest.raises(ExpressionError) as refused:
        check_lines(parse_lines(lines, names), names, lines)
    assert (refused.value.line, refused.value.offending) == (1, "附言")


@pytest.mark.parametrize("lines", [["1 if 加急"], ["1 otherwise", "2 otherwise"], ["1"], []])
def test_a_first_hit_list_ends_with_otherwise_and_nothing_else(names: Names, lines: list[str]) -> None:
    with pytest.raises(ExpressionError):
        parse_lines(lines, names)


def test_an_expression_without_end_is_refused(names: Names) -> None:
    assert "characters long" in refusal("1 + " * MAX_CHARACTERS + "1", names).message("en")
    assert "nested" in refusal("1" + " + 1" * MAX_DEPTH, names).message("en")
    assert "nested" in refusal("-" * 5_000 + "金额", names).message("en")
    assert "closing bracket" in refusal("(" * 5_000 + "1", names).message("en")
