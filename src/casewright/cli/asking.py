"""`check`: what has to be asked of the author of a document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from rich.table import Table
from rich.text import Text

from casewright.cli.inputs import understood_documents
from casewright.cli.languages import Language, Phrase, language_of_user
from casewright.cli.outputs import write_to_standard_output
from casewright.cli.plain import cut, printable
from casewright.cli.stages import stages
from casewright.cli.summary import Question, not_understood, question_from
from casewright.cli.terminal import console
from casewright.formats import words
from casewright.generate import clarifications

_NONE = Phrase("没有需要澄清的问题。", "There are no questions.")
_NONE_OF_WHAT_WAS_UNDERSTOOD = Phrase(
    "读懂的部分没有需要澄清的问题；下列句子没有理解，请人工查看。",
    "There are no questions about what was understood; a person has to look at the sentences below.",
)
_NOT_UNDERSTOOD = Phrase("没有理解的句子：{count}", "Sentences that were not understood: {count}")
_LONGEST = 110


class Asked(BaseModel):
    """The questions, and the sentences of testable requirements that were not understood."""

    model_config = ConfigDict(frozen=True)

    questions: tuple[Question, ...]
    not_understood: tuple[str, ...]


def asked(paths: Sequence[Path], language: Language | None) -> Asked:
    """`language`: that of the questions; None: that of the documents. Raises a `Failure`."""
    with stages(language_of_user(language)) as progress:
        understood = understood_documents(paths, progress)
    model, items = understood.model, understood.items
    return Asked(
        questions=tuple(
            question_from(each) for each in clarifications(model, items, language or understood.language)
        ),
        not_understood=not_understood(model),
    )


def print_as_json(found: Asked) -> None:
    write_to_standard_output(found.model_dump_json(indent=2).encode() + b"\n")


def print_for_people(found: Asked, language: Language) -> None:
    """`language`: that of the words around the questions."""
    out = console("stdout")
    none = _NONE_OF_WHAT_WAS_UNDERSTOOD if found.not_understood else _NONE
    out.print(_table(found.questions, language) if found.questions else none.text(language))
    if found.not_understood:
        out.print(_NOT_UNDERSTOOD.text(language, count=len(found.not_understood)), style="bold")
        for sentence in found.not_understood:
            out.print(Text(f"  {cut(sentence, _LONGEST)}"))


def _table(questions: Sequence[Question], language: Language) -> Table:
    columns = (words.QUESTION_ID, words.KIND, words.QUESTION, words.REQUIREMENTS)
    table = Table(*(column.text(language) for column in columns), show_lines=True)
    for each in questions:
        example = f"\n{words.WITNESS.text(language)}: {each.witness}" if each.witness else ""
        kind = words.CLARIFICATION_KINDS[each.kind].text(language)
        table.add_row(
            each.id, kind, Text(printable(each.question + example)), printable(", ".join(each.items))
        )
    return table
