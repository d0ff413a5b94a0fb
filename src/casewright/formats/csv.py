"""Cases as CSV for Excel and for the importers of test management tools: one row per step.

Xray, TestRail, Zephyr and Qase all read one row per step with the cells of the case on its first row only.
Numbered steps in one cell (as in our xlsx) would have to be taken apart again, and a step's data would lose
its place. The ID stands on every row, so that the rows of a case stay together when somebody sorts them.

UTF-8 with a byte order mark (Excel takes it for the local encoding otherwise), lines end with CRLF, line
breaks inside a cell are LF. A cell that a spreadsheet could run as a formula, and one that begins with an
apostrophe, has an apostrophe in front; whoever reads the file back takes one leading apostrophe away.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

from casewright.design.cases import Step, Suite, TestCase
from casewright.formats import words
from casewright.formats.cells import defused, multi_line, numbered
from casewright.formats.citations import Citations
from casewright.formats.values import data_text, expectation

COLUMNS = (
    words.CASE_ID,
    words.TITLE,
    words.MODULE,
    words.PRIORITY,
    words.TECHNIQUE,
    words.STATUS,
    words.REQUIREMENTS,
    words.PRECONDITIONS,
    words.COVERAGE_ITEMS,
    words.SOURCES,
    words.KEY,
    words.STEP_NUMBER,
    words.ACTOR,
    words.STEP,
    words.DATA,
    words.EXPECTED,
)


def write(suite: Suite) -> bytes:
    """A header row and one row per step; a case without steps has one row. Requirements and coverage
    items stand one a line in their cell, preconditions and sources numbered."""
    content = io.StringIO(newline="")
    writer = csv.writer(content, lineterminator="\r\n")
    writer.writerow(column.text(suite.language) for column in COLUMNS)
    citations = Citations(suite)
    for case in suite.cases:
        for row in _rows(case, citations, suite.language):
            writer.writerow(defused(multi_line(cell)) for cell in row)
    return content.getvalue().encode("utf-8-sig")


def _rows(case: TestCase, citations: Citations, language: str) -> Iterator[list[str]]:
    of_case = _case_cells(case, citations, language)
    if not case.steps:
        yield [case.id, *of_case, "", "", "", "", ""]
    for number, step in enumerate(case.steps, start=1):
        yield [case.id, *of_case, *_step_cells(number, step, language)]
        of_case = [""] * len(of_case)


def _case_cells(case: TestCase, citations: Citations, language: str) -> list[str]:
    return [
        case.title,
        case.module,
        words.PRIORITIES[case.priority].text(language),
        words.TECHNIQUES[case.technique].text(language),
        words.STATUSES[case.status].text(language),
        "\n".join(case.requirement_ids),
        numbered(case.preconditions),
        "\n".join(case.coverage_items),
        numbered(citations.texts(case.sources)),
        case.key,
    ]


def _step_cells(number: int, step: Step, language: str) -> list[str]:
    return [
        str(number),
        step.actor or "",
        step.action,
        data_text(step, language),
        expectation(step, language),
    ]
