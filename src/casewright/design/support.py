"""What an expression depends on, followed through lets, derived values and the cells of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from casewright.design.expressions import tree as nodes
from casewright.design.expressions.tree import Kind, Tree, walk
from casewright.design.model.compiled import CompiledModel
from casewright.design.model.parts import CompiledOperation


@dataclass(frozen=True, slots=True)
class Definitions:
    """What names stand for: the trees of derived values and lets, and those of each table's cells."""

    named: Mapping[str, Tree]
    tables: Mapping[str, tuple[Tree, ...]]


def definitions_of(compiled: CompiledModel, operation: CompiledOperation) -> Definitions:
    """What the expressions of the operation can use."""
    named = {name: formula.tree for name, formula in compiled.derived.items()}
    named |= {name: let.tree for name, let in operation.lets.items()}
    cells = {
        name: tuple(cell.tree for row in table.rows for cell in row.cells.values())
        for name, table in compiled.tables.items()
    }
    return Definitions(named, cells)


def unfolded(tree: Tree, definitions: Definitions) -> Iterator[Tree]:
    """Every node of the tree, then those of the definitions and tables that it uses, each once."""
    pending, seen = [tree], set[tuple[str, str]]()
    while pending:
        for node in walk(pending.pop()):
            yield node
            match node:
                case nodes.Name(name=name) if ("name", name) not in seen and name in definitions.named:
                    seen.add(("name", name))
                    pending.append(definitions.named[name])
                case nodes.LookUp(table=table) if ("table", table) not in seen:
                    seen.add(("table", table))
                    pending.extend(definitions.tables.get(table, ()))
                case _:
                    pass


def inputs_read(tree: Tree, definitions: Definitions) -> tuple[str, ...]:
    """The inputs that the value depends on, in the order in which they are met."""
    read = (
        node.name
        for node in unfolded(tree, definitions)
        if isinstance(node, nodes.Name) and node.kind is Kind.INPUT
    )
    return tuple(dict.fromkeys(read))


def variables_read(tree: Tree, definitions: Definitions) -> tuple[str, ...]:
    """The variables that the value depends on, and 'state' and 'actor'."""
    read: dict[str, None] = {}
    for node in unfolded(tree, definitions):
        match node:
            case nodes.Name(name=name, kind=Kind.VARIABLE | Kind.STATE | Kind.ACTOR) | nodes.Keyed(name=name):
                read[name] = None
            case nodes.ActorMay(refusal=refusal):
                read |= {"actor": None} if refusal is nodes.Refusal.NEVER else {"actor": None, "state": None}
            case _:
                pass
    return tuple(read)
