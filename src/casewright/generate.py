"""Document in, suite out: the whole way in one place. The command line calls it, jobs run its steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from casewright.design.cases import (
    Clarification,
    ClarificationKind,
    DocumentReference,
    Language,
    RequirementItem,
    Source,
    Suite,
    TestCase,
)
from casewright.design.designing import Depth, Designed, design
from casewright.design.extraction.extracting import extract
from casewright.design.extraction.text.words import is_chinese
from casewright.design.items import split
from casewright.design.model.compiled import compile_model
from casewright.design.model.schema import Model, Question
from casewright.design.skeletons import skeletons
from casewright.documents.blocks import Document
from casewright.documents.limits import Limits
from casewright.documents.sandbox import read_file

Progress = Callable[[str, float], None]
"""Called with the name of the stage ('read', 'items', 'model', 'cases') and the share of it that is done."""


_DEFAULTS = Limits()


def no_progress(stage: str, share: float) -> None:
    """For callers that show none."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a set of documents says, before any case is made."""

    documents: tuple[Document, ...]
    items: tuple[RequirementItem, ...]
    language: Language
    """That of the documents."""
    model: Model


def read_documents(
    paths: Sequence[Path], limits: Limits = _DEFAULTS, progress: Progress = no_progress
) -> tuple[Document, ...]:
    """Raises a `DocumentError` for the first file that can't be read, and `OSError` where it isn't there."""

    def part(number: int) -> Callable[[float], None]:
        return lambda share: progress("read", (number + share) / len(paths))

    return tuple(read_file(path, limits, part(number)) for number, path in enumerate(paths))


def understand(documents: Sequence[Document], progress: Progress = no_progress) -> Understood:
    progress("items", 0.0)
    items = split(documents)
    progress("model", 0.0)
    language = language_of(documents)
    model = extract(documents, items, language)
    progress("model", 1.0)
    return Understood(tuple(documents), items, language, model)


def language_of(documents: Iterable[Document]) -> Language:
    """'zh' if a good part of the letters are Chinese."""
    text = " ".join(block.text for document in documents for block in document.blocks if not block.table)
    cells = " ".join(
        cell.text
        for document in documents
        for block in document.blocks
        if block.table
        for row in block.table.rows
        for cell in row
    )
    return "zh" if is_chinese(f"{text} {cells}") else "en"


def suite_from_documents(
    understood: Understood, language: Language | None, depth: Depth, progress: Progress = no_progress
) -> Suite:
    """`language` None: that of the documents."""
    language = language or understood.language
    progress("cases", 0.0)
    compiled = compile_model(understood.model)
    designed = design(compiled, language, depth)
    asserted = {name for case in designed.cases for name in case.requirement_ids}
    conditions, drafts = skeletons(understood.items, asserted, language)
    progress("cases", 1.0)
    documents = understood.documents
    return Suite(
        generator=generator(),
        title=understood.model.feature or documents[0].name,
        language=language,
        depth=depth,
        documents=tuple(DocumentReference(name=each.name, type=each.type) for each in documents),
        items=understood.items,
        conditions=conditions,
        coverage_items=designed.coverage_items,
        cases=_with_sources(_numbered((*designed.cases, *drafts)), understood.items),
        clarifications=clarifications(understood.model, understood.items, language),
        not_understood=_not_understood(understood.model, understood.items),
        notices=tuple(
            f"{each.name}: {notice.text(language)}" for each in documents for notice in each.notices
        ),
    )


def suite_from_model(model: Model, language: Language | None, depth: Depth) -> Suite:
    """From a model alone, such as a person has edited: no items, no skeletons."""
    compiled = compile_model(model)
    language = language or model.language
    designed: Designed = design(compiled, language, depth)
    return Suite(
        generator=generator(),
        title=model.feature,
        language=language,
        depth=depth,
        documents=(),
        coverage_items=designed.coverage_items,
        cases=_numbered(designed.cases),
        clarifications=clarifications(model, (), language),
    )


def generator() -> str:
    return f"casewright {version('casewright')}"


def _numbered(cases: Sequence[TestCase]) -> tuple[TestCase, ...]:
    width = max(3, len(str(len(cases))))
    return tuple(
        case.model_copy(update={"id": f"TC-{number:0{width}}"}) for number, case in enumerate(cases, start=1)
    )


def _with_sources(cases: Sequence[TestCase], items: Sequence[RequirementItem]) -> tuple[TestCase, ...]:
    """Each case with the text that it rests on."""
    by_id = {item.id: item.sources for item in items}
    return tuple(
        case if case.sources else case.model_copy(update={"sources": _sources(case.requirement_ids, by_id)})
        for case in cases
    )


def _sources(ids: Iterable[str], by_id: dict[str, tuple[Source, ...]]) -> tuple[Source, ...]:
    return tuple(source for name in ids for source in by_id.get(name, ()))


def clarifications(
    model: Model, items: Sequence[RequirementItem], language: Language
) -> tuple[Clarification, ...]:
    """What has to be asked of the author."""
    by_id = {item.id: item.sources for item in items}
    return tuple(
        _clarification(number, question, by_id, language)
        for number, question in enumerate(model.questions, start=1)
    )


def _clarification(
    number: int, question: Question, by_id: dict[str, tuple[Source, ...]], language: Language
) -> Clarification:
    return Clarification(
        id=f"Q-{number:03}",
        kind=ClarificationKind(question.kind),
        question=question.ask[language],
        witness=question.witness,
        items=question.source,
        sources=_sources(question.source, by_id),
    )


def _not_understood(model: Model, items: Sequence[RequirementItem]) -> tuple[Source, ...]:
    by_id = {item.id: item.sources for item in items}
    return _sources((name for each in model.not_modelled for name in each.source), by_id)
