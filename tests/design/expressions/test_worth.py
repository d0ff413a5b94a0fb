"""What expressions are worth."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from fractions import Fraction

import pytest

from casewright.design.expressions.environment import InputStatus, Permission
from casewright.design.expressions.values import MISSING, UNKNOWN, Value

Worth = Callable[..., Value]
HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("金额 * 0.05%", Fraction(1, 20)),
        ("0.1 + 0.2 = 0.3", True),
        ("1 / 3 * 3 = 1", True),
        ("-余额 - 2 * (3 + 4)", 6),
        ("min(金额, 3, 上限)", 3),
        ("max(2, min(50, 金额 * 10%))", 10),
        ("abs(余额) + floor(2.5) + ceil(2.1)", 25),
        ("floor(-2.5)", -3),
        ("金额 / (额度 - 1000)", UNKNOWN),
        ("本组限额.单笔限额 + 限额[App].每日 限额", 110),
        ("限额[小程序].单笔限额", MISSING),
        ("累计[渠道]", 30),
        ("state", "草稿"),
        ("actor = 客户", True),
    ],
)
def test_arithmetic_is_exact(worth: Worth, text: str, value: Value | int) -> None:
    assert worth(text) == (Fraction(value) if type(value) is int else value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("金额 ^ 2", 10_000),
        ("-金额 ^ 2", -10_000),
        ("(-金额) ^ 3", -1_000_000),
        ("2 * 3 ^ 2", 18),
        ("2 ^ 3 ^ 2", 512),
        ("2 ^ -3", Fraction(1, 8)),
        ("2 ^ --3", 8),
        ("(1 + 50%) ^ -(1 + 1)", Fraction(4, 9)),
        ("length of code ^ 2", 64),
        ("余额 ^ 0", 1),
        ("0 ^ 0", 1),
        ("2 ^ 1000 / 2 ^ 999", 2),
    ],
)
def test_a_power_binds_closer_than_a_sign_before_it_and_is_exact(
    worth: Worth, text: str, value: Fraction | int
) -> None:
    assert worth(text) == value


@pytest.mark.parametrize(
    "text",
    [
        "0 ^ -1",
        "4 ^ 0.5",
        "2 ^ 1001",
        "2 ^ -1001",
        "(10 ^ 900) ^ 900",
        "(1 / 10 ^ 900) ^ 900",
        "unknown ^ 0",
        "1 ^ unknown",
        "missing ^ 2",
    ],
)
def test_a_power_that_has_no_exact_or_no_handy_value_is_unknown(worth: Worth, text: str) -> None:
    assert worth(text) is UNKNOWN


@pytest.mark.parametrize(
    ("number", "half_up", "half_even", "up", "down"),
    [
        ("0.125", "0.13", "0.12", "0.13", "0.12"),
        ("0.135", "0.14", "0.14", "0.14", "0.13"),
        ("6.172835", "6.17", "6.17", "6.18", "6.17"),
        ("-0.125", "-0.13", "-0.12", "-0.13", "-0.12"),
        ("-0.121", "-0.12", "-0.12", "-0.13", "-0.12"),
        ("0.12", "0.12", "0.12", "0.12", "0.12"),
    ],
)
def test_rounding_is_symmetrical_about_zero(
    worth: Worth, number: str, half_up: str, half_even: str, up: str, down: str
) -> None:
    ways = ("half up", "half even", "up", "down")
    rounded = [worth(f"round {way}({number}, 0.01)") for way in ways]
    assert rounded == [Fraction(text) for text in (half_up, half_even, up, down)]


def test_numbers_round_to_any_step(worth: Worth) -> None:
    assert worth("round up(金额 + 1, 50)") == 150
    assert worth("round half up(1.07, 0.05)") == Fraction("1.05")
    assert worth("round down(金额, 额度 - 1000)") is UNKNOWN


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("交易时间 >= 22:00 or 交易时间 < 06:00", True),
        ("日期 + 2 weeks - 1 day", date(2025, 3, 14)),
        ("日期 + 12 hours * 2", None),
        ("时刻 + 90 minutes", datetime.combine(date(2025, 3, 1), time(10, 45))),
        ("交易时间 + 30 minutes", time(23, 0)),
        ("交易时间 + 2 hours", UNKNOWN),
        ("until - 日期", timedelta(days=14)),
        ("until - 日期 > 13 days", True),
        ("days from 日期 to until", 14),
        ("weeks from until to 日期", -2),
        ("days from 时刻 to 2025-03-02 21:15", Fraction(3, 2)),
        ("minutes from 交易时间 to 23:00", 30),
        ("weekday of 日期", 6),
        ("weekday of 时刻 in [6, 7]", True),
        ('时刻 = "2025-03-01 09:15"', True),
        ("日期 + 9999999 days", UNKNOWN),
        ("日期 + 99999999999999 days", UNKNOWN),
        ("日期 + 0.5 days", UNKNOWN),
        ("日期 + 金额 days", date(2025, 6, 9)),
    ],
)
def test_dates_and_times_are_worked_with(worth: Worth, text: str, value: Value | int | None) -> None:
    if value is not None:
        assert worth(text) == (Fraction(value) if type(value) is int else value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('附言 contains "hello"', False),
        ('附言 contains "hello" ignoring case', True),
        ('code starts with "AB-" and code ends with "!"', True),
        ('code = "ab-12-X!" ignoring case', True),
        ('code != "ab-12-X!"', True),
        ("length of 附言", 9),
        ('length of trimmed "  a b "', 3),
        ('trimmed "\ta"', UNKNOWN),
        ("count of A-Z in code", 2),
        ("count of (A-Z, 0-9) in code", 4),
        ('kinds of (A-Z, a-z, 0-9, "!@#") in code >= 3', True),
        ('kinds of ("\\"", 一-龥) in 附言', 1),
        ('part of code before "-"', "AB"),
        ('part of code after "-"', "12-x!"),
        ('part of code after "?"', MISSING),
    ],
)
def test_texts_are_looked_into(worth: Worth, text: str, value: Value | int) -> None:
    assert worth(text) == (Fraction(value) if type(value) is int else value)


def test_ordered_choices_are_compared_by_their_order(worth: Worth) -> None:
    assert [worth(f"size {order} large") for order in ("<", "<=", ">", ">=", "=")] == [
        True,
        True,
        False,
        False,
        False,
    ]
    assert worth("small < size") is True
    assert worth("size > small", size=MISSING) is UNKNOWN


def test_lists_and_terms_are_searched(worth: Worth) -> None:
    assert worth("渠道 in [网银, App]") is True
    assert worth("渠道 not in 线上") is False
    assert worth("kind in [none, missing]") is True
    assert worth("金额 in [1, unknown]") is UNKNOWN
    assert worth("金额 in [unknown, 100]") is True


def test_what_is_missing_has_no_number_and_no_truth(worth: Worth) -> None:
    assert worth("金额 + 1", 金额=MISSING) is UNKNOWN
    assert worth("金额 > 1", 金额=MISSING) is UNKNOWN
    assert worth("max(金额, 1)", 金额=MISSING) is UNKNOWN
    assert worth("加急 and 夜间", 加急=MISSING) is UNKNOWN
    assert worth("length of 附言", 附言=MISSING) is UNKNOWN
    assert worth("本组限额.单笔限额", 本组限额=MISSING) is MISSING


def test_what_is_missing_can_be_compared(worth: Worth) -> None:
    assert worth("渠道 = App", 渠道=MISSING) is False
    assert worth("渠道 != App", 渠道=MISSING) is True
    assert worth("金额 = missing", 金额=MISSING) is True
    assert worth("渠道 in [App]", 渠道=MISSING) is False


def test_logic_goes_on_where_the_answer_is_certain(worth: Worth) -> None:
    assert worth("unknown and 金额 > 1000") is False
    assert worth("金额 > 1000 and unknown") is False
    assert worth("unknown or 加急") is True
    assert worth("unknown and 加急") is UNKNOWN
    assert worth("not unknown") is UNKNOWN
    assert worth("0 * unknown") == 0
    assert worth("2 * unknown") is UNKNOWN
    assert worth("3 if unknown else 1 + 2") == 3
    assert worth("3 if unknown else 4") is UNKNOWN
    assert worth("unknown = unknown") is UNKNOWN


@pytest.mark.parametrize(
    ("status", "missing", "invalid", "wrong", "breaks", "either"),
    [
        (InputStatus.VALID, False, False, False, False, False),
        (InputStatus.MISSING, True, True, False, False, True),
        (InputStatus.WRONG_KIND, False, True, True, False, True),
        (InputStatus.BREAKS_RULE, False, True, False, True, False),
        (InputStatus.INVALID, False, True, UNKNOWN, UNKNOWN, UNKNOWN),
        (InputStatus.NOT_ASKED, True, False, False, False, False),
        (InputStatus.UNKNOWN, False, UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_what_is_wrong_with_an_input_can_be_asked(
    worth: Worth,
    status: InputStatus,
    missing: Value,
    invalid: Value,
    wrong: Value,
    breaks: Value,
    either: Value,
) -> None:
    tests = ("missing", "invalid", "of wrong kind", "breaks a rule", "missing or of wrong kind")
    found = [worth(f"金额 {test}", {"金额": status}) for test in tests]
    assert found == [missing, invalid, wrong, breaks, either]
    if (
        status is not InputStatus.NOT_ASKED
    ):  # an input that is not asked for reads as missing, but needs nothing
        assert [worth(f"some input {test}", {"金额": status}) for test in tests[1:]] == [
            invalid,
            wrong,
            breaks,
            either,
        ]


def test_an_optional_input_that_is_left_out_is_missing_but_not_invalid(worth: Worth) -> None:
    optional = {"金额": InputStatus.VALID}
    assert worth("金额 missing", optional, 金额=MISSING) is True
    assert worth("金额 exists", optional, 金额=MISSING) is False
    assert worth("some input missing", optional, 金额=MISSING) is False


def test_a_fault_that_is_certain_outweighs_one_that_is_not(worth: Worth) -> None:
    assert worth("some input invalid", {"金额": InputStatus.UNKNOWN, "until": InputStatus.MISSING}) is True


@pytest.mark.parametrize(
    ("permission", "never", "not_now"),
    [
        (Permission.NEVER, True, False),
        (Permission.NOT_NOW, False, True),
        (Permission.NOW, False, False),
        (Permission.UNKNOWN, UNKNOWN, UNKNOWN),
    ],
)
def test_never_and_not_now_are_told_apart(
    worth: Worth, permission: Permission, never: Value, not_now: Value
) -> None:
    assert worth("actor may never", allowed=permission) is never
    assert worth("actor may not now", allowed=permission) is not_now
