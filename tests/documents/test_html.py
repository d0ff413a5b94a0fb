"""What a reader gets from HTML pages."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.documents.blocks import Block, Document, MarkKind
from casewright.documents.errors import DocumentError, EmptyDocument, TooLarge
from casewright.documents.limits import Limits
from casewright.documents.readers.html.reader import read
from casewright.documents.readers.markdown import reader as markdown
from casewright.documents.readers.markdown.dialect import parser

_SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"


def document(text: str, limits: Limits = Limits()) -> Document:  # noqa: B008
    return read(text.encode(), "a.html", limits, lambda share: None)


def blocks(text: str) -> tuple[Block, ...]:
    return document(text).blocks


def told(text: str) -> list[tuple[str, int, str, str]]:
    """Kind, level, label and text of every block."""
    return [(block.kind.value, block.level, block.label, block.text) for block in blocks(text)]


def grid(block: Block) -> list[list[str]]:
    assert block.table is not None
    return block.table.texts()


def test_headings_paragraphs_and_loose_text_come_in_reading_order() -> None:
    assert told("<h1>A</h1>loose <i>text</i><div>box<p>one</p>tail</div><h6>z</h6><section>s</section>") == [
        ("heading", 1, "", "A"),
        ("paragraph", 0, "", "loose text"),
        ("paragraph", 0, "", "box"),
        ("paragraph", 0, "", "one"),
        ("paragraph", 0, "", "tail"),
        ("heading", 6, "", "z"),
        ("paragraph", 0, "", "s"),
    ]


def test_white_space_is_collapsed_and_lines_of_chinese_are_joined() -> None:
    (block,) = blocks("<p>\n  中文\n  换行&nbsp; two \t words<br>\n next </p>")
    assert block.text == "中文换行 two words\nnext"


def test_what_is_no_text_of_the_page_is_left_out() -> None:
    page = (
        "<html><head><title>t</title><style>s</style></head><body><nav>menu</nav><script>x</script>"
        "<template><p>t</p></template><!-- c --><noscript>n</noscript><p>seen</p></body></html>"
    )
    assert told(page) == [("paragraph", 0, "", "seen")]


def test_hidden_text_is_left_out_and_told() -> None:
    result = document(
        '<p>a</p><p style="color:red; display : none">秘密</p><div hidden>b <b>c</b></div><i hidden></i>'
    )
    assert [block.text for block in result.blocks] == ["a"]
    assert [notice.code for notice in result.notices] == ["hidden text", "hidden text"]
    assert "秘密" in result.notices[0].zh
    assert "b c" in result.notices[1].en


@pytest.mark.parametrize(
    ("attributes", "labels"),
    [
        ("", ["1.", "7.", "8."]),
        ("start=3", ["3.", "7.", "8."]),
        ("reversed", ["4.", "7.", "6."]),
        ("type=a", ["a.", "g.", "h."]),
        ("type=I start=4", ["IV.", "VII.", "VIII."]),
        ('style="list-style-type: lower-roman"', ["i.", "vii.", "viii."]),
        ("type=A start=27", ["AA.", "G.", "H."]),
        ("start=-1", ["-1.", "7.", "8."]),
    ],
)
def test_ordered_items_are_labelled_as_browsers_do(attributes: str, labels: list[str]) -> None:
    found = blocks(f"<ol {attributes}><li>a<li><li value=7>c<li>d</ol>")
    assert [block.label for block in found] == labels


def test_an_empty_item_counts() -> None:
    assert [block.label for block in blocks("<ol><li>a<li><li>c</ol>")] == ["1.", "3."]


def test_nested_lists_and_further_paragraphs_have_their_levels() -> None:
    assert told("<ul><li>one<ol><li>in<p>more</p></ol><li><p>two</p><pre>\ncode\n  x</pre></ul>") == [
        ("list item", 0, "•", "one"),
        ("list item", 1, "1.", "in"),
        ("paragraph", 2, "", "more"),
        ("list item", 0, "•", "two"),
        ("code", 1, "", "code\n  x"),
    ]


def test_terms_and_their_explanations_belong_together() -> None:
    assert told("<dl><dt>逾期<dd>晚于应还日期<dd>又<dt>欠款<dd>未缴</dl>") == [
        ("list item", 0, "", "逾期"),
        ("paragraph", 1, "", "晚于应还日期"),
        ("paragraph", 1, "", "又"),
        ("list item", 0, "", "欠款"),
        ("paragraph", 1, "", "未缴"),
    ]


def test_quotes_are_quotes() -> None:
    assert told("<blockquote>a<p>b</p></blockquote>c") == [
        ("quote", 0, "", "a"),
        ("quote", 0, "", "b"),
        ("paragraph", 0, "", "c"),
    ]


def test_marks_stand_exactly_where_they_are() -> None:
    (block,) = blocks(
        "<p>x <b>bold <em>both</em></b> <code>c</code> <a href=u>l</a><a name=n>n</a> <del>d</del><s>s</s> "
        "<ins>i</ins> "
        '<span style="text-decoration: line-through">old</span> <span style="font-weight:700">new</span></p>'
    )
    assert [(mark.kind, block.text[mark.start : mark.end]) for mark in block.marks] == [
        (MarkKind.BOLD, "bold both"),
        (MarkKind.ITALIC, "both"),
        (MarkKind.CODE, "c"),
        (MarkKind.LINK, "l"),
        (MarkKind.STRUCK, "d"),
        (MarkKind.STRUCK, "s"),
        (MarkKind.INSERTED, "i"),
        (MarkKind.STRUCK, "old"),
        (MarkKind.BOLD, "new"),
    ]


def test_a_mark_around_paragraphs_marks_each_of_them() -> None:
    found = blocks("<b><p>a</p><p>bc</p></b>d")
    assert [len(block.marks) for block in found] == [1, 1, 0]


def test_raised_and_lowered_digits_do_not_become_part_of_the_number() -> None:
    (block,) = blocks("10<sup>6</sup> H<sub>2</sub>O (1+i)<sup>n</sup> 1<sup>st</sup>")
    assert block.text == "10⁶ H₂O (1+i)ⁿ 1st"


def test_a_merged_cell_fills_every_position_it_covers() -> None:
    (block,) = blocks(
        "<table><tr><th rowspan=2>A<th colspan=2>B<tr><th>b1<th>b2"
        "<tr><td rowspan=0>1<td colspan=99>2<tr><td>3<td>4</table>"
    )
    assert grid(block) == [["A", "B", "B"], ["A", "b1", "b2"], ["1", "2", "2"], ["1", "3", "4"]]
    assert block.table is not None
    assert block.table.header_rows == 2
    rows = block.table.rows
    assert (rows[0][1].column_span, rows[0][1].covered, rows[0][2].covered) == (2, False, True)
    assert (rows[2][0].row_span, rows[2][1].column_span) == (2, 2)
    assert (rows[3][1].place.row, rows[3][1].place.column) == (4, 2)


def test_the_head_of_a_table_names_its_columns_and_the_foot_comes_last() -> None:
    (block,) = blocks(
        "<table><thead><tr><td>a<td>b</thead><tfoot><tr><td>sum<td>9</tfoot><tbody><tr><td>1<td>2</tbody></table>"
    )
    assert block.table is not None
    assert block.table.header_rows == 1
    assert grid(block) == [["a", "b"], ["1", "2"], ["sum", "9"]]


def test_a_caption_stands_above_its_table() -> None:
    assert told("<table><caption>表 1 <b>价格</b></caption><tr><td>a<td>b</table>") == [
        ("paragraph", 0, "", "表 1 价格"),
        ("table", 0, "", ""),
    ]


def test_lines_and_items_in_a_cell_are_lines_of_its_text_with_marks_in_place() -> None:
    (block,) = blocks(
        "<table><tr><td>h<td>x<tr><td><p>a</p><p>b</p><td><ol><li>one<li><s>two</s></ol></table>"
    )
    assert block.table is not None
    assert grid(block)[1] == ["a\nb", "1. one\n2. two"]
    cell = block.table.rows[1][1]
    assert [cell.text[mark.start : mark.end] for mark in cell.marks] == ["two"]


def test_a_table_within_a_table_is_a_block_of_its_own() -> None:
    outer, inner = blocks("<table><tr><td>a<td>b<table><tr><td>x<td>y</table></table>")
    assert grid(outer) == [["a", "b"]]
    assert grid(inner) == [["x", "y"]]
    assert (inner.place.table, inner.place.within) == (2, "table 1, row 1, column 2")


def test_a_table_that_is_only_a_frame_is_no_table() -> None:
    assert told("<table><tr><td><h2>标题</h2><p>框内</p></table>") == [
        ("heading", 2, "", "标题"),
        ("paragraph", 0, "", "框内"),
    ]


def test_a_hidden_row_is_left_out_and_told() -> None:
    result = document("<table><tr><td>a<td>b<tr hidden><td>x<td>y<tr><td>c<td>d</table>")
    assert grid(result.blocks[0]) == [["a", "b"], ["c", "d"]]
    assert [notice.code for notice in result.notices] == ["hidden text"]


def test_pictures_are_told_by_what_they_show() -> None:
    assert told(
        '<p><img alt="流程 图"></p><p>press <img alt=save> now</p>'
        "<svg><title>架构</title><text>q</text></svg>"
    ) == [
        ("picture", 0, "", "流程 图"),
        ("paragraph", 0, "", "press save now"),
        ("picture", 0, "", "save"),
        ("picture", 0, "", "架构"),
    ]


def test_a_sign_drawn_as_a_picture_is_the_text_of_its_cell() -> None:
    block = blocks("<table><tr><td>role<td>read<tr><td>guest<td><img alt=yes></table>")[0]
    assert grid(block)[1] == ["guest", "yes"]


@pytest.mark.parametrize(
    "head", ['<meta charset="big5">', "<meta http-equiv=Content-Type content='text/html; charset=big5'>"]
)
def test_the_named_encoding_is_used(head: str) -> None:
    result = read((head + "<p>登錄系統</p>").encode("big5"), "a.html", Limits(), lambda share: None)
    assert result.blocks[0].text == "登錄系統"


def test_gb2312_pages_are_read_even_where_they_use_more_than_that() -> None:
    page = "<meta charset=gb2312><p>镕基 €</p>".encode("gb18030")
    assert read(page, "a.html", Limits(), lambda share: None).blocks[0].text == "镕基 €"


def test_pages_without_text_are_empty_documents() -> None:
    for text in ("", " ", "<html><body></body></html>", "<script>x</script>", "<!--"):
        with pytest.raises(EmptyDocument):
            document(text)


def test_limits_hold() -> None:
    with pytest.raises(TooLarge):
        document("<p>a<p>b<p>c", Limits(blocks=2))
    with pytest.raises(TooLarge):
        document("<table>" + "<tr><td rowspan=900>1" * 900 + "</table>")
    for deep in (
        "<div>" * 250 + "x",
        "<div>" * 100_000,
        "<ul><li>" * 50_000,
        "<table><tr><td>a<td>" * 60 + "x",
    ):
        with pytest.raises(TooLarge):
            document(deep, Limits(depth=150))


def test_a_cell_that_claims_a_thousand_columns_costs_nothing() -> None:
    (block,) = blocks("<table>" + "<tr><td colspan=1000>a" * 2000 + "</table>")
    assert block.table is not None
    assert {len(row) for row in block.table.rows} == {1}


_TAGS = """<p> </p> <b> </b> <ul> <li> </ul> <table> <tr> <td/colspan=3> <td/rowspan=2> </table> <thead> <br>
    <pre> </pre> <div/hidden> </div> <h2> </h2> 中文 word <dl><dt> <dd> <blockquote> <img/alt=x> <sup> </sup>
    2 <!-- --> &nbsp;"""
_PIECES = st.lists(st.sampled_from([*_TAGS.split(), " ", "\n"]), max_size=40)


@given(_PIECES)
def test_any_html_is_read_into_well_formed_blocks(pieces: list[str]) -> None:
    try:
        result = document("".join(pieces))
    except DocumentError:
        return
    for index, block in enumerate(result.blocks):
        assert block.index == index
        assert all(0 <= mark.start < mark.end <= len(block.text) for mark in block.marks)
        for row in block.table.rows if block.table else ():
            assert block.table is not None
            assert len(row) == len(block.table.rows[0])
            assert all(0 <= mark.start < mark.end <= len(cell.text) for cell in row for mark in cell.marks)


@pytest.mark.skipif(not _SHARED.exists(), reason="no folder `shared` beside the checkout")
def test_a_page_made_from_markdown_reads_like_the_markdown() -> None:
    for path in sorted(_SHARED.glob("bench/*/requirement.md")):
        source = path.read_text("utf-8")
        page = read(parser(100).render(source).encode(), path.name, Limits(), lambda share: None)
        original = markdown.read(source.encode(), path.name, Limits(), lambda share: None)
        assert [_said(block) for block in page.blocks] == [_said(block) for block in original.blocks]


def _said(block: Block) -> tuple[object, ...]:
    table = (block.table.header_rows, block.table.texts()) if block.table else None
    return block.kind, block.level, block.label, block.text, block.marks, table
