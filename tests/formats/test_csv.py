"""The CSV file, read back by the standard library as an importer would."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.cases import Step, Suite, TestCase
from casewright.formats.csv import write

BuildSuite = Callable[..., Suite]
BuildCase = Callable[..., TestCase]


def rows_of(content: bytes) -> list[list[str]]:
    """The rows with the header, the defusing apostrophe taken away."""
    text = io.StringIO(content.decode("utf-8-sig"), newline="")
    return [[cell.removeprefix("'") for cell in row] for row in csv.reader(text, strict=True)]


def records(content: bytes) -> list[dict[str, str]]:
    header, *rows = rows_of(content)
    return [dict(zip(header, row, strict=True)) for row in rows]


def test_the_file_opens_in_excel_as_utf8(rich_suite: Suite) -> None:
    content = write(rich_suite)
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.endswith(b"\r\n")
    assert content.count(b"\r") == content.count(b"\r\n") == len(rows_of(content))


def test_a_step_is_a_row_and_the_case_stands_on_its_first(rich_suites: dict[str, Suite]) -> None:
    first, second, *_ = records(write(rich_suites["zh"]))
    assert first == {
        "用例编号": "TC-001",
        "用例标题": "金额等于上限时|接受，且“手续费”为 25 元",
        "所属模块": "4.2 转账",
        "优先级": "高",
        "设计方法": "边界值分析",
        "状态": "预期已推算",
        "需求编号": "REQ-001\nREQ-002",
        "前置条件": "1. 账户已开通\n   且余额充足\n2.\n3. 2. 不是编号",
        "覆盖项": "bva:金额:upper:on\ndt:rule:1",
        "来源": "1. 转账需求.docx › 4 功能 › 4.2 转账：“单笔上限 50,000 元”\n"
        "2. 转账需求.docx › 4 功能，第 3 行，第 2 列：“|=1+1|\n   <b>第二行</b>”",
        "标识键": "bva:金额:upper:on",
        "步骤序号": "1",
        "执行角色": "客户",
        "步骤": "以客户身份登录",
        "测试数据": "手机号：13800138000",
        "预期结果": "",
    }
    assert {name: text for name, text in second.items() if text} == {
        "用例编号": "TC-001",
        "步骤序号": "2",
        "执行角色": "客户",
        "步骤": "提交转账：\n1. 第一行\n2. 第二行, \"引号\" | 竖线 'x'",
        "测试数据": "金额：50000.50\n加急：是\n币种：CNY\n次数：3\n"
        '备注："第一行\\n第二行 |\\\\"\n附言：""\n优惠码：（空）',
        "预期结果": "=1+1\n手续费 25.00 元",
    }


def test_every_step_of_every_case_is_there_and_grouped_by_its_id(rich_suite: Suite) -> None:
    ids = [row[0] for row in rows_of(write(rich_suite))[1:]]
    assert ids == [case.id for case in rich_suite.cases for _ in case.steps or (None,)]


def test_a_case_without_steps_is_not_lost(rich_suites: dict[str, Suite]) -> None:
    last = records(write(rich_suites["en"]))[-1]
    assert (last["ID"], last["Title"], last["Step no."], last["Step"]) == ("TC-005", "没有步骤", "", "")


def test_no_cell_begins_like_a_formula(rich_suite: Suite) -> None:
    text = io.StringIO(write(rich_suite).decode("utf-8-sig"), newline="")
    for row in csv.reader(text):
        assert not [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))]


def test_a_very_long_text_is_whole(rich_suite: Suite) -> None:
    assert "粘贴 " + "长😀" * 20_000 in [cell for row in rows_of(write(rich_suite)) for cell in row]


def test_a_suite_without_cases_has_its_header(build_suite: BuildSuite) -> None:
    (header,) = rows_of(write(build_suite()))
    assert header[:2] == ["ID", "Title"]


def test_every_text_comes_back(
    awkward_texts: st.SearchStrategy[str], build_suite: BuildSuite, build_case: BuildCase
) -> None:
    @settings(deadline=None)
    @given(title=awkward_texts, action=awkward_texts, expectation=awkward_texts)
    def check(title: str, action: str, expectation: str) -> None:
        steps = (Step(action=action, expectation=expectation),)
        (row,) = records(write(build_suite(cases=(build_case(title=title, steps=steps),))))
        assert (row["Title"], row["Step"]) == (title, action)
        assert row["Expected result"] == (expectation if expectation.strip() else "")

    check()
