"""What may be sent to an operation, as variables of the solver, and what the model makes of it.

The counterpart of `casewright.design.inputs`: each input is judged as missing, of the wrong kind, breaking a
rule or valid, with guards over what is chosen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import Final, cast

from casewright.design.cases import Scalar
from casewright.design.expressions import texts
from casewright.design.expressions.arithmetic import at_most, less
from casewright.design.expressions.environment import InputStatus
from casewright.design.expressions.truths import equal
from casewright.design.expressions.values import MISSING, UNKNOWN
from casewright.design.inputs import (
    CERTAINLY_INVALID,
    EITHER,
    MISSING_IF,
    kind_of,
    status_of,
    written_verdicts,
)
from casewright.design.kinds import ANYTHING as ANY_VERDICT
from casewright.design.kinds import BREAKS_RULE, VALID, Sent, Verdicts, read_as
from casewright.design.model.parts import CompiledInput, Formula
from casewright.design.model.schema import InputType
from casewright.design.solving.guards import ALWAYS, NEVER, Guard
from casewright.design.solving.reading import Reading
from casewright.design.solving.translating import (
    Lifted,
    conjunction,
    disjunction,
    lifted,
    mapped,
    opposite_truth,
)
from casewright.design.solving.unions import ANYTHING, Leaf, Measure, Quantity, Union
from casewright.design.support import inputs_read
from casewright.design.text_rules import blank, certain_text, text_verdicts


class Other(Enum):
    OTHER = "other"
    """A text that is none of the witnesses."""


OTHER: Final = Other.OTHER


@dataclass(frozen=True)
class Listed:
    """One of finitely many values, the most natural first; None is left out. `variable` None: no choice."""

    name: str
    options: tuple[Scalar | Other, ...]
    variable: int | None


@dataclass(frozen=True)
class Measured:
    """A number or moment. `given`: where it is sent at all."""

    name: str
    quantity: Quantity
    given: Guard


Chosen = Listed | Measured


@dataclass(frozen=True)
class _Judged:
    status: InputStatus
    value: Leaf


_NOT_TOLD: Final[Union] = ((ALWAYS, _Judged(InputStatus.UNKNOWN, UNKNOWN)),)


class Sending:
    """Implements `reading.Sent`."""

    def __init__(self, chosen: Mapping[str, Chosen], reading: Reading, prefix: str = "") -> None:
        """`prefix`: of the names of variables."""
        self._prefix = prefix
        self._lengths: dict[str, Quantity] = {}
        self.chosen = chosen
        self._reading = reading
        self._tools = reading.tools
        self._inputs = reading.request.operation.inputs
        self._model = reading.request.prepared.compiled.model
        self._judged: dict[str, Union] = {}

    def names(self) -> Sequence[str]:
        return tuple(self._inputs)

    def value(self, name: str) -> Union:
        return mapped(self._tools.unions, _value, self._judge(name))

    def status(self, name: str) -> Union:
        return mapped(self._tools.unions, _status, self._judge(name))

    def length(self, name: str) -> Union:
        """In characters. That of a text which is none of the witnesses keeps to the bounds of the field."""

        def length(value: Leaf) -> Leaf:
            return texts.length(value) if isinstance(value, str) else UNKNOWN

        found = mapped(self._tools.unions, length, self.value(name))
        if all(leaf is not ANYTHING for _, leaf in found):
            return found
        if name not in self._lengths:
            self._lengths[name] = self._other_length(name)
        free = self._lengths[name]
        return tuple((guard, free if leaf is ANYTHING else leaf) for guard, leaf in found)

    def _other_length(self, name: str) -> Quantity:
        lengths = [length for _, length in self._inputs[name].lengths]
        least = min((length.least or 0 for length in lengths), default=0)
        mosts = [length.most for length in lengths if length.most is not None]
        most = max(mosts) if lengths and len(mosts) == len(lengths) else None
        terms = self._tools.unions.terms
        length = terms.whole(f"length of {self._prefix}{name}")
        self._tools.guards.axioms.append(terms.at_most(max(least, 1), length))
        if most is not None:
            self._tools.guards.axioms.append(terms.at_most(length, most))
        return Quantity(Measure.NUMBER, length)

    def given(self, name: str) -> Guard:
        """Where one of the witnesses is sent, or nothing."""
        chosen = self.chosen[name]
        if isinstance(chosen, Listed) and OTHER in chosen.options:
            if chosen.variable is None:
                return NEVER
            return self._tools.guards.opposite(
                self._tools.guards.at(chosen.variable, chosen.options.index(OTHER))
            )
        return ALWAYS

    def _judge(self, name: str) -> Union:
        if name not in self._judged:
            self._judged[name] = _NOT_TOLD  # what an input finds that depends on itself
            self._judged[name] = self._judge_asked(self._inputs[name])
        return self._judged[name]

    def _judge_asked(self, declared: CompiledInput) -> Union:
        judged = self._judge_sent(declared)
        if declared.asked_if is None:
            return judged
        return self._tools.unions.combine_many(_if_asked, [self._asked(declared), judged])

    def _asked(self, declared: CompiledInput) -> Union:
        unions, asked_if = self._tools.unions, declared.asked_if
        if asked_if is None:
            return conjunction(self._tools, [])
        asked_by = inputs_read(asked_if.tree, self._reading.request.definitions)
        statuses = [self.status(name) for name in asked_by]
        invalid = [mapped(unions, lambda status: status in CERTAINLY_INVALID, each) for each in statuses]
        unclear = [mapped(unions, lambda status: status is InputStatus.UNKNOWN, each) for each in statuses]
        truth = self._truth(asked_if)

        def asked(invalid: Leaf, unclear: Leaf, truth: Leaf) -> Leaf:
            if invalid is True:
                return False
            return UNKNOWN if truth is True and unclear is True else truth

        return unions.combine(
            asked, [disjunction(self._tools, invalid), disjunction(self._tools, unclear), truth]
        )

    def _truth(self, formula: Formula) -> Union:
        worth = self._reading.worth(formula.tree)
        return mapped(self._tools.unions, lambda leaf: leaf if isinstance(leaf, bool) else UNKNOWN, worth)

    def _judge_sent(self, declared: CompiledInput) -> Union:
        chosen = self.chosen[declared.name]
        guards, unions = self._tools.guards, self._tools.unions
        cases: list[tuple[Guard, Leaf]] = []
        if isinstance(chosen, Measured):
            there = self._conclude(self._rules(declared, chosen.quantity), chosen.quantity, declared)
            cases += unions.under(chosen.given, there)
            if chosen.given != ALWAYS:
                cases += unions.under(guards.opposite(chosen.given), self._left_out(declared))
            return unions.gather(cases)
        for place, option in enumerate(chosen.options):
            at = ALWAYS if chosen.variable is None else guards.at(chosen.variable, place)
            cases += unions.under(at, self._judge_option(declared, option))
        return unions.gather(cases)

    def _judge_option(self, declared: CompiledInput, option: Scalar | Other) -> Union:
        if isinstance(option, Other):
            return self._tools.unions.only(_Judged(InputStatus.VALID, ANYTHING))
        if option is None or option == "":
            return self._left_out(declared)
        return self._there(declared, option)

    def _left_out(self, declared: CompiledInput) -> Union:
        needed = self._needed(declared.name)
        if declared.if_left_out is not None:
            value = self._reading.worth(declared.if_left_out.tree)
            valid = self._tools.unions.only(VALID)

            def concluded(leaf: Leaf) -> Union:
                return self._conclude(valid, leaf, declared)

            return self._tools.unions.combine_many(concluded, [value])
        verdicts = self._missing(declared) if needed is None else self._missing_if(needed)
        return self._conclude(verdicts, MISSING, declared)

    def _needed(self, name: str) -> Union | None:
        """Whether a group of inputs needs this one; None if it is in no group."""
        found: list[Union] = []
        for group in self._reading.request.operation.declaration.input_groups:
            if name in group.all_or_none_of:
                others = [self._is_given(other) for other in group.all_or_none_of if other != name]
                found.append(disjunction(self._tools, others))
            if name in group.at_least_one_of:
                given = disjunction(self._tools, [self._is_given(other) for other in group.at_least_one_of])
                found.append(mapped(self._tools.unions, opposite_truth, given))
        return disjunction(self._tools, found) if found else None

    def _is_given(self, name: str) -> Union:
        guards, unions = self._tools.guards, self._tools.unions
        if name not in self._inputs:
            return disjunction(self._tools, [])
        chosen, asked = self.chosen[name], self._asked(self._inputs[name])
        if isinstance(chosen, Measured):
            return unions.choose(chosen.given, asked, disjunction(self._tools, []))
        cases: list[tuple[Guard, Leaf]] = []
        for place, option in enumerate(chosen.options):
            at = ALWAYS if chosen.variable is None else guards.at(chosen.variable, place)
            if option is None or option == "":
                cases.append((at, False))
            elif isinstance(option, str) and blank(option):
                doubtful = mapped(unions, lambda leaf: UNKNOWN if leaf is True else leaf, asked)
                cases += unions.under(at, doubtful)
            else:
                cases += unions.under(at, asked)
        return unions.gather(cases)

    def _missing(self, declared: CompiledInput) -> Union:
        return self._missing_if(self._truth(declared.required))

    def _missing_if(self, needed: Union) -> Union:
        return mapped(self._tools.unions, _if_missing, needed)

    def _there(self, declared: CompiledInput, sent: Sent) -> Union:
        unions, declaration = self._tools.unions, declared.declaration
        reading = read_as(kind_of(declared, self._model), sent)
        verdicts, value = unions.only(reading.verdicts), reading.value
        if InputStatus.VALID in reading.verdicts and value is not UNKNOWN:
            others = reading.verdicts - VALID
            verdicts = mapped(unions, lambda rules: others | _verdicts(rules), self._rules(declared, value))
        if reading.foreign and declaration.wrong_kind == "unknown":
            verdicts = mapped(unions, lambda each: _verdicts(each) | ANY_VERDICT, verdicts)
        if declaration.type is InputType.TEXT and isinstance(sent, str):
            value = certain_text(declaration, sent)
            if blank(sent):
                verdicts = unions.combine(_together, [verdicts, self._missing(declared)])
        return self._conclude(verdicts, value, declared)

    def _rules(self, declared: CompiledInput, value: Leaf) -> Union:
        """What the rules of the field say of a value of its kind: VALID, BREAKS_RULE, or that both may be."""
        declaration, unions = declared.declaration, self._tools.unions
        written = unions.only(VALID)
        if isinstance(value, Fraction):
            written = unions.only(written_verdicts(declaration, value))
        elif declaration.type is InputType.TEXT and isinstance(value, str):
            written = self._length_verdicts(declared, value)
        unread = declaration.unread is not None

        def verdicts(bounds: Leaf, written: Leaf) -> Leaf:
            if BREAKS_RULE in (bounds, written):
                return BREAKS_RULE
            return EITHER if unread or EITHER in (bounds, written) else VALID

        return unions.combine_many(verdicts, [self._within_bounds(declared, value), written])

    def _length_verdicts(self, declared: CompiledInput, text: str) -> Union:
        """By the bounds of the length that hold; by all that may where that isn't known."""
        declaration, unions = declared.declaration, self._tools.unions
        if len(declared.lengths) < 2:
            return unions.only(text_verdicts(declaration, text))
        nothing: Verdicts = frozenset()
        found = unions.only(nothing)
        for condition, length in reversed(declared.lengths):
            holds = conjunction(self._tools, []) if condition is None else self._truth(condition)
            here = text_verdicts(declaration, text, length)

            def verdicts(holds: Leaf, later: Leaf, here: Verdicts = here) -> Leaf:
                if holds is False:
                    return later
                return here if holds is True else here | _verdicts(later)

            found = unions.combine_many(verdicts, [holds, found])
        return found

    def _within_bounds(self, declared: CompiledInput, value: Leaf) -> Union:
        unions, quantities = self._tools.unions, self._tools.quantities
        one = unions.only(value)
        same = lifted(equal, quantities.equal)
        unsure = [unions.combine(same, [one, self._reading.worth(at.tree)]) for at in declared.unsure_at]
        not_above = lifted(at_most, quantities.at_most)
        below = lifted(less, quantities.less)
        inside = [
            *(self._bound(not_above, [formula, value]) for formula in (declared.minimum,) if formula),
            *(self._bound(below, [formula, value]) for formula in (declared.above,) if formula),
            *(self._bound(not_above, [value, formula]) for formula in (declared.maximum,) if formula),
            *(self._bound(below, [value, formula]) for formula in (declared.below,) if formula),
        ]

        def verdicts(unsure: Leaf, inside: Leaf) -> Leaf:
            if unsure is not False:
                return EITHER
            return VALID if inside is True else BREAKS_RULE if inside is False else EITHER

        return unions.combine(verdicts, [disjunction(self._tools, unsure), conjunction(self._tools, inside)])

    def _bound(self, within: Lifted, sides: Sequence[Leaf]) -> Union:
        """True where the bound is missing."""

        def holds(first: Leaf, second: Leaf) -> Leaf | Union:
            return True if MISSING in (first, second) else within(first, second)

        unions = self._tools.unions
        return unions.combine(
            holds,
            [
                self._reading.worth(side.tree) if isinstance(side, Formula) else unions.only(side)
                for side in sides
            ],
        )

    def _conclude(self, verdicts: Union, value: Leaf, declared: CompiledInput) -> Union:
        unsure = declared.unsure_if
        worth = disjunction(self._tools, []) if unsure is None else self._reading.worth(unsure.tree)

        def judged(verdicts: Leaf, unsure: Leaf) -> Leaf:
            found = _verdicts(verdicts) if unsure is False else _verdicts(verdicts) | EITHER
            return _Judged(status_of(found), value if InputStatus.WRONG_KIND not in found else UNKNOWN)

        return self._tools.unions.combine(judged, [verdicts, worth])


def _if_asked(asked: Leaf, judged: Leaf) -> Leaf:
    assert isinstance(judged, _Judged)
    if asked is False:
        return _Judged(InputStatus.NOT_ASKED, MISSING)
    if asked is True:
        return judged
    never_invalid = judged.status is InputStatus.VALID
    value = judged.value if judged.value is MISSING else UNKNOWN
    return _Judged(InputStatus.VALID if never_invalid else InputStatus.UNKNOWN, value)


def _if_missing(needed: Leaf) -> Leaf:
    return MISSING_IF[needed if isinstance(needed, bool) else UNKNOWN]


def _value(judged: Leaf) -> Leaf:
    assert isinstance(judged, _Judged)
    return judged.value


def _status(judged: Leaf) -> Leaf:
    assert isinstance(judged, _Judged)
    return judged.status


def _together(first: Leaf, second: Leaf) -> Leaf:
    return _verdicts(first) | _verdicts(second)


def _verdicts(leaf: Leaf) -> Verdicts:
    """A union of verdicts holds nothing else."""
    return cast("Verdicts", leaf)
