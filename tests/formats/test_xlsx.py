"""The workbook, read back by two libraries that share nothing with the one that writes it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl.worksheet.worksheet import Worksheet
from python_calamine import CalamineWorkbook

from casewright.design.cases import Step, Suite, TestCase
from casewright.formats.xlsx import CELL_LIMIT, write

BuildSuite = Callable[..., Suite]
BuildCase = Callable[..., TestCase]

SHEETS = {
    "zh": ["测试用例", "需求覆盖", "覆盖项", "待澄清问题", "需求条目", "说明"],
    "en": [
        "Test cases",
        "Requirement coverage",
        "Coverage items",
        "Open questions",
        "Requirement items",
        "About",
    ],
}
CASES, ITEM_COVERAGE, COVERAGE_ITEMS, QUESTIONS, ITEMS, ABOUT = range(6)


def rows_of(content: bytes, sheet: int) -> list[list[str | float]]:
    """As python-calamine reads them, without the header."""
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
    rows = workbook.get_sheet_by_index(sheet).to_python(skip_empty_area=False)
    return [[cell if isinstance(cell, str | float) else str(cell) for cell in row] for row in rows[1:]]


def sheets_of(content: bytes) -> list[Worksheet]:
    return [sheet for sheet in openpyxl.load_workbook(io.BytesIO(content)) if isinstance(sheet, Worksheet)]


def entries(cell: str | float) -> list[str]:
    """The texts of a cell '1. …\\n2. …'."""
    parts = re.split(r"(?:^|\n)\d+\.", str(cell))[1:]
    return [part.removeprefix(" ").replace("\n   ", "\n") for part in parts]


def test_each_part_of_the_suite_has_its_sheet(rich_suite: Suite) -> None:
    assert [sheet.title for sheet in sheets_of(write(rich_suite))] == SHEETS[rich_suite.language]


def test_a_case_stands_in_one_row_with_its_steps_numbered(rich_suites: dict[str, Suite]) -> None:
    rows = rows_of(write(rich_suites["zh"]), CASES)
    assert len(rows) == 5
    assert rows[0][:7] == [
        "TC-001",
        "金额等于上限时|接受，且“手续费”为 25 元",
        "4.2 转账",
        "高",
        "边界值分析",
        "预期已推算",
        "REQ-001\nREQ-002",
    ]
    assert entries(rows[0][7]) == ["账户已开通\n且余额充足", "", "2. 不是编号"]
    assert entries(rows[0][8]) == ["以客户身份登录", "提交转账：\n1. 第一行\n2. 第二行, \"引号\" | 竖线 'x'"]
    assert entries(rows[0][9]) == [
        "手机号：13800138000",
        (
            "金额：50000.50\n加急：是\n币种：CNY\n次数：3\n"
            '备注："第一行\\n第二行 |\\\\"\n附言：""\n优惠码：（空）'
        ),
    ]
    assert entries(rows[0][10]) == ["", "=1+1\n手续费 25.00 元"]
    assert rows[0][11] == "bva:金额:upper:on\ndt:rule:1"
    assert entries(rows[0][12]) == [
        "转账需求.docx › 4 功能 › 4.2 转账：“单笔上限 50,000 元”",
        "转账需求.docx › 4 功能，第 3 行，第 2 列：“|=1+1|\n<b>第二行</b>”",
    ]
    assert rows[0][13] == "bva:金额:upper:on"


def test_steps_data_and_expected_results_have_the_same_count(rich_suite: Suite) -> None:
    for case, row in zip(rich_suite.cases, rows_of(write(rich_suite), CASES), strict=True):
        if case.id != "TC-004":  # whose steps are longer than a cell
            assert [len(entries(row[column])) for column in (8, 9, 10)] == [len(case.steps)] * 3


def test_labels_are_in_the_language_of_the_suite(rich_suites: dict[str, Suite]) -> None:
    english = sheets_of(write(rich_suites["en"]))[CASES]
    assert [cell.value for cell in english[1]] == [
        "ID",
        "Title",
        "Module",
        "Priority",
        "Technique",
        "Status",
        "Requirements",
        "Preconditions",
        "Steps",
        "Test data",
        "Expected result",
        "Coverage items",
        "Sources",
        "Key",
    ]
    assert [cell.value for cell in english[4]][3:6] == ["low", "requirements-based testing", "unverified"]
    chinese = sheets_of(write(rich_suites["zh"]))[CASES]
    assert [cell.value for cell in chinese[1]][:6] == [
        "用例编号",
        "用例标题",
        "所属模块",
        "优先级",
        "设计方法",
        "状态",
    ]


def test_the_header_stays_in_sight_and_filters(rich_suite: Suite) -> None:
    for sheet in sheets_of(write(rich_suite)):
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet["A1"].font.b


def test_long_cells_are_wrapped_and_columns_wide_enough(rich_suite: Suite) -> None:
    sheet = sheets_of(write(rich_suite))[CASES]
    assert all(cell.alignment.wrap_text for row in sheet.iter_rows() for cell in row)
    assert sheet.column_dimensions["I"].width > 40


def test_no_cell_is_a_formula_or_a_link(rich_suite: Suite) -> None:
    for sheet in sheets_of(write(rich_suite)):
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type in {"s", "n"}
                assert cell.hyperlink is None


def test_a_text_like_a_formula_stays_text_when_it_is_edited(rich_suite: Suite) -> None:
    row = sheets_of(write(rich_suite))[CASES][3]
    assert [cell.value for cell in row][:2] == ["=TC+002", "+cmd|' /C calc'!A0 😀"]
    assert [cell.quotePrefix for cell in row][:3] == [True, True, False]


def test_coverage_counts_are_numbers(rich_suites: dict[str, Suite]) -> None:
    rows = rows_of(write(rich_suites["en"]), ITEM_COVERAGE)
    assert rows == [
        ["REQ-001", "rule", "单笔上限", "yes", 2, 2, 2, 1, 1],
        ["REQ-002", "data", "=1+1 是公式", "yes", 0, 1, 1, 1, 0],
        ["REQ-003", "background", "@背景 | 说明", "no", 0, 0, 2, 1, 1],
    ]


def test_an_obligation_that_cannot_be_met_says_why(rich_suites: dict[str, Suite]) -> None:
    assert rows_of(write(rich_suites["en"]), COVERAGE_ITEMS)[1] == [
        "dt:rule:9",
        "decision table testing",
        "rule 9",
        "REQ-001\nREQ-002",
        "infeasible",
        "its conditions exclude each other",
    ]


def test_questions_come_with_their_example_and_quotes(rich_suites: dict[str, Suite]) -> None:
    asked, not_understood = rows_of(write(rich_suites["zh"]), QUESTIONS)
    assert asked[:5] == [
        "Q-1",
        "歧义",
        "“以上”是否包含本数？\n请确认",
        "金额 = 50000.00",
        "REQ-001\nREQ-002",
    ]
    assert "单笔上限 50,000 元" in str(asked[5])
    assert not_understood[1] == "未理解"
    assert not_understood[5] == "1. 附录.md › 第 41 块：““视情况”处理”"


def test_requirement_items_come_with_their_conditions(rich_suites: dict[str, Suite]) -> None:
    assert rows_of(write(rich_suites["zh"]), ITEMS)[0] == [
        "REQ-001",
        "4.2.1",
        "规则",
        "单笔上限",
        "单笔上限 50,000 元，\n含边界。",
        "4 功能 › 4.2 转账",
        "1. COND-1 金额在上限处\n2. COND-2 金额超过上限",
    ]


def test_the_last_sheet_tells_what_the_suite_is(rich_suites: dict[str, Suite]) -> None:
    facts = rows_of(write(rich_suites["en"]), ABOUT)
    for fact in (
        ["Generator", "casewright 0.1.0"],
        ["Depth", "thorough"],
        ["Document", "附录.md"],
        ["Test cases", 5.0],
        ["Test cases: asserted", 2.0],
        ["Test cases: unverified", 3.0],
        ["Notice", "第 3 页是扫描件"],
    ):
        assert fact in facts


def test_a_text_too_long_for_a_cell_is_cut_and_says_so(rich_suites: dict[str, Suite]) -> None:
    for language, mark in (
        ("zh", "…（内容过长，已截断，原文共 40006 个字符）"),
        ("en", "… (cut: the whole text has 40006 characters)"),
    ):
        cell = str(rows_of(write(rich_suites[language]), CASES)[3][8])
        assert cell.startswith("1. 粘贴 长😀长😀")
        assert cell.endswith(mark)
        assert CELL_LIMIT - 2 <= len(cell.encode("utf-16-le")) // 2 <= CELL_LIMIT


@pytest.mark.parametrize("length", [CELL_LIMIT, CELL_LIMIT + 1])
def test_a_text_is_cut_only_beyond_the_limit(
    length: int, build_suite: BuildSuite, build_case: BuildCase
) -> None:
    content = write(build_suite(cases=(build_case(title="x" * length),)))
    assert (rows_of(content, CASES)[0][1] == "x" * length) == (length <= CELL_LIMIT)


def test_a_control_character_does_not_break_the_workbook(
    build_suite: BuildSuite, build_case: BuildCase
) -> None:
    content = write(build_suite(cases=(build_case(title="a\x00b\x1fc\ufffe\r\nd"),)))
    assert rows_of(content, CASES)[0][1] == "a␀b␟c\ufffd\nd"


def test_every_text_comes_back(
    awkward_texts: st.SearchStrategy[str], build_suite: BuildSuite, build_case: BuildCase
) -> None:
    @settings(deadline=None, max_examples=40)
    @given(title=awkward_texts, actions=st.lists(awkward_texts, min_size=1, max_size=4))
    def check(title: str, actions: list[str]) -> None:
        steps = tuple(Step(action=action) for action in actions)
        row = rows_of(write(build_suite(cases=(build_case(title=title, steps=steps),))), CASES)[0]
        assert row[1] == title
        assert entries(row[8]) == actions

    check()
