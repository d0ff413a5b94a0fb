"""What a reader gets from plain text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.documents.blocks import Block, Document
from casewright.documents.errors import Broken, EmptyDocument, TooLarge
from casewright.documents.limits import Limits
from casewright.documents.readers.text.reader import read


def document(text: str, limits: Limits = Limits()) -> Document:  # noqa: B008
    return read(text.encode(), "a.txt", limits, lambda share: None)


def blocks(text: str) -> tuple[Block, ...]:
    return document(text).blocks


def told(text: str) -> list[tuple[str, int, str, str]]:
    """Kind, level, label and text of every block."""
    return [(block.kind.value, block.level, block.label, block.text) for block in blocks(text)]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第三章 登录", 1),
        ("第二节 密码规则", 2),
        ("一、背景", 1),
        ("3.2 精度", 2),
        ("3.2.1 舍入方式", 3),
        ("3.2精度", 2),
        ("4. Interfaces", 1),
        ("2 Scope of work", 1),
        ("Chapter 3 Rules", 1),
        ("Section 3.2 Rounding", 2),
        ("附录A 术语", 1),
    ],
)
def test_a_short_numbered_line_is_a_heading_and_keeps_its_number(line: str, level: int) -> None:
    assert told(f"{line}\n正文在此，说明如下。") == [
        ("heading", level, "", line),
        ("paragraph", 0, "", "正文在此，说明如下。"),
    ]


@pytest.mark.parametrize(
    "line",
    [
        "3.2.1 系统应当在三秒内返回结果。",
        "3.5 m wide",
        "1.5倍工资",
        "3 items remain",
        "第三方接口",
        "3.2 精度 ........ 12",
        "一、二年级的学生都可以参加这次活动，但是需要老师和家长同时在系统中提交申请并且得到批准",
    ],
)
def test_a_line_that_only_begins_with_a_number_is_no_heading(line: str) -> None:
    assert all(block.kind.value != "heading" for block in blocks(f"前文。\n\n{line}\n后文。"))


@pytest.mark.parametrize("second", ["Section 3.2 Rounding.", "3.4 Precision of sums", "4 Interfaces"])
def test_a_broken_line_that_begins_with_a_number_is_no_heading(second: str) -> None:
    first = "The rounding of every amount in this specification follows"
    assert told(f"{first}\n{second}") == [("paragraph", 0, "", f"{first} {second}")]


def test_headings_may_follow_each_other_at_once() -> None:
    found = told("4 Rules\n4.1 Rounding\n4.1.1 Amounts\nText here.")
    assert [level for _, level, _, _ in found] == [1, 2, 3, 0]


def test_underlines_make_headings() -> None:
    assert told("会员系统\n========\n\nScope\n-----\ntext\n\n====\nTitle\n====\n") == [
        ("heading", 1, "", "会员系统"),
        ("heading", 2, "", "Scope"),
        ("paragraph", 0, "", "text"),
        ("heading", 1, "", "Title"),
    ]


def test_a_rule_between_paragraphs_is_no_text() -> None:
    assert [block.text for block in blocks("a\n\n-----\n\nb\n*****\nc")] == ["a", "b", "c"]


def test_items_have_their_labels_and_nesting() -> None:
    assert told("规则：\n1. 甲\n2. 乙\n   - 子项\n   • 另一\n3. 丙\n（a）丁；\n(b) e\n① 己\n2）庚") == [
        ("paragraph", 0, "", "规则："),
        ("list item", 0, "1.", "甲"),
        ("list item", 0, "2.", "乙"),
        ("list item", 1, "•", "子项"),
        ("list item", 1, "•", "另一"),
        ("list item", 0, "3.", "丙"),
        ("list item", 0, "（a）", "丁；"),
        ("list item", 0, "(b)", "e"),
        ("list item", 0, "①", "己"),
        ("list item", 0, "2）", "庚"),
    ]


def test_the_rest_of_an_item_belongs_to_it() -> None:
    assert told("* first bullet goes on\n  in the next line\n* second\n\n  with a paragraph\n\nafter") == [
        ("list item", 0, "•", "first bullet goes on in the next line"),
        ("list item", 0, "•", "second"),
        ("paragraph", 1, "", "with a paragraph"),
        ("paragraph", 0, "", "after"),
    ]


def test_hard_wrapped_english_is_one_paragraph() -> None:
    text = (
        "This paragraph has been wrapped by hand at about sixty\n"
        "columns, as people do in mail. And a second sentence that\n"
        "also goes on and on to its end.\n\nNext."
    )
    first, second = blocks(text)
    assert first.text == text.partition("\n\n")[0].replace("\n", " ")
    assert second.text == "Next."


def test_a_word_cut_at_a_hyphen_gets_no_space() -> None:
    text = "The service has to be of a kind that is called state-of-the-\nart by those who know it well."
    assert [block.text for block in blocks(text)] == [text.replace("\n", "")]


def test_short_lines_stay_lines() -> None:
    assert [block.text for block in blocks("Version: 1.0\nAuthor: Somebody\n状态：草稿\n负责人 张三")] == [
        "Version: 1.0",
        "Author: Somebody",
        "状态：草稿",
        "负责人 张三",
    ]


def test_chinese_lines_that_end_a_sentence_stay_and_wrapped_ones_are_joined() -> None:
    full = "目前会员信息分散在三个系统里，店员每天要对账，经常出现积分对不上的情况，客服因"
    assert [
        block.text
        for block in blocks(f"{full}\n此收到投诉。\n系统应统一管理这些信息。\n余额不能为负；\n以上。")
    ] == [
        f"{full}此收到投诉。",
        "系统应统一管理这些信息。",
        "余额不能为负；",
        "以上。",
    ]


@pytest.mark.parametrize(
    ("text", "header_rows"),
    [
        ("| 字段 | 必填 |\n|------|------|\n| 姓名 | 是 |", 1),
        ("字段 | 必填\n姓名 | 是", 1),
        ("字段\t必填\n姓名\t是", 1),
        ("+------+------+\n| 字段 | 必填 |\n+======+======+\n| 姓名 | 是   |\n+------+------+", 1),
    ],
)
def test_drawn_and_tabbed_tables_are_tables(text: str, header_rows: int) -> None:
    before, block, after = blocks(f"前文。\n{text}\n\n后文。")
    assert (before.text, after.text) == ("前文。", "后文。")
    assert block.table is not None
    assert block.table.texts() == [["字段", "必填"], ["姓名", "是"]]
    assert block.table.header_rows == header_rows
    assert block.place.line == 2


def test_places_are_lines_and_offsets_of_the_decoded_text() -> None:
    source = "a\n\n1) 一\n   二\n\n3.2 标题\n"
    found = blocks(source)
    assert [(block.place.line, block.place.end_line) for block in found] == [(1, 1), (3, 4), (6, 6)]
    assert source[found[1].place.start : found[1].place.end] == "1) 一\n   二"


def test_a_text_in_gbk_is_read() -> None:
    result = read("用户登录\r\n密码不能为空。".encode("gbk"), "a.txt", Limits(), lambda share: None)
    assert [block.text for block in result.blocks] == ["用户登录", "密码不能为空。"]


def test_limits_hold() -> None:
    for text in ("", " \n\n", "\f"):
        with pytest.raises(EmptyDocument):
            document(text)
    with pytest.raises(Broken):
        document("a\0b")
    with pytest.raises(TooLarge):
        document("a\n\nb\n\nc", Limits(blocks=2))
    with pytest.raises(TooLarge):
        document("a|b\n" * 10, Limits(cells=15))


_SAMPLES = """
中文一行。
短
Some words here
3.2 精度
1. one
2. two
(a) x
一、甲
二、乙
a | b
a\tb
Title
第一章 总则
   indented
1.5倍"""
_LINES = st.lists(st.sampled_from([*_SAMPLES.split("\n"), "x" * 70, "词" * 40, "  "]), max_size=30)


@given(_LINES)
def test_no_word_is_lost(lines: list[str]) -> None:
    source = "\n".join(lines)
    try:
        found = blocks(source)
    except EmptyDocument:
        assert not source.strip()
        return
    said = ""
    for block in found:
        said += block.label + block.text
        said += "".join(cell.text for row in (block.table.rows if block.table else ()) for cell in row)
    assert re.sub(r"[\s|]", "", said) == re.sub(r"[\s|]", "", source)


def test_a_long_text_is_read_at_once() -> None:
    for line in ("-|-\n", "a|b\n", "=====\n", "1. a\n", "一、甲\n", "(", "x\n\n", "----", "词"):
        limits = Limits(cells=10**6, blocks=10**6)
        try:
            document(line * 4_000, limits)
        except EmptyDocument:
            assert line.strip("-|=\n") == ""
