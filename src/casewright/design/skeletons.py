"""What is shown of requirements that the model doesn't hold: a test condition, and a case to complete."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from casewright.design.cases import (
    ItemKind,
    Language,
    Priority,
    RequirementItem,
    Status,
    Step,
    Technique,
    TestCase,
    TestCondition,
    Words,
)

_LONGEST_TITLE = 60
_CLAUSE_END = re.compile(r"[。；;！!？?\n]|\.(?=\s|$)")

_CONDITION = Words(zh="验证：{what}", en="To verify: {what}")
_TITLE = Words(zh="待补充：{what}", en="To be completed: {what}")
_EXPECTATION = Words(
    zh="结果与需求一致：“{quote}”。请人工补充具体数据和可判定的预期结果。",
    en='The result agrees with the requirement: "{quote}". '
    "A person has to add concrete data and an expected result that can be decided.",
)
_CAUSED = Words(
    zh="{effect}。依据：“{quote}”。请人工补充具体数据和可判定的预期结果。",
    en='{effect}. From: "{quote}". '
    "A person has to add concrete data and an expected result that can be decided.",
)
_CAUSE = Words(zh="触发：{cause}", en="Bring about: {cause}")
_CAUSE_AND_EFFECT = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"^as an? (?P<who>[^,]+),(?:[^,]+,)? i want (?P<cause>[^,]+?),? so that (?P<effect>[^.;]+)",
        (
            r"^(?:when(?:ever)?|if|upon|on|after|once|where|while|as soon as)\b"
            r"\s*(?P<cause>[^.;]+?),\s*(?:then\s+)?(?P<effect>[^.;]+)"
        ),
        r"^(?:当|如果|若|一旦)(?P<cause>[^，,。；;]{2,40}?)(?:时|后|的话)?[，,]\s*(?P<effect>[^。；;]+)",
        r"^(?P<cause>[^，,。；;]{2,40}?)(?:时|后|之后)[，,]\s*(?P<effect>[^。；;]+)",
        r"^(?P<cause>(?:点击|双击|选择|输入|进入|提交|勾选)[^，,。；;]{1,40})[，,]\s*(?P<effect>[^。；;]+)",
    )
)
_ACTIONS = {
    ItemKind.FUNCTIONAL: Words(zh="按需求操作：{what}", en="Carry out what is required: {what}"),
    ItemKind.RULE: Words(
        zh="构造满足和不满足该规则的情形：{what}",
        en="Bring about situations in which this rule applies and in which it doesn't: {what}",
    ),
    ItemKind.DATA: Words(
        zh="用符合和不符合要求的数据填写：{what}", en="Enter data that fits and data that doesn't: {what}"
    ),
    ItemKind.PERMISSION: Words(
        zh="分别以有权限和无权限的角色操作：{what}",
        en="Try it with roles that may and roles that may not: {what}",
    ),
    ItemKind.QUALITY: Words(zh="在约定条件下测量：{what}", en="Measure under the stated conditions: {what}"),
}


def skeletons(
    items: Sequence[RequirementItem], modelled_ids: Collection[str], language: Language, first: int = 1
) -> tuple[tuple[TestCondition, ...], tuple[TestCase, ...]]:
    """A condition for every testable item; a case for each that is not in `modelled_ids`, the ids of the
    items that asserted cases serve. The cases are numbered from `first`."""
    testable = [item for item in items if item.kind.testable]
    conditions = tuple(_condition(item, language) for item in testable)
    missing = [item for item in testable if item.id not in modelled_ids]
    return conditions, tuple(_case(item, language, number) for number, item in enumerate(missing, first))


def _condition(item: RequirementItem, language: Language) -> TestCondition:
    text = _CONDITION.text(language).format(what=_subject(item))
    return TestCondition(id=f"COND-{item.id}", item=item.id, text=text, sources=item.sources)


def _case(item: RequirementItem, language: Language, number: int) -> TestCase:
    subject = _subject(item)
    step = _caused(item, language) or Step(
        action=_ACTIONS[item.kind].text(language).format(what=subject),
        expectation=_EXPECTATION.text(language).format(quote=item.text.strip() or item.title.strip()),
    )
    return TestCase(
        id=f"TC-{number:03}",
        key=f"{Technique.REQUIREMENTS_BASED}|{item.id}",
        title=_TITLE.text(language).format(what=subject),
        module=item.section[-1] if item.section else "",
        requirement_ids=(item.id,),
        technique=Technique.REQUIREMENTS_BASED,
        steps=(step,),
        priority=Priority.LOW if item.kind is ItemKind.QUALITY else Priority.MEDIUM,
        status=Status.UNVERIFIED,
        sources=item.sources,
    )


def _caused(item: RequirementItem, language: Language) -> Step | None:
    """'Upon receipt of a Command, the log shall be cleared': what to bring about, and what is to follow."""
    text = " ".join(item.text.split())
    match = next(filter(None, (pattern.match(text) for pattern in _CAUSE_AND_EFFECT)), None)
    if match is None or item.kind is ItemKind.QUALITY:
        return None
    effect = match["effect"].strip()
    return Step(
        action=_CAUSE.text(language).format(cause=match["cause"].strip()),
        expectation=_CAUSED.text(language).format(
            effect=effect[:1].upper() + effect[1:], quote=item.text.strip()
        ),
    )


def _subject(item: RequirementItem) -> str:
    """The item in its own words: its title, else its first clause, on one line."""
    clauses = (part.strip() for part in _CLAUSE_END.split(item.title.strip() or item.text.strip()))
    subject = " ".join(next((part for part in clauses if part), item.id).split())
    return subject if len(subject) <= _LONGEST_TITLE else subject[: _LONGEST_TITLE - 1].rstrip() + "…"
