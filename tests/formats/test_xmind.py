"""The mind map, read back from its zip and against what XMind and MeterSphere look for."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable, Iterator
from typing import Any
from xml.etree import ElementTree

import pytest

from casewright.design.cases import Priority, Step, Suite, TestCase
from casewright.formats.xmind import write

BuildSuite = Callable[..., Suite]
BuildCase = Callable[..., TestCase]
Topic = dict[str, Any]


def archive_of(content: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(io.BytesIO(content))


def root_of(content: bytes) -> Topic:
    (sheet,) = json.loads(archive_of(content).read("content.json"))
    assert sheet["class"] == "sheet"
    assert sheet["id"]
    return sheet["rootTopic"]


def children(topic: Topic) -> list[Topic]:
    return topic.get("children", {}).get("attached", [])


def titles(topic: Topic) -> list[str]:
    return [child["title"] for child in children(topic)]


def walk(topic: Topic) -> Iterator[Topic]:
    yield topic
    for child in children(topic):
        yield from walk(child)


def test_the_file_has_what_xmind_opens(rich_suite: Suite) -> None:
    archive = archive_of(write(rich_suite))
    assert set(archive.namelist()) == {"content.json", "metadata.json", "manifest.json", "content.xml"}
    assert archive.testzip() is None
    assert json.loads(archive.read("manifest.json")) == {
        "file-entries": {"content.json": {}, "metadata.json": {}}
    }
    assert json.loads(archive.read("metadata.json")) == {"creator": {"name": "casewright 0.1.0"}}


@pytest.mark.parametrize(
    ("language", "advice"), [("zh", "更高版本打开"), ("en", "XMind 8 Update 3 or later")]
)
def test_an_old_xmind_is_told_what_to_do(language: str, advice: str, rich_suites: dict[str, Suite]) -> None:
    page = ElementTree.fromstring(archive_of(write(rich_suites[language])).read("content.xml"))
    names = {"x": "urn:xmind:xmap:xmlns:content:2.0"}
    assert page.tag == "{urn:xmind:xmap:xmlns:content:2.0}xmap-content"
    assert advice in page.findtext("x:sheet/x:topic/x:title", "", names)


def test_cases_hang_under_their_modules(rich_suites: dict[str, Suite]) -> None:
    root = root_of(write(rich_suites["zh"]))
    assert root["title"] == "# 转账 | <需求> *测试*"
    assert {module["title"]: titles(module) for module in children(root)} == {
        "未分组": ["case-P2: 需要人工确认：当 而且 那么 # 不是注释", "case-P1: 没有步骤"],
        "4.2 转账": ["case-P0: 金额等于上限时|接受，且“手续费”为 25 元", "case-P1: 很长的内容"],
        "# 5 <b>撤销</b>": ["case-P1: +cmd|' /C calc'!A0 😀"],
    }


def test_a_case_has_preconditions_steps_and_expected_results(rich_suites: dict[str, Suite]) -> None:
    case = children(children(root_of(write(rich_suites["zh"])))[1])[0]
    preconditions, steps = children(case)
    assert preconditions["title"] == "前置条件: 1. 账户已开通\n   且余额充足\n2.\n3. 2. 不是编号"
    assert steps["title"] == "步骤描述"
    assert titles(steps) == [
        "步骤: 以客户身份登录",
        "步骤: 提交转账：\n1. 第一行\n2. 第二行, \"引号\" | 竖线 'x'",
    ]
    assert [titles(step) for step in children(steps)] == [[], ["预期结果: =1+1\n手续费 25.00 元"]]
    assert children(steps)[0]["notes"]["plain"]["content"] == "执行角色: 客户\n测试数据: 手机号：13800138000"


def test_the_labels_follow_the_language(rich_suites: dict[str, Suite]) -> None:
    case = children(children(root_of(write(rich_suites["en"])))[1])[0]
    preconditions, steps = children(case)
    assert preconditions["title"].startswith("Precondition: 1. ")
    assert steps["title"] == "Step description"
    assert titles(children(steps)[1]) == ["Expected result: =1+1\n手续费 25.00 元"]
    assert case["labels"] == ["high", "asserted"]


def test_a_case_notes_what_it_rests_on(rich_suites: dict[str, Suite]) -> None:
    case = children(children(root_of(write(rich_suites["zh"])))[1])[0]
    assert case["notes"]["plain"]["content"].splitlines() == [
        "用例编号: TC-001",
        "需求编号: REQ-001, REQ-002",
        "设计方法: 边界值分析",
        "覆盖项: bva:金额:upper:on",
        "dt:rule:1",
        "来源: 1. 转账需求.docx › 4 功能 › 4.2 转账：“单笔上限 50,000 元”",
        "2. 转账需求.docx › 4 功能，第 3 行，第 2 列：“|=1+1|",
        "   <b>第二行</b>”",
        "标识键: bva:金额:upper:on",
    ]


@pytest.mark.parametrize(
    ("priority", "title", "marker"),
    [
        (Priority.HIGH, "case-P0: Pay", "priority-1"),
        (Priority.MEDIUM, "case-P1: Pay", "priority-2"),
        (Priority.LOW, "case-P2: Pay", "priority-3"),
    ],
)
def test_a_priority_is_seen_as_grade_and_marker(
    priority: Priority, title: str, marker: str, build_suite: BuildSuite, build_case: BuildCase
) -> None:
    content = write(build_suite(cases=(build_case(title="Pay", priority=priority),)))
    case = children(children(root_of(content))[0])[0]
    assert case["title"] == title
    assert case["markers"] == [{"markerId": marker}]


def test_an_unverified_case_carries_a_question_mark(rich_suites: dict[str, Suite]) -> None:
    case = children(children(root_of(write(rich_suites["zh"])))[0])[0]
    assert {"markerId": "symbol-question"} in case["markers"]
    assert case["labels"] == ["低", "待人工确认"]


def test_no_two_topics_share_an_id(build_suite: BuildSuite, build_case: BuildCase) -> None:
    twice = tuple(
        build_case(module=module, preconditions=("a",), steps=(Step(action="a", expectation="b"),) * 2)
        for module in ("", "a", "a", "case:1:a", "step:1:case:1:a")
    )
    topics = list(walk(root_of(write(build_suite(cases=twice)))))
    assert len({topic["id"] for topic in topics}) == len(topics)
    assert {topic["class"] for topic in topics} == {"topic"}


def test_a_suite_without_cases_is_a_root_alone(build_suite: BuildSuite) -> None:
    root = root_of(write(build_suite()))
    assert root["title"] == "Transfers"
    assert "children" not in root
