"""What a user finds out about the command line from itself."""

from __future__ import annotations

import os
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path
from typing import get_args

import pytest

from casewright.cli import help_texts
from casewright.cli.choices import Depth, Format
from casewright.cli.exits import MEANINGS, Exit
from casewright.cli.languages import Phrase, language_of_user
from casewright.design.cases import Suite
from casewright.formats.writing import FORMATS

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = ("generate", "read", "model", "design", "check")
HEAVY = ("lark", "pydantic", "pypdfium2", "lxml", "xlsxwriter", "ruamel", "rich", "openpyxl", "docx")


def run_python(code: str, language: str = "C.UTF-8") -> str:
    environment = os.environ | {"LC_ALL": language, "COLUMNS": "80", "TERMINAL_WIDTH": "80"}
    done = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, check=False, encoding="utf-8"
    )
    assert done.stderr == ""
    return done.stdout


def help_of(*command: str, language: str = "C.UTF-8") -> str:
    arguments = [*command, "--help"]
    return run_python(
        f"import sys; sys.argv = ['casewright', *{arguments}]; from casewright.cli.main import run; run()",
        language,
    )


def test_help_answers_at_once_because_nothing_heavy_is_imported() -> None:
    loaded = run_python(
        "import sys; from casewright.cli.main import main; main(['--help'])\n"
        f"print('HEAVY', [name for name in {HEAVY} if name in sys.modules])"
    )
    assert loaded.splitlines()[-1] == "HEAVY []"


def test_help_shows_every_command_an_example_and_every_exit_code() -> None:
    text = help_of()
    for command in COMMANDS:
        assert f"\n  {command} " in text
    assert "casewright generate spec.docx" in text
    for code, meaning in MEANINGS.items():
        assert f"    {code.value}  {meaning.en}" in text


def test_help_is_chinese_in_a_chinese_locale() -> None:
    text = help_of(language="zh_CN.UTF-8")
    assert "casewright generate 需求.docx" in text
    for code, meaning in MEANINGS.items():
        assert f"    {code.value}  {meaning.zh}" in text


def test_a_command_alone_shows_the_help(casewright) -> None:
    ended = casewright()
    assert ended.code == Exit.DONE
    assert "Usage: casewright" in ended.text


def test_the_version_is_told(casewright) -> None:
    ended = casewright("--version")
    assert (ended.code, ended.text) == (0, f"casewright {version('casewright')}\n")


def test_python_m_casewright_is_casewright() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "casewright", "--version"], capture_output=True, check=True, encoding="utf-8"
    )
    assert done.stdout == f"casewright {version('casewright')}\n"


def test_every_exit_code_has_a_meaning() -> None:
    assert set(MEANINGS) == set(Exit)


def test_the_options_know_every_format_and_depth() -> None:
    assert [each.value for each in Format] == list(FORMATS)
    assert get_args(Depth) == get_args(Suite.model_fields["depth"].annotation)


def test_every_help_text_exists_in_both_languages() -> None:
    phrases = {name: value for name, value in vars(help_texts).items() if isinstance(value, Phrase)}
    assert len(phrases) > 15
    for name, phrase in phrases.items():
        assert phrase.zh != phrase.en, name
        assert any("\u4e00" <= letter <= "\u9fff" for letter in phrase.zh), name
        assert phrase.en.isascii(), name


@pytest.mark.parametrize(
    ("environment", "language"),
    [
        ({}, "en"),
        ({"LANG": "zh_CN.UTF-8"}, "zh"),
        ({"LANG": "de_DE.UTF-8"}, "en"),
        ({"LANG": "en_US.UTF-8", "LC_ALL": "zh_TW.UTF-8"}, "zh"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
        ({"LANG": "en_US.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
    ],
)
def test_the_locale_says_which_language_the_user_reads(environment, language) -> None:
    assert language_of_user(None, environment) == language


def test_a_chosen_language_wins_over_the_locale() -> None:
    assert language_of_user("en", {"LC_ALL": "zh_CN.UTF-8"}) == "en"


WRONG_LINES = [
    (["generate"], "Missing argument 'FILE'", "缺少参数 FILE"),
    (["genrate"], "No such command 'genrate'", "没有命令 genrate"),
    (["generate", "--fromat", "csv", "a.md"], "--format", "没有选项 --fromat。您是不是想写 --format？"),
    (["generate", "a.md", "--format", "pdf"], "'pdf' is not one of 'xlsx'", "的值 'pdf' 不对，可以是："),
    (["generate", "a.md", "--lang"], "'--lang' requires an argument", "选项 --lang 后面缺少值"),
    (["generate", "a.md", "--depth", "deep"], "'deep' is not one of 'smoke'", "的值 'deep' 不对，可以是："),
    (["read", "a.md", "b.md"], "unexpected extra argument", "多出了参数：b.md"),
]


@pytest.mark.parametrize(("language", "column"), [("C.UTF-8", 1), ("zh_CN.UTF-8", 2)])
def test_a_wrong_command_line_is_explained_in_the_language_of_the_user(language, column) -> None:
    lines = [line[0] for line in WRONG_LINES]
    answers = run_python(
        "import sys; from casewright.cli.main import main; sys.stderr = sys.stdout\n"
        f"for line in {lines}: print(int(main(line)), end='\\f')",
        language,
    ).split("\f")[:-1]
    for line, answer in zip(WRONG_LINES, answers, strict=True):
        assert line[column] in answer
        assert answer.splitlines()[-1] == str(Exit.USAGE.value)
        assert "--help" in answer
        assert "Value error" not in answer


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        (["gen"], ["generate"]),
        (["generate", "--form"], ["--format"]),
        (["generate", "--format", "x"], ["xlsx", "xmind"]),
        (["design", "--depth", "t"], ["thorough"]),
    ],
)
def test_the_shell_completes_commands_options_and_values(typed, offered) -> None:
    environment = os.environ | {
        "_CASEWRIGHT_COMPLETE": "complete_bash",
        "COMP_WORDS": " ".join(["casewright", *typed]),
        "COMP_CWORD": str(len(typed)),
    }
    done = subprocess.run(
        [sys.executable, "-m", "casewright"],
        env=environment,
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    assert done.stdout.split() == offered
