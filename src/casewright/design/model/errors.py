"""What is wrong with a test model: all of it at once, each with the element it is about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casewright.design.cases import Words


@dataclass(frozen=True, slots=True)
class ModelError:
    """`path` is the element's, such as 'operations.转账.reject[3].if'; `column` counts from 1 in the
    expression, None where the fault is not in one."""

    path: str
    words: Words
    column: int | None = None

    def message(self, language: str) -> str:
        """With path and column, in `language` ('zh' or 'en')."""
        if self.column is None:
            return f"{self.path}: {self.words.text(language)}"
        where = f"第 {self.column} 列" if language == "zh" else f"column {self.column}"
        return f"{self.path}, {where}: {self.words.text(language)}"


class ModelErrors(Exception):
    def __init__(self, errors: Sequence[ModelError]) -> None:
        self.errors = tuple(errors)
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """One line for each error."""
        return "\n".join(error.message(language) for error in self.errors)
