"""Suites to write: one with everything that can go wrong in each language, and builders for small ones."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import strategies as st

from casewright.design.cases import (
    Clarification,
    ClarificationKind,
    Coverage,
    CoverageItem,
    DocumentReference,
    Expected,
    ItemKind,
    Outcome,
    Priority,
    RequirementItem,
    Source,
    Status,
    Step,
    Suite,
    Technique,
    TestCase,
    TestCondition,
    Words,
)

BuildSuite = Callable[..., Suite]
BuildCase = Callable[..., TestCase]

_AWKWARD = (
    *("=", "+", "-", "@", "'", '"', ",", ";", "|", "\\", "\n", "\t", "  ", "#", "`", "*", "_", "~", "[", "]"),
    *(
        "(",
        ")",
        "!",
        "<br>",
        "<b>",
        "&amp;",
        "&",
        "$",
        ":",
        "：",
        "1. ",
        "---",
        "```",
        '"""',
        "_x0041_",
        "😀",
    ),
    *("Scenario:", "场景:", "当", "Given ", "* ", "Feature:", "@tag", "http://a.b", "\u3000", "是", "（空）"),
)

LIMIT = Source(block=3, start=0, end=11, quote="单笔上限 50,000 元")
TABLE = Source(block=7, row=2, column=1, quote="|=1+1|\n<b>第二行</b>")
LOOSE = Source(document=1, block=40, quote="“视情况”处理")


@pytest.fixture(scope="session")
def build_suite() -> BuildSuite:
    """A suite with only what has no default, and what the test gives."""

    def build(**given: Any) -> Suite:
        return Suite(
            **{
                "generator": "casewright 0.1.0",
                "title": "Transfers",
                "language": "en",
                "depth": "standard",
                "documents": (DocumentReference(name="transfer.md", type="markdown"),),
                **given,
            }
        )

    return build


@pytest.fixture(scope="session")
def build_case() -> BuildCase:
    """A case with only what has no default, and what the test gives."""

    def build(**given: Any) -> TestCase:
        return TestCase(
            **{
                "id": "TC-001",
                "key": "ep:amount:valid",
                "title": "An ordinary amount is accepted",
                "requirement_ids": ("REQ-001",),
                "technique": Technique.EQUIVALENCE_PARTITIONING,
                "steps": (Step(action="Submit a transfer", expectation="The transfer is accepted"),),
                "status": Status.ASSERTED,
                **given,
            }
        )

    return build


@pytest.fixture(scope="session")
def awkward_texts() -> st.SearchStrategy[str]:
    """Any text without control characters (tab and line break apart), rich in what formats give a meaning."""
    # Control characters and other line breaks are changed on purpose; test_cells.py holds how.
    letters = st.characters(exclude_categories=["Cc", "Cs", "Cn", "Zl", "Zp"])
    return st.lists(st.sampled_from(_AWKWARD) | st.text(letters, max_size=3), max_size=6).map("".join)


def _rich_cases() -> tuple[TestCase, ...]:
    return (
        TestCase(
            id="TC-001",
            key="bva:金额:upper:on",
            title="金额等于上限时|接受，且“手续费”为 25 元",
            module="4.2 转账",
            requirement_ids=("REQ-001", "REQ-002"),
            technique=Technique.BOUNDARY_VALUE_ANALYSIS,
            coverage_items=("bva:金额:upper:on", "dt:rule:1"),
            preconditions=("账户已开通\n且余额充足", "", "2. 不是编号"),
            steps=(
                Step(action="以客户身份登录", operation="登录", actor="客户", data={"手机号": "13800138000"}),
                Step(
                    action="提交转账：\n1. 第一行\n2. 第二行, \"引号\" | 竖线 'x'",
                    expectation="=1+1\r\n手续费 25.00 元",
                    operation="提交转账",
                    actor="客户",
                    data={
                        "金额": Decimal("50000.50"),
                        "加急": True,
                        "币种": "CNY",
                        "次数": 3,
                        "备注": "第一行\n第二行 |\\",
                        "附言": "",
                        "优惠码": None,
                    },
                    expected=Expected(
                        outcome=Outcome.ACCEPTED,
                        outputs={"手续费": Decimal("25.00"), "需要复核": False, "提示": "已提交"},
                        state="待处理",
                    ),
                ),
            ),
            priority=Priority.HIGH,
            status=Status.ASSERTED,
            sources=(LIMIT, TABLE),
        ),
        TestCase(
            id="=TC+002",
            key="dt:rule:9",
            title="+cmd|' /C calc'!A0 😀",
            module="# 5 <b>撤销</b>",
            requirement_ids=("REQ-003",),
            technique=Technique.DECISION_TABLE,
            steps=(
                Step(
                    action="-",
                    operation="撤销",
                    data={"a:b": "=SUM(A1)", " 空格 ": "是"},
                    expected=Expected(outcome=Outcome.REJECTED, state="已完成"),
                ),
                Step(action="@某人", operation="查询", expected=Expected(outputs={"余额": -3})),
            ),
            status=Status.ASSERTED,
        ),
        TestCase(
            id="TC-003",
            key="rb:REQ-003",
            title="需要人工确认：当 而且 那么 # 不是注释",
            requirement_ids=("REQ-003",),
            technique=Technique.REQUIREMENTS_BASED,
            steps=(Step(action="# 查看页面"), Step(action='"""')),
            priority=Priority.LOW,
            status=Status.UNVERIFIED,
            sources=(LOOSE,),
        ),
        TestCase(
            id="TC-004",
            key="rb:REQ-004",
            title="很长的内容",
            module="4.2 转账",
            requirement_ids=(),
            technique=Technique.SCENARIO,
            preconditions=("空列表",),
            steps=(Step(action="粘贴 " + "长😀" * 20_000, expectation="保存成功"),),
            status=Status.UNVERIFIED,
        ),
        TestCase(
            id="TC-005",
            key="none",
            title="没有步骤",
            requirement_ids=("REQ-001",),
            technique=Technique.PERMISSIONS,
            steps=(),
            status=Status.UNVERIFIED,
        ),
    )


@pytest.fixture(scope="session")
def rich_suites() -> dict[str, Suite]:
    """The same awkward suite with Chinese and with English labels."""
    chinese = Suite(
        generator="casewright 0.1.0",
        title="# 转账 | <需求> *测试*",
        language="zh",
        depth="thorough",
        documents=(
            DocumentReference(name="转账需求.docx", type="docx"),
            DocumentReference(name="附录.md", type="markdown"),
        ),
        items=(
            RequirementItem(
                id="REQ-001",
                label="4.2.1",
                kind=ItemKind.RULE,
                title="单笔上限",
                text="单笔上限 50,000 元，\n含边界。",
                section=("4 功能", "4.2 转账"),
                sources=(LIMIT,),
            ),
            RequirementItem(
                id="REQ-002",
                kind=ItemKind.DATA,
                text="=1+1 是公式",
                section=("4 功能",),
                sources=(TABLE,),
            ),
            RequirementItem(id="REQ-003", kind=ItemKind.BACKGROUND, text="@背景 | 说明"),
        ),
        conditions=(
            TestCondition(id="COND-1", item="REQ-001", text="金额在上限处", sources=(LIMIT,)),
            TestCondition(id="COND-2", item="REQ-001", text="金额超过上限", sources=(LIMIT,)),
        ),
        coverage_items=(
            CoverageItem(
                key="bva:金额:upper:on",
                technique=Technique.BOUNDARY_VALUE_ANALYSIS,
                description=Words(zh="金额等于上限", en="amount at the upper limit"),
                items=("REQ-001",),
                coverage=Coverage.COVERED,
            ),
            CoverageItem(
                key="dt:rule:9",
                technique=Technique.DECISION_TABLE,
                description=Words(zh="规则 9", en="rule 9"),
                items=("REQ-001", "REQ-002"),
                coverage=Coverage.INFEASIBLE,
                reason=Words(zh="条件互斥", en="its conditions exclude each other"),
            ),
        ),
        cases=_rich_cases(),
        clarifications=(
            Clarification(
                id="Q-1",
                kind=ClarificationKind.AMBIGUITY,
                question="“以上”是否包含本数？\n请确认",
                witness="金额 = 50000.00",
                items=("REQ-001", "REQ-002"),
                sources=(LIMIT, TABLE),
            ),
        ),
        not_understood=(LOOSE,),
        notices=("第 3 页是扫描件",),
    )
    return {"zh": chinese, "en": chinese.model_copy(update={"language": "en"})}


@pytest.fixture(params=["zh", "en"])
def rich_suite(request: pytest.FixtureRequest, rich_suites: dict[str, Suite]) -> Suite:
    return rich_suites[request.param]
