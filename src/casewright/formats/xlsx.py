"""The suite as an Excel workbook: cases, coverage, open questions, requirement items, one sheet each."""

from __future__ import annotations

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, cast

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from casewright.design.cases import Suite
from casewright.formats import tables, words
from casewright.formats.cells import is_formula, multi_line, one_line
from casewright.formats.tables import Row, Table

CELL_LIMIT = 32_767
"""What Excel holds in a cell, in UTF-16 code units."""

# The same suite gives the same bytes, so the workbook can't carry the time of writing. It carries the date
# that a zip begins to count from.
_CREATED = datetime(1980, 1, 1)  # noqa: DTZ001 - XlsxWriter takes no time zone


def write(suite: Suite) -> bytes:
    """The workbook. Every text is written as text, never as a formula, link or number.

    A text longer than a cell can hold is cut, and the cell says so at its end.
    """
    content = io.BytesIO()
    workbook = _workbook(content)
    workbook.set_properties({"title": fitting(one_line(suite.title), 255, "…"), "created": _CREATED})
    styles = _styles(workbook)
    for table in (
        tables.cases(suite),
        tables.item_coverage(suite),
        tables.coverage_items(suite),
        tables.questions(suite),
        tables.items(suite),
        tables.about(suite),
    ):
        _draw(workbook, table, styles, suite.language)
    workbook.close()
    return content.getvalue()


class _Workbook(Protocol):
    """What we use of `xlsxwriter.Workbook`, which has no types for it."""

    def set_properties(self, properties: dict[str, object]) -> None: ...
    def add_format(self, properties: dict[str, object]) -> Format: ...
    def add_worksheet(self, name: str) -> Worksheet: ...
    def close(self) -> None: ...


def _workbook(content: io.BytesIO) -> _Workbook:
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    return cast("_Workbook", xlsxwriter.Workbook(content, options))


@dataclass(frozen=True, slots=True)
class _Styles:
    header: Format
    text: Format
    guarded: Format
    """A text that begins like a formula: it stays text when somebody edits the cell."""
    number: Format


def _styles(workbook: _Workbook) -> _Styles:
    cell: dict[str, object] = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#D9D9D9"}
    head: dict[str, object] = {
        "bold": True,
        "bg_color": "#1F4E78",
        "font_color": "#FFFFFF",
        "valign": "vcenter",
    }
    return _Styles(
        header=workbook.add_format(cell | head),
        text=workbook.add_format(cell),
        guarded=workbook.add_format(cell | {"quote_prefix": True}),
        number=workbook.add_format(cell | {"num_format": "0"}),
    )


def _draw(workbook: _Workbook, table: Table, styles: _Styles, language: str) -> None:
    sheet = workbook.add_worksheet(table.name.text(language))
    for column, (name, width) in enumerate(table.columns):
        sheet.set_column(column, column, width)
        sheet.write_string(0, column, name.text(language), styles.header)
    for row, cells in enumerate(table.rows, start=1):
        _draw_row(sheet, row, cells, styles, language)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table.rows), len(table.columns) - 1)
    _set_for_print(sheet)


def _draw_row(sheet: Worksheet, row: int, cells: Row, styles: _Styles, language: str) -> None:
    for column, cell in enumerate(cells):
        if isinstance(cell, int):
            problem = sheet.write_number(row, column, cell, styles.number)
        elif cell:
            style = styles.guarded if is_formula(cell) else styles.text
            text = fitting(multi_line(cell), CELL_LIMIT, words.CUT.text(language))
            problem = sheet.write_string(row, column, text, style)
        else:
            problem = sheet.write_blank(row, column, None, styles.text)
        if problem:
            raise ValueError(f"Excel has no place for row {row + 1}, column {column + 1}: too many rows")


def _set_for_print(sheet: Worksheet) -> None:
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def fitting(text: str, limit: int, mark: str) -> str:
    """`text` cut to `limit` UTF-16 code units with `mark` at its end, if it is longer; `{length}` in the
    mark is the number of characters that the whole text has."""
    if _units(text) <= limit:
        return text
    ending = mark.format(length=len(text))
    # Whole characters only: half of an emoji is no text.
    kept = text.encode("utf-16-le")[: 2 * (limit - _units(ending))].decode("utf-16-le", errors="ignore")
    return kept + ending


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
