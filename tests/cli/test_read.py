"""What `casewright read` and `casewright check` show."""

from __future__ import annotations

import pytest

from casewright.cli.exits import Exit
from casewright.cli.languages import Phrase
from casewright.cli.showing import place_text
from casewright.documents.blocks import BlockKind, Place

PROSE = "# Note\n\n## 1 Search\nThe system shall show the results quickly.\n"
VAGUE = """# Parcels

## 1 Fees
To *calculate a fee*, the caller sends:

| Field | Content | Needed? |
| --- | --- | --- |
| **weight** | kilograms, a number from 1 to 30 | always |

The request is rejected in these cases.

| Case | Message |
| --- | --- |
| the parcel looks suspicious | `Please call us.` |
"""


def test_blocks_are_shown_with_their_places_and_then_the_items(casewright, english) -> None:
    ended = casewright("read", english)
    assert ended.code == 0
    assert ended.err == ""
    assert "guest book.md (markdown)" in ended.text
    assert "line 1" in ended.text
    assert "Guest book" in ended.text
    assert "requirement items" in ended.text
    assert "Please give a nickname." in ended.text


def test_the_frame_speaks_the_language_of_the_user_whatever_that_of_the_document(casewright, english) -> None:
    ended = casewright("read", english, "--lang", "zh")
    assert "个需求条目" in ended.text
    assert "第 1 行" in ended.text


def test_markup_of_the_terminal_in_a_document_is_text(casewright, tmp_path) -> None:
    (tmp_path / "a.md").write_text("# Title\n\nThe tag [red]must[/red] be [bold]shown[/nonsense].\n")
    assert "[red]must[/red] be [bold]shown[/nonsense]." in casewright("read", "a.md").text


def test_json_holds_all_blocks_and_items(casewright, english) -> None:
    ended = casewright("read", english, "--json")
    assert ended.err == ""
    document, items = ended.json["document"], ended.json["items"]
    assert document["blocks"][0]["text"] == "Guest book"
    assert any("nickname" in item["text"] for item in items)


@pytest.mark.parametrize(
    ("place", "en", "zh"),
    [
        (Place(page=3, paragraph=2), "page 3, paragraph 2", "第 3 页，第 2 段"),
        (Place(sheet="价格", cell="B2"), "sheet 价格, cell B2", "工作表 价格，单元格 B2"),
        (Place(line=7, end_line=9), "line 7", "第 7 行"),
        (Place(table=1, within="text box 2"), "table 1, in text box 2", "表 1，在 text box 2 内"),
        (Place(), "", ""),
    ],
)
def test_a_place_is_told_as_a_person_looks_for_it(place, en, zh) -> None:
    assert (place_text(place, "en"), place_text(place, "zh")) == (en, zh)


def test_every_kind_of_block_has_a_name_in_both_languages() -> None:
    from casewright.cli import showing

    names = {kind: value for kind, value in vars(showing)["_KINDS"].items() if isinstance(value, Phrase)}
    assert set(names) == set(BlockKind)


def test_questions_are_listed_with_what_they_are_about(casewright, tmp_path) -> None:
    (tmp_path / "vague.md").write_text(VAGUE, encoding="utf-8")
    ended = casewright("check", "vague.md")
    assert ended.code == 0
    assert "Q-001" in ended.text
    assert "Please call us." in ended.text


def test_questions_as_json(casewright, tmp_path) -> None:
    (tmp_path / "vague.md").write_text(VAGUE, encoding="utf-8")
    found = casewright("check", "vague.md", "--json").json
    assert set(found) == {"questions", "not_understood"}
    question = found["questions"][0]
    assert set(question) == {"id", "kind", "question", "witness", "items"}
    assert question["items"]


def test_questions_can_be_had_in_the_other_language(casewright, tmp_path) -> None:
    (tmp_path / "vague.md").write_text(VAGUE, encoding="utf-8")
    in_english = casewright("check", "vague.md", "--json").json["questions"]
    in_chinese = casewright("check", "vague.md", "--json", "--lang", "zh").json["questions"]
    assert [each["id"] for each in in_english] == [each["id"] for each in in_chinese]
    assert all("？" in each["question"] for each in in_chinese)
    assert not any("？" in each["question"] for each in in_english)


@pytest.mark.parametrize("options", [[], ["--json"]])
def test_strict_ends_with_its_own_code_if_there_are_questions(casewright, tmp_path, options) -> None:
    (tmp_path / "vague.md").write_text(VAGUE, encoding="utf-8")
    assert casewright("check", "vague.md", *options).code == Exit.DONE
    ended = casewright("check", "vague.md", "--strict", *options)
    assert ended.code == Exit.QUESTIONS
    assert "Q-001" in ended.text


def test_a_document_cannot_take_over_the_terminal(casewright, tmp_path) -> None:
    (tmp_path / "a.md").write_text("# Evil\x1b]0;title\x07\n\nThe \x1b[31mred\x1b[0m fee must be 5 :bomb:.\n")
    for command in ("read", "check", "generate"):
        ended = casewright(command, "a.md")
        assert "\x1b" not in ended.text + ended.err
        assert "\x07" not in ended.text + ended.err
    assert ":bomb:" in casewright("read", "a.md").text


def test_no_questions_is_not_said_of_what_was_not_understood(casewright, tmp_path) -> None:
    (tmp_path / "prose.md").write_text(PROSE, encoding="utf-8")
    text = " ".join(casewright("check", "prose.md").text.split())
    assert "no questions about what was understood" in text
    assert "The system shall show the results quickly." in text
