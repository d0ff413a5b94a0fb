"""The feature file, read back by the official parser in both languages."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import Any

import pytest
from gherkin.parser import Parser
from gherkin.pickles.compiler import Compiler
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.cases import Expected, Outcome, Priority, Step, Suite, TestCase
from casewright.formats.gherkin import write

BuildSuite = Callable[..., Suite]
BuildCase = Callable[..., TestCase]
Node = dict[str, Any]

PERSON = {"zh": "预期结果需要人工确认", "en": "a person has to say what is expected"}


def feature_of(content: bytes) -> Node:
    feature: Any = Parser().parse(content.decode())["feature"]
    assert feature
    return feature


def scenarios_of(feature: Node) -> Iterator[Node]:
    """Every scenario, outside rules first: so they stand in the file."""
    for child in feature["children"]:
        if "rule" in child:
            yield from (grandchild["scenario"] for grandchild in child["rule"]["children"])
        else:
            yield child["scenario"]


def scenario_of(suite: Suite) -> Node:
    (scenario,) = scenarios_of(feature_of(write(suite)))
    return scenario


def lines_of(scenario: Node) -> list[tuple[str, str]]:
    return [(step["keyword"].strip(), step["text"]) for step in scenario["steps"]]


def data_of(step: Node) -> dict[str, str]:
    rows = step.get("dataTable", {}).get("rows", [])
    return {row["cells"][0]["value"]: row["cells"][1]["value"] for row in rows}


def test_the_feature_speaks_the_language_of_the_suite(rich_suites: dict[str, Suite]) -> None:
    assert write(rich_suites["zh"]).startswith(b"# language: zh-CN\n")
    assert write(rich_suites["en"]).startswith(b"# language: en\n")
    for language, dialect, keyword in (("zh", "zh-CN", "功能"), ("en", "en", "Feature")):
        feature = feature_of(write(rich_suites[language]))
        assert (feature["language"], feature["keyword"]) == (dialect, keyword)
        assert feature["name"] == "# 转账 | <需求> *测试*"


def test_each_module_is_a_rule_and_each_case_a_scenario(rich_suite: Suite) -> None:
    feature = feature_of(write(rich_suite))
    rules = [child["rule"]["name"] for child in feature["children"] if "rule" in child]
    assert rules == ["4.2 转账", "# 5 <b>撤销</b>"]
    assert [scenario["name"] for scenario in scenarios_of(feature)] == [
        "需要人工确认：当 而且 那么 # 不是注释",
        "没有步骤",
        "金额等于上限时|接受，且“手续费”为 25 元",
        "很长的内容",
        "+cmd|' /C calc'!A0 😀",
    ]


def test_no_step_is_lost_and_none_is_added(rich_suite: Suite) -> None:
    cases = {case.title: case for case in rich_suite.cases}
    for scenario in scenarios_of(feature_of(write(rich_suite))):
        case = cases[scenario["name"]]
        told = sum(bool(step.expectation) or step.expected.asserts for step in case.steps)
        assert len(scenario["steps"]) == len(case.preconditions) + len(case.steps) + (told or 1)


def test_preconditions_are_given_actions_when_and_results_then(rich_suites: dict[str, Suite]) -> None:
    scenario = list(scenarios_of(feature_of(write(rich_suites["zh"]))))[2]
    assert lines_of(scenario) == [
        ("假如", "账户已开通 且余额充足"),
        ("而且", "（无描述）"),
        ("而且", "2. 不是编号"),
        ("当", "以客户身份登录"),
        ("而且", "提交转账： 1. 第一行 2. 第二行, \"引号\" | 竖线 'x'"),
        ("那么", "=1+1 手续费 25.00 元"),
    ]
    english = list(scenarios_of(feature_of(write(rich_suites["en"]))))[2]
    assert [keyword for keyword, _ in lines_of(english)] == ["Given", "And", "And", "When", "And", "Then"]


def test_the_data_of_a_step_is_a_table(rich_suites: dict[str, Suite]) -> None:
    scenario = list(scenarios_of(feature_of(write(rich_suites["zh"]))))[2]
    assert data_of(scenario["steps"][4]) == {
        "金额": "50000.50",
        "加急": "是",
        "币种": "CNY",
        "次数": "3",
        "备注": '"第一行\\n第二行 |\\\\"',
        "附言": '""',
        "优惠码": "（空）",
    }


def test_a_case_is_found_by_its_tags(build_suite: BuildSuite, build_case: BuildCase) -> None:
    case = build_case(id="TC 1", requirement_ids=("REQ-1", "REQ @2 #3", ""), priority=Priority.HIGH)
    tags = [tag["name"] for tag in scenario_of(build_suite(cases=(case,)))["tags"]]
    assert tags == [
        "@TC-1",
        "@REQ-1",
        "@REQ-2-3",
        "@Priority-high",
        "@equivalence-partitioning",
        "@asserted",
    ]


def test_tags_are_in_the_language_of_the_suite(build_suite: BuildSuite, build_case: BuildCase) -> None:
    tags = [tag["name"] for tag in scenario_of(build_suite(language="zh", cases=(build_case(),)))["tags"]]
    assert tags == ["@TC-001", "@REQ-001", "@优先级-中", "@等价类划分", "@预期已推算"]


def test_sources_are_comments(rich_suites: dict[str, Suite]) -> None:
    comments = Parser().parse(write(rich_suites["zh"]).decode())["comments"]
    assert "# 转账需求.docx › 4 功能，第 3 行，第 2 列：“|=1+1| <b>第二行</b>”" in [
        comment["text"].strip() for comment in comments
    ]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_case_without_an_expectation_asks_a_person(
    language: str, build_suite: BuildSuite, build_case: BuildCase
) -> None:
    for steps in ((), (Step(action="Look"), Step(action="Look again", expectation="  "))):
        scenario = scenario_of(build_suite(language=language, cases=(build_case(steps=steps),)))
        assert scenario["steps"][-1]["text"] == PERSON[language]
        assert scenario["steps"][-1]["keywordType"] == "Outcome"


def test_a_computed_result_without_a_sentence_is_told(build_suite: BuildSuite, build_case: BuildCase) -> None:
    step = Step(action="Pay", expected=Expected(outcome=Outcome.ACCEPTED, outputs={"fee": Decimal("0.50")}))
    scenario = scenario_of(build_suite(cases=(build_case(steps=(step,)),)))
    assert lines_of(scenario) == [("When", "Pay"), ("Then", "result: accepted; fee: 0.50")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_suite_without_cases_is_an_empty_feature(language: str, build_suite: BuildSuite) -> None:
    assert feature_of(write(build_suite(language=language)))["children"] == []


def test_every_scenario_can_be_run(rich_suite: Suite) -> None:
    document: Any = Parser().parse(write(rich_suite).decode())
    pickles = Compiler().compile(document | {"uri": "suite.feature"})
    assert [len(pickle["steps"]) for pickle in pickles] == [3, 1, 6, 3, 4]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_no_text_changes_the_structure(
    language: str,
    awkward_texts: st.SearchStrategy[str],
    build_suite: BuildSuite,
    build_case: BuildCase,
) -> None:
    @settings(deadline=None)
    @given(title=awkward_texts, action=awkward_texts, name=awkward_texts, value=awkward_texts)
    def check(title: str, action: str, name: str, value: str) -> None:
        step = Step(action=action, expectation="done", data={name: value})
        case = build_case(id=title, title=title, preconditions=(title,), steps=(step,))
        suite = build_suite(language=language, title=title, cases=(case,), generator=title)
        scenario = scenario_of(suite)
        assert scenario["name"] == folded(title)
        given_line, when, then = scenario["steps"]
        assert (when["keywordType"], then["keywordType"]) == ("Action", "Outcome")
        assert then["text"] == "done"
        assert given_line["text"] in {folded(title), "（无描述）", "(no description)"}
        assert when["text"] in {folded(action), "（无描述）", "(no description)"}
        assert len(data_of(when)) == 1

    check()


def folded(text: str) -> str:
    return text.replace("\n", " ").strip()


def test_names_and_values_of_a_table_come_back(
    awkward_texts: st.SearchStrategy[str], build_suite: BuildSuite, build_case: BuildCase
) -> None:
    def unquoted(cell: str) -> str:
        return json.loads(cell) if cell.startswith('"') else cell

    @settings(deadline=None)
    @given(name=awkward_texts, value=awkward_texts)
    def check(name: str, value: str) -> None:
        step = Step(action="Fill in", data={name: value})
        scenario = scenario_of(build_suite(cases=(build_case(steps=(step,)),)))
        ((seen_name, seen_value),) = data_of(scenario["steps"][0]).items()
        assert (unquoted(seen_name), unquoted(seen_value)) == (name, value)

    check()
