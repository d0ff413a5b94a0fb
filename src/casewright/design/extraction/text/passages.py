"""The documents as the extractor walks them: passages in order, with section, emphasis and items at hand."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from casewright.design.cases import ItemKind, RequirementItem
from casewright.design.extraction.text.tables import ReadTable, read_table
from casewright.design.extraction.text.words import normalise, strip_number
from casewright.documents.blocks import Block, BlockKind, Document, Mark, MarkKind

STRONG = re.compile("\ue000([^\ue000\ue001]+)\ue001")
"""A phrase set in bold, in the text of a passage."""
SLANTED = re.compile("\ue002([^\ue002\ue003]+)\ue003")
"""A phrase set in italics or as code."""
_MARKERS = {
    MarkKind.BOLD: ("\ue000", "\ue001"),
    MarkKind.ITALIC: ("\ue002", "\ue003"),
    MarkKind.CODE: ("`", "`"),
}
_SKIPPED_KINDS = {ItemKind.OUT_OF_SCOPE, ItemKind.OPEN_QUESTION, ItemKind.QUALITY, ItemKind.BACKGROUND}
_SKIPPED_SECTION = re.compile(
    r"背景|为什么|目的|非功能|性能|待定|遗留|其他要求|待确认|修订|版本|不包含|background|^why\b|what this is about|"
    r"non-?functional|not functional|open (?:questions?|points?|issues?)|questions still open|^open$|to be clarified|"
    r"other requirements|out of scope|revision|change history",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[。!?\n;]|\.(?=\s|$)|[.!?][\"”](?=\s+[A-Z]|\s*$)")


@dataclass(frozen=True, eq=False)
class Passage:
    """A block that is not a heading. `marked` has the emphasis in it (see `STRONG`), `text` has not."""

    document: int
    block: Block
    headings: tuple[str, ...]
    """Above it, the highest first, without numbers."""
    marked: str
    text: str
    items: tuple[RequirementItem, ...]
    table: ReadTable | None
    skipped: bool
    """It states no behaviour: background, open questions, what is out of scope, qualities."""

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(item.id for item in self.items))

    def row_ids(self, row: int) -> tuple[str, ...]:
        """The items of one row of the table (`row` counts in the grid); else those of the whole table."""
        own = [item.id for item in self.items if any(source.row == row for source in item.sources)]
        return tuple(dict.fromkeys(own)) or self.ids

    @cached_property
    def sentences(self) -> tuple[str, ...]:
        """The sentences of `marked`; brackets and quotation marks keep together what is in them."""
        return tuple(split_sentences(self.marked))


def split_sentences(text: str) -> list[str]:
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    parts: list[str] = []
    start = 0
    for end in [*ends, len(text)]:
        part = text[start:end]
        if end == len(text) or _balanced(part):
            parts.append(part.strip())
            start = end
    return [part for part in parts if part]


def _balanced(text: str) -> bool:
    pairs = (("(", ")"), ("“", "”"), ("「", "」"))
    return all(text.count(a) <= text.count(b) for a, b in pairs) and text.count('"') % 2 == 0


def plain(marked: str) -> str:
    return re.sub("[\ue000-\ue003]", "", marked)


def _marked(text: str, marks: Iterable[Mark]) -> str:
    at: dict[int, str] = defaultdict(str)
    for mark in marks:
        if mark.kind in _MARKERS and text[mark.start : mark.end].strip():
            before, after = _MARKERS[mark.kind]
            at[mark.start] += before
            at[mark.end] = after + at[mark.end]
    pieces = [at[position] + char for position, char in enumerate(text)]
    return normalise("".join(pieces) + at[len(text)])


def passages(documents: Sequence[Document], items: Sequence[RequirementItem]) -> list[Passage]:
    by_block: dict[tuple[int, int], list[RequirementItem]] = defaultdict(list)
    for item in items:
        for source in item.sources:
            known = by_block[source.document, source.block]
            if not known or known[-1] is not item:
                known.append(item)
    return [
        _passage(number, above, block, by_block[number, block.index])
        for number, document in enumerate(documents)
        for above, block in document.walk()
        if block.kind not in {BlockKind.HEADING, BlockKind.PICTURE, BlockKind.COMMENT}
    ]


def _passage(number: int, above: Sequence[Block], block: Block, items: Sequence[RequirementItem]) -> Passage:
    headings = tuple(strip_number(heading.text) for heading in above)
    marked = _marked(block.text, block.marks)
    skipped = any(_SKIPPED_SECTION.search(heading) for heading in headings[1:] or headings)
    if items:
        skipped = skipped or all(item.kind in _SKIPPED_KINDS for item in items)
    return Passage(number, block, headings, marked, plain(marked), tuple(items), read_table(block), skipped)


_QUOTED = re.compile(r"[“「『\"`]([^”」』\"`]{2,120})[”」』\"`]")


def verbatim(passages: Iterable[Passage]) -> dict[str, str]:
    """Quoted texts and cells of tables as normalised → as the document writes them: a message is shown so."""
    found: dict[str, str] = {}
    for passage in passages:
        table = passage.block.table
        texts = (
            [passage.block.text, *(cell.text for row in table.rows for cell in row)]
            if table
            else [passage.block.text]
        )
        for text in texts:
            for quote in (text, *_QUOTED.findall(text)):
                plain_quote = quote.strip('`“”"「」 ')
                found.setdefault(normalise(plain_quote), plain_quote)
    return found
