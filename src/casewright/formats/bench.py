"""What the test-quality benchmark runs: cases in the document's words, with computed results only."""

from __future__ import annotations

from casewright.design.cases import Expected, Scalar, Status, Step, Suite, TestCase
from casewright.formats import words
from casewright.formats.exact_json import Json, dumps


def write(suite: Suite) -> bytes:
    """`{"cases": […]}`, described by the benchmark's README. A case that can't be run, or whose last step
    asserts nothing, is left out: it would check nothing."""
    return dumps({"cases": [_case(case, suite.language) for case in suite.cases if _runs(case)]})


def _runs(case: TestCase) -> bool:
    return (
        case.status is Status.ASSERTED
        and bool(case.steps)
        and case.steps[-1].expected.asserts
        and all(step.operation is not None for step in case.steps)
    )


def _case(case: TestCase, language: str) -> dict[str, Json]:
    return {
        "id": case.id,
        "title": case.title,
        "requirement_ids": case.requirement_ids,
        "steps": [_step(step, language) for step in case.steps],
    }


def _step(step: Step, language: str) -> dict[str, Json]:
    written: dict[str, Json] = {"operation": step.operation}
    if step.actor is not None:
        written["actor"] = step.actor
    written["data"] = {name: _word(value, language) for name, value in step.data.items() if value is not None}
    if step.expected.asserts:
        written["expected"] = _expected(step.expected, language)
    return written


def _expected(expected: Expected, language: str) -> dict[str, Json]:
    written: dict[str, Json] = {}
    if expected.outcome is not None:
        written["outcome"] = expected.outcome
    if expected.outputs:
        written["outputs"] = {name: _word(value, language) for name, value in expected.outputs.items()}
    if expected.state is not None:
        written["state"] = expected.state
    return written


def _word(value: Scalar, language: str) -> Scalar:
    """The value; yes and no as the document says them."""
    return (words.YES if value else words.NO).text(language) if isinstance(value, bool) else value
