"""Reads one worksheet of an Excel file: only the cells that hold something, however large it claims to be."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from io import BytesIO

from lxml import etree

from casewright.documents.cell_names import cell_name, cell_position
from casewright.documents.errors import Broken
from casewright.documents.ooxml import Element, Package
from casewright.documents.readers.xlsx.values import (
    Content,
    Style,
    is_on,
    local_name,
    number_text,
    plain,
    read_styles,
    rich_text,
    unescape,
)

_EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}  # noqa: DTZ001
"""Day 0, by whether the workbook counts from 1904. Spreadsheets know of no time zones."""
_LAST_ROW = 1_048_576
_LAST_COLUMN = 16_384


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged range; rows and columns from 1, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """What a worksheet says. Rows and columns count from 1."""

    name: str
    rows: dict[int, dict[int, Content]] = field(default_factory=dict[int, dict[int, Content]])
    """The cells with a text by row and column."""
    merges: list[Merge] = field(default_factory=list[Merge])
    hidden_rows: set[int] = field(default_factory=set[int])
    hidden_columns: set[int] = field(default_factory=set[int])
    valueless: list[str] = field(default_factory=list[str])
    """The cells with a formula whose value was never computed; their text is the formula."""
    frozen_rows: int = 0
    """The rows that stay in sight: most often they name the columns."""


class Workbook:
    """The parts that all worksheets refer to."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.part = package.main_part("xl/workbook.xml")
        self.root = package.xml(self.part)
        properties = self.root.find("{*}workbookPr")
        self._epoch = _EPOCHS[properties is not None and is_on(properties.get("date1904"))]
        styles = package.related(self.part, "styles")
        self._styles = read_styles(package.xml(styles) if styles else None)
        strings = package.related(self.part, "sharedStrings")
        self._strings = [rich_text(item) for item in elements(package, strings, "si")] if strings else []

    def read_sheet(self, name: str, part: str, check_cells: Callable[[int], None]) -> Sheet:
        """Reads the worksheet in `part`; `check_cells` is told now and then how many cells it has."""
        sheet = Sheet(name)
        cells, row = 0, 0
        for element in elements(self.package, part, "row", "col", "mergeCell", "pane"):
            kind = local_name(element)
            if kind == "row":
                row = _whole(element.get("r"), row + 1)
                self._read_row(element, row, sheet)
                cells += len(sheet.rows.get(row, ()))
                check_cells(cells)
            elif kind == "col":
                _read_columns(element, sheet)
            elif kind == "mergeCell":
                _read_merge(element, sheet)
            elif element.get("state") in ("frozen", "frozenSplit"):
                sheet.frozen_rows = _whole((element.get("ySplit") or "0").partition(".")[0], 0)
        return sheet

    def _read_row(self, element: Element, row: int, sheet: Sheet) -> None:
        if is_on(element.get("hidden")):
            sheet.hidden_rows.add(row)
        contents: dict[int, Content] = {}
        column = 0
        for cell in element.iterfind("{*}c"):
            position = cell_position(cell.get("r") or "")
            column = position[1] if position else column + 1
            content = self._content(cell)
            if content is None:
                formula = cell.find("{*}f")
                content = Content(f"={formula.text or ''}" if formula is not None else "")
                if content.text:
                    sheet.valueless.append(cell_name(row, column))
            if content.text:
                contents[column] = content
        if contents and row <= _LAST_ROW and max(contents) <= _LAST_COLUMN:
            sheet.rows.setdefault(row, {}).update(contents)

    def _content(self, cell: Element) -> Content | None:
        """What the cell shows; None where it has no value."""
        kind = cell.get("t") or "n"
        style = self._style(cell)
        inline = cell.find("{*}is")
        if inline is not None:
            return rich_text(inline, style.marks)
        element = cell.find("{*}v")
        value = element.text if element is not None else None
        if value is None:
            return Content("") if kind == "str" and element is not None else None
        if kind == "s":
            return self._shared(value, style)
        if kind == "b":
            return plain("TRUE" if is_on(value) else "FALSE", style.marks)
        if kind == "n":
            return plain(number_text(value, style, self._epoch), style.marks)
        return plain(unescape(value).replace("T", " ") if kind == "d" else unescape(value), style.marks)

    def _style(self, cell: Element) -> Style:
        number = _whole(cell.get("s"), 0)
        return self._styles[number] if number < len(self._styles) else Style()

    def _shared(self, value: str, style: Style) -> Content:
        number = _whole(value, len(self._strings))
        if number >= len(self._strings):
            raise Broken(detail=f"sharedStrings: {value[:20]}")
        content = self._strings[number]
        return content if content.marks else plain(content.text, style.marks)


def elements(package: Package, part: str, *names: str) -> Iterator[Element]:
    """The elements of these names in a part, one after the other; each is gone when the next comes."""
    if part not in package:
        raise Broken(detail=part)
    if not part.lower().endswith(".xml"):
        # The gate has looked at the parts with this ending only.
        raise Broken(detail=f"{part}: XML")
    tags = [f"{{*}}{name}" for name in names]
    events = etree.iterparse(
        BytesIO(package.read(part)), events=("end",), tag=tags, resolve_entities=False, no_network=True
    )
    try:
        for _, element in events:
            yield element
            element.clear()
            parent = element.getparent()
            while parent is not None and element.getprevious() is not None:
                del parent[0]
    except etree.XMLSyntaxError as error:
        raise Broken(detail=f"{part}:{error.lineno}") from error


def _whole(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else otherwise


def _read_columns(element: Element, sheet: Sheet) -> None:
    if is_on(element.get("hidden")):
        last = min(_whole(element.get("max"), 0), _LAST_COLUMN)
        sheet.hidden_columns.update(range(_whole(element.get("min"), 1), last + 1))


def _read_merge(element: Element, sheet: Sheet) -> None:
    first, _, last = (element.get("ref") or "").partition(":")
    top_left, bottom_right = cell_position(first), cell_position(last)
    if top_left and bottom_right and top_left <= bottom_right and top_left[1] <= bottom_right[1]:
        sheet.merges.append(Merge(*top_left, *bottom_right))
