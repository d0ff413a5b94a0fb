"""An amount is not asserted where a rule beside its formula was not read."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.extraction.behaviour.completing import complete_fields
from casewright.design.extraction.behaviour.operations import find_operations
from casewright.design.extraction.behaviour.vocabulary import read_vocabulary
from casewright.design.extraction.fields.fields import read_field_sets
from casewright.design.extraction.formulas.definitions import read_definitions
from casewright.design.extraction.formulas.lookups import read_lookups
from casewright.design.extraction.text.passages import passages
from casewright.design.items import split
from casewright.documents.limits import Limits
from casewright.documents.readers.markdown import reader as markdown

CHINESE = """
# 计费

## 1 下单
提交“下单”时须填写以下字段：

| 字段 | 类型 | 必填 | 取值 |
| --- | --- | --- | --- |
| 人数 | 整数 | 是 | 1～500 |
| 时长 | 数值，单位小时 | 是 | 0.1～50，最多一位小数 |
| 订单金额 | 数值，单位元 | 是 | 0～5000 |
| 会员等级 | 枚举 | 是 | 普通、金卡 |

返回**费用**和**实付金额**。

## 2 规则
"""

ENGLISH = """
# Fees

## 1 Booking
A booking is sent with these fields:

| Field | Type | Required | Values |
| --- | --- | --- | --- |
| seats | integer | yes | 1 to 500 |
| duration | decimal, in hours | yes | 0.1 to 50, at most one decimal |
| level | choice | yes | basic, gold |

It answers the **fee**.

## 2 Rules
"""

UNKNOWN = ("unknown",)


def lines(text: str) -> dict[str, tuple[str, ...]]:
    document = markdown.read(text.encode(), "document.md", Limits(), lambda _: None)
    walked = passages([document], split([document]))
    operations = find_operations(walked, read_field_sets(walked), read_vocabulary(walked))
    complete_fields(operations, walked)
    found = read_definitions(walked, operations, read_lookups(walked, operations))
    return {each.name: each.lines for each in found}


@pytest.mark.parametrize(
    "rule",
    [
        "费用 = 人数 × 10 元。人数超过 10 的部分，每人 8 元。",
        "费用 = 人数 × 10 元。\n\n超过 10 人的部分，每人 8 元。",
        "超过 10 人的部分，每人 8 元。费用 = 人数 × 10 元。",
        "费用 = 人数 × 10 元。\n\n- 夜间订单每单加价 5 元。",
        "费用 = 人数 × 10 元。\n\n每单 500 元封顶。",
        "费用 = 人数 × 10 元。5 元起步。",
        "费用 = 人数 × 10 元。\n\n## 3 其他\n\n人数 20 人以上时给予 15 元减免。",
    ],
)
def test_a_rule_beside_a_formula_that_was_not_read_leaves_its_amount_unknown(rule: str) -> None:
    assert lines(CHINESE + rule)["费用"] == UNKNOWN


@pytest.mark.parametrize(
    "rule",
    [
        "The part above 10 seats costs 8 EUR each.",
        "Each further seat is 8 EUR.",
        "A surcharge applies at weekends.",
        "Groups get a discount of 20 EUR.",
        "The first seat is free of charge.",
        "Seats over 10 are charged at 8 EUR.",
        "There is 5 EUR off for every tenth order.",
        "It is capped in December.",
        "From the eleventh seat on, 8 EUR are charged.",
    ],
)
@pytest.mark.parametrize("between", [" ", "\n\n"])
def test_an_english_rule_beside_a_formula_leaves_its_amount_unknown_too(rule: str, between: str) -> None:
    assert lines(f"{ENGLISH}fee = seats × 10 EUR.{between}{rule}")["fee"] == UNKNOWN


def test_tiers_of_an_amount_leave_all_that_is_worked_out_from_it_unknown() -> None:
    tiers = "订单金额满 500 元减 50 元，满 1000 元减 120 元。"
    found = lines(f"{CHINESE}优惠 = 订单金额 × 1%。\n\n实付金额 = 订单金额 − 优惠。\n\n{tiers}")
    assert found["优惠"] == found["实付金额"] == UNKNOWN


def test_an_unread_rule_for_one_value_of_a_choice_leaves_the_other_values_known() -> None:
    found = lines(CHINESE + "费用 = 人数 × 10 元。\n\n金卡每满 100 元减 5 元。")
    assert found["费用"] == ("unknown if 会员等级 = 金卡", "人数 * 10 otherwise")
    found = lines(ENGLISH + "fee = seats × 10 EUR.\n\nThe first seat is free of charge for level gold.")
    assert found["fee"] == ("unknown if level = gold", "seats * 10 otherwise")


@pytest.mark.parametrize(
    "rule",
    ["金卡或满 500 元的订单减 5 元。", "除金卡外每满 100 元减 5 元。", "金卡每单减 5 元，周末加收 3 元。"],
)
def test_an_unread_rule_that_also_speaks_of_other_cases_leaves_all_unknown(rule: str) -> None:
    assert lines(f"{CHINESE}费用 = 人数 × 10 元。\n\n{rule}")["费用"] == UNKNOWN


def test_a_clause_behind_a_waiver_that_was_read_is_not_dropped() -> None:
    found = lines(CHINESE + "费用 = 人数 × 10 元。\n\n会员等级为金卡时免收费用，周末的订单加收 5 元。")
    assert found["费用"] == UNKNOWN


@pytest.mark.parametrize(
    "beside",
    ["下单成功后库存减 1。", "金额扣减在支付时完成。", "订单金额不足时拒绝下单。", "提示“已减 5 元”。"],
)
def test_a_sentence_that_changes_no_amount_leaves_the_formula_alone(beside: str) -> None:
    assert lines(f"{CHINESE}费用 = 人数 × 10 元。\n\n{beside}")["费用"] == ("人数 * 10",)


def test_a_subtraction_in_brackets_is_a_formula_and_no_discount() -> None:
    found = lines(f"{CHINESE}优惠 = 订单金额 × 1%。\n\n下单后返回**实付金额**（订单金额减优惠）。")
    assert found["优惠"] == ("订单金额 * 1%",)


def test_a_rule_about_another_quantity_leaves_the_formula_alone() -> None:
    found = lines(f"{CHINESE}费用 = 人数 × 10 元。\n\n实付金额 = 订单金额 × 0.9。\n\n费用每单加价 5 元。")
    assert found["实付金额"] == ("订单金额 * 0.9",)
    assert found["费用"] == UNKNOWN


def test_less_than_an_hour_counts_as_an_hour_of_the_input_and_not_as_money() -> None:
    found = lines(CHINESE + "费用 = 时长 × 0.5 元，不足 1 小时按 1 小时计。")
    assert found["费用"] == (
        "unknown if 时长 > 1 and floor(时长 / 1) < 时长 / 1",
        "max(1, 时长) * 0.5 otherwise",
    )


@pytest.mark.parametrize("said", ["no less than 1 hour", "at least 1 hour", "a minimum of 1 hour"])
def test_a_least_duration_is_a_floor_of_the_duration(said: str) -> None:
    assert lines(f"{ENGLISH}fee = duration × 0.5 EUR, {said}.")["fee"] == ("max(1, duration) * 0.5",)


def test_a_limit_in_a_unit_that_no_input_is_measured_in_leaves_the_amount_unknown() -> None:
    assert lines(CHINESE + "费用 = 人数 × 10 元，最多 30 公里。")["费用"] == UNKNOWN
    assert lines(CHINESE + "费用 = 人数 × 10 元，不足 1 小时按 1 小时计。")["费用"] == UNKNOWN
    assert lines(CHINESE + "费用 = 时长 × 10 元，不足 1 元按 1 小时计。")["费用"] == UNKNOWN


@given(st.integers(1, 400), st.integers(401, 900))
@settings(max_examples=15, deadline=None)
def test_limits_in_money_or_without_a_unit_stay_limits_of_the_amount(least: int, most: int) -> None:
    found = lines(f"{CHINESE}费用 = 时长 × 0.5 元，不足 {least} 元按 {least} 元收，最多 {most}。")
    assert found["费用"] == (f"min({most}, max({least}, 时长 * 0.5))",)
    found = lines(f"{ENGLISH}fee = duration × 0.5 EUR, at least {least} EUR, at most ${most}.")
    assert found["fee"] == (f"min({most}, max({least}, duration * 0.5))",)


@pytest.mark.parametrize(
    "rule",
    [
        "| 情形 | 说明 |\n| --- | --- |\n| 大团 | 超过 10 人的部分每人 8 元 |\n",
        "团体另有优惠。",
        "费用由客服协商确定的，以协商结果为准。",
        "会员享受会员折扣。",
    ],
)
def test_a_rule_in_a_table_or_in_other_words_leaves_the_amount_unknown(rule: str) -> None:
    assert lines(f"{CHINESE}费用 = 人数 × 10 元。\n\n{rule}")["费用"] == UNKNOWN


@pytest.mark.parametrize(
    "rule",
    [
        "| Case | Note |\n| --- | --- |\n| groups | everything over 10 seats is charged at 8 EUR |\n",
        "Students pay a reduced fee.",
        "The fee depends on the season.",
        "On Sundays the fee is halved.",
    ],
)
def test_an_english_rule_in_a_table_or_in_other_words_leaves_it_unknown_too(rule: str) -> None:
    assert lines(f"{ENGLISH}fee = seats × 10 EUR.\n\n{rule}")["fee"] == UNKNOWN


def test_a_rule_in_a_table_of_another_section_counts_where_it_speaks_of_an_input() -> None:
    rule = "## 3 大团\n\n| 情形 | 说明 |\n| --- | --- |\n| 大团 | 超过 10 人的部分每人 8 元 |\n"
    assert lines(f"{CHINESE}费用 = 人数 × 10 元。\n\n{rule}")["费用"] == UNKNOWN
