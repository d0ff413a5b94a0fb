"""Reads CSV and its kin: one table, whatever separates its columns."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from casewright.documents.blocks import BlockKind, Cell, Document, Place, Table
from casewright.documents.cell_names import cell_name
from casewright.documents.collecting import Collector
from casewright.documents.encodings import decode
from casewright.documents.errors import Broken
from casewright.documents.headers import header_rows
from casewright.documents.limits import Limits
from casewright.documents.lines import Lines
from casewright.documents.reading import Progress

if TYPE_CHECKING:
    from _csv import Reader

_DELIMITERS = ",\t;|"
_SAMPLE = 1 << 16
"""Characters looked at to find the delimiter."""
_SAMPLE_ROWS = 100
_DECLARATION = re.compile(r"sep=(?P<delimiter>.)\n", re.IGNORECASE)
_LISTED = 5
"""Lines named in a notice."""


@dataclass(frozen=True, slots=True)
class _Row:
    number: int
    """As a spreadsheet counts, blank rows included."""
    first: int
    end: int
    """The lines in the file, from 0, the end excluded."""
    texts: list[str]


def read(content: bytes, name: str, limits: Limits, progress: Progress) -> Document:
    """Raises EmptyDocument, Broken (no text, or a cell without end) or TooLarge (cells)."""
    text = decode(content)
    lines = Lines(text)
    collector = Collector(limits)
    rows = _rows(text, collector)
    progress(0.5)
    if rows:
        _add_table(rows, lines, collector)
    progress(1.0)
    return collector.document(name, "csv")


def _rows(text: str, collector: Collector) -> list[_Row]:
    """The rows that have any text."""
    declaration = _DECLARATION.match(text)
    delimiter = declaration["delimiter"] if declaration else _delimiter(text[:_SAMPLE])
    skipped = 1 if declaration else 0
    try:
        strict = csv.reader(_stream(text, skipped), delimiter=delimiter, strict=True)
        return list(_filled(strict, skipped, collector))
    except csv.Error as error:
        if "end of data" in str(error):
            collector.notice(
                "open quote",
                zh="有一个引号没有结束，其后的内容可能并入了同一单元格。",
                en="A quotation mark is never closed; what follows it may have become part of one cell.",
                place=Place(),
            )
    reader = csv.reader(_stream(text, skipped), delimiter=delimiter)
    try:
        return list(_filled(reader, skipped, collector))
    except csv.Error as error:
        raise Broken(detail=f"CSV:{reader.line_num + skipped}: {error}") from error


def _stream(text: str, skipped: int) -> Iterator[str]:
    return islice(StringIO(text, newline="\n"), skipped, None)


def _delimiter(sample: str) -> str:
    """The one that cuts the most rows of the sample into the same number of cells, more than one."""
    best, best_score = _DELIMITERS[0], (0.0, 0)
    for delimiter in _DELIMITERS:
        try:
            rows = list(islice(csv.reader(StringIO(sample, newline="\n"), delimiter=delimiter), _SAMPLE_ROWS))
        except csv.Error:
            continue
        widths = Counter(len(row) for row in rows if row)
        if not widths:
            continue
        width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
        score = (round(count / widths.total(), 1), width)
        if width > 1 and score > best_score:
            best, best_score = delimiter, score
    return best


def _filled(rows: Reader, skipped: int, collector: Collector) -> Iterator[_Row]:
    end, cells = skipped, 0
    for number, texts in enumerate(rows, 1 + skipped):
        first, end = end, rows.line_num + skipped
        stripped = [text.strip() for text in texts]
        if any(stripped):
            cells += len(stripped)
            collector.check_cells(cells)
            yield _Row(number, first, end, stripped)


def _add_table(rows: list[_Row], lines: Lines, collector: Collector) -> None:
    filled = [max(at for at, text in enumerate(row.texts, 1) if text) for row in rows]
    columns = max(filled)
    collector.count_cells(columns * len(rows))
    _tell_of_uneven(rows, columns, lines, collector)
    number = collector.next_table()
    grid = tuple(
        tuple(
            Cell(
                text=text,
                place=Place(
                    table=number,
                    line=row.first + 1,
                    row=row.number,
                    column=column,
                    cell=cell_name(row.number, column),
                ),
            )
            for column, text in enumerate(_fitted(row.texts, columns), 1)
        )
        for row in rows
    )
    place = lines.place(rows[0].first, rows[-1].end).model_copy(update={"table": number})
    collector.add(BlockKind.TABLE, place=place, table=Table(rows=grid, header_rows=header_rows(grid)))


def _fitted(texts: list[str], columns: int) -> list[str]:
    return (texts + [""] * (columns - len(texts)))[:columns]


def _tell_of_uneven(rows: list[_Row], columns: int, lines: Lines, collector: Collector) -> None:
    uneven = [row for row in rows if len(row.texts) < columns]
    if not uneven:
        return
    listed = ", ".join(str(row.first + 1) for row in uneven[:_LISTED]) + ("…" if uneven[_LISTED:] else "")
    collector.notice(
        "uneven rows",
        zh=f"{len(uneven)} 行的单元格少于 {columns} 个，已用空白补齐（第 {listed} 行）。",
        en=f"{len(uneven)} rows have fewer than {columns} cells; blanks were added (lines {listed}).",
        place=lines.place(uneven[0].first, uneven[0].end),
    )
