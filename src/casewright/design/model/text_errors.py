"""What is wrong with the text of a model: all of it at once, each with line and column."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casewright.design.cases import Words


@dataclass(frozen=True, slots=True)
class TextProblem:
    """`line` and `column` count from 1."""

    line: int
    column: int
    words: Words


class ModelTextErrors(Exception):
    """`name` is what the text is called, a file's name as a rule."""

    def __init__(self, name: str, problems: Sequence[TextProblem]) -> None:
        self.name = name
        self.problems = tuple(sorted(problems, key=lambda problem: (problem.line, problem.column)))
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """One line for each, such as 'model.yaml:3:5: …', in `language` ('zh' or 'en')."""
        return "\n".join(
            f"{self.name}:{problem.line}:{problem.column}: {problem.words.text(language)}"
            for problem in self.problems
        )
