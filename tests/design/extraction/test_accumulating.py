"""What persists between operations, read from short documents of many domains; and from the shared ones."""

# ruff: noqa: E501 -- documents as people write them, a paragraph to a line

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.design.extraction.accumulations.accumulating import Accumulation, Limit, read_accumulations
from casewright.design.extraction.behaviour.completing import complete_fields
from casewright.design.extraction.behaviour.operations import find_operations
from casewright.design.extraction.behaviour.vocabulary import read_vocabulary
from casewright.design.extraction.fields.fields import read_field_sets
from casewright.design.extraction.formulas.lookups import read_lookups
from casewright.design.extraction.refusals.refusals import read_refusals
from casewright.design.extraction.text.passages import passages
from casewright.design.items import split
from casewright.design.model.schema import InputType, Model
from casewright.documents.limits import Limits
from casewright.documents.readers.markdown import reader as markdown

Steps = dict[str, list[tuple[str | None, dict[str, str]]]]
BENCH = Path(__file__).resolve().parents[3] / ".." / "shared" / "bench"


def _read(text: str) -> tuple[dict[str, Accumulation], dict[str, Limit]]:
    """The quantities by name, the limits by condition."""
    document = markdown.read(text.encode(), "document.md", Limits(), lambda _: None)
    walked = passages([document], split([document]))
    operations = find_operations(walked, read_field_sets(walked), read_vocabulary(walked))
    complete_fields(operations, walked)
    accumulations, limits = read_accumulations(
        walked, operations, read_lookups(walked, operations), read_refusals(walked, operations)
    )
    return {each.name: each for each in accumulations}, {each.condition: each for each in limits}


def _steps(one: Accumulation) -> Steps:
    return {name: [(each.when, each.set) for each in effects] for name, effects in one.effects.items()}


def _shared(name: str) -> tuple[dict[str, Accumulation], dict[str, Limit]]:
    path = BENCH / name / "requirement.md"
    if not path.exists():
        pytest.skip(f"no shared documents beside the checkout: {path}")
    return _read(path.read_text(encoding="utf-8"))


CARD = """
# 校园卡

## 1 说明
系统一次只面对一个账户。新账户的余额初始为 20 元。
- **消费累计**：当日成功消费的金额之和。

## 2 充值
“充值”时须填写**充值金额**（数值，10～500，最多两位小数）。充值成功后，余额增加充值金额，返回**余额**。

## 3 消费
“消费”时须填写**消费金额**（数值，不低于 0.01，最多两位小数）和**商户类型**（食堂 或 超市）。

- 成功后从余额中扣除消费金额，返回**余额**。
- 消费累计加上本次消费金额后，不得超过 100 元。
- 超市每天最多消费 3 次。
- 消费金额不得大于当前余额。

## 4 日终
“日终”无须填写内容：消费累计、超市次数清零，余额不变。

## 5 提示语
按下表从上到下，只返回第一条：

| 场景 | 提示 |
| --- | --- |
| 金额或商户类型不正确 | 请检查填写内容 |
| 超市消费次数超过上限 | 今日超市消费次数已用完 |
| 当日消费累计超过限额 | 超过当日消费限额 |
| 余额不足 | 余额不足，请充值 |
"""

GIFT = """
# Gift cards

## 1 Scope
Everything here is about one customer. In scope: **top up**, **buy an item**, **end of day**, **show balance**.

## 2 Top up
*Top up* takes an **amount** (a number from 5.00 to 200.00, at most 2 decimals). It adds the amount to the balance. The answer shows the **balance**. The account starts with a balance of 50.00.

## 3 Buy an item
*Buy an item* takes a **price** (a number from 0.01 to 500.00, at most 2 decimals). The price is deducted from the balance. The answer shows the **balance**. The balance must be at least the price.

- An item can be bought at most twice a day.

## 4 End of day
*End of day* takes nothing. The balance stays as it is.

## 5 Show balance
Returns the **balance**.

## 6 Messages
| When | Message |
| --- | --- |
| amount or price missing or invalid | Please check your input. |
| balance too low | Your balance is too low. |
"""

SMS = """
# 短信验证码

## 1 范围
包含：**发送验证码**。

## 2 发送验证码
“发送验证码”时须填写**手机号**（11 位数字）。同一手机号每天最多发送 5 次，超过时提示“发送过于频繁”。
"""

ROOM = """
# 会议室

## 1 范围
包含：**预约会议室**、**取消预约**。

## 2 预约会议室
预约会议室须填写**会议室**（大、中、小 三者之一）和**时长**（1～4 的整数）。每人每天最多预约 2 次。

## 3 取消预约
取消预约须填写**取消原因**（文本，2～50 个字）。

## 4 提示语
| 场景 | 提示 |
| --- | --- |
| 填写内容不正确 | 填写有误 |
| 预约次数超过上限 | 今日预约次数已用完 |
"""

CREDITS = """
# Exports

## Scope
In scope: **export report**, **buy credits**, **view credits**.
A workspace starts with 3 credits. All of this is about one workspace.

## Export report
*Export report* takes a **format** (`pdf` or `csv`). Every export costs one credit; a refused request uses no credits. The answer shows the **credits**.

## Buy credits
*Buy credits* takes a **quantity** (a whole number from 1 to 10). The quantity is added to the credits. The answer shows the **credits**.

## View credits
Shows the **credits**.

## Refusals
| When | Message |
| --- | --- |
| format or quantity missing or wrong | Please check. |
| not enough credits | You have no credits left. |
"""

DATA = """
# Mobile data

## Terms
- **used today** – the sum of all accepted amounts of the day.
- **sum per zone** – the sum of all accepted amounts of the day for each zone.

## Use data
To *use data* the caller sends a **zone** (`home` or `roaming`) and an **amount** (a whole number from 1 to 500).

- Used today plus the amount must not exceed 1,000.
- Sum per zone plus the amount must not exceed 600.
- Roaming can be used at most 4 times a day.

## New day
*New day* takes nothing. Used today and sum per zone are reset.

## Refusals
| When | Message |
| --- | --- |
| zone or amount missing or wrong | Please check. |
| over the limit of the day | Daily limit exceeded. |
"""

DRAW = """
# 抽奖与取现

## 1 抽奖
“抽奖”时须填写**档位**（普通、豪华 二者之一）。每个用户终身只能抽奖 1 次豪华档位。

- 每笔成功的抽奖取得一个流水号。
- **流水号**：从 1001 开始逐笔递增，抽奖成功后返回**流水号**。

## 2 取现
“取现”时须填写**取现金额**（数值，1～5000）和**币种**（人民币 或 美元）。每月前 3 笔成功的美元取现免手续费。取现成功后返回**积分**。积分按取现金额的一定比例赠送。

## 3 兑换
“兑换”时须填写**数量**（1～10 的整数）。兑换成功后积分减少 100 分，返回**积分**。积分不足 100 分时拒绝。
"""

WALLET = """
# Wallet

## Scope
In scope: **deposit**, **withdraw**, **view wallet**. One customer has one wallet.

## Deposit
*Deposit* takes an **amount** (a number from 1.00 to 1,000.00, at most 2 decimals).

## Withdraw
*Withdraw* takes a **sum** (a number from 1.00 to 500.00, at most 2 decimals) and answers with the **balance**. The fee of 1.00 and the sum are deducted from the balance. A withdrawal may not exceed the balance. A refused withdrawal is not deducted from the balance.

## View wallet
Shows the **balance**.
"""

STOCK = """
# 仓库

## 1 范围
包含：**入库**、**出库**、**查询库存**。

## 2 入库
“入库”时须填写**商品**（苹果、梨、桃 三者之一）和**入库数量**（1～100 的整数）。入库成功后，该商品库存增加入库数量，返回**库存**。各商品的库存初始均为 0。

## 3 出库
“出库”时须填写**商品**（苹果、梨、桃 三者之一）和**出库数量**（1～100 的整数）。出库成功后该商品库存减少出库数量，返回**库存**。出库数量不得大于当前库存。

## 4 查询库存
选择**商品**后返回**库存**。

## 5 提示语
| 场景 | 提示 |
| --- | --- |
| 商品或数量不正确 | 填写有误 |
| 库存不足 | 库存不足 |
"""

LEAVE = """
# 请假

## 1 范围
包含：**申请调休**、**取消调休**、**结转**。员工同一时间可以有多张申请。

## 2 申请调休
申请调休须填写**调休天数**（数值，0.5～5，以 0.5 为单位）。成功后调休余额扣减调休天数，返回**调休余额**。调休余额初始为 5 天。每月最多申请 2 次，被拒绝的不算。

## 3 取消调休
取消调休须填写**原因**（文本，2～50 个字）。取消后扣掉的天数退回调休余额。

## 4 结转
结转无须填写内容。结转后调休余额恢复为 5 天。

## 5 提示语
| 场景 | 提示 |
| --- | --- |
| 天数不正确 | 天数有误 |
| 调休余额不够 | 余额不够 |
| 本月申请次数超过上限 | 本月申请次数已用完 |
"""

FORUM = """
# Questions

## Scope
In scope: **post question**, **delete question**, **answer question**.

## Post question
*Post question* takes a **title** (5 to 80 characters). Up to 3 questions may be posted per day. Questions are numbered 1, 2, 3 and so on; the answer shows the **question number**. Posting costs 10 points, and only gold members get 5 points back. The answer shows the **points**.

## Delete question
*Delete question* takes a **reason** (5 to 80 characters). The points are given back.

## Answer question
*Answer question* takes a **text** (5 to 500 characters). Points go up by 2. The answer shows the **points**.
"""

DEBT = """
# 缴费

## 1 说明
- 未缴金额：欠款初始为 0。

## 2 计费
“计费”时须填写**费用**（数值，大于 0，最多两位小数）。费用计入欠款，返回**欠款**。

## 3 缴费
“缴费”时须填写**缴费金额**（数值，大于 0，最多两位小数）。缴费金额不得大于欠款，否则提示“缴费金额超过欠款”。成功后欠款减去缴费金额，返回**欠款**。若缴费金额超过 100 元，欠款再减少 5 元。
"""


BANK = """
# 活期存款

## 1 范围
系统只面对一个账户，账户余额初始为 100 元。

## 2 存款
“存款”时须填写**存款金额**（数值，大于 0，最多两位小数）。存款后账户余额增加存款金额，返回**账户余额**。每月前 2 次存款免手续费，之后每笔收 1 元，从账户余额中扣除。

## 3 取款
“取款”时须填写**取款金额**（数值，大于 0，最多两位小数）。取款成功从账户余额扣减取款金额，返回**账户余额**。每日取款次数不超过 3 次。单日累计取款不得超过 20,000 元。余额不足时提示“余额不足”。

## 4 冲正
“冲正”时须填写**流水号**（整数）。冲正成功后原交易金额退回账户余额。
"""

GYM = """
# Gym passes

## 1 Scope
In scope: **check in**, **renew pass**, **freeze pass**. One member at a time is looked at.

## 2 Check in
*Check in* takes a **class** (`yoga`, `spin` or `swim`). Each check-in uses one visit. The pass starts with 10 visits. The answer shows the **visits**. A member can check in at most twice a day. Swim can be checked in at most once a day.

## 3 Renew pass
*Renew pass* takes a **months** (a whole number from 1 to 12). The visits are set to 10.

## 4 Freeze pass
*Freeze pass* takes a **reason** (5 to 50 characters). Only three freezes are allowed per year.
"""


def test_a_balance_goes_up_and_down_with_the_amounts_that_the_document_names() -> None:
    balance = _read(CARD)[0]["余额"]
    assert balance.variable.starts == "20"
    assert balance.variable.scale == 2
    assert _steps(balance) == {
        "充值": [(None, {"余额": "余额 + 充值金额"})],
        "消费": [(None, {"余额": "余额 - 消费金额"})],
    }
    assert dict(balance.answers) == {"充值": "余额", "消费": "余额"}


def test_the_sum_of_a_day_grows_with_every_accepted_amount() -> None:
    total = _read(CARD)[0]["消费累计"]
    assert total.variable.starts == "0"
    assert _steps(total) == {"消费": [(None, {"消费累计": "消费累计 + 消费金额"})]}


def test_limits_read_the_refusals_that_rest_on_them() -> None:
    limits = _read(CARD)[1]
    assert {condition: each.text for condition, each in limits.items()} == {
        "超市次数 >= 3 and 商户类型 = 超市": "超市消费次数超过上限",
        "消费累计 + 消费金额 > 100": "当日消费累计超过限额",
        "消费金额 > 余额": "余额不足",
    }
    assert all(each.operations == ("消费",) and len(each.ids) == 2 for each in limits.values())


def test_an_english_balance_is_read_like_a_chinese_one() -> None:
    found, limits = _read(GIFT)
    assert found["balance"].variable.starts == "50.00"
    assert _steps(found["balance"]) == {
        "top up": [(None, {"balance": "balance + amount"})],
        "buy an item": [(None, {"balance": "balance - price"})],
    }
    assert limits["balance < price"].text == "balance too low"
    assert limits["times bought >= 2"].operations == ("buy an item",)


def test_what_the_end_of_a_day_does_to_a_daily_count_is_unknown_unless_it_is_told() -> None:
    assert _steps(_read(GIFT)[0]["times bought"])["end of day"] == [(None, {"times bought": "unknown"})]


def test_a_count_for_every_telephone_number_is_not_held_in_one_variable() -> None:
    assert _read(SMS) == ({}, {})


def test_whether_a_cancelled_booking_gives_back_its_count_is_unknown_unless_it_is_told() -> None:
    found, limits = _read(ROOM)
    assert _steps(found["预约会议室次数"]) == {
        "预约会议室": [(None, {"预约会议室次数": "预约会议室次数 + 1"})],
        "取消预约": [(None, {"预约会议室次数": "unknown"})],
    }
    assert limits["预约会议室次数 >= 2"].text == "预约次数超过上限"


def test_the_sum_that_a_daily_limit_speaks_of_is_a_quantity_of_its_own() -> None:
    found, limits = _read(BANK)
    assert _steps(found["单日累计取款"]) == {
        "取款": [(None, {"单日累计取款": "单日累计取款 + 取款金额"})],
        "冲正": [(None, {"单日累计取款": "unknown"})],
    }
    assert {"单日累计取款 + 取款金额 > 20000", "取款次数 >= 3", "账户余额 < 取款金额"} == set(limits)


def test_a_fee_that_is_taken_after_some_free_times_leaves_the_balance_unknown() -> None:
    assert _steps(_read(BANK)[0]["账户余额"])["存款"] == [(None, {"账户余额": "unknown"})]


def test_a_count_of_all_and_a_count_of_some_are_two() -> None:
    assert set(_read(GYM)[1]) == {"times checked >= 2", "swim times checked >= 1 and class = swim"}


@pytest.mark.parametrize(
    ("limit", "instead"),
    [
        ("超市每天最多消费 3 次", "每天最多提醒 3 次"),
        ("超市每天最多消费 3 次", "以每天 2 次的频率对账"),
        ("超市每天最多消费 3 次", "每笔消费最多拆分 3 次"),
        ("超市每天最多消费 3 次", "超市每天最多消费 3 次，节假日不算"),
    ],
)
def test_what_only_sounds_like_a_limit_on_the_operation_is_none(limit: str, instead: str) -> None:
    assert not any(">=" in condition for condition in _read(CARD.replace(limit, instead))[1])


def test_once_before_a_sentence_is_no_number() -> None:
    text = GIFT.replace(
        "An item can be bought at most twice a day", "An item can be bought once it is in stock"
    )
    assert not any(">=" in condition for condition in _read(text)[1])


def test_what_each_use_costs_is_taken_off_and_must_be_there() -> None:
    found, limits = _read(CREDITS)
    assert found["credits"].variable.starts == "3"
    assert found["credits"].variable.type is InputType.INTEGER
    assert _steps(found["credits"]) == {
        "export report": [(None, {"credits": "credits - 1"})],
        "buy credits": [(None, {"credits": "credits + quantity"})],
    }
    assert limits["credits < 1"].text == "not enough credits"


def test_a_sum_for_each_zone_is_kept_apart_and_all_are_set_back_together() -> None:
    found, limits = _read(DATA)
    assert found["sum per zone"].variable.per == "zone"
    assert _steps(found["sum per zone"]) == {
        "use data": [(None, {"sum per zone[zone]": "sum per zone[zone] + amount"})],
        "New day": [(None, {"sum per zone[every]": "0"})],
    }
    assert set(limits) == {
        "used today + amount > 1000",
        "sum per zone[zone] + amount > 600",
        "roaming times used >= 4 and zone = roaming",
    }


def test_a_number_that_is_given_out_counts_up_from_the_one_before_the_first() -> None:
    number = _read(DRAW)[0]["流水号"]
    assert number.variable.starts == "1000"
    assert _steps(number) == {"抽奖": [(None, {"流水号": "流水号 + 1"})]}
    assert dict(number.answers) == {"抽奖": "流水号"}


def test_free_ones_are_counted_for_the_kind_that_is_free() -> None:
    assert _steps(_read(DRAW)[0]["免费笔数"]) == {"取现": [("币种 = 美元", {"免费笔数": "免费笔数 + 1"})]}


def test_a_part_of_the_amount_that_is_not_told_leaves_the_balance_unknown() -> None:
    assert _steps(_read(DRAW)[0]["积分"])["取现"] == [(None, {"积分": "unknown"})]


def test_a_fee_without_an_input_is_never_left_out_of_what_is_deducted() -> None:
    assert "balance" not in _read(WALLET)[0]


def test_a_stock_per_product_must_suffice() -> None:
    found, limits = _read(STOCK)
    assert (found["库存"].variable.per, found["库存"].variable.starts) == ("商品", "0")
    assert limits["出库数量 > 库存[商品]"].text == "库存不足"


def test_what_is_given_back_without_an_amount_is_unknown() -> None:
    found, limits = _read(LEAVE)
    assert _steps(found["调休余额"]) == {
        "申请调休": [(None, {"调休余额": "调休余额 - 调休天数"})],
        "取消调休": [(None, {"调休余额": "unknown"})],
        "结转": [(None, {"调休余额": "5"})],
    }
    assert limits["调休余额 < 调休天数"].text == "调休余额不够"
    assert limits["申请调休次数 >= 2"].text == "本月申请次数超过上限"


def test_a_change_with_an_exception_is_unknown() -> None:
    points = _read(FORUM)[0]["points"]
    assert _steps(points) == {
        "post question": [(None, {"points": "unknown"})],
        "delete question": [(None, {"points": "unknown"})],
        "answer question": [(None, {"points": "points + 2"})],
    }


def test_a_second_sentence_about_the_same_balance_that_is_not_understood_makes_it_unknown() -> None:
    assert _steps(_read(DEBT)[0]["欠款"]) == {
        "计费": [(None, {"欠款": "欠款 + 费用"})],
        "缴费": [(None, {"欠款": "unknown"})],
    }


@pytest.mark.parametrize("text", [CARD, GIFT, CREDITS, DATA, DRAW, STOCK, LEAVE, FORUM, DEBT])
def test_the_model_with_what_was_read_compiles(text: str, read: Callable[[str], Model]) -> None:
    model = read(text)
    told = {value for each in model.operations.values() for step in each.then for value in step.set.values()}
    assert told - {"unknown"}


@given(
    most=st.integers(1, 99),
    unit=st.sampled_from(["次", "笔"]),
    period=st.sampled_from(["每天", "每月", "每个营业日"]),
)
def test_any_number_of_times_is_the_number_that_was_reached_before_the_refused_one(
    most: int, unit: str, period: str
) -> None:
    text = CARD.replace("超市每天最多消费 3 次", f"超市{period}最多消费 {most} {unit}")
    assert any(f">= {most} and 商户类型 = 超市" in condition for condition in _read(text)[1])


@given(st.text("余额消费加减扣除退回清零不得超过每天最多 3次，。；（）", max_size=40))
def test_no_sentence_breaks_the_reading(sentence: str) -> None:
    found, limits = _read(CARD.replace("- 成功后", f"- {sentence}\n- 成功后"))
    assert all(each.condition for each in limits.values())
    assert all(each.effects for each in found.values())


def test_transfers_accumulate_per_channel_and_account_and_the_new_business_day_clears_them() -> None:
    found, limits = _shared("zh05-transfer")
    assert _steps(found["渠道累计"]) == {
        "转账": [(None, {"渠道累计[渠道]": "渠道累计[渠道] + 转账金额"})],
        "日切": [(None, {"渠道累计[every]": "0"})],
    }
    assert _steps(found["账户余额"])["退汇"] == [(None, {"账户余额": "unknown"})]
    assert found["账户余额"].variable.starts == "1500000.00"
    assert set(limits) == {
        "小程序笔数 >= 5 and 渠道 = 小程序",
        "渠道累计[渠道] + 转账金额 > 限额[渠道, 认证方式].日累计限额",
        "账户累计 + 转账金额 > 1200000",
        "账户余额 < 转账金额 + 手续费",
    }


def test_leave_that_was_taken_off_comes_back_when_the_request_is_refused_or_withdrawn() -> None:
    found, limits = _shared("zh02-leave")
    back = [(None, {"年假余额": "年假余额 + 预扣的年假余额", "预扣的年假余额": "0"})]
    assert _steps(found["年假余额"])["驳回"] == _steps(found["年假余额"])["撤回"] == back
    assert "审批通过" not in found["年假余额"].effects
    assert set(limits) == {"请假类型 = 年假 and 请假天数 > 年假余额"}


def test_items_of_a_claim_come_and_go_and_a_new_claim_has_none() -> None:
    found, limits = _shared("en06-expense")
    assert _steps(found["items"]) == {
        "Add item": [(None, {"items": "items + 1"})],
        "Remove item": [(None, {"items": "items - 1"})],
        "Create claim": [(None, {"items": "0"})],
    }
    assert set(limits) == {"items >= 10", "times returned >= 2"}


@pytest.mark.parametrize("name", ["en01-parking", "en03-loan", "en05-billing", "zh07-library"])
def test_nothing_is_made_up_where_nothing_of_the_kind_can_be_held(name: str) -> None:
    assert _shared(name) == ({}, {})
