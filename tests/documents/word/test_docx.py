"""Headings, paragraphs and their runs, limits of a .docx; the documents of strangers."""

from __future__ import annotations

import io
from pathlib import Path
from types import SimpleNamespace

import docx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.documents.blocks import BlockKind, Document, Place
from casewright.documents.errors import Broken, EmptyDocument, NoText, TooLarge
from casewright.documents.limits import Limits
from casewright.documents.readers.docx.reader import read

SAMPLES = Path(__file__).resolve().parents[3] / ".." / "shared" / "samples"


def sample(name: str) -> Document:
    path = SAMPLES / name
    if not path.exists():
        pytest.skip(f"there is no {path}")
    return read(path.read_bytes(), name, Limits(), lambda _: None)


def outline(document: Document) -> list[tuple[int, str]]:
    return [(b.level, b.text) for b in document.blocks if b.kind is BlockKind.HEADING]


# Headings


def test_what_python_docx_writes_is_read_back_in_its_order() -> None:
    made = docx.Document()
    made.add_heading("登录", 1)
    made.add_paragraph("用户可以登录。")
    made.add_heading("密码", 2)
    made.add_paragraph("一", style="List Bullet")
    made.add_paragraph("first", style="List Number")
    made.add_paragraph("second", style="List Number")
    made.add_table(1, 2).rows[0].cells[1].text = "x"
    buffer = io.BytesIO()
    made.save(buffer)
    document = read(buffer.getvalue(), "made.docx", Limits(), lambda _: None)
    assert (document.name, document.type) == ("made.docx", "docx")
    assert [(b.kind.value, b.level, b.label, b.text) for b in document.blocks] == [
        ("heading", 1, "", "登录"),
        ("paragraph", 0, "", "用户可以登录。"),
        ("heading", 2, "", "密码"),
        ("list item", 0, "•", "一"),
        ("list item", 0, "1.", "first"),
        ("list item", 0, "2.", "second"),
        ("table", 0, "", ""),
    ]


def test_headings_are_known_by_style_by_base_style_by_name_and_by_their_own_level(
    word: SimpleNamespace,
) -> None:
    styles = (
        word.style("a1", '<w:outlineLvl w:val="0"/>', name="heading 1")
        + word.style("mine", based_on="a1")
        + word.style("b", name="标题 3")
        + word.style("text", '<w:outlineLvl w:val="9"/>', based_on="a1")
    )
    document = word.document(
        word.p("One", word.styled("a1"))
        + word.p("Two", word.styled("mine"))
        + word.p("Three", word.styled("b"))
        + word.p("Four", '<w:outlineLvl w:val="3"/>')
        + word.p("no heading", word.styled("text"))
        + word.p("nor this", word.styled("a1") + '<w:outlineLvl w:val="9"/>'),
        styles=styles,
    )
    assert outline(document) == [(1, "One"), (1, "Two"), (3, "Three"), (4, "Four")]
    assert [b.kind for b in document.blocks[4:]] == [BlockKind.PARAGRAPH] * 2


def test_styles_that_are_based_on_each_other_in_a_circle_are_read(word: SimpleNamespace) -> None:
    styles = word.style("a", based_on="b") + word.style("b", '<w:outlineLvl w:val="1"/>', based_on="a")
    assert outline(word.document(word.p("Round", word.styled("a")), styles=styles)) == [(2, "Round")]


def test_the_place_counts_all_paragraphs_of_the_body(word: SimpleNamespace) -> None:
    document = word.document(word.p() + word.p("a") + word.table(word.row("x")) + word.p() + word.p("b"))
    assert [b.place for b in document.blocks] == [Place(paragraph=2), Place(table=1), Place(paragraph=4)]


# Runs


def test_tabs_breaks_hyphens_and_unseen_characters_are_read_as_a_reader_sees_them(
    word: SimpleNamespace,
) -> None:
    run = (
        "<w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/><w:t>d</w:t><w:softHyphen/>"
        "<w:t>\u00ade\u200b\u00a0f</w:t><w:cr/><w:t>g</w:t></w:r>"
    )
    assert word.texts(word.document(word.p(run))) == ["a\tb\nc-de f\ng"]


def test_signs_of_symbol_fonts_become_readable(word: SimpleNamespace) -> None:
    content = (
        '<w:r><w:sym w:font="Symbol" w:char="F0B3"/><w:t>5 </w:t><w:sym w:font="Wingdings" w:char="F0FE"/>'
        '<w:sym w:font="Arial" w:char="2264"/><w:sym w:font="Wingdings" w:char="nonsense"/></w:r>'
        + word.r("\uf0a3", '<w:rFonts w:ascii="Symbol"/>')
    )
    assert word.texts(word.document(word.p(content))) == ["≥5 ☑≤≤"]


def test_marks_come_from_runs_and_from_styles_and_neighbours_share_one(word: SimpleNamespace) -> None:
    strong = '<w:style w:type="character" w:styleId="strong"><w:rPr><w:b/></w:rPr></w:style>'
    document = word.document(
        word.p(word.r("a") + word.r("bc", "<w:b/><w:i/>") + word.r("d", "<w:b/>") + word.r("e"))
        + word.p(word.r("loud ") + word.r("not", '<w:rStyle w:val="strong"/>'), word.styled("loud"))
        + word.p(word.r("plain", '<w:b w:val="0"/>'), word.styled("loud")),
        styles=word.style("loud", run="<w:b/>") + strong,
    )
    assert word.marked(document) == [("bold", "bcd"), ("italic", "bc")]
    assert word.marked(document, 1) == [("bold", "loud ")]
    assert word.marked(document, 2) == []


def test_white_space_around_a_paragraph_is_left_out_and_marks_stay_on_their_words(
    word: SimpleNamespace,
) -> None:
    document = word.document(word.p(word.r("　 ", "<w:b/>") + word.r(" 登录 ", "<w:b/>") + word.r(" \t")))
    assert word.texts(document) == ["登录"]
    assert word.marked(document) == [("bold", "登录")]


def test_links_keep_their_text_and_are_marked(word: SimpleNamespace) -> None:
    document = word.document(
        word.p(f"<w:hyperlink w:anchor='x'>{word.r('here')}</w:hyperlink>" + word.r(" and "))
        + word.p(word.r("see ") + word.field('HYPERLINK "http://x"', word.r("there")))
    )
    assert [word.marked(document, n) for n in (0, 1)] == [[("link", "here")], [("link", "there")]]
    assert word.texts(document) == ["here and", "see there"]


def test_content_controls_and_tags_are_transparent_at_every_level(word: SimpleNamespace) -> None:
    def control(content: str) -> str:
        return f"<w:sdt><w:sdtPr/><w:sdtContent>{content}</w:sdtContent></w:sdt>"

    inline = (
        word.r("a") + control(word.r("b") + control(word.r("c"))) + f"<w:smartTag>{word.r('d')}</w:smartTag>"
    )
    rows = control(word.row("1", control(word.cell("2"))))
    document = word.document(
        control(word.p("whole") + control(word.p(inline))) + word.table(rows, word.row("3", "4"))
    )
    assert word.texts(document) == ["whole", "abcd", ""]
    assert document.blocks[2].table is not None
    assert document.blocks[2].table.texts() == [["1", "2"], ["3", "4"]]
    assert document.blocks[1].place == Place(paragraph=2)


def test_a_dropped_capital_belongs_to_its_word(word: SimpleNamespace) -> None:
    document = word.document(word.p("T", '<w:framePr w:dropCap="drop"/>') + word.p("he system"))
    assert word.texts(document) == ["The system"]


def test_ruby_text_is_read_without_its_pronunciation(word: SimpleNamespace) -> None:
    ruby = f"<w:r><w:ruby><w:rt>{word.r('dēng')}</w:rt><w:rubyBase>{word.r('登')}</w:rubyBase></w:ruby></w:r>"
    assert word.texts(word.document(word.p(ruby + word.r("录")))) == ["登录"]


# Nothing to read, too much to read


def test_a_document_without_text_is_empty_and_one_of_pictures_has_no_text(word: SimpleNamespace) -> None:
    for body in ("", word.p(), word.p(" \t　"), word.table(word.row("", ""))):
        with pytest.raises(EmptyDocument):
            word.document(body)
    with pytest.raises(NoText, match="2 pictures"):
        word.document(word.p(word.picture("scan")) + word.p(word.picture()))


def test_more_blocks_or_cells_than_allowed_are_refused(word: SimpleNamespace) -> None:
    assert len(word.document(word.p("a") * 3, Limits(blocks=3)).blocks) == 3
    with pytest.raises(TooLarge):
        word.document(word.p("a") * 4, Limits(blocks=3))
    rows = word.row("1", "2") * 2
    assert word.document(word.table(rows), Limits(cells=4)).blocks
    with pytest.raises(TooLarge):
        word.document(word.table(rows) + word.table(word.row("x")), Limits(cells=4))


def test_a_file_that_is_no_word_document_is_broken(word: SimpleNamespace) -> None:
    content = word.file(word.p("a")).replace(b"word/document.xml", b"word/dokument.xml")
    with pytest.raises(Broken):
        read(content, "a.docx", Limits(), lambda _: None)


def test_progress_goes_from_nothing_to_all(word: SimpleNamespace) -> None:
    told: list[float] = []
    read(word.file(word.p("a") * 1000), "a.docx", Limits(), told.append)
    assert len(told) > 3
    assert told == sorted(told)
    assert told[-1] == 1
    assert all(0 <= share <= 1 for share in told)


_TEXT = st.text(alphabet="ab 登　\t", max_size=6)
_RUN = st.tuples(_TEXT, st.sampled_from(["", "<w:b/>", "<w:i/>", "<w:b/><w:strike/>", "<w:vanish/>"]))


@given(runs=st.lists(_RUN, max_size=8))
def test_the_visible_text_is_read_whole_and_marks_stay_inside_of_it(
    word: SimpleNamespace, runs: list[tuple[str, str]]
) -> None:
    body = word.p("".join(word.r(text, look) for text, look in runs)) + word.p("end")
    document = word.document(body)
    expected = "".join(text for text, look in runs if look != "<w:vanish/>").replace("\t", " ").strip()
    assert word.texts(document) == ([expected, "end"] if expected else ["end"])
    for mark in document.blocks[0].marks:
        assert 0 <= mark.start < mark.end <= len(expected)


# Strangers' documents


def test_a_chinese_specification_is_read_with_its_outline() -> None:
    document = sample("zh_attendance_srs.docx")
    assert outline(document)[:4] == [(1, "1引言"), (2, "1.1编写目的"), (2, "1.2背景"), (2, "1.3定义")]
    assert len(outline(document)) == 22
    tables = [b.table for b in document.blocks if b.table]
    assert [row.text for row in tables[1].rows[0]] == ["缩写、术语", "解 释"]
    assert "告警响应时间不可超过2分钟；" in [b.text for b in document.blocks]
    assert [n.code for n in document.notices] == ["table of contents"]


def test_nasas_requirements_are_read_with_computed_numbers_and_hidden_ids() -> None:
    document = sample("en_nasa_cfe_requirements.docx")
    headings = [f"{b.label} {b.text}" for b in document.blocks if b.kind is BlockKind.HEADING]
    assert "2.3.4 Software Bus" in headings
    assert "3.7 Functional Requirements" in headings
    tables = [b.table for b in document.blocks if b.table]
    assert len(tables) == 31
    ids = [row[0].text.split()[0] for table in tables for row in table.rows if row[0].text.startswith("SSR")]
    assert ids == [f"SSR{number}" for number in range(1, 34)]
    assert sum(b.text == "Ground" and b.place.within is not None for b in document.blocks) == 2
