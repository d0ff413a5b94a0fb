"""From documents to a model that a person corrects, and from it to cases."""

from __future__ import annotations

import pytest

from casewright.cli.exits import Exit
from casewright.cli.locating import place_of
from casewright.design.model.text import load
from casewright.design.model.yaml_reading import Place, read_yaml

MODEL = """casewright model: 1
feature: Tickets
operations:
  book seats:
    inputs:
      seats: {type: integer, min: 1}
    reject:
      - {if: some input invalid, say: Please check your input.}
      - if: seats > 4
        say: At most 4 seats.
    answer: {price: seats * 12}
"""


def write(tmp_path, text: str, encoding: str = "utf-8") -> str:
    (tmp_path / "model.yaml").write_text(text, encoding=encoding)
    return "model.yaml"


def test_a_model_is_printed_as_yaml_and_nothing_else(casewright, english) -> None:
    ended = casewright("model", english)
    assert ended.code == 0
    model = load(ended.text, "model.yaml")
    assert len(model.operations) == 1
    assert "operations 1 · inputs 3" in ended.err


def test_a_printed_model_gives_the_asserted_cases_of_its_document(casewright, english, tmp_path) -> None:
    write(tmp_path, casewright("model", english).text)
    designed = casewright("design", "model.yaml", "--format", "bench", "--output", "-")
    generated = casewright("generate", english, "--format", "bench", "--output", "-")
    assert designed.code == 0
    steps = [[case["steps"] for case in ended.json["cases"]] for ended in (designed, generated)]
    assert steps[0] == steps[1]


def test_a_corrected_model_gives_corrected_cases(casewright, tmp_path) -> None:
    prices = {}
    for price in (12, 15):
        write(tmp_path, MODEL.replace("* 12", f"* {price}"))
        cases = casewright("design", "model.yaml", "--format", "bench", "--output", "-").json["cases"]
        prices[price] = {
            step["data"]["seats"]: step["expected"]["outputs"]["price"]
            for case in cases
            for step in case["steps"]
            if "price" in step["expected"].get("outputs", {})
        }
    assert prices[12][4] == 48
    assert prices[15][4] == 60


def test_without_an_output_the_cases_are_written_to_the_current_folder(casewright, tmp_path) -> None:
    ended = casewright("design", write(tmp_path, MODEL))
    assert (ended.code, ended.out) == (0, b"")
    assert (tmp_path / "model-cases.xlsx").is_file()


def test_a_design_tells_a_program_what_was_made(casewright, tmp_path) -> None:
    found = casewright("design", write(tmp_path, MODEL), "--json").json
    assert found["title"] == "Tickets"
    assert found["model"] == {"operations": 1, "inputs": 1, "rules": 2, "states": 0}
    assert found["documents"] == []


def test_a_byte_order_mark_is_no_part_of_a_model(casewright, tmp_path) -> None:
    assert casewright("design", write(tmp_path, MODEL, "utf-8-sig"), "--json").code == 0


@pytest.mark.parametrize(
    ("wrong", "line", "column", "words"),
    [
        (MODEL.replace("feature:", "featur:"), 2, 1, "feature"),
        (MODEL.replace("type: integer", "type: intger"), 6, 21, "integer"),
        (MODEL.replace("    answer:", "   answer:"), 11, 4, "YAML"),
        (MODEL + "feature: again\n", 12, 1, "feature"),
        (MODEL.replace("seats > 4", "seets > 4"), 9, 13, "seats"),
        (MODEL.replace("seats * 12", "seats *"), 11, 21, ""),
    ],
)
def test_a_fault_in_a_model_is_told_with_line_and_column(
    casewright, tmp_path, wrong, line, column, words
) -> None:
    ended = casewright("design", write(tmp_path, wrong))
    assert ended.code == Exit.WRONG_MODEL
    assert ended.out == b""
    assert ended.err.startswith("Error: the model model.yaml is wrong.")
    assert f"\nmodel.yaml:{line}:{column}: " in ended.err
    assert words in ended.err
    assert not (tmp_path / "model-cases.xlsx").exists()


def test_all_faults_of_a_model_are_told_at_once_and_in_chinese_too(casewright, tmp_path) -> None:
    wrong = MODEL.replace("seats > 4", "seets > 4").replace("seats * 12", "seetz * 12")
    ended = casewright("design", write(tmp_path, wrong), "--lang", "zh")
    assert ended.err.startswith("错误：模型 model.yaml 有误")
    assert [line.split(":")[1] for line in ended.err.splitlines()[1:]] == ["9", "11"]


def test_a_document_is_no_model(casewright, tmp_path) -> None:
    (tmp_path / "spec.docx").write_bytes(b"PK\x03\x04\xff\xfe")
    ended = casewright("design", "spec.docx")
    assert ended.code == Exit.WRONG_MODEL
    assert "casewright generate" in ended.err


def test_a_model_without_operations_has_nothing_to_test(casewright, tmp_path) -> None:
    ended = casewright("design", write(tmp_path, "casewright model: 1\nfeature: Empty\noperations: {}\n"))
    assert ended.code == Exit.NOTHING_TESTABLE


@pytest.mark.parametrize(
    ("path", "line", "column"),
    [
        ("operations.book seats.reject[1].if", 9, 13),
        ("operations.book seats.reject[7].if", 7, 5),
        ("operations.book seats.answer.price", 11, 21),
        ("operations.book seats.let.price", 4, 3),
        ("nowhere", 1, 1),
    ],
)
def test_the_place_of_an_element_is_its_own_or_that_of_what_is_around_it(path, line, column) -> None:
    assert place_of(path, read_yaml(MODEL)) == Place(line, column)


def test_names_may_hold_dots() -> None:
    root = read_yaml("figures:\n  a: {is: 1}\n  a.b: {is: 2}\n")
    assert place_of("figures.a.b.is", root) == Place(3, 13)
