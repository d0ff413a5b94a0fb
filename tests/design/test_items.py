"""Real documents, in the styles of different authors, read item by item."""

from __future__ import annotations

import csv
from importlib.util import find_spec
from pathlib import Path

import pytest

from casewright.design.cases import ItemKind
from casewright.design.items import split
from casewright.documents.blocks import Block, BlockKind, Document
from casewright.documents.limits import Limits
from casewright.documents.reading import READERS

SHARED = Path(__file__).resolve().parents[2] / ".." / "shared"


def read(path: Path) -> Document:
    if not path.exists():
        pytest.skip(f"{path} is not here")
    reader = next(reader for reader in READERS if path.suffix in reader.suffixes)
    if find_spec(f"casewright.documents.readers.{reader.module}") is None:
        pytest.skip(f"there is no reader for {reader.type} yet")
    return reader.read(path.read_bytes(), path.name, Limits(), lambda done: None)


def items_of(name: str):
    return {item.id: item for item in split([read(SHARED / name)])}


def test_every_requirement_of_a_table_with_ids_is_found_and_nothing_else():
    path = SHARED / "samples/en_nasa_cfe_requirements.csv"
    items = split([read(path)])
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(items) == 397
    assert [item.id for item in items] == [row["Custom field (Requirement ID)"].strip() for row in rows]
    assert [item.title for item in items] == [row["Summary"].strip() for row in rows]
    assert all(item.kind.testable for item in items)


def test_the_numbered_requirements_of_a_word_document_are_found():
    items = items_of("samples/en_nasa_cfe_requirements.docx")
    numbers = [f"SSR{number}" for number in range(1, 34)]
    assert [id_ for id_ in items if id_.startswith("SSR")] == numbers
    assert all(items[id_].kind.testable and items[id_].label == id_ for id_ in numbers)
    assert not any("Rationale" in items[id_].text for id_ in numbers)


def test_user_stories_in_tables_are_found():
    items = items_of("samples/en_cwa_scoping.md")
    stories = [id_ for id_ in items if id_.startswith("E") and id_[1].isdigit()]
    assert len(stories) == 32
    assert items["E01.01"].text.startswith("As an app user, the first time I launch the app,")
    assert items["E09.01"].kind is ItemKind.QUALITY


def test_lists_marked_as_required_are_found_with_what_is_out_of_scope():
    items = items_of("samples/en_govstack_payments_fr.md")
    marked = [item for item in items.values() if "(REQUIRED)" in item.text or "(RECOMMENDED)" in item.text]
    assert len(marked) == 110
    assert all(item.kind.testable for item in marked)
    assert {id_ for id_, item in items.items() if item.kind is ItemKind.OUT_OF_SCOPE} == {
        "6.16.3-b13",
        "6.16.3-b16",
    }
    assert items["6.11-p2"].text.endswith("event success or failure")


def test_a_chinese_specification_is_read_screen_by_screen():
    items = items_of("samples/zh_attendance_srs.docx")
    screens = [item for item in items.values() if "3.1对功能的规定" in item.section]
    assert len(screens) == 34
    assert items["3.6-1"].kind is ItemKind.QUALITY
    assert items["2.1-1"].kind is ItemKind.BACKGROUND


@pytest.mark.parametrize(
    ("subject", "ids"),
    [
        (
            "en01-parking",
            ["4.1-t1.1", "4.2-t1", *(f"4.3.{n}" for n in range(1, 10)), "4.4-t1.5", "5.3-t1.7", "7-2"],
        ),
        ("en03-loan", ["Story-1", "Story-1-t1.10", "Story-1-b3", "Story-2-6", "Story-3-b5", "Story-5-b4"]),
        ("en05-billing", ["2-b5", "4-t1.9", "5.3-b2", "6-t1.3", "7-3", "8-t1.6", "9-b3", "10-b1"]),
        ("en06-expense", ["S2-t1", *(f"US-{n}" for n in range(1, 10)), "US-2-t1.6", "US-2-b9", "S4-4-b6"]),
        ("zh01-coupon", ["3-t1.5", *(f"4-{n}" for n in "①②③④⑤⑥⑦"), "4-③-t1.4", "5-3", "7-t1.11"]),
        ("zh02-leave", ["S3-t1.9", "故事一-t1.6", "AC1.1", "AC1.6", "AC3.4", "故事四", "S4-7"]),
        (
            "zh05-transfer",
            ["4.1.1-t1.8", "4.2.1-t1.7", "4.2.6", "4.3(a)", "4.3(b)", "4.4.2-t1.3", "4.4.4", "5-t1.8"],
        ),
        ("zh07-library", ["S3-t1.4", "S5-3", "US-1-b2", "US-2-8", "US-5-7", "US-9"]),
    ],
)
def test_the_clauses_of_a_document_are_found_under_their_numbers(subject, ids):
    items = items_of(f"bench/{subject}/requirement.md")
    assert [id_ for id_ in ids if id_ not in items] == []
    assert all(items[id_].kind.testable for id_ in ids if id_ not in {"7-2", "10-b1", "2-b5"})


@pytest.mark.parametrize(
    ("subject", "out", "questions"),
    [
        ("en01-parking", 1, 2),
        ("en03-loan", 1, 2),
        ("en05-billing", 1, 1),
        ("en06-expense", 0, 2),
        ("zh01-coupon", 1, 2),
        ("zh02-leave", 2, 2),
        ("zh05-transfer", 1, 1),
        ("zh07-library", 1, 1),
    ],
)
def test_what_is_out_of_scope_or_open_is_told_apart(subject, out, questions):
    kinds = [item.kind for item in items_of(f"bench/{subject}/requirement.md").values()]
    assert (kinds.count(ItemKind.OUT_OF_SCOPE), kinds.count(ItemKind.OPEN_QUESTION)) == (out, questions)


def test_ten_thousand_clauses_of_one_document_are_all_found():
    blocks = (
        Block(index=i, kind=BlockKind.PARAGRAPH, text=f"{i // 1000 + 1}.{i // 100 % 10}.{i % 100} Rule {i}.")
        for i in range(10_000)
    )
    assert (
        len({item.id for item in split([Document(name="a.txt", type="text", blocks=tuple(blocks))])})
        == 10_000
    )
