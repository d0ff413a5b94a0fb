"""Who may do what in which states: from matrices, transition tables, state tables and sentences."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from casewright.design.extraction.behaviour.ears import ears_rights
from casewright.design.extraction.behaviour.naming import Homes, Names, Operation, verb
from casewright.design.extraction.behaviour.use_cases import use_case_rights
from casewright.design.extraction.behaviour.vocabulary import Vocabulary
from casewright.design.extraction.text.listing import cell_states, is_dash, is_exception, split_list
from casewright.design.extraction.text.passages import Passage, plain
from casewright.design.extraction.text.tables import Column, ReadTable, TableKind
from casewright.design.extraction.text.words import fold
from casewright.design.model.schema import ANY_STATE

_ONLY_EN = re.compile(
    r"^(?:only )?(?:an? |the )?(?P<who>[\w ,]+?) (?:can|may) (?!\w+ be\b)(?P<what>[\w ,]+)", re.IGNORECASE
)
_BY_ZH = re.compile(r"^(?P<what>[\u3400-\u9fff、和]+?)由(?P<who>[\u3400-\u9fff、和或]+?)(?:操作|办理|执行)")
_OPEN_ZH = re.compile(r"^(?P<what>[\u3400-\u9fff、和]+?)不限角色")
_REST_ZH = re.compile(
    r"其[余他]操作(?:只有|仅限?|均由)(?P<who>[\u3400-\u9fff、和或]+?)(?:可以做|可以操作|可做|操作|办理)"
)


@dataclass
class Permissions:
    """`may`: operation → role → states; `states`: operation → states in which anybody may."""

    may: dict[str, dict[str, tuple[str, ...]]] = field(default_factory=dict[str, dict[str, tuple[str, ...]]])
    states: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    next_states: dict[str, dict[str, str | None]] = field(default_factory=dict[str, dict[str, str | None]])
    """operation → state → the state after it; None where the document's words were not understood."""
    ids: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    arrows: dict[str, dict[str, str | None]] = field(default_factory=dict[str, dict[str, str | None]])
    """operation → state → what a table of states says it becomes; None: not said there."""
    any_state: set[str] = field(default_factory=set[str])
    """Operations that are possible in every state."""
    open: set[str] = field(default_factory=set[str])
    """Operations of which the document says that anybody may do them."""

    def allow(self, operation: str, role: str, states: Sequence[str]) -> None:
        roles = self.may.setdefault(operation, {})
        roles[role] = tuple(dict.fromkeys((*roles.get(role, ()), *states)))

    def allowed_states(self, operation: str) -> tuple[str, ...]:
        """The states in which anybody may do it; empty where that is every state, or not said."""
        if operation in self.states:
            return self.states[operation]
        states = [state for each in self.may.get(operation, {}).values() for state in each]
        return () if ANY_STATE in states else tuple(dict.fromkeys(states))


def read_permissions(
    passages: Sequence[Passage], operations: Sequence[Operation], words: Vocabulary
) -> Permissions:
    found = Permissions()
    names = Names(operation.name for operation in operations)
    by_fold = {fold(operation.name): operation.name for operation in operations}
    for passage in passages:
        table = passage.table
        if table is None:
            continue
        if table.kind is TableKind.PERMISSIONS:
            _from_matrix(found, passage, table, by_fold, words)
        elif table.kind is TableKind.TRANSITIONS:
            _from_transitions(found, passage, table, by_fold, words)
        elif table.kind is TableKind.STATES:
            _from_states(found, table, operations)
    told = (*use_case_rights(passages, operations, words), *ears_rights(passages, operations, words))
    for operation, role, states in told:
        found.allow(operation, role, states)
    if not found.may:
        _from_sentences(found, passages, operations, names, words)
    _from_state_sentences(found, passages, operations, words)
    return found


def _known(name: str, names: Sequence[str]) -> str | None:
    return next((known for known in names if fold(known) == fold(name)), None)


def _from_matrix(
    found: Permissions, passage: Passage, table: ReadTable, by_fold: dict[str, str], words: Vocabulary
) -> None:
    for number, row in enumerate(table.rows):
        for name in split_list(row[0]):
            operation = by_fold.get(fold(name))
            if operation is None:
                continue
            found.may.setdefault(operation, {})
            found.ids[operation] = passage.row_ids(number + table.header_rows)
            for role, cell in zip(table.headers[1:], row[1:], strict=True):
                if not is_dash(cell):
                    found.allow(operation, role, _states(cell, words))


def _states(cell: str, words: Vocabulary) -> list[str]:
    named = [state for name in cell_states(cell) if (state := _known(name, list(words.states)))]
    if is_exception(cell):
        return [state for state in words.states if state not in named]
    return named or [ANY_STATE]


def _from_transitions(
    found: Permissions, passage: Passage, table: ReadTable, by_fold: dict[str, str], words: Vocabulary
) -> None:
    before = ""
    for number, row in enumerate(table.rows):
        states = [
            s for name in split_list(table.cell(row, Column.STATE)) if (s := _known(name, list(words.states)))
        ]
        after = table.cell(row, Column.NEXT_STATE)
        after = before if re.match(r"^(?:同上|same|as above|〃)", after) else after
        before = after
        for name in split_list(table.cell(row, Column.OPERATION)):
            operation = by_fold.get(fold(name))
            if operation is None:
                continue
            found.ids[operation] = (
                *found.ids.get(operation, ()),
                *passage.row_ids(number + table.header_rows),
            )
            steps = found.next_states.setdefault(operation, {})
            for state in states:
                steps[state] = _known(after, list(words.states))
            roles = split_list(table.cell(row, Column.ROLE))
            if Column.ROLE in table.columns:
                for role in roles:
                    found.allow(operation, role, states)
            else:
                found.states[operation] = (*found.states.get(operation, ()), *states)


def _from_states(found: Permissions, table: ReadTable, operations: Sequence[Operation]) -> None:
    """'State | How it is left': the operations that a row names are possible in its state; an arrow says what
    it becomes."""
    states = [row[0] for row in table.rows]
    left: dict[str, list[str]] = {}
    for row in table.rows:
        for piece in re.split(r"[;,]", table.cell(row, Column.HOW_LEFT)):
            name, _, after = (part.strip() for part in piece.partition("→"))
            for operation in operations:
                if _fits(name, operation.name) and row[0] not in left.setdefault(operation.name, []):
                    left[operation.name].append(row[0])
                    found.arrows.setdefault(operation.name, {})[row[0]] = _known(after, states)
    found.states.update({name: tuple(names) for name, names in left.items() if names})


def _from_state_sentences(
    found: Permissions, passages: Sequence[Passage], operations: Sequence[Operation], words: Vocabulary
) -> None:
    """'Only while Active.', 'is possible in A, B and C only', 'Refused in No subscription.', 'It works in every
    state' of the operation of the section, or of the one that the sentence begins with."""
    names, homes = Names(operation.name for operation in operations), Homes(operations)
    for passage in passages if words.initial else ():
        current: list[str] = []
        for sentence in (
            map(plain, passage.sentences) if passage.table is None and not passage.skipped else ()
        ):
            current = names.leading(sentence) or _operation_named(sentence, names) or current
            owners = current or homes[passage]
            match, refused = _ONLY_WHILE.search(sentence), _REFUSED_IN.search(sentence)
            only = words.states_in(match["states"] or match["in"]) if match else []
            for name in owners if len(owners) == 1 and name_is_free(owners[0], found) else ():
                if only:
                    found.states[name] = tuple(only)
                elif refused and words.states_in(refused["states"]):
                    outside = words.states_in(refused["states"])
                    found.states[name] = tuple(state for state in words.states if state not in outside)
            if _EVERY_STATE.search(sentence):
                found.any_state.update(owners if len(owners) == 1 else ())


def _operation_named(sentence: str, names: Names) -> list[str]:
    found = names.in_text(sentence)
    return found if len(found) == 1 else []


def name_is_free(name: str, found: Permissions) -> bool:
    return name not in found.states and name not in found.may


_ONLY_WHILE = re.compile(
    r"\bonly while (?P<states>[^.;]+)|\b(?:possible|allowed) (?:only )?(?:in|while) (?P<in>[^.;]+)",
    re.IGNORECASE,
)
_REFUSED_IN = re.compile(r"^\W*refused in (?P<states>[^.;]+)", re.IGNORECASE)
_EVERY_STATE = re.compile(r"\bworks in (?:every|any) state|任何状态下(?:都|均)?(?:可|能)", re.IGNORECASE)


def _fits(piece: str, name: str) -> bool:
    if not piece or re.search(r"\d", piece):
        return False
    return fold(piece) == fold(name) or (len(fold(piece)) > 6 and fold(name).endswith(fold(piece)))


def _from_sentences(
    found: Permissions,
    passages: Sequence[Passage],
    operations: Sequence[Operation],
    names: Names,
    words: Vocabulary,
) -> None:
    homes = Homes(operations)
    rest: list[str] = []
    mentioned: set[str] = set()
    for passage in passages:
        if passage.table is not None or passage.skipped:
            continue
        for part in re.split(r"[。;]|(?<=\w)\.(?=\s|$)", passage.text):
            part = part.strip()
            zh, opened, others = _BY_ZH.match(part), _OPEN_ZH.match(part), _REST_ZH.search(part)
            if zh:
                for name in names.in_text(zh["what"]):
                    mentioned.add(name)
                    for role in words.roles_in(zh["who"]):
                        found.allow(name, role, [ANY_STATE])
            elif opened:
                mentioned.update(names.in_text(opened["what"]))
                found.open.update(names.in_text(opened["what"]))
            elif others:
                rest = words.roles_in(others["who"])
            else:
                _from_english(found, part, passage, homes[passage], operations, words)
    for operation in operations:
        for role in rest if operation.name not in mentioned else ():
            found.allow(operation.name, role, [ANY_STATE])


def _from_english(
    found: Permissions,
    sentence: str,
    passage: Passage,
    home: Sequence[str],
    operations: Sequence[Operation],
    words: Vocabulary,
) -> None:
    """'Only the site manager can cancel a season pass', 'Applicants and branch advisers may apply'."""
    match = _ONLY_EN.match(re.sub(r"^As long as [^,]+, ", "", sentence, flags=re.IGNORECASE))
    if not match:
        return
    if re.match(r"any(?:body|one)|every(?:body|one)", match["who"], re.IGNORECASE):
        found.open.update(home if len(home) == 1 else [])
        return
    targets = _targets(match["what"], home, operations)
    if not targets:
        return
    who = words.roles_in(match["who"]) or _new_roles(match["who"])
    for name in targets:
        for role in who:
            words.roles.setdefault(role, passage.ids)
            found.allow(name, role, _while_states(sentence, words) or [ANY_STATE])


def _targets(what: str, home: Sequence[str], operations: Sequence[Operation]) -> list[str]:
    """The operations of 'approve or decline a booking': each part begins with the name or, in its section, the verb."""
    parts = [part.strip().lower() for part in re.split(r"\s*(?:,|\bor\b|\band\b)\s*", what) if part.strip()]
    return [
        each.name
        for each in operations
        if any(
            part.startswith(each.name.lower())
            or fold(each.name) == fold(re.sub(r"\b(?:an?|the) ", "", part))
            or (each.name in home and part.split()[0] == verb(each.name))
            for part in parts
        )
    ]


def _while_states(sentence: str, words: Vocabulary) -> list[str]:
    """'… and only while the application is referred', 'As long as it is referred or offered, …'."""
    match = re.search(r"(?:only while|as long as|while) (?P<when>[^,;.]+)", sentence, re.IGNORECASE)
    return words.states_in(match["when"]) if match else []


def _new_roles(text: str) -> list[str]:
    parts = [re.sub(r"^(?:an?|the)\s+", "", part.strip()) for part in re.split(r",|\bor\b|\band\b", text)]
    return [
        part
        for part in parts
        if part and len(part.split()) <= 3 and not re.match(r"nobody|anybody|it|they|we|i$|one|passes?", part)
    ]
