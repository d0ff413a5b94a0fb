"""Refusals that can only come after an earlier success: 'already registered', '重复预约'."""

from __future__ import annotations

import re
from collections.abc import Iterable

from casewright.design.extraction.text.words import CHINESE

_AGAIN = re.compile(
    r"重复|用完|已[^售卖抢领,。;]完|再次|已(?:经)?(?:有|存在|达)|\bduplicates?\b|\boverlaps?\b|\bused before\b|\bexists\b|"
    r"\balready (?:has|have|had|exists?|there|in use|used|taken|registered)\b",
    re.IGNORECASE,
)
_ALREADY = re.compile(r"已(?!知|上)|\balready\b", re.IGNORECASE)
_FULL = re.compile(r"^(?:经)?(?:满|达|超|用)|^\s*(?:full|reached|complete)", re.IGNORECASE)
_BY_OTHERS = re.compile(
    r"他人|别人|其[他它]|另一|\b(?:others?|another|somebody|someone) ?(?:else|user|guest|customer|member|person)?\b",
    re.IGNORECASE,
)
_NEAR = 8
_NEAR_WORDS = 3


def comes_after(text: str, operations: Iterable[str]) -> bool:
    """Does it refuse only what one of the operations has brought about before? What others did, or what no operation
    does ('已下架'), may be so from the start."""
    if _BY_OTHERS.search(text):
        return False
    if _AGAIN.search(text):
        return True
    names = list(operations)
    return any(_done(text, match, names) for match in _ALREADY.finditer(text))


def _done(text: str, match: re.Match[str], operations: list[str]) -> bool:
    behind = text[match.end() :]
    said = text if _FULL.match(behind) else behind
    if CHINESE.search(match[0]):
        near = said if said is text else said[:_NEAR]
        return any(name[at : at + 2] in near for name in operations for at in range(len(name) - 1))
    words = [_stem(word) for word in re.findall(r"[a-z]+", said.lower())]
    stems = {
        _stem(word) for name in operations for word in re.findall(r"[a-z]+", name.lower()) if len(word) > 2
    }
    return bool(stems & set(words if said is text else words[: _NEAR_WORDS + 1]))


def _stem(word: str) -> str:
    """'scheduled', 'returning' → what they share with their verb."""
    return re.sub(r"(?:ing|ed|es|s|e)$", "", word)[:6]
