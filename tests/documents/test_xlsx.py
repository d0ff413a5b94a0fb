"""What a reader gets from Excel files."""

from __future__ import annotations

import datetime
import zipfile
from collections.abc import Callable
from io import BytesIO

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from xlsxwriter.workbook import Workbook
from xlsxwriter.worksheet import Worksheet

from casewright.documents.blocks import Block, BlockKind, Document, MarkKind, Table
from casewright.documents.cell_names import cell_name, cell_position
from casewright.documents.errors import Broken, DocumentError, EmptyDocument, TooLarge
from casewright.documents.limits import Limits
from casewright.documents.readers.xlsx.reader import read

Fill = Callable[[Workbook, Worksheet], None]


def workbook(fill: Fill) -> bytes:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"in_memory": True}) as book:
        fill(book, book.add_worksheet("规则"))
    return content.getvalue()


def document(fill: Fill, limits: Limits = Limits()) -> Document:  # noqa: B008
    return read(workbook(fill), "a.xlsx", limits, lambda share: None)


def rows(*texts: list[object]) -> Fill:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        for row, values in enumerate(texts):
            sheet.write_row(row, 0, values)

    return fill


def only_table(result: Document) -> Table:
    (table,) = [block.table for block in result.blocks if block.table]
    return table


def told(result: Document) -> list[tuple[str, str, str | None]]:
    """Kind, text and cell of every block."""
    return [(block.kind.value, block.text, block.place.cell) for block in result.blocks]


def rewritten(content: bytes, part: str, change: Callable[[str], str]) -> bytes:
    """The file with one of its parts changed."""
    changed = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(changed, "w") as new:
        for info in old.infolist():
            text = old.read(info)
            new.writestr(info.filename, change(text.decode()) if info.filename == part else text)
    return changed.getvalue()


def test_a_sheet_is_a_heading_and_its_tables() -> None:
    result = document(
        rows(
            ["编号", "名称", "值"], [1, "登录", 2.5], [], [], ["字段", "类型", "必填"], ["姓名", "文本", "是"]
        )
    )
    assert told(result) == [("heading", "规则", None), ("table", "", "A1"), ("table", "", "A5")]
    first, second = (block.table for block in result.blocks[1:])
    assert first is not None
    assert second is not None
    assert first.texts() == [["编号", "名称", "值"], ["1", "登录", "2.5"]]
    assert (first.header_rows, second.header_rows) == (1, 1)
    place = second.rows[1][2].place
    assert (place.sheet, place.cell, place.row, place.column, place.table) == ("规则", "C6", 6, 3, 2)


def test_a_title_and_remarks_around_a_table_are_paragraphs() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.merge_range("B2:D2", "价目表")
        for row, values in enumerate([["编号", "名称", "价格"], [1, "甲", 2], [2, "乙", 3]], 2):
            sheet.write_row(row, 1, values)
        sheet.write("B7", "注：价格含税。")

    result = document(fill)
    assert told(result)[1:] == [
        ("paragraph", "价目表", "B2"),
        ("table", "", "B3"),
        ("paragraph", "注：价格含税。", "B7"),
    ]


def test_a_column_of_text_is_paragraphs() -> None:
    result = document(rows(["第一条 用户登录。"], ["第二条 用户退出。"]))
    assert [block.kind for block in result.blocks] == [
        BlockKind.HEADING,
        BlockKind.PARAGRAPH,
        BlockKind.PARAGRAPH,
    ]


def test_a_merged_cell_fills_every_position_it_covers() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.merge_range("A1:A2", "角色")
        sheet.merge_range("B1:C1", "权限")
        sheet.write_row("B2", ["读", "写"])
        sheet.merge_range("A3:A5", "管理员")
        sheet.write_row("B3", ["是", "否"])
        sheet.write_row("B5", ["x", "y"])

    table = only_table(document(fill))
    assert table.texts() == [
        ["角色", "权限", "权限"],
        ["角色", "读", "写"],
        ["管理员", "是", "否"],
        ["管理员", "x", "y"],
    ]
    assert table.header_rows == 2
    assert (table.rows[0][1].column_span, table.rows[0][2].covered) == (2, True)
    assert (table.rows[2][0].row_span, table.rows[3][0].covered) == (2, True)


@pytest.mark.parametrize(
    ("value", "format_", "shown"),
    [
        (1.0, "", "1"),
        (0.1 + 0.2, "", "0.3"),
        (1234567.5, "#,##0.00", "1234567.50"),
        (0.125, "0.0%", "12.5%"),
        (0.1, "0%", "10%"),
        (12.5, '"¥"0.00;[Red]-0.00', "12.50"),
        (1e20, "", "100000000000000000000"),
        (-0.0, "", "0"),
        (45717, "yyyy-mm-dd", "2025-03-01"),
        (45717, 'yyyy"年"m"月"d"日"', "2025-03-01"),
        (45717.378472222222, "yyyy/m/d h:mm", "2025-03-01 09:05"),
        (45717.5, "mm-dd-yy", "2025-03-01"),
        (0.378530092592593, "h:mm:ss", "09:05:05"),
        (1.25, "[h]:mm", "30:00"),
        (7, '0 "days"', "7"),
        (5, "[Red]0", "5"),
        (1, "yyyy-mm-dd", "1900-01-01"),
    ],
)
def test_numbers_are_shown_as_a_person_sees_them(value: float, format_: str, shown: str) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_number(0, 0, value, book.add_format({"num_format": format_} if format_ else {}))

    assert document(fill).blocks[1].text == shown


def test_other_values_are_shown_as_a_person_sees_them() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_row(0, 0, [True, "  a\r\nb ", "001"])
        sheet.write_formula(1, 0, '="x"', None, "computed")
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 2, "=A1", None, 3)

    assert only_table(document(fill)).texts() == [["TRUE", "a\nb", "001"], ["computed", "#DIV/0!", "3"]]


def test_dates_count_from_1904_where_the_file_says_so() -> None:
    content = BytesIO()
    with xlsxwriter.Workbook(content, {"date_1904": True}) as book:
        format_ = book.add_format({"num_format": 14})
        book.add_worksheet().write_datetime(0, 0, datetime.datetime(2025, 3, 1), format_)  # noqa: DTZ001
    result = read(content.getvalue(), "a.xlsx", Limits(), lambda share: None)
    assert result.blocks[1].text == "2025-03-01"


def test_text_that_was_struck_through_is_marked() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        struck, bold = book.add_format({"font_strikeout": True}), book.add_format({"bold": True})
        sheet.write(0, 0, "作废", struck)
        sheet.write_rich_string(0, 1, "旧", struck, "的", bold, "新")

    first, second = only_table(document(fill)).rows[0]
    assert [(mark.kind, mark.start, mark.end) for mark in first.marks] == [(MarkKind.STRUCK, 0, 2)]
    assert second.text == "旧的新"
    assert [(mark.kind, mark.start, mark.end) for mark in second.marks] == [
        (MarkKind.STRUCK, 1, 2),
        (MarkKind.BOLD, 2, 3),
    ]


def test_a_formula_without_a_value_is_read_as_written_and_told() -> None:
    content = workbook(lambda book, sheet: sheet.write_formula(1, 1, "=A1*2"))
    content = rewritten(content, "xl/worksheets/sheet1.xml", lambda xml: xml.replace("<v>0</v>", ""))
    result = read(content, "a.xlsx", Limits(), lambda share: None)
    assert told(result)[1:] == [("paragraph", "=A1*2", "B2")]
    (notice,) = result.notices
    assert notice.code == "formula without value"
    assert "B2" in notice.zh
    assert "B2" in notice.en


def test_hidden_sheets_rows_and_columns_are_left_out_and_told() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        for row in range(4):
            sheet.write_row(row, 0, [f"a{row}", f"b{row}", f"c{row}"])
        sheet.set_row(1, None, None, {"hidden": True})
        sheet.set_column("B:B", None, None, {"hidden": True})
        secret = book.add_worksheet("旧版")
        secret.write(0, 0, "x")
        secret.hide()

    result = document(fill)
    assert only_table(result).texts() == [["a0", "c0"], ["a2", "c2"], ["a3", "c3"]]
    assert [notice.code for notice in result.notices] == ["hidden rows", "hidden columns", "hidden sheet"]
    assert "（2）" in result.notices[0].zh
    assert "(B)" in result.notices[1].en
    assert "旧版" in result.notices[2].zh


def test_a_merged_cell_that_begins_in_a_hidden_row_shows_in_the_rest_of_it() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.merge_range("A1:A3", "角色")
        for row in range(3):
            sheet.write_row(row, 1, [f"b{row}", f"c{row}"])
        sheet.set_row(0, None, None, {"hidden": True})

    assert only_table(document(fill)).texts() == [["角色", "b1", "c1"], ["角色", "b2", "c2"]]


def test_empty_columns_between_are_dropped_and_places_stay_true() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        for row in range(2):
            sheet.write(row, 1, f"b{row}")
            sheet.write(row, 5, f"f{row}")

    table = only_table(document(fill))
    assert table.texts() == [["b0", "f0"], ["b1", "f1"]]
    assert table.rows[1][1].place.cell == "F2"


def test_rows_that_stay_in_sight_are_the_header() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        rows(["1 月", "1 月"], ["计划", "实际"], [1, 2], [3, 4])(book, sheet)
        sheet.freeze_panes(2, 0)

    assert only_table(document(fill)).header_rows == 2


def test_bold_text_above_plain_text_is_a_header() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        bold = book.add_format({"bold": True})
        sheet.write_row(0, 0, ["甲", "乙"], bold)
        sheet.write_row(1, 0, ["丙", "丁"])

    assert only_table(document(fill)).header_rows == 1
    assert only_table(document(rows(["甲", "乙"], ["丙", "丁"]))).header_rows == 0


def test_comments_text_boxes_and_pictures_are_read() -> None:
    png = bytes.fromhex(
        "89504e470d0a1a0a0000000d49484452000000010000000108000000003a7e9b550000000a49444154789c63600000000200"
        "01e221bc330000000049454e44ae426082"
    )

    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write("A1", "登录")
        sheet.write_comment("A1", "密码规则待定？")
        sheet.insert_textbox("C3", "文本框里的\n说明")
        sheet.insert_image("D4", "a.png", {"image_data": BytesIO(png), "description": "流程图"})

    result = document(fill)
    assert told(result)[1:] == [
        ("paragraph", "登录", "A1"),
        ("paragraph", "文本框里的\n说明", "C3"),
        ("picture", "流程图", "D4"),
    ]
    assert result.blocks[2].place.within == "text box"
    (comment,) = result.comments
    assert (comment.kind, comment.text, comment.place.cell) == (BlockKind.COMMENT, "密码规则待定？", "A1")


def test_a_stray_cell_at_the_far_end_costs_nothing() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        rows(["编号", "名称", "值"], [1, 2, 3])(book, sheet)
        sheet.write("XFD2", "far")
        sheet.merge_range("A1000:A1001", "wide")
        sheet.write("XFD1048576", "end")

    sheet = "xl/worksheets/sheet1.xml"
    content = rewritten(workbook(fill), sheet, lambda xml: xml.replace("A1000:A1001", "A1000:XFD1040000"))
    result = read(content, "a.xlsx", Limits(cells=20), lambda share: None)
    table = only_table(result)
    assert table.texts() == [["编号", "名称", "值", ""], ["1", "2", "3", "far"]]
    assert told(result)[2:] == [("paragraph", "wide", "A1000"), ("paragraph", "end", "XFD1048576")]


def test_a_sheet_with_nothing_but_formats_is_no_part_of_the_document() -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        sheet.write_blank("C9", None, book.add_format({"bold": True}))
        book.add_worksheet("第二").write("A1", "x")

    assert [block.text for block in document(fill).blocks] == ["第二", "x"]


def test_limits_hold() -> None:
    with pytest.raises(EmptyDocument):
        document(lambda book, sheet: None)
    with pytest.raises(TooLarge):
        document(rows(*([1, 2, 3] for _ in range(10))), Limits(cells=25))
    with pytest.raises(TooLarge):
        document(rows(*([f"a{row}"] for row in range(10))), Limits(blocks=5))


def test_a_file_with_its_parts_in_disorder_is_refused() -> None:
    content = workbook(rows(["a", "b"]))
    sheet = "xl/worksheets/sheet1.xml"
    for part, change in (
        (sheet, lambda xml: xml.replace("<v>0</v>", "<v>99</v>")),
        (sheet, lambda xml: xml[:-20]),
        ("xl/_rels/workbook.xml.rels", lambda xml: xml.replace("sheet1.xml", "sheet9.xml")),
        ("xl/workbook.xml", lambda xml: "<workbook"),
    ):
        with pytest.raises(Broken):
            read(rewritten(content, part, change), "a.xlsx", Limits(), lambda share: None)
    with pytest.raises(DocumentError):
        read(b"no zip", "a.xlsx", Limits(), lambda share: None)


def test_progress_ends_with_the_whole() -> None:
    shares: list[float] = []
    read(workbook(rows(["a"])), "a.xlsx", Limits(), shares.append)
    assert shares[-1] == 1.0


@given(st.integers(1, 1_048_576), st.integers(1, 16_384))
def test_names_of_cells_tell_their_positions(row: int, column: int) -> None:
    assert cell_position(cell_name(row, column)) == (row, column)


_VALUES = st.one_of(st.none(), st.integers(0, 99), st.sampled_from(["甲", "b c", "否"]))


@given(st.lists(st.lists(_VALUES, min_size=1, max_size=4), min_size=1, max_size=6))
def test_every_value_is_read_at_its_place(values: list[list[int | str | None]]) -> None:
    def fill(book: Workbook, sheet: Worksheet) -> None:
        for row, line in enumerate(values):
            for column, value in enumerate(line):
                if value is not None:
                    sheet.write(row, column, value)

    expected = {
        cell_name(row, column): str(value)
        for row, line in enumerate(values, 1)
        for column, value in enumerate(line, 1)
        if value is not None
    }
    try:
        result = document(fill)
    except EmptyDocument:
        assert not expected
        return
    assert _cells(result.blocks[1:]) == expected


def _cells(blocks: tuple[Block, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for block in blocks:
        if block.table is None:
            found[block.place.cell or ""] = block.text
        else:
            filled = (cell for row in block.table.rows for cell in row if cell.text)
            found.update((cell.place.cell or "", cell.text) for cell in filled)
    return found
