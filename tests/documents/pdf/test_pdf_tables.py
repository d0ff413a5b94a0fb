"""What a user gets from the tables of a PDF."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib import colors

from casewright.documents.blocks import Block, BlockKind, Document, Table
from casewright.documents.readers.pdf.geometry import Box, Stroke
from casewright.documents.readers.pdf.grids import Region, ruled_grids

HAN = "STSong-Light"
Shown = Callable[[Document], list[tuple[str, str]]]

FIELDS = [["Field", "Type", "Length"], ["name", "text", "20"], ["age", "number", "3"]]


def table_of(document: Document) -> Table:
    (found,) = [block.table for block in document.blocks if block.table is not None]
    return found


def test_a_ruled_table_stands_where_it_is_read_and_its_text_only_there(paper, shown: Shown) -> None:
    paper.text(72, 80, "Before.")
    end = paper.table(72, 100, FIELDS)
    paper.text(72, end + 30, "After.")
    assert shown(paper.document()) == [
        ("paragraph", "Before."),
        ("table", "Field | Type | Length / name | text | 20 / age | number | 3"),
        ("paragraph", "After."),
    ]


def test_a_chinese_table_keeps_even_cells_of_one_character(paper) -> None:
    rows = [["字段", "必填"], ["姓名", "是"], ["年龄", "否"]]
    paper.table(72, 100, rows)
    table = table_of(paper.document())
    assert table.texts() == rows
    assert table.header_rows == 1


def test_a_merged_cell_fills_every_position_it_covers(paper) -> None:
    for x0, y0, x1, y1 in (
        (72, 100, 372, 100),
        (172, 120, 372, 120),
        (72, 140, 372, 140),
        (72, 160, 372, 160),
        (72, 100, 72, 160),
        (172, 100, 172, 160),
        (272, 120, 272, 160),
        (372, 100, 372, 160),
    ):
        paper.stroke(x0, y0, x1, y1)
    for x, y, text in ((76, 114, "Field"), (176, 114, "Range"), (176, 134, "from"), (276, 134, "to")):
        paper.text(x, y, text)
    for x, text in ((76, "age"), (176, "18"), (276, "99")):
        paper.text(x, 154, text)
    table = table_of(paper.document())
    assert table.texts() == [["Field", "Range", "Range"], ["Field", "from", "to"], ["age", "18", "99"]]
    assert [(cell.row_span, cell.column_span, cell.covered) for cell in table.rows[0]] == [
        (2, 1, False),
        (1, 2, False),
        (1, 1, True),
    ]
    assert table.header_rows == 2


@pytest.mark.parametrize("sign", ["bold", "shaded", "words"])
def test_a_first_row_that_looks_like_a_header_is_one(paper, sign: str) -> None:
    if sign == "shaded":
        paper.canvas.setFillColor(colors.lightgrey)
        paper.canvas.rect(72, paper.height - 120, 220, 20, stroke=0, fill=1)
        paper.canvas.setFillColor(colors.black)
    header = ["Name", "Type"] if sign == "words" else ["A1", "B1"]
    paper.table(72, 100, [header, ["x", "y"]])
    if sign == "bold":
        paper = type(paper)()
        paper.grid([72, 182, 292], [100, 120, 140])
        for x, y, text in ((76, 114, "A1"), (186, 114, "B1")):
            paper.text(x, y, text, font="Helvetica-Bold")
        paper.text(76, 134, "x").text(186, 134, "y")
    assert table_of(paper.document()).header_rows == 1


def test_a_table_of_plain_values_has_no_header(paper) -> None:
    paper.table(72, 100, [["a", "b"], ["c", "d"]])
    assert table_of(paper.document()).header_rows == 0


def test_lines_wrapped_in_a_cell_are_joined_and_short_ones_stay_lines(paper) -> None:
    paper.grid([72, 172, 322], [100, 150])
    paper.lines(76, 112, ["The user may sign", "in once"], 10)
    paper.lines(176, 112, ["1. name", "2. age"], 10)
    assert table_of(paper.document()).texts() == [["The user may sign in once", "1. name\n2. age"]]


def test_rows_without_rulings_between_them_are_rows_all_the_same(paper) -> None:
    paper.grid([72, 172, 272], [100, 120, 180])
    for x, texts in ((76, ["State", "Alaska", "Ohio", "Texas"]), (176, ["Count", "12", "7", "30"])):
        paper.text(x, 114, texts[0])
        paper.lines(x, 134, texts[1:], leading=1.6)
    assert table_of(paper.document()).texts() == [
        ["State", "Count"],
        ["Alaska", "12"],
        ["Ohio", "7"],
        ["Texas", "30"],
    ]


def test_a_table_without_rulings_at_its_sides_is_whole(paper) -> None:
    for y in (100, 120, 140):
        paper.stroke(72, y, 292, y)
    paper.stroke(182, 100, 182, 140)
    for y, left, right in ((114, "name", "text"), (134, "age", "number")):
        paper.text(76, y, left).text(186, y, right)
    assert table_of(paper.document()).texts() == [["name", "text"], ["age", "number"]]


def test_a_table_that_goes_on_overleaf_is_one_table_with_one_header(paper) -> None:
    paper.table(72, 700, FIELDS)
    paper.page().table(72, 80, [FIELDS[0], ["city", "text", "30"]])
    table = table_of(paper.document())
    assert table.texts() == [*FIELDS, ["city", "text", "30"]]
    assert [row[0].place.page for row in table.rows] == [1, 1, 1, 2]


def test_tables_with_other_columns_are_not_joined(paper) -> None:
    paper.table(72, 700, FIELDS)
    paper.page().table(72, 80, [["a", "b"], ["c", "d"]])
    assert [block.kind for block in paper.document().blocks] == [BlockKind.TABLE, BlockKind.TABLE]


def test_columns_without_any_ruling_are_a_table_and_a_wrapped_cell_is_whole(paper) -> None:
    paper.lines(72, 100, ["Code", "E1", "", "E2"])
    paper.lines(172, 100, ["Meaning", "the password is wrong and", "the account is open", "locked"])
    assert table_of(paper.document()).texts() == [
        ["Code", "Meaning"],
        ["E1", "the password is wrong and the account is open"],
        ["E2", "locked"],
    ]


def test_a_frame_around_text_is_no_table(paper, shown: Shown) -> None:
    paper.grid([72, 372], [100, 140])
    paper.text(80, 124, "Mind the gap.")
    assert shown(paper.document()) == [("paragraph", "Mind the gap.")]


def test_boxes_joined_by_lines_are_no_table(paper) -> None:
    paper.grid([72, 152], [100, 130]).grid([252, 332], [100, 130]).grid([72, 152], [230, 260])
    paper.stroke(152, 115, 252, 115).stroke(112, 130, 112, 230)
    paper.text(80, 120, "Draft").text(260, 120, "Sent").text(80, 250, "Paid")
    assert all(block.kind is not BlockKind.TABLE for block in paper.document().blocks)


def test_an_empty_grid_is_no_table(paper, shown: Shown) -> None:
    paper.text(72, 80, "A chart:").grid([72, 100, 130, 160], [100, 130, 160, 190])
    assert shown(paper.document()) == [("paragraph", "A chart:")]


def test_cells_know_their_table_row_and_column(paper) -> None:
    end = paper.table(72, 100, FIELDS)
    paper.text(72, end + 30, "Then:")
    paper.table(72, end + 60, FIELDS)
    tables: list[Block] = [block for block in paper.document().blocks if block.table is not None]
    assert [block.place.table for block in tables] == [1, 2]
    assert tables[1].table is not None
    place = tables[1].table.rows[2][1].place
    assert (place.page, place.table, place.row, place.column) == (1, 2, 3, 2)


cells = st.text("abcdefgh123", min_size=1, max_size=9)
grids = st.integers(2, 5).flatmap(
    lambda n: st.lists(st.lists(cells, min_size=n, max_size=n), min_size=2, max_size=8)
)


@given(grids)
@settings(max_examples=40, deadline=None)
def test_every_cell_of_a_ruled_table_is_read_at_its_place(new_paper: Any, rows: list[list[str]]) -> None:
    paper = new_paper()
    paper.table(40, 60, rows, column=95)
    assert table_of(paper.document()).texts() == rows


@st.composite
def tilings(draw: st.DrawFn) -> list[Region]:
    """A grid with some of its positions merged to rectangles."""
    rows, columns = draw(st.integers(2, 6)), draw(st.integers(2, 6))
    free = {(row, column) for row in range(rows) for column in range(columns)}
    regions: list[Region] = []
    while free:
        row, column = min(free)
        height, width = draw(st.integers(1, 3)), draw(st.integers(1, 3))
        units = {(row + r, column + c) for r in range(height) for c in range(width)}
        if not units <= free:
            height, width, units = 1, 1, {(row, column)}
        free -= units
        regions.append(Region(row, column, height, width))
    return regions


def box_of(region: Region, xs: Sequence[float], ys: Sequence[float]) -> Box:
    return Box(
        xs[region.column],
        ys[region.row],
        xs[region.column + region.columns],
        ys[region.row + region.rows],
    )


@given(tilings())
@settings(max_examples=100, deadline=None)
def test_merged_cells_are_found_from_the_rulings_around_them(regions: list[Region]) -> None:
    boxes = [box_of(region, range(0, 500, 50), range(0, 200, 20)) for region in regions]
    across = {Stroke(y, box.x0, box.x1) for box in boxes for y in (box.top, box.bottom)}
    down = {Stroke(x, box.top, box.bottom) for box in boxes for x in (box.x0, box.x1)}
    found = {
        box_of(region, grid.xs, grid.ys) for grid in ruled_grids(across, down) for region in grid.regions
    }
    has_columns = len({stroke.at for stroke in down}) > 2
    assert found == (set(boxes) if has_columns else set())
