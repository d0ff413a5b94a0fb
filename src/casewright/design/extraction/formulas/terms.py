"""Arithmetic as documents write it, made into an expression of the model; None unless every word was used."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from casewright.design.extraction.formulas.amounts import DIGITS, UNITS, digits
from casewright.design.extraction.text.words import CHINESE

_OPERATORS = (
    (re.compile(r"\s*\^\s*"), "^"),
    (re.compile(r"\s*(?:×|\*|·|\bx\b(?=\s)|\btimes\b|\bmultiplied by\b|乘以|乘)\s*", re.IGNORECASE), "*"),
    (re.compile(r"\s*(?:÷|/|\bdivided by\b|除以)\s*", re.IGNORECASE), "/"),
    (re.compile(r"\s*(?:\+|\bplus\b|加上|加(?!收|权|倍))\s*", re.IGNORECASE), "+"),
    (re.compile(r"\s*(?:-|\bminus\b|\bless\b|减去|减(?!半|免))\s*", re.IGNORECASE), "-"),
    (re.compile(r"\s*的(?=\s*\d[\d.]*\s*[%倍])\s*"), "*"),
)
_OF = re.compile(r"\s*\bof\b\s*", re.IGNORECASE)
_FILLER = re.compile(r"(?:\s|[“”\"「」']|\b(?:the|a|an|this|that)\b|其|该|本次|本单|此)+", re.IGNORECASE)
_NUMBER = re.compile(rf"[$€£¥]?\s*(?P<n>{DIGITS})\s*(?P<percent>%)?\s*(?:{UNITS})?(?![\d\w.])", re.IGNORECASE)
_CHINESE_NUMBER = re.compile(rf"[$€£¥]?\s*(?P<n>{DIGITS})\s*(?P<percent>%)?\s*(?:{UNITS})?", re.IGNORECASE)
_RUN = re.compile(r"[A-Za-z][A-Za-z' ]*[A-Za-z]|[\u3400-\u9fff]{2,}")
_END = re.compile(r"[\s“”\"「」'.。]*")


@dataclass(frozen=True)
class Scope:
    """What formulas may name: the words of the document → the expression for it."""

    names: Mapping[str, str]
    _memory: dict[str, str | None] = field(default_factory=dict[str, "str | None"])

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return name_pattern(self.names)

    @cached_property
    def _by_lower(self) -> dict[str, str]:
        return {name.lower(): expression for name, expression in self.names.items()}

    def at(self, text: str, position: int) -> tuple[str, int] | None:
        """The expression of the name that stands at `position`, and where it ends."""
        match = self._pattern.match(text, position)
        if match:
            return self._by_lower[match["name"].lower()], match.end()
        run = _RUN.match(text, position)
        if run is None:
            return None
        word = _without_words(run[0])
        known = self._short(word)
        return (known, position + len(word)) if known else None

    def _short(self, word: str) -> str | None:
        """'price' for 'Price per seat', '金额' for 转账金额: the beginning or end of one name only."""
        if word not in self._memory:
            low = word.lower()
            if CHINESE.search(word):
                fits = {self.names[name] for name in self.names if name.endswith(low)}
            else:
                fits = {
                    self.names[name]
                    for name in self.names
                    if len(low) > 3
                    and (name.lower().startswith(f"{low} ") or name.lower().endswith(f" {low}"))
                }
            self._memory[word] = fits.pop() if len(fits) == 1 else None
        return self._memory[word]


def _without_words(run: str) -> str:
    """A run of Latin words up to one that joins operands."""
    cut = re.search(r"\s+(?:minus|plus|times|less|of|divided|multiplied|x)\b", run, re.IGNORECASE)
    return run[: cut.start()] if cut else re.split(r"加上|减去|乘以|除以|的", run)[0]


def name_pattern(names: Iterable[str]) -> re.Pattern[str]:
    """Matches the longest of the names; Latin ones as whole words, with or without a plural."""
    longest = sorted(filter(None, names), key=len, reverse=True)
    either = [
        re.escape(name) if CHINESE.search(name) else rf"{re.escape(name)}(?=(?:e?s)?(?!\w))"
        for name in longest
    ]
    return re.compile(rf"(?P<name>{'|'.join(either) or '(?!)'})(?:(?<=[a-z])e?s(?!\w))?", re.IGNORECASE)


def arithmetic(text: str, scope: Scope) -> str | None:
    """'1.5 % of the loan amount' → '1.5% * loan amount'."""
    return _Reader(text.strip(), scope).whole()


class _Reader:
    def __init__(self, text: str, scope: Scope) -> None:
        self._text, self._scope = text, scope
        self._at = 0
        self._depth = 0
        self._percent = False
        self._out: list[str] = []

    def whole(self) -> str | None:
        while True:
            if not self._operand():
                return None
            self._close()
            if self._finished():
                return "".join(self._out) if not self._depth else None
            if not self._operator():
                return None

    def _finished(self) -> bool:
        end = _END.match(self._text, self._at)
        return end is not None and end.end() == len(self._text)

    def _skip(self) -> None:
        match = _FILLER.match(self._text, self._at)
        self._at = match.end() if match else self._at

    def _operand(self) -> bool:
        self._exponent_sign()
        self._skip()
        while self._at < len(self._text) and self._text[self._at] in "([":
            self._out.append("(")
            self._depth += 1
            self._at += 1
            self._skip()
            self._exponent_sign()
        self._percent = False
        found = self._scope.at(self._text, self._at)
        if found:
            expression, self._at = found
            self._out.append(expression)
            return True
        pattern = _CHINESE_NUMBER if CHINESE.search(self._text) else _NUMBER
        match = pattern.match(self._text, self._at)
        if match is None:
            return False
        self._percent = bool(match["percent"])
        self._out.append(digits(match["n"]) + ("%" if self._percent else ""))
        self._at = match.end()
        return True

    def _exponent_sign(self) -> None:
        """'^ -n' and '^(-n)': only there does an operand begin with a minus."""
        if (self._out[-1:] == [" ^ "] or self._out[-2:] == [" ^ ", "("]) and self._text.startswith(
            "-", self._at
        ):
            self._out.append("-")
            self._at += 1

    def _close(self) -> None:
        while True:
            end = re.compile(r"[\s“”\"「」']*[)\]]").match(self._text, self._at)
            if end is None or not self._depth:
                return
            self._out.append(")")
            self._depth -= 1
            self._at = end.end()

    def _operator(self) -> bool:
        quote = re.compile(r"[“”\"「」']*").match(self._text, self._at)
        at = quote.end() if quote else self._at
        of = _OF.match(self._text, at) if self._percent else None
        if of:
            self._out.append(" * ")
            self._at = of.end()
            return True
        for pattern, sign in _OPERATORS:
            match = pattern.match(self._text, at)
            if match and match[0]:
                self._out.append(f" {sign} ")
                self._at = match.end()
                return True
        return False
