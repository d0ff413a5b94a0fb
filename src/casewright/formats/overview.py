"""What several formats tell of a suite: its figures, its cases by module, how well each item is covered."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from casewright.design.cases import (
    ClarificationKind,
    Coverage,
    RequirementItem,
    Status,
    Suite,
    TestCase,
    Words,
)
from casewright.formats import words


def by_module(suite: Suite) -> dict[str, list[TestCase]]:
    """The cases by module, both in the order of their first appearance; those without a module ('') first."""
    modules: dict[str, list[TestCase]] = {"": []}
    for case in suite.cases:
        modules.setdefault(case.module.strip(), []).append(case)
    return {module: cases for module, cases in modules.items() if cases}


@dataclass(frozen=True, slots=True)
class ItemCoverage:
    """How many conditions, coverage items and cases one requirement item has."""

    item: RequirementItem
    conditions: int
    coverage_items: int
    cases: int
    asserted: int
    unverified: int


def coverage_of_items(suite: Suite) -> list[ItemCoverage]:
    """One row per requirement item, in the order of the document. A case counts for every item it names."""
    conditions = Counter(condition.item for condition in suite.conditions)
    coverage_items = Counter(item for covered in suite.coverage_items for item in set(covered.items))
    by_status = {
        status: Counter(
            item for case in suite.cases if case.status is status for item in set(case.requirement_ids)
        )
        for status in Status
    }
    return [
        ItemCoverage(
            item=item,
            conditions=conditions[item.id],
            coverage_items=coverage_items[item.id],
            cases=sum(counter[item.id] for counter in by_status.values()),
            asserted=by_status[Status.ASSERTED][item.id],
            unverified=by_status[Status.UNVERIFIED][item.id],
        )
        for item in suite.items
    ]


def facts(suite: Suite) -> list[tuple[Words, str | int]]:
    """What the suite is and how much is in it: name and value, in the order in which to read them."""
    statuses = Counter(case.status for case in suite.cases)
    coverages = Counter(item.coverage for item in suite.coverage_items)
    return [
        (words.SUITE, suite.title),
        (words.GENERATOR, suite.generator),
        (words.DEPTH, words.DEPTHS[suite.depth].text(suite.language)),
        *((words.DOCUMENT, document.name) for document in suite.documents),
        (words.TEST_CASES, len(suite.cases)),
        *((words.of_kind(words.TEST_CASES, words.STATUSES[status]), statuses[status]) for status in Status),
        (words.ITEMS, len(suite.items)),
        (words.COVERAGE_ITEMS, len(suite.coverage_items)),
        *(
            (words.of_kind(words.COVERAGE_ITEMS, words.COVERAGES[coverage]), coverages[coverage])
            for coverage in Coverage
        ),
        (words.QUESTIONS, len(suite.clarifications)),
        (words.CLARIFICATION_KINDS[ClarificationKind.NOT_UNDERSTOOD], len(suite.not_understood)),
        *((words.NOTICE, notice) for notice in suite.notices),
    ]
