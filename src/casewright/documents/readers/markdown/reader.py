"""Reads Markdown: CommonMark with tables and strikethrough, every block with its lines."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from markdown_it.rules_block.table import escapedSplit
from markdown_it.token import Token

from casewright.documents.blocks import BlockKind, Cell, Document, Place, Table
from casewright.documents.collecting import Collector
from casewright.documents.encodings import decode
from casewright.documents.errors import TooLarge
from casewright.documents.limits import Limits
from casewright.documents.lines import Lines
from casewright.documents.nesting import Nesting
from casewright.documents.readers.html.walk import read_fragment
from casewright.documents.readers.markdown.dialect import parser
from casewright.documents.readers.markdown.inline import Inline, read_inline
from casewright.documents.reading import Progress

_FRONT_MATTER = re.compile(
    r"---[ \t]*\n[\w-]+:.*\n(?:(?:[\w-]+:.*|[ \t].*|-[ \t].*|#.*|)\n)*?(?:---|\.\.\.)[ \t]*(?:\n|\Z)"
)
_DEPTH = 100
"""Deeper nesting would meet Python's limit of recursion."""
_PARSED = 0.6
"""The share of the work that is done when the text is parsed."""


def read(content: bytes, name: str, limits: Limits, progress: Progress) -> Document:
    """Raises EmptyDocument, Broken (no text) or TooLarge (blocks, cells, nesting)."""
    text = decode(content)
    collector = Collector(limits)
    depth = min(limits.depth, _DEPTH)
    tokens = parser(depth).parse(_without_front_matter(text))
    progress(_PARSED)
    _Walk(Lines(text), collector, depth).through(tokens, progress)
    progress(1.0)
    return collector.document(name, "markdown")


def _without_front_matter(text: str) -> str:
    """The text with blank lines in the place of the front matter, so that lines keep their numbers."""
    match = _FRONT_MATTER.match(text)
    return "\n" * match.group().count("\n") + text[match.end() :] if match else text


class _Walk:
    """Goes through the tokens of a text once."""

    def __init__(self, lines: Lines, collector: Collector, depth: int) -> None:
        self._lines = lines
        self._collector = collector
        self._nesting = Nesting(collector)
        self._depth = depth
        self._handlers: dict[str, Callable[[Token], None]] = {
            "blockquote_open": self._open_quote,
            "blockquote_close": lambda _: self._nesting.close(),
            "list_item_open": self._open_item,
            "list_item_close": lambda _: self._nesting.close(),
            "fence": self._code,
            "code_block": self._code,
            "html_block": self._html,
        }

    def through(self, tokens: list[Token], progress: Progress) -> None:
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if token.type == "table_open":
                end = next(i for i in range(at, len(tokens)) if tokens[i].type == "table_close")
                self._table(token, tokens[at:end])
                at = end
            elif token.type == "inline":
                self._text(tokens[at - 1], token)
            elif token.type in self._handlers:
                self._handlers[token.type](token)
            at += 1
            if at % 2048 == 0:
                progress(_PARSED + (1 - _PARSED) * at / len(tokens))

    def _place(self, token: Token) -> Place:
        first, end = _span(token)
        return self._lines.place(first, end, within=self._nesting.within)

    def _open_quote(self, token: Token) -> None:
        self._go_deeper(token)
        self._nesting.open_quote()

    def _open_item(self, token: Token) -> None:
        self._go_deeper(token)
        label = f"{token.info}{token.markup}" if token.info else "•"
        first, _ = _span(token)
        self._nesting.open_item(label, self._lines.place(first, first + 1, within=self._nesting.within))

    def _go_deeper(self, token: Token) -> None:
        """The parser drops what is nested deeper than it goes: rather refuse the document."""
        if token.level + 1 >= self._depth:
            raise TooLarge(what="嵌套层数 / nesting", size=f">= {self._depth}", limit=self._depth)

    def _text(self, opening: Token, token: Token) -> None:
        inline = read_inline(token.children or [])
        place = self._place(token)
        if inline.text and not inline.only_pictures:
            self._say(opening, inline, place)
        self._pictures(inline.pictures, place)

    def _say(self, opening: Token, inline: Inline, place: Place) -> None:
        if self._nesting.outside and _is_heading(opening, inline.text):
            level = int(opening.tag[1:])
            self._collector.add(BlockKind.HEADING, inline.text, place=place, level=level, marks=inline.marks)
        else:
            self._nesting.say(inline.text, inline.marks, place)

    def _pictures(self, texts: Iterable[str], place: Place) -> None:
        for text in texts:
            self._nesting.add(BlockKind.PICTURE, text, place=place)

    def _code(self, token: Token) -> None:
        text = token.content.rstrip("\n")
        if text.strip():
            self._nesting.add(BlockKind.CODE, text, place=self._place(token))

    def _html(self, token: Token) -> None:
        read_fragment(token.content, self._nesting, self._place(token), self._depth)

    def _table(self, opening: Token, tokens: list[Token]) -> None:
        number = self._collector.next_table()
        rows: list[list[Cell]] = []
        pictures: list[str] = []
        for token in tokens:
            if token.type == "tr_open":
                columns = len(rows[0]) if rows else 0
                self._collector.count_cells(columns)
                self._tell_of_lost_cells(token, columns)
                rows.append([])
            elif token.type == "inline":
                inline = read_inline(token.children or [])
                pictures.extend(inline.pictures)
                line, row, column = _span(token)[0] + 1, len(rows), len(rows[-1]) + 1
                place = Place(line=line, table=number, row=row, column=column)
                rows[-1].append(Cell(text=inline.text, marks=inline.marks, place=place))
        place = self._place(opening).model_copy(update={"table": number})
        named = any(cell.text for cell in rows[0])
        table = Table(rows=tuple(tuple(row) for row in rows), header_rows=int(named))
        self._nesting.add(BlockKind.TABLE, place=place, table=table)
        self._pictures(pictures, place)

    def _tell_of_lost_cells(self, row: Token, columns: int) -> None:
        """Markdown shows of a row only as many cells as the header has."""
        if not columns:
            return
        place = self._place(row)
        source = self._lines[_span(row)[0]].lstrip("> \t").rstrip()
        cells = len(escapedSplit(source.removeprefix("|").removesuffix("|")))
        if cells > columns:
            self._collector.notice(
                "uneven rows",
                zh=f"第 {place.line} 行：表格此行有 {cells} 格，表头只有 {columns} 格，多出的内容未读取"
                "（单元格内的竖线请写作 \\|）。",
                en=f"Line {place.line}: this table row has {cells} cells, its header only {columns}; what is "
                "beyond them was not read (write a bar inside a cell as \\|).",
                place=place,
            )


def _span(token: Token) -> tuple[int, int]:
    """The lines of a block's token, from 0, the end excluded."""
    assert token.map is not None, token.type
    return token.map[0], token.map[1]


def _is_heading(opening: Token, text: str) -> bool:
    """Not where a line of dashes below several lines, or below a sentence, was meant as a rule."""
    if opening.type != "heading_open":
        return False
    underlined = opening.markup == "-"
    return not (underlined and ("\n" in text or text.endswith(("。", "；", "：", ".", ";"))))
