"""Texts of strangers made fit for a terminal: a document must not move its cursor or change its colours."""

from __future__ import annotations


def printable(text: str) -> str:
    """Line breaks and tabs stay; any other control character becomes U+FFFD."""
    return "".join(each if each.isprintable() or each in "\n\t\u3000\u00a0" else "\ufffd" for each in text)


def one_line(text: str) -> str:
    return " ".join(printable(text).split())


def cut(text: str, longest: int) -> str:
    """`text` on one line of at most `longest` characters."""
    line = one_line(text)
    return line if len(line) <= longest else f"{line[: longest - 1]}…"
