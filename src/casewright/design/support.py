"""What an expression depends on, followed through lets, derived values and the cells of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from casewright.design.expressions import record_tree as records
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.names import CLOCK_NAMES
from casewright.design.expressions.tree import Kind, Tree, walk
from casewright.design.model.compiled import CompiledModel
from casewright.design.model.parts import CompiledOperation


@dataclass(frozen=True, slots=True)
class Definitions:
    """What names stand for: the trees of derived values and lets, and those of each table's cells; of each
    name that is derived of records, in whatever collection; and when something is the actor's own."""

    named: Mapping[str, Tree]
    tables: Mapping[str, tuple[Tree, ...]]
    fields: Mapping[str, tuple[Tree, ...]] = field(default_factory=dict[str, tuple[Tree, ...]])
    own: Tree | None = None


def definitions_of(compiled: CompiledModel, operation: CompiledOperation) -> Definitions:
    """What the expressions of the operation can use."""
    named = {name: formula.tree for name, formula in compiled.derived.items()}
    named |= {name: let.tree for name, let in operation.lets.items()}
    state_of = operation.state_of or compiled.state_of
    if state_of is not None:
        named["state"] = state_of.tree
    cells = {
        name: tuple(cell.tree for row in table.rows for cell in row.cells.values())
        for name, table in compiled.tables.items()
    }
    fields: dict[str, tuple[Tree, ...]] = {}
    for record in compiled.records.values():
        for name, formula in record.derived.items():
            fields[name] = (*fields.get(name, ()), formula.tree)
    return Definitions(named, cells, fields, operation.own.tree if operation.own else None)


def unfolded(tree: Tree, definitions: Definitions) -> Iterator[Tree]:
    """Every node of the tree, then those of the definitions and tables that it uses, each once."""
    pending, seen = [tree], set[tuple[str, str]]()
    while pending:
        for node in walk(pending.pop()):
            yield node
            place, trees = _behind(node, definitions)
            if trees and place not in seen:
                seen.add(place)
                pending.extend(trees)


def _behind(node: Tree, definitions: Definitions) -> tuple[tuple[str, str], tuple[Tree, ...]]:
    """What a node stands for, and under which name."""
    match node:
        case nodes.Name(name=name) if name in definitions.named:
            return ("name", name), (definitions.named[name],)
        case nodes.LookUp(table=table):
            return ("table", table), definitions.tables.get(table, ())
        case nodes.Column(column=column):
            return ("field", column), definitions.fields.get(column, ())
        case nodes.ActorMay():
            state = definitions.named.get("state")
            return ("own", ""), tuple(tree for tree in (definitions.own, state) if tree is not None)
        case _:
            return ("", ""), ()


def inputs_read(tree: Tree, definitions: Definitions) -> tuple[str, ...]:
    """The inputs that the value depends on, in the order in which they are met."""
    read = (
        node.name
        for node in unfolded(tree, definitions)
        if isinstance(node, nodes.Name) and node.kind is Kind.INPUT
    )
    return tuple(dict.fromkeys(read))


def variables_read(tree: Tree, definitions: Definitions) -> tuple[str, ...]:
    """The variables and collections of records that the value depends on, and 'state', 'actor' and 'now'."""
    read: dict[str, None] = {}
    for node in unfolded(tree, definitions):
        match node:
            case nodes.Name(name=name, kind=Kind.VARIABLE | Kind.STATE | Kind.ACTOR) | nodes.Keyed(name=name):
                read[name] = None
            case nodes.Name(kind=Kind.CLOCK):
                read[CLOCK_NAMES[0]] = None
            case _ if isinstance(node, records.ByKey | records.Scan | records.Scanned):
                read[node.collection] = None
            case nodes.ActorMay(refusal=refusal):
                read |= {"actor": None} if refusal is nodes.Refusal.NEVER else {"actor": None, "state": None}
            case _:
                pass
    return tuple(read)
