"""Quantities that documents define, each read into lines of the expression language."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.extraction.behaviour.completing import complete_fields
from casewright.design.extraction.behaviour.operations import find_operations
from casewright.design.extraction.behaviour.vocabulary import read_vocabulary
from casewright.design.extraction.fields.fields import read_field_sets
from casewright.design.extraction.formulas.amounts import find_rounding
from casewright.design.extraction.formulas.band_ranges import Range, covers_all, read_range, settled
from casewright.design.extraction.formulas.definition import Definition
from casewright.design.extraction.formulas.definitions import read_definitions
from casewright.design.extraction.formulas.lookups import read_lookups
from casewright.design.extraction.text.passages import passages
from casewright.design.items import split
from casewright.documents.limits import Limits
from casewright.documents.readers.markdown import reader as markdown

BENCH = Path(__file__).resolve().parents[3] / ".." / "shared" / "bench"


def definitions(text: str) -> dict[str, Definition]:
    document = markdown.read(text.encode(), "document.md", Limits(), lambda _: None)
    items = split([document])
    walked = passages([document], items)
    operations = find_operations(walked, read_field_sets(walked), read_vocabulary(walked))
    complete_fields(operations, walked)
    found = read_definitions(walked, operations, read_lookups(walked, operations))
    return {each.name: each for each in found}


def lines(text: str) -> dict[str, tuple[str, ...]]:
    return {name: each.lines for name, each in definitions(text).items()}


def bench(name: str) -> dict[str, tuple[str, ...]]:
    path = BENCH / name / "requirement.md"
    if not path.exists():
        pytest.skip(f"{path} is not there")
    return lines(path.read_text("utf-8"))


PARCEL = """
# 寄件计费

## 1 寄件
提交“寄件”时须填写以下字段：

| 字段 | 类型 | 必填 | 取值 |
| --- | --- | --- | --- |
| 重量 | 数值，单位千克 | 是 | 0.1～50，最多一位小数 |
| 目的地 | 枚举 | 是 | 省内、省外、偏远 |
| 声明价值 | 数值，单位元 | 是 | 0～20000 |
| 会员等级 | 枚举 | 是 | 普通、金卡、钻石卡 |

返回**基本运费**、**保价费**、**折后运费**和**总费用**。

## 2 计费
- **基本运费**：首重 1 千克 12 元，续重每 1 千克 5 元，不足 1 千克按 1 千克计算。
- **保价费** ＝ 声明价值 × 0.5%，不足 1 元按 1 元收，超过 80 元按 80 元收，四舍五入到分。
- **折后运费** ＝ 基本运费 × 会员折扣，向下取整到角。

| 会员等级 | 普通 | 金卡 | 钻石卡 |
| --- | --- | --- | --- |
| 会员折扣 | 1 | 0.95 | 0.9 |

- 目的地为偏远时加收偏远费 8 元。
- **总费用** ＝ 折后运费 ＋ 保价费 ＋ 偏远费。
"""


def test_first_and_further_weight_is_charged_for_each_started_unit() -> None:
    assert lines(PARCEL)["基本运费"] == ("12 + max(0, ceil(重量 - 1)) * 5",)


def test_a_floor_a_cap_and_a_rounding_are_put_on_in_the_order_of_the_sentence() -> None:
    assert lines(PARCEL)["保价费"] == ("round half up(min(80, max(1, 声明价值 * 0.5%)), 0.01)",)


def test_a_table_that_stands_sideways_is_looked_up_by_the_values_of_its_header() -> None:
    found = definitions(PARCEL)["折后运费"]
    assert found.lines == ("round down(基本运费 * 会员折扣表[会员等级].会员折扣, 0.1)",)
    assert found.needs == {"基本运费", "会员等级"}
    (table,) = found.tables
    assert table.table.rows == (("普通", "1"), ("金卡", "0.95"), ("钻石卡", "0.9"))


def test_a_surcharge_is_nothing_in_all_other_cases() -> None:
    found = lines(PARCEL)
    assert found["偏远费"] == ("8 if 目的地 = 偏远", "0 otherwise")
    assert found["总费用"] == ("折后运费 + 保价费 + 偏远费",)


def test_every_definition_names_the_items_that_it_rests_on() -> None:
    assert all(each.ids for each in definitions(PARCEL).values())


POWER = """
# 电费

## 1 抄表
提交“抄表”时须填写以下字段：

| 字段 | 类型 | 必填 | 取值 |
| --- | --- | --- | --- |
| 用电量 | 整数 | 是 | 0～9999 |
| 用户类型 | 枚举 | 是 | 居民、商业 |

返回**单价**和**电费**。

## 2 单价

| 用电量 | 单价 |
| --- | --- |
| 200 度以下 | 0.5 元 |
| 200 度以上 | 0.8 元 |

**电费** ＝ 用电量 × 单价，四舍五入到分。商业用户加收 10%。
"""


def test_a_value_that_two_rows_of_bands_leave_open_is_unknown() -> None:
    assert lines(POWER.replace(" 度", ""))["单价"] == (
        "unknown if 用电量 = 200",
        "0.5 if 用电量 < 200",
        "0.8 if 用电量 > 200",
        "unknown otherwise",
    )


def test_a_markup_for_one_value_of_a_choice_is_a_line_of_its_own() -> None:
    assert lines(POWER)["电费"] == (
        "(round half up(用电量 * 单价, 0.01)) * (1 + 10%) if 用户类型 = 商业",
        "round half up(用电量 * 单价, 0.01) otherwise",
    )


POINTS = """
# 会员兑换

## 1 兑换
提交“兑换”时须填写以下字段：

| 字段 | 类型 | 必填 | 取值 |
| --- | --- | --- | --- |
| 消费金额 | 数值，单位元 | 是 | 0.01～10000，最多两位小数 |
| 使用积分 | 整数 | 是 | 0～5000 |
| 门店 | 枚举 | 是 | 直营、加盟 |

返回**满减**、**积分抵扣**和**手续费**。

## 2 规则
**满减**：消费金额每满 100 元减 8 元，一单最多减 40 元。加盟门店一律不参加，活动期间另行通知。

**积分抵扣**：每 50 积分抵 1 元。

**手续费** ＝ 消费金额 × 1%，遇节假日另行加收 2 元。
"""


def test_a_sentence_that_was_not_understood_makes_just_its_cases_unknown() -> None:
    ordinary = POINTS.replace("一律不参加，活动期间另行通知", "另行计算")
    assert lines(ordinary)["满减"] == (
        "unknown if 门店 = 加盟",
        "min(40, floor(消费金额 / 100) * 8) otherwise",
    )


def test_points_that_may_be_no_whole_steps_and_fees_with_an_unread_case_are_not_guessed() -> None:
    found = lines(POINTS)
    assert "积分抵扣" not in found
    assert found["手续费"] == ("unknown",)


CAR = """
# Car hire

## 1 Quote
To *get a quote*, the caller sends these fields:

| Field | Content | Needed? |
| --- | --- | --- |
| **car class** | `small`, `large` or `van` | always |
| **rental days** | a whole number, 1 to 60 | always |
| **distance** | kilometres, a whole number, 0 to 9000 | always |
| **club member** | `yes` or `no` | optional, left out means `no` |

The answer shows the **base price**, the **mileage charge**, the **deposit** and the **total**.

## 2 Prices

| Car class | Day rate |
| --- | --- |
| small | 39.00 |
| large | 59.00 |
| van | 89.50 |

- **base price** = rental days × day rate, rounded down to the cent.
- **mileage charge** = 0.20 × distance, at most 150 euros. Club members get 10 % off.
- **total** = base price plus mileage charge.

| Rental days | Deposit |
| --- | --- |
| up to 3 days | 100 |
| over 3 days and up to 7 days | 200 |
| over 7 days | 350 |

*Worked example.* A base price of 100.00 and a mileage charge of 20.00 give a total of 130.00.
"""


def test_the_column_of_a_table_is_looked_up_where_a_formula_names_it() -> None:
    found = definitions(CAR)["base price"]
    assert found.lines == ("round down(rental days * Prices[car class].Day rate, 0.01)",)
    assert found.needs == {"rental days", "car class"}


def test_a_discount_for_a_yes_no_field_is_a_line_of_its_own() -> None:
    assert lines(CAR)["mileage charge"] == (
        "(min(150, 0.20 * distance)) * (1 - 10%) if club member = yes",
        "min(150, 0.20 * distance) otherwise",
    )


def test_bands_that_cover_every_number_need_no_unknown_line() -> None:
    assert lines(CAR)["deposit"] == (
        "100 if rental days <= 3",
        "200 if rental days > 3 and rental days <= 7",
        "350 otherwise",
    )


def test_a_definition_that_disagrees_with_a_worked_example_is_unknown() -> None:
    assert lines(CAR)["total"] == ("unknown",)
    assert lines(CAR.replace("130.00", "120.00"))["total"] == ("base price + mileage charge",)


COURT = """
# Court booking

## 1 Book
To *book a court*, the caller sends these fields:

| Field | Content | Needed? |
| --- | --- | --- |
| **hours** | a number, 0.5 to 8 | always |
| **court** | `indoor` or `outdoor` | always |
| **voucher** | text | optional |

The answer shows the **court fee**, the **light fee**, the **discount** and the **amount due**.

## 2 Fees
- The court fee is 12.00 for the first hour and 8.00 for each further hour or part thereof.
- The light fee is 3 euros for each started hour. No light fee is charged for outdoor courts.
- Without a voucher the discount is 0.
- **amount due** = court fee + light fee − discount, rounded to the nearest cent.
"""


def test_a_first_and_each_further_started_hour_are_priced() -> None:
    found = lines(COURT)
    assert found["court fee"] == ("12.00 + max(0, ceil(hours - 1)) * 8.00",)


def test_a_value_that_is_known_only_without_an_optional_input_is_else_unknown() -> None:
    assert lines(COURT)["discount"] == ("0 if voucher missing", "unknown otherwise")


def test_which_way_a_half_goes_is_unknown_where_the_document_does_not_say() -> None:
    whole = "court fee + light fee - discount"
    assert lines(COURT)["amount due"] == (
        f"unknown if ({whole}) / 0.01 - floor(({whole}) / 0.01) = 0.5",
        f"round half up({whole}, 0.01) otherwise",
    )


GYM = """
# Gym membership

## Join
To *join*, the member sends these fields:

| Field | Content | Needed? |
| --- | --- | --- |
| **age** | a whole number, 14 to 99 | always |
| **months** | a whole number, 1 to 24 | always |
| **plan** | `day`, `full` | always |
| **guest pass** | `single`, `family` | always |

The answer shows the **monthly fee**, the **locker fee**, the **first payment** and the **VAT**.

| Age | Monthly fee |
| --- | --- |
| under 18 | €15 |
| 18 and over | €35 |

- The locker fee is 4 euros. No locker fee is charged for family passes.
- **first payment** = monthly fee + locker fee. On the day plan everything costs half.
- **VAT** = first payment × 19 / 119, rounded half up to the cent. The till rounds it again.
"""


def test_a_sentence_about_all_amounts_makes_its_case_unknown_for_each_of_them() -> None:
    assert lines(GYM)["monthly fee"] == (
        "unknown if plan = day",
        "15 if age < 18",
        "35 otherwise",
    )
    assert lines(GYM)["first payment"] == (
        "unknown if plan = day",
        "monthly fee + locker fee otherwise",
    )


def test_a_waiver_behind_a_price_comes_first() -> None:
    assert lines(GYM)["locker fee"][-2:] == ("0 if guest pass = family", "4 otherwise")


def test_a_sentence_behind_a_formula_that_was_not_understood_makes_it_unknown() -> None:
    assert lines(GYM)["VAT"] == ("unknown",)


@pytest.mark.parametrize(
    ("cell", "condition"),
    [
        ("2,000 元及以下", "x <= 2000"),
        ("2,000 元以上至 50,000 元(含)", "x > 2000 and x <= 50000"),
        ("3 天以内(含 3 天)", "x <= 3"),
        ("超过 3 天、不满 7 天", "x > 3 and x < 7"),
        ("满 7 天", "x >= 7"),
        ("10 天以上(不含 10 天)", "x > 10"),
        ("1(不含)至 5(含)", "x > 1 and x <= 5"),
        ("700 to 799", "x >= 700 and x <= 799"),
        ("800 and above", "x >= 800"),
        ("over 7 days", "x > 7"),
        ("under 18", "x < 18"),
        ("more than 2 kg up to 5 kg", "x > 2 and x <= 5"),
        ("no fewer than 10, no more than 500", None),
        ("不论天数", ""),
        ("0 次", "x = 0"),
        ("见说明", None),
    ],
)
def test_a_range_in_a_cell_is_exact_about_its_ends(cell: str, condition: str | None) -> None:
    one = read_range(cell)
    assert (one.condition("x") if one else None) == condition


def test_a_neighbour_settles_an_end_that_the_words_leave_open() -> None:
    cells = ["10 天以下", "10 天及以上"]
    ranges = [each for cell in cells if (each := read_range(cell))]
    done, open_values = settled(ranges)
    assert [each.condition("x") for each in done] == ["x < 10", "x >= 10"]
    assert not open_values
    assert covers_all(done)


def test_two_ranges_that_claim_the_same_value_leave_it_open() -> None:
    ranges: list[Range] = [each for cell in ("0 to 100", "100 to 200") if (each := read_range(cell))]
    assert [str(value) for value in settled(ranges)[1]] == ["100"]


@pytest.mark.parametrize(
    ("text", "worth"),
    [
        ("四舍五入到分", "round half up(x, 0.01)"),
        ("结果保留两位小数,四舍五入", "round half up(x, 0.01)"),
        ("分以下直接舍去", "round down(x, 0.01)"),
        ("向上取整", "ceil(x)"),
        ("rounded down to the cent", "round down(x, 0.01)"),
        ("rounded half up to two decimal places", "round half up(x, 0.01)"),
        ("rounded to the nearest euro, half up", "round half up(x, 1)"),
    ],
)
def test_a_rounding_is_read_with_its_digit_and_way(text: str, worth: str) -> None:
    found = find_rounding(text)
    assert found is not None
    assert found[1].of("x") == worth
    assert found[1].unsure("x") is None


def test_the_fee_of_a_transfer_holds_for_the_cases_that_the_document_tells() -> None:
    realtime = "收款行 = 他行 and 到账方式 = 实时"
    ordinary = "收款行 = 他行 and 到账方式 = 普通"
    assert bench("zh05-transfer")["手续费"] == (
        f"unknown if {ordinary}",
        "0 if 收款行 = 本行",
        f"round half up((min(50, max(2, 转账金额 * 0.05%))) * 0.8, 0.01) if {realtime} and 认证方式 = 安全盾",
        f"round half up(min(50, max(2, 转账金额 * 0.05%)), 0.01) if {realtime}",
        f"1 if {ordinary} and 转账金额 <= 2000",
        f"5 if {ordinary} and 转账金额 > 2000 and 转账金额 <= 50000",
        f"10 if {ordinary}",
        "unknown otherwise",
    )


def test_waivers_of_which_any_one_suffices_come_before_the_price() -> None:
    found = bench("zh01-coupon")
    assert found["基础运费"] == (
        "0 if 优惠券 = 免邮券",
        "0 if 会员等级 = 黑金卡",
        "0 if 会员等级 = 金卡 and 券后金额 >= 59",
        "0 if 券后金额 >= 99",
        "8 otherwise",
    )
    assert found["活动满减"] == (
        "0 if 优惠券 = 满减券",
        "min(100, floor(会员折后金额 / 200) * 20) otherwise",
    )
    assert found["优惠券抵扣"] == ("unknown",)


def test_a_fee_has_a_least_and_a_highest_amount() -> None:
    found = bench("en03-loan")
    assert found["arrangement fee"] == ("min(300, max(30, 1.5% * loan amount))",)


_SCRAPS = [
    "满",
    "每",
    "100",
    "元",
    "0",
    "减",
    "20",
    "%",
    "免",
    "加收",
    "打八折",
    "不超过",
    "首重",
    "续重",
    "千克",
    "按",
    "=",
    "×",
    "-",
    "(",
    ")",
    ",",
    ";",
    "。",
    "四舍五入到分",
    "手续费",
    "金额",
    "普通",
    "至",
    "以上",
    "of",
    "the",
    "fee",
    "rounded",
    "capped",
    "at",
    "first",
    "hour",
]


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_SCRAPS), max_size=14))
def test_no_wording_stops_the_reader(scraps: list[str]) -> None:
    words = " ".join(scraps)
    text = PARCEL.replace(
        "- **保价费** ＝", f"- **手续费**：{words}。\n- **附加费** = {words}。\n- **保价费** ＝"
    )
    assert lines(text)["总费用"]
