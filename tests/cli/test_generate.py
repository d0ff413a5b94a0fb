"""What a user gets from `casewright generate`: files, a summary, and the same again the next time."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from casewright.cli.choices import Format
from casewright.cli.main import main
from casewright.formats.writing import FORMATS

EXAMPLES = sorted((Path(__file__).resolve().parents[2] / "examples").glob("*.md"))
EVERY_FORMAT = [option for each in Format for option in ("--format", each)]


@pytest.fixture(scope="module", params=EXAMPLES, ids=lambda path: path.stem)
def example(request, tmp_path_factory) -> tuple[Path, Path]:
    """An example, and the folder with its cases in every format."""
    folder = tmp_path_factory.mktemp(request.param.stem)
    assert main(["generate", str(request.param), *EVERY_FORMAT, "--output", str(folder)]) == 0
    return request.param, folder


def test_an_example_gives_a_file_in_every_format(example) -> None:
    path, folder = example
    assert {each.name for each in folder.iterdir()} == {
        f"{path.stem}-cases{row.suffix}" for row in FORMATS.values()
    }
    assert all(each.stat().st_size > 100 for each in folder.iterdir())


def test_an_example_has_asserted_cases_in_the_language_of_its_document(example) -> None:
    path, folder = example
    suite = json.loads((folder / f"{path.stem}-cases.json").read_text(encoding="utf-8"))
    statuses = {case["status"] for case in suite["cases"]}
    assert statuses == {"asserted", "unverified"}
    assert suite["language"] == path.stem[-2:]
    assert suite["documents"] == [{"name": path.name, "type": "markdown"}]


def test_every_testable_item_of_an_example_has_a_case(example) -> None:
    path, folder = example
    suite = json.loads((folder / f"{path.stem}-cases.json").read_text(encoding="utf-8"))
    untestable = {"background", "out of scope", "open question"}
    testable = {item["id"] for item in suite["items"] if item["kind"] not in untestable}
    served = {item for case in suite["cases"] for item in case["requirement_ids"]}
    assert testable
    assert testable <= served


def test_the_bench_format_has_asserted_cases_only(example) -> None:
    path, folder = example
    suite = json.loads((folder / f"{path.stem}-cases.json").read_text(encoding="utf-8"))
    bench = json.loads((folder / f"{path.stem}-cases.bench.json").read_text(encoding="utf-8"))
    asserted = {case["id"] for case in suite["cases"] if case["status"] == "asserted"}
    assert set(bench) == {"cases"}
    assert bench["cases"]
    assert {case["id"] for case in bench["cases"]} <= asserted
    for case in bench["cases"]:
        assert case["steps"][-1]["expected"]
        assert all(step["operation"] for step in case["steps"])


def test_without_an_output_the_cases_are_written_to_the_current_folder(casewright, english, tmp_path) -> None:
    ended = casewright("generate", english)
    assert ended.code == 0
    assert ended.out == b""
    assert zipfile.is_zipfile(tmp_path / "guest book-cases.xlsx")
    assert "Written guest book-cases.xlsx" in ended.err


def test_the_suffix_of_the_output_says_the_format(casewright, english, tmp_path) -> None:
    assert casewright("generate", english, "--output", "new/folder/Cases.CSV").code == 0
    rows = list(csv.reader(io.StringIO((tmp_path / "new/folder/Cases.CSV").read_text("utf-8-sig"))))
    assert rows[0][0] == "ID"
    assert len(rows) > 5


def test_the_longest_suffix_counts(casewright, english, tmp_path) -> None:
    assert casewright("generate", english, "--output", "suite.bench.json").code == 0
    assert set(json.loads((tmp_path / "suite.bench.json").read_bytes())) == {"cases"}


def test_a_format_may_have_any_file_name(casewright, english, tmp_path) -> None:
    assert casewright("generate", english, "--format", "bench", "--output", "suite.json").code == 0
    assert set(json.loads((tmp_path / "suite.json").read_bytes())) == {"cases"}


def test_an_output_that_is_a_folder_gets_the_usual_name(casewright, english, tmp_path) -> None:
    (tmp_path / "results").mkdir()
    assert casewright("generate", english, "--format", "md", "--output", "results").code == 0
    assert (tmp_path / "results" / "guest book-cases.md").is_file()


def test_the_standard_output_gets_the_file_and_nothing_else(casewright, english, tmp_path) -> None:
    assert casewright("generate", english, *EVERY_FORMAT, "--output", "files").out == b""
    for each in Format:
        ended = casewright("generate", english, "--format", each, "--output", "-")
        assert ended.code == 0
        assert ended.out == (tmp_path / f"files/guest book-cases{FORMATS[each].suffix}").read_bytes()
        assert "Written" not in ended.err


def test_binary_data_is_not_thrown_at_a_terminal(casewright, english, monkeypatch) -> None:
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    ended = casewright("generate", english, "--output", "-")
    assert (ended.code, ended.out) == (2, b"")
    assert "binary" in ended.err


def test_the_summary_tells_items_model_questions_cases_and_coverage(casewright, english) -> None:
    err = casewright("generate", english, "--format", "csv").err
    for words in (
        "Requirement items",
        "Test model",
        "operations 1 · inputs 3",
        "Test cases",
        "asserted",
        "Coverage",
    ):
        assert words in err


def test_the_summary_speaks_chinese_to_a_chinese_user(casewright, chinese, monkeypatch) -> None:
    monkeypatch.setenv("LC_ALL", "zh_CN.UTF-8")
    err = casewright("generate", chinese, "--format", "csv").err
    for words in (
        "留言簿",
        "需求条目",
        "测试模型",
        "操作 1 · 输入 3",
        "测试用例",
        "已写入 留言簿-cases.csv",
    ):
        assert words in err


def test_the_summary_says_what_to_do_where_no_result_could_be_computed(casewright, english, tmp_path) -> None:
    prose = tmp_path / "prose.md"
    prose.write_text("# Note\n\n## 1 Search\nThe system shall show the results quickly.\n", encoding="utf-8")
    said = "No case has a computed expected result"
    assert said in casewright("generate", prose, "--format", "csv").err
    assert said not in casewright("generate", english, "--format", "csv").err


def test_json_tells_a_program_what_was_made(casewright, english, tmp_path) -> None:
    ended = casewright("generate", english, "--format", "csv", "--format", "md", "--json")
    found = ended.json
    assert ended.err == ""
    assert found["documents"] == ["guest book.md"]
    assert found["language"] == "en"
    assert found["depth"] == "standard"
    assert found["items"]["total"] == sum(found["items"]["by_kind"].values())
    assert found["model"]["operations"] == 1
    assert found["cases"]["total"] == found["cases"]["asserted"] + found["cases"]["unverified"]
    assert found["cases"]["asserted"] > 5
    assert found["coverage"]["covered"] > 5
    assert isinstance(found["questions"], list)
    assert [each["format"] for each in found["outputs"]] == ["csv", "md"]
    assert all((tmp_path / each["path"]).is_file() for each in found["outputs"])


def test_the_cases_are_in_the_language_of_the_document_or_in_that_asked_for(casewright, chinese) -> None:
    own = casewright("generate", chinese, "--format", "json", "--output", "-").json
    other = casewright("generate", chinese, "--format", "json", "--output", "-", "--lang", "en").json
    assert (own["language"], other["language"]) == ("zh", "en")
    assert [case["key"] for case in own["cases"]] == [case["key"] for case in other["cases"]]


def test_several_documents_make_one_suite(casewright, english, chinese) -> None:
    suite = casewright("generate", english, chinese, "--format", "json", "--output", "-").json
    assert [each["name"] for each in suite["documents"]] == [english.name, chinese.name]
    assert {source["document"] for item in suite["items"] for source in item["sources"]} == {0, 1}


def test_a_greater_depth_never_has_fewer_cases(casewright, english) -> None:
    totals = [
        casewright("generate", english, "--depth", depth, "--json").json["cases"]["total"]
        for depth in ("smoke", "standard", "thorough")
    ]
    assert totals == sorted(totals)
    assert totals[0] < totals[1]


def test_the_same_document_gives_the_same_bytes_in_another_process(english, tmp_path) -> None:
    results: list[dict[str, bytes]] = []
    for seed, zone in (("1", "UTC"), ("2", "Asia/Shanghai")):
        subprocess.run(
            [sys.executable, "-m", "casewright", "generate", english, *EVERY_FORMAT, "--output", seed],
            env={"PYTHONHASHSEED": seed, "LC_ALL": "C.UTF-8", "TZ": zone},
            cwd=tmp_path,
            check=True,
        )
        results.append({path.name: path.read_bytes() for path in (tmp_path / seed).iterdir()})
    assert len(results[0]) == len(Format)
    assert results[0] == results[1]
