"""Texts in cells: what is invisible is seen, lists keep their count, formulas stay text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.formats.cells import defused, is_formula, multi_line, numbered, one_line, visible


@pytest.mark.parametrize(
    ("text", "seen"),
    [("a\x00b", "a␀b"), ("\x1b[31m", "␛[31m"), ("\x7f", "␡"), ("\ud800", "\ufffd"), ("\uffff", "\ufffd")],
)
def test_a_control_character_is_shown_as_its_picture(text: str, seen: str) -> None:
    assert visible(text) == seen


@pytest.mark.parametrize("text", ["a\r\nb", "a\rb", "a\nb", "a\x0bb", "a\u2028b", "a\x85b"])
def test_every_line_break_counts_as_one(text: str) -> None:
    assert multi_line(text) == "a\nb"
    assert one_line(text) == "a b"


def test_an_empty_text_keeps_its_number() -> None:
    assert numbered(["first", "", "third"]) == "1. first\n2.\n3. third"


def test_a_number_inside_a_text_is_not_taken_for_one_of_the_list() -> None:
    assert numbered(["a\n2. b", "c"]) == "1. a\n   2. b\n2. c"


def test_no_text_gives_an_empty_cell() -> None:
    assert numbered([]) == ""


@settings(deadline=None)
@given(st.lists(st.text(st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp", "Cn"])), max_size=5))
def test_a_numbered_cell_can_be_taken_apart_again(texts: list[str]) -> None:
    cell = numbered(texts)
    entries = re.split(r"(?:^|\n)\d+\.", cell)[1:]
    assert [entry.removeprefix(" ") for entry in entries] == texts


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+cmd", "-", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1+1", "＋1", "－1", "＠x", "\n=1", "'=1"],
)
def test_what_a_spreadsheet_could_run_gets_an_apostrophe(text: str) -> None:
    assert defused(text) == "'" + text
    assert is_formula(text)


@pytest.mark.parametrize("text", ["", "1=1", "转账", "a-b", '"quoted"', "100", "😀"])
def test_an_ordinary_text_stays_as_it_is(text: str) -> None:
    assert defused(text) == text


@settings(deadline=None)
@given(st.text())
def test_taking_one_apostrophe_away_gives_the_text_back(text: str) -> None:
    cell = defused(text)
    assert cell.removeprefix("'") == text
    assert cell == text or cell[0] == "'"
