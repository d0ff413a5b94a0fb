"""What requirements in EARS phrases tell of operations: who and when, results, answers, and the table of errors."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from casewright.design.extraction.behaviour.ears_reading import (
    Phrase,
    Requirement,
    Section,
    read_requirements,
    read_sections,
    state_clause,
    who_starts,
)
from casewright.design.extraction.behaviour.naming import Homes, Operation
from casewright.design.extraction.behaviour.refusal import Refusal
from casewright.design.extraction.behaviour.state_words import StateWords, read_state_words, split_names
from casewright.design.extraction.behaviour.vocabulary import Vocabulary, read_vocabulary
from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.words import UNKNOWN, fold
from casewright.design.model.schema import ANY_STATE

_RETURNS = re.compile(
    r"(?:\breturn|\bshow|\bdisplay|返回|显示)\s+?(?P<en>[^.;]+)|(?:返回|给出)(?P<zh>[^。;,]+)", re.IGNORECASE
)
_OUTPUT = re.compile(r"[\u3400-\u9fff\w -]{2,30}")
_NO_OUTPUT = re.compile(r"error|message|\bone\b|only|提示|错误|信息$|页面", re.IGNORECASE)
_BECOMES = re.compile(
    r"\bset (?:the |its )?[\w ]*?(?:status|state)[\w ]*? to (?P<en>[^.;]+)|状态(?:置为|设置?为|改为|变为|更新为|转为)(?P<zh>[^。;,]+)",
    re.IGNORECASE,
)
_UNCHANGED = re.compile(
    r"(?:status|state) unchanged|not change the [\w ]*(?:status|state)|状态(?:保持)?不变|不改变[^。;,]{0,8}状态",
    re.IGNORECASE,
)
_REJECTS = re.compile(r"^(?:reject|refuse|deny|decline)\b|拒绝", re.IGNORECASE)
_MESSAGE = re.compile(r"[“\"「`](?P<text>[^”\"」`]{2,80})[”\"」`]")
_SEE = re.compile(
    r"^\W*(?:see|as in|according to|as stated in|详见|参见|见|按)\s*(?P<label>[A-Z][\w.-]*\d)\W*$",
    re.IGNORECASE,
)
_ACTOR = re.compile(r"\b(?:actor|caller)s?\b|参与者|操作者", re.IGNORECASE)
_STATE = re.compile(r"\b(?:status|state)\b[^.;]{0,30}\bnot\b|状态[^。;]{0,8}(?:不|未)", re.IGNORECASE)
_MISSING = re.compile(
    r"(?:mandatory|required|必填|必选)[^.;]*(?:missing|absent|empty|not (?:given|present)|缺|空|未)",
    re.IGNORECASE,
)
_MISFIT = re.compile(
    r"^(?:an?|any|some) (?:data )?(?:item|field|input|value)\b[^.;]*(?:type|outside|permitted|range)|^(?:任一|某个?|有)?(?:数据项|字段|输入项?)[^。;]*(?:类型|取值|范围)",
    re.IGNORECASE,
)


def ears_operations(passages: Sequence[Passage], words: Vocabulary) -> list[Operation]:
    found: list[Operation] = []
    for section in read_sections(passages, words):
        operation = Operation(section.name, section.ids)
        for each in section.requirements:
            for name in _outputs(each.shall) if each.phrase is not Phrase.IF else ():
                operation.outputs.setdefault(name, each.passage.ids)
        found.append(operation)
    return found


def _outputs(text: str) -> Iterator[str]:
    for match in _RETURNS.finditer(text):
        for part in split_names(match["en"] or match["zh"]):
            name = re.sub(r"^(?:.* as )?(?:the|an?|its) ", "", part, flags=re.IGNORECASE)
            if _OUTPUT.fullmatch(name) and not _NO_OUTPUT.search(name):
                yield name


def _sections(
    passages: Sequence[Passage], operations: Iterable[Operation], words: Vocabulary
) -> Iterator[tuple[Section, Operation]]:
    by_name = {fold(operation.name): operation for operation in operations}
    for section in read_sections(passages, words):
        if fold(section.name) in by_name:
            yield section, by_name[fold(section.name)]


def ears_rights(
    passages: Sequence[Passage], operations: Sequence[Operation], words: Vocabulary
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(operation, role, states) from 'When a Passenger requests … while the status is …'; an operation of which
    the states were not understood has none."""
    states = read_state_words(passages, tuple(words.states))
    for section, operation in _sections(passages, operations, words):
        told = [(who_starts(each, words), _states_of(each, states)) for each in section.triggers]
        if all(who and allowed for who, allowed in told):
            yield from ((operation.name, role, allowed or ()) for who, allowed in told for role in who)


def _states_of(trigger: Requirement, states: StateWords) -> tuple[str, ...] | None:
    clause = state_clause(trigger)
    if clause:
        return states.meant(clause)
    return states.of_groups(trigger.condition) or (ANY_STATE,)


def ears_states(
    passages: Sequence[Passage], operations: Sequence[Operation], words: Vocabulary
) -> dict[str, str | None]:
    """operation → the state after it; None: it stays as it was; `unknown` where that depends, or is not said."""
    return {
        operation.name: _after(section, tuple(words.states))
        for section, operation in _sections(passages, operations, words)
    }


def _after(section: Section, states: Sequence[str]) -> str | None:
    told: set[str] = set()
    for each in section.requirements:
        for match in _BECOMES.finditer(each.shall):
            said = (match["en"] or match["zh"]).strip(' “「"*')
            named = [state for state in states if said.lower().startswith(state.lower())]
            told.add(max(named, key=len) if named and each.phrase is not Phrase.IF else UNKNOWN)
    if not told and any(
        _UNCHANGED.search(each.shall) for each in section.requirements if each.phrase is not Phrase.IF
    ):
        return None
    return told.pop() if len(told) == 1 else UNKNOWN


def ears_refusals(
    passages: Sequence[Passage], operations: Sequence[Operation]
) -> dict[Passage, list[Refusal]]:
    """'If …, then the system shall reject the exchange with the message "…"' in the section of an operation."""
    homes = Homes(operations)
    found: dict[Passage, list[Refusal]] = {}
    for each in _rejecting(passages):
        message = _MESSAGE.search(each.shall)
        said = tuple(homes[each.passage])
        if message and said:
            refusal = Refusal(each.condition, (message["text"],), said, each.passage.ids, ordered=False)
            found.setdefault(each.passage, []).append(refusal)
    return found


def _rejecting(passages: Sequence[Passage]) -> list[Requirement]:
    return [
        each
        for each in read_requirements(passages)
        if each.phrase is Phrase.IF and _REJECTS.search(each.shall)
    ]


class ErrorTable:
    """Reads the rows of a table of errors whose conditions are general words or the labels of requirements."""

    def __init__(self, passages: Sequence[Passage], operations: Sequence[Operation]) -> None:
        self._operations = {each.name: each for each in operations}
        self._homes = Homes(operations)
        self._referred = {fold(each.label): each for each in _rejecting(passages) if each.label}
        self._applies = bool(read_sections(passages, read_vocabulary(passages)))

    def read(self, rows: Iterable[Refusal]) -> Iterator[Refusal]:
        """The same refusals in the words that `conditions` reads, split by operation where that matters."""
        missing_told = False
        for row in rows:
            if not self._applies:
                yield row
            elif see := _SEE.match(row.condition):
                yield self._refers(row, see["label"])
            elif _ACTOR.search(row.condition):
                yield replace(row, condition=_ACTOR.sub("role", row.condition))
            elif _STATE.search(row.condition):
                yield replace(row, condition="the state does not permit it")
            elif _MISSING.search(row.condition):
                missing_told = True
                yield from self._missing(row)
            elif _MISFIT.search(row.condition) and missing_told:
                yield replace(row, condition="any field of the wrong kind or out of the range")
            else:
                yield row

    def _refers(self, row: Refusal, label: str) -> Refusal:
        requirement = self._referred.get(fold(label))
        if requirement is None:
            return row
        said = tuple(self._homes[requirement.passage])
        ids = tuple(dict.fromkeys((*requirement.passage.ids, *row.ids)))
        return replace(row, condition=requirement.condition, operations=said, ids=ids)

    def _missing(self, row: Refusal) -> Iterator[Refusal]:
        """One for each operation that names its mandatory inputs; where one is mandatory on a condition, its words
        stay and are not understood."""
        for name in row.operations or self._operations:
            fields = self._operations[name].fields.values()
            mandatory = [one.name for one in fields if (one.required or one.rules.required) == "yes"]
            if any((one.required or one.rules.required) not in {"yes", "no"} for one in fields):
                yield replace(row, operations=(name,))
            elif mandatory:
                yield replace(row, condition=f"{', '.join(mandatory)} missing", operations=(name,))
