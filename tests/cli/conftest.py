"""Runs command lines as a user would, and documents that are quick to write."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from casewright.cli.main import main

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "examples"

ENGLISH = """# Guest book

## 1 Leaving a message
To *leave a message*, a visitor sends:

| Field | Content | Needed? |
| --- | --- | --- |
| **nickname** | 2 to 12 characters | always |
| **age** | a whole number from 14 to 99 | always |
| **message** | at most 80 characters | optional |

The request is rejected in these cases. The first that applies is the one reported.

| Case | Message |
| --- | --- |
| nickname missing or malformed | `Please give a nickname.` |
| age missing or malformed | `Please give your age.` |
| message malformed | `Your message is too long.` |
"""

CHINESE = """# 留言簿

## 1 提交留言
访客执行“提交留言”时填写：

| 字段 | 必填 | 要求 |
| --- | --- | --- |
| **昵称** | 是 | 文本，2～12 个字 |
| **年龄** | 是 | 整数，14～99 |
| **内容** | 否 | 文本，不超过 80 个字 |

按下表自上而下校验，只返回第一条**提示**：

| 次序 | 情形 | 提示 |
| --- | --- | --- |
| 1 | 必填项缺失、类型不对、超出可选值或不合要求 | 请检查填写内容 |
"""


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command line ended."""

    code: int
    out: bytes
    err: str

    @property
    def text(self) -> str:
        return self.out.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Casewright = Callable[..., Ended]


@pytest.fixture
def casewright(
    capsysbinary: pytest.CaptureFixture[bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Casewright:
    """Runs a command line in a folder of its own, in an English locale."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")

    def run(*arguments: str | Path) -> Ended:
        code = main([str(argument) for argument in arguments])
        captured = capsysbinary.readouterr()
        return Ended(code, captured.out, captured.err.decode())

    return run


@pytest.fixture
def english(tmp_path: Path) -> Path:
    return _written(tmp_path / "guest book.md", ENGLISH)


@pytest.fixture
def chinese(tmp_path: Path) -> Path:
    return _written(tmp_path / "留言簿.md", CHINESE)


def _written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path
