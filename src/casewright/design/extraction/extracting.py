"""The whole way from documents and their requirement items to a test model, by rules."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from casewright.design.cases import Language, RequirementItem
from casewright.design.extraction.assembling import (
    InputContext,
    OperationParts,
    build_operation,
    earlier_variable,
    with_messages,
)
from casewright.design.extraction.behaviour.asking import shown_elsewhere
from casewright.design.extraction.behaviour.completing import complete_fields
from casewright.design.extraction.behaviour.effects import Effects
from casewright.design.extraction.behaviour.naming import Homes, Names, Operation
from casewright.design.extraction.behaviour.operations import find_operations
from casewright.design.extraction.behaviour.permissions import Permissions, read_permissions
from casewright.design.extraction.behaviour.vocabulary import Vocabulary, read_vocabulary
from casewright.design.extraction.fields.fields import Field, read_field_sets
from casewright.design.extraction.fields.mentioning import fields_in
from casewright.design.extraction.formulas.lookups import (
    Lookup,
    answers_from,
    columns_for,
    read_lookups,
)
from casewright.design.extraction.judging import Judge
from casewright.design.extraction.quantifying import read_quantities, with_lets
from casewright.design.extraction.questions import read_questions
from casewright.design.extraction.refusals.checks import order_of_checks
from casewright.design.extraction.refusals.conditions import (
    CREATES,
    Reading,
    is_state_check,
)
from casewright.design.extraction.refusals.prohibitions import refusal_words, unread_prohibitions
from casewright.design.extraction.refusals.referring import Clauses, read_windows
from casewright.design.extraction.refusals.refusals import Refusal, read_refusals
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.passages import Passage, passages, verbatim
from casewright.design.extraction.text.tables import Column
from casewright.design.extraction.text.words import UNKNOWN, fold, is_chinese
from casewright.design.extraction.weakening import runnable
from casewright.design.model.schema import (
    Effect,
    InputType,
    LookupTable,
    Model,
    NotModelled,
    Reject,
    States,
)
from casewright.design.model.schema import Operation as ModelOperation
from casewright.documents.blocks import Document

_EARLIER = {"zh": "此前有操作成功", "en": "something was accepted before"}
_TERM = re.compile(
    r"(?:the )?time (?:from|between) (?:the )?(?P<a>[\w ]+?) (?:to|and) (?:the )?(?P<b>[\w ]+?),? in (?P<unit>minutes|hours|days)",
    re.IGNORECASE,
)
_CLAIMS = re.compile(
    r"不能|不得|不允许|拒绝|只能|必须|才能|\b(?:must|cannot|can't|may not|refused|rejected|not allowed)\b",
    re.IGNORECASE,
)
_IDENTIFIER = re.compile(r"(?:号|编号|代码|单号)$|\b(?:number|code|id|plate)$", re.IGNORECASE)
_NONE_APPLIES = re.compile(
    r"if none (?:of \w+ )?(?:applies|is true)|(?:以上|上述)[^。]{0,6}(?:均|都)(?:不|无|未)[^。]*(?:受理|通过|接受)",
    re.IGNORECASE,
)
_KEEPS = re.compile(
    r"(?:拒绝|失败|不满足|不通过|发生异常)[^。]{0,24}(?:不改变|不变|不影响)|"
    r"(?:refused|rejected|nothing)\b[^.]*\b(?:changes nothing|nothing changes|leaves|stays|is recorded|unchanged)|nothing changes",
    re.IGNORECASE,
)
_NO_INPUT = re.compile(
    r"没有字段|无须填写|无需填写|不需要?填写|no (?:fields|inputs?)|nothing to (?:fill|enter)", re.IGNORECASE
)
_MESSAGE_NAMES = {"zh": ("提示语", "提示信息", "错误提示", "提示"), "en": ("message",)}
_LONGEST = 300


def extract(documents: Sequence[Document], items: Sequence[RequirementItem], language: Language) -> Model:
    """The model of what was understood; where that is nothing, a model without operations."""
    walked = passages(documents, items)
    words = read_vocabulary(walked)
    sets = read_field_sets(walked)
    operations = find_operations(walked, sets, words)
    complete_fields(operations, walked)
    permissions = read_permissions(walked, operations, words)
    if words.initial is None:
        permissions = Permissions(may=_without_states(permissions), open=permissions.open)
    reader = _Extractor(walked, words, operations, permissions, language)
    return runnable(reader.model(_title(documents), items))


def _without_states(permissions: Permissions) -> dict[str, dict[str, tuple[str, ...]]]:
    """Where no initial state is known, only rights that hold in every state can be judged."""
    return {
        name: roles
        for name, roles in permissions.may.items()
        if all(states == ("any",) for states in roles.values())
    }


def _title(documents: Sequence[Document]) -> str:
    for document in documents:
        for block in document.blocks:
            if block.kind == "heading" and block.text.strip():
                return block.text.strip()
    return documents[0].name if documents else ""


@dataclass
class _Extractor:
    walked: list[Passage]
    words: Vocabulary
    operations: list[Operation]
    permissions: Permissions
    language: Language

    def __post_init__(self) -> None:
        self.names = Names(operation.name for operation in self.operations)
        self.says_complete = any(
            _NONE_APPLIES.search(passage.text) for passage in self.walked if not passage.table
        )
        self.homes = Homes(self.operations)
        self.order = order_of_checks(self.walked, self.operations, self.homes)
        self.effects = Effects(self.operations, self.walked)
        self.lookups: list[Lookup] = read_lookups(self.walked, self.operations)
        self.refusals = [
            self._with_its_operations(each)
            for each in read_refusals(self.walked, self.operations)
            if self._is_message(each)
        ]
        self.quantities = read_quantities(self.walked, self.operations, self.lookups, self.refusals)
        self.judge = Judge(
            Clauses(self.walked), read_windows(self.walked), self.quantities, self.lookups, self.operations
        )
        self._give_answers()
        self.context = InputContext(self.walked, self.refusals, self.language)
        self.refusals_keep = any(_KEEPS.search(passage.text) for passage in self.walked if not passage.table)
        self.fields_anywhere: Mapping[str, Field] = {
            name: one for operation in self.operations for name, one in operation.fields.items()
        }
        self.creators = {
            operation.name: {name for name, one in operation.fields.items() if _identifies(name, one)}
            for operation in self.operations
            if CREATES.search(operation.name)
        }
        self.without_input = [
            passage.text
            for passage in self.walked
            if passage.table is None and _NO_INPUT.search(passage.text)
        ]
        self.durations = dict(self._durations())

    def _give_answers(self) -> None:
        """What a section shows that is no operation's own is answered by the one operation that it can be computed in."""
        computable = {each.name: self.quantities.computable(each, self.lookups) for each in self.operations}
        for name, ids in shown_elsewhere(self.walked, self.homes):
            able = [each for each in self.operations if fold(name) in map(fold, computable[each.name])]
            if len(able) == 1 and not any(name in each.outputs for each in self.operations):
                able[0].outputs.setdefault(name, ids)

    def _with_its_operations(self, refusal: Refusal) -> Refusal:
        """A sentence of which it is not said whom it concerns is about the one operation that it names, or that has the
        fields it names; of several it is open which."""
        if refusal.operations or refusal.ordered:
            return refusal
        named = self.names.about(refusal.condition) or self.names.in_text(refusal.condition)
        if named:
            return replace(refusal, operations=tuple(named))
        having = [one.name for one in self.operations if names_in(refusal.condition, one.fields)]
        return replace(refusal, told_whom=False) if len(having) > 1 else refusal

    def model(self, title: str, items: Sequence[RequirementItem]) -> Model:
        said = verbatim(self.walked)
        operations = {each.name: with_messages(self._operation(each), said) for each in self.operations}
        remembers = any(_EARLIER[self.language] in str(each.condition) for each in _rejects(operations))
        states = None
        if self.words.initial is not None:
            ids = tuple(dict.fromkeys(name for each in self.words.states.values() for name in each))
            states = States(are=tuple(self.words.states), starts=self.words.initial, source=ids)
        used = {lookup.name: lookup.table for lookup in self.lookups if self._used(lookup, operations)}
        variables = self.quantities.variables()
        if remembers:
            variables[_EARLIER[self.language]] = earlier_variable()
        if not remembers:
            operations = {name: _forgetting(each) for name, each in operations.items()}
        may = {name: roles for name, roles in self.permissions.may.items() if name in operations}
        return Model(
            feature=title,
            language=self.language,
            message=self._message_name(),
            roles=tuple(self.words.roles),
            states=states,
            choices=self.quantities.choices(self.operations),
            tables={**used, **self._tables_of_definitions(operations)},
            state=variables,
            may=may,
            operations=operations,
            not_modelled=self._not_modelled(items, operations),
            questions=tuple(read_questions(operations, self.refusals)),
        )

    def _operation(self, operation: Operation) -> ModelOperation:
        reading = self._reading(operation)
        refusals = [
            (each, self.judge.context(each, operation))
            for each in self.refusals
            if not each.operations or operation.name in each.operations
        ]
        refusals = _first_of_each(refusals, operation.name)
        effects: list[Effect] = []
        if self.words.initial is not None:
            after = self.effects.state_after(operation, self.permissions, self.words)
            if after is not None:
                effects.append(Effect(set={"state": after}, source=operation.ids))
        effects += self.quantities.effects(operation.name)
        computable = self.quantities.computable(operation, self.lookups)
        parts = OperationParts(
            effects=effects,
            remembers=[Effect(set={_EARLIER[self.language]: "yes"})],
            answers={
                **_echoes(operation),
                **answers_from(self.lookups, operation),
                **self.quantities.answers(operation, computable),
            },
            doubts=self._doubts(operation, [each for each, _ in refusals]),
            last_doubts=[*self._forbidden(operation, refusals), *self._whether_it_exists(operation)],
            refusals_keep=self.refusals_keep or self.words.initial is None,
            order=self.order.get(operation.name, ()),
            exact=lambda refusal, context: self.judge.exact(refusal, context, reading),
        )
        built = build_operation(operation, refusals, reading, self.permissions, self.context, parts)
        return with_lets(built, computable)

    def _tables_of_definitions(self, operations: Mapping[str, ModelOperation]) -> dict[str, LookupTable]:
        texts = [text for each in operations.values() for text in texts_of(each)]
        return {
            name: table
            for name, table in self.quantities.tables().items()
            if any(name in text for text in texts)
        }

    def _reading(self, operation: Operation) -> Reading:
        return Reading(
            operation=operation,
            words=self.words if self.words.initial is not None else Vocabulary(roles=self.words.roles),
            fields_anywhere=self.fields_anywhere,
            has_permissions=operation.name in self.permissions.may,
            creators=self.creators,
            takes_nothing=not operation.fields and (bool(operation.home) or self._asks_nothing(operation)),
            any_state=operation.name in self.permissions.any_state,
            operation_names=self.names.names,
            open_to_all=operation.name in self.permissions.open,
            knows_states_of_roles=any(
                states != ("any",) for states in self.permissions.may.get(operation.name, {}).values()
            ),
            allowed_states=self.permissions.allowed_states(operation.name) if self.words.initial else (),
            separate_turn=any(
                "轮到" in each.condition or "自己" in each.condition or "turn" in each.condition
                for each in self.refusals
            ),
            earlier=_EARLIER[self.language],
            durations=self.durations,
            computed={
                name: each.lines for name, each in self.quantities.computable(operation, self.lookups).items()
            },
            columns=columns_for(self.lookups, operation),
            elsewhere=tuple(self.quantities.definitions),
        )

    def _doubts(self, operation: Operation, refusals: Sequence[Refusal]) -> list[Reject]:
        """An order of checks is complete; without one, a sentence that sounds like a refusal may be one."""
        ordered = any(each.ordered for each in refusals) or operation.name in self.order
        if ordered and (operation.fields or operation.home or self._asks_nothing(operation)):
            return []
        claims = [
            passage for passage in operation.home if passage.table is None and _CLAIMS.search(passage.text)
        ]
        if self.says_complete and any(
            each.reason and fields_in(each.condition, operation.fields) for each in refusals
        ):
            return []
        if operation.home and not claims and not self.refusals:
            return []
        stepped = operation.name in self.permissions.next_states
        if stepped and not claims and all(is_state_check(each.condition) for each in refusals) and refusals:
            return []
        ids = tuple(dict.fromkeys(name for passage in claims for name in passage.ids))
        return [Reject(condition=UNKNOWN, source=ids or operation.ids)]

    def _forbidden(self, operation: Operation, refusals: Sequence[tuple[Refusal, str]]) -> list[Reject]:
        """Prohibitions in prose beside an order of checks that none of its lines speaks of."""
        words = [refusal_words(*each) for each in refusals]
        found = unread_prohibitions(operation, self.walked, self.names, self.homes, words)
        return [Reject(condition=UNKNOWN, source=ids) for _, ids in found][:1]

    def _whether_it_exists(self, operation: Operation) -> list[Reject]:
        """An operation that points at a thing by its number may be refused where there is no such thing, even
        if the document does not say so."""
        if CREATES.search(operation.name):
            return []
        identifiers = [
            (name, one)
            for name, one in operation.fields.items()
            if _identifies(name, one) and self._is_of_the_system(name)
        ]
        return [
            Reject(
                condition=f"{UNKNOWN} and {name} exists" if one.required == "no" else UNKNOWN,
                source=one.ids or operation.ids,
            )
            for name, one in identifiers[:1]
        ]

    def _is_of_the_system(self, name: str) -> bool:
        """Is the number given by the system, asked for by several operations, or that of a catalogue?"""
        given = any(
            fold(name) == fold(output) for operation in self.operations for output in operation.outputs
        )
        asked = sum(name in operation.fields for operation in self.operations)
        return given or asked > 1 or re.search(r"(?:代码|编码|code|id)$", name, re.IGNORECASE) is not None

    def _asks_nothing(self, operation: Operation) -> bool:
        return any(operation.name in self.names.in_text(text) for text in self.without_input)

    def _is_message(self, refusal: Refusal) -> bool:
        known = {fold(state) for state in self.words.states}
        known |= {
            fold(value)
            for operation in self.operations
            for one in operation.fields.values()
            for value in one.rules.choices
        }
        known |= {fold(operation.name) for operation in self.operations}
        return not any(fold(message) in known for message in refusal.messages)

    def _durations(self) -> list[tuple[str, tuple[str, str]]]:
        found: list[tuple[str, tuple[str, str]]] = []
        for passage in self.walked:
            match = _TERM.search(passage.text) if passage.table is None else None
            if match is None:
                continue
            fields = [names_in(match[side], self.fields_anywhere) for side in ("a", "b")]
            if all(len(each) == 1 for each in fields):
                term = passage.text.split(" ")[0].strip(" -:")
                unit = match["unit"]
                found.append((term, (f"{unit} from {fields[0][0]} to {fields[1][0]}", unit)))
        return found

    def _message_name(self) -> str:
        text = " ".join(passage.text for passage in self.walked if passage.table is None)
        headers = " ".join(
            header
            for passage in self.walked
            if passage.table is not None
            for header, column in zip(passage.table.headers, passage.table.columns, strict=True)
            if column is Column.MESSAGE
        )
        names = _MESSAGE_NAMES["zh" if is_chinese(text) else "en"]
        return next(
            (name for source in (headers, text) for name in names if name in source.lower()), names[-1]
        )

    def _used(self, lookup: Lookup, operations: Mapping[str, ModelOperation]) -> bool:
        return any(lookup.name in text for each in operations.values() for text in texts_of(each))

    def _not_modelled(
        self, items: Sequence[RequirementItem], operations: Mapping[str, ModelOperation]
    ) -> tuple[NotModelled, ...]:
        used = {name for operation in operations.values() for name in sources_of(operation)}
        used |= (
            {name for each in self.words.states.values() for name in each} if self.words.initial else set()
        )
        used |= {
            name for lookup in self.lookups if self._used(lookup, operations) for name in lookup.table.source
        }
        return tuple(
            NotModelled(text=item.text[:_LONGEST], source=(item.id,))
            for item in items
            if item.kind.testable and item.id not in used
        )


def _identifies(name: str, one: Field) -> bool:
    """Does the input point at a thing by a number or code?"""
    known = one.rules.pattern or one.rules.type in {None, InputType.TEXT, InputType.INTEGER}
    return bool(_IDENTIFIER.search(name) and known)


def texts_of(operation: ModelOperation) -> list[str]:
    """Every expression of an operation that may look up a table."""
    lets = [line for each in operation.let.values() for line in ((each,) if isinstance(each, str) else each)]
    effects = [text for effect in operation.then for text in (*effect.set.values(), effect.when or "")]
    conditions = [each.condition for each in operation.reject if isinstance(each, Reject)]
    return [*lets, *effects, *conditions, *operation.answer.values()]


def _echoes(operation: Operation) -> dict[str, str]:
    """An output that has the name of an input shows it, where it is asked for."""
    found: dict[str, str] = {}
    for name in operation.outputs:
        one = operation.fields.get(name)
        if one is not None:
            found[name] = f"{name} if {name} exists else {UNKNOWN}"
    return found


def _rejects(operations: Mapping[str, ModelOperation]) -> list[Reject]:
    return [
        each for operation in operations.values() for each in operation.reject if isinstance(each, Reject)
    ]


def _forgetting(operation: ModelOperation) -> ModelOperation:
    """Without the effect that remembers an earlier success, as nothing asks for it."""
    kept = tuple(effect for effect in operation.then if not set(effect.set) & set(_EARLIER.values()))
    return operation.model_copy(update={"then": kept})


def sources_of(operation: ModelOperation) -> set[str]:
    """The items that something certain in the operation rests on."""
    ids = {name for one in operation.inputs.values() if not one.unread for name in one.source}
    for each in operation.reject:
        if isinstance(each, Reject) and each.condition != UNKNOWN:
            ids.update(each.source)
    for effect in operation.then:
        if UNKNOWN not in effect.set.values():
            ids.update(effect.source)
    return ids


def _first_of_each(refusals: list[tuple[Refusal, str]], name: str) -> list[tuple[Refusal, str]]:
    """'For X the text is … instead': the refusal said of the operation hides the one of the same words.
    An order of checks is complete: beside it a sentence without a message adds none."""
    if any(each.ordered for each, _ in refusals):
        refusals = [(each, context) for each, context in refusals if each.messages]
    own = {each.condition for each, _ in refusals if name in each.operations}
    return [
        (each, context)
        for each, context in refusals
        if name in each.operations or each.condition not in own or not each.condition
    ]
