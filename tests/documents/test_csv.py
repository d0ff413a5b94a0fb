"""What a reader gets from CSV files."""

from __future__ import annotations

import csv
from io import StringIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.documents.blocks import BlockKind, Document, Table
from casewright.documents.errors import Broken, EmptyDocument, TooLarge
from casewright.documents.limits import Limits
from casewright.documents.readers.csv import read

_SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"


def document(text: str, limits: Limits = Limits()) -> Document:  # noqa: B008
    return read(text.encode(), "a.csv", limits, lambda share: None)


def table(text: str) -> Table:
    (block,) = document(text).blocks
    assert block.kind is BlockKind.TABLE
    assert block.table is not None
    return block.table


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(delimiter: str) -> None:
    text = "编号,说明\n1,登录\n2,退出\n".replace(",", delimiter)
    assert table(text).texts() == [["编号", "说明"], ["1", "登录"], ["2", "退出"]]


def test_commas_within_semicolon_columns_stay_in_their_cells() -> None:
    assert table("id;text\n1;a, b, c\n2;d\n3;e, f\n").texts()[1] == ["1", "a, b, c"]


def test_a_declared_delimiter_is_believed() -> None:
    assert table("sep=;\na,b;c\nd;e\n").texts() == [["a,b", "c"], ["d", "e"]]


def test_a_cell_may_have_several_lines_delimiters_and_quotes() -> None:
    result = document('id,text\n1,"line 1\nline ""2"", more"\n2,b\n')
    found = result.blocks[0].table
    assert found is not None
    assert found.rows[1][1].text == 'line 1\nline "2", more'
    assert [row[0].place.line for row in found.rows] == [1, 2, 4]
    assert not result.notices


@pytest.mark.parametrize(
    ("text", "header_rows"),
    [
        ("编号,名称,值\n1,a,2\n", 1),
        ("ID,Description\nR1,The system shall.\n", 1),
        ("优惠券,门槛\n新人券,满 100 元\n满减券,满 300 元\n", 1),
        ("1,2,3\n4,5,6\n", 0),
        ("2025-03-01,登录,1\n2025-03-02,退出,2\n", 0),
        ("用户登录后系统应显示首页。,甲,乙\n其他,丙,丁\n", 0),
        ("产品,结算系统\n负责人,张三\n", 0),
        ("a,a,b\n1,2,3\n", 0),
        ("编号,名称,值\n", 0),
    ],
)
def test_the_first_row_is_a_header_where_it_looks_like_one(text: str, header_rows: int) -> None:
    assert table(text).header_rows == header_rows


def test_uneven_rows_are_filled_up_and_told() -> None:
    result = document("a,b,c\n1,2\n3\n4,5,6,,\n")
    found = result.blocks[0].table
    assert found is not None
    assert found.texts() == [["a", "b", "c"], ["1", "2", ""], ["3", "", ""], ["4", "5", "6"]]
    (notice,) = result.notices
    assert notice.code == "uneven rows"
    assert "2 行" in notice.zh
    assert "lines 2, 3" in notice.en


def test_blank_rows_and_columns_are_left_out_but_counted() -> None:
    found = table(",,\n\na,b,\n,,\n1,2,\n")
    assert found.texts() == [["a", "b"], ["1", "2"]]
    place = found.rows[1][1].place
    assert (place.row, place.column, place.cell, place.line) == (5, 2, "B5", 5)


def test_a_quote_that_is_never_closed_is_told() -> None:
    result = document('a,b\n1,"open\n2,x\n')
    assert [notice.code for notice in result.notices] == ["open quote"]
    assert result.blocks[0].table is not None
    assert result.blocks[0].table.texts()[1] == ["1", "open\n2,x"]


def test_chinese_excel_files_are_read() -> None:
    result = read("编号,名称\r\n1,登录\r\n".encode("gbk"), "a.csv", Limits(), lambda share: None)
    assert result.blocks[0].table is not None
    assert result.blocks[0].table.texts() == [["编号", "名称"], ["1", "登录"]]


def test_limits_hold() -> None:
    for text in ("", "\n\n", ",,\n , \n"):
        with pytest.raises(EmptyDocument):
            document(text)
    with pytest.raises(TooLarge):
        document("1,2,3\n" * 10, Limits(cells=25))
    with pytest.raises(TooLarge):
        document("1\n" * 10 + "," * 90 + "1\n", Limits(cells=300))
    with pytest.raises(Broken):
        document("a,b\n1," + "x" * 200_000)
    with pytest.raises(Broken):
        document("a\0,b\n")


_CELLS = st.text(st.sampled_from("ab1中，,;\t|\"'\n .#="), min_size=1, max_size=8).filter(
    lambda text: text == text.strip()
)


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=6))
def test_what_was_written_is_read(rows: list[list[str]]) -> None:
    written = StringIO()
    csv.writer(written).writerows([["编号", "名称", "说明"], *rows])
    declared = "sep=,\n" + written.getvalue()
    assert table(declared).texts()[1:] == [[cell.replace("\r\n", "\n") for cell in row] for row in rows]


@pytest.mark.skipif(not _SHARED.exists(), reason="no folder `shared` beside the checkout")
def test_every_requirement_of_a_real_file_is_read() -> None:
    path = _SHARED / "samples" / "en_nasa_cfe_requirements.csv"
    (block,) = read(path.read_bytes(), path.name, Limits(), lambda share: None).blocks
    assert block.table is not None
    assert block.table.header_rows == 1
    ids = [row[1] for row in block.table.texts()[1:]]
    assert len(ids) == len(set(ids)) == 397
