"""Says what is wrong with a command line, in the user's language."""

from __future__ import annotations

import re
from typing import Protocol, cast, runtime_checkable

import typer

from casewright.cli.ending import say, say_error
from casewright.cli.exits import Exit
from casewright.cli.languages import Language, Phrase

_HELP = Phrase("用法见：{command} --help", "See: {command} --help")
_NOISE = re.compile(r"(?<=: )Value error, ")

_IN_CHINESE: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"Missing argument '(.+?)'\."), r"缺少参数 \1。"),
    (re.compile(r"Option '(.+)' requires an argument\."), r"选项 \1 后面缺少值。"),
    (re.compile(r"No such option: (\S+) \(Possible options: (.+)\)"), r"没有选项 \1。您是不是想写 \2？"),
    (re.compile(r"No such option: (\S+)"), r"没有选项 \1。"),
    (re.compile(r"No such command '(.+?)'\. Did you mean '(.+)'\?"), r"没有命令 \1。您是不是想写 \2？"),
    (re.compile(r"No such command '(.+?)'\."), r"没有命令 \1。"),
    (re.compile(r"Got unexpected extra argument\S* \((.+)\)"), r"多出了参数：\1。"),
    (re.compile(r"Invalid value for (.+): ('.*') is not one of (.+)\."), r"\1 的值 \2 不对，可以是：\3。"),
    (re.compile(r"Invalid value for (.+?): (.+)", re.DOTALL), r"\1 的值不对：\2"),
)
"""Typer has its messages in English only. What is not here is told as it is."""


@runtime_checkable
class _UsageError(Protocol):
    """What Typer raises when a command line makes no sense. Its classes have no public names."""

    exit_code: int

    def format_message(self) -> str: ...


def end_of_usage_error(error: Exception, language: Language) -> Exit:
    """Tells what is wrong with the command line; raises `error` again if that isn't what it is about."""
    if not isinstance(error, _UsageError):
        raise error
    message = _NOISE.sub("", error.format_message())
    say_error(_in_chinese(message) if language == "zh" else message, language)
    context = cast("typer.Context | None", getattr(error, "ctx", None))
    say(_HELP.text(language, command=context.command_path if context else "casewright"))
    return Exit.USAGE


def _in_chinese(message: str) -> str:
    for pattern, chinese in _IN_CHINESE:
        if match := pattern.fullmatch(message):
            return match.expand(chinese)
    return message
