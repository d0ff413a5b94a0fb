"""The suite as one Gherkin feature: a rule per module, a scenario per case, English or Chinese keywords.

Gherkin reads line by line, so every text of the suite is folded to one line and stands behind a keyword, a
'#' or inside a table cell: none can begin a line, and none is read as a keyword, comment or table.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from casewright.design.cases import Step, Suite, TestCase, Words
from casewright.formats import words
from casewright.formats.cells import one_line
from casewright.formats.citations import Citations
from casewright.formats.overview import by_module
from casewright.formats.values import expectation, shown, shown_name

_BETWEEN_TAGS = re.compile(r"[\s@#]+")
_NO_TEXT = Words(zh="（无描述）", en="(no description)")


@dataclass(frozen=True, slots=True)
class _Keywords:
    language: str
    feature: str
    rule: str
    scenario: str
    given: str
    when: str
    then: str
    conjunction: str


_ENGLISH = _Keywords("en", "Feature", "Rule", "Scenario", "Given", "When", "Then", "And")
_CHINESE = _Keywords("zh-CN", "功能", "规则", "场景", "假如", "当", "那么", "而且")


def write(suite: Suite) -> bytes:
    """The .feature file. Cases without a module stand first, outside every rule."""
    return ("\n".join(_feature(suite)) + "\n").encode()


def _feature(suite: Suite) -> Iterator[str]:
    keywords = _CHINESE if suite.language == "zh" else _ENGLISH
    citations = Citations(suite)
    yield f"# language: {keywords.language}"
    yield f"# {one_line(suite.generator)}"
    yield f"{keywords.feature}: {one_line(suite.title)}"
    if not suite.cases:
        yield f"  # {words.NO_CASES.text(suite.language)}"
    for module, cases in by_module(suite).items():
        margin = "  "
        if module:
            yield ""
            yield f"  {keywords.rule}: {one_line(module)}"
            margin = "    "
        for case in cases:
            yield ""
            for line in _scenario(case, citations, keywords, suite.language):
                yield margin + line


def _scenario(case: TestCase, citations: Citations, keywords: _Keywords, language: str) -> Iterator[str]:
    for source in citations.texts(case.sources):
        yield f"# {one_line(source)}"
    yield " ".join(_tags(case, language))
    yield f"{keywords.scenario}: {one_line(case.title)}"
    for line in _steps(case, keywords, language):
        yield "  " + line


def _tags(case: TestCase, language: str) -> list[str]:
    """Each once and without blanks: id, requirements, priority, technique, status."""
    priority = f"{words.PRIORITY.text(language)}-{words.PRIORITIES[case.priority].text(language)}"
    technique = words.TECHNIQUES[case.technique].text(language)
    status = words.STATUSES[case.status].text(language)
    names = (case.id, *case.requirement_ids, priority, technique, status)
    tags = (_BETWEEN_TAGS.sub("-", one_line(name)).strip("-") for name in names)
    return list(dict.fromkeys(f"@{tag}" for tag in tags if tag))


def _steps(case: TestCase, keywords: _Keywords, language: str) -> Iterator[str]:
    keyword = keywords.given
    for precondition in case.preconditions:
        yield _line(keyword, precondition, language)
        keyword = keywords.conjunction
    before = ""
    for step in case.steps:
        yield _line(keywords.conjunction if before == keywords.when else keywords.when, step.action, language)
        yield from _data_table(step, language)
        before = keywords.when
        expected = expectation(step, language)
        if expected.strip():
            yield _line(keywords.then, expected, language)
            before = keywords.then
    if not any(expectation(step, language).strip() for step in case.steps):
        yield _line(keywords.then, words.NEEDS_A_PERSON.text(language), language)


def _line(keyword: str, text: str, language: str) -> str:
    return f"{keyword} {one_line(text) or _NO_TEXT.text(language)}"


def _data_table(step: Step, language: str) -> Iterator[str]:
    """Name and value a row, without a header."""
    for name, value in step.data.items():
        yield f"  | {_cell(shown_name(name))} | {_cell(shown(value, language))} |"


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", "\\n")
