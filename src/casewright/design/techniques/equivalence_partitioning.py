"""Equivalence partitioning: every valid and every invalid class of each input, one invalid at a time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from casewright.design.cases import Outcome, Scalar, Technique, Words
from casewright.design.expressions.environment import InputStatus
from casewright.design.inputs import CERTAINLY_INVALID
from casewright.design.model.parts import CompiledInput
from casewright.design.model.schema import InputType
from casewright.design.scalars import shown
from casewright.design.techniques.invalid_values import WrongValue, invalid_values
from casewright.design.techniques.obligations import Obligation, Rank, obligation_key, sources_of
from casewright.design.techniques.subject import OperationSubject, choices, is_number, word
from casewright.design.techniques.wants import (
    Aim,
    Want,
    has_status,
    only_invalid,
)
from casewright.design.techniques.witnesses import Witnesses

TECHNIQUE = Technique.EQUIVALENCE_PARTITIONING


def items(operation: OperationSubject, witnesses: Witnesses) -> Iterator[Obligation]:
    for declared in operation.operation.inputs.values():
        yield from _valid(operation, declared)
        yield from _other_notations(operation, declared, witnesses)
        if declared.asked_if is not None:
            yield from _not_asked(operation, declared, witnesses)
        yield from _invalid(operation, declared, witnesses)


def _valid(operation: OperationSubject, declared: CompiledInput) -> Iterator[Obligation]:
    for value in choices(declared):
        words = Words(zh=f"有效取值 {value}", en=f"valid value {value}")
        yield _accepted(operation, declared, value, word(value), words)
    for spelling, value in declared.declaration.also.items():
        words = Words(zh=f"{value} 的另一种写法 {spelling}", en=f"{spelling}, another spelling of {value}")
        yield _accepted(operation, declared, f"as {spelling}", _spelt(spelling), words)
    if declared.declaration.type is InputType.BOOLEAN:
        for truth in (True, False):
            words = Words(zh=f"有效取值 {shown(truth)}", en=f"valid value {shown(truth)}")
            yield _accepted(operation, declared, shown(truth), truth, words)
    if declared.if_left_out is not None or declared.declaration.required != "yes":
        words = Words(zh="选填，留空", en="optional, left empty")
        yield _accepted(operation, declared, "left out", None, words)


def _other_notations(
    operation: OperationSubject, declared: CompiledInput, witnesses: Witnesses
) -> Iterator[Obligation]:
    """Numbers as text, and whole numbers with a point, where the document accepts them."""
    model = operation.subject.compiled.model
    usual = witnesses.values(declared.name)[0]
    if not is_number(declared) or isinstance(usual, str) or usual is None:
        return
    if model.text_numbers == "accepted":
        words = Words(zh="带引号的数字", en="a number in quotes")
        yield _accepted(operation, declared, "number in text", str(usual), words)
    if model.whole_decimals == "accepted" and declared.declaration.type is InputType.INTEGER:
        words = Words(zh="带小数点的整数", en="a whole number with a decimal point")
        yield _accepted(operation, declared, "whole decimal", Decimal(f"{usual}.0"), words)


def _spelt(spelling: str) -> Scalar:
    return {"true": True, "false": False}.get(spelling.lower(), spelling)


def _accepted(
    operation: OperationSubject, declared: CompiledInput, position: str, value: Scalar, words: Words
) -> Obligation:
    valid = status_aim(operation, declared, frozenset({InputStatus.VALID}))
    return Obligation(
        key=obligation_key(TECHNIQUE, operation.name, declared.name, position, "valid"),
        technique=TECHNIQUE,
        operation=operation,
        rank=Rank.VALID,
        what=words,
        about=declared.name,
        want=Want(operation, outcome=Outcome.ACCEPTED, aims=(valid,)),
        otherwise=Want(operation, aims=(valid, only_invalid(operation))),
        pins={declared.name: value},
        sources=sources_of(operation, declared.declaration.source),
        shared=True,
    )


def status_aim(operation: OperationSubject, declared: CompiledInput, wanted: frozenset[InputStatus]) -> Aim:
    """The input is judged so; what it depends on are the inputs that its own rules read."""
    rules = (
        declared.asked_if,
        declared.required,
        declared.minimum,
        declared.maximum,
        declared.above,
        declared.below,
    )
    read = [name for rule in rules if rule is not None for name in operation.inputs_of(rule.tree)]
    aim = has_status(declared.name, wanted)
    return replace(aim, inputs=tuple(dict.fromkeys((declared.name, *read))))


def _not_asked(
    operation: OperationSubject, declared: CompiledInput, witnesses: Witnesses
) -> Iterator[Obligation]:
    """What isn't asked for is ignored, whatever is sent."""
    name = declared.name
    model = operation.subject.compiled.model
    wrong = next(invalid_values(declared, model, witnesses.values(name)[0]), None)
    tries: list[tuple[str, Scalar, Words]] = [
        ("not asked, left out", None, Words(zh="此时不需要，留空", en="not asked for, left empty"))
    ]
    if wrong is not None:
        words = Words(zh="此时不需要，内容被忽略", en="not asked for, its content ignored")
        tries.append(("not asked, any content", wrong.value, words))
    for position, value, words in tries:
        aim = status_aim(operation, declared, frozenset({InputStatus.NOT_ASKED}))
        yield Obligation(
            key=obligation_key(TECHNIQUE, operation.name, name, position, "ignored"),
            technique=TECHNIQUE,
            operation=operation,
            rank=Rank.VALID,
            what=words,
            about=name,
            want=Want(operation, outcome=Outcome.ACCEPTED, aims=(aim,)),
            pins={name: value},
            sources=sources_of(operation, declared.declaration.source),
        )


def _invalid(
    operation: OperationSubject, declared: CompiledInput, witnesses: Witnesses
) -> Iterator[Obligation]:
    model = operation.subject.compiled.model
    usual = next((value for value in witnesses.values(declared.name) if value is not None), None)
    wrong = list(invalid_values(declared, model, usual))
    if declared.if_left_out is None and declared.declaration.required != "no":
        wrong.insert(0, WrongValue("left out", None, Words(zh="未填", en="left empty")))
    for each in wrong:
        yield invalid_item(operation, declared, each, TECHNIQUE, Rank.INVALID)


def invalid_item(
    operation: OperationSubject, declared: CompiledInput, wrong: WrongValue, technique: Technique, rank: Rank
) -> Obligation:
    """This input alone is invalid, and the request refused for it: not for who asks or in which state."""
    name = declared.name
    aims = (status_aim(operation, declared, CERTAINLY_INVALID), only_invalid(operation, name))
    checks = _checks_without_data(operation)
    refused = (
        Want(operation, after=checks, aims=aims)
        if checks
        else Want(operation, outcome=Outcome.REJECTED, aims=aims)
    )
    return Obligation(
        key=obligation_key(technique, operation.name, name, wrong.position, "invalid"),
        technique=technique,
        operation=operation,
        rank=rank,
        what=wrong.words,
        about=name,
        want=refused,
        pins={name: wrong.value},
        sources=sources_of(operation, declared.declaration.source),
    )


def _checks_without_data(operation: OperationSubject) -> str | None:
    """The last of the refusals at the beginning that ask for role and state only; None if there are none, or
    if one among them was not understood."""
    last: str | None = None
    for reject in operation.operation.rejects:
        if operation.inputs_of(reject.condition.tree):
            return last
        if not operation.variables_of(reject.condition.tree):
            return None
        last = reject.path
    return last
