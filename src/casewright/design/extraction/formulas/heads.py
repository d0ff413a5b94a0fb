"""Where a document says what a quantity is: 'NAME = …', a bold name with its words, 'the **total** (a minus b)'."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from casewright.design.extraction.text.passages import Passage, plain
from casewright.design.extraction.text.words import CHINESE, fold, mentions, normalise

_NUMBERED = re.compile(
    r"^\s*(?:[-•·>]\s*)?(?:[A-Z]{1,4}-?\d+(?:\.\d+)*\s+(?=\D))?(?:\(?(?:\d+(?:\.\d+)*|[a-z])\)?[.、)]?\s+(?=\D)|\(\w\)\s*)?"
)
_EQUALS = re.compile(r"^(?P<before>[^=]{1,80}?)\s*=\s*(?![=>])(?P<rest>.+)$", re.DOTALL)
_BOLD = re.compile(
    "^(?P<before>[^\ue000]{0,20})\ue000(?P<name>[^\ue001]{1,40})\ue001\\s*(?:[:=]|-(?=\\s))\\s*(?P<rest>.+)$",
    re.DOTALL,
)
_BRACKETED = re.compile(
    "(?:\ue000(?P<strong>[^\ue001]{1,40})\ue001|(?:the )(?P<said>[a-z][a-z ]{2,30}?))\\s*\\((?P<rest>[^()]*(?:\\([^()]*\\)[^()]*)*)\\)"
)
_OPERATOR = re.compile(
    r"[×*·+÷/]|\s-\s|\b(?:times|plus|minus|multiplied|divided)\b|减去|乘以|除以|加上", re.IGNORECASE
)
_NO_NAME = re.compile(
    r"\d|[<>×*+?!%/|]|\b(?:is|are|if|when|must|where|so|and|or)\b|如果|若|须|不得|必须|^当(?![日前月年期天次地])|^for\b",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(
    "^[\ue000-\ue003\\s>]*(?:计算示例|示例|算例|举例|例\\d*|计算举例|worked example|examples?\\b)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Head:
    """A sentence that says what a quantity is. `rest` has the words behind its name, to where the next begins."""

    name: str
    context: str
    """The words before the name: they may say for which case this holds."""
    rest: str
    passage: Passage
    certain: bool
    """False for 'NAME is …' and a bold name with words: only a definition if the words are an amount."""
    sentences: tuple[str, ...] = ()
    """The sentences, as they are in the passage, out of which `rest` is made."""


def is_example(passage: Passage) -> bool:
    return _EXAMPLE.match(passage.marked) is not None


def heads_in(passages: Sequence[Passage], wanted: Collection[str]) -> Iterator[Head]:
    """`wanted` are names that other formulas use, and outputs: of those a plain 'NAME 8 元' counts too."""
    known = {fold(name): name for name in wanted}
    for passage in passages:
        if passage.table is None and not passage.skipped and not is_example(passage):
            yield from _heads_of(passage, known)


def _heads_of(passage: Passage, known: dict[str, str]) -> Iterator[Head]:
    name, context, words, certain = "", "", [""], False
    taken: list[str] = []
    for sentence in passage.sentences:
        found = _equation(sentence) or _described(sentence) or _said(plain(sentence), known)
        if found:
            if name:
                yield Head(name, context, "".join(words), passage, certain, tuple(taken))
            name, context, rest, certain = found
            words, taken = [rest], [sentence]
        elif name and not _EXAMPLE.match(sentence):
            words.append(_and(words) + plain(sentence))
            taken.append(sentence)
        if not found:
            yield from _bracketed(sentence, passage)
    if name:
        yield Head(name, context, "".join(words), passage, certain, tuple(taken))


def _and(words: Sequence[str]) -> str:
    return " " if words[-1].rstrip().endswith(("。", ";", ".", "\n")) else ";"


def _equation(sentence: str) -> tuple[str, str, str, bool] | None:
    match = _EQUALS.match(plain(sentence))
    if match is None:
        return None
    before = _NUMBERED.sub("", match["before"])
    context, _, name = before.rpartition(":") if ":" in before else before.rpartition(",")
    name = _bare(name)
    if not is_name(name):
        return None
    return name, context, match["rest"], True


def _described(sentence: str) -> tuple[str, str, str, bool] | None:
    match = _BOLD.match(sentence)
    if match is None or not is_name(_bare(match["name"])):
        return None
    return _bare(match["name"]), match["before"], plain(match["rest"]), False


def _said(sentence: str, known: dict[str, str]) -> tuple[str, str, str, bool] | None:
    """'The NAME is …', 'NAME 8 元' of a name that is known to be a quantity."""
    text = _NUMBERED.sub("", sentence)
    starts = re.match(r"(?:the |an? )?", text, re.IGNORECASE)
    at = starts.end() if starts else 0
    for name in sorted(known.values(), key=len, reverse=True):
        if text[at : at + len(name)].lower() == name.lower():
            tail = re.match(
                r"\s*(?:equals|amounts to|is calculated as|is worked out as|comes to|is|costs?|等于|为|是|按|:|(?=\s*[$€£¥]?\s*\d|每|首))\s*(?P<rest>.+)$",
                text[at + len(name) :],
                re.DOTALL | re.IGNORECASE,
            )
            return (name, "", tail["rest"], False) if tail else None
    return None


def _bracketed(sentence: str, passage: Passage) -> Iterator[Head]:
    for match in _BRACKETED.finditer(sentence):
        name = _bare(match["strong"] or "")
        if name and is_name(name) and _OPERATOR.search(match["rest"]):
            yield Head(name, "", plain(match["rest"]), passage, certain=True)


def _bare(name: str) -> str:
    text = re.sub(
        r"^(?:(?:the|an?)\s+|其中|即(?=\S))", "", plain(name).strip(" *“”\"'`>"), flags=re.IGNORECASE
    )
    return re.sub(r"^\d{1,2}\s+(?=\D)", "", normalise(text)).strip()


def is_name(text: str) -> bool:
    longest = 14 if CHINESE.search(text) else 40
    return 1 < len(text) <= longest and len(text.split()) <= 5 and not _NO_NAME.search(text)


def operands(text: str) -> list[str]:
    """The names that stand between the operators of a formula."""
    first = re.split(r"[,;。]|\.(?=\s|$)", text)[0]
    parts = re.split(_OPERATOR.pattern + r"|的(?=\s*\d)|\bof\b|[()]", first, flags=re.IGNORECASE)
    return [name for part in parts if is_name(name := _bare(part))]


def intro_of(table: Passage, passages: Sequence[Passage], at: int) -> str:
    """The sentence directly above a table."""
    if at and passages[at - 1].table is None and passages[at - 1].headings == table.headings:
        sentences = passages[at - 1].sentences
        return plain(sentences[-1]) if sentences else ""
    return ""


def tells(passage: Passage) -> bool:
    """Is it text about the behaviour, and no table?"""
    return passage.table is None and not passage.skipped and not is_example(passage)


def surely_mentions(text: str, name: str, longer: Sequence[str]) -> bool:
    """Does the text name the quantity, and not only another whose name holds it?"""
    for other in longer:
        if other != name and name.lower() in other.lower():
            text = re.sub(re.escape(other), " ", text, flags=re.IGNORECASE)
    return mentions(text, name)
