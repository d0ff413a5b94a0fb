"""Takes rules apart: a condition into alternatives and the parts that all have to hold, and a value into the
nodes that it is worked out from, each with what has to hold so that it counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from casewright.design.expressions import tree as nodes
from casewright.design.expressions.tree import Kind, Order, Tree, children
from casewright.design.model.parts import CompiledTable
from casewright.design.support import Definitions

Path = tuple[tuple[Tree, bool], ...]
"""Conditions, each with the truth value that it has to have."""


def alternatives(tree: Tree, definitions: Definitions) -> tuple[Tree, ...]:
    """The reasons, each of which is enough."""
    tree = opened(tree, definitions)
    if isinstance(tree, nodes.Or):
        return tuple(part for each in tree.parts for part in alternatives(each, definitions))
    if isinstance(tree, nodes.Not) and isinstance(inner := opened(tree.operand, definitions), nodes.And):
        return tuple(part for each in inner.parts for part in alternatives(nodes.Not(each), definitions))
    return (tree,)


def conjuncts(tree: Tree, definitions: Definitions) -> tuple[Tree, ...]:
    """The parts that all have to hold."""
    tree = opened(tree, definitions)
    if isinstance(tree, nodes.And):
        return tuple(part for each in tree.parts for part in conjuncts(each, definitions))
    if isinstance(tree, nodes.Not) and isinstance(inner := opened(tree.operand, definitions), nodes.Or):
        return tuple(part for each in inner.parts for part in conjuncts(nodes.Not(each), definitions))
    return (tree,)


def opened(tree: Tree, definitions: Definitions) -> Tree:
    """What a name of a composed condition stands for; the tree itself otherwise."""
    if isinstance(tree, nodes.Name) and tree.kind in {Kind.LET, Kind.DERIVED}:
        definition = definitions.named.get(tree.name)
        if isinstance(definition, nodes.And | nodes.Or | nodes.Not):
            return opened(definition, definitions)
    return tree


class Walk:
    """The nodes of one or more roots, in lets and tables too; a let or table is entered only once."""

    def __init__(self, definitions: Definitions, tables: Mapping[str, CompiledTable]) -> None:
        self._definitions = definitions
        self._tables = tables
        self._entered: set[tuple[str, str]] = set()

    def nodes(self, tree: Tree, path: Path = ()) -> Iterator[tuple[Tree, Path]]:
        """Parents first. The path of a node is what has to hold so that it decides about the root."""
        yield tree, path
        match tree:
            case nodes.If():
                yield from self.nodes(tree.condition, path)
                yield from self.nodes(tree.value, (*path, (tree.condition, True)))
                yield from self.nodes(tree.otherwise, (*path, (tree.condition, False)))
            case nodes.FirstHit():
                yield from self._lines(tree, path)
            case nodes.And() | nodes.Or():
                for part in tree.parts:
                    others = tuple(
                        (other, isinstance(tree, nodes.And)) for other in tree.parts if other is not part
                    )
                    yield from self.nodes(part, (*path, *others))
            case nodes.Name(name=name) if name in self._definitions.named and self._enters("name", name):
                yield from self.nodes(self._definitions.named[name], path)
            case nodes.LookUp():
                for key in tree.keys:
                    yield from self.nodes(key, path)
                yield from self._cells(tree, path)
            case _:
                for child in children(tree):
                    yield from self.nodes(child, path)

    def _lines(self, tree: nodes.FirstHit, path: Path) -> Iterator[tuple[Tree, Path]]:
        before = path
        for case in tree.cases:
            yield from self.nodes(case.condition, before)
            yield from self.nodes(case.value, (*before, (case.condition, True)))
            before = (*before, (case.condition, False))
        yield from self.nodes(tree.otherwise, before)

    def _cells(self, tree: nodes.LookUp, path: Path) -> Iterator[tuple[Tree, Path]]:
        table = self._tables.get(tree.table)
        if table is None or not self._enters("table", tree.table):
            return
        for row in table.rows:
            fits = tuple(
                (nodes.Compare(Order.EQUAL, key, cell.tree), True)
                for key, cell in zip(tree.keys, row.keys, strict=False)
                if cell is not None
            )
            for cell in row.cells.values():
                yield from self.nodes(cell.tree, (*path, *fits))

    def _enters(self, kind: str, name: str) -> bool:
        new = (kind, name) not in self._entered
        self._entered.add((kind, name))
        return new
