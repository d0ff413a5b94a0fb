"""The suite as a Markdown document (GFM tables) that reads well rendered and raw.

Every text of the suite stands inline: in a heading, a table cell or behind a label. So only what Markdown
reads inside a line has to be escaped, and no text can open a list, a block of code or a table of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from casewright.design.cases import Suite, TestCase
from casewright.formats import tables, words
from casewright.formats.cells import lines, numbered, one_line
from casewright.formats.citations import Citations
from casewright.formats.overview import by_module
from casewright.formats.tables import Table
from casewright.formats.values import data_text, expectation

# Without '.' and '-': they mean something only where a line begins.
_SPECIAL = re.compile(r"[\\`*_\[\]|~$]|(?<!\S)#")
_ENTITIES = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"})


def write(suite: Suite) -> bytes:
    """Title, figures, the cases by module, coverage, questions, requirement items; a table without rows is
    left out."""
    parts = [_heading(1, suite.title), _drawn(tables.about(suite), suite.language), *_cases(suite)]
    for table in (
        tables.item_coverage(suite),
        tables.coverage_items(suite),
        tables.questions(suite),
        tables.items(suite),
    ):
        if table.rows:
            parts += [_heading(2, table.name.text(suite.language)), _drawn(table, suite.language)]
    return ("\n\n".join(parts) + "\n").encode()


def _cases(suite: Suite) -> list[str]:
    citations = Citations(suite)
    parts = [_heading(2, words.TEST_CASES.text(suite.language))]
    if not suite.cases:
        parts.append(words.NO_CASES.text(suite.language))
    for module, cases in by_module(suite).items():
        parts.append(_heading(3, module or words.UNGROUPED.text(suite.language)))
        for case in cases:
            parts += _case(case, citations, suite.language)
    return parts


def _case(case: TestCase, citations: Citations, language: str) -> list[str]:
    steps = [
        [str(number), step.action, data_text(step, language), expectation(step, language)]
        for number, step in enumerate(case.steps, start=1)
    ]
    head = ["#", *(name.text(language) for name in (words.STEP, words.DATA, words.EXPECTED))]
    parts = [_heading(4, f"{case.id} {case.title}"), _labels(case, citations, language)]
    return [*parts, _table(head, steps)] if steps else parts


def _labels(case: TestCase, citations: Citations, language: str) -> str:
    labels = (
        (words.PRIORITY, words.PRIORITIES[case.priority].text(language)),
        (words.TECHNIQUE, words.TECHNIQUES[case.technique].text(language)),
        (words.STATUS, words.STATUSES[case.status].text(language)),
        (words.REQUIREMENTS, ", ".join(case.requirement_ids)),
        (words.PRECONDITIONS, numbered(case.preconditions)),
        (words.COVERAGE_ITEMS, "\n".join(case.coverage_items)),
        (words.SOURCES, numbered(citations.texts(case.sources))),
        (words.KEY, case.key),
    )
    colon = "：" if language == "zh" else ":"
    return "\n".join(f"- **{name.text(language)}{colon}** {inline(text)}" for name, text in labels if text)


def _heading(level: int, text: str) -> str:
    return f"{'#' * level} {inline(one_line(text))}"


def _drawn(table: Table, language: str) -> str:
    head = [name.text(language) for name, _ in table.columns]
    return _table(head, ([str(cell) for cell in row] for row in table.rows))


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    body = (f"| {' | '.join(inline(cell) for cell in cells)} |" for cells in (head, *rows))
    first, *rest = body
    return "\n".join((first, "|" + " --- |" * len(head), *rest))


def inline(text: str) -> str:
    """`text` so that it renders as itself inside a line; a line break becomes `<br>`."""
    return "<br>".join(_SPECIAL.sub(r"\\\g<0>", line.translate(_ENTITIES)) for line in lines(text))
