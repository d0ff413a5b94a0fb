"""Expressions over records, unrolled over those that are there in the world."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import TYPE_CHECKING

from casewright.design.expressions import arithmetic, record_tree
from casewright.design.expressions.evaluation import compile_let, equal
from casewright.design.expressions.record_tree import Pick, Quantifier, Summary
from casewright.design.expressions.tree import Tree
from casewright.design.expressions.values import MISSING, Reference, Special
from casewright.design.solving.guards import ALWAYS, Guard
from casewright.design.solving.translating import choice, conjunction, disjunction, lifted, mapped
from casewright.design.solving.unions import ANYTHING, Leaf, Union

if TYPE_CHECKING:
    from casewright.design.solving.reading import Reading

_ANYTHING: Union = ((ALWAYS, ANYTHING),)
_YES: Union = ((ALWAYS, True),)


def worth(tree: Tree, reading: Reading) -> Union:
    """Anything where the records are still to be chosen, and for the few forms that aren't unrolled."""
    if reading.actual is None:
        return _ANYTHING
    if not reading.rests_on_choice(tree):
        held = compile_let(tree)(reading.actual)
        return ((ALWAYS, ANYTHING if isinstance(held, dict) else held),)
    match tree:
        case record_tree.ByKey():
            return _by_key(tree, reading)
        case record_tree.Quantified():
            return _quantified(tree, reading)
        case record_tree.CountRecords():
            return _count(_fitting(tree.collection, tree.where, reading), reading)
        case record_tree.Summarised():
            return _summarised(tree, reading)
        case record_tree.Search(by=None):
            return _search(tree, reading)
        case _:
            return _ANYTHING


Fitting = Sequence[tuple[Reference, Union]] | None
"""Each record with the truth of `where`; None if it isn't known which are there."""


def _fitting(collection: str, where: Tree | None, reading: Reading) -> Fitting:
    assert reading.actual is not None
    found = reading.actual.records(collection)
    if isinstance(found, Special):
        return None
    return [(each, _YES if where is None else reading.scanning(each).worth(where)) for each in found]


def _by_key(tree: record_tree.ByKey, reading: Reading) -> Union:
    assert reading.actual is not None
    found = reading.actual.records(tree.collection)
    if isinstance(found, Special):
        return _ANYTHING
    tools = reading.tools
    keys = [reading.worth(key) for key in tree.keys]
    same = lifted(equal, tools.quantities.equal)
    result: Union = tools.unions.only(MISSING)
    for record in found:
        parts = zip(record.key, keys, strict=True)
        fits = conjunction(
            tools, [tools.unions.combine_many(same, [tools.unions.only(part), key]) for part, key in parts]
        )
        here, rest = tools.unions.only(record), result
        result = choice(tools, fits, lambda here=here: here, lambda rest=rest: rest)
    return result


def _quantified(tree: record_tree.Quantified, reading: Reading) -> Union:
    fitting = _fitting(tree.collection, tree.where, reading)
    if fitting is None:
        return _ANYTHING
    tools, truths = reading.tools, list[Union]()
    for record, fits in fitting:
        has = _YES if tree.has is None else reading.scanning(record).worth(tree.has)
        if tree.quantifier is Quantifier.ANY:
            truths.append(conjunction(tools, [fits, has]))
        else:
            truths.append(disjunction(tools, [mapped(tools.unions, _opposite, fits), has]))
    return (disjunction if tree.quantifier is Quantifier.ANY else conjunction)(tools, truths)


def _opposite(truth: Leaf) -> Leaf:
    return not truth if isinstance(truth, bool) else truth


def _count(fitting: Fitting, reading: Reading) -> Union:
    if fitting is None:
        return _ANYTHING
    return _sum([(fits, ((ALWAYS, Fraction(1)),)) for _, fits in fitting], reading)


def _sum(parts: Sequence[tuple[Union, Union]], reading: Reading) -> Union:
    """Of the values whose condition holds; anything where that isn't known of one."""
    tools = reading.tools
    total: Union = tools.unions.only(Fraction(0))
    plus = lifted(arithmetic.plus, tools.quantities.plus)
    for fits, value in parts:
        before = total
        added = tools.unions.combine(plus, [before, value])
        total = _where(fits, added, before, reading)
    return total


def _where(fits: Union, value: Union, otherwise: Union, reading: Reading) -> Union:
    """As `choice`, but nothing is claimed where the condition isn't known."""
    certain: Union = mapped(
        reading.tools.unions, lambda truth: truth if isinstance(truth, bool) else ANYTHING, fits
    )
    return choice(reading.tools, certain, lambda: value, lambda: otherwise)


def _summarised(tree: record_tree.Summarised, reading: Reading) -> Union:
    fitting = _fitting(tree.collection, tree.where, reading)
    if fitting is None:
        return _ANYTHING
    parts = [(fits, reading.scanning(record).worth(tree.value)) for record, fits in fitting]
    if tree.summary is Summary.SUM:
        return _sum(parts, reading)
    tools = reading.tools
    least = tree.summary is Summary.LEAST
    pick = lifted(
        lambda best, value: (arithmetic.least if least else arithmetic.most)([best, value]),
        tools.quantities.smaller if least else tools.quantities.greater,
    )

    def better(best: Leaf, value: Leaf) -> Leaf | Union:
        return value if best is MISSING else pick(best, value)

    result: Union = tools.unions.only(MISSING)
    for fits, value in parts:
        result = _where(fits, tools.unions.combine(better, [result, value]), result, reading)
    return result


def _search(tree: record_tree.Search, reading: Reading) -> Union:
    """The `place`-th that fits, in the order of creation or against it."""
    fitting = _fitting(tree.collection, tree.where, reading)
    if fitting is None or not _certain(fitting):
        return _ANYTHING
    if tree.pick is Pick.ONLY and not _apart(fitting, reading):
        return _ANYTHING
    tools = reading.tools
    order = list(reversed(fitting)) if tree.pick is Pick.LAST else list(fitting)
    cases: list[tuple[Guard, Leaf]] = []
    waiting: list[Guard] = [ALWAYS, *([None] * (tree.place - 1))]
    for record, fits in order:
        true, false = tools.unions.true(fits), tools.unions.false(fits)
        cases.append((tools.guards.both(waiting[-1], true), record))
        waiting = [
            tools.guards.either(
                [
                    tools.guards.both(waiting[place], false),
                    tools.guards.both(waiting[place - 1], true) if place else None,
                ]
            )
            for place in range(tree.place)
        ]
    cases += [(guard, MISSING) for guard in waiting]
    return tools.unions.gather(cases)


def _certain(fitting: Sequence[tuple[Reference, Union]]) -> bool:
    return all(isinstance(leaf, bool) for _, fits in fitting for _, leaf in fits)


def _apart(fitting: Sequence[tuple[Reference, Union]], reading: Reading) -> bool:
    """Can no two of them fit at once?"""
    tools = reading.tools
    trues = [tools.unions.true(fits) for _, fits in fitting]
    return all(
        tools.guards.both(first, second) is None
        for place, first in enumerate(trues)
        for second in trues[place + 1 :]
    )
