"""Tables of a .docx: merged cells, headers, tables in cells."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.documents.blocks import BlockKind, Document, Place, Table

DOWN, ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def span(columns: int) -> str:
    return f'<w:gridSpan w:val="{columns}"/>'


def grid(document: Document, index: int = 0) -> Table:
    found = document.blocks[index].table
    assert found is not None
    return found


def covered(table: Table) -> list[str]:
    return ["".join("#" if cell.covered else "." for cell in row) for row in table.rows]


def test_a_merged_cell_fills_every_position_it_covers(word: SimpleNamespace) -> None:
    table = grid(
        word.document(
            word.table(
                word.row(word.cell("A", DOWN + span(2)), "b"),
                word.row(word.cell("", ON + span(2)), "c"),
                word.row("d", "e", "f"),
            )
        )
    )
    assert table.texts() == [["A", "A", "b"], ["A", "A", "c"], ["d", "e", "f"]]
    assert covered(table) == [".#.", "##.", "..."]
    first = table.rows[0][0]
    assert (first.row_span, first.column_span) == (2, 2)
    assert table.rows[1][2].place == Place(table=1, row=2, column=3)


def test_cells_merged_sideways_in_the_old_way_are_one(word: SimpleNamespace) -> None:
    table = grid(
        word.document(
            word.table(
                word.row(
                    word.cell("A", '<w:hMerge w:val="restart"/>' + DOWN), word.cell("", "<w:hMerge/>"), "b"
                ),
                word.row(
                    word.cell("", '<w:hMerge w:val="restart"/>' + ON), word.cell("", "<w:hMerge/>"), "c"
                ),
                word.row("1", "2", "3"),
            )
        )
    )
    assert table.texts() == [["A", "A", "b"], ["A", "A", "c"], ["1", "2", "3"]]


def test_ragged_rows_are_filled_up(word: SimpleNamespace) -> None:
    table = grid(
        word.document(
            word.table(
                word.row("a", "b", "c"),
                word.row("d", properties='<w:gridBefore w:val="1"/><w:gridAfter w:val="1"/>'),
                word.row("e"),
            )
        )
    )
    assert table.texts() == [["a", "b", "c"], ["", "d", ""], ["e", "", ""]]


def test_columns_in_which_no_cell_begins_are_not_there(word: SimpleNamespace) -> None:
    table = grid(
        word.document(
            word.table(
                word.row(word.cell("a", span(3)), word.cell("b", span(2))),
                word.row(word.cell("c", span(3)), word.cell("d", span(2))),
                word.row(word.cell("wide", span(5))),
            )
        )
    )
    assert table.texts() == [["a", "b"], ["c", "d"], ["wide", "wide"]]
    assert table.rows[0][0].column_span == 1


def test_a_cell_that_continues_nothing_stands_for_itself(word: SimpleNamespace) -> None:
    table = grid(
        word.document(
            word.table(
                word.row(word.cell("a", ON), word.cell("b", DOWN)),
                word.row("c", "d"),
                word.row("e", word.cell("f", ON)),
            )
        )
    )
    assert table.texts() == [["a", "b"], ["c", "d"], ["e", "f"]]


def test_what_a_covered_cell_holds_is_told_as_hidden(word: SimpleNamespace) -> None:
    document = word.document(
        word.table(word.row(word.cell("a", DOWN), "b"), word.row(word.cell("unseen", ON), "c"))
    )
    assert grid(document).texts() == [["a", "b"], ["a", "c"]]
    assert [(n.code, n.place.row) for n in document.notices] == [("hidden text", 1)]
    assert '"unseen"' in document.notices[0].en


def test_paragraphs_of_a_cell_are_its_lines(word: SimpleNamespace) -> None:
    inside = word.p("one") + word.p() + word.p(word.r("t") + word.r("wo", "<w:b/>"))
    cell = grid(word.document(word.table(word.row(word.cell(inside))))).rows[0][0]
    assert cell.text == "one\ntwo"
    assert [(m.start, m.end) for m in cell.marks] == [(5, 7)]


# Headers


def test_rows_that_repeat_on_every_page_are_the_header(word: SimpleNamespace) -> None:
    repeat = "<w:tblHeader/>"
    document = word.document(
        word.table(
            word.row("a", "b", properties=repeat), word.row("c", "d", properties=repeat), word.row("1", "2")
        )
    )
    assert grid(document).header_rows == 2


@pytest.mark.parametrize("look", ["bold", "shaded", "style"])
def test_a_first_row_that_stands_out_is_the_header(word: SimpleNamespace, look: str) -> None:
    bold = word.p(word.r("编号", "<w:b/>"))
    first = {
        "bold": word.row(word.cell(bold), word.cell(bold)),
        "shaded": word.row(*[word.cell("编号", '<w:shd w:val="clear" w:fill="D9D9D9"/>')] * 2),
        "style": word.row("编号", "规则"),
    }[look]
    properties = '<w:tblStyle w:val="grid"/><w:tblLook w:firstRow="1"/>' if look == "style" else ""
    styles = (
        '<w:style w:type="table" w:styleId="grid"><w:tblStylePr w:type="firstRow"><w:rPr><w:b/></w:rPr>'
        "</w:tblStylePr></w:style>"
    )
    body = word.table(first, word.row("1", "2"), word.row("3", "4"), properties=properties)
    assert grid(word.document(body, styles=styles)).header_rows == 1


def test_a_table_that_is_set_alike_all_over_has_no_header(word: SimpleNamespace) -> None:
    bold = word.row(*[word.cell(word.p(word.r("x", "<w:b/>")))] * 2)
    names = word.row(word.cell(word.p(word.r("name", "<w:b/>"))), "value")
    white = word.row(*[word.cell("x", '<w:shd w:val="clear" w:fill="FFFFFF"/>')] * 2)
    for rows in ([bold, bold], [word.row("1", "2")] * 2, [names, names], [bold], [white, word.row("1", "2")]):
        assert grid(word.document(word.table(*rows))).header_rows == 0


# What else cells hold


def test_a_table_in_a_cell_comes_right_after_the_whole_table(word: SimpleNamespace) -> None:
    innermost = word.table(word.row("deep"))
    inner = word.table(word.row("in", word.cell(word.p("") + innermost)))
    body = word.table(word.row("a", word.cell(word.p("before") + inner + word.p("after")))) + word.p("next")
    document = word.document(body + word.table(word.row("last")))
    assert [b.kind for b in document.blocks] == [BlockKind.TABLE] * 3 + [BlockKind.PARAGRAPH, BlockKind.TABLE]
    assert grid(document).texts() == [["a", "before\nafter"]]
    assert [b.place for b in document.blocks if b.table] == [
        Place(table=1),
        Place(table=2, within="table 1, row 1, column 2"),
        Place(table=3, within="table 2, row 1, column 2"),
        Place(table=4),
    ]
    assert grid(document, 1).rows[0][0].place == Place(
        table=2, within="table 1, row 1, column 2", row=1, column=1
    )


def test_pictures_and_text_boxes_of_a_cell_come_after_the_table_with_its_place(word: SimpleNamespace) -> None:
    inside = word.p(word.picture("logo") + word.r("x") + word.box(word.p("boxed")))
    document = word.document(word.table(word.row("a", word.cell(inside))))
    assert [(b.kind.value, b.text, b.place) for b in document.blocks[1:]] == [
        ("picture", "logo", Place(table=1, row=1, column=2)),
        ("paragraph", "boxed", Place(table=1, row=1, column=2, within="text box 1")),
    ]


def test_an_empty_table_is_nothing(word: SimpleNamespace) -> None:
    assert word.texts(word.document(word.table() + word.table(word.row()) + word.p("a"))) == ["a"]


@st.composite
def _partitions(draw: st.DrawFn) -> list[list[int]]:
    """Rows of one width, each cut into cells; the width of Word's grid may be more than is used."""
    width = draw(st.integers(1, 6))
    rows: list[list[int]] = []
    for _ in range(draw(st.integers(1, 5))):
        left, cells = width, []
        while left:
            cells.append(draw(st.integers(1, left)))
            left -= cells[-1]
        rows.append(cells)
    return rows


@given(rows=_partitions())
def test_every_cell_of_any_partition_is_in_the_grid_once_and_in_its_order(
    word: SimpleNamespace, rows: list[list[int]]
) -> None:
    body = [
        word.row(*[word.cell(f"{r}-{c}", span(width)) for c, width in enumerate(cells)])
        for r, cells in enumerate(rows)
    ]
    table = grid(word.document(word.table(*body)))
    assert len({len(row) for row in table.rows}) == 1
    for r, (cells, row) in enumerate(zip(rows, table.rows, strict=True)):
        own = [cell for cell in row if not cell.covered]
        assert [cell.text for cell in own] == [f"{r}-{c}" for c in range(len(cells))]
        assert sum(cell.column_span for cell in own) == len(row)
    starts = {sum(cells[:c]) for cells in rows for c in range(len(cells))}
    assert len(table.rows[0]) == len(starts)


@given(heights=st.lists(st.integers(1, 4), min_size=1, max_size=5), beside=st.integers(0, 2))
def test_cells_merged_downwards_reach_as_far_as_they_go_on(
    word: SimpleNamespace, heights: list[int], beside: int
) -> None:
    body = [
        word.row(word.cell(f"{n}" if not k else "", ON if k else DOWN), *["x"] * beside)
        for n, height in enumerate(heights)
        for k in range(height)
    ]
    table = grid(word.document(word.table(*body)))
    column = [row[0] for row in table.rows]
    assert [cell.text for cell in column] == [f"{n}" for n, h in enumerate(heights) for _ in range(h)]
    assert [cell.row_span for cell in column if not cell.covered] == heights
