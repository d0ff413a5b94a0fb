"""Short documents in different styles, each read into a model."""

from collections.abc import Callable

from casewright.design.model.schema import Model, Reject

Read = Callable[[str], Model]


def _conditions(model: Model, operation: str) -> list[str]:
    return [
        each.condition if isinstance(each, Reject) else each for each in model.operations[operation].reject
    ]


def _says(model: Model, operation: str) -> list[str | None]:
    return [each.say for each in model.operations[operation].reject if isinstance(each, Reject)]


SHOP = """
# 下单

## 1 范围
包含：**提交订单**、**取消订单**。不包含：退款。

## 2 字段
提交订单填写：

| 字段 | 类型 | 必填 | 取值 |
| --- | --- | --- | --- |
| **数量** | 整数 | 是 | 1～99 |
| **配送方式** | 枚举 | 否 | 不配送、快递、自提；不填按“不配送” |

取消订单没有字段。

## 3 状态
订单状态有「无订单」「待支付」「已取消」三种，新账户为「无订单」。

- **提交订单**：成功后订单为「待支付」。
- **取消订单**：「待支付」→「已取消」。

## 4 提示语
同时有多处问题时按下表从上到下，只返回第一条：

| 场景 | 提示 |
| --- | --- |
| 数量不正确 | 数量有误 |
| 配送方式取值不正确 | 配送方式不存在 |
| 提交订单时已有待支付订单 | 请先处理未支付订单 |
| 所选快递不送达 | 该地区不支持 |
| 取消时没有待支付订单 | 没有待支付的订单 |

## 5 待定
- 是否支持货到付款？
"""


def test_a_refusal_table_gives_each_operation_its_refusals_in_order(read: Read) -> None:
    model = read(SHOP)
    assert list(model.operations) == ["提交订单", "取消订单"]
    assert _conditions(model, "提交订单") == [
        "数量 invalid",
        "配送方式 invalid",
        "state = 待支付",
        "unknown and 配送方式 = 快递",
    ]
    assert _says(model, "提交订单") == ["数量有误", "配送方式不存在", "请先处理未支付订单", "该地区不支持"]
    assert _conditions(model, "取消订单") == ["state != 待支付"]


def test_the_states_and_what_an_operation_does_to_them_are_read(read: Read) -> None:
    model = read(SHOP)
    assert model.states is not None
    assert model.states.are == ("无订单", "待支付", "已取消")
    assert model.states.starts == "无订单"
    assert model.operations["提交订单"].then[0].set == {"state": "待支付"}


def test_every_element_names_the_requirement_items_that_it_rests_on(read: Read) -> None:
    model = read(SHOP)
    assert all(one.source for one in model.operations["提交订单"].inputs.values())
    assert all(each.source for each in model.operations["提交订单"].reject if isinstance(each, Reject))


def test_a_field_keeps_bounds_default_and_requiredness(read: Read) -> None:
    inputs = read(SHOP).operations["提交订单"].inputs
    assert (inputs["数量"].min, inputs["数量"].max, inputs["数量"].required) == ("1", "99", "yes")
    assert (inputs["配送方式"].required, inputs["配送方式"].if_left_out) == ("no", "不配送")


CLAIMS = """
# Claims

Before anything is created we say *No claim*. A new claim is a *Draft*. Further states: *Submitted*, *Paid*.
The roles are **Claimant** and **Finance**.

| Operation | Claimant | Finance |
| --- | --- | --- |
| Create claim | No claim | – |
| Submit | Draft | – |
| Pay | – | Submitted |
| View claim | all but No claim | Submitted, Paid |

## Stories

### Start a claim
- **purpose** is mandatory: 5 to 80 characters, spaces at either end not counted.
- The claim starts as Draft.

## When something is refused
The answer carries one message, the first one that applies in this order:

1. `You may not do this.` – a dash in the table, or no role
2. `Not now.` – the role may do it, but not now
3. `Please complete the form.` – something mandatory is missing, of the wrong kind, too short or too long
"""


def test_a_matrix_of_roles_and_states_says_who_may_do_what_and_when(read: Read) -> None:
    model = read(CLAIMS)
    assert model.may["Create claim"] == {"Claimant": ("No claim",)}
    assert model.may["View claim"]["Claimant"] == ("Draft", "Submitted", "Paid")
    assert _conditions(model, "Pay")[:2] == ["actor may never", "actor may not now"]


def test_the_story_that_starts_a_claim_describes_the_operation_that_the_table_calls_create(
    read: Read,
) -> None:
    operation = read(CLAIMS).operations["Create claim"]
    assert str(operation.inputs["purpose"].length) == "5..80"
    assert operation.inputs["purpose"].trimmed == "yes"
    assert operation.then[0].set == {"state": "Draft"}


def test_a_list_of_messages_in_order_gives_the_refusals_in_order(read: Read) -> None:
    assert _says(read(CLAIMS), "Create claim") == [
        "You may not do this.",
        "Not now.",
        "Please complete the form.",
    ]


BOOKING = """
# Gym class booking

## 1 Book a class
The member must enter:

- **class code**: 3 capital letters followed by 2 digits
- **spots**: a whole number between 1 and 4 (inclusive)

The system shall reject the booking with the message "Unknown class." if the class code is malformed.
On success the system returns the **booking number**.

## 2 Out of scope
Waiting lists must not be built.
"""


def test_a_document_without_an_order_of_checks_is_not_taken_as_complete(read: Read) -> None:
    model = read(BOOKING)
    assert _conditions(model, "Book a class")[0] == "unknown"
    assert "class code invalid" in _conditions(model, "Book a class")
    assert any(question.kind == "gap" for question in model.questions)


def test_what_an_operation_answers_is_named_but_not_guessed(read: Read) -> None:
    assert read(BOOKING).operations["Book a class"].answer == {"booking number": "unknown"}


def test_what_is_out_of_scope_becomes_no_part_of_the_model(read: Read) -> None:
    assert "aiting" not in read(BOOKING).model_dump_json()


def test_a_transition_table_gives_states_and_their_changes(read: Read) -> None:
    model = read(
        """
# 订单

新订单的初始状态为“待付款”。

| 当前状态 | 操作 | 下一状态 |
| --- | --- | --- |
| 待付款 | 付款 | 待发货 |
| 待付款 | 关闭订单 | 已关闭 |
| 待发货 | 发货 | 已发货 |

其他状态下的操作一律拒绝，提示“操作不允许”。
"""
    )
    assert _conditions(model, "发货") == ["state not in [待发货]"]
    assert _says(model, "发货") == ["操作不允许"]
    assert model.operations["发货"].then[0].set == {"state": "已发货"}


def test_a_table_of_values_answers_an_output_of_its_name(read: Read) -> None:
    model = read(
        """
# 运费

## 查询运费
用户选择**地区**和**重量档**后，“查询运费”返回**运费**。

| 地区 | 重量档 | 运费 |
| --- | --- | --- |
| 同城 | 轻 | 8 |
| 同城 | 重 | 12 |
| 外省 | 轻 | 15 |

| 情形 | 提示语 |
| --- | --- |
| 地区或重量档缺失、取值不正确 | 请检查填写内容 |
| 地区与重量档的组合不支持 | 暂不支持 |
"""
    )
    operation = model.operations["查询运费"]
    table = next(iter(model.tables))
    assert operation.answer == {"运费": f"{table}[地区, 重量档].运费"}
    assert _conditions(model, "查询运费")[1] == f"{table}[地区, 重量档] missing"


def test_an_empty_or_plain_document_gives_a_model_without_operations(read: Read) -> None:
    assert read("# Minutes\n\nWe met on Tuesday and had tea.\n").operations == {}
