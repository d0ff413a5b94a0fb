"""The words of a refusal as a condition: none of them is left out; what is not understood is `unknown`."""

from collections.abc import Callable

import pytest

from casewright.design.model.schema import Model, Reject

Read = Callable[[str], Model]

RENTAL = """
# 租车系统

## 1 租车
客户提交租车，输入：

| 字段 | 类型 | 必填 | 规则 |
| --- | --- | --- | --- |
| 租期 | 整数 | 是 | 1～30 |
| 时长 | 整数（分钟） | 是 | 1～600 |
| 押金 | 整数 | 是 | 0～20000 |
| 车型 | 枚举 | 是 | 轿车、货车、客车 |
| 备注 | 文本 | 否 | 不超过 50 字 |
| 取车码 | 文本 | 否 | 不超过 20 字 |

### 1.1 提示
按下列次序判断：

| 场景 | 提示 |
| --- | --- |
"""
LEASE = """
# Car rental

## 1 Rent a car
Customers rent a car with these inputs:

| Field | Type | Required | Rule |
| --- | --- | --- | --- |
| days | integer | yes | 1 to 30 |
| length | integer (cm) | yes | 1 to 150 |
| deposit | integer | yes | 0 to 20000 |
| start date | date | yes | YYYY-MM-DD |
| return date | date | yes | YYYY-MM-DD |

### 1.1 Refusals
The first one that applies wins:

| Condition | Message |
| --- | --- |
"""


def _condition(model: Model) -> list[str]:
    """Of the one refusal that the document tells."""
    (operation,) = model.operations.values()
    return [each.condition for each in operation.reject if isinstance(each, Reject) and each.say]


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("租期超过 20", "租期 > 20"),
        ("租期不超过 2", "租期 <= 2"),
        ("押金未超过 100", "押金 <= 100"),
        ("租期不得少于 3", "租期 >= 3"),
        ("租期超过 7 天而备注未填", "租期 > 7 and 备注 missing"),
        ("押金超过 9000 且车型为货车", "押金 > 9000 and 车型 = 货车"),
        ("押金超过 9000 且是会员", "unknown"),
        ("租期超过 20 天，否则可办理", "unknown"),
        ("押金超过 5000 时，必须填写备注，否则", "押金 > 5000 and 备注 missing"),
        ("时长大于 2 小时", "时长 > 120"),
        ("时长大于 1 天零 2 小时", "时长 > 1440 and unknown"),
        ("时长大于 90 分钟", "时长 > 90"),
        ("未选择货车时超载", "unknown"),
        ("货车以外的车辆超载", "unknown"),
        ("货车不能进城", "unknown and 车型 = 货车"),
        ("取车码错误", "(取车码 invalid or not 取车码 missing and unknown)"),
    ],
)
def test_a_chinese_refusal_holds_just_when_its_words_say_so(read: Read, words: str, condition: str) -> None:
    assert _condition(read(f"{RENTAL}| {words} | 不能租车 |\n")) == [condition]


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("days more than 20", "days > 20"),
        ("days not more than 2", "days <= 2"),
        ("days more than 2 weeks", "days > 14"),
        ("days more than 2 months", "unknown"),
        ("length below 0.2 m", "length < 20"),
        ("length below 20 cm", "length < 20"),
        ("return date earlier than start date", "return date < start date"),
        ("return date not later than start date", "return date <= start date"),
        ("return date on or before start date", "return date <= start date"),
        ("deposit below 100 unless the customer is a member", "unknown"),
        ("deposit over 9000 and the customer is no member", "unknown"),
    ],
)
def test_an_english_refusal_holds_just_when_its_words_say_so(read: Read, words: str, condition: str) -> None:
    assert _condition(read(f"{LEASE}| {words} | Not possible |\n")) == [condition]


@pytest.mark.parametrize(
    ("intro", "rows"),
    [
        ("以下仅提示，不影响租车：", "| 场景 | 提示 |\n| --- | --- |\n| 押金大于 9000 | 押金较多 |\n"),
        ("租车成功后提示“祝您一路平安”。", ""),
        ("如果押金超过 9000，提示“押金较多”，但仍可提交。", ""),
    ],
)
def test_what_is_said_without_refusing_is_no_refusal(read: Read, intro: str, rows: str) -> None:
    text = f"{RENTAL}| 租期超过 20 | 不能租车 |\n\n{intro}\n\n{rows}"
    assert _condition(read(text)) == ["租期 > 20"]


def test_what_is_only_a_warning_refuses_nothing(read: Read) -> None:
    assert _condition(read(f"{RENTAL}| 押金大于 15000，仍可继续办理 | 请注意押金 |\n")) == []


def test_whether_invalid_inputs_are_looked_at_first_is_open_where_nothing_is_said_of_them(read: Read) -> None:
    (operation,) = read(f"{RENTAL}| 租期超过 20 | 不能租车 |\n").operations.values()
    first = operation.reject[0]
    assert isinstance(first, Reject)
    assert (first.condition, first.say) == ("unknown and some input invalid", None)
    assert operation.reject[-1] == "each invalid input"


STAY = """
# Parking

## 1 Terms
- **Stay** - the time from the entry time to the exit time, in minutes.

## 2 Price a stay
Drivers price a stay with these inputs:

| Field | Type | Required | Rule |
| --- | --- | --- | --- |
| entry time | date and time | yes | YYYY-MM-DD HH:MM |
| exit time | date and time | yes | YYYY-MM-DD HH:MM |

### 2.1 Refusals
The first one that applies wins:

| Condition | Message |
| --- | --- |
"""


def test_a_limit_that_is_told_in_two_units_is_one_limit_where_they_agree(read: Read) -> None:
    agree = read(f"{STAY}| stay of more than 2 days, i.e. beyond 2,880 minutes | Too long |\n")
    assert _condition(agree) == ["minutes from entry time to exit time > 2880"]
    differ = read(f"{STAY}| stay of more than 2 days, i.e. beyond 2,800 minutes | Too long |\n")
    assert _condition(differ) == ["unknown"]


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("租车已被他人预订", "unknown"),
        ("该车已下架", "unknown"),
        ("已租车未还", "unknown and 此前有操作成功"),
        ("重复提交", "unknown and 此前有操作成功"),
    ],
)
def test_only_what_an_operation_has_done_is_known_not_to_be_so_at_the_start(
    read: Read, words: str, condition: str
) -> None:
    assert _condition(read(f"{RENTAL}| {words} | 不能租车 |\n")) == [condition]


@pytest.mark.parametrize(
    ("sentence", "doubtful"),
    [
        ("不得租车给未满 18 周岁的人。", True),
        ("租车期间严禁转借他人。", True),
        ("租车的租期超过 20 天的，不得办理。", False),
        ("", False),
    ],
)
def test_a_prohibition_that_no_line_of_the_order_speaks_of_makes_acceptance_doubtful(
    read: Read, sentence: str, doubtful: bool
) -> None:
    (operation,) = read(
        f"{RENTAL}| 租期超过 20 天 | 租期太长 |\n\n## 2 规则\n{sentence}\n"
    ).operations.values()
    conditions = [each.condition for each in operation.reject if isinstance(each, Reject)]
    assert ("unknown" in conditions) is doubtful


@pytest.mark.parametrize("sentence", ["租期不得超过 20。", "租期最多 20。", "租期须不低于 2。"])
def test_a_bound_in_a_sentence_that_contradicts_the_table_leaves_the_field_open(
    read: Read, sentence: str
) -> None:
    (operation,) = read(f"{RENTAL}| 租期不正确 | 租期有误 |\n\n## 2 规则\n{sentence}\n").operations.values()
    assert operation.inputs["租期"].unread
    assert (operation.inputs["租期"].min, operation.inputs["租期"].max) == ("1", "30")
