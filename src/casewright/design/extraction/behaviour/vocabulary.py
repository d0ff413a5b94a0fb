"""Who acts and in which states the thing is: the roles and states that a document names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casewright.design.extraction.behaviour.state_words import listed_actors, listed_states
from casewright.design.extraction.behaviour.use_case_reading import read_use_cases
from casewright.design.extraction.text.listing import cell_states, names_in, split_list
from casewright.design.extraction.text.passages import SLANTED, STRONG, Passage, plain
from casewright.design.extraction.text.tables import Column, TableKind
from casewright.design.extraction.text.words import CHINESE, fold

_STATE_LIST = re.compile(
    r"(?:状态|states?)\s*(?:有|包括|包含|分为|共|are|:|为)\s*(?P<list>[^。;(]{4,})", re.IGNORECASE
)
_STATE_TALK = re.compile(r"\bstates?\b|at the beginning|later it is|状态", re.IGNORECASE)
_ROLE_TALK = re.compile(
    r"角色\s*(?::|有|包括|分为|为)|\broles? (?:are|is)\b|\bin the role\b|^roles?\s*:|people involved|^actors?\s*:|用户类型",
    re.IGNORECASE,
)
_ROLE_LIST = re.compile(
    r"(?:(?:角色|用户类型)\s*(?:有|包括|分为|:)|\broles\s*(?:are(?: the)?\b|include\b|:)|\brole\s*(?::|is one of))\s*(?P<list>[^。;(.]+)|"
    r"\b(?:used by|users are|works with|knows(?: the)?(?: \w+)? roles)\s*:?\s*(?P<of>[^。;(.]+?(?:,| and | or )[^。;(.]+)",
    re.IGNORECASE,
)
_NOT_A_NAME = re.compile(r"[。;:!?]|\d{3}|\b(?:is|are|the)\b", re.IGNORECASE)


@dataclass
class Vocabulary:
    """Names as the document writes them, with the items that say so."""

    roles: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    states: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    initial: str | None = None

    def add(self, to: dict[str, tuple[str, ...]], names: Iterable[str], ids: tuple[str, ...]) -> None:
        known = {fold(name) for name in to}
        for name in names:
            if fold(name) and fold(name) not in known:
                known.add(fold(name))
                to[name] = ids

    def states_in(self, text: str) -> list[str]:
        return names_in(text, self.states)

    def roles_in(self, text: str) -> list[str]:
        return names_in(text, self.roles)


def read_vocabulary(passages: Sequence[Passage]) -> Vocabulary:
    words = Vocabulary()
    for passage in passages:
        _from_table(words, passage)
        words.add(words.roles, listed_actors(passage), passage.ids)
        for name, ids in listed_states(passage):
            words.add(words.states, [name], ids)
    for case in read_use_cases(passages):
        words.add(words.roles, case.actors, case.ids)
    for passage in passages:
        if passage.table is None:
            _roles_from_text(words, passage)
            _states_from_text(words, passage)
    words.initial = _initial_state(passages, words)
    return words


def _from_table(words: Vocabulary, passage: Passage) -> None:
    table = passage.table
    if table is None:
        return
    for number, row in enumerate(table.rows):
        ids = passage.row_ids(number + table.header_rows)
        if table.kind is TableKind.TRANSITIONS:
            states = split_list(table.cell(row, Column.STATE))
            states += [name for name in split_list(table.cell(row, Column.NEXT_STATE)) if _short(name)]
            words.add(words.states, states, ids)
            words.add(words.roles, split_list(table.cell(row, Column.ROLE)), ids)
        elif table.kind is TableKind.STATES:
            words.add(words.states, split_list(row[0]), ids)
        elif table.kind is TableKind.PERMISSIONS:
            words.add(words.roles, table.headers[1:], passage.ids)
            words.add(words.states, (name for cell in row[1:] for name in cell_states(cell)), ids)


def _short(name: str) -> bool:
    limit = 8 if CHINESE.search(name) else 24
    return 1 < len(name) <= limit and not re.search(r"同上|下一|as above|same|则|按", name)


def _roles_from_text(words: Vocabulary, passage: Passage) -> None:
    whole = (
        [passage.marked]
        if re.search(r"(?:角色|people involved|roles?)\s*:", passage.text, re.IGNORECASE)
        else []
    )
    for sentence in whole or passage.sentences:
        strong = [name for name in STRONG.findall(sentence) if _short_name(name)]
        text = plain(sentence)
        match = _ROLE_LIST.search(text)
        if match and len(strong) < 2:
            listed = [_bare(name) for name in split_list(match["list"] or match["of"])]
            words.add(words.roles, [name for name in listed if _short_name(name)], passage.ids)
        elif _ROLE_TALK.search(text) and strong:
            names = [name for name in strong if not _ROLE_TALK.search(f"{name}:")]
            words.add(words.roles, names, passage.ids)


def _bare(name: str) -> str:
    """'the facility managers' → facility manager"""
    text = re.sub(r"^(?:an?|the)\s+", "", name.strip(), flags=re.IGNORECASE)
    return text if CHINESE.search(text) else re.sub(r"(?<=[a-rt-z])s$", "", text)


def _short_name(name: str) -> bool:
    return _short(name) and not _NOT_A_NAME.search(name)


def _states_from_text(words: Vocabulary, passage: Passage) -> None:
    text = passage.text
    for match in _STATE_LIST.finditer(text):
        quoted = re.findall(r"[「“]([^」”]+)[」”]", match["list"])
        names = quoted or [re.sub(r"\(.*", "", name) for name in split_list(match["list"])]
        if len(names) > 1 and all(_short_name(name) for name in names):
            words.add(words.states, names, passage.ids)
    slanted = [name for name in SLANTED.findall(passage.marked) if _short(name)]
    if len(slanted) >= 3 and _STATE_TALK.search(text):
        words.add(words.states, slanted, passage.ids)


def _initial_state(passages: Sequence[Passage], words: Vocabulary) -> str | None:
    if not words.states:
        return None
    names = "|".join(re.escape(name) for name in sorted(words.states, key=len, reverse=True))
    pattern = re.compile(
        rf"(?:初始(?:状态)?(?:为|是)|新[^,。;「“]{{0,8}}(?:为|是)|at the beginning (?:there|it) is|we say|initially"
        rf"|a new [\w ]+? (?:is in the state|is in)|initial state(?: is)?:?|status of a new [\w ]+? is|(?:账户|会话|用户)(?:建立|创建|注册|开通|开户)时[^,。;“]{{0,6}}(?:为|是)|starts (?:out )?(?:as|in))"
        rf"\s*[「“\"]?(?P<state>{names})",
        re.IGNORECASE,
    )
    for text in _texts(passages):
        match = pattern.search(text)
        if match:
            return next(name for name in words.states if fold(name) == fold(match["state"]))
    return None


def _texts(passages: Sequence[Passage]) -> Iterator[str]:
    yield from (passage.text for passage in passages if passage.table is None)
