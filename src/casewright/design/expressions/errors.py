"""What is wrong with an expression, where, and what was probably meant; in Chinese and in English alike."""

from __future__ import annotations

import difflib
from collections.abc import Iterable

from casewright.design.cases import Words
from casewright.design.expressions.tree import Span


class ExpressionError(Exception):
    """`column` is that of the first character of `offending` in `text`, from 1. In a first-hit list `text`
    is that of line `line`, from 0."""

    line: int | None = None

    def __init__(self, problem: Words, text: str, span: Span, nearest: str | None = None) -> None:
        self.problem = problem
        self.text = text
        self.column = span.start + 1
        self.offending = text[span.start : span.end]
        self.nearest = nearest
        super().__init__(self.message("en"))

    @property
    def words(self) -> Words:
        """The problem with the offending text and the suggestion, without the column."""
        zh, en = self.problem.zh, self.problem.en
        if self.offending:
            zh, en = f"“{self.offending}”：{zh}", f"`{self.offending}`: {en}"
        if self.nearest is not None:
            zh, en = f"{zh}您是不是想写“{self.nearest}”？", f"{en} Did you mean `{self.nearest}`?"
        return Words(zh=zh, en=en)

    def message(self, language: str) -> str:
        """With the column, in `language` ('zh' or 'en')."""
        where = f"第 {self.column} 列，" if language == "zh" else f"Column {self.column}, "
        return where + self.words.text(language)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that `word` is probably a slip of."""
    cutoff = 0.6 if len(word) > 3 else 0.5  # of two Chinese characters one may be wrong
    found = difflib.get_close_matches(word, sorted(known), n=1, cutoff=cutoff)
    return found[0] if found else None
