"""What the columns of a table hold, told by their headers and cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casewright.design.itemising.numbering import is_code
from casewright.design.itemising.patterns import names
from casewright.documents.blocks import Table

_ID = re.compile(r"\bids?\b|\bidentifier\b|编号|需求号|标识号", re.IGNORECASE)
_NUMBER = names(
    r"""
    (?:(?:req(?:uirement)?s?|story|rule|use case|uc|test|item|feature)\.? ?)?(?:no|nr|number|num|ref)\.?
    \#
    key
    ref(?:erence)?\.?
    order
    requirements?
    user stor(?:y|ies)
    rules?
    """,
    r"""
    序号
    [次顺]序
    """,
)
_TITLE = names(
    r"""
    (?:\w+ )?(?:summary|name|title|subject)
    feature
    epic
    function
    """,
    r"""
    .{0,4}(?:名称|标题|主题)
    功能点?
    模块
    """,
)
_TEXT = names(
    r"""
    (?:\w+ )?(?:description|text|statement|details?|content)s?
    (?:functional |system |software )?requirements?
    (?:user )?stor(?:y|ies)
    rules?
    behaviou?r
    what
    """,
    r"""
    .{0,4}(?:描述|内容|说明|详情|要求|规则)
    需求
    用户故事
    """,
)
_ASIDE = names(
    r"""
    (?:.* )?(?:rationale|heritage|verification(?: method)?|traces?|parent|origin|release|sprint|estimate)
    .* \(.*rationale\)
    (?:.* )?(?:priority|moscow|status|owner|author|source|stakeholder|version|date|test cases?|reason)
    (?:.* )?(?:comments?|notes?|remarks?)
    """,
    r"""
    .{0,4}(?:理由|原因|优先级|重要性|状态|进度|负责人|责任人|作者|提出人|需求方|来源|备注|版本|日期|迭代)
    """,
)
_LONGEST_ID = 32
_LONGEST_HEADER = 60
_MOST = 0.6
_UNIQUE = 0.9


@dataclass(frozen=True, slots=True)
class Row:
    """A row below the header that says something."""

    at: int
    """Its index in the block's grid."""
    ordinal: int
    """Counts the rows below the header from 1, blank ones too."""
    cells: tuple[str, ...]
    covered: tuple[bool, ...]
    group: str
    """The text of the row over the whole width that stands above it."""


@dataclass(frozen=True, slots=True)
class Grid:
    """A table as its readers see it. Headers of several rows are joined; a table without a header has blank
    ones."""

    headers: tuple[str, ...]
    rows: tuple[Row, ...]

    def column(self, index: int) -> list[str]:
        """The texts of a column, each merged cell once."""
        return [row.cells[index] for row in self.rows if not row.covered[index]]

    @property
    def width(self) -> int:
        return len(self.headers)


def read_grid(table: Table) -> Grid:
    texts = [tuple(text.strip() for text in row) for row in table.texts()]
    first = table.header_rows or _guessed_header(texts)
    headers = tuple(_header([row[column] for row in texts[:first]]) for column in range(len(texts[0])))
    return Grid(headers, tuple(_rows(table, texts, headers, first)))


def _rows(
    table: Table, texts: Sequence[tuple[str, ...]], headers: tuple[str, ...], first: int
) -> Iterator[Row]:
    """The rows below the header, without blank ones, repeated headers and those that name a group."""
    group = ""
    for at in range(first, len(texts)):
        cells = texts[at]
        said = [cell for cell in cells if cell]
        if not said or tuple(" ".join(cell.split()) for cell in cells) == headers:
            continue
        covered = tuple(cell.covered for cell in table.rows[at])
        if len(cells) > 1 and len(set(said)) == 1 and all(covered[1:]):
            group = said[0]
        else:
            yield Row(at, at - first + 1, cells, covered, group)


def _header(cells: Sequence[str]) -> str:
    return " ".join(dict.fromkeys(" ".join(cell.split()) for cell in cells if cell))


def _guessed_header(rows: Sequence[Sequence[str]]) -> int:
    """The number of rows to the end of the header, for a document that marks none: a banner over the
    whole width, then a row of short names."""
    for position, row in enumerate(rows[:5]):
        cells = [cell for cell in row if cell]
        if len(set(cells)) < min(2, len(row)):
            continue
        named = all(len(cell) <= _LONGEST_HEADER and not re.fullmatch(r"[\d.,%\s]+", cell) for cell in cells)
        return position + 1 if named and len(rows) > position + 1 else 0
    return 0


def id_column(grid: Grid) -> int | None:
    """The column whose cells identify the rows: 'Requirement ID', '编号', '#' over codes."""
    for column, header in enumerate(grid.headers):
        if _ID.search(header) and _identifies(grid.column(column), numbers_too=True):
            return column
    for column, header in enumerate(grid.headers):
        if _NUMBER.fullmatch(header) and _identifies(grid.column(column), numbers_too=False):
            return column
    return None


def number_column(grid: Grid) -> int | None:
    """The column that counts the rows: '#', '序号'."""
    for column, header in enumerate(grid.headers):
        if _NUMBER.fullmatch(header) and all(
            re.fullmatch(r"\d{1,4}[.)、]?|", cell) for cell in grid.column(column)
        ):
            return column
    return None


def _identifies(cells: Sequence[str], *, numbers_too: bool) -> bool:
    filled = [cell for cell in cells if cell]
    if not filled:
        return False
    ids = [cell for cell in filled if _is_id(cell) and (numbers_too or not cell.isdecimal())]
    return len(ids) >= _MOST * len(filled) and len(set(filled)) >= _UNIQUE * len(filled)


def _is_id(cell: str) -> bool:
    short = len(cell) <= _LONGEST_ID and len(cell.split()) == 1
    return is_code(cell) or (short and any(character.isdigit() for character in cell))


def title_column(grid: Grid, taken: set[int]) -> int | None:
    return next(
        (c for c, header in enumerate(grid.headers) if c not in taken and _TITLE.fullmatch(header)), None
    )


def text_columns(grid: Grid, taken: set[int]) -> list[int]:
    return [c for c, header in enumerate(grid.headers) if c not in taken and _TEXT.fullmatch(header)]


def is_aside(header: str) -> bool:
    """Whether a column of that name says something about the requirement, not what it asks."""
    return _ASIDE.fullmatch(header) is not None
