"""Use-case tables and sections, read into a model."""

from collections.abc import Callable

from casewright.design.model.schema import InputType, Model, Reject

Read = Callable[[str], Model]


def _refusals(model: Model, operation: str) -> list[tuple[str, str | None]]:
    return [
        (each.condition, each.say) for each in model.operations[operation].reject if isinstance(each, Reject)
    ]


LOCKER = """
# 快递柜需求说明

## 1 状态
包裹的状态见表 1。账户建立时状态为“空闲”。

| 编号 | 状态 | 含义 |
| --- | --- | --- |
| S0 | 空闲 | 没有包裹 |
| S1 | 待取 | 已投递 |
| S2 | 滞留 | 超过时限未取 |
| S3 | 已取 | 已取走 |

S1、S2 合称“在柜”。

1) 用例只能由其“参与者”发起，其他人员发起时，提示“无操作权限”，先于各用例的异常流程判断；
2) 字段不符合要求的，均为“格式错误”；
3) 除另有规定外，拒绝时包裹状态不变。

## 2 用例
### 2.1 投递（UC-01）

| 字段名 | 类型 | 长度 | 必填 | 说明 |
| --- | --- | --- | --- | --- |
| 收件人 | 字符型 | 2～20 | 是 | 首尾空格不计 |
| 手机号 | 字符型 | 11 | 是 | 11 位数字，首位为 1 |
| 格口 | 枚举型 | — | 否 | 小、大，缺省为小 |
| 件数 | 整型 | — | 是 | 1～5 |

| 用例名称 | 投递 |
| --- | --- |
| 参与者 | 快递员 |
| 前置条件 | 没有在柜包裹 |
| 基本流程 | 1. 快递员填写各字段；<br>2. 系统返回取件码、费用。 |
| 异常流程 | E1 包裹为在柜：提示“柜中已有包裹”；<br>E2 收件人为空或格式错误：提示“请填写收件人”；<br>E3 手机号为空：提示“请输入手机号”；<br>E4 手机号格式错误：提示“手机号不正确”；<br>E5 件数为空、格式错误或与清单不一致：提示“件数不正确”。 |
| 后置条件 | 包裹为“待取” |

### 2.2 取件（UC-02）
输入“等待时长”，整型，必填，不小于 0。

| 用例名称 | 取件 |
| --- | --- |
| 参与者 | 收件人、管理员 |
| 前置条件 | 包裹为“待取”或“滞留” |
| 基本流程 | 1. 收件人取件。 |
| 异常流程 | E1 没有在柜包裹：提示“没有包裹”；<br>E2 等待时长为空或格式错误：提示“时长有误”；<br>E3 等待时长超过 90：提示“请联系客服”，包裹变为“滞留”。 |
| 后置条件 | 滞留的，包裹为“空闲”；其余包裹为“已取”。 |

### 2.3 备注登记（UC-03）
参与者为管理员。输入“备注内容”，字符型，长度 5～100，必填。E1 备注内容为空或格式错误：提示“请填写备注”。包裹状态不变。

### 2.4 查询包裹（UC-04）
收件人、管理员均可在任何状态下查询，返回件数。无异常流程。
"""  # noqa: E501


def test_each_use_case_is_an_operation_with_the_fields_of_its_section(read: Read) -> None:
    model = read(LOCKER)
    assert {name: list(each.inputs) for name, each in model.operations.items()} == {
        "投递": ["收件人", "手机号", "格口", "件数"],
        "取件": ["等待时长"],
        "备注登记": ["备注内容"],
        "查询包裹": [],
    }


def test_the_actors_may_start_it_in_the_states_of_the_precondition(read: Read) -> None:
    model = read(LOCKER)
    assert model.may == {
        "投递": {"快递员": ("空闲", "已取")},
        "取件": {"收件人": ("待取", "滞留"), "管理员": ("待取", "滞留")},
        "备注登记": {"管理员": ("any",)},
        "查询包裹": {"收件人": ("any",), "管理员": ("any",)},
    }


def test_the_table_of_states_and_its_first_state_are_read(read: Read) -> None:
    states = read(LOCKER).states
    assert states is not None
    assert (states.are, states.starts) == (("空闲", "待取", "滞留", "已取"), "空闲")


def test_the_general_rule_of_who_comes_before_the_exceptions_in_their_order(read: Read) -> None:
    assert _refusals(read(LOCKER), "投递") == [
        ("actor may never", "无操作权限"),
        ("state in [待取, 滞留]", "柜中已有包裹"),
        ("收件人 invalid", "请填写收件人"),
        ("手机号 missing", "请输入手机号"),
        ("手机号 invalid", "手机号不正确"),
        ("件数 invalid", "件数不正确"),
        ("unknown", "件数不正确"),
    ]


def test_an_exception_names_states_by_their_group_or_not_at_all(read: Read) -> None:
    assert _refusals(read(LOCKER), "取件")[1:] == [
        ("state in [空闲, 已取]", "没有包裹"),
        ("等待时长 invalid", "时长有误"),
        ("等待时长 > 90", "请联系客服"),
    ]


def test_a_refusal_that_changes_the_state_leads_to_the_state_that_it_names(read: Read) -> None:
    last = read(LOCKER).operations["取件"].reject[-1]
    assert isinstance(last, Reject)
    assert [each.set for each in last.then] == [{"state": "滞留"}]


def test_a_use_case_without_exceptions_is_refused_to_others_only(read: Read) -> None:
    assert _refusals(read(LOCKER), "查询包裹") == [("actor may never", "无操作权限")]


def test_the_length_of_a_text_is_counted_in_characters_and_its_first_digit_kept(read: Read) -> None:
    inputs = read(LOCKER).operations["投递"].inputs
    assert (str(inputs["收件人"].length), inputs["收件人"].trimmed) == ("2..20", "yes")
    assert (inputs["手机号"].pattern, inputs["手机号"].unread) == ("1[0-9]{10}", None)
    assert (inputs["件数"].type, inputs["件数"].min, inputs["件数"].max) == (InputType.INTEGER, "1", "5")
    assert str(read(LOCKER).operations["备注登记"].inputs["备注内容"].length) == "5..100"


def test_the_state_afterwards_is_known_only_where_the_postcondition_has_no_condition(read: Read) -> None:
    operations = read(LOCKER).operations
    assert operations["投递"].then[0].set == {"state": "待取"}
    assert operations["取件"].then[0].set == {"state": "unknown"}
    assert not any("state" in each.set for each in operations["备注登记"].then)


def test_what_the_main_flow_returns_is_an_output_that_is_not_guessed(read: Read) -> None:
    assert read(LOCKER).operations["投递"].answer == {"取件码": "unknown", "费用": "unknown"}


ENGLISH = """
# Library desk

**Loan status**: one of On shelf, On loan, Lost. The status of a new loan is On shelf.

Only the actors of a use case may start it; anybody else gets the message "Not allowed.".

## Lend a book

| Use case | Lend a book |
| --- | --- |
| Actors | Librarian, Volunteer |
| Preconditions | The loan status is On shelf |
| Main flow | 1. The actor enters the "weeks", a whole number from 1 to 8, mandatory.<br>2. The system returns the due date. |
| Alternative flows | 1a. The weeks are missing or invalid: the system shows "Check the weeks."<br>1b. The reader owes money: the system shows "Pay first." |
| Postconditions | The loan status is On loan |

## Report a loss

**Actors**: Librarian

**Preconditions**: The loan status is On loan

**Exceptions**:

- E1 The loan status is not On loan: the system shows "Not on loan."

**Postconditions**: The loan status is Lost
"""  # noqa: E501


def test_english_use_cases_are_read_from_tables_and_from_labelled_paragraphs(read: Read) -> None:
    model = read(ENGLISH)
    assert model.may == {
        "Lend a book": {"Librarian": ("On shelf",), "Volunteer": ("On shelf",)},
        "Report a loss": {"Librarian": ("On loan",)},
    }
    assert _refusals(model, "Report a loss") == [
        ("actor may never", "Not allowed."),
        ("state in [On shelf, Lost]", "Not on loan."),
    ]
    assert model.operations["Lend a book"].then[0].set == {"state": "On loan"}
    assert model.operations["Lend a book"].answer == {"due date": "unknown"}


def test_a_precondition_that_no_exception_speaks_of_refuses_without_a_message(read: Read) -> None:
    assert _refusals(read(ENGLISH), "Lend a book")[:2] == [
        ("actor may never", "Not allowed."),
        ("state in [On loan, Lost]", None),
    ]


def test_a_list_of_roles_in_another_section_is_no_use_case(read: Read) -> None:
    model = read("# 词语\n\n## 约定\n- 角色：员工、主管。\n- 系统启动时没有单据，日期一律按自然日。\n")
    assert model.operations == {}


WIDE = """
# 会议室

## 预订会议室

| 用例编号 | UC-7 | 用例名称 | 预订会议室 |
| --- | --- | --- | --- |
| 参与者 | 员工、秘书 | 优先级 | 高 |
| 前置条件 | 无 | 触发 | 员工点击预订 |
| 基本流程 | 1. 员工输入“人数”，整型，1～20，必填；<br>2. 系统返回房间号。 | 备注 | 无 |
| 扩展流程 | 2a. 人数为空或格式错误：提示“人数有误”<br>2b. 选择视频会议：系统同时预留设备 | 说明 | 无 |
| 后置条件 | 无 | 频率 | 每天 |
"""


def test_a_table_with_two_parts_in_a_row_is_read_as_well(read: Read) -> None:
    model = read(WIDE)
    assert list(model.operations) == ["预订会议室"]
    assert model.may == {"预订会议室": {"员工": ("any",), "秘书": ("any",)}}
    assert list(model.operations["预订会议室"].answer) == ["房间号"]


def test_another_way_through_the_use_case_is_not_taken_for_a_refusal(read: Read) -> None:
    assert _refusals(read(WIDE), "预订会议室") == [("人数 invalid", "人数有误"), ("unknown", None)]


def test_headings_may_name_the_parts_of_a_use_case(read: Read) -> None:
    model = read(
        """
# Desk

## UC-3 Close the desk

### Actors
Clerk, Head clerk

### Preconditions
None

### Main flow
- The clerk closes the desk. The system returns the balance.

### Exceptions
- E1 The balance is wrong: the system shows "Count again."
"""
    )
    assert list(model.operations) == ["Close the desk"]
    assert model.may == {"Close the desk": {"Clerk": ("any",), "Head clerk": ("any",)}}
    assert _refusals(model, "Close the desk") == [("unknown", "Count again.")]


def test_a_use_case_that_lists_no_exceptions_is_not_taken_as_complete(read: Read) -> None:
    model = read(
        """
# 门卫

用例只能由参与者发起，其他人员提示“无权操作”。

## 开闸

| 用例名称 | 开闸 |
| --- | --- |
| 参与者 | 门卫 |
| 前置条件 | 无 |
| 基本流程 | 1. 门卫开闸。 |
"""
    )
    assert _refusals(model, "开闸") == [("actor may never", "无权操作"), ("unknown", None)]


def test_without_use_cases_a_rule_of_who_does_not_make_the_refusals_complete(read: Read) -> None:
    model = read(
        """
# Parking

## 1 Book a space
The driver must enter:

- **plate**: 3 to 8 characters

Anybody else gets the message "Not for you.". The booking is refused if the plate is missing.
"""
    )
    assert _refusals(model, "Book a space")[0] == ("unknown", None)
