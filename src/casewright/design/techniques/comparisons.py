"""The comparisons of numbers and moments that decide something in an operation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from typing import TypeGuard

from casewright.design.cases import Outcome, Scalar
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.environment import Environment
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.tree import Compare, Kind, Order, Tree
from casewright.design.model.parts import CompiledReject
from casewright.design.model.schema import InputType
from casewright.design.techniques.axes import has_axis
from casewright.design.techniques.conditions import Path, alternatives, conjuncts
from casewright.design.techniques.distance import NOT_KNOWN, gap
from casewright.design.techniques.obligations import Depth
from casewright.design.techniques.subject import (
    Data,
    OperationSubject,
    Subject,
    choices,
    is_moment,
    is_number,
    word,
)
from casewright.design.techniques.wants import Aim, Want, holds, measured

ORDERED = frozenset({Order.LESS, Order.AT_MOST, Order.GREATER, Order.AT_LEAST})
_MOST_CHOICES = 8
_MOST_COMBINATIONS = 24


@dataclass(frozen=True)
class Comparison:
    """`drivers`: the inputs that can move it. `pins`: the words that choose what it compares with.

    `reject` is the refusal that it helps to decide; None if it only decides about a value.
    """

    tree: Compare
    drivers: tuple[str, ...]
    reject: CompiledReject | None
    path: Path
    """What else has to hold so that it decides."""
    pins: Data
    counted: bool = False
    """Nothing that is sent moves it; doing something often enough does."""

    def want(self, operation: OperationSubject, *, side: bool) -> Want:
        """What a call on that side has to meet. Without an input that moves the comparison, it also has to
        be as near to its turn as whole numbers come."""
        aims = [holds(operation, condition, truth=truth) for condition, truth in self.path]
        if self.counted:
            aims.append(self._near(operation))
        if self.reject is None:
            aims.append(holds(operation, self.tree, truth=side))
            return Want(operation, outcome=Outcome.ACCEPTED, aims=tuple(aims))
        if side:
            return Want(operation, decided=self.reject.path, aims=tuple(aims))
        aims.append(holds(operation, self.reject.condition.tree, truth=False))
        return Want(operation, after=self.reject.path, aims=tuple(aims))

    def _near(self, operation: OperationSubject) -> Aim:
        left, right = compile_expression(self.tree.left), compile_expression(self.tree.right)

        def far(environment: Environment) -> float:
            apart = gap(left(environment), right(environment))
            if apart is None:
                return NOT_KNOWN
            beyond = max(abs(apart) - 1, Fraction(0))
            return float(beyond / (beyond + 100))

        return measured(operation, self.tree, far)


def comparisons(operation: OperationSubject, depth: Depth) -> Iterator[Comparison]:
    """Those of the refusals' own conditions in their order, then those that decide about values and effects,
    last those that decide about a refusal through a value."""
    seen: set[Tree] = set()
    rejects = [reject for reject in operation.operation.rejects if reject.input is None]
    for reject in rejects:
        for tree, path in _of_a_condition(operation, reject):
            seen.add(tree)
            yield from _variants(operation, tree, reject, path, depth)
    walk = operation.walk()
    for formula in operation.formulas[len(operation.operation.rejects) :]:
        for tree, path in walk.nodes(formula.tree):
            if _is_ordered(tree) and tree not in seen:
                seen.add(tree)
                yield from _variants(operation, tree, None, path, depth)
    for reject in rejects:
        for tree, path in operation.walk().nodes(reject.condition.tree):
            if _is_ordered(tree) and tree not in seen:
                seen.add(tree)
                yield from _variants(operation, tree, reject, path, depth)


def _of_a_condition(operation: OperationSubject, reject: CompiledReject) -> Iterator[tuple[Compare, Path]]:
    """The comparisons that stand in the condition itself, with the rest of their alternative."""
    for reason in alternatives(reject.condition.tree, operation.definitions):
        parts = conjuncts(reason, operation.definitions)
        for part in parts:
            inner = part.operand if isinstance(part, nodes.Not) else part
            if _is_ordered(inner):
                yield inner, tuple((other, True) for other in parts if other is not part)


def _is_ordered(node: Tree) -> TypeGuard[Compare]:
    return isinstance(node, Compare) and node.order in ORDERED and not node.ranks


def drivers_of(operation: OperationSubject, tree: Compare) -> tuple[str, ...]:
    """The inputs that move it: numbers, then moments, then texts whose length it looks at."""
    inputs = operation.operation.inputs
    free = [name for name in operation.inputs_of(tree) if not choices(inputs[name])]
    numbers = [name for name in free if is_number(inputs[name])]
    moments = [name for name in free if is_moment(inputs[name])]
    by_length = any(
        isinstance(node, nodes.Apply) and node.function is nodes.Function.LENGTH
        for node in operation.nodes_of(tree)
    )
    texts = [name for name in free if inputs[name].declaration.type is InputType.TEXT]
    return (*numbers, *moments, *(name for name in texts if by_length and has_axis(inputs[name])))


def _variants(
    operation: OperationSubject, tree: Compare, reject: CompiledReject | None, path: Path, depth: Depth
) -> Iterator[Comparison]:
    drivers = drivers_of(operation, tree)
    counted = not drivers and _counts(operation, tree)
    if drivers or counted or _remembers(operation, tree):
        for pins in _selections(operation, tree, depth):
            yield Comparison(tree, drivers, reject, path, pins, counted=counted)


def _remembers(operation: OperationSubject, tree: Compare) -> bool:
    return bool(set(operation.variables_of(tree)) - {"state", "actor"})


def _counts(operation: OperationSubject, tree: Compare) -> bool:
    """Is it about whole numbers that go up by one when something is done? Those come to their bound exactly
    by doing it often enough; others by what was sent before."""
    variables = operation.subject.compiled.variables
    read = [name for name in operation.variables_of(tree) if name in variables]
    whole = all(variables[name].declaration.type is InputType.INTEGER for name in read)
    return bool(read) and whole and not any(_is_sent(operation.subject, name) for name in read)


def _is_sent(subject: Subject, variable: str) -> bool:
    """Does some operation set the variable from what it is sent?"""
    return any(
        operation.inputs_of(assignment.value.tree)
        for operation in subject.operations.values()
        for effect in operation.effects
        for assignment in effect.assignments
        if assignment.target.name == variable
    )


def _selections(operation: OperationSubject, tree: Tree, depth: Depth) -> Iterator[Data]:
    """The words that choose among limits: each row of a table that is looked up, else each of a choice."""
    inputs = operation.operation.inputs
    selectors = [
        name for name in operation.inputs_of(tree) if 1 < len(choices(inputs[name])) <= _MOST_CHOICES
    ]
    if not selectors:
        yield {}
        return
    size = 1
    for name in selectors:
        size *= len(choices(inputs[name]))
    if depth == "thorough" and size <= _MOST_COMBINATIONS:
        for values in product(*(choices(inputs[name]) for name in selectors)):
            yield {name: word(value) for name, value in zip(selectors, values, strict=True)}
        return
    rows = list(table_rows(operation, tree))
    yield from rows
    chosen = {name for row in rows for name in row}
    for name in selectors:
        if name not in chosen:
            for value in choices(inputs[name]):
                yield {name: word(value)}


def table_rows(operation: OperationSubject, tree: Tree) -> Iterator[Mapping[str, Scalar]]:
    """The rows of the tables that are looked up by words that were sent, as the data that finds them."""
    seen: set[Tree] = set()
    for node in operation.nodes_of(tree):
        if not isinstance(node, nodes.LookUp) or node in seen:
            continue
        seen.add(node)
        names = [key.name for key in node.keys if isinstance(key, nodes.Name) and key.kind is Kind.INPUT]
        if len(names) != len(node.keys):
            continue
        for row in operation.subject.compiled.tables[node.table].rows:
            words = [key.tree.text if key and isinstance(key.tree, nodes.Word) else None for key in row.keys]
            data = {name: word(text) for name, text in zip(names, words, strict=False) if text is not None}
            if data:
                yield data
