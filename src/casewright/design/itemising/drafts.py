"""Requirement items in the making: texts with the places they were taken from."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casewright.design.cases import ItemKind, Source
from casewright.documents.blocks import Block, Mark, MarkKind

_LEAD_TERM = re.compile(
    r"(?P<term>[^\n.。!！?？;；,，、:：()（）“”\"]{1,40}?)(?:\s[–—-]\s|\s?[:：=＝](?![\d/]|\s*$))"
)
_STATES = re.compile(r"\b(?:is|are|be|has|have|must|shall|can|needs?|takes?|saves?)\b")
_LONGEST_TERM = 40
_WORDS_OF_A_TERM = 5
_CHARACTERS_OF_A_TERM = 12


@dataclass(slots=True)
class Draft:
    """An item before ids are made unique. `texts` are the paragraphs of its text."""

    id: str
    kind: ItemKind
    texts: list[str]
    sources: list[Source]
    label: str = ""
    title: str = ""
    section: tuple[str, ...] = ()
    context: list[Source] = field(default_factory=list[Source])
    """Sentences that introduce the item: they follow its own sources."""


@dataclass(frozen=True, slots=True)
class Origin:
    """Takes sources from one document."""

    document: int

    def passage(self, block: Block, start: int, end: int) -> list[Source]:
        """`block.text[start:end]` without what is struck through; all of it where all is struck."""
        spans = list(_kept(block.text, block.marks, start, end)) or [(start, end)]
        return [
            Source(
                document=self.document, block=block.index, start=left, end=right, quote=block.text[left:right]
            )
            for left, right in spans
        ]

    def cell(self, block: Block, row: int, column: int, start: int = 0, end: int | None = None) -> Source:
        """The text of a cell of the block's table; `start` and `end` count in the cell."""
        assert block.table is not None
        text = block.table.rows[row][column].text
        piece = text[start:end]
        left = start + len(piece) - len(piece.lstrip())
        quote = piece.strip()
        return Source(
            document=self.document,
            block=block.index,
            start=left,
            end=left + len(quote),
            row=row,
            column=column,
            quote=quote,
        )


def quoted(sources: Iterable[Source]) -> str:
    """The quotes of one passage as a text."""
    return " ".join(source.quote for source in sources)


def is_struck(text: str, marks: tuple[Mark, ...], start: int, end: int) -> bool:
    """Whether nothing of the passage is still meant."""
    return not any(True for _ in _kept(text, marks, start, end))


def _kept(text: str, marks: tuple[Mark, ...], start: int, end: int) -> Iterator[tuple[int, int]]:
    at = start
    for mark in sorted((mark for mark in marks if mark.kind is MarkKind.STRUCK), key=lambda mark: mark.start):
        if mark.end > at and mark.start < end:
            yield from _trimmed(text, at, mark.start)
            at = mark.end
    yield from _trimmed(text, at, end)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    if piece.strip():
        yield start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def lead_term(block: Block, start: int, end: int) -> str:
    """What a passage names first and then explains: 'Stay' of '**Stay** – the time from …'."""
    for mark in block.marks:
        is_lead = mark.kind is MarkKind.BOLD and mark.start <= start < mark.end < end
        if is_lead and mark.end - start <= _LONGEST_TERM:
            return block.text[start : mark.end].strip(" :：.。")
    match = _LEAD_TERM.match(block.text, start, end)
    term = match["term"].strip() if match else ""
    if _STATES.search(term):
        return ""
    short = len(term.split()) <= _WORDS_OF_A_TERM if term.isascii() else len(term) <= _CHARACTERS_OF_A_TERM
    return term if short else ""
