"""What a reader gets from Markdown."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.documents.blocks import Block, BlockKind, Document, MarkKind
from casewright.documents.errors import Broken, DocumentError, EmptyDocument, TooLarge
from casewright.documents.limits import Limits
from casewright.documents.readers.markdown.reader import read

_SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"


def document(text: str, limits: Limits = Limits()) -> Document:  # noqa: B008
    return read(text.encode(), "a.md", limits, lambda share: None)


def blocks(text: str) -> tuple[Block, ...]:
    return document(text).blocks


def told(text: str) -> list[tuple[str, int, str, str]]:
    """Kind, level, label and text of every block."""
    return [(block.kind.value, block.level, block.label, block.text) for block in blocks(text)]


def marked(block: Block) -> list[tuple[MarkKind, str]]:
    return [(mark.kind, block.text[mark.start : mark.end]) for mark in block.marks]


def grid(block: Block) -> list[list[str]]:
    assert block.table is not None
    return block.table.texts()


def test_headings_and_paragraphs_come_in_reading_order() -> None:
    assert told("# 1 Scope\n\nText.\n\n### 4.1.2 登录 ###\nSub\n---\n") == [
        ("heading", 1, "", "1 Scope"),
        ("paragraph", 0, "", "Text."),
        ("heading", 3, "", "4.1.2 登录"),
        ("heading", 2, "", "Sub"),
    ]


def test_a_heading_needs_no_space_where_chinese_follows_the_hashes() -> None:
    assert told("##登录\n正文\n\n##1. 概述\n\n#话题# 不是标题\n\n#1 issue") == [
        ("heading", 2, "", "登录"),
        ("paragraph", 0, "", "正文"),
        ("heading", 2, "", "1. 概述"),
        ("paragraph", 0, "", "#话题# 不是标题"),
        ("paragraph", 0, "", "#1 issue"),
    ]


def test_a_line_of_dashes_below_a_sentence_makes_no_heading_of_it() -> None:
    assert told("第一行。\n第二行。\n---\n") == [("paragraph", 0, "", "第一行。第二行。")]


def test_list_items_have_their_labels_as_written_and_their_nesting() -> None:
    assert told("1. one\n2. two\n   - sub\n     1) deep\n* other") == [
        ("list item", 0, "1.", "one"),
        ("list item", 0, "2.", "two"),
        ("list item", 1, "•", "sub"),
        ("list item", 2, "1)", "deep"),
        ("list item", 0, "•", "other"),
    ]


def test_further_paragraphs_code_and_tables_of_an_item_stand_one_level_further_in() -> None:
    table = "   | a | b |\n   |---|---|\n   | 1 | 2 |\n"
    text = f"1. first\n\n   more\n\n   ```\n   code\n   ```\n\n{table}\n   > quoted\n"
    assert told(text) == [
        ("list item", 0, "1.", "first"),
        ("paragraph", 1, "", "more"),
        ("code", 1, "", "code"),
        ("table", 1, "", ""),
        ("quote", 1, "", "quoted"),
    ]


def test_an_item_that_begins_with_a_table_still_shows_its_label() -> None:
    assert told("1. | a | b |\n   |---|---|\n   | 1 | 2 |") == [
        ("list item", 0, "1.", ""),
        ("table", 1, "", ""),
    ]


def test_an_item_with_nothing_in_it_is_no_block() -> None:
    assert told("-\n- a\n- <!-- note -->\n") == [("list item", 0, "•", "a")]


def test_quotes_are_quotes_and_what_is_listed_in_them_is_within_a_quote() -> None:
    found = blocks("> said\n>\n> - item\n>\n> # loud\n")
    assert [(block.kind, block.text) for block in found] == [
        (BlockKind.QUOTE, "said"),
        (BlockKind.LIST_ITEM, "item"),
        (BlockKind.QUOTE, "loud"),
    ]
    assert found[1].place.within == "quote"


def test_code_is_kept_as_it_is() -> None:
    assert told('```json\n{\n  "a": **1**\n}\n```\n\n    indented\n      more\n') == [
        ("code", 0, "", '{\n  "a": **1**\n}'),
        ("code", 0, "", "indented\n  more"),
    ]


def test_a_table_is_a_grid_with_one_header_row() -> None:
    (block,) = blocks("| 字段 | 必填 |\n| --- | ---: |\n| **姓名** | 是 |\n| a \\| b |\n")
    assert block.table is not None
    assert block.table.header_rows == 1
    assert grid(block) == [["字段", "必填"], ["姓名", "是"], ["a | b", ""]]
    cell = block.table.rows[1][0]
    assert [(mark.kind, mark.start, mark.end) for mark in cell.marks] == [(MarkKind.BOLD, 0, 2)]
    assert (cell.place.line, cell.place.table, cell.place.row, cell.place.column) == (3, 1, 2, 1)


def test_a_table_whose_header_is_blank_has_no_header_row() -> None:
    (block,) = blocks("| | |\n|---|---|\n| a | b |\n")
    assert block.table is not None
    assert block.table.header_rows == 0


def test_cells_that_markdown_drops_are_told() -> None:
    result = document("| a | b |\n|---|---|\n| 1 | x|y |\n| 1 | 2 |\n")
    (notice,) = result.notices
    assert notice.code == "uneven rows"
    assert notice.place.line == 3
    assert "第 3 行" in notice.zh
    assert "Line 3" in notice.en


def test_a_break_in_a_cell_is_a_new_line_of_its_text() -> None:
    (block,) = blocks("| a | b |\n|---|---|\n| 1.x<br/> 2.y<hr>3.z | <p>p</p><p>q</p> |\n")
    assert grid(block)[1] == ["1.x\n2.y\n3.z", "p\nq"]


def test_marks_stand_exactly_where_they_are() -> None:
    (block,) = blocks("a **b *c* d** `e` [f](http://x) ~~g~~ <del>h</del> <ins>i</ins>")
    assert block.text == "a b c d e f g h i"
    assert marked(block) == [
        (MarkKind.BOLD, "b c d"),
        (MarkKind.ITALIC, "c"),
        (MarkKind.CODE, "e"),
        (MarkKind.LINK, "f"),
        (MarkKind.STRUCK, "g"),
        (MarkKind.STRUCK, "h"),
        (MarkKind.INSERTED, "i"),
    ]


@pytest.mark.parametrize(
    ("source", "bold"),
    [("**注意：**请先登录", "注意："), ("请看**“说明”**再做", "“说明”"), ("共**（两项）**内容", "（两项）")],
)
def test_bold_ends_between_punctuation_and_a_chinese_character(source: str, bold: str) -> None:
    (block,) = blocks(source)
    assert "*" not in block.text
    assert marked(block) == [(MarkKind.BOLD, bold)]


def test_typed_numbers_stay_in_the_text() -> None:
    assert told("**4.3.1** A stay.\n\n（a）甲\n\nUS-1 Login\n\n① 取整") == [
        ("paragraph", 0, "", "4.3.1 A stay."),
        ("paragraph", 0, "", "（a）甲"),
        ("paragraph", 0, "", "US-1 Login"),
        ("paragraph", 0, "", "① 取整"),
    ]


def test_lines_of_one_paragraph_are_joined_as_their_language_does() -> None:
    assert told("中文一行，\n接着一行\n\nhard\nwrapped\n\n用 App\n登录\n\nend  \nforced\n") == [
        ("paragraph", 0, "", "中文一行，接着一行"),
        ("paragraph", 0, "", "hard wrapped"),
        ("paragraph", 0, "", "用 App 登录"),
        ("paragraph", 0, "", "end\nforced"),
    ]


@pytest.mark.parametrize(
    "second", ["（b）乙", "(b) b", "2）乙", "2) b", "② 乙", "二、乙", "2. b", "**（b）** 乙"]
)
def test_a_line_that_begins_an_item_stays_a_line(second: str) -> None:
    (block,) = blocks(f"（a）甲；\n{second}")
    assert block.text == f"（a）甲；\n{second.replace('*', '')}"


@pytest.mark.parametrize("second", ["2.5 units", "is) a", "2020 was", "(see below)"])
def test_a_line_that_only_looks_like_an_item_is_joined(second: str) -> None:
    (block,) = blocks(f"The value\n{second}")
    assert block.text == f"The value {second}"


def test_a_picture_alone_is_a_picture_and_one_in_a_sentence_is_both() -> None:
    assert told("![流程图](a.png)\n\nPress ![save](s.png) now\n") == [
        ("picture", 0, "", "流程图"),
        ("paragraph", 0, "", "Press save now"),
        ("picture", 0, "", "save"),
    ]


def test_html_is_read_as_what_it_shows_and_comments_are_not_read() -> None:
    assert told(
        "<div>\nhello <b>x</b>\n</div>\n\n<!-- a\n\nb -->\n\n10<sup>6</sup> <!-- c -->次 &amp; &copy;\n"
    ) == [
        ("paragraph", 0, "", "hello x"),
        ("paragraph", 0, "", "10⁶ 次 & ©"),
    ]


def test_a_table_in_html_is_a_table() -> None:
    (block,) = blocks("<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td colspan=2>c</td></tr>\n</table>\n")
    assert grid(block) == [["a", "b"], ["c", "c"]]
    assert (block.place.line, block.place.end_line) == (1, 4)


def test_front_matter_is_skipped_but_a_rule_is_not_taken_for_it() -> None:
    assert told("---\ntitle: x\ntags:\n  - a\n---\n# H\n") == [("heading", 1, "", "H")]
    assert [block.text for block in blocks("---\n\nText\n\n---\n\nMore\n")] == ["Text", "More"]


@pytest.mark.parametrize("line", ["[^1]: 不含节假日", "[注意]: 管理员可以删除", "[^2]: two words"])
def test_what_looks_like_a_link_definition_but_is_text_is_read(line: str) -> None:
    assert [block.text for block in blocks(f"正文\n\n{line}\n")] == ["正文", line]


def test_link_definitions_are_not_text() -> None:
    assert [block.text for block in blocks("see [it]\n\n[it]: https://example.org/a\n[b]: #top\n")] == [
        "see it"
    ]


def test_places_are_lines_and_offsets_of_the_decoded_text() -> None:
    source = "\ufeff---\r\na: b\r\n---\r\n# 标题\r\n\r\n- 一\r\n  二\r\n- c\r\n"
    found = read(source.encode(), "a.md", Limits(), lambda share: None).blocks
    decoded = source.removeprefix("\ufeff").replace("\r\n", "\n")
    assert [(block.place.line, block.place.end_line) for block in found] == [(4, 4), (6, 7), (8, 8)]
    assert [decoded[block.place.start : block.place.end] for block in found] == [
        "# 标题",
        "- 一\n  二",
        "- c",
    ]


def test_an_empty_text_is_an_empty_document() -> None:
    for text in ("", "\n \n", "<!-- nothing -->", "---\na: b\n---\n"):
        with pytest.raises(EmptyDocument):
            document(text)


def test_limits_hold() -> None:
    with pytest.raises(TooLarge):
        document("a\n\nb\n\nc", Limits(blocks=2))
    with pytest.raises(TooLarge):
        document("|a|b|\n|-|-|\n" + "|1|2|\n" * 9, Limits(cells=15))
    with pytest.raises(TooLarge):
        document("> " * 300 + "deep")
    with pytest.raises(TooLarge):
        document("<div>" * 5000)
    with pytest.raises(Broken):
        document("a\0b")


def test_progress_ends_with_the_whole() -> None:
    shares: list[float] = []
    read("\n\n".join(["text"] * 5000).encode(), "a.md", Limits(), shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    assert len(shares) > 2


_SIGNS = "| |-|-| ** * ~~ ` [ ](x) ![ <b> </b> <br> <!-- --> <td> <table> </table> 中文 ， word"
_BEGINNINGS = ["# ", "- ", "1. ", "> ", "    ", "\n", "\n\n", "\n|-|-|\n", "```\n", " ", "\n---\n", "[a]: "]
_PIECES = st.lists(st.sampled_from([*_SIGNS.split(), *_BEGINNINGS]), max_size=40)


@given(_PIECES)
def test_any_markdown_is_read_with_places_and_marks_in_bounds(pieces: list[str]) -> None:
    source = "".join(pieces)
    try:
        result = document(source)
    except DocumentError:
        return
    for index, block in enumerate(result.blocks):
        assert block.index == index
        assert block.place.start is not None
        assert block.place.end is not None
        assert 0 <= block.place.start <= block.place.end <= len(source)
        assert all(0 <= mark.start < mark.end <= len(block.text) for mark in block.marks)
        if block.table:
            assert len({len(row) for row in block.table.rows}) == 1


def _requirements() -> list[Path]:
    return sorted(_SHARED.glob("bench/*/requirement.md")) + sorted(_SHARED.glob("samples/*.md"))


@pytest.mark.skipif(not _SHARED.exists(), reason="no folder `shared` beside the checkout")
def test_no_word_of_the_requirement_documents_is_lost() -> None:
    for path in _requirements():
        result = read(path.read_bytes(), path.name, Limits(), lambda share: None)
        said = "".join(
            f"{block.label} {block.text}"
            + "".join(cell.text for row in (block.table.rows if block.table else ()) for cell in row)
            for block in result.blocks
        )
        source = path.read_text("utf-8")
        chinese = [character for character in source if "\u4e00" <= character <= "\u9fff"]
        assert [character for character in said if "\u4e00" <= character <= "\u9fff"] == chinese
