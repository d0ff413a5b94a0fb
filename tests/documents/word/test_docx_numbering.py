"""Word's own numbers, worked out."""

from __future__ import annotations

from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casewright.documents.blocks import BlockKind
from casewright.documents.readers.docx.numerals import numeral


def labels(word: SimpleNamespace, levels: list[int], numbering: str, number: int = 1) -> list[str]:
    body = "".join(word.p("x", word.numbered(number, level)) for level in levels)
    return [block.label for block in word.document(body, numbering=numbering).blocks]


def three_levels(word: SimpleNamespace, more: str = "") -> str:
    levels = (
        word.level(0, "%1"),
        word.level(1, "%1.%2"),
        word.level(2, "%1.%2.%3", more=more),
    )
    return word.definition(0, *levels) + word.use(1, 0)


def test_levels_count_on_and_begin_anew_below_a_higher_one(word: SimpleNamespace) -> None:
    assert labels(word, [0, 1, 1, 2, 2, 1, 2, 0, 1], three_levels(word)) == [
        "1", "1.1", "1.2", "1.2.1", "1.2.2", "1.3", "1.3.1", "2", "2.1",
    ]  # fmt: skip


def test_a_level_that_was_left_out_counts_as_its_first(word: SimpleNamespace) -> None:
    assert labels(word, [2, 2, 1, 0], three_levels(word)) == ["1.1.1", "1.1.2", "1.1", "1"]


@pytest.mark.parametrize(
    ("restart", "expected"),
    [("0", ["1.1.1", "1.2", "1.2.2", "2", "2.1.3"]), ("1", ["1.1.1", "1.2", "1.2.2", "2", "2.1.1"])],
)
def test_a_level_may_go_on_counting_below_higher_ones(
    word: SimpleNamespace, restart: str, expected: list[str]
) -> None:
    numbering = three_levels(word, f'<w:lvlRestart w:val="{restart}"/>')
    found = labels(word, [0, 1, 2, 1, 2, 0, 2], numbering)
    assert [label for label in found if label not in ("1", "1.1")] == expected


def test_list_items_have_their_level_and_headings_keep_theirs(word: SimpleNamespace) -> None:
    styles = word.style("h2", '<w:outlineLvl w:val="1"/>' + word.numbered(1, 1))
    document = word.document(
        word.p("item", word.numbered(1, 2)) + word.p("Heading", word.styled("h2")),
        numbering=three_levels(word),
        styles=styles,
    )
    assert [(b.kind, b.level, b.label) for b in document.blocks] == [
        (BlockKind.LIST_ITEM, 2, "1.1.1"),
        (BlockKind.HEADING, 2, "1.1"),
    ]


def test_uses_of_one_definition_go_on_counting_unless_one_says_where_it_starts(
    word: SimpleNamespace,
) -> None:
    override = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="{}"/></w:lvlOverride>'
    numbering = (
        word.definition(0, word.level(0, "%1."))
        + word.use(1, 0)
        + word.use(2, 0)
        + word.use(3, 0, override.format(1))
        + word.use(4, 0, override.format(7))
    )
    body = "".join(word.p("x", word.numbered(n)) for n in (1, 1, 2, 3, 3, 4, 1))
    document = word.document(body, numbering=numbering)
    assert [b.label for b in document.blocks] == ["1.", "2.", "3.", "1.", "2.", "7.", "8."]


def test_a_use_may_set_a_level_otherwise(word: SimpleNamespace) -> None:
    override = f'<w:lvlOverride w:ilvl="0">{word.level(0, "[%1]", "upperRoman", start=4)}</w:lvlOverride>'
    numbering = word.definition(0, word.level(0, "%1.")) + word.use(1, 0, override)
    assert labels(word, [0, 0], numbering) == ["[IV]", "[V]"]


def test_styles_are_numbered_and_the_level_is_the_one_they_are_linked_to(word: SimpleNamespace) -> None:
    link = '<w:pStyle w:val="{}"/>'
    numbering = word.definition(
        0,
        word.level(0, "第%1章", "chineseCountingThousand", more=link.format("h1")),
        word.level(1, "%1.%2", more=link.format("h2") + "<w:isLgl/>"),
    ) + word.use(5, 0)
    list_ = '<w:numPr><w:numId w:val="5"/></w:numPr>'
    styles = (
        word.style("h1", list_ + '<w:outlineLvl w:val="0"/>')
        + word.style("h2", list_ + '<w:outlineLvl w:val="1"/>')
        + word.style("mine", based_on="h2")
    )
    document = word.document(
        word.p("总则", word.styled("h1"))
        + word.p("目的", word.styled("h2"))
        + word.p("范围", word.styled("mine"))
        + word.p("附录", word.styled("h1") + word.numbered(0))
        + word.p("功能", word.styled("h1")),
        numbering=numbering,
        styles=styles,
    )
    assert word.labelled(document) == ["第一章 总则", "1.1 目的", "1.2 范围", "附录", "第二章 功能"]


def test_a_style_may_take_the_list_from_its_base_and_name_only_the_level(word: SimpleNamespace) -> None:
    only_level = '<w:numPr><w:ilvl w:val="1"/></w:numPr>'
    styles = word.style("a", word.numbered(1)) + word.style("b", only_level, based_on="a")
    document = word.document(
        word.p("x", word.styled("a"))
        + word.p("y", word.styled("b"))
        + word.p("z", word.styled("a") + only_level),
        numbering=three_levels(word),
        styles=styles,
    )
    assert word.labelled(document) == ["1 x", "1.1 y", "1.2 z"]


def test_a_list_may_be_defined_by_a_numbering_style(word: SimpleNamespace) -> None:
    numbering = (
        word.definition(0, '<w:numStyleLink w:val="list"/>')
        + word.definition(1, '<w:styleLink w:val="list"/>', word.level(0, "(%1)", "lowerLetter"))
        + word.use(1, 0)
        + word.use(2, 1)
    )
    styles = word.style("list", '<w:numPr><w:numId w:val="2"/></w:numPr>')
    document = word.document(word.p("x", word.numbered(1)) * 2, numbering=numbering, styles=styles)
    assert [b.label for b in document.blocks] == ["(a)", "(b)"]


@pytest.mark.parametrize(
    ("format_", "text", "expected"),
    [
        ("bullet", "\uf0b7", ["•", "•"]),
        ("decimalEnclosedCircle", "%1", ["①", "②"]),
        ("chineseCounting", "（%1）", ["（一）", "（二）"]),
        ("ideographTraditional", "%1、", ["甲、", "乙、"]),
        ("decimalZero", "R-%1", ["R-01", "R-02"]),
        ("none", "附", ["附", "附"]),
        ("aFormatOfTomorrow", "%1", ["1", "2"]),
    ],
)
def test_numbers_are_written_in_the_format_of_the_level(
    word: SimpleNamespace, format_: str, text: str, expected: list[str]
) -> None:
    numbering = word.definition(0, word.level(0, text, format_)) + word.use(1, 0)
    assert labels(word, [0, 0], numbering) == expected


def test_a_format_with_leading_zeros_of_ones_own_is_kept(word: SimpleNamespace) -> None:
    custom = (
        '<w:lvl w:ilvl="0"><w:start w:val="9"/><mc:AlternateContent><mc:Choice Requires="w14">'
        '<w:numFmt w:val="custom" w:format="001, 002, 003, ..."/></mc:Choice><mc:Fallback>'
        '<w:numFmt w:val="decimal"/></mc:Fallback></mc:AlternateContent><w:lvlText w:val="SR%1"/></w:lvl>'
    )
    assert labels(word, [0, 0], word.definition(0, custom) + word.use(1, 0)) == ["SR009", "SR010"]


def test_a_paragraph_in_a_list_that_shows_nothing_or_is_not_there_is_a_paragraph(
    word: SimpleNamespace,
) -> None:
    numbering = word.definition(0, word.level(0, "", "none")) + word.use(1, 0) + word.use(2, 99)
    body = "".join(
        word.p("x", word.numbered(n, level)) for n, level in ((1, 0), (1, 5), (2, 0), (3, 0), (0, 0))
    )
    document = word.document(body, numbering=numbering)
    assert [(b.kind, b.label, b.level) for b in document.blocks] == [(BlockKind.PARAGRAPH, "", 0)] * 5


def test_an_empty_numbered_paragraph_takes_its_number(word: SimpleNamespace) -> None:
    item = word.numbered(1)
    body = word.p("a", item) + word.p("", item) + word.p("c", item)
    assert word.labelled(word.document(body, numbering=three_levels(word))) == ["1 a", "3 c"]


def test_numbers_in_cells_stand_in_front_of_the_text_and_go_on_after_the_table(word: SimpleNamespace) -> None:
    item = word.numbered(1)
    inside = word.p("first", item) + word.p(word.r("second", "<w:b/>"), item)
    document = word.document(
        word.table(word.row(word.cell(inside), "x")) + word.p("third", item), numbering=three_levels(word)
    )
    assert document.blocks[0].table is not None
    cell = document.blocks[0].table.rows[0][0]
    assert cell.text == "1 first\n2 second"
    assert [(m.kind.value, cell.text[m.start : m.end]) for m in cell.marks] == [("bold", "second")]
    assert document.blocks[1].label == "3"


def test_typed_numbers_stay_in_the_text(word: SimpleNamespace) -> None:
    document = word.document(word.p("3.2.1 精度", '<w:outlineLvl w:val="2"/>') + word.p("（1）登录"))
    assert [(b.label, b.text) for b in document.blocks] == [("", "3.2.1 精度"), ("", "（1）登录")]


@pytest.mark.parametrize(
    ("format_", "expected"),
    [
        ("lowerLetter", {1: "a", 26: "z", 27: "aa", 28: "bb", 53: "aaa"}),
        ("upperRoman", {1: "I", 4: "IV", 9: "IX", 49: "XLIX", 2026: "MMXXVI"}),
        ("chineseCountingThousand", {10: "十", 11: "十一", 20: "二十", 101: "一百零一", 2020: "二千零二十"}),
        ("chineseCounting", {9: "九", 12: "十二", 99: "九十九", 100: "一〇〇"}),
        ("chineseLegalSimplified", {1: "壹", 21: "贰拾壹"}),
        ("ideographDigital", {10: "一〇"}),
        ("decimalEnclosedCircle", {20: "⑳", 21: "㉑", 36: "㊱", 51: "51"}),
        ("ideographTraditional", {10: "癸", 11: "11"}),
        ("ideographZodiac", {12: "亥"}),
        ("ordinal", {1: "1st", 2: "2nd", 3: "3rd", 4: "4th", 11: "11th", 22: "22nd"}),
        ("decimalFullWidth", {12: "１２"}),
        ("decimal", {0: "0", 12: "12"}),
        ("upperLetter", {0: "0", 2: "B"}),
    ],
)  # fmt: skip
def test_numerals(format_: str, expected: dict[int, str]) -> None:
    assert {number: numeral(number, format_) for number in expected} == expected


_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100, "d": 500, "m": 1000}


@given(st.integers(1, 3999))
def test_roman_numerals_add_up(number: int) -> None:
    values = [_ROMAN[sign] for sign in numeral(number, "lowerRoman")]
    assert sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True)) == number


@given(st.sets(st.integers(1, 9999), min_size=2))
def test_no_two_numbers_look_alike(numbers: set[int]) -> None:
    for format_ in ("chineseCountingThousand", "chineseCounting", "chineseLegalSimplified", "lowerRoman"):
        assert len({numeral(number, format_) for number in numbers}) == len(numbers)


@given(st.lists(st.integers(0, 2), min_size=1, max_size=30))
def test_no_number_comes_twice_once_every_level_has_its_parent(
    word: SimpleNamespace, levels: list[int]
) -> None:
    outline = [0]
    for level in levels:
        outline.append(min(level, outline[-1] + 1))
    found = labels(word, outline, three_levels(word))
    assert len(set(found)) == len(found)
    assert [label.count(".") for label in found] == outline
    assert found == sorted(found, key=lambda label: [int(part) for part in label.split(".")])
