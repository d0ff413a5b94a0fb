"""What was found, in figures: the JSON object of `--json`, and what the tables on the terminal show."""

from __future__ import annotations

from collections import Counter

from pydantic import BaseModel, ConfigDict

from casewright.design.cases import (
    Clarification,
    ClarificationKind,
    Coverage,
    ItemKind,
    Status,
    Suite,
    Technique,
)
from casewright.design.model.schema import Model


class Part(BaseModel):
    model_config = ConfigDict(frozen=True)


class Items(Part):
    total: int
    by_kind: dict[ItemKind, int]


class ModelFigures(Part):
    """`rules`: refusals, effects and derived values."""

    operations: int
    inputs: int
    rules: int
    states: int


class Cases(Part):
    total: int
    asserted: int
    unverified: int
    by_technique: dict[Technique, dict[Status, int]]


class NotUnderstood(Part):
    total: int
    sentences: tuple[str, ...]


class Question(Part):
    id: str
    kind: ClarificationKind
    question: str
    witness: str
    items: tuple[str, ...]


class Output(Part):
    format: str
    path: str
    """'-' is the standard output."""


class Summary(Part):
    generator: str
    title: str
    language: str
    depth: str
    documents: tuple[str, ...]
    items: Items
    model: ModelFigures
    not_understood: NotUnderstood
    cases: Cases
    coverage: dict[Coverage, int]
    questions: tuple[Question, ...]
    notices: tuple[str, ...]
    outputs: tuple[Output, ...]


def summary_of(suite: Suite, model: Model, outputs: tuple[Output, ...]) -> Summary:
    kinds = Counter(item.kind for item in suite.items)
    statuses = Counter(case.status for case in suite.cases)
    coverages = Counter(each.coverage for each in suite.coverage_items)
    return Summary(
        generator=suite.generator,
        title=suite.title,
        language=suite.language,
        depth=suite.depth,
        documents=tuple(document.name for document in suite.documents),
        items=Items(total=len(suite.items), by_kind={kind: kinds[kind] for kind in ItemKind if kinds[kind]}),
        model=figures_of(model),
        not_understood=NotUnderstood(
            total=len(model.not_modelled),
            sentences=not_understood(model),
        ),
        cases=Cases(
            total=len(suite.cases),
            asserted=statuses[Status.ASSERTED],
            unverified=statuses[Status.UNVERIFIED],
            by_technique=_by_technique(suite),
        ),
        coverage={coverage: coverages[coverage] for coverage in Coverage},
        questions=tuple(question_from(each) for each in suite.clarifications),
        notices=suite.notices,
        outputs=outputs,
    )


def question_from(asked: Clarification) -> Question:
    return Question(
        id=asked.id, kind=asked.kind, question=asked.question, witness=asked.witness, items=asked.items
    )


def not_understood(model: Model) -> tuple[str, ...]:
    """The sentences of testable requirements that the model does not hold, each on one line."""
    return tuple(" ".join(each.text.split()) for each in model.not_modelled)


def figures_of(model: Model) -> ModelFigures:
    operations = model.operations.values()
    return ModelFigures(
        operations=len(operations),
        inputs=sum(len(operation.inputs) for operation in operations),
        rules=sum(len(each.reject) + len(each.then) + len(each.let) for each in operations)
        + len(model.derived),
        states=len(model.states.are) if model.states else 0,
    )


def _by_technique(suite: Suite) -> dict[Technique, dict[Status, int]]:
    counts = Counter((case.technique, case.status) for case in suite.cases)
    return {
        technique: {status: counts[technique, status] for status in Status}
        for technique in Technique
        if any(counts[technique, status] for status in Status)
    }
