"""Judges what was sent to an operation: missing, of the wrong kind, breaking a rule, valid, or unclear."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Final

from casewright.design.cases import Scalar
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.arithmetic import at_most, less
from casewright.design.expressions.environment import Environment, InputStatus
from casewright.design.expressions.evaluation import any_of, equal
from casewright.design.expressions.tree import Kind as NameKind
from casewright.design.expressions.tree import walk
from casewright.design.expressions.values import MISSING, UNKNOWN, Special, Value
from casewright.design.kinds import ANYTHING, BREAKS_RULE, VALID, Kind, Sent, Verdicts, decimals, read_as
from casewright.design.model.parts import CompiledInput, Formula
from casewright.design.model.schema import Input, InputType, Model
from casewright.design.model.step_schema import InputGroup
from casewright.design.support import Definitions, inputs_read
from casewright.design.text_rules import blank, certain_text, text_verdicts

EITHER = VALID | BREAKS_RULE
CERTAINLY_INVALID = frozenset(
    {InputStatus.MISSING, InputStatus.WRONG_KIND, InputStatus.BREAKS_RULE, InputStatus.INVALID}
)


@dataclass(frozen=True, slots=True)
class Judged:
    """`value` is what expressions read: the default when left out, UNKNOWN for what has no certain value."""

    status: InputStatus
    value: Value


_MOST_REMEMBERED = 4_000
_MISSING: Final = frozenset({InputStatus.MISSING})
MISSING_IF: Final[dict[bool | Special, Verdicts]] = {
    True: _MISSING,
    False: VALID,
    UNKNOWN: _MISSING | VALID,
}
"""What is said of a field without a value, by whether it is needed."""
_NOT_TOLD = Judged(InputStatus.UNKNOWN, UNKNOWN)


class Field:
    """One declared input, made ready to judge what is sent to it."""

    def __init__(self, declared: CompiledInput, model: Model, definitions: Definitions) -> None:
        self.declared = declared
        self._declaration = declared.declaration
        self._kind = kind_of(declared, model)
        self._bounds = tuple(_bounds_of(declared))
        asked = declared.asked_if
        self.asked_by = inputs_read(asked.tree, definitions) if asked else ()
        """The inputs that say whether this one is asked for."""
        self._remembered: dict[tuple[type, Scalar], Judged] | None = {} if _stands_alone(declared) else None

    def judge(
        self, sent: Scalar, environment: Environment, *, needed: bool | Special | None = None
    ) -> Judged:
        """Of an input that is asked for. `needed`: whether the group that it belongs to needs it."""
        if needed is not None and (sent is None or sent == "") and self.declared.if_left_out is None:
            return self._conclude(MISSING_IF[needed], MISSING, environment)
        if self._remembered is None:
            return self._judge(sent, environment)
        key = (sent.__class__, sent if not isinstance(sent, Decimal) else str(sent))
        if key not in self._remembered:
            if len(self._remembered) >= _MOST_REMEMBERED:
                self._remembered.clear()
            self._remembered[key] = self._judge(sent, environment)
        return self._remembered[key]

    def _judge(self, sent: Scalar, environment: Environment) -> Judged:
        if sent is None or sent == "":
            return self._left_out(environment)
        return self._there(sent, environment)

    def _left_out(self, environment: Environment) -> Judged:
        if self.declared.if_left_out is not None:
            return self._conclude(VALID, self.declared.if_left_out.evaluate(environment), environment)
        return self._conclude(self._missing(environment), MISSING, environment)

    def _missing(self, environment: Environment) -> Verdicts:
        """What is said of a field without a value and without a default."""
        return MISSING_IF[_truth(self.declared.required.evaluate(environment))]

    def _there(self, sent: Sent, environment: Environment) -> Judged:
        reading = read_as(self._kind, sent)
        verdicts, value = reading.verdicts, reading.value
        if InputStatus.VALID in verdicts and value is not UNKNOWN:
            verdicts = (verdicts - VALID) | self._rules(value, environment)
        if reading.foreign and self._declaration.wrong_kind == "unknown":
            verdicts |= ANYTHING
        if self._declaration.type is InputType.TEXT and isinstance(sent, str):
            value = certain_text(self._declaration, sent)
            if blank(sent):
                verdicts |= self._missing(environment)
        return self._conclude(verdicts, value, environment)

    def _rules(self, value: Value, environment: Environment) -> Verdicts:
        """What the rules of the field say of a value of its kind: VALID, BREAKS_RULE, or that both may be."""
        verdicts = [self._within_bounds(value, environment)]
        if isinstance(value, Fraction):
            verdicts.append(written_verdicts(self._declaration, value))
        if self._declaration.type is InputType.TEXT and isinstance(value, str):
            verdicts.append(self._length_verdicts(value, environment))
        if BREAKS_RULE in verdicts:
            return BREAKS_RULE
        return EITHER if EITHER in verdicts or self._declaration.unread is not None else VALID

    def _length_verdicts(self, text: str, environment: Environment) -> Verdicts:
        """By the bounds of the length that hold; by all that may where that isn't known."""
        if len(self.declared.lengths) < 2:
            return text_verdicts(self._declaration, text)
        found: Verdicts = frozenset()
        for condition, length in self.declared.lengths:
            holds = True if condition is None else _truth(condition.evaluate(environment))
            if holds is not False:
                found |= text_verdicts(self._declaration, text, length)
            if holds is True:
                break
        return found

    def _within_bounds(self, value: Value, environment: Environment) -> Verdicts:
        if any(equal(value, point.evaluate(environment)) is not False for point in self.declared.unsure_at):
            return EITHER
        bounds = [(bound.evaluate(environment), within) for bound, within in self._bounds]
        holds = [within(value, bound) for bound, within in bounds if bound is not MISSING]
        if False in holds:
            return BREAKS_RULE
        return EITHER if UNKNOWN in holds else VALID

    def _conclude(self, verdicts: Verdicts, value: Value, environment: Environment) -> Judged:
        unsure = self.declared.unsure_if
        if unsure is not None and unsure.evaluate(environment) is not False:
            verdicts |= EITHER
        readable = InputStatus.WRONG_KIND not in verdicts
        return Judged(status_of(verdicts), value if readable else UNKNOWN)


def kind_of(declared: CompiledInput, model: Model) -> Kind:
    return Kind(
        type=declared.declaration.type,
        words=declared.values or declared.declaration.of,
        also=declared.declaration.also,
        format=declared.declaration.format,
        text_numbers=model.text_numbers,
        whole_decimals=model.whole_decimals,
    )


class Inputs:
    """The inputs of one request. Each is judged when it is first asked for, in the world before it."""

    def __init__(
        self,
        fields: Mapping[str, Field],
        groups: Sequence[InputGroup],
        sent: Mapping[str, Scalar],
        environment: Environment,
    ) -> None:
        """`environment` reads these inputs in turn."""
        self._fields = fields
        self._groups = groups
        self._sent = sent
        self._environment = environment
        self._judged: dict[str, Judged] = {}

    def names(self) -> tuple[str, ...]:
        return tuple(self._fields)

    def status(self, name: str) -> InputStatus:
        return self.judge(name).status

    def value(self, name: str) -> Value:
        return self.judge(name).value

    def judge(self, name: str) -> Judged:
        if name not in self._judged:
            self._judged[name] = _NOT_TOLD  # what an input finds that depends on itself
            self._judged[name] = self._judge(name, self._fields[name])
        return self._judged[name]

    def _judge(self, name: str, field: Field) -> Judged:
        asked = self._asked(field)
        if asked is False:
            return Judged(InputStatus.NOT_ASKED, MISSING)
        needed = self._needed(name) if self._groups else None
        judged = field.judge(self._sent.get(name), self._environment, needed=needed)
        if asked is True:
            return judged
        value = judged.value if judged.value is MISSING else UNKNOWN
        never_invalid = judged.status is InputStatus.VALID
        return Judged(InputStatus.VALID if never_invalid else InputStatus.UNKNOWN, value)

    def _needed(self, name: str) -> bool | Special | None:
        """Whether a group of inputs needs this one; None if it is in no group."""
        found: list[bool | Special] = []
        for group in self._groups:
            if name in group.all_or_none_of:
                found.append(any_of(self._given(other) for other in group.all_or_none_of if other != name))
            if name in group.at_least_one_of:
                given = any_of(self._given(other) for other in group.at_least_one_of)
                found.append(given if isinstance(given, Special) else not given)
        return any_of(found) if found else None

    def _given(self, name: str) -> bool | Special:
        sent = self._sent.get(name)
        if name not in self._fields or sent is None or sent == "":
            return False
        asked = self._asked(self._fields[name])
        return UNKNOWN if asked is True and isinstance(sent, str) and blank(sent) else asked

    def _asked(self, field: Field) -> bool | Special:
        if field.declared.asked_if is None:
            return True
        statuses = [self.status(name) for name in field.asked_by]
        if any(status in CERTAINLY_INVALID for status in statuses):
            return False
        asked = _truth(field.declared.asked_if.evaluate(self._environment))
        return UNKNOWN if asked is True and InputStatus.UNKNOWN in statuses else asked


def _stands_alone(declared: CompiledInput) -> bool:
    """Its verdict is the same in every world and whatever else was sent."""
    lengths = (condition for condition, _ in declared.lengths)
    formulas = (declared.required, declared.if_left_out, declared.unsure_if, *declared.unsure_at, *lengths)
    bounds = (declared.minimum, declared.maximum, declared.above, declared.below)
    trees = [formula.tree for formula in (*formulas, *bounds) if formula is not None]
    fixed = (nodes.Literal, nodes.Word, nodes.Negative, nodes.Arithmetic)
    return all(
        isinstance(node, fixed) or (isinstance(node, nodes.Name) and node.kind is NameKind.FIGURE)
        for tree in trees
        for node in walk(tree)
    )


def _truth(value: Value) -> bool | Special:
    return value if isinstance(value, bool) else UNKNOWN


def status_of(verdicts: Verdicts) -> InputStatus:
    """What is certain, where these may be."""
    if len(verdicts) == 1:
        return next(iter(verdicts))
    return InputStatus.UNKNOWN if InputStatus.VALID in verdicts else InputStatus.INVALID


Within = Callable[[Value, Value], bool | Special]


def _bounds_of(declared: CompiledInput) -> Iterator[tuple[Formula, Within]]:
    """Each bound with `within(value, bound)`."""
    sides: tuple[tuple[Formula | None, Within], ...] = (
        (declared.minimum, lambda value, bound: at_most(bound, value)),
        (declared.above, lambda value, bound: less(bound, value)),
        (declared.maximum, at_most),
        (declared.below, less),
    )
    return ((bound, within) for bound, within in sides if bound is not None)


def written_verdicts(declaration: Input, number: Fraction) -> Verdicts:
    """Of the digits after the point, and of multiples."""
    digits = decimals(number)
    too_fine = declaration.scale is not None and (digits is None or digits > declaration.scale)
    step = declaration.multiple_of
    beside = bool(step) and (number / Fraction(step or 1)).denominator != 1
    return BREAKS_RULE if too_fine or beside else VALID
