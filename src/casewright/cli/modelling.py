"""`model`: prints the test model of documents as YAML."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from casewright.cli.ending import say
from casewright.cli.inputs import understood_documents
from casewright.cli.languages import Language, Phrase
from casewright.cli.outputs import write_to_standard_output
from casewright.cli.stages import stages
from casewright.cli.summary import figures_of
from casewright.cli.summary_tables import model_line
from casewright.design.model.text import dump

_UNMODELLED = Phrase("没有理解的句子：{count}", "Sentences that were not understood: {count}")


def print_model(paths: Sequence[Path], language: Language) -> None:
    """Raises a `Failure` where it can't be done."""
    with stages(language) as progress:
        model = understood_documents(paths, progress).model
    write_to_standard_output(dump(model).encode())
    say(model_line(figures_of(model), language))
    if model.not_modelled:
        say(_UNMODELLED.text(language, count=len(model.not_modelled)))
