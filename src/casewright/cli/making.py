"""`generate` and `design`: test cases from documents or from a model, written where the user wants them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from casewright.cli.choices import Depth, Format
from casewright.cli.exits import Exit, Failure
from casewright.cli.inputs import nothing_testable, read_model, understood_documents, wrong_model
from casewright.cli.languages import Language, Phrase, language_of_user
from casewright.cli.locating import located
from casewright.cli.outputs import (
    STANDARD_OUTPUT,
    Destination,
    destinations,
    write,
    write_to_standard_output,
)
from casewright.cli.stages import stages
from casewright.cli.summary import Output, summary_of
from casewright.cli.summary_tables import print_summary
from casewright.design.cases import Suite
from casewright.design.model.errors import ModelErrors
from casewright.design.model.schema import Model
from casewright.formats.writing import FORMATS
from casewright.generate import suite_from_documents, suite_from_model


@dataclass(frozen=True, slots=True)
class Wish:
    """The options of `generate` and `design`."""

    lang: Language | None
    """That of the cases; None: that of the document."""
    depth: Depth
    formats: Sequence[Format]
    output: Path | None
    as_json: bool

    @property
    def language(self) -> Language:
        """That of the messages."""
        return language_of_user(self.lang)


def generate_from_documents(paths: Sequence[Path], wish: Wish) -> None:
    """Raises a `Failure` where it can't be done."""
    planned = _planned(wish, paths)
    with stages(wish.language) as progress:
        understood = understood_documents(paths, progress)
        suite = suite_from_documents(understood, wish.lang, wish.depth, progress)
    _deliver(suite, understood.model, planned, wish)


def generate_from_model(path: Path, wish: Wish) -> None:
    """Raises a `Failure` where it can't be done."""
    planned = _planned(wish, (path,))
    text, model = read_model(path)
    try:
        suite = suite_from_model(model, wish.lang, wish.depth)
    except ModelErrors as error:
        zh, en = located(error, text, path, "zh"), located(error, text, path, "en")
        raise wrong_model(path, zh, en) from error
    if not suite.cases:
        raise nothing_testable(path.name, len(suite.items))
    _deliver(suite, model, planned, wish)


def _planned(wish: Wish, inputs: Sequence[Path]) -> tuple[Destination, ...]:
    planned = destinations(wish.formats, wish.output, inputs)
    if wish.as_json and planned[0].path == STANDARD_OUTPUT:
        words = Phrase(
            "--json 与 --output - 不能同时使用：两者都写标准输出。",
            "--json and --output - can't go together: both write to the standard output.",
        )
        raise Failure(Exit.USAGE, words)
    return planned


def _deliver(suite: Suite, model: Model, planned: Sequence[Destination], wish: Wish) -> None:
    # All is made before anything is written, so that a fault leaves no half of the results.
    contents = [(FORMATS[each.format].write(suite), each.path) for each in planned]
    for content, path in contents:
        write(content, path)
    outputs = tuple(Output(format=each.format, path=str(each.path)) for each in planned)
    summary = summary_of(suite, model, outputs)
    if wish.as_json:
        write_to_standard_output(summary.model_dump_json(indent=2).encode() + b"\n")
    else:
        print_summary(summary, wish.language)
