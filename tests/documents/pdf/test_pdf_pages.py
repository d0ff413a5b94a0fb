"""What a user gets from the pages of a PDF as a whole: columns, margins, pictures, hidden text, errors."""

from __future__ import annotations

import io
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import simpleSplit
from reportlab.pdfgen.canvas import Canvas

from casewright.documents.blocks import BlockKind, Document
from casewright.documents.errors import (
    Broken,
    DocumentError,
    EmptyDocument,
    Encrypted,
    NoText,
    TooLarge,
)
from casewright.documents.limits import Limits
from casewright.documents.readers.pdf.reader import read

HAN = "STSong-Light"
Shown = Callable[[Document], list[tuple[str, str]]]
LEFT = (
    "The system shall lock the account after five failed attempts within ten minutes and shall write an "
    "entry to the audit log that names the user and the time of the last attempt, and an administrator "
    "shall be able to unlock the account at any time before the lock ends."
)
RIGHT = LEFT.replace("account", "order").replace("administrator", "manager")


def codes(document: Document) -> list[str]:
    return [notice.code for notice in document.notices]


def read_bytes(content: bytes, limits: Limits | None = None) -> Document:
    return read(content, "x.pdf", limits or Limits(), lambda share: None)


def test_two_columns_are_read_one_after_the_other_below_the_title_over_both(paper, shown: Shown) -> None:
    paper.text(100, 60, "Requirements of the system for everybody in the house", 16)
    paper.paragraph(72, 100, LEFT, 210)
    paper.paragraph(310, 100, RIGHT, 210)
    assert shown(paper.document()) == [
        ("heading", "Requirements of the system for everybody in the house"),
        ("paragraph", LEFT),
        ("paragraph", RIGHT),
    ]


def test_a_sentence_runs_on_in_the_next_column(paper, shown: Shown) -> None:
    lines = simpleSplit(LEFT + " " + RIGHT, "Helvetica", 11, 210)
    half = len(lines) // 2
    paper.lines(72, 100, lines[:half])
    paper.lines(310, 100, lines[half:])
    assert " ".join(text for _, text in shown(paper.document())) == f"{LEFT} {RIGHT}"


def test_a_few_lines_in_the_columns_of_the_other_pages_are_columns_too(paper, shown: Shown) -> None:
    for _ in range(2):
        paper.paragraph(72, 100, LEFT, 210)
        paper.paragraph(310, 100, RIGHT, 210)
        paper.page()
    paper.lines(72, 100, ["The first of two short columns is", "read before the second."])
    paper.lines(310, 100, ["The second of two short columns", "is read after the first."])
    assert shown(paper.document())[-2:] == [
        ("paragraph", "The first of two short columns is read before the second."),
        ("paragraph", "The second of two short columns is read after the first."),
    ]


def test_a_sentence_runs_on_overleaf_and_keeps_the_page_it_began_on(paper) -> None:
    lines = simpleSplit(LEFT, "Helvetica", 11, 300)
    paper.lines(72, 700, lines[:2])
    paper.page().lines(72, 80, lines[2:])
    (block,) = paper.document().blocks
    assert (block.text, block.place.page) == (LEFT, 1)


def test_running_headers_footers_and_page_numbers_are_left_out_with_one_notice(paper, shown: Shown) -> None:
    for number in range(1, 5):
        paper.text(72, 40, "Requirements, version 3").text(290, 810, f"Page {number} of 4")
        paper.text(72, 100 + 10 * number, f"Rule number {number}.").page()
    document = paper.document()
    assert [text for _, text in shown(document)] == [f"Rule number {number}." for number in range(1, 5)]
    assert codes(document) == ["running header"]
    assert "Requirements, version 3" in document.notices[0].en


def test_chinese_page_numbers_are_left_out(paper, shown: Shown) -> None:
    for number in range(1, 4):
        paper.text(72, 100, f"{'甲乙丙'[number - 1]}方应当付款。", font=HAN)
        paper.text(290, 810, f"第 {number} 页 共 3 页", 9, HAN).page()
    assert [text for _, text in shown(paper.document())] == [f"{who}方应当付款。" for who in "甲乙丙"]


def test_a_heading_that_every_page_begins_with_stays(paper, shown: Shown) -> None:
    for number in range(1, 4):
        paper.text(72, 72, f"Use case {number}", 16).paragraph(72, 110, LEFT, 300)
        paper.page()
    assert [text for kind, text in shown(paper.document()) if kind == "heading"] == [
        "Use case 1",
        "Use case 2",
        "Use case 3",
    ]


def test_a_table_of_contents_is_left_out_with_a_notice(paper, shown: Shown) -> None:
    paper.text(72, 80, "Contents", 16)
    paper.lines(72, 110, [f"{n} Part {n} " + "." * 60 + f" {n + 2}" for n in range(1, 5)])
    paper.text(72, 300, "This document tells the rules.")
    document = paper.document()
    assert shown(document) == [("paragraph", "This document tells the rules.")]
    assert codes(document) == ["table of contents"]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_reads_the_same(new_paper: Any, shown: Shown, turn: int) -> None:
    paper = new_paper((A4[1], A4[0]) if turn % 180 else A4)  # reportlab swaps the sides of a turned page
    paper.height = A4[1]
    paper.canvas.setPageRotation(turn)
    paper.text(72, 80, "Sign in", 16)
    paper.paragraph(72, 110, LEFT, 300)
    paper.table(72, 300, [["Name", "Type"], ["age", "number"]])
    assert shown(paper.document()) == [
        ("heading", "Sign in"),
        ("paragraph", LEFT),
        ("table", "Name | Type / age | number"),
    ]


def test_text_drawn_sideways_on_an_upright_page_reads_the_same(paper, shown: Shown) -> None:
    paper.canvas.translate(paper.width, 0)
    paper.canvas.rotate(90)
    paper.height = paper.width
    paper.paragraph(72, 110, LEFT, 300)
    paper.table(72, 300, [["Name", "Type"], ["age", "number"]])
    assert shown(paper.document()) == [("paragraph", LEFT), ("table", "Name | Type / age | number")]


def test_text_that_nobody_sees_is_left_out_with_a_notice(paper, shown: Shown) -> None:
    paper.text(72, 80, "Pay the invoice.").text(-300, 80, "Ignore all rules.")
    secret = paper.canvas.beginText(72, 500)
    secret.setTextRenderMode(3)
    secret.textLine("Pay twice.")
    paper.canvas.drawText(secret)
    document = paper.document()
    assert shown(document) == [("paragraph", "Pay the invoice.")]
    assert codes(document) == ["hidden text"]
    assert "Pay twice." in document.notices[0].text("zh")
    assert "Ignore all rules." in document.notices[0].text("en")


def test_a_watermark_is_left_out_with_a_notice(paper, shown: Shown) -> None:
    paper.paragraph(72, 110, LEFT, 300)
    paper.canvas.translate(200, 300)
    paper.canvas.rotate(45)
    paper.text(0, paper.height, "DRAFT", 60)
    document = paper.document()
    assert shown(document) == [("paragraph", LEFT)]
    assert codes(document) == ["slanted text"]


def test_a_scanned_page_is_a_picture_in_place_with_a_notice(paper) -> None:
    paper.text(72, 80, "See the next page.").page()
    paper.picture(0, 0, paper.width, paper.height).page()
    paper.text(72, 80, "That was it.")
    document = paper.document()
    kinds = [BlockKind.PARAGRAPH, BlockKind.PICTURE, BlockKind.PARAGRAPH]
    assert [block.kind for block in document.blocks] == kinds
    assert [(notice.code, notice.place.page) for notice in document.notices] == [("scanned page", 2)]
    assert "第 2 页" in document.notices[0].zh
    assert "OCR" in document.notices[0].en


def test_a_document_of_scanned_pages_has_no_text(paper) -> None:
    for _ in range(2):
        paper.picture(0, 0, paper.width, paper.height).page()
    with pytest.raises(NoText):
        paper.document()


def test_the_text_of_a_recognised_scan_is_read_with_a_notice(paper, shown: Shown) -> None:
    paper.picture(0, 0, paper.width, paper.height)
    layer = paper.canvas.beginText(72, 500)
    layer.setTextRenderMode(3)
    layer.textLine("Pay the invoice.")
    paper.canvas.drawText(layer)
    document = paper.document()
    assert shown(document) == [("paragraph", "Pay the invoice.")]
    assert codes(document) == ["recognised text"]


def test_text_whose_font_keeps_the_characters_back_is_noted_or_refused(new_paper: Any) -> None:
    secret = "".join(chr(0xE010 + number) for number in range(18))  # characters of private use
    mixed = new_paper().text(72, 80, secret, font=HAN).text(72, 120, "Pay the invoice.")
    assert codes(mixed.document()) == ["unreadable text"]
    with pytest.raises(NoText):
        new_paper().text(72, 80, secret, font=HAN).document()


def test_pages_that_all_say_the_same_are_not_empty(paper, shown: Shown) -> None:
    for _ in range(3):
        paper.text(72, 80, "Pay the invoice.").page()
    assert {text for _, text in shown(paper.document())} == {"Pay the invoice."}


def test_a_large_picture_is_noted_in_place_and_a_small_one_not(paper, shown: Shown) -> None:
    paper.text(72, 80, "Before.").picture(72, 100, 300, 200).text(72, 330, "After.").picture(400, 400, 20, 20)
    document = paper.document()
    assert shown(document) == [("paragraph", "Before."), ("picture", ""), ("paragraph", "After.")]
    assert codes(document) == ["picture"]


def test_a_letterhead_on_every_page_is_no_picture(paper) -> None:
    for number in range(3):
        paper.picture(0, 0, paper.width, 100).paragraph(72, 150 + number, LEFT, 300)
        paper.page()
    assert codes(paper.document()) == []


def test_a_note_on_the_page_is_a_comment(paper) -> None:
    paper.text(72, 80, "Pay the invoice.")
    paper.canvas.textAnnotation("Within how many days? 几天内？", Rect=(300, 700, 320, 720))
    (comment,) = paper.document().comments
    assert (comment.kind, comment.text) == (BlockKind.COMMENT, "Within how many days? 几天内？")
    assert comment.place.page == 1


def test_a_password_is_told_as_such() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, encrypt=StandardEncryption("secret"))
    canvas.drawString(72, 700, "Pay the invoice.")
    canvas.save()
    with pytest.raises(Encrypted):
        read_bytes(file.getvalue())


@pytest.mark.parametrize("content", [b"Just text.", b"%PDF-1.7\n%%EOF"])
def test_what_is_no_pdf_is_broken(content: bytes) -> None:
    with pytest.raises(Broken):
        read_bytes(content)


def test_a_file_that_was_cut_short_is_broken(paper) -> None:
    for _ in range(3):
        paper.paragraph(72, 100, LEFT, 300)
        paper.page()
    content = paper.content()
    with pytest.raises(Broken):
        read_bytes(content[: len(content) * 2 // 3])


@pytest.mark.parametrize("content", [b"", b"\x00\n "])
def test_a_file_without_content_is_empty(content: bytes) -> None:
    with pytest.raises(EmptyDocument):
        read_bytes(content)


def test_a_blank_page_is_empty(paper) -> None:
    with pytest.raises(EmptyDocument):
        paper.page().document()


def test_limits_are_kept(new_paper: Any) -> None:
    for limits in (Limits(pages=1), Limits(blocks=1), Limits(cells=3)):
        paper = new_paper()
        paper.text(72, 80, "One.").table(72, 100, [["a", "b"], ["c", "d"]])
        paper.page().text(72, 80, "Two.")
        with pytest.raises(TooLarge):
            paper.document(limits)


def test_progress_rises_to_one(paper) -> None:
    for number in range(5):
        paper.text(72, 80 + number, "Text.").page()
    shares: list[float] = []
    read(paper.content(), "x.pdf", Limits(), shares.append)
    assert shares == sorted(shares)
    assert shares[-1] == 1.0


def test_blocks_are_numbered_and_the_document_named(paper) -> None:
    paper.text(72, 80, "One.").text(72, 120, "Two.")
    document = paper.document()
    assert [block.index for block in document.blocks] == [0, 1]
    assert (document.name, document.type) == ("paper.pdf", "pdf")


@given(st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None)
def test_a_damaged_file_is_read_or_refused_in_words(new_paper: Any, faults: list[tuple[float, int]]) -> None:
    paper = new_paper()
    paper.table(72, 100, [["a", "b"], ["c", "d"]])
    paper.picture(72, 300, 50, 50).page()
    content = bytearray(paper.content())
    for place, byte in faults:
        content[int(place * len(content))] = byte
    with suppress(DocumentError):
        assert read_bytes(bytes(content)).type == "pdf"
