"""The rules of the house that no linter knows."""

from __future__ import annotations

import ast
import re
import runpy
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
LONGEST_MODULE = 500

# In pieces, or this file would break its own rule.
MACHINE_PATHS = re.compile("|".join(rf"(?<![\w.])/{name}/\w" for name in ("work", "home", "Users", "root")))
REGISTRIES = re.compile(
    "|".join(
        re.escape(".".join(parts))
        for parts in (
            ("pypi", "org"),
            ("pythonhosted", "org"),
            ("npmjs", "org"),
            ("npmjs", "com"),
            ("yarnpkg", "com"),
            ("npmmirror", "com"),
            ("aliyun", "com"),
            ("tuna", "tsinghua"),
            ("proxy", "golang", "org"),
        )
    )
)


def modules() -> list[Path]:
    return sorted((ROOT / "src").rglob("*.py"))


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def kept_files() -> list[Path]:
    """What git keeps, and what it would keep if it were added."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=False,
    )
    if listed.returncode:
        pytest.skip("this is no git checkout: nobody can tell which files are kept")
    paths = (ROOT / part for part in listed.stdout.decode().split("\0") if part)
    return [path for path in paths if path.is_file()]


def matches(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{name(path)}: {match[0]}"
        for path in kept_files()
        if (match := pattern.search(path.read_bytes().decode(errors="replace")))
    ]


@pytest.mark.parametrize("path", modules(), ids=name)
def test_every_module_says_first_what_it_is_for(path: Path) -> None:
    docstring = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    assert docstring
    assert docstring.splitlines()[0].strip()


def test_no_module_is_longer_than_one_can_keep_in_mind() -> None:
    lengths = {name(path): len(path.read_text(encoding="utf-8").splitlines()) for path in modules()}
    assert {path: length for path, length in lengths.items() if length > LONGEST_MODULE} == {}


def test_nothing_names_a_folder_of_somebodys_machine() -> None:
    assert matches(MACHINE_PATHS) == []


def test_nothing_names_a_package_registry() -> None:
    assert matches(REGISTRIES) == []


def test_the_readmes_in_both_languages_have_the_same_headings() -> None:
    levels = [
        re.findall(r"^(#+) ", (ROOT / readme).read_text(encoding="utf-8"), re.MULTILINE)
        for readme in ("README.md", "README.zh.md")
    ]
    assert len(levels[0]) > 3
    assert levels[0] == levels[1]


@pytest.mark.parametrize("readme", ["README.md", "README.zh.md", "CONTRIBUTING.md"])
def test_every_link_of_a_page_leads_somewhere(readme: str) -> None:
    text = (ROOT / readme).read_text(encoding="utf-8")
    links = re.findall(r"\]\((?!https?:|#)([^)#\s]+)", text)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_page_about_the_command_line_says_what_help_says(language: str) -> None:
    writer = runpy.run_path(str(ROOT / "scripts" / "write_cli_docs.py"))
    written = ROOT / "docs" / writer["PAGES"][language][0]
    assert written.read_text(encoding="utf-8") == writer["page"](language), (
        "an option has changed: run scripts/write_cli_docs.py"
    )
