"""Length and pattern of a text that was sent, where spaces and rare characters may be counted either way."""

from __future__ import annotations

import unicodedata

from casewright.design.expressions.values import UNKNOWN, Value
from casewright.design.kinds import BREAKS_RULE, VALID, Verdicts
from casewright.design.model.schema import Input, Length
from casewright.design.patterns import matches

SPACE = " "


def blank(text: str) -> bool:
    return not text.strip()


def text_verdicts(declaration: Input, text: str, bounds: Length | None = None) -> Verdicts:
    """VALID or BREAKS_RULE; both where systems that follow the document may differ. `bounds`: of the length,
    where they aren't simply those of the declaration."""
    readings = _readings(declaration, text)
    length = bounds or declaration.length
    fits = {_fits(declaration, length, reading, count) for reading in readings for count in _lengths(reading)}
    if len(fits) == 2 or (True in fits and _odd(text)):
        return VALID | BREAKS_RULE
    return VALID if True in fits else BREAKS_RULE


def certain_text(declaration: Input, text: str) -> Value:
    """The text as rules see it; UNKNOWN where it isn't told whether outer spaces belong to it."""
    readings = _readings(declaration, text)
    certain = len(readings) == 1 and len(_lengths(text)) == 1 and not blank(text)
    return readings.pop() if certain else UNKNOWN


def _readings(declaration: Input, text: str) -> set[str]:
    """The text as it may be taken: without its outer spaces if they don't count, or either way."""
    if declaration.trimmed == "yes":
        return {text.strip(SPACE), text.strip()}
    return {text, text.strip()}


def _lengths(text: str) -> set[int]:
    """In code points, in UTF-16 units, and without what combines with the character before it."""
    units = len(text.encode("utf-16-le", "surrogatepass")) // 2
    combined = sum(1 for character in text if unicodedata.category(character) in {"Mn", "Me", "Cf"})
    return {len(text), units, len(text) - combined}


def _odd(text: str) -> bool:
    """Control characters, halves of characters and unassigned ones are refused by many systems."""
    return any(unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} for character in text)


def _fits(declaration: Input, bounds: Length | None, text: str, length: int) -> bool:
    if bounds is not None:
        if bounds.least is not None and length < bounds.least:
            return False
        if bounds.most is not None and length > bounds.most:
            return False
    return declaration.pattern is None or matches(declaration.pattern, text)
