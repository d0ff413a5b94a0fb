"""Requirements in EARS phrases, read into a model."""

from collections.abc import Callable

from casewright.design.model.schema import Model, Reject

Read = Callable[[str], Model]


def _refusals(model: Model, operation: str) -> list[tuple[str, str | None]]:
    return [
        (each.condition, each.say) for each in model.operations[operation].reject if isinstance(each, Reject)
    ]


LOCKER = """
# Bike hire

## 1 Definitions
- **Bike status**: one of Free, Hired, Blocked. The status of a new bike is Free.
- **Running bike**: a bike whose status is Hired or Blocked.
- **Actors**: Rider, Mechanic (own and hired staff), Clerk.

## 2 Data dictionary

| Name | Type | Unit | Permitted values | Mandatory | Used by |
| --- | --- | --- | --- | --- | --- |
| tariff | enumeration | – | day, hour | yes | Hire bike |
| helmet | yes/no | – | yes, no | no, default no | Hire bike |
| minutes ridden | integer | min | 0 to 600 | yes | Return bike, Block bike |

## 3 Requirements

### 3.1 Hire bike
- REQ-11 When a Rider or a Clerk requests a bike while the bike status is Free, the system shall hire it out, set the bike status to Hired and return the unlock code.

### 3.2 Return bike
- REQ-21 When a Rider requests the return of a running bike, the system shall calculate the fare.
- REQ-22 If the minutes ridden are more than 480, then the system shall reject the return with E20.
- REQ-23 The system shall set the bike status to Free and return the fare and the deposit as the amount due.

### 3.3 Block bike
- REQ-31 When a Mechanic blocks a bike whose status is not Blocked, the system shall calculate nothing.
- REQ-32 If the minutes ridden are 0, then the system shall set the bike status to Free.
- REQ-33 Where the weather is bad, the system shall set the bike status to Blocked.

## 4 Errors
- REQ-41 If a request is rejected, then the system shall return the error code and the error text, and shall leave the bike status unchanged.
- REQ-42 If more than one error applies, then the system shall return only the one that stands first in the table.

| Error code | Condition | Error text |
| --- | --- | --- |
| E01 | the actor is not named in the requirement for this request, or no actor is given | Not authorised. |
| E02 | the bike status does not permit the request | Not possible now. |
| E03 | a mandatory item is missing | Information is missing. |
| E04 | an item is of the wrong type or outside the permitted values | Invalid value. |
| E20 | see REQ-22 | Call the office. |
| E21 | see REQ-99 | Nobody knows. |
"""  # noqa: E501


def test_the_heading_above_when_somebody_does_something_is_the_operation(read: Read) -> None:
    model = read(LOCKER)
    assert list(model.operations) == ["Hire bike", "Return bike", "Block bike"]
    assert model.roles == ("Rider", "Mechanic", "Clerk")


def test_a_data_dictionary_says_which_operation_has_a_field(read: Read) -> None:
    model = read(LOCKER)
    assert {name: list(each.inputs) for name, each in model.operations.items()} == {
        "Hire bike": ["tariff", "helmet"],
        "Return bike": ["minutes ridden"],
        "Block bike": ["minutes ridden"],
    }
    assert model.operations["Hire bike"].inputs["helmet"].required == "no"


def test_who_and_in_which_states_comes_from_the_trigger(read: Read) -> None:
    assert read(LOCKER).may == {
        "Hire bike": {"Rider": ("Free",), "Clerk": ("Free",)},
        "Return bike": {"Rider": ("Hired", "Blocked")},
        "Block bike": {"Mechanic": ("Free", "Hired")},
    }


def test_the_error_table_gives_the_order_and_a_referenced_requirement_its_condition(read: Read) -> None:
    assert _refusals(read(LOCKER), "Return bike") == [
        ("actor may never", "Not authorised."),
        ("actor may not now", "Not possible now."),
        ("minutes ridden missing", "Information is missing."),
        ("some input invalid", "Invalid value."),
        ("minutes ridden > 480", "Call the office."),
        ("unknown", "Nobody knows."),
    ]


def test_a_missing_input_is_told_of_the_mandatory_ones_only(read: Read) -> None:
    assert ("tariff missing", "Information is missing.") in _refusals(read(LOCKER), "Hire bike")


def test_the_state_afterwards_is_unknown_where_it_is_set_on_a_condition(read: Read) -> None:
    operations = read(LOCKER).operations
    assert operations["Hire bike"].then[0].set == {"state": "Hired"}
    assert operations["Return bike"].then[0].set == {"state": "Free"}
    assert operations["Block bike"].then[0].set == {"state": "unknown"}


def test_what_is_returned_is_an_output_under_its_last_name(read: Read) -> None:
    operations = read(LOCKER).operations
    assert list(operations["Hire bike"].answer) == ["unlock code"]
    assert list(operations["Return bike"].answer) == ["fare", "amount due"]


def test_a_table_of_error_codes_without_texts_shows_the_codes(read: Read) -> None:
    model = read(
        """
# Doors

**Actors**: Guard, Visitor

## Open door
- REQ-1 When a Guard requests to open the door, the system shall open it.
- The guard enters **floor**, a whole number from 1 to 9.
- REQ-2 If the floor is more than 7, then the system shall reject the request with E2.

## Errors

| Error code | Condition |
| --- | --- |
| E1 | the actor is not allowed |
| E2 | see REQ-2 |
"""
    )
    assert [each for each in _refusals(model, "Open door") if each[1]] == [
        ("actor may never", "E1"),
        ("floor > 7", "E2"),
    ]


CHINESE = """
# 门禁

参与者：保安、访客。

门的状态有“关闭”“打开”“锁定”三种，初始状态为“关闭”。

## 数据字典

| 名称 | 类型 | 取值 | 必填 | 用于 |
| --- | --- | --- | --- | --- |
| 楼层 | 整型 | 1～9 | 是 | 开门 |

## 开门
- REQ-1 当保安或访客在门的状态为“关闭”时申请开门，系统应将门的状态置为“打开”，并返回通行码。
- REQ-2 若楼层大于 7，系统应拒绝并提示“楼层不开放”。

## 锁门
- REQ-3 当保安在门的状态为“关闭”或“打开”时申请锁门，系统应将门的状态置为“锁定”。
"""


def test_the_same_phrases_in_chinese(read: Read) -> None:
    model = read(CHINESE)
    assert model.may == {
        "开门": {"保安": ("关闭",), "访客": ("关闭",)},
        "锁门": {"保安": ("关闭", "打开")},
    }
    assert ("楼层 > 7", "楼层不开放") in _refusals(model, "开门")
    assert model.operations["开门"].then[0].set == {"state": "打开"}
    assert model.operations["开门"].answer == {"通行码": "unknown"}
    assert list(model.operations["开门"].inputs) == ["楼层"]


def test_what_the_system_does_by_itself_is_no_operation(read: Read) -> None:
    model = read(
        "# Timer\n\n**Actors**: Guard\n\n## Night\n"
        "- REQ-1 When the timer runs out, the system shall lock the door.\n"
    )
    assert model.operations == {}
