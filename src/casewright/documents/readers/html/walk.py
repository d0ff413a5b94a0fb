"""Walks through a tree of HTML and says what a reader of the page sees, as blocks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from casewright.documents.blocks import Block, BlockKind, Mark, MarkKind, Place
from casewright.documents.errors import TooLarge
from casewright.documents.marking import SCRIPTS, MarkedText
from casewright.documents.nesting import Nesting
from casewright.documents.readers.html.elements import (
    BOUNDARIES,
    DROPPED,
    HEADINGS,
    Attributes,
    Numbering,
    element_marks,
    is_hidden,
    numbering,
)
from casewright.documents.readers.html.parsing import parse
from casewright.documents.readers.html.tables import TableReader, is_mere_box

_CONTAINERS = frozenset(("li", "dt", "dd", "blockquote"))
_TABLE_DEPTH = 4
"""A table, its section, row and cell."""

Placing = Callable[[], Place]
"""Gives the place of the block that is about to be added."""


def read_fragment(source: str, nesting: Nesting, place: Place, depth: int) -> None:
    """Reads HTML that stands within another format, at one place of it."""
    body = parse(source, depth)
    if body is not None:
        HtmlWalk(nesting, lambda: place, depth).through(body)


@dataclass(slots=True)
class _Frame:
    """An element that is open, and what has to be undone where it ends."""

    node: LexborNode
    tag: str
    marks: tuple[MarkKind, ...] = ()
    numbering: Numbering = field(default_factory=Numbering)
    boundary: bool = False
    container: bool = False
    heading: bool = False


@dataclass(slots=True)
class _Line:
    """The text since the last boundary."""

    marked: MarkedText = field(default_factory=MarkedText)
    pictures: list[str] = field(default_factory=list[str])
    spoken: bool = False
    """Whether there is other text than that of pictures."""


class HtmlWalk:
    """Goes through the elements once, without recursion but for tables within tables.

    `depth` is how many elements deep it goes; TooLarge below that.
    """

    def __init__(self, nesting: Nesting, placing: Placing, depth: int) -> None:
        self._nesting = nesting
        self._placing = placing
        self._depth = depth
        self._frames: list[_Frame] = []
        self._line = _Line()
        self._heading = 0
        self._marks: list[MarkKind] = []

    def through(self, root: LexborNode) -> None:
        node = root.first_child
        while True:
            while node is None:
                if not self._frames:
                    self._end_line()
                    return
                frame = self._frames.pop()
                self._leave(frame)
                node = frame.node.next
            node = node.first_child if self._enter(node) else node.next

    def _enter(self, node: LexborNode) -> bool:
        """Takes in a node; whether its children are to be gone through."""
        if node.is_text_node:
            self._text(node.text_content or "")
            return False
        if not node.is_element_node:
            return False
        if len(self._frames) >= self._depth:
            raise TooLarge(what="嵌套层数 / nesting", size=f"> {self._depth}", limit=self._depth)
        tag = node.tag or ""
        attributes = node.attributes
        if is_hidden(attributes):
            self._tell_of_hidden(node)
            return False
        if tag in DROPPED or self._takes_whole(node, tag, attributes):
            return False
        self._open(node, tag, attributes)
        return True

    def _takes_whole(self, node: LexborNode, tag: str, attributes: Attributes) -> bool:
        """Deals with an element whose children are not gone through; false where it is no such element."""
        if tag == "br":
            self._line.marked.hard_break()
        elif tag == "img":
            self._picture(attributes.get("alt") or "")
        elif tag == "svg":
            title = node.css_first("title")
            self._picture(attributes.get("aria-label") or (title.text(strip=True) if title else ""))
        elif tag == "pre":
            self._preformatted(node)
        elif tag == "table" and not is_mere_box(node):
            self._table(node)
        else:
            return False
        return True

    def _open(self, node: LexborNode, tag: str, attributes: Attributes) -> None:
        frame = _Frame(node, tag, marks=element_marks(tag, attributes), boundary=tag in BOUNDARIES)
        if frame.boundary:
            self._end_line()
        if tag in HEADINGS:
            frame.heading = True
            self._heading = HEADINGS[tag]
        elif tag == "ol":
            frame.numbering = numbering(node, attributes)
        elif tag in _CONTAINERS:
            self._open_container(tag, attributes)
            frame.container = True
        elif tag in SCRIPTS:
            self._line.marked.script = SCRIPTS[tag]
        for kind in frame.marks:
            self._marks.append(kind)
            self._line.marked.begin(kind)
        self._frames.append(frame)

    def _open_container(self, tag: str, attributes: Attributes) -> None:
        if tag == "li":
            around = self._frames[-1].numbering if self._frames else Numbering()
            self._nesting.open_item(around.label(attributes), self._placing())
        elif tag == "dt":
            self._nesting.open_item("", self._placing())
        elif tag == "dd":
            self._nesting.open_begun_item()
        else:
            self._nesting.open_quote()

    def _leave(self, frame: _Frame) -> None:
        for kind in reversed(frame.marks):
            self._marks.pop()
            self._line.marked.end(kind)
        if frame.tag in SCRIPTS:
            self._line.marked.script = None
        if frame.boundary:
            self._end_line()
        if frame.heading:
            self._heading = 0
        if frame.container:
            self._nesting.close()

    def _text(self, text: str) -> None:
        self._line.marked.flow(text)
        self._line.spoken = self._line.spoken or not text.isspace()

    def _picture(self, text: str) -> None:
        self._line.marked.flow(text)
        self._line.pictures.append(" ".join(text.split()))

    def _end_line(self) -> None:
        line, self._line = self._line, _Line()
        for kind in self._marks:
            self._line.marked.begin(kind)
        text, marks = line.marked.result()
        if text and line.spoken:
            self._say(text, marks)
        for picture in line.pictures:
            self._nesting.add(BlockKind.PICTURE, picture, place=self._placing())

    def _say(self, text: str, marks: tuple[Mark, ...]) -> None:
        place = self._placing()
        if self._heading and self._nesting.outside:
            collector = self._nesting.collector
            collector.add(BlockKind.HEADING, text, place=place, level=self._heading, marks=marks)
        else:
            self._nesting.say(text, marks, place)

    def _preformatted(self, node: LexborNode) -> None:
        self._end_line()
        parts: list[str] = []
        for part in node.traverse(include_text=True):
            if part.is_text_node:
                parts.append(part.text_content or "")
            elif part.tag == "br":
                parts.append("\n")
        text = "".join(parts).strip("\n")
        if text.strip():
            self._nesting.add(BlockKind.CODE, text, place=self._placing())

    def _tell_of_hidden(self, node: LexborNode) -> None:
        text = " ".join(node.text(deep=True, separator=" ").split())
        if text:
            start = text if len(text) <= 40 else text[:40] + "…"
            self._nesting.collector.notice(
                "hidden text",
                zh=f"页面上隐藏的文字未读取：“{start}”。",
                en=f'Text that the page hides was not read: "{start}".',
                place=self._placing(),
            )

    def _table(self, node: LexborNode) -> None:
        self._end_line()
        collector = self._nesting.collector
        number = collector.next_table()
        reader = TableReader(number, collector, self._cell, self._tell_of_hidden)
        table = reader.read(node)
        for text, marks in reader.captions:
            self._nesting.say(text, marks, self._placing())
        if table is not None:
            place = self._placing().model_copy(update={"table": number})
            self._nesting.add(BlockKind.TABLE, place=place, table=table)
        for block in reader.inner:
            self._nesting.add(block.kind, block.text, place=block.place, table=block.table)

    def _cell(self, node: LexborNode, place: Place) -> list[Block]:
        """The blocks that stand in a cell of a table."""
        aside = self._nesting.collector.aside()
        inside = Place(within=f"table {place.table}, row {place.row}, column {place.column}")
        HtmlWalk(Nesting(aside), lambda: inside, self._depth - len(self._frames) - _TABLE_DEPTH).through(node)
        self._nesting.collector.notices.extend(aside.notices)
        return aside.blocks
