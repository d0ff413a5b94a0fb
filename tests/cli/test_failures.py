"""What a user is told when something can't be done: what is wrong, where, what to do; in both languages."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from casewright.cli import making
from casewright.cli.exits import Exit

CHINESE_LOCALE = "zh_CN.UTF-8"
READING_COMMANDS = ("generate", "read", "model", "check")


@pytest.mark.parametrize("command", [*READING_COMMANDS, "design"])
def test_a_missing_file_is_named(casewright, command) -> None:
    ended = casewright(command, "nowhere.docx")
    assert ended.code == Exit.UNREADABLE
    assert ended.out == b""
    assert ended.err == "Error: there is no file nowhere.docx. Check its folder and its name.\n"


@pytest.mark.parametrize("command", READING_COMMANDS)
def test_a_file_that_cannot_be_read_says_why_in_english_and_in_chinese(
    casewright, command, tmp_path, monkeypatch
) -> None:
    (tmp_path / "photo.docx").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    in_english = casewright(command, "photo.docx")
    assert in_english.code == Exit.UNREADABLE
    assert in_english.out == b""
    assert in_english.err.startswith("Error: photo.docx: The file's type is not known")
    monkeypatch.setenv("LC_ALL", CHINESE_LOCALE)
    in_chinese = casewright(command, "photo.docx")
    assert in_chinese.code == Exit.UNREADABLE
    assert in_chinese.err.startswith("错误：photo.docx：无法识别文件类型")
    assert "Traceback" not in in_english.err + in_chinese.err


def test_the_chosen_language_wins_over_that_of_the_system(casewright, tmp_path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert casewright("read", "empty.txt", "--lang", "zh").err.startswith("错误：empty.txt：文件是空的")
    assert casewright("generate", "empty.txt", "--lang", "en").err.startswith(
        "Error: empty.txt: The file is empty."
    )


def test_a_folder_is_no_file(casewright, tmp_path) -> None:
    ended = casewright("generate", tmp_path)
    assert ended.code == Exit.UNREADABLE
    assert "is a folder" in ended.err


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read every file")
def test_a_file_that_may_not_be_read_says_so(casewright, english) -> None:
    english.chmod(0)
    ended = casewright("generate", english)
    assert ended.code == Exit.UNREADABLE
    assert "permissions" in ended.err


@pytest.mark.parametrize("command", ["generate", "model", "check"])
@pytest.mark.parametrize(
    ("locale", "words"),
    [("en_GB.UTF-8", "nothing testable was found in poem.txt"), (CHINESE_LOCALE, "没有找到可以测试的需求")],
)
def test_a_document_without_requirements_is_told_apart(
    casewright, tmp_path, monkeypatch, command, locale, words
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    (tmp_path / "poem.txt").write_text("Background\n\nThe sea was calm.\n", encoding="utf-8")
    ended = casewright(command, "poem.txt")
    assert ended.code == Exit.NOTHING_TESTABLE
    assert words in ended.err
    assert "casewright read" in ended.err
    assert ended.out == b""
    assert [path.name for path in tmp_path.iterdir()] == ["poem.txt"]


def test_several_formats_and_one_output_file_do_not_go_together(casewright, english, tmp_path) -> None:
    (tmp_path / "cases").write_text("mine", encoding="utf-8")
    ended = casewright("generate", english, "--format", "csv", "--format", "json", "--output", "cases")
    assert ended.code == Exit.USAGE
    assert "a folder" in ended.err
    assert (tmp_path / "cases").read_text(encoding="utf-8") == "mine"


def test_the_standard_output_takes_one_format(casewright, english) -> None:
    ended = casewright("generate", english, "--format", "csv", "--format", "json", "--output", "-")
    assert (ended.code, ended.out) == (Exit.USAGE, b"")
    assert "one format" in ended.err


def test_json_and_cases_cannot_both_have_the_standard_output(casewright, english) -> None:
    ended = casewright("generate", english, "--json", "--output", "-")
    assert (ended.code, ended.out) == (Exit.USAGE, b"")
    assert "can't go together" in ended.err


def test_a_document_is_never_overwritten_by_its_cases(casewright, english) -> None:
    before = english.read_bytes()
    ended = casewright("generate", english, "--output", english)
    assert ended.code == Exit.USAGE
    assert "overwrite" in ended.err
    assert english.read_bytes() == before


def test_a_suffix_that_is_no_format_asks_for_one(casewright, english, tmp_path) -> None:
    ended = casewright("generate", english, "--output", "cases.doc")
    assert ended.code == Exit.USAGE
    assert "--format" in ended.err
    assert not (tmp_path / "cases.doc").exists()


def test_an_output_that_cannot_be_written_is_named(casewright, english, tmp_path) -> None:
    (tmp_path / "in the way").write_bytes(b"")
    ended = casewright("generate", english, "--depth", "smoke", "--output", "in the way/cases.csv")
    assert ended.code == Exit.UNWRITABLE
    assert f"{Path('in the way/cases.csv')} can't be written" in ended.err


def test_an_unexpected_error_is_one_line_that_says_what_to_report(casewright, english, monkeypatch) -> None:
    monkeypatch.setattr(making, "summary_of", lambda *_: 1 / 0)
    ended = casewright("generate", english, "--depth", "smoke")
    assert ended.code == Exit.UNEXPECTED
    assert ended.err.startswith("Error: An unexpected error (ZeroDivisionError: division by zero).")
    assert ended.err.count("\n") == 1
    assert "--debug" in ended.err


def test_debug_shows_where_an_unexpected_error_came_from(casewright, english, monkeypatch) -> None:
    monkeypatch.setattr(making, "summary_of", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        casewright("generate", english, "--depth", "smoke", "--debug")


def test_a_reader_that_has_had_enough_gets_no_traceback(english) -> None:
    casewright = [sys.executable, "-m", "casewright", "read", str(english), "--json"]
    with subprocess.Popen(casewright, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait() == Exit.UNEXPECTED
