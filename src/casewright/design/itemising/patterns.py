"""Lists of phrases as regular expressions: one phrase a line, in English and in Chinese."""

from __future__ import annotations

import re


def either(lines: str) -> str:
    """An expression that matches any of the lines; each is an expression of its own."""
    return "|".join(line.strip() for line in lines.strip().splitlines())


def phrases(english: str, chinese: str) -> re.Pattern[str]:
    """Finds any of these, in English as whole words, whatever their case. A line that begins with '^'
    counts only at the beginning."""
    latin = "[A-Za-z0-9_]"
    return re.compile(rf"(?<!{latin})(?:{either(english)})(?!{latin})|(?:{either(chinese)})", re.IGNORECASE)


def names(english: str, chinese: str) -> re.Pattern[str]:
    """For `fullmatch`: a name that is one of these."""
    return re.compile(f"{either(english)}|{either(chinese)}", re.IGNORECASE)
