"""A suite as plain tables, whatever draws them: columns with their widths, rows of texts and counts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casewright.design.cases import ClarificationKind, Status, Suite, TestCase, Words
from casewright.formats import words
from casewright.formats.cells import numbered
from casewright.formats.citations import Citations, section_text
from casewright.formats.overview import coverage_of_items, facts
from casewright.formats.values import data_text, expectation

Row = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """`columns` are name and width in characters; every row has as many cells as there are columns. A cell
    with several lines has '\\n' between them."""

    name: Words
    columns: tuple[tuple[Words, int], ...]
    rows: tuple[Row, ...]


def cases(suite: Suite) -> Table:
    """One row per case; steps, data and expected results numbered alike."""
    citations = Citations(suite)
    return Table(
        name=words.TEST_CASES,
        columns=(
            (words.CASE_ID, 12),
            (words.TITLE, 40),
            (words.MODULE, 18),
            (words.PRIORITY, 9),
            (words.TECHNIQUE, 18),
            (words.STATUS, 12),
            (words.REQUIREMENTS, 16),
            (words.PRECONDITIONS, 32),
            (words.STEPS, 48),
            (words.DATA, 32),
            (words.EXPECTED, 48),
            (words.COVERAGE_ITEMS, 32),
            (words.SOURCES, 48),
            (words.KEY, 24),
        ),
        rows=tuple(_case_row(case, citations, suite.language) for case in suite.cases),
    )


def _case_row(case: TestCase, citations: Citations, language: str) -> Row:
    return (
        case.id,
        case.title,
        case.module,
        words.PRIORITIES[case.priority].text(language),
        words.TECHNIQUES[case.technique].text(language),
        words.STATUSES[case.status].text(language),
        "\n".join(case.requirement_ids),
        numbered(case.preconditions),
        numbered(step.action for step in case.steps),
        numbered(data_text(step, language) for step in case.steps),
        numbered(expectation(step, language) for step in case.steps),
        "\n".join(case.coverage_items),
        numbered(citations.texts(case.sources)),
        case.key,
    )


def item_coverage(suite: Suite) -> Table:
    """How many conditions, coverage items and cases each requirement item has."""
    language = suite.language
    return Table(
        name=words.ITEM_COVERAGE,
        columns=(
            (words.ITEM_ID, 14),
            (words.KIND, 12),
            (words.ITEM_TITLE, 40),
            (words.TESTABLE, 11),
            (words.CONDITIONS, 11),
            (words.COVERAGE_ITEMS, 11),
            (words.CASES, 11),
            (words.STATUSES[Status.ASSERTED], 13),
            (words.STATUSES[Status.UNVERIFIED], 13),
        ),
        rows=tuple(
            (
                row.item.id,
                words.ITEM_KINDS[row.item.kind].text(language),
                row.item.title or row.item.text,
                (words.YES if row.item.kind.testable else words.NO).text(language),
                row.conditions,
                row.coverage_items,
                row.cases,
                row.asserted,
                row.unverified,
            )
            for row in coverage_of_items(suite)
        ),
    )


def coverage_items(suite: Suite) -> Table:
    """What is covered, and what is not and why."""
    language = suite.language
    return Table(
        name=words.COVERAGE_ITEMS,
        columns=(
            (words.KEY, 40),
            (words.TECHNIQUE, 20),
            (words.DESCRIPTION, 56),
            (words.REQUIREMENTS, 18),
            (words.STATUS, 14),
            (words.REASON, 48),
        ),
        rows=tuple(
            (
                covered.key,
                words.TECHNIQUES[covered.technique].text(language),
                covered.description.text(language),
                "\n".join(covered.items),
                words.COVERAGES[covered.coverage].text(language),
                covered.reason.text(language) if covered.reason is not None else "",
            )
            for covered in suite.coverage_items
        ),
    )


def questions(suite: Suite) -> Table:
    """What the author of the document is asked, then the sentences that the model does not cover."""
    citations = Citations(suite)
    return Table(
        name=words.QUESTIONS,
        columns=(
            (words.QUESTION_ID, 12),
            (words.KIND, 16),
            (words.QUESTION, 56),
            (words.WITNESS, 48),
            (words.REQUIREMENTS, 18),
            (words.SOURCES, 56),
        ),
        rows=(*_clarifications(suite, citations), *_not_understood(suite, citations)),
    )


def _clarifications(suite: Suite, citations: Citations) -> Iterator[Row]:
    for asked in suite.clarifications:
        yield (
            asked.id,
            words.CLARIFICATION_KINDS[asked.kind].text(suite.language),
            asked.question,
            asked.witness,
            "\n".join(asked.items),
            numbered(citations.texts(asked.sources)),
        )


def _not_understood(suite: Suite, citations: Citations) -> Iterator[Row]:
    for source in suite.not_understood:
        yield (
            "",
            words.CLARIFICATION_KINDS[ClarificationKind.NOT_UNDERSTOOD].text(suite.language),
            words.NOT_COVERED.text(suite.language),
            "",
            "",
            numbered([citations.text(source)]),
        )


def items(suite: Suite) -> Table:
    """The requirement items with their test conditions."""
    language = suite.language
    conditions: dict[str, list[str]] = {}
    for condition in suite.conditions:
        conditions.setdefault(condition.item, []).append(f"{condition.id} {condition.text}")
    return Table(
        name=words.ITEMS,
        columns=(
            (words.ITEM_ID, 14),
            (words.LABEL, 14),
            (words.KIND, 12),
            (words.ITEM_TITLE, 32),
            (words.TEXT, 72),
            (words.SECTION, 40),
            (words.CONDITIONS, 48),
        ),
        rows=tuple(
            (
                item.id,
                item.label,
                words.ITEM_KINDS[item.kind].text(language),
                item.title,
                item.text,
                section_text(item.section),
                numbered(conditions.get(item.id, [])),
            )
            for item in suite.items
        ),
    )


def about(suite: Suite) -> Table:
    """What the suite is and how much is in it."""
    return Table(
        name=words.ABOUT,
        columns=((words.NAME, 24), (words.VALUE, 96)),
        rows=tuple((name.text(suite.language), value) for name, value in facts(suite)),
    )
