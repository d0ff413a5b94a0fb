"""The words of the formats in both languages: names of columns and sheets, labels of every enumeration."""

from __future__ import annotations

from casewright.design.cases import (
    ClarificationKind,
    Coverage,
    ItemKind,
    Outcome,
    Priority,
    Status,
    Technique,
    Words,
)

# Parts of a case
CASE_ID = Words(zh="用例编号", en="ID")
TITLE = Words(zh="用例标题", en="Title")
MODULE = Words(zh="所属模块", en="Module")
PRIORITY = Words(zh="优先级", en="Priority")
TECHNIQUE = Words(zh="设计方法", en="Technique")
STATUS = Words(zh="状态", en="Status")
REQUIREMENTS = Words(zh="需求编号", en="Requirements")
PRECONDITIONS = Words(zh="前置条件", en="Preconditions")
STEP_NUMBER = Words(zh="步骤序号", en="Step no.")
ACTOR = Words(zh="执行角色", en="Actor")
PRECONDITION = Words(zh="前置条件", en="Precondition")
STEPS = Words(zh="步骤", en="Steps")
STEP = Words(zh="步骤", en="Step")
DATA = Words(zh="测试数据", en="Test data")
EXPECTED = Words(zh="预期结果", en="Expected result")
COVERAGE_ITEMS = Words(zh="覆盖项", en="Coverage items")
SOURCES = Words(zh="来源", en="Sources")
KEY = Words(zh="标识键", en="Key")

# Parts of requirement items, coverage and questions
ITEM_ID = Words(zh="需求编号", en="Requirement")
LABEL = Words(zh="原文编号", en="Number in document")
KIND = Words(zh="类型", en="Kind")
ITEM_TITLE = Words(zh="标题", en="Title")
TEXT = Words(zh="内容", en="Text")
SECTION = Words(zh="章节", en="Section")
CONDITIONS = Words(zh="测试条件", en="Test conditions")
TESTABLE = Words(zh="可测试", en="Testable")
CASES = Words(zh="用例", en="Cases")
DESCRIPTION = Words(zh="说明", en="Description")
REASON = Words(zh="原因", en="Reason")
QUESTION_ID = Words(zh="问题编号", en="ID")
QUESTION = Words(zh="问题", en="Question")
WITNESS = Words(zh="具体例子", en="Concrete example")

# Sheets and sections
TEST_CASES = Words(zh="测试用例", en="Test cases")
ITEM_COVERAGE = Words(zh="需求覆盖", en="Requirement coverage")
QUESTIONS = Words(zh="待澄清问题", en="Open questions")
ITEMS = Words(zh="需求条目", en="Requirement items")
ABOUT = Words(zh="说明", en="About")

# About the suite
SUITE = Words(zh="测试套件", en="Test suite")
GENERATOR = Words(zh="生成工具", en="Generator")
DEPTH = Words(zh="深度", en="Depth")
DOCUMENT = Words(zh="文档", en="Document")
NOTICE = Words(zh="文档提示", en="Notice")
NAME = Words(zh="名称", en="Name")
VALUE = Words(zh="内容", en="Value")

YES = Words(zh="是", en="yes")
NO = Words(zh="否", en="no")
EMPTY = Words(zh="（空）", en="(empty)")
UNGROUPED = Words(zh="未分组", en="Ungrouped")
RESULT = Words(zh="结果", en="result")
STATE = Words(zh="状态", en="state")
NO_CASES = Words(zh="没有生成测试用例。", en="There are no test cases.")
NOT_COVERED = Words(
    zh="模型没有覆盖这句话，请人工确认是否需要补充用例。",
    en="The model does not cover this sentence: a person has to see whether it needs cases.",
)
NEEDS_A_PERSON = Words(zh="预期结果需要人工确认", en="a person has to say what is expected")
CUT = Words(
    zh="…（内容过长，已截断，原文共 {length} 个字符）", en="… (cut: the whole text has {length} characters)"
)

DEPTHS = {
    "smoke": Words(zh="冒烟", en="smoke"),
    "standard": Words(zh="标准", en="standard"),
    "thorough": Words(zh="深入", en="thorough"),
}
PRIORITIES = {
    Priority.HIGH: Words(zh="高", en="high"),
    Priority.MEDIUM: Words(zh="中", en="medium"),
    Priority.LOW: Words(zh="低", en="low"),
}
TECHNIQUES = {
    Technique.EQUIVALENCE_PARTITIONING: Words(zh="等价类划分", en="equivalence partitioning"),
    Technique.BOUNDARY_VALUE_ANALYSIS: Words(zh="边界值分析", en="boundary value analysis"),
    Technique.DECISION_TABLE: Words(zh="判定表测试", en="decision table testing"),
    Technique.STATE_TRANSITION: Words(zh="状态转换测试", en="state transition testing"),
    Technique.PERMISSIONS: Words(zh="权限测试", en="permission testing"),
    Technique.SCENARIO: Words(zh="场景测试", en="scenario testing"),
    Technique.REQUIREMENTS_BASED: Words(zh="基于需求的测试", en="requirements-based testing"),
}
STATUSES = {
    Status.ASSERTED: Words(zh="预期已推算", en="asserted"),
    Status.UNVERIFIED: Words(zh="待人工确认", en="unverified"),
}
COVERAGES = {
    Coverage.COVERED: Words(zh="已覆盖", en="covered"),
    Coverage.INFEASIBLE: Words(zh="不可行", en="infeasible"),
    Coverage.UNDECIDED: Words(zh="无法判定", en="undecided"),
}
OUTCOMES = {
    Outcome.ACCEPTED: Words(zh="接受", en="accepted"),
    Outcome.REJECTED: Words(zh="拒绝", en="rejected"),
}
ITEM_KINDS = {
    ItemKind.FUNCTIONAL: Words(zh="功能", en="functional"),
    ItemKind.RULE: Words(zh="规则", en="rule"),
    ItemKind.DATA: Words(zh="数据", en="data"),
    ItemKind.PERMISSION: Words(zh="权限", en="permission"),
    ItemKind.QUALITY: Words(zh="质量", en="quality"),
    ItemKind.BACKGROUND: Words(zh="背景", en="background"),
    ItemKind.OUT_OF_SCOPE: Words(zh="范围之外", en="out of scope"),
    ItemKind.OPEN_QUESTION: Words(zh="待定问题", en="open question"),
}
CLARIFICATION_KINDS = {
    ClarificationKind.AMBIGUITY: Words(zh="歧义", en="ambiguity"),
    ClarificationKind.GAP: Words(zh="遗漏", en="gap"),
    ClarificationKind.CONTRADICTION: Words(zh="矛盾", en="contradiction"),
    ClarificationKind.NOT_UNDERSTOOD: Words(zh="未理解", en="not understood"),
    ClarificationKind.EXAMPLE_DIFFERS: Words(zh="与文档示例不符", en="example differs"),
}


def of_kind(thing: Words, kind: Words) -> Words:
    """'Test cases: asserted'."""
    return Words(zh=f"{thing.zh}：{kind.zh}", en=f"{thing.en}: {kind.en}")
