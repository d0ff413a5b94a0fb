"""Reads Excel files: for each sheet a heading with its name, then its tables and the texts between them.

The sheets are read from their XML directly. python-calamine lays the whole range out that a sheet claims
(one stray cell in XFD1048576 ends the process), and doesn't know hidden rows and columns, struck-through
text or formulas without a value.
"""

from __future__ import annotations

from collections.abc import Iterator

from casewright.documents.blocks import BlockKind, Document, Place
from casewright.documents.cell_names import cell_name, cell_position, column_letters
from casewright.documents.collecting import Collector
from casewright.documents.limits import Limits
from casewright.documents.ooxml import open_package
from casewright.documents.readers.xlsx.layout import Line, hidden_parts, lay_out, table_of
from casewright.documents.readers.xlsx.remarks import read_comments, read_drawings
from casewright.documents.readers.xlsx.sheet import Sheet, Workbook
from casewright.documents.reading import Progress

_LISTED = 5
"""Rows, columns and cells named in a notice."""


def read(content: bytes, name: str, limits: Limits, progress: Progress) -> Document:
    """Raises EmptyDocument, TooLarge (cells, blocks), and what `open_package` raises."""
    workbook = Workbook(open_package(content, limits))
    collector = Collector(limits)
    sheets = list(_sheets(workbook))
    for number, (title, part, is_hidden) in enumerate(sheets):
        progress(number / len(sheets))
        if is_hidden:
            _tell_of_hidden_sheet(title, collector)
        else:
            _read_sheet(workbook, title, part, collector)
    progress(1.0)
    return collector.document(name, "xlsx")


def _sheets(workbook: Workbook) -> Iterator[tuple[str, str, bool]]:
    """Name, part and whether it is hidden, of each worksheet; sheets that are but a chart have no cells."""
    links = {link.id: link for link in workbook.package.relationships(workbook.part)}
    for element in workbook.root.iterfind("{*}sheets/{*}sheet"):
        reference = next((value for key, value in element.items() if str(key).endswith("}id")), "")
        link = links.get(str(reference))
        if link is not None and link.kind == "worksheet" and not link.external:
            yield element.get("name") or "", link.target, element.get("state") in ("hidden", "veryHidden")


def _read_sheet(workbook: Workbook, title: str, part: str, collector: Collector) -> None:
    sheet = workbook.read_sheet(title, part, collector.check_cells)
    pieces = list(lay_out(sheet))
    comments = read_comments(workbook.package, part)
    drawings = read_drawings(workbook.package, part)
    if pieces or drawings:
        collector.add(BlockKind.HEADING, title, place=Place(sheet=title), level=1)
    for piece in pieces:
        if isinstance(piece, Line):
            place = _cell_place(title, piece.row, piece.column)
            content = piece.content
            collector.add(BlockKind.PARAGRAPH, content.text, place=place, marks=content.marks)
        else:
            number = collector.next_table()
            table = table_of(piece, sheet, number, collector.check_cells)
            collector.count_cells(len(piece.rows) * len(piece.columns))
            place = _cell_place(title, piece.rows[0], piece.columns[0]).model_copy(update={"table": number})
            collector.add(BlockKind.TABLE, place=place, table=table)
    for drawing in drawings:
        kind = BlockKind.PICTURE if drawing.is_picture else BlockKind.PARAGRAPH
        place = _named_place(title, drawing.remark.cell)
        within = None if drawing.is_picture else "text box"
        collector.add(kind, drawing.remark.text, place=place.model_copy(update={"within": within}))
    for comment in comments:
        collector.comment(comment.text, _named_place(title, comment.cell))
    _tell_of_the_rest(sheet, collector)


def _cell_place(sheet: str, row: int, column: int) -> Place:
    return Place(sheet=sheet, row=row, column=column, cell=cell_name(row, column))


def _named_place(sheet: str, cell: str) -> Place:
    position = cell_position(cell)
    return _cell_place(sheet, *position) if position else Place(sheet=sheet)


def _tell_of_hidden_sheet(title: str, collector: Collector) -> None:
    collector.notice(
        "hidden sheet",
        zh=f"工作表“{title}”是隐藏的，未读取。",
        en=f'The sheet "{title}" is hidden and was not read.',
        place=Place(sheet=title),
    )


def _tell_of_the_rest(sheet: Sheet, collector: Collector) -> None:
    rows, columns = hidden_parts(sheet)
    place = Place(sheet=sheet.name)
    if rows:
        listed = _listed([str(row) for row in rows])
        collector.notice(
            "hidden rows",
            zh=f"工作表“{sheet.name}”有 {len(rows)} 个有内容的隐藏行未读取（{listed}）。",
            en=f'Hidden rows with content on the sheet "{sheet.name}" were not read: {len(rows)} ({listed}).',
            place=place,
        )
    if columns:
        listed = _listed([column_letters(column) for column in columns])
        collector.notice(
            "hidden columns",
            zh=f"工作表“{sheet.name}”有 {len(columns)} 个有内容的隐藏列未读取（{listed}）。",
            en=f'Hidden columns with content on the sheet "{sheet.name}" were not read: {len(columns)} '
            f"({listed}).",
            place=place,
        )
    if sheet.valueless:
        listed = _listed(sheet.valueless)
        collector.notice(
            "formula without value",
            zh=f"工作表“{sheet.name}”有 {len(sheet.valueless)} 个公式没有保存计算结果，按公式原文读取"
            f"（{listed}）。请用 Excel 或 WPS 打开并保存一次。",
            en=f'Formulas without a stored value on the sheet "{sheet.name}": {len(sheet.valueless)} '
            f"({listed}); they were read as they are written. Open and save the file once in Excel or WPS.",
            place=place,
        )


def _listed(names: list[str]) -> str:
    return ", ".join(names[:_LISTED]) + ("…" if len(names) > _LISTED else "")
