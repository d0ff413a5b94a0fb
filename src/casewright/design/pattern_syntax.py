"""Reads a pattern of `casewright.design.patterns` into what it is made of."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import Final

from casewright.design.cases import Words

MAX_CHARACTERS: Final = 1000
MAX_DEPTH: Final = 20
MAX_COUNT: Final = 1000

Range = tuple[str, str]
"""First and last character, both included."""

DIGITS: Final[tuple[Range, ...]] = (("0", "9"),)
WORD_CHARACTERS: Final[tuple[Range, ...]] = (("A", "Z"), ("a", "z"), ("0", "9"), ("_", "_"))
SPACES: Final[tuple[Range, ...]] = ((" ", " "), ("\t", "\t"))
_SHORTHANDS: Final = {"d": DIGITS, "w": WORD_CHARACTERS, "s": SPACES}


class PatternError(Exception):
    """`column` counts from 1 in the pattern."""

    def __init__(self, words: Words, column: int) -> None:
        self.words = words
        self.column = column
        super().__init__(self.message("en"))

    def message(self, language: str) -> str:
        """With the column, in `language` ('zh' or 'en')."""
        where = f"第 {self.column} 列，" if language == "zh" else f"Column {self.column}, "
        return where + self.words.text(language)


@dataclass(frozen=True, slots=True)
class Characters:
    """One character: in one of the ranges, or if `excluded` in none of them."""

    ranges: tuple[Range, ...]
    excluded: bool = False

    def __contains__(self, character: str) -> bool:
        return self.excluded != any(first <= character <= last for first, last in self.ranges)

    def sample(self, index: int) -> str | None:
        """One of the characters; different ones for different indices where there are several. None if there
        is none."""
        if not self.excluded:
            if not self.ranges:
                return None
            first, last = self.ranges[index % len(self.ranges)]
            return chr(ord(first) + (index + 1) % (ord(last) - ord(first) + 1))
        usual = [character for character in _USUAL if character in self]
        return usual[index % len(usual)] if usual else self._in_a_gap()

    def _in_a_gap(self) -> str | None:
        """The first character that lies in none of the ranges."""
        lowest = ord(" ")
        for first, last in sorted(self.ranges):
            if ord(first) > lowest:
                break
            lowest = max(lowest, ord(last) + 1)
        if 0xD800 <= lowest <= 0xDFFF:  # surrogates are no characters
            return Characters((*self.ranges, ("\ud800", "\udfff")), excluded=True)._in_a_gap()
        return chr(lowest) if lowest <= sys.maxunicode else None


@dataclass(frozen=True, slots=True)
class Sequence:
    parts: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Alternatives:
    options: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """`least` to `most` times, both included; None: no bound."""

    part: Pattern
    least: int
    most: int | None


Pattern = Characters | Sequence | Alternatives | Repeat
_USUAL: Final = "aB1中-_ !~"
_ANYTHING: Final = Characters((), excluded=True)


def read_pattern(text: str) -> Pattern:
    """Raises `PatternError`."""
    if len(text) > MAX_CHARACTERS:
        raise PatternError(
            Words(
                zh=f"模式超过 {MAX_CHARACTERS} 个字符。",
                en=f"the pattern is over {MAX_CHARACTERS} characters.",
            ),
            MAX_CHARACTERS + 1,
        )
    reader = _Reader(text)
    pattern = reader.alternatives(depth=0)
    if reader.at < len(reader.text):
        raise reader.fault("多了一个右括号。", "this closing bracket has no opening one.")
    return pattern


class _Reader:
    def __init__(self, text: str) -> None:
        self.text = text
        self.at: int = 0

    def fault(self, zh: str, en: str) -> PatternError:
        return PatternError(Words(zh=zh, en=en), self.at + 1)

    def alternatives(self, depth: int) -> Pattern:
        if depth > MAX_DEPTH:
            raise self.fault(
                f"分组嵌套超过 {MAX_DEPTH} 层。", f"groups are nested more than {MAX_DEPTH} deep."
            )
        options = [self._sequence(depth)]
        while self._take("|"):
            options.append(self._sequence(depth))
        return options[0] if len(options) == 1 else Alternatives(tuple(options))

    def _sequence(self, depth: int) -> Pattern:
        parts: list[Pattern] = []
        while self.at < len(self.text) and self._next() not in "|)":
            if self._is_anchor():
                self.at += 1
                continue
            parts.append(self._repeated(depth))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _is_anchor(self) -> bool:
        return (self._next() == "^" and self.at == 0) or (
            self._next() == "$" and self.at == len(self.text) - 1
        )

    def _repeated(self, depth: int) -> Pattern:
        part = self._one(depth)
        counts = self._counts()
        if counts is None:
            return part
        if self._next() in ("?", "*", "+", "{"):
            raise self.fault("一处只能写一个次数。", "only one count can stand in one place.")
        return Repeat(part, *counts)

    def _one(self, depth: int) -> Pattern:
        start = self._next()
        if start in ("?", "*", "+", "{"):
            raise self.fault("次数之前缺少要重复的内容。", "there is nothing before this count to repeat.")
        if start in ("^", "$", "}", "]"):
            raise self.fault(f"“{start}”前面要加反斜杠。", f"write a backslash before `{start}`.")
        self.at += 1
        match start:
            case "(":
                return self._group(depth)
            case "[":
                return self._class()
            case ".":
                return _ANYTHING
            case "\\":
                return Characters(self._escaped())
            case _:
                return Characters(((start, start),))

    def _group(self, depth: int) -> Pattern:
        opened = self.at
        if self._take("?") and not self._take(":"):
            raise self.fault("不支持这种分组。", "this kind of group is not supported.")
        inner = self.alternatives(depth + 1)
        if not self._take(")"):
            self.at = opened - 1
            raise self.fault("缺少右括号。", "this bracket is never closed.")
        return inner

    def _escaped(self) -> tuple[Range, ...]:
        """After a backslash."""
        if self.at == len(self.text):
            raise self.fault("反斜杠之后缺少字符。", "a character is missing after the backslash.")
        character = self._next()
        if character.isalnum() and character not in _SHORTHANDS:
            raise self.fault(f"不支持“\\{character}”。", f"`\\{character}` is not supported.")
        self.at += 1
        return _SHORTHANDS.get(character, ((character, character),))

    def _class(self) -> Pattern:
        opened = self.at
        excluded = self._take("^")
        ranges: list[Range] = []
        while not self._take("]"):
            if self.at == len(self.text):
                self.at = opened - 1
                raise self.fault("缺少“]”。", "`]` is missing.")
            ranges.extend(self._ranges())
        if not ranges:
            self.at = opened - 1
            raise self.fault("方括号内没有字符。", "there are no characters in the brackets.")
        characters = Characters(tuple(ranges), excluded)
        if characters.sample(0) is None:
            self.at = opened - 1
            raise self.fault("没有字符符合。", "no character fits.")
        return characters

    def _ranges(self) -> tuple[Range, ...]:
        first = self._class_member()
        if self._next() != "-" or self.text[self.at + 1 : self.at + 2] in ("]", ""):
            return first
        self.at += 1
        begin = self.at
        last = self._class_member()
        single = len(first) == len(last) == 1 and first[0][0] == first[0][1] and last[0][0] == last[0][1]
        if not single or first[0][0] > last[0][0]:
            self.at = begin - 1
            raise self.fault("字符范围应从小到大。", "a range goes from the lower to the higher character.")
        return ((first[0][0], last[0][0]),)

    def _class_member(self) -> tuple[Range, ...]:
        character = self._next()
        self.at += 1
        return self._escaped() if character == "\\" else ((character, character),)

    def _counts(self) -> tuple[int, int | None] | None:
        for sign, counts in (("?", (0, 1)), ("*", (0, None)), ("+", (1, None))):
            if self._take(sign):
                return counts
        if not self._take("{"):
            return None
        least = self._number()
        most: int | None = least
        if self._take(","):
            most = None if self._next() == "}" else self._number()
        if most is not None and most < least:
            raise self.fault("次数应从小到大。", "the second count must not be below the first.")
        if not self._take("}"):
            raise self.fault("缺少“}”。", "`}` is missing.")
        return least, most

    def _number(self) -> int:
        begin = self.at
        while self._next() in _DIGIT:
            self.at += 1
        digits = self.text[begin : self.at]
        if not digits or len(digits) > len(str(MAX_COUNT)) or int(digits) > MAX_COUNT:
            self.at = begin
            raise self.fault(
                f"这里应是 0 到 {MAX_COUNT} 的整数。", f"a number from 0 to {MAX_COUNT} is expected."
            )
        return int(digits)

    def _next(self) -> str:
        """The next character; empty at the end."""
        return self.text[self.at : self.at + 1]

    def _take(self, character: str) -> bool:
        if self._next() != character:
            return False
        self.at += 1
        return True


_DIGIT: Final = frozenset("0123456789")
