"""Powers in formulas as documents write them, in one spelling: (1 + i)⁻ⁿ, (1 + i)**-n, (1+i)的n次方 → (1 + i)^-n."""

from __future__ import annotations

import re
from dataclasses import replace

from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.words import normalise

_SIGNS = "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿⁱᵏᵗᵐ"
_RAISED = re.compile(rf"(?<=[)）\]\d])[{_SIGNS}]+|[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]*[ⁿⁱᵏᵗᵐ]+")
"""Not the ² of m²: a power stands behind a bracket or digit, or is a letter."""
_EMPHASIS = frozenset("\ue000\ue001\ue002\ue003`")
_SPELLINGS = (
    (re.compile("`"), ""),
    (re.compile(r"\s*\*\*\s*"), "^"),
    (re.compile(r"\^\s*\{([^{}]*)\}"), r"^(\1)"),
    (re.compile(r"\s*\bto the power of\s+", re.IGNORECASE), "^"),
    (re.compile(r"\s*的\s*(-?)\s*([A-Za-z]|\d+)\s*次[方幂]"), r"^\1\2"),
    (re.compile(r"\s*的负\s*([A-Za-z]|\d+)\s*次[方幂]"), r"^-\1"),
)


def with_raised(passage: Passage) -> Passage:
    """The passage with `^` before its superscripts, which normalising has brought down to the line."""
    text, marked = passage.block.text, passage.marked
    for match in reversed(list(_RAISED.finditer(text))):
        at = _beginning(marked, normalise(text[match.start() :]))
        marked = f"{marked[:at]}^{marked[at:]}"
        text = f"{text[: match.start()]}^{text[match.start() :]}"
    if marked == passage.marked:
        return passage
    return replace(passage, marked=marked, text=re.sub("[\ue000-\ue003]", "", marked))


def _beginning(marked: str, tail: str) -> int:
    """Where in `marked`, which has spaces and emphasis of its own, the characters of its end `tail` begin."""
    left = sum(map(_counts, tail))
    at = len(marked)
    while left:
        at -= 1
        left -= _counts(marked[at])
    return at


def _counts(char: str) -> bool:
    return not char.isspace() and char not in _EMPHASIS


def spelled(text: str) -> str:
    for pattern, spelling in _SPELLINGS:
        text = pattern.sub(spelling, text)
    return text
