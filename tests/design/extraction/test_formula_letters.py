"""Formulas whose letters the document explains: 'P · i / (1 − (1 + i)^−n), where P is the loan amount, …'."""

from fractions import Fraction
from pathlib import Path

import pytest

from casewright.design.expressions.checking import check, check_lines
from casewright.design.expressions.evaluation import Evaluate, compile_expression
from casewright.design.expressions.names import Names
from casewright.design.expressions.parsing import parse, parse_lines
from casewright.design.expressions.static_types import ANY, BOOLEAN, NUMBER
from casewright.design.expressions.values import UNKNOWN, Value
from casewright.design.extraction.behaviour.completing import complete_fields
from casewright.design.extraction.behaviour.operations import find_operations
from casewright.design.extraction.behaviour.vocabulary import read_vocabulary
from casewright.design.extraction.fields.fields import read_field_sets
from casewright.design.extraction.formulas.definitions import read_definitions
from casewright.design.extraction.formulas.examples import Example, World
from casewright.design.extraction.formulas.lookups import read_lookups
from casewright.design.extraction.text.passages import passages
from casewright.design.items import split
from casewright.documents.limits import Limits
from casewright.documents.readers.markdown import reader as markdown

LOAN = Path(__file__).resolve().parents[3] / ".." / "shared" / "bench" / "en03-loan" / "requirement.md"


def lines(text: str) -> dict[str, tuple[str, ...]]:
    document = markdown.read(text.encode(), "document.md", Limits(), lambda _: None)
    walked = passages([document], split([document]))
    operations = find_operations(walked, read_field_sets(walked), read_vocabulary(walked))
    complete_fields(operations, walked)
    found = read_definitions(walked, operations, read_lookups(walked, operations))
    return {each.name: each.lines for each in found}


def worth(text: str, **inputs: Value) -> dict[str, Value]:
    """What every definition of the document is worth for these inputs (`_` stands for a space)."""
    found = lines(text)
    values = {name.replace("_", " "): value for name, value in inputs.items()}
    types = {name: BOOLEAN if isinstance(value, bool) else NUMBER for name, value in values.items()}
    names = Names(inputs=types, lets=dict.fromkeys(found, ANY))
    world = World(Example(values, {}), {name: evaluator(each, names) for name, each in found.items()}, {})
    return {name: world.worth(name) for name in found}


def evaluator(said: tuple[str, ...], names: Names) -> Evaluate:
    if len(said) == 1:
        tree = parse(said[0], names)
        check(tree, names, said[0])
        return compile_expression(tree)
    first_hit = parse_lines(said, names)
    check_lines(first_hit, names, said)
    return compile_expression(first_hit)


def loan() -> str:
    if not LOAN.exists():
        pytest.skip(f"{LOAN} is not there")
    return LOAN.read_text("utf-8")


def test_the_worked_example_of_a_loan_comes_out_to_the_cent() -> None:
    found = worth(
        loan(),
        credit_score=Fraction(720),
        net_monthly_income=Fraction(2400),
        existing_monthly_payments=Fraction(250),
        loan_amount=Fraction(10_000),
        term=Fraction(36),
        existing_customer=False,
    )
    assert {name: found[name] for name in ("band", "interest rate")} == {
        "band": "B",
        "interest rate": Fraction("7.9"),
    }
    assert found["monthly instalment"] == Fraction("312.90")
    assert found["debt burden"] == Fraction("23.5")
    assert found["arrangement fee"] == 150
    assert found["payout"] == 9850
    assert found["total cost"] == Fraction("1414.40")


def test_letters_give_way_to_what_they_stand_for_and_a_percentage_to_a_rate() -> None:
    rate = "(interest rate / 100 / 12)"
    worth_of_it = f"loan amount * {rate} / (1 - (1 + {rate}) ^ -term)"
    assert lines(loan())["monthly instalment"] == (f"round half up({worth_of_it}, 0.01)",)


SAVINGS = """
# 定期储蓄

## 1 存入
提交“存入”时须填写以下字段：

| 字段 | 类型 | 必填 | 取值 |
| --- | --- | --- | --- |
| 存入金额 | 数值，单位元 | 是 | 50～500000，最多两位小数 |
| 期数 | 整数，单位月 | 是 | 1～360 |
| 年利率 | 数值，单位% | 是 | 0～15，最多两位小数 |

返回**到期本息**、**利息**和**每月领取额**。

## 2 计算
- **到期本息** ＝ P ×（1 ＋ r）ⁿ，其中 P 为存入金额，n 为期数（月），r 为月利率（年利率÷12）。\
r 不四舍五入，结果四舍五入到分。
- **利息** ＝ 到期本息 − 存入金额。
- **每月领取额** ＝ P × r × (1 + r)^n ÷ [(1 + r)^n − 1]，\
式中：P 表示存入金额；n 表示期数；r 表示年利率除以 12。向下取整到分。
"""
COMPOUND = "round half up(存入金额 * (1 + (年利率 / 100 / 12)) ^ 期数, 0.01)"


def test_compound_interest_in_chinese_is_worked_out() -> None:
    assert lines(SAVINGS)["到期本息"] == (COMPOUND,)
    found = worth(SAVINGS, 存入金额=Fraction(10_000), 期数=Fraction(12), 年利率=Fraction(3))
    assert found["到期本息"] == Fraction("10304.16")
    assert found["利息"] == Fraction("304.16")
    assert found["每月领取额"] == Fraction("846.93")


def test_an_annuity_without_interest_is_unknown_as_its_formula_divides_by_zero() -> None:
    found = worth(SAVINGS, 存入金额=Fraction(10_000), 期数=Fraction(12), 年利率=Fraction(0))
    assert found["到期本息"] == 10_000
    assert found["每月领取额"] is UNKNOWN


@pytest.mark.parametrize(
    "power", ["(1+r)^n", "（1 ＋ r）^（n）", "(1 + r)**n", "`(1+r)ⁿ`", "(1+r)^{n}", "(1 + r) 的 n 次方"]
)
def test_a_power_may_be_written_in_many_ways(power: str) -> None:
    (found,) = lines(SAVINGS.replace("（1 ＋ r）ⁿ", power))["到期本息"]
    assert found.replace("(期数)", "期数") == COMPOUND


def test_a_raised_minus_is_an_exponent_and_no_difference() -> None:
    (found,) = lines(SAVINGS.replace("（1 ＋ r）ⁿ", "(1 + r)⁻ⁿ"))["到期本息"]
    assert found == COMPOUND.replace("^ 期数", "^ -期数")


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ("（1 ＋ r）ⁿ", "(1 + r)<sup>−n</sup>"),
        ("（1 ＋ r）ⁿ", "(1 + R)ⁿ + r"),
        ("单位月", "单位年"),
        ("单位%", "百分之几未定"),
        ("单位%", "按 0.5% 一档"),
        ("r 不四舍五入", "r 四舍五入到 0.0001"),
        ("n 为期数（月）", "n 为年数"),
        ("n 为期数（月），", ""),
        ("r 为月利率（年利率÷12）", "r 为月利率"),
        ("r 为月利率（年利率÷12）", "r 为年利率÷12，r 为年利率÷365"),
        ("r 不四舍五入", "当 r = 0 时到期本息等于 P，r 不四舍五入"),
    ],
)
def test_a_letter_or_power_that_was_not_understood_makes_the_quantity_unknown(
    said: str, instead: str
) -> None:
    assert said in SAVINGS
    assert lines(SAVINGS.replace(said, instead, 1))["到期本息"] == ("unknown",)


FUEL = """
# Trip cost

## 1 Book a trip
To **book a trip** the driver enters:

| Field | What we accept |
| --- | --- |
| distance | whole number of kilometres, 1 to 2,000 |
| surcharge share | a number in percent, 0 to 50 |
| waiting time | whole minutes, 0 to 600 |

The answer shows the **fare** and the **waiting fee**.

## 2 Prices
- **fare** = 0.4 × d × (1 + s)^2, rounded down to the cent, \
where d stands for the distance in kilometres and s for nothing.
- **waiting fee** = w / 60 * 18, with w = waiting time. Rounded up to the cent.
- **extra** = waiting fee × surcharge share, rounded up to the cent.
"""


def test_letters_of_other_formulas_are_read_in_other_words() -> None:
    found = lines(FUEL)
    assert found["fare"] == ("unknown",)
    assert found["waiting fee"] == ("round up(waiting time / 60 * 18, 0.01)",)
    rewritten = FUEL.replace("s for nothing", "s is the surcharge share")
    assert lines(rewritten)["fare"] == (
        "round down(0.4 * distance * (1 + (surcharge share / 100)) ^ 2, 0.01)",
    )


def test_a_share_that_is_sent_in_percent_is_multiplied_by_as_a_share() -> None:
    found = worth(FUEL, distance=Fraction(1), surcharge_share=Fraction(10), waiting_time=Fraction(20))
    assert found["waiting fee"] == 6
    assert found["extra"] == Fraction("0.6")
