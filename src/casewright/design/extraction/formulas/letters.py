"""Formulas with letters: 'P · i / (1 - (1 + i)^-n), where P is the loan amount, n the term in months and i …'."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_LETTER = r"(?<![A-Za-z0-9_'])[A-Za-z](?![A-Za-z0-9_'])"
_SENTENCE = re.compile(r"[^;。]*?(?:[;。]|\.(?=\s|$)|$)")
_WHERE = r"\bwhere\b|\bin which\b|\bwith\b|其中|式中"
_FIRST_END = re.compile(rf"[;。]|\.(?=\s|$)|,(?!\d{{3}}(?!\d))|{_WHERE}", re.IGNORECASE)
_ITEM = re.compile(
    rf"(?P<before>^|[,、(]|\band\b|{_WHERE}|和|以?及)\s*(?:and\s+|{_WHERE})?\s*:?\s*(?P<letter>{_LETTER})"
    r"(?!\s*(?:(?:itself )?(?:is|are) not\b|(?:本身)?不))\s*(?P<verb>(?:is|are|stands for|denotes|means|represents)\b|=|:|为|是|表示|代表|指)?\s*",
    re.IGNORECASE,
)
_EXACT = (
    rf"(?P<letter>{_LETTER})\s*(?:(?:itself )?(?:is|are) not (?:to be )?rounded\b|"
    r"(?:本身)?不(?:作|做|进行|参与)?(?:四舍五入|取整|舍入))"
)
_NOT_ROUNDED = re.compile(
    rf"{_EXACT}\s*[,;。.]?\s*(?:(?:but )?(?:only )?the (?P<result>[A-Za-z ]+?) is,? (?=to the ))?",
    re.IGNORECASE,
)
"""'i is not rounded; the instalment is, to the nearest cent': the second half leaves out 'rounded'."""
_SUNK = re.compile(rf"[)\]]-(?={_LETTER})")
"""A superscript whose setting was lost looks so: (1 + i)-n."""


@dataclass(frozen=True)
class Lettered:
    """`letters`: what each stands for, as an expression, for those that were understood; `rest`: the text
    without their explanations."""

    letters: Mapping[str, str]
    rest: str


def read_letters(text: str, name: str, meaning: Callable[[str], str | None]) -> Lettered | None:
    """`text`: the words about the quantity `name`, its formula first; `meaning`: words → expression. None where
    no letter of the formula is explained."""
    end = _FIRST_END.search(text)
    if end is None:
        return None
    formula, behind = text[: end.start()], text[end.start() :]
    used = set(re.findall(_LETTER, formula))
    explained: dict[str, set[str | None]] = {}
    kept: list[str] = []
    for sentence in _SENTENCE.findall(behind):
        items = list(_items(sentence, used))
        for letter, words, _ in items:
            explained.setdefault(letter, set()).add(meaning(words))
        kept.append(sentence[: items[0][2]] + ";" if items else sentence)
    if not explained:
        return None
    rest = _NOT_ROUNDED.sub(lambda match: _elided(match, name, used), "".join(kept))
    if _SUNK.search(formula) or set(re.findall(_LETTER, rest)) & set(explained) or _alike(used):
        return Lettered({}, formula + rest)
    sure = {letter: next(iter(found)) for letter, found in explained.items() if len(found) == 1}
    letters = {letter: _whole(value) for letter, value in sure.items() if value is not None}
    return Lettered(letters, formula + rest)


def _items(sentence: str, used: set[str]) -> Iterator[tuple[str, str, int]]:
    """(letter, the words about it, where they begin) of a sentence that explains letters."""
    told = re.search(_WHERE, sentence, re.IGNORECASE) is not None
    starts = [
        match for match in _ITEM.finditer(sentence) if match["letter"] in used and (told or match["verb"])
    ]
    for at, match in enumerate(starts):
        end = starts[at + 1].start() if at + 1 < len(starts) else len(sentence)
        yield match["letter"], sentence[match.end() : end].strip(" ,、;。."), match.start()


def _elided(match: re.Match[str], name: str, used: set[str]) -> str:
    result = (match["result"] or "").strip().lower()
    if match["letter"] not in used:
        return match[0]
    if not result:
        return ";"
    own = f" {name}".lower().endswith(f" {result}") or result == "result"
    return "; rounded " if own else f"; the {result} is "


def _alike(used: set[str]) -> bool:
    """Names are told apart by more than a capital; so must letters be."""
    return len({letter.lower() for letter in used}) < len(used)


def _whole(expression: str) -> str:
    return f"({expression})" if re.search(r" [*/+-] ", expression) else expression
