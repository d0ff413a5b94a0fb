"""What a user gets from the running text of a PDF: paragraphs, headings and lists."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.pdfbase.pdfmetrics import stringWidth

from casewright.documents.blocks import BlockKind, Document
from casewright.documents.readers.pdf.glyphs import Font, clean

HAN = "STSong-Light"
Shown = Callable[[Document], list[tuple[str, str]]]

SENTENCE = (
    "The system shall lock the account after five failed attempts within ten minutes and shall write "
    "an entry to the audit log that names the user and the time of the last attempt."
)
HAN_LINES = ["系统应当在用户连续五次输入错误密码后锁定该账户三十分钟，并在审计", "日志中记录用户名和时间。"]


def test_wrapped_lines_become_one_paragraph(paper, shown: Shown) -> None:
    paper.paragraph(72, 100, SENTENCE, 300)
    assert shown(paper.document()) == [("paragraph", SENTENCE)]


def test_chinese_lines_are_joined_without_a_space(paper, shown: Shown) -> None:
    paper.lines(72, 100, HAN_LINES, font=HAN)
    assert shown(paper.document()) == [("paragraph", "".join(HAN_LINES))]


def test_a_word_broken_at_the_end_of_a_line_is_whole_again(paper, shown: Shown) -> None:
    paper.lines(72, 100, ["The user sees a confir-", "mation of the order."])
    assert shown(paper.document()) == [("paragraph", "The user sees a confirmation of the order.")]


def test_a_hyphen_that_belongs_to_a_word_or_a_number_stays(paper, shown: Shown) -> None:
    paper.lines(
        72, 100, ["A well-known user may sign in as a well-", "known guest by the rule REQ-", "12 only."]
    )
    text = "A well-known user may sign in as a well-known guest by the rule REQ-12 only."
    assert shown(paper.document()) == [("paragraph", text)]


def test_white_space_parts_paragraphs(paper, shown: Shown) -> None:
    end = paper.paragraph(72, 100, SENTENCE, 300)
    paper.paragraph(72, end + 26, SENTENCE, 300)
    assert shown(paper.document()) == [("paragraph", SENTENCE)] * 2


def test_a_line_that_left_room_for_the_next_word_ends_a_paragraph(paper, shown: Shown) -> None:
    end = paper.paragraph(72, 100, SENTENCE, 300)
    paper.paragraph(72, end + 13.75, SENTENCE, 300)
    assert shown(paper.document()) == [("paragraph", SENTENCE)] * 2


def test_a_chinese_first_line_indent_begins_a_paragraph(paper, shown: Shown) -> None:
    full = "系统应当在用户连续五次输入错误密码后锁定该账户，"
    paper.text(94, 100, full, font=HAN).text(72, 116, full + "锁定。", font=HAN)
    paper.text(94, 132, full, font=HAN).text(72, 148, "直到解锁。", font=HAN)
    assert shown(paper.document()) == [
        ("paragraph", full + full + "锁定。"),
        ("paragraph", full + "直到解锁。"),
    ]


def test_letters_of_one_word_set_apart_are_words_by_their_gaps(paper, shown: Shown) -> None:
    paper.text(72, 100, "User").text(100, 100, "name")
    assert shown(paper.document()) == [("paragraph", "User name")]


def test_a_raised_number_stays_in_its_line(paper, shown: Shown) -> None:
    end = 72 + stringWidth("An area of 20 m", "Helvetica", 11)
    paper.text(72, 100, "An area of 20 m").text(end, 96, "2", 6).text(end + 6.5, 100, "is asked for.")
    assert shown(paper.document()) == [("paragraph", "An area of 20 m2 is asked for.")]


def test_larger_text_is_a_heading_and_its_number_stays_in_the_text(paper, shown: Shown) -> None:
    paper.text(72, 90, "3.2 Sign in", 16)
    paper.paragraph(72, 120, SENTENCE, 300)
    assert shown(paper.document())[0] == ("heading", "3.2 Sign in")


def test_a_bold_line_of_its_own_is_a_heading(paper, shown: Shown) -> None:
    paper.text(72, 90, "Sign in", font="Helvetica-Bold")
    paper.paragraph(72, 110, SENTENCE, 300)
    assert shown(paper.document())[0] == ("heading", "Sign in")


def test_a_number_alone_makes_a_short_line_a_heading_and_a_sentence_not(paper, shown: Shown) -> None:
    paper.text(72, 90, "3.2 精度", font=HAN)
    paper.lines(72, 120, HAN_LINES, font=HAN)
    paper.text(72, 170, "3.2.1 金额保留两位小数。", font=HAN)
    assert [kind for kind, _ in shown(paper.document())] == ["heading", "paragraph", "paragraph"]


def test_headings_stand_under_the_title_by_their_numbers(paper) -> None:
    paper.text(72, 60, "Parking fees", 24)
    for y, text in ((100, "1 Scope"), (200, "1.1 Users"), (300, "2 Rules"), (400, "2.1 Fees")):
        paper.text(72, y, text, 16 if text[1] == " " else 13)
        paper.paragraph(72, y + 20, SENTENCE, 300)
    headings = [block for block in paper.document().blocks if block.kind is BlockKind.HEADING]
    assert [(block.text, block.level) for block in headings] == [
        ("Parking fees", 1),
        ("1 Scope", 2),
        ("1.1 Users", 3),
        ("2 Rules", 2),
        ("2.1 Fees", 3),
    ]


def test_a_chinese_numbering_inside_a_decimal_one_is_deeper(paper) -> None:
    for y, text, size in (
        (60, "5 功能", 18),
        (100, "5.1 登录", 15),
        (140, "一、学生登录", 13),
        (180, "5.2 退出", 15),
    ):
        paper.text(72, y, text, size, HAN)
        paper.lines(72, y + 18, HAN_LINES[1:], 10, HAN)
    headings = [block for block in paper.document().blocks if block.kind is BlockKind.HEADING]
    assert [(block.text, block.level) for block in headings] == [
        ("5 功能", 1),
        ("5.1 登录", 2),
        ("一、学生登录", 3),
        ("5.2 退出", 2),
    ]


def test_a_bookmark_makes_a_plain_line_a_heading_of_its_level(paper) -> None:
    for y, text, level in ((90, "Overview", 0), (150, "Sign in", 1)):
        paper.canvas.bookmarkPage(text)
        paper.canvas.addOutlineEntry(text, text, level)
        paper.text(72, y, text)
        paper.paragraph(72, y + 20, SENTENCE, 300)
    headings = [block for block in paper.document().blocks if block.kind is BlockKind.HEADING]
    assert [(block.text, block.level) for block in headings] == [("Overview", 1), ("Sign in", 2)]


@pytest.mark.parametrize("label", ["•", "-", "1.", "(a)", "（1）", "①", "a)", "1、", "(1)", "iv)", "●"])
def test_a_bullet_or_number_in_front_is_the_label_of_a_list_item(paper, shown: Shown, label: str) -> None:
    font = "Helvetica" if label.isascii() or label == "•" else HAN
    paper.text(72, 100, label, font=font).text(92, 100, "lock the account", font=font)
    assert shown(paper.document()) == [("list item", f"{label} lock the account")]


def test_a_list_item_goes_on_under_its_text_and_lists_in_lists_are_deeper(paper) -> None:
    paper.text(72, 100, "•").lines(
        90, 100, ["one that is so long that it runs on in the next line, as the", "right"]
    )
    paper.text(90, 128, "-").text(104, 128, "inner").text(72, 142, "•").text(90, 142, "two")
    items = [(block.label, block.level, block.text) for block in paper.document().blocks]
    assert items == [
        ("•", 0, "one that is so long that it runs on in the next line, as the right"),
        ("-", 1, "inner"),
        ("•", 0, "two"),
    ]


def test_a_wrapped_line_that_happens_to_begin_with_a_number_is_no_list_item(paper, shown: Shown) -> None:
    lines = [
        "The account is locked when the user has failed more often than",
        "3. The lock ends after an hour.",
    ]
    paper.lines(72, 100, lines)
    assert shown(paper.document()) == [("paragraph", " ".join(lines))]


def test_typewriter_lines_stay_lines_with_their_indents(paper, shown: Shown) -> None:
    paper.paragraph(72, 100, SENTENCE, 300)
    paper.lines(72, 180, ["if locked:", "    refuse()"], font="Courier")
    assert shown(paper.document())[1] == ("code", "if locked:\n    refuse()")


@pytest.mark.parametrize(
    ("code", "text"),
    [(0xFB01, "fi"), (0xFB00, "ff"), (0, ""), (0x0B, " "), (0x2F08, "人"), (0xF0B7, "•"), (0xA0, " ")],
)
def test_ligatures_and_odd_characters_are_cleaned(code: int, text: str) -> None:
    assert clean(code, Font("Helvetica")) == text


def test_places_tell_page_and_paragraph(paper) -> None:
    paper.text(72, 100, "First.").page()
    paper.text(72, 100, "Second.")
    places = [(block.place.page, block.place.paragraph) for block in paper.document().blocks]
    assert places == [(1, 1), (2, 2)]


words = st.lists(st.text("abcdefghijklmnop", min_size=2, max_size=12), min_size=1, max_size=60)


@given(words, st.integers(120, 420))
@settings(max_examples=40, deadline=None)
def test_every_word_of_a_paragraph_is_read_in_order_whatever_its_width(new_paper, words, width) -> None:
    text = " ".join(words)
    paper = new_paper()
    paper.paragraph(72, 100, text, width)
    assert " ".join(block.text for block in paper.document().blocks) == text


@given(st.text("系统应当记录用户登录时间", min_size=1, max_size=120), st.integers(5, 35))
@settings(max_examples=40, deadline=None)
def test_every_character_of_a_chinese_text_is_read_in_order(new_paper, text: str, length: int) -> None:
    paper = new_paper()
    paper.lines(72, 100, [text[start : start + length] for start in range(0, len(text), length)], font=HAN)
    assert "".join(block.text for block in paper.document().blocks) == text
