"""The parts of a document in order, each with its label, its stable id and what it stands under.

Ids come from structure alone, never from wording, so that an edited sentence moves no other id:

- a label that identifies is the id: '4.2.1', 'AC1.1', 'US-3', 'Story-2';
- a label among neighbours goes to what it stands under: '4.3(a)', '5-3', '4-①', 'US-2-4';
- else the place counts: '4.3-p2' is the second paragraph of 4.3 (or of clause 4.3), '5.1-b3' its third
  bullet, '4.1-t1' its first table and '4.1-t1.3' the third row of it, '6-q1' a quotation or code;
- a section without a number is 'S' and its position among its neighbours: 'S2', 'S2.1', or '4-S1';
- the second part with the same label gets a suffix: '4.2.1~2'.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from casewright.design.itemising.numbering import (
    Label,
    Series,
    begins_series,
    bullet_end,
    follows,
    given_label,
    read_heading_label,
    read_label,
)
from casewright.design.itemising.topics import Topic, topic_below, topic_of_heading
from casewright.documents.blocks import Block, BlockKind, Document

_SKIPPED = {BlockKind.PICTURE, BlockKind.COMMENT}
_HOLDERS = {BlockKind.TABLE, BlockKind.LIST_ITEM}
"""What may hold something although its own text is blank."""
_LONGEST_NAME = 80
_LONGEST_LABEL = 60
_SAYS = re.compile(r"[。；;!！?？]|[.:：]\s*$|[.]\s|，")
"""Signs of a sentence, not a name."""
_AFTER_A_CLAUSE = re.compile(r"(?<=[\n；;。])\s*(?=\S)|(?<=[;.])[ ]+")
"""Where a further label may begin inside a paragraph."""
_LETTERS = {BlockKind.LIST_ITEM: "b", BlockKind.TABLE: "t", BlockKind.QUOTE: "q", BlockKind.CODE: "q"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading above a part. The title of the document has an empty id."""

    level: int
    id: str
    text: str
    label: Label | None
    topic: Topic | None


@dataclass(frozen=True, slots=True)
class Part:
    """A block, or the piece of a paragraph that has a label of its own: `block.text[start:end]`, after the
    label and without space around it."""

    block: Block
    start: int
    end: int
    label: Label | None
    id: str
    parents: tuple[str, ...]
    """The labelled paragraphs and list items that it stands in, the outermost first."""
    headings: tuple[Heading, ...]
    """The last of them is the part itself where it is a heading."""
    topic: Topic
    in_list: bool = False
    aside: bool = False
    """It names something and says nothing: a label in a figure, a heading told ahead."""

    @property
    def text(self) -> str:
        return self.block.text[self.start : self.end]

    @property
    def shown(self) -> str:
        """The text with its label, as a reader sees it."""
        if self.label is None:
            return self.text
        before = self.block.text[max(0, self.start - _LONGEST_LABEL) : self.start].rpartition("\n")[2]
        typed = (
            before[before.rfind(self.label.text) :] if self.label.text in before else f"{self.label.text} "
        )
        return f"{typed}{self.text}"

    @property
    def section(self) -> tuple[str, ...]:
        return tuple(heading.text for heading in self.headings)

    @property
    def is_heading(self) -> bool:
        return self.block.kind is BlockKind.HEADING

    @property
    def is_item(self) -> bool:
        return self.block.kind is BlockKind.LIST_ITEM

    @property
    def is_table(self) -> bool:
        return self.block.kind is BlockKind.TABLE

    @property
    def continues_item(self) -> bool:
        """A further paragraph inside a list item."""
        return self.in_list and not self.is_item and not self.is_table


def parts(document: Document) -> tuple[Part, ...]:
    """The parts of a document in reading order, without blank ones and pictures."""
    outline = _Outline(document)
    return tuple(part for block in document.blocks for part in outline.of(block))


@dataclass(slots=True)
class _Clause:
    id: str
    label: Label


@dataclass(slots=True)
class _Outline:
    """Goes through the blocks once, keeping what is open: headings, labelled paragraphs, list items."""

    document: Document
    series: Series = field(init=False)
    title: int | None = field(init=False)
    """The index of the heading that is the document's title."""
    sectioned: bool = field(init=False)
    """Whether it has headings besides its title."""
    numbers: frozenset[str] = field(init=False)
    """The labels of all headings."""
    headings: list[Heading] = field(default_factory=list[Heading])
    clauses: list[_Clause] = field(default_factory=list[_Clause])
    items: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    ids: Counter[str] = field(default_factory=Counter[str])
    """How often each id was wanted, sections apart."""
    counts: dict[tuple[str, str], int] = field(default_factory=lambda: defaultdict[tuple[str, str], int](int))

    def __post_init__(self) -> None:
        self.series = Series(_leading_texts(self.document))
        headings = [block for block in self.document.blocks if block.kind is BlockKind.HEADING]
        self.title = _title(headings)
        self.sectioned = any(block.index != self.title for block in headings)
        labels = [self._label_of_heading(block) for block in headings]
        self.numbers = frozenset(label.key for label in labels if label)

    def of(self, block: Block) -> Iterator[Part]:
        if block.kind in _SKIPPED or (block.kind not in _HOLDERS and not block.text.strip()):
            return
        if block.kind is BlockKind.HEADING:
            yield self._heading(block)
            return
        for start, end, label in self._pieces(block):
            yield self._part(block, start, end, label)

    def _heading(self, block: Block) -> Part:
        while self.headings and self.headings[-1].level >= block.level:
            self.headings.pop()
        self.clauses.clear()
        self.items.clear()
        label = self._label_of_heading(block)
        start = label.end if label else 0
        if label and not label.own and label.key.isdecimal() and not self._under():
            label = replace(label, own=True, style="1.1")
        heading = Heading(
            level=block.level,
            id=self._id_of_section(block, label),
            text=block.text if block.text.startswith(block.label) else f"{block.label} {block.text}",
            label=label,
            topic=None if label and label.names_item else topic_of_heading(block.text[start:]),
        )
        self.headings.append(heading)
        return self._made(block, start, len(block.text), label, heading.id)

    def _label_of_heading(self, block: Block) -> Label | None:
        return given_label(block.label, self.series) or read_heading_label(block.text, self.series)

    def _id_of_section(self, block: Block, label: Label | None) -> str:
        if label:
            key = label.key if label.own else _join(self._under(), label.key)
            return self._unique(key) if label.names_item else key
        return "" if block.index == self.title else self._place_of_section(self._under())

    def _place_of_section(self, parent: str) -> str:
        count = self._count(parent, "S")
        if not parent:
            return f"S{count}"
        return f"{parent}.{count}" if _is_place(parent) else f"{parent}-S{count}"

    def _unique(self, id_: str) -> str:
        """The id, or for the second part of that id one with '~2'. Parts that turn out to be no items count
        too, so that this does not hang on their wording."""
        self.ids[id_] += 1
        return id_ if self.ids[id_] == 1 else f"{id_}~{self.ids[id_]}"

    def _count(self, parent: str, letter: str) -> int:
        self.counts[parent, letter] += 1
        return self.counts[parent, letter]

    def _under(self) -> str:
        """The id of what a part stands under, lists apart."""
        if self.clauses:
            return self.clauses[-1].id
        return self.headings[-1].id if self.headings else ""

    def _pieces(self, block: Block) -> Iterator[tuple[int, int, Label | None]]:
        """The pieces of a block by the labels typed in it: '（a）…；（b）…' are two."""
        text = block.text
        if block.kind in {BlockKind.TABLE, BlockKind.CODE, BlockKind.QUOTE}:
            yield 0, len(text), None
            return
        start = bullet_end(text)
        label = read_label(text, start, self.series) or given_label(block.label, self.series)
        if label and label.end:
            start = label.end
        for match in _AFTER_A_CLAUSE.finditer(text, start + 1):
            at = match.end()
            following = read_label(text, at, self.series)
            on_new_line = "\n" in match[0] or text[match.start() - 1] == "\n"
            if following and self._begins_piece(following, label, on_new_line=on_new_line):
                yield start, at, label
                start, label = following.end, following
        yield start, len(text), label

    def _begins_piece(self, label: Label, before: Label | None, *, on_new_line: bool) -> bool:
        """Whether a label inside a paragraph begins a part of its own; `before` is the label of the last."""
        if before and (follows(label, before) or (label.own and before.own)):
            return True
        return on_new_line and begins_series(label)

    def _part(self, block: Block, start: int, end: int, label: Label | None) -> Part:
        is_item = block.kind is BlockKind.LIST_ITEM
        if is_item and label and label.own and not label.end:
            # Numbered by the text processor as a clause is: '4.2.1'.
            is_item = False
            self.items.clear()
        if self._is_aside(block, start, end, label):
            return replace(self._made(block, start, end, label, _join(self._under(), "x")), aside=True)
        if is_item:
            return self._item(block, start, end, label)
        self._close_items(block.level)
        if label and not self.items:
            return self._clause(block, start, end, label)
        if not self.items and block.kind is BlockKind.PARAGRAPH:
            self._close_requirements()
        parent = self.items[-1][1] if self.items else self._under()
        letter = _LETTERS.get(block.kind, "p")
        return self._made(block, start, end, label, _join(parent, f"{letter}{self._count(parent, letter)}"))

    def _is_aside(self, block: Block, start: int, end: int, label: Label | None) -> bool:
        boxed = (block.place.within or "").startswith("text box")
        told_ahead = label is not None and label.own and label.key in self.numbers
        return (boxed or told_ahead) and is_name(block.text[start:end])

    def _clause(self, block: Block, start: int, end: int, label: Label) -> Part:
        self._close_clauses(label)
        id_ = self._unique(label.key if label.own else _join(self._under(), label.key))
        part = self._made(block, start, end, label, id_)
        self.clauses.append(_Clause(id_, label))
        return part

    def _made(self, block: Block, start: int, end: int, label: Label | None, id_: str) -> Part:
        text = block.text[start:end]
        start += len(text) - len(text.lstrip())
        end = max(start, end - len(text) + len(text.rstrip()))
        in_list = bool(self.items) or block.kind is BlockKind.LIST_ITEM
        topic = Topic.CONTENTS if in_list and self._stands_in_contents() else self._topic()
        return Part(
            block=block,
            start=start,
            end=end,
            label=label,
            id=id_,
            parents=self._parents(),
            headings=tuple(self.headings),
            topic=topic,
            in_list=in_list,
        )

    def _stands_in_contents(self) -> bool:
        return bool(self.headings) and self.headings[-1].topic is Topic.CONTENTS

    def _topic(self) -> Topic:
        sections = [heading for heading in self.headings if heading.id]
        if sections:
            return topic_below([heading.topic for heading in sections])
        return Topic.INTRODUCTION if self.sectioned else Topic.OTHER

    def _close_clauses(self, label: Label) -> None:
        """Ends the clauses that a clause with this label does not stand in."""
        for position, clause in enumerate(self.clauses):
            beside = clause.label.style == label.style
            if beside and clause.label.depth < label.depth:
                continue
            if beside or (label.own and not clause.label.own):
                del self.clauses[position:]
                return

    def _close_requirements(self) -> None:
        """A paragraph of its own does not stand in the requirement 'REQ-3' before it, as it may in 4.2.1."""
        while self.clauses and self.clauses[-1].label.names_item:
            self.clauses.pop()

    def _item(self, block: Block, start: int, end: int, label: Label | None) -> Part:
        self._close_items(block.level)
        if label and label.own and not self.items:
            self._close_clauses(label)
        parent = self.items[-1][1] if self.items else self._under()
        count = self._count(parent, "b")
        key = label.key if label else f"b{count}"
        id_ = self._unique(key if label and label.own else _join(parent, key))
        part = self._made(block, start, end, label, id_)
        self.items.append((block.level, id_))
        return part

    def _close_items(self, level: int) -> None:
        while self.items and self.items[-1][0] >= level:
            self.items.pop()

    def _parents(self) -> tuple[str, ...]:
        return (*(clause.id for clause in self.clauses), *(id_ for _, id_ in self.items))


def is_name(text: str) -> bool:
    """Whether a text has no sign of a sentence: 'Flight Processor 1', '2.1 Context'."""
    return len(text) <= _LONGEST_NAME and not _SAYS.search(text)


def _join(parent: str, key: str) -> str:
    if not parent:
        return key
    return f"{parent}{key}" if key.startswith("(") else f"{parent}-{key}"


def _is_place(id_: str) -> bool:
    """Whether the last part of a section's id is a position: 'S2.1', '4-S1'."""
    last = id_.rpartition("-")[2]
    return last[:1] == "S" and last[1:2].isdecimal()


def _title(headings: list[Block]) -> int | None:
    """The index of the title: the first heading, where no other is as high."""
    if not headings or any(block.level <= headings[0].level for block in headings[1:]):
        return None
    return headings[0].index


def _leading_texts(document: Document) -> Iterator[str]:
    for block in document.blocks:
        yield block.text or block.label
        if block.table:
            yield from (cell.text for row in block.table.rows for cell in row if not cell.covered)
