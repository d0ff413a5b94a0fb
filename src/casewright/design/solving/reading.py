"""A request that is still to be chosen, in a world that may be so too: what its expressions are worth.

The counterpart of `casewright.design.moment`, with unions for values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from casewright.design.expressions import tree as nodes
from casewright.design.expressions.environment import Environment, Permission
from casewright.design.expressions.evaluation import equal
from casewright.design.expressions.tree import Kind, Tree
from casewright.design.expressions.values import MISSING, UNKNOWN, Held, Reference, Special
from casewright.design.model.parts import CompiledOperation, TableRow
from casewright.design.model.schema import ANY_STATE, NOBODY
from casewright.design.moment import Prepared
from casewright.design.solving import records
from casewright.design.solving.guards import ALWAYS
from casewright.design.solving.translating import (
    Row,
    Toolbox,
    agreed,
    choice,
    conjunction,
    lifted,
    mapped,
    translate,
)
from casewright.design.solving.unions import ANYTHING, UNKNOWN_UNION, Leaf, Union
from casewright.design.support import Definitions, unfolded
from casewright.design.worlds import World


@dataclass(frozen=True)
class OpenWorld:
    """A `World` of unions. `state` is None where the model has no states."""

    state: Union | None
    variables: Mapping[str, Union | Mapping[str, Union]]


def as_open(world: World) -> OpenWorld:
    variables: dict[str, Union | Mapping[str, Union]] = {}
    for name, stored in world.variables.items():
        if isinstance(stored, Mapping):
            variables[name] = {key: ((ALWAYS, value),) for key, value in stored.items()}
        else:
            variables[name] = ((ALWAYS, stored),)
    return OpenWorld(None if world.state is None else ((ALWAYS, world.state),), variables)


class Sent(Protocol):
    """The inputs of the request."""

    def value(self, name: str, /) -> Union: ...

    def status(self, name: str, /) -> Union: ...

    def length(self, name: str, /) -> Union: ...

    def names(self) -> Sequence[str]: ...


@dataclass(frozen=True)
class Request:
    """An operation that somebody asks for, whatever is sent."""

    prepared: Prepared
    operation: CompiledOperation
    actor: str | None
    definitions: Definitions


class Reading:
    """A `Reader`. `actual` is the same moment without inputs, for what rests on the world only; None where
    the world is still to be chosen."""

    def __init__(
        self,
        tools: Toolbox,
        request: Request,
        world: OpenWorld,
        actual: Environment | None,
        first: Reading | None = None,
    ) -> None:
        self.tools = tools
        self.request = request
        self.operation = request.operation
        self.world = world
        self.actual = actual
        self._compiled = request.prepared.compiled
        self._first = first or self
        self._sent: Sent | None = first._sent if first else None
        self._lets: dict[str, Union] = first._lets if first else {}
        self._derived: dict[str, Union] = {}
        self._rows: dict[str, Row] = {}
        self._worth: dict[int, tuple[Tree, Union]] = {}

    def send(self, sent: Sent) -> None:
        """What is sent, which in turn reads here."""
        self._sent = sent

    def after(self, world: OpenWorld) -> Reading:
        """The same request, once it has changed the world."""
        return Reading(self.tools, self.request, world, None, first=self._first)

    def scanning(self, record: Reference) -> Reading:
        """While the record is the one of its collection that is being looked at."""
        assert self.actual is not None, "records are gone through only where they are known"
        return Reading(self.tools, self.request, self.world, self.actual.scanning(record), first=self._first)

    def worth(self, tree: Tree) -> Union:
        key = id(tree)
        if key not in self._worth:
            self._worth[key] = (tree, translate(tree, self))
        return self._worth[key][1]

    def worth_of_records(self, tree: Tree) -> Union:
        return records.worth(tree, self)

    def field(self, record: Leaf, name: str) -> Union:
        if not isinstance(record, Reference):
            return UNKNOWN_UNION
        if self.actual is None:
            return self.tools.unions.only(ANYTHING)
        return self._actual_value(self.actual.field(record, name))

    def read(self, name: str) -> Union:
        if name in self.operation.inputs:
            assert self._sent is not None, "nothing is sent yet"
            return self._sent.value(name)
        if name in self.operation.lets:
            return self._let(name)
        if name in self.request.prepared.figures:
            return self.tools.unions.only(self.request.prepared.figures[name])
        if name in self.world.variables:
            stored = self.world.variables[name]
            return UNKNOWN_UNION if isinstance(stored, Mapping) else stored
        if name in self._compiled.derived:
            return self._derive(name)
        if name == "state":
            return UNKNOWN_UNION if self.world.state is None else self.world.state
        if name == "actor":
            return self.tools.unions.only(self.request.actor or NOBODY)
        return self._actual_value(self.actual.read(name)) if self.actual else ((ALWAYS, ANYTHING),)

    def _actual_value(self, held: Held) -> Union:
        return self.tools.unions.only(ANYTHING if isinstance(held, Mapping) else held)

    def _let(self, name: str) -> Union:
        if name not in self._lets:
            self._lets[name] = UNKNOWN_UNION  # what a let finds that depends on itself through a table
            self._lets[name] = self._first.worth(self.operation.lets[name].tree)
        return self._lets[name]

    def _derive(self, name: str) -> Union:
        if name not in self._derived:
            self._derived[name] = UNKNOWN_UNION
            self._derived[name] = self.worth(self._compiled.derived[name].tree)
        return self._derived[name]

    def read_key(self, name: str, key: Union) -> Union:
        stored = self.world.variables.get(name)
        if not isinstance(stored, Mapping):
            return UNKNOWN_UNION

        def of(key: Leaf) -> Leaf | Union:
            if isinstance(key, str):
                return stored.get(key, UNKNOWN_UNION)
            if key is not UNKNOWN or not stored:
                return UNKNOWN
            result, *rest = stored.values()
            for value in rest:
                result = agreed(self.tools, result, value)
            return result

        return self.tools.unions.combine_many(of, [key])

    def look_up(self, table: str, keys: Sequence[Union]) -> Union:
        unions = self.tools.unions
        unknown = self.tools.guards.either([unions.of(key, UNKNOWN) for key in keys])
        known = [unions.under(self.tools.guards.opposite(unknown), key) for key in keys]
        if not all(known):
            return UNKNOWN_UNION
        rows = self._compiled.tables[table].rows
        found = unions.under(self.tools.guards.opposite(unknown), self._first_row(rows, known, 0))
        return unions.gather([*found, (unknown, UNKNOWN)])

    def _first_row(self, rows: Sequence[TableRow], keys: Sequence[Union], place: int) -> Union:
        if place == len(rows):
            return self.tools.unions.only(MISSING)
        row = rows[place]
        fits = conjunction(
            self.tools,
            [
                self.tools.unions.combine_many(
                    lifted(equal, self.tools.quantities.equal), [self.worth(cell.tree), key]
                )
                for cell, key in zip(row.keys, keys, strict=False)
                if cell is not None
            ],
        )
        if not any(leaf is True for _, leaf in fits) and all(isinstance(leaf, bool) for _, leaf in fits):
            return self._first_row(rows, keys, place + 1)
        narrowed = [self.tools.unions.under(self.tools.unions.false(fits), key) for key in keys]
        unknown = [(guard, leaf) for guard, leaf in fits if not isinstance(leaf, bool)]
        if unknown:
            narrowed = list(keys)
        found = choice(
            self.tools,
            tuple((guard, leaf) for guard, leaf in fits if isinstance(leaf, bool)),
            lambda: self.tools.unions.only(self._row(row)),
            lambda: self._first_row(rows, narrowed, place + 1) if all(narrowed) else (),
        )
        rest = [(guard, ANYTHING if leaf is ANYTHING else UNKNOWN) for guard, leaf in unknown]
        return self.tools.unions.gather([*found, *rest])

    def _row(self, row: TableRow) -> Row:
        if row.path not in self._rows:
            self._rows[row.path] = Row(row.cells, self)
        return self._rows[row.path]

    def status(self, name: str) -> Union:
        assert self._sent is not None, "nothing is sent yet"
        return self._sent.status(name)

    def length(self, name: str) -> Union:
        assert self._sent is not None, "nothing is sent yet"
        return self._sent.length(name)

    def inputs(self) -> Sequence[str]:
        return tuple(self.operation.inputs)

    def permission(self) -> Union:
        permissions = self.operation.permissions
        if permissions is None:
            return self.tools.unions.only(Permission.NOW)
        states = permissions.get(self.request.actor or NOBODY)
        if states is None:
            return self.tools.unions.only(Permission.NEVER)
        if ANY_STATE in states or self.world.state is None:
            return self.tools.unions.only(Permission.NOW)
        terms = self._compiled.model.terms
        named = {word for state in states for word in terms.get(state, (state,))}

        def permitted(state: Leaf) -> Leaf:
            if isinstance(state, Special):
                return Permission.UNKNOWN
            return Permission.NOW if state in named else Permission.NOT_NOW

        return mapped(self.tools.unions, permitted, self.world.state)

    def rests_on_choice(self, tree: Tree) -> bool:
        """Could the value differ with what is sent?"""
        return any(
            isinstance(node, nodes.SomeInput) or (isinstance(node, nodes.Name) and node.kind is Kind.INPUT)
            for node in unfolded(tree, self.request.definitions)
        )
