"""A model as the techniques look at it: each operation with its fields, conditions and who calls it."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from casewright.design.cases import Language, Scalar
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.environment import Environment
from casewright.design.expressions.tree import Kind, Tree
from casewright.design.expressions.values import Value
from casewright.design.kinds import DEFAULT_FORMATS, as_number, write_moment
from casewright.design.model.compiled import CompiledModel
from casewright.design.model.parts import CompiledInput, CompiledOperation, CompiledStep, Do, Formula
from casewright.design.model.schema import NOBODY, InputType
from casewright.design.moment import Prepared
from casewright.design.scalars import as_scalar
from casewright.design.support import Definitions, definitions_of, inputs_read, unfolded, variables_read
from casewright.design.techniques.conditions import Walk

Data = Mapping[str, Scalar]
ACCEPTED = "accepted"


@dataclass(frozen=True)
class Subject:
    """`prepared` lets a bound be worked out before any request."""

    compiled: CompiledModel

    @property
    def language(self) -> Language:
        """Of the document, and so of what is typed into the system."""
        return self.compiled.model.language

    @cached_property
    def operations(self) -> Mapping[str, OperationSubject]:
        return {
            name: OperationSubject(self, operation, definitions_of(self.compiled, operation))
            for name, operation in self.compiled.operations.items()
        }

    @cached_property
    def prepared(self) -> Prepared:
        return Prepared(self.compiled)

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """Those of the model, and those that are told to do something."""
        told = [role for operation in self.compiled.model.operations.values() for role in operation.by]
        listed = [role for may in self.compiled.model.may.values() for role in may]
        every = dict.fromkeys((*self.compiled.model.roles, *told, *listed))
        return tuple(role for role in every if role != NOBODY)


@dataclass(frozen=True)
class OperationSubject:
    subject: Subject
    operation: CompiledOperation
    definitions: Definitions

    @property
    def name(self) -> str:
        return self.operation.name

    @cached_property
    def checks_roles(self) -> bool:
        """Is it somewhere said who may not?"""
        if self.operation.permissions is not None:
            return True
        trees = (reject.condition.tree for reject in self.operation.rejects)
        return any(
            isinstance(node, nodes.ActorMay) or (isinstance(node, nodes.Name) and node.kind is Kind.ACTOR)
            for tree in trees
            for node in unfolded(tree, self.definitions)
        )

    @cached_property
    def actors(self) -> tuple[str | None, ...]:
        """Who may be expected to succeed, the likeliest first. None is a request without a role."""
        told = self.operation.declaration.by
        may = tuple(self.operation.permissions or ())
        likely = dict.fromkeys((*told, *may) or self.subject.roles)
        if self.checks_roles and self.operation.permissions is None:
            likely |= dict.fromkeys(self.subject.roles)
        return tuple(None if role == NOBODY else role for role in likely) or (None,)

    @cached_property
    def effects(self) -> tuple[CompiledStep, ...]:
        """All steps, with those within others and those of shared effects."""
        refused = (step for reject in self.operation.rejects for step in reject.then)
        return tuple(self._flat([*self.operation.then, *refused]))

    def _flat(self, steps: Iterable[CompiledStep]) -> Iterator[CompiledStep]:
        for step in steps:
            yield step
            yield from self._flat(step.steps)
            if isinstance(step.action, Do):
                yield from self._flat(self.subject.compiled.effects[step.action.effect].steps)

    @cached_property
    def formulas(self) -> tuple[Formula, ...]:
        """Everything that decides or is told, but what stands at the inputs."""
        found: list[Formula] = [reject.condition for reject in self.operation.rejects]
        for reject in self.operation.rejects:
            found.extend(reject.show.values())
        for effect in self.effects:
            found.extend([effect.when] if effect.when is not None else [])
            found.extend(assignment.value for assignment in effect.assignments)
        return (*found, *self.operation.answer.values(), *self.operation.answer_always.values())

    @cached_property
    def written(self) -> frozenset[str]:
        """The variables and collections of records that it may change, and 'state'."""
        return self.operation.writes.names

    @cached_property
    def read(self) -> frozenset[str]:
        """The variables that its answers may rest on, and 'state' and 'actor'."""
        return frozenset(name for formula in self.formulas for name in self.variables_of(formula.tree))

    def inputs_of(self, tree: Tree) -> tuple[str, ...]:
        """All of them where it asks about any ('some input invalid')."""
        if any(isinstance(node, nodes.SomeInput) for node in self.nodes_of(tree)):
            return tuple(self.operation.inputs)
        return inputs_read(tree, self.definitions)

    def variables_of(self, tree: Tree) -> tuple[str, ...]:
        return variables_read(tree, self.definitions)

    def nodes_of(self, tree: Tree) -> Iterator[Tree]:
        return unfolded(tree, self.definitions)

    def walk(self) -> Walk:
        """A fresh one: it enters each let and table once."""
        return Walk(self.definitions, self.subject.compiled.tables)

    def position(self, decided_by: str) -> int | None:
        """Where in the order of the refusals an answer was decided: −1 for a check of `may` that has no
        refusal of its own, the number of refusals for 'accepted', None where it isn't known."""
        return self._positions.get(decided_by)

    @cached_property
    def _positions(self) -> Mapping[str, int]:
        places = {reject.path: index for index, reject in enumerate(self.operation.rejects)}
        return {**places, ACCEPTED: len(places), f"may.{self.name}": -1}


_NUMBERS = frozenset({InputType.INTEGER, InputType.DECIMAL})


def is_number(declared: CompiledInput) -> bool:
    return declared.declaration.type in _NUMBERS


def is_moment(declared: CompiledInput) -> bool:
    return declared.declaration.type in DEFAULT_FORMATS


def choices(declared: CompiledInput) -> tuple[str, ...]:
    """The values of a choice, or of a number of which only some are allowed."""
    return declared.values or declared.declaration.of


def step_of(declared: CompiledInput) -> Fraction:
    """The least difference between two of its values: in its unit, days or minutes."""
    declaration = declared.declaration
    if declaration.multiple_of:
        return Fraction(declaration.multiple_of)
    if declaration.type is InputType.DECIMAL:
        return Fraction(1, 10 ** (2 if declaration.scale is None else declaration.scale))
    return Fraction(1)


def grain_of(declared: CompiledInput) -> Fraction:
    """A difference that leads beside a multiple, with as few digits as that takes."""
    step = step_of(declared)
    if declared.declaration.type is InputType.INTEGER:
        return Fraction(1)
    scale = declared.declaration.scale
    half = step / 2
    return half if scale is None or (half * 10**scale).denominator == 1 else Fraction(1, 10**scale)


def written(declared: CompiledInput, value: Value) -> Scalar:
    """A value as it is sent to the field; None if it can't be."""
    declaration = declared.declaration
    if isinstance(value, datetime.date | datetime.time) and declaration.type in DEFAULT_FORMATS:
        return write_moment(value, declaration.format or DEFAULT_FORMATS[declaration.type])
    if isinstance(value, str) and declaration.type is InputType.CHOICE:
        return word(value)
    return as_scalar(value)


def word(text: str) -> Scalar:
    """A value of a choice as it is sent: 12 as a number, also where the document lists it among words."""
    try:
        number = as_scalar(Fraction(text))
    except (ValueError, ZeroDivisionError):
        return text
    return number if as_number(number) is not None and str(number) == text else text


def moved(value: Value | None, by: Fraction) -> Value | None:
    """A number, date or time moved by units, days or minutes; None where there is no such value."""
    try:
        if isinstance(value, Fraction):
            return value + by
        if isinstance(value, datetime.datetime):
            return value + datetime.timedelta(minutes=float(by))
        if isinstance(value, datetime.date):
            return value + datetime.timedelta(days=int(by))
        if isinstance(value, datetime.time):
            minutes = value.hour * 60 + value.minute + int(by)
            return datetime.time(minutes // 60, minutes % 60)
    except (OverflowError, ValueError):
        return None
    return None


def bound_values(declared: CompiledInput, environment: Environment) -> tuple[Value | None, Value | None]:
    """The least and the greatest value that the field's own bounds leave, where they can be told."""
    step = step_of(declared)
    low = declared.minimum.evaluate(environment) if declared.minimum else None
    if declared.above is not None:
        low = moved(declared.above.evaluate(environment), step)
    high = declared.maximum.evaluate(environment) if declared.maximum else None
    if declared.below is not None:
        high = moved(declared.below.evaluate(environment), -step)
    return _ordered(low), _ordered(high)


def _ordered(value: Value | None) -> Value | None:
    return value if isinstance(value, Fraction | datetime.date | datetime.time) else None
