"""Puts together what was read: a model whose every element names the items it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Literal

from casewright.design.extraction.behaviour.naming import Operation, gerund_forms
from casewright.design.extraction.behaviour.permissions import Permissions
from casewright.design.extraction.behaviour.vocabulary import Vocabulary
from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.fields.mentioning import fields_in
from casewright.design.extraction.refusals.conditions import Condition, Reading, read_condition
from casewright.design.extraction.refusals.kinds import Kind
from casewright.design.extraction.refusals.refusals import Refusal
from casewright.design.extraction.refusals.rule_clauses import value_limits
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.numbers import plain
from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.words import UNKNOWN, fold, mentions, normalise
from casewright.design.model.schema import (
    Effect,
    Input,
    InputType,
    Length,
    Reject,
    Variable,
)
from casewright.design.model.schema import Operation as ModelOperation

_ALL_MANDATORY = re.compile(
    r"all of them mandatory|every field is mandatory|all fields are (?:mandatory|required)|(?:均|都)(?:为|是)?必填|全部必填",
    re.IGNORECASE,
)
_MISSING_IS_WRONG = re.compile(r"missing|缺|没填|未填|必填|空", re.IGNORECASE)
_KIND_IS_WRONG = re.compile(
    r"类型(?:不|错|有误)|\bwrong (?:kind|type)|\bnot of its (?:kind|type)", re.IGNORECASE
)


def model_input(one: Field, operation: Operation, context: InputContext) -> Input:
    rules = one.rules
    kind, sure = _type(one)
    exceptions, asked_if = _exceptions(rules.exceptions, one.name, operation)
    asked_if = asked_if or _for_values(one.asked_for, one.name, operation)
    instead = _for_values(one.not_asked_for, one.name, operation)
    exceptions = " or ".join(filter(None, (exceptions, instead))) or None
    required = _required(one, operation, context)
    return Input(
        type=kind,
        unit=rules.unit,
        required=required,
        asked_if=asked_if,
        if_left_out=_default(one) if required != "yes" else None,
        of=rules.choices,
        min=_text(rules.min),
        max=_text(rules.max),
        above=_text(rules.above),
        below=_text(rules.below),
        scale=rules.scale,
        multiple_of=rules.multiple_of,
        length=rules.length
        or (
            Length(least=1, most=None)
            if kind is InputType.TEXT and required == "yes" and sure and not rules.pattern
            else None
        ),
        trimmed="yes" if rules.trimmed else "no",
        pattern=rules.pattern,
        format=rules.format if kind in {InputType.DATE, InputType.TIME, InputType.DATE_TIME} else None,
        says=one.says,
        unsure_at=tuple(dict.fromkeys(plain(value) for value in rules.unsure_at)),
        unsure_if=exceptions,
        unread="; ".join(rules.unread) or (None if sure else context.type_not_said),
        wrong_kind="breaks" if sure and rules.type in context.types_that_refuse_others else "unknown",
        source=one.ids,
    )


class InputContext:
    """What the document says of all inputs together."""

    def __init__(self, passages: Sequence[Passage], refusals: Sequence[Refusal], language: str) -> None:
        self.mandatory = {
            passage.headings
            for passage in passages
            if not passage.skipped and _ALL_MANDATORY.search(passage.text)
        }
        self.missing_is_wrong = any(
            _MISSING_IS_WRONG.search(refusal.condition)
            or _MISSING_IS_WRONG.search(" ".join(refusal.messages))
            for refusal in refusals
        )
        # A number where a text is wanted is often taken as its digits.
        told = any(_KIND_IS_WRONG.search(refusal.condition) for refusal in refusals)
        self.types_that_refuse_others = set(InputType) - (set() if told else {InputType.TEXT})
        self.type_not_said = (
            "文档没有说明取值" if language == "zh" else "the document does not say what is valid"
        )

    def says_mandatory(self, operation: Operation) -> bool:
        return any(passage.headings in self.mandatory for passage in operation.home)


def _type(one: Field) -> tuple[InputType, bool]:
    """The type, and whether enough is said to judge a value."""
    rules = one.rules
    if rules.type is not None:
        return rules.type, True
    if rules.choices:
        return InputType.CHOICE, True
    bounds = [bound for bound in (rules.min, rules.max, rules.above, rules.below) if bound is not None]
    if bounds:
        whole = all(bound == bound.to_integral_value() for bound in bounds) and not rules.scale
        return (InputType.INTEGER if whole else InputType.DECIMAL), True
    return InputType.TEXT, rules.length is not None or rules.pattern is not None


def _text(value: Decimal | None) -> str | None:
    return None if value is None else plain(value)


def _default(one: Field) -> str | None:
    default = one.rules.default
    if default is None:
        return None
    if one.rules.choices:
        return next((value for value in one.rules.choices if fold(value) == fold(default)), None)
    return default if re.fullmatch(r"-?[\d.]+", default) else None


def _required(one: Field, operation: Operation, context: InputContext) -> str:
    said = one.required or one.rules.required
    if said in {"yes", "no"}:
        return said
    if said:
        return _simple_condition(said, operation) or UNKNOWN
    if one.rules.default is not None:
        return "no"
    if one.says or context.missing_is_wrong or context.says_mandatory(operation):
        return "yes"
    return UNKNOWN


def _simple_condition(text: str, operation: Operation) -> str | None:
    """'收款行为他行时必填' → 收款行 = 他行; one field, one of its values."""
    for name, other in operation.fields.items():
        values = names_in(text, other.rules.choices)
        if mentions(text, name) and len(values) == 1 and not re.search(r"除|不|except|unless|not ", text):
            return f"{name} = {values[0]}"
    return None


def _for_values(words: str, name: str, operation: Operation) -> str | None:
    """'Entertainment additionally needs …': asked for that value of another field."""
    for other, one in operation.fields.items():
        values = _values_in(words, one.rules.choices) if other != name else []
        if values and not re.search(r"除|except|unless|other than", words):
            return f"{other} in [{', '.join(values)}]"
    return None


def _values_in(words: str, values: Sequence[str]) -> list[str]:
    """Named as they are or, where they are verbs, as '…ing'."""
    told = {form: value for value in values for form in gerund_forms(value)}
    return names_in(words, values) or [told[form] for form in names_in(words, told)]


def _exceptions(sentences: Iterable[str], name: str, operation: Operation) -> tuple[str | None, str | None]:
    """(unsure if, asked if) from the sentences that hold for values of other fields."""
    unsure: list[str] = []
    asked: str | None = None
    for sentence in sentences:
        for other, one in operation.fields.items():
            values = [value for value in names_in(sentence, one.rules.choices) if other != name]
            if not values:
                continue
            group = f"[{', '.join(values)}]"
            if re.search(r"only|仅|只(?:有|对)", sentence) and re.search(
                r"asked|ignored|忽略|填写", sentence
            ):
                asked = f"{other} in {group}"
            elif re.search(r"忽略|ignored|not asked", sentence):
                asked = f"{other} not in {group}"
            else:
                unsure.append(f"{other} in {group}")
    return " or ".join(unsure) or None, asked


def build_operation(
    operation: Operation,
    refusals: Sequence[tuple[Refusal, str]],
    reading: Reading,
    permissions: Permissions,
    context: InputContext,
    parts: OperationParts,
) -> ModelOperation:
    """`refusals` are those that may concern it, in order, with the text of the clauses they refer to."""
    inputs = {name: model_input(one, operation, context) for name, one in operation.fields.items()}
    inputs = _limited(inputs, operation, refusals)
    rejects, inputs = _rejects(operation, inputs, refusals, reading, parts.exact, parts.order)
    told: list[Reject | Literal["each invalid input"]] = [
        _with_doubtful_state(each, parts, reading) for each in rejects
    ]
    ids = tuple(dict.fromkeys((*operation.ids, *permissions.ids.get(operation.name, ()))))
    return ModelOperation(
        inputs=inputs,
        reject=(*_with_doubts(told, parts.doubts, reading.words), *parts.last_doubts),
        then=(*parts.effects, *parts.remembers),
        answer={**dict.fromkeys(operation.outputs, UNKNOWN), **parts.answers},
        source=ids,
    )


def _limited(
    inputs: dict[str, Input], operation: Operation, refusals: Sequence[tuple[Refusal, str]]
) -> dict[str, Input]:
    """A refusal of the fields that refers to a clause of limits: they are limits of the field."""
    for refusal, context in refusals:
        found = value_limits(normalise(context), operation) if len(refusal.messages) > 1 and context else None
        if found and inputs[found[0]].max is None:
            inputs = {**inputs, found[0]: inputs[found[0]].model_copy(update={"max": found[1]})}
    return inputs


def _with_doubtful_state(
    each: Reject | Literal["each invalid input"], parts: OperationParts, reading: Reading
) -> Reject | Literal["each invalid input"]:
    """A refusal leaves the state as it was where the document says so; one without a message may be told as a
    result of its own ('declined')."""
    settled = isinstance(each, Reject) and (each.then or (parts.refusals_keep and each.say))
    if not isinstance(each, Reject) or reading.words.initial is None or settled:
        return each
    return each.model_copy(update={"then": (Effect(set={"state": UNKNOWN}),)})


def _with_doubts(
    rejects: list[Reject | Literal["each invalid input"]], doubts: Sequence[Reject], who_and_when: Vocabulary
) -> tuple[Reject | Literal["each invalid input"], ...]:
    """Where the document gives no complete order, an unknown refusal may come first, unless it says itself who
    may do it and when: that is looked at before the data."""
    checks = [each.condition for each in rejects if isinstance(each, Reject)]
    role = any(check.startswith("actor may never") for check in checks)
    state = any(check.startswith(("state ", "actor may not now")) for check in checks)
    told = (role or not who_and_when.roles) and (state or who_and_when.initial is None)
    return (*rejects, *doubts) if told and (role or state) else (*doubts, *rejects)


class OperationParts:
    """What the other readers found for one operation."""

    def __init__(
        self,
        effects: Sequence[Effect] = (),
        remembers: Sequence[Effect] = (),
        answers: Mapping[str, str] | None = None,
        doubts: Sequence[Reject] = (),
        last_doubts: Sequence[Reject] = (),
        exact: Callable[[Refusal, str], Condition | None] = lambda _, __: None,
        order: Sequence[Kind] = (),
        *,
        refusals_keep: bool = True,
    ) -> None:
        self.effects = effects
        self.remembers = remembers
        self.answers = answers or {}
        self.doubts = doubts
        self.last_doubts = last_doubts
        self.refusals_keep = refusals_keep
        """The document says that a refusal with its message changes nothing."""
        self.order = order
        """In which order the kinds of checks are made, where a sentence says so."""
        self.exact = exact
        """Reads a condition that needs more than the operation itself, a table for instance."""


def _context(refusal: Refusal, context: str) -> str:
    return " ".join((context, *refusal.messages)).strip()


_RANK = {Kind.ROLE: 0, Kind.STATE: 1, Kind.NOT_YOURS: 2, Kind.INVALID: 3, Kind.RULE: 4}


def _rejects(
    operation: Operation,
    inputs: dict[str, Input],
    refusals: Sequence[tuple[Refusal, str]],
    reading: Reading,
    exact: Callable[[Refusal, str], Condition | None],
    order: Sequence[Kind],
) -> tuple[list[Reject | Literal["each invalid input"]], dict[str, Input]]:
    """The ordered refusals. Where the document gives no order: role, state, inputs, rules."""
    found: list[tuple[int, int, Reject | Literal["each invalid input"]]] = []
    told = False
    kinds: set[Kind] = set()
    for number, (refusal, context) in enumerate(refusals):
        if len(refusal.messages) > 1 and _says_per_field(operation, refusal):
            inputs = _with_says(inputs, refusal)
            found.append((_rank(refusal, Kind.INVALID, order), number, "each invalid input"))
            told = True
            continue
        condition = exact(refusal, context) or read_condition(
            refusal.condition, _context(refusal, context), refusal.operations, reading
        )
        if not condition.concerns:
            continue
        if not refusal.told_whom:
            condition = doubted(condition)
        told = told or condition.kind is Kind.INVALID
        kinds.add(condition.kind)
        found.append((_rank(refusal, condition.kind, order), number, _reject(refusal, condition)))
    not_read = Reject(condition=UNKNOWN, source=operation.ids)
    found += [(_rank_in(order, kind), -1, not_read) for kind in _not_found(order, kinds, reading)]
    if inputs and not told and (order or all(each.says for each in inputs.values())):
        found.append((_RANK[Kind.INVALID], len(refusals), "each invalid input"))
    elif not told and inputs:
        # Nothing is said of invalid inputs: whether they are looked at before or after the rest is not known.
        found.append((-1, -1, Reject(condition=f"{UNKNOWN} and some input invalid", source=operation.ids)))
        found.append((_RANK[Kind.INVALID], len(refusals), "each invalid input"))
    found.sort(key=lambda each: each[:2])
    return [each for _, _, each in found], inputs


def doubted(condition: Condition) -> Condition:
    """The same, where it is open whether it concerns the operation."""
    if UNKNOWN in condition.expression.split():
        return Condition(UNKNOWN, condition.kind)
    return Condition(f"({condition.expression}) and {UNKNOWN}", condition.kind)


def _rank(refusal: Refusal, kind: Kind, order: Sequence[Kind]) -> int:
    return -1 if refusal.ordered else _rank_in(order, kind)


def _rank_in(order: Sequence[Kind], kind: Kind) -> int:
    told = sorted(_RANK[each] for each in order)
    return told[order.index(kind)] if kind in order else _RANK[kind]


def _not_found(order: Sequence[Kind], found: set[Kind], reading: Reading) -> list[Kind]:
    """Checks of the order that no refusal of the operation stands for, though it may have them."""
    possible = {
        Kind.ROLE: bool(reading.words.roles) and not reading.open_to_all,
        Kind.STATE: reading.words.initial is not None and not reading.any_state,
    }
    return [kind for kind in order if kind not in found and possible.get(kind)]


def _reject(refusal: Refusal, condition: Condition) -> Reject:
    say = refusal.messages[0] if len(refusal.messages) == 1 else None
    then = (Effect(set={"state": refusal.state_after}, source=refusal.ids),) if refusal.state_after else ()
    return Reject(condition=condition.expression, say=say, then=then, source=refusal.ids)


def _says_per_field(operation: Operation, refusal: Refusal) -> bool:
    return any(fields_in(message, operation.fields) for message in refusal.messages)


def _with_says(inputs: dict[str, Input], refusal: Refusal) -> dict[str, Input]:
    says: dict[str, str] = {}
    for message in refusal.messages:
        for name in inputs:
            if name in message:
                says[name] = message
    for name in inputs:
        if name not in says:
            ends = {message for message in refusal.messages if name[-2:] in message}
            if len(ends) == 1:
                says[name] = ends.pop()
    return {name: each.model_copy(update={"says": says.get(name)}) for name, each in inputs.items()}


def earlier_variable() -> Variable:
    return Variable(type=InputType.BOOLEAN, starts="no")


def with_messages(operation: ModelOperation, verbatim: Mapping[str, str]) -> ModelOperation:
    """The same with every message as the document writes it."""
    rejects = tuple(
        each.model_copy(update={"say": verbatim.get(each.say, each.say)})
        if isinstance(each, Reject) and each.say
        else each
        for each in operation.reject
    )
    inputs = {
        name: one.model_copy(update={"says": verbatim.get(one.says, one.says)}) if one.says else one
        for name, one in operation.inputs.items()
    }
    return operation.model_copy(update={"reject": rejects, "inputs": inputs})
