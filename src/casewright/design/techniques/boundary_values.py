"""Boundary value analysis: bounds of fields, lengths, and every comparison that decides something.

A bound of a field is tried on the value itself and on its nearest neighbour beyond; thorough, also on the one
inside. A comparison in a rule is turned by moving one input step by step: the last value on which it holds
and the first on which it doesn't.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from casewright.design.cases import Outcome, Technique, Words
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.environment import InputStatus
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.showing import show
from casewright.design.expressions.tree import Tree
from casewright.design.model.parts import CompiledInput, Formula
from casewright.design.model.schema import InputType
from casewright.design.moment import Moment
from casewright.design.scalars import shown
from casewright.design.techniques.comparisons import Comparison, comparisons
from casewright.design.techniques.equivalence_partitioning import invalid_item, status_aim
from casewright.design.techniques.invalid_values import WrongValue
from casewright.design.techniques.natural import length_bounds, of_length, text_for
from casewright.design.techniques.obligations import (
    Depth,
    Edge,
    Obligation,
    Rank,
    obligation_key,
    refusal_name,
    sources_of,
)
from casewright.design.techniques.subject import Data, OperationSubject, moved, step_of, written
from casewright.design.techniques.wants import Want, holds, only_invalid

TECHNIQUE = Technique.BOUNDARY_VALUE_ANALYSIS


def items(operation: OperationSubject, depth: Depth) -> Iterator[Obligation]:
    for declared in operation.operation.inputs.values():
        yield from _bounds(operation, declared, depth)
        yield from _lengths(operation, declared, depth)
    for comparison in comparisons(operation, depth):
        yield from _turns(operation, comparison)


# bounds of a field


@dataclass(frozen=True, slots=True)
class _Side:
    """One bound: `inward` is +1 for a lower one; an open one doesn't belong to what is allowed itself."""

    name: Words
    formula: Formula
    inward: int
    open: bool


def _sides(declared: CompiledInput) -> Iterator[_Side]:
    low, high = Words(zh="下边界", en="lower bound"), Words(zh="上边界", en="upper bound")
    for name, formula, inward, is_open in (
        (low, declared.minimum, 1, False),
        (low, declared.above, 1, True),
        (high, declared.maximum, -1, False),
        (high, declared.below, -1, True),
    ):
        if formula is not None:
            yield _Side(name, formula, inward, is_open)


def _bounds(operation: OperationSubject, declared: CompiledInput, depth: Depth) -> Iterator[Obligation]:
    for side in _sides(declared):
        for leaf, conditions in _leaves(side.formula.tree):
            for offset in _offsets(side, depth):
                yield _on_a_bound(operation, declared, side, _Leaf(operation, leaf, conditions), offset)
    for point in declared.unsure_at:
        yield _unclear(operation, declared, point)


def _offsets(side: _Side, depth: Depth) -> tuple[int, ...]:
    """Steps inward from the bound: the last value that is allowed, the first that is not."""
    outside = 0 if side.open else -1
    return (outside, outside + 1, outside + 2) if depth == "thorough" else (outside, outside + 1)


def _leaves(tree: Tree) -> Iterator[tuple[Tree, tuple[tuple[Tree, bool], ...]]]:
    """The values that a bound can have, each with the conditions under which it has it."""
    if not isinstance(tree, nodes.If):
        yield tree, ()
        return
    for branch, truth in ((tree.value, True), (tree.otherwise, False)):
        for leaf, conditions in _leaves(branch):
            yield leaf, ((tree.condition, truth), *conditions)


class _Leaf:
    """One value of a bound, as text, and what has to hold so that it counts."""

    def __init__(
        self, operation: OperationSubject, tree: Tree, conditions: tuple[tuple[Tree, bool], ...]
    ) -> None:
        names = operation.operation.names
        self.evaluate = compile_expression(tree)
        self.text = show(tree, names)
        self.where = " and ".join(
            show(condition, names) if truth else f"not ({show(condition, names)})"
            for condition, truth in conditions
        )
        self.aims = tuple(holds(operation, condition, truth=truth) for condition, truth in conditions)


_POSITIONS = {
    -1: Words(zh="刚超出", en="just outside"),
    0: Words(zh="恰为", en="exactly"),
    1: Words(zh="刚好在内，", en="just inside"),
    2: Words(zh="在内侧，", en="further inside"),
}


def _on_a_bound(
    operation: OperationSubject, declared: CompiledInput, side: _Side, leaf: _Leaf, offset: int
) -> Obligation:
    by = step_of(declared) * offset * side.inward

    def place(moment: Moment) -> Data | None:
        value = moved(leaf.evaluate(moment), by)
        sent = written(declared, value) if value is not None else None
        return None if sent is None else {declared.name: sent}

    inside = offset > 0 or (offset == 0 and not side.open)
    position = _POSITIONS[offset]
    zh_where, en_where = (f"，{leaf.where}", f", {leaf.where}") if leaf.where else ("", "")
    words = Words(
        zh=f"{position.zh}{side.name.zh} {leaf.text}{zh_where}",
        en=f"{position.en} the {side.name.en} {leaf.text}{en_where}",
    )
    bound = f"{side.name.en} {leaf.where}".strip()
    key = obligation_key(
        TECHNIQUE, operation.name, declared.name, f"{position.en} {bound}", "valid" if inside else "invalid"
    )
    if not inside:
        wrong = WrongValue(position.en, "", words)
        item = invalid_item(operation, declared, wrong, TECHNIQUE, Rank.BOUNDARY)
        want = replace(item.want, aims=(*item.want.aims, *leaf.aims))
        return replace(item, key=key, pins={}, place=place, want=want)
    valid = status_aim(operation, declared, frozenset({InputStatus.VALID}))
    return Obligation(
        key=key,
        technique=TECHNIQUE,
        operation=operation,
        rank=Rank.BOUNDARY,
        what=words,
        about=declared.name,
        want=Want(operation, outcome=Outcome.ACCEPTED, aims=(valid, *leaf.aims)),
        otherwise=Want(operation, aims=(valid, only_invalid(operation), *leaf.aims)),
        place=place,
        sources=sources_of(operation, declared.declaration.source),
    )


def _unclear(operation: OperationSubject, declared: CompiledInput, point: Formula) -> Obligation:
    """A value of which the document doesn't say on which side it is: undecided until somebody says."""

    def place(moment: Moment) -> Data | None:
        sent = written(declared, point.evaluate(moment))
        return None if sent is None else {declared.name: sent}

    valid = status_aim(operation, declared, frozenset({InputStatus.VALID}))
    return Obligation(
        key=obligation_key(TECHNIQUE, operation.name, declared.name, f"exactly {point.text}", "unclear"),
        technique=TECHNIQUE,
        operation=operation,
        rank=Rank.BOUNDARY,
        what=Words(
            zh=f"恰为 {point.text}，文档未说明是否包含", en=f"exactly {point.text}, not said if included"
        ),
        about=declared.name,
        want=Want(operation, outcome=Outcome.ACCEPTED, aims=(valid,)),
        place=place,
        sources=sources_of(operation, declared.declaration.source),
    )


# lengths of a text


def _lengths(operation: OperationSubject, declared: CompiledInput, depth: Depth) -> Iterator[Obligation]:
    declaration = declared.declaration
    if (
        declaration.type is not InputType.TEXT
        or declaration.length is None
        or declaration.pattern is not None
    ):
        return
    least, most = length_bounds(declaration)
    told = text_for(declared.name, operation.subject.language)
    further = 1 if depth == "thorough" else 0
    lengths: dict[int, Words] = {}
    if least > 0:
        low = Words(zh=f"最短 {least} 个字符", en=f"the shortest is {least} characters")
        lengths |= {least - 1: low, least: low} | ({least + 1: low} if further else {})
    if most is not None:
        high = Words(zh=f"最长 {most} 个字符", en=f"the longest is {most} characters")
        lengths |= ({most - 1: high} if further else {}) | {most: high, most + 1: high}
    for length, bound in lengths.items():
        if length > 0:
            yield _of_length(operation, declared, of_length(told, length), f"length {length}", bound)
    if declaration.trimmed == "yes":
        yield from _padded(operation, declared, least, most)


def _padded(
    operation: OperationSubject, declared: CompiledInput, least: int, most: int | None
) -> Iterator[Obligation]:
    """Outer spaces don't count: too short with them, and not too long because of them."""
    told = text_for(declared.name, operation.subject.language)
    words = Words(zh="首尾空格不计", en="outer spaces not counted")
    if least > 1:
        text = f"  {of_length(told, least - 1)}  "
        yield _of_length(operation, declared, text, "too short within spaces", words)
    if most is not None:
        text = f" {of_length(told, most)} "
        yield _of_length(operation, declared, text, "longest within spaces", words)


def _of_length(
    operation: OperationSubject, declared: CompiledInput, text: str, position: str, bound: Words
) -> Obligation:
    length = len(text)
    words = Words(
        zh=f"{length} 个字符，{bound.zh}",
        en=f"{length} {'character' if length == 1 else 'characters'}, {bound.en}",
    )
    counted = len(text.strip())
    least, most = length_bounds(declared.declaration)
    if counted < least or (most is not None and counted > most):
        wrong = WrongValue(position, text, words)
        return invalid_item(operation, declared, wrong, TECHNIQUE, Rank.BOUNDARY)
    valid = status_aim(operation, declared, frozenset({InputStatus.VALID}))
    return Obligation(
        key=obligation_key(TECHNIQUE, operation.name, declared.name, position, "valid"),
        technique=TECHNIQUE,
        operation=operation,
        rank=Rank.BOUNDARY,
        what=words,
        about=declared.name,
        want=Want(operation, outcome=Outcome.ACCEPTED, aims=(valid,)),
        otherwise=Want(operation, aims=(valid, only_invalid(operation))),
        pins={declared.name: text},
        sources=sources_of(operation, declared.declaration.source),
    )


# comparisons in rules


_SIDES = {
    True: Words(zh="分界处被拒一侧", en="at its turn, on the refused side"),
    False: Words(zh="分界处通过一侧", en="at its turn, on the other side"),
}
_TRUTHS = {
    True: Words(zh="恰好成立", en="just holds"),
    False: Words(zh="恰好不成立", en="just doesn't hold"),
}


def _turns(operation: OperationSubject, comparison: Comparison) -> Iterator[Obligation]:
    """The two sides of a comparison, where it turns."""
    reject = comparison.reject
    text = show(comparison.tree, operation.operation.names)
    chosen = ", ".join(f"{name} = {shown(value)}" for name, value in comparison.pins.items())
    for side, words in (_SIDES if reject is not None else _TRUTHS).items():
        where = f" [{chosen}]" if chosen else ""
        yield Obligation(
            key=obligation_key(
                TECHNIQUE,
                operation.name,
                refusal_name(operation, reject) if reject else "value",
                f"{text}{where}, {words.en}",
                "rejected" if side and reject else "accepted",
            ),
            technique=TECHNIQUE,
            operation=operation,
            rank=Rank.BOUNDARY,
            what=Words(zh=f"“{text}”{words.zh}", en=f"`{text}` {words.en}"),
            about=comparison.drivers[0] if comparison.drivers else "",
            want=comparison.want(operation, side=side),
            pins=comparison.pins,
            edge=None if comparison.counted else Edge(comparison.tree, comparison.drivers, side, reject),
            sources=sources_of(operation, reject.source if reject else ()),
        )
