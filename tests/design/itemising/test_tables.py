"""Which rows of a table are items, and which tables are one."""

from __future__ import annotations

import pytest

from casewright.design.cases import ItemKind
from casewright.design.items import split
from casewright.documents.blocks import Block, BlockKind, Cell, Document, Table


def table_document(rows: list[list[Cell]], header_rows: int = 1) -> Document:
    table = Table(rows=tuple(tuple(row) for row in rows), header_rows=header_rows)
    return Document(name="a.xlsx", type="xlsx", blocks=(Block(index=0, kind=BlockKind.TABLE, table=table),))


def cells(*texts: str) -> list[Cell]:
    return [Cell(text=text) for text in texts]


def test_each_row_of_a_field_table_is_a_data_item(split_text):
    items = split_text(
        """
        # Parking
        ### 4.1 Input
        The caller sends:

        | Field | Content | Needed? |
        | --- | --- | --- |
        | **vehicle class** | `car` or `van` | always |
        | exit time | | optional |
        """
    )
    assert [(item.id, item.title, item.text) for item in items.values()] == [
        ("4.1-t1.1", "vehicle class", "Field: vehicle class; Content: car or van; Needed?: always"),
        ("4.1-t1.2", "exit time", "Field: exit time; Needed?: optional"),
    ]
    assert {item.kind for item in items.values()} == {ItemKind.DATA}
    first = items["4.1-t1.1"].sources
    assert [(source.row, source.column, source.quote) for source in first] == [
        (1, 0, "vehicle class"),
        (1, 1, "car or van"),
        (1, 2, "always"),
        (None, None, "The caller sends:"),
    ]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        ("Case | Message", "plate missing | Number plate not valid."),
        ("不满足的情形 | 提示语", "余额不足 | 账户余额不足"),
        ("State | Meaning | How it is left", "Active | paid | cancel"),
        ("当前状态 | 操作 | 谁可以做 | 之后的状态", "待审批 | 驳回 | 主管 | 已驳回"),
        ("渠道 | 认证方式 | 单笔限额", "App | 人脸识别 | 20,000"),
        ("转账金额 | 手续费", "2,000 元以上至 50,000 元（含） | 5 元"),
        ("Band | Credit score | Rate", "A | 800 and above | 5.4 %"),
    ],
)
def test_each_row_of_a_table_of_messages_states_limits_or_tiers_is_a_rule(split_text, header, row):
    line = "| " + " | ".join("---" for _ in header.split("|")) + " |"
    items = split_text(f"# A\n\n## 7 Details\n\n| {header} |\n{line}\n| {row} |\n| {row} |\n")
    assert list(items) == ["7-t1.1", "7-t1.2"]
    pairs = zip(header.split(" | "), row.split(" | "), strict=True)
    assert items["7-t1.1"].text == "; ".join(f"{name}: {cell}" for name, cell in pairs)
    assert {item.kind for item in items.values()} == {ItemKind.RULE}


def test_a_matrix_of_values_is_one_item(split_text):
    items = split_text(
        """
        # Parking
        ## 5 Passes
        | Price in euros | monthly | annual |
        | --- | ---: | ---: |
        | car | 95 | 900 |
        | van | 160 | – ¹ |

        ¹ There are no annual passes for vans.

        A pass is bought at the office.
        """
    )
    assert list(items) == ["5-t1", "5-p2"]
    assert items["5-t1"].text == (
        "Price in euros | monthly | annual\ncar | 95 | 900\nvan | 160 | – ¹\n"
        "¹ There are no annual passes for vans."
    )
    assert items["5-t1"].kind is ItemKind.RULE
    assert items["5-t1"].sources[-1].block == items["5-t1"].sources[0].block + 1


@pytest.mark.parametrize(
    "header",
    ["Operation | Claimant | Line manager", "功能 | 管理员 | 普通用户", "角色 | 查询 | 审批"],
)
def test_a_matrix_of_roles_is_one_permission(split_text, header):
    items = split_text(
        f"# A\n\n## 2 Life\n\n| {header} |\n| - | - | - |\n| create | Draft | – |\n| pay | – | √ |\n"
    )
    assert [(item.id, item.kind) for item in items.values()] == [("2-t1", ItemKind.PERMISSION)]


def test_a_table_of_requirements_gives_one_item_for_each_id(split_text):
    items = split_text(
        """
        # Login
        | Summary | Custom field (Requirement ID) | Description | Custom field (Rationale) | Priority |
        | --- | --- | --- | --- | --- |
        | Lock | cES1000 | The system shall lock the account. | Attackers guess. | high |
        | Unlock | cES1000.1 | An admin shall unlock it. | | low |
        """
    )
    assert [(item.id, item.label, item.title, item.text) for item in items.values()] == [
        ("cES1000", "cES1000", "Lock", "The system shall lock the account."),
        ("cES1000.1", "cES1000.1", "Unlock", "An admin shall unlock it."),
    ]
    assert [source.column for source in items["cES1000"].sources] == [2, 0, 1]


def test_acceptance_criteria_are_part_of_the_requirement_in_whose_row_they_stand(split_text):
    items = split_text(
        """
        | # of user story ID | User story | Acceptance criteria |
        | --- | --- | --- |
        | E01.01 | As a user I want help. | 1. There is help.<br>2. It is in English. |
        | E01.02 | As a user I want news. | 1. There are news. |
        """
    )
    assert items["E01.01"].text == (
        "As a user I want help.\nAcceptance criteria: 1. There is help.\n2. It is in English."
    )
    assert items["E01.01"].kind is ItemKind.FUNCTIONAL


def test_rows_that_are_only_counted_are_known_by_table_and_number(split_text):
    items = split_text(
        """
        # A
        ## 8 Messages
        | # | When | Message |
        | --- | --- | --- |
        | 1 | nothing to undo | Not possible. |
        | 2 | input missing | Check your input. |
        """
    )
    assert [(item.id, item.label, item.text) for item in items.values()] == [
        ("8-t1.1", "1", "When: nothing to undo; Message: Not possible."),
        ("8-t1.2", "2", "When: input missing; Message: Check your input."),
    ]


def test_references_to_clauses_are_not_taken_for_ids(split_text):
    items = split_text(
        """
        ## 5 校验
        | 情形 | 提示语 |
        | --- | --- |
        | 4.2.5 | 笔数已用完 |
        | 4.3（b） | 夜间不支持 |
        """
    )
    assert list(items) == ["5-t1.1", "5-t1.2"]


def test_ids_that_stand_before_the_text_in_the_same_cell_are_found():
    document = table_document(
        [
            cells("Requirement", "Heritage"),
            cells("SSR1 The system shall start.\n\nRationale: It has to.", "Yes"),
            cells("SSR2 The system shall stop. ", "No"),
            cells("SSR3", ""),
            cells("", ""),
        ],
        header_rows=0,
    )
    items = split([document])
    assert [(item.id, item.label, item.text) for item in items] == [
        ("SSR1", "SSR1", "The system shall start."),
        ("SSR2", "SSR2", "The system shall stop."),
    ]
    (source,) = items[0].sources
    assert (source.row, source.column, source.start, source.end) == (1, 0, 5, 28)


def test_a_requirement_whose_id_is_merged_over_several_rows_is_one_item():
    document = table_document(
        [
            cells("编号", "需求描述", "验收标准"),
            cells("FR-1", "用户可以登录。", "密码正确时进入首页"),
            [
                Cell(text="FR-1", covered=True),
                Cell(text="用户可以登录。", covered=True),
                Cell(text="密码错误时提示"),
            ],
            cells("FR-2", "用户可以退出。", "退出后回到登录页"),
        ]
    )
    first, second = split([document])
    assert (first.id, second.id) == ("FR-1", "FR-2")
    assert first.text == "用户可以登录。\n验收标准: 密码正确时进入首页\n验收标准: 密码错误时提示"


def test_a_row_over_the_whole_width_names_the_group_below_it():
    document = table_document(
        [
            cells("ID", "Requirement"),
            [Cell(text="Login"), Cell(text="Login", covered=True)],
            cells("A-1", "Log in."),
            cells("ID", "Requirement"),
            cells("A-2", "Log out."),
        ]
    )
    items = split([document])
    assert [(item.id, item.section) for item in items] == [("A-1", ("Login",)), ("A-2", ("Login",))]


def test_a_sheet_with_a_banner_above_its_header_is_read_by_its_header():
    document = table_document(
        [
            cells("Requirements of the shop", "", ""),
            cells("ID", "Name", "Description"),
            cells("A-1", "Cart", "A cart holds 50 lines."),
        ],
        header_rows=0,
    )
    (item,) = split([document])
    assert (item.id, item.title, item.text) == ("A-1", "Cart", "A cart holds 50 lines.")


def test_a_use_case_written_as_a_form_is_one_item(split_text):
    items = split_text(
        """
        # 工单
        ### UC-1 提交工单
        | 用例编号 | UC-1 |
        | --- | --- |
        | 用例名称 | 提交工单 |
        | 前置条件 | 客户已登录 |
        | 基本流程 | 1. 客户填写标题。 2. 系统保存工单。 |
        | 优先级 | 高 |
        """
    )
    assert list(items) == ["UC-1"]
    assert items["UC-1"].title == "提交工单"
    assert items["UC-1"].text == "前置条件: 客户已登录\n基本流程: 1. 客户填写标题。 2. 系统保存工单。"


def test_versions_of_the_document_are_background_in_one_item(split_text):
    items = split_text(
        """
        # A
        | 版本 | 日期 | 作者 | 说明 |
        | --- | --- | --- | --- |
        | V1 | 3 月 | 产品组 | 初稿 |
        | V2 | 4 月 | 产品组 | 定稿 |
        """
    )
    assert [(item.id, item.kind) for item in items.values()] == [("t1", ItemKind.BACKGROUND)]


def test_a_glossary_is_background_but_for_the_definitions_that_carry_a_rule(split_text):
    items = split_text(
        """
        # A
        ## 3 Glossary
        | Term | Definition |
        | --- | --- |
        | FSW | Flight software |
        | Started hour | 60 minutes or any part of them; 61 minutes are two |
        """
    )
    assert [(item.title, item.kind) for item in items.values()] == [
        ("FSW", ItemKind.BACKGROUND),
        ("Started hour", ItemKind.RULE),
    ]


def test_an_empty_table_has_no_items():
    assert split([table_document([cells("", ""), cells("", "")], header_rows=0)]) == ()
