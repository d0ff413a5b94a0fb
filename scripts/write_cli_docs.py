"""Writes `docs/cli.md` and `docs/cli.zh.md` from what `--help` says. Run it when an option has changed."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

DOCS = Path(__file__).resolve().parents[1] / "docs"
COMMANDS = ("generate", "read", "model", "design", "check")
_CUT = "\f"
_PROGRAM = f"""
import sys
from casewright.cli.main import main
for command in ["", *{COMMANDS!r}]:
    main([*command.split(), "--help"])
    print({_CUT!r}, end="")
"""

PAGES = {
    "zh": (
        "cli.zh.md",
        "zh_CN.UTF-8",
        """# 命令行

<!-- 由 scripts/write_cli_docs.py 生成，请勿手工修改。 -->

`casewright` 读取需求文档，写出测试用例。标准输出只有数据：用例（`--output -`）、模型、`--json` 的结果、
`read` 和 `check` 的内容；进度、摘要和错误都写到标准错误。系统语言为中文时提示为中文，`--lang` 可以指定。

执行一次 `casewright --install-completion`，之后命令、选项和格式都可以用 Tab 补全。
""",
    ),
    "en": (
        "cli.md",
        "C.UTF-8",
        """# The command line

<!-- Made by scripts/write_cli_docs.py: don't edit it by hand. -->

`casewright` reads requirement documents and writes test cases. The standard output has nothing but data:
cases (`--output -`), a model, what `--json` gives, what `read` and `check` show. Progress, summary and
errors go to the standard error. Messages are in Chinese where the system's language is; `--lang` says
otherwise.

After `casewright --install-completion` the shell completes commands, options and formats.
""",
    ),
}
"""Language → name of the page, locale, and how the page begins."""


def page(language: str) -> str:
    """The whole page."""
    _, locale, begin = PAGES[language]
    done = subprocess.run(  # noqa: S603
        [sys.executable, "-c", _PROGRAM],
        env=os.environ | {"LC_ALL": locale, "COLUMNS": "100"},
        capture_output=True,
        check=True,
        encoding="utf-8",
    )
    texts = done.stdout.split(_CUT)
    parts = [
        f"## casewright {command}".rstrip() + f"\n\n```text\n{text.rstrip()}\n```\n"
        for command, text in zip(("", *COMMANDS), texts, strict=False)
    ]
    return "\n".join([begin, *parts])


if __name__ == "__main__":
    for each, (name, _, _) in PAGES.items():
        (DOCS / name).write_text(page(each), encoding="utf-8")
