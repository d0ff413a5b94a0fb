"""States as lists name them, groups of states, and which states a phrase means ('不为“待支付”', 'a live ticket')."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.tables import Column, TableKind
from casewright.design.extraction.text.words import CHINESE, fold, mentions

_MEANS = re.compile(
    r"(?:状态)?(?:含义|说明|描述|备注|解释|意义)|meaning|description|explanation|notes?", re.IGNORECASE
)
_ONE_OF = re.compile(
    r"(?:\bstatus|\bstate|状态)\W{0,4}(?:is |为|取值为?)?(?:one of|any of|以下之一:)\s*(?P<list>[^.。;]+)",
    re.IGNORECASE,
)
_ACTORS = re.compile(
    r"^\W*(?:actors?|参与者|操作者|执行者)\W{0,2}\s*(?::|为|有|包括)\s*(?P<list>[^。;\n]+?)\.?(?:$|[。;\n])",
    re.IGNORECASE,
)
_GROUP_ZH = re.compile(
    r"(?P<list>[^。;,\n]{2,60}?)(?:统称|合称|均?称)(?:为|作)?\s*[“「](?P<name>[^”」]{1,12})[”」]"
)
_GROUP_EN = re.compile(
    r"^\W*(?P<name>[A-Z][\w ]{1,30}?)[^\w\s]?\s*(?::|means|is)\s*an? (?P<noun>[\w ]+?) (?:whose|with the|in the|that is in the)"
    r" (?:\w+ )?(?:status|state)(?: is)? (?P<list>[^.;]+)",
    re.IGNORECASE,
)
_SEPARATOR = re.compile(r"\s*(?:、|,|/|(?<!\w)(?:or|and)(?!\w)|或|和|及|与)\s*")
_NOT = re.compile(
    r"不(?:是|为|处于|在)|没有|(?<!\w)无(?=[“「])|非(?=[“「])|(?<!解)除|\bnot\b|\bno\b|\bneither\b|other than|except|without|unless",
    re.IGNORECASE,
)
_MARK = "\ue010"
_ONLY_ZH = re.compile(
    rf"^[^,;:\d{_MARK}]{{0,10}}?(?:当前|目前)?的?(?:状态)?(?:不为|不是|不处于|未处于|处于|非|没有|无|已有|存在|有|为|是|变为|变成|转为|改为|置为|更新为)"
    rf"\s*{_MARK}+(?:\s*(?:、|,|或者?|和|及)\s*{_MARK}+)*\s*(?:状态)?的?(?P<tail>[^,;:\d{_MARK}]{{0,6}})$"
)
_ONLY_EN = re.compile(
    rf"^(?:the |an? )?[\w ]{{2,30}}?\b(?:is|are|becomes|has the (?:status|state)|changes? to|set to)(?: (?:now|currently|set to))?(?: not| neither)?(?: in)?"
    rf"(?: (?:the )?(?:status|state))?(?: an?| the)?\s*{_MARK}+(?:\s*(?:,|,? (?:or|and|nor)) (?:an? )?{_MARK}+)*(?P<tail> ?\w*)$",
    re.IGNORECASE,
)
_THING = re.compile(r"(?P<zh>[\u3400-\u9fff]{1,8}?)的?状态|\b(?P<en>\w+) (?:status|state)\b", re.IGNORECASE)
_LONGEST = {True: 8, False: 24}


def split_names(text: str) -> list[str]:
    parts = _SEPARATOR.split(re.sub(r"\([^)]*\)", "", text))
    return [part.strip(" *`“”「」.\ue000\ue001") for part in parts if part.strip(" *`“”「」.\ue000\ue001")]


def _names(texts: Sequence[str]) -> list[str]:
    """The texts, if each can be a name."""
    fits = all(
        not text[:1].isdigit() and 1 < len(text) <= _LONGEST[bool(CHINESE.search(text))] for text in texts
    )
    return list(texts) if fits else []


def listed_states(passage: Passage) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The states of a table 'state | meaning' or of a sentence 'status: one of …', with the items that say so."""
    table = passage.table
    if table is None:
        for match in _ONE_OF.finditer(passage.text):
            yield from ((name, passage.ids) for name in _names(split_names(match["list"])))
        return
    explains = any(_MEANS.fullmatch(header.strip()) for header in table.headers)
    if table.kind is TableKind.LOOKUP and table.has(Column.STATE) and explains:
        for number, row in enumerate(table.rows):
            for name in _names([table.cell(row, Column.STATE).strip("“”「」")]):
                yield name, passage.row_ids(number + table.header_rows)


def listed_actors(passage: Passage) -> list[str]:
    """'**Actors**: Passenger, Agent (counter and call centre)'."""
    match = _ACTORS.search(passage.text) if passage.table is None else None
    return _names(split_names(match["list"])) if match else []


@dataclass(frozen=True)
class StateWords:
    """`states`: all of them; `groups`: a word for several → those."""

    states: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    things: str = ""
    """What the document says has a state: '预约单', 'ticket'."""

    def meant(self, text: str) -> tuple[str, ...] | None:
        """The states that a phrase allows; None where it names none, or in a way that was not understood.

        Everything named counts together; a negation in front of the names turns it around.
        """
        found = [*self._named(text)]
        if not found:
            return None
        rest = _without(text, [span for span, _ in found])
        named = {state for _, states in found for state in states}
        negations = list(_NOT.finditer(rest))
        if not negations:
            return tuple(state for state in self.states if state in named)
        if len(negations) > 1 or negations[0].start() > found[0][0][0]:
            return None
        return tuple(state for state in self.states if state not in named)

    def of_groups(self, text: str) -> tuple[str, ...]:
        """The states of the groups that a phrase names: 'an exchange of a live ticket'."""
        return next((states for name, states in self.groups.items() if mentions(text, name)), ())

    def only(self, text: str) -> tuple[str, ...] | None:
        """The same for a text that speaks of nothing but the state: '预约单不为“待支付”', 'the status is Paid'."""
        spans = [span for span, _ in self._named(text)]
        rest = re.sub(r"[“”「」\"*']|[.。;]\s*$", "", _without(text, spans))
        match = _ONLY_ZH.match(rest) or _ONLY_EN.match(rest)
        tail = match["tail"].strip() if match else ""
        return self.meant(text) if match and (not tail or tail in self.things) else None

    def _named(self, text: str) -> Iterator[tuple[tuple[int, int], tuple[str, ...]]]:
        words = {**{state: (state,) for state in self.states}, **self.groups}
        longest = sorted(words, key=len, reverse=True)
        pattern = "|".join(
            re.escape(word) if CHINESE.search(word) else rf"\b{re.escape(word)}\b" for word in longest
        )
        by_fold = {fold(word): meaning for word, meaning in words.items()}
        for match in re.finditer(pattern or "(?!)", text, re.IGNORECASE):
            yield match.span(), by_fold[fold(match[0])]


def _without(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """The text with a mark in place of each span, as long as the span was."""
    for start, end in spans:
        text = text[:start] + _MARK * (end - start) + text[end:]
    return text


def read_state_words(passages: Sequence[Passage], states: Sequence[str]) -> StateWords:
    groups: dict[str, tuple[str, ...]] = {}
    codes = dict(_codes(passages))
    for passage in passages:
        if passage.table is not None:
            continue
        for sentence in re.split(r"(?<=[。;\n])", passage.text):
            for match in (_GROUP_ZH.search(sentence), _GROUP_EN.search(sentence)):
                members = _members(match["list"], states, codes) if match else ()
                if match and members:
                    groups[match["name"].strip()] = members
    things = " ".join(match["zh"] or match["en"] for each in passages for match in _THING.finditer(each.text))
    return StateWords(tuple(states), groups, things)


def _codes(passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    """'S1' → the state of that row."""
    for passage in passages:
        table = passage.table
        if table is not None and any(True for _ in listed_states(passage)) and table.has(Column.ORDER):
            yield from (
                (fold(table.cell(row, Column.ORDER)), table.cell(row, Column.STATE)) for row in table.rows
            )


def _members(text: str, states: Sequence[str], codes: Mapping[str, str]) -> tuple[str, ...]:
    """The states of a list; empty if one of its names is not known."""
    by_fold = {**{fold(state): state for state in states}, **codes}
    found = [by_fold.get(fold(name)) for name in split_names(text)]
    return tuple(name for name in found if name) if all(found) else ()
