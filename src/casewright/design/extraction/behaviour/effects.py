"""What an operation does to the state, told by tables and sentences; `unknown` where the words don't settle it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casewright.design.extraction.behaviour.ears import ears_states
from casewright.design.extraction.behaviour.naming import Homes, Names, Operation
from casewright.design.extraction.behaviour.permissions import Permissions
from casewright.design.extraction.behaviour.use_cases import use_case_states
from casewright.design.extraction.behaviour.vocabulary import Vocabulary
from casewright.design.extraction.text.passages import Passage, plain
from casewright.design.extraction.text.words import UNKNOWN

_BECOMES = (
    r"(?:变为|变成|成为|转为|记为|订单为|状态(?:是|为|变为)|进入|→|->|"
    r"\b(?:state is|is then|becomes?|turns? (?:it )?into|leads? to|starts? as|goes straight to|moves? (?:it )?to|sends? it to|is now|"
    r"makes? the \w+|sets? it to|puts? it (?:in|into)|changes? to))\s*(?:a |an |the )?[“「\"*]*\s*"
)
_IF = re.compile(
    r"如果|若|当|仅|否则|除|时[,，]|\b(?:if|when|while|unless|otherwise|except|after|up to|above|over|only)\b|\d",
    re.IGNORECASE,
)
_IF_BEHIND = re.compile(r"[”」\"*]*\s*(?:,\s*)?(?:if|when|unless|as long as|only)\b", re.IGNORECASE)
_PAIR = r"[「“\"](?P<a>{names})[」”\"]\s*(?:→|->|变为)\s*[「“\"](?P<b>{names})[」”\"]"


_READS = re.compile(
    r"^(?:查询|查看|试算|计算|搜索|浏览)|^(?:view|show|get|list|search|calculate|look|check|quote)\b",
    re.IGNORECASE,
)
_KEEPS = re.compile(r"不(?:改变|影响)[^。]{0,8}状态|(?:not|never) chang\w* the state", re.IGNORECASE)


class Effects:
    """The sentences that speak of each operation, found in one walk: those it leads, and those of its section
    that no other leads."""

    def __init__(self, operations: Sequence[Operation], passages: Sequence[Passage]) -> None:
        self._texts: dict[str, list[str]] = {}
        self._keeping: set[str] = set()
        self._told: dict[str, str | None] | None = None
        self._operations, self._passages = operations, passages
        names, homes = Names(operation.name for operation in operations), Homes(operations)
        for passage in passages:
            if passage.table is None and not passage.skipped:
                self._read(passage, names, homes)

    def _read(self, passage: Passage, names: Names, homes: Homes) -> None:
        current: list[str] = []
        for sentence in map(plain, passage.sentences):
            current = names.leading(sentence) or _started(sentence, names) or current
            for name in current or homes[passage]:
                self._texts.setdefault(name, []).append(sentence)
            keeps = _KEEPS.search(sentence)
            if keeps:
                listed = re.sub(r"以及|都|均|也", "、", sentence[: keeps.start()])
                self._keeping.update(names.in_list(listed))

    def _others_change(self, words: Vocabulary) -> bool:
        """Does the document say of other operations what they do to the state?"""
        becomes = re.compile(_BECOMES, re.IGNORECASE)
        return any(
            becomes.search(text) and words.states_in(text) for texts in self._texts.values() for text in texts
        )

    def state_after(self, operation: Operation, permissions: Permissions, words: Vocabulary) -> str | None:
        """The expression for the state afterwards; None if the operation leaves it as it is."""
        steps = permissions.next_states.get(operation.name)
        if steps:
            return _stepwise(steps)
        if self._told is None:
            self._told = ears_states(self._passages, self._operations, words)
            self._told |= use_case_states(self._passages, self._operations, words)
        if operation.name in self._told:
            return self._told[operation.name]
        texts = self._texts.get(operation.name, [])
        arrows = {**permissions.arrows.get(operation.name, {}), **_from_states(operation.name, texts, words)}
        if any(arrows.values()):
            return _stepwise(arrows)
        pairs: dict[str, str | None] = {
            match["a"]: match["b"] for text in texts for match in _pairs(text, words)
        }
        if pairs:
            return _stepwise(pairs)
        if _READS.search(operation.name) or operation.name in self._keeping:
            return None
        if (
            operation.home
            and texts
            and not any(words.states_in(text) for text in texts)
            and self._others_change(words)
        ):
            return None
        return _from_texts(texts, words)


def _from_states(name: str, texts: Sequence[str], words: Vocabulary) -> dict[str, str | None]:
    """'From Trialing, Payment due and Suspended, cancel leads to Cancelled at once.'"""
    found: dict[str, str | None] = {}
    for text in texts:
        match = re.match(
            rf"from (?P<states>.+?), {re.escape(name)} (?:leads|goes|moves|turns) (?:in)?to (?P<after>.+)",
            text,
            re.IGNORECASE,
        )
        after = words.states_in(match["after"]) if match else []
        for state in words.states_in(match["states"]) if match and len(after) == 1 else ():
            found[state] = after[0]
    return found


def _pairs(text: str, words: Vocabulary) -> Iterator[re.Match[str]]:
    alternatives = "|".join(re.escape(state) for state in words.states)
    return re.finditer(_PAIR.format(names=alternatives), text)


def _stepwise(steps: dict[str, str | None]) -> str:
    groups: dict[str | None, list[str]] = {}
    for before, after in steps.items():
        groups.setdefault(after, []).append(before)
    if len(groups) == 1:
        return next(iter(groups)) or UNKNOWN
    expression = UNKNOWN
    for after, before in groups.items():
        if after is not None:
            expression = f"{after} if state in [{', '.join(before)}] else ({expression})"
    return expression


def _from_texts(texts: Sequence[str], words: Vocabulary) -> str | None:
    alternatives = "|".join(re.escape(state) for state in sorted(words.states, key=len, reverse=True))
    becomes = re.compile(_BECOMES + rf"(?P<state>{alternatives})", re.IGNORECASE)
    sure: set[str] = set()
    doubtful = False
    for text in texts:
        for match in becomes.finditer(text):
            before = re.sub(r"^\W*[A-Z]+\d[\d.]*", "", text[: match.end()])
            if _IF.search(before) or _IF_BEHIND.match(text[match.end() :]):
                doubtful = True
            else:
                sure.add(next(name for name in words.states if name.lower() == match["state"].lower()))
    if len(sure) == 1 and not doubtful:
        return sure.pop()
    return UNKNOWN


def _started(sentence: str, names: Names) -> list[str]:
    start = sentence.lower().lstrip("-• ")[:24]
    return [name for name in names.in_text(start) if start.startswith(name.lower()[:4])]
