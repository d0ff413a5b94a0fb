"""In which order values that are defined by each other can be worked out, and where they go in circles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter
from typing import Final

from casewright.design.expressions.names import Names
from casewright.design.expressions.tree import LookUp, Name, SomeInput, Tree, walk
from casewright.design.model.formulas import Formulas

MAX_CHAIN: Final = 60
"""How many values may rest on each other in a row; the oracle works them out one within the other."""


@dataclass(frozen=True, slots=True)
class Ordering:
    """`order` has every name after those that it rests on; a circle is broken at some place."""

    order: tuple[str, ...]
    circles: tuple[tuple[str, ...], ...]
    too_long: tuple[str, ...]
    """Names that rest on more than `MAX_CHAIN` others in a row."""


def references(trees: Iterable[Tree], names: Names) -> frozenset[str]:
    """The names that are read when the trees are worked out, with those in the cells of tables."""
    found: set[str] = set()
    for tree in trees:
        for node in walk(tree):
            if isinstance(node, Name):
                found.add(node.name)
            elif isinstance(node, LookUp):
                found |= names.tables[node.table].reads
            elif isinstance(node, SomeInput):
                found |= set(names.inputs)
    return frozenset(found)


def in_order(rests_on: Mapping[str, frozenset[str]]) -> Ordering:
    """`rests_on`: name → the names that its definition reads; those that are no key don't matter."""
    graph = {name: sorted(others & rests_on.keys()) for name, others in rests_on.items()}
    circles: list[tuple[str, ...]] = []
    while True:
        try:
            order = tuple(TopologicalSorter(graph).static_order())
        except CycleError as error:
            circle: list[str] = list(reversed(error.args[1]))
            circles.append(tuple(circle))
            graph[circle[0]].remove(circle[1])
        else:
            return Ordering(order, tuple(circles), _too_long(order, graph))


def _too_long(order: Iterable[str], graph: Mapping[str, list[str]]) -> tuple[str, ...]:
    depth: dict[str, int] = {}
    for name in order:
        depth[name] = 1 + max((depth[other] for other in graph[name]), default=0)
    return tuple(name for name in order if depth[name] == MAX_CHAIN + 1)


def rough_order(declared: Mapping[str, str | Sequence[str]], names: Names) -> Ordering:
    """Of definitions whose types are not known yet. What can't be read rests on nothing."""
    rough = Formulas()
    trees = {name: rough.read_let(name, text, names).tree for name, text in declared.items()}
    return in_order({name: references([tree], names) for name, tree in trees.items()})


def report(ordering: Ordering, paths: Mapping[str, str], formulas: Formulas) -> None:
    """`paths`: name → path of its element."""
    report_circles(ordering, paths, formulas)
    for name in ordering.too_long:
        formulas.fault(
            paths[name],
            f"逐层依赖的定义超过 {MAX_CHAIN} 层。",
            f"rests on more than {MAX_CHAIN} other definitions in a row.",
        )


def report_circles(ordering: Ordering, paths: Mapping[str, str], formulas: Formulas) -> None:
    for circle in ordering.circles:
        chain = " → ".join(circle)
        formulas.fault(paths[circle[0]], f"定义循环：{chain}。", f"the definitions go in a circle: {chain}.")
