"""Whether values chosen so far can be completed to a row that breaks no constraint: exactly, and quickly.

A constraint is a table of allowed tuples; a bit for each tuple, so that what a choice leaves of the table is
one `and`. Search keeps every open value supported by each table (generalised arc consistency by bit sets, as
"compact table": Demeulenaere and others, CP 2016) and is complete: no answer "no" without proof.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from casewright.design.cases import Words
from casewright.design.combining.errors import TooHard
from casewright.design.combining.space import Space, bits

MOST_NODES = 20_000
"""Choices tried in one search, after which it is given up as unsettled."""


class Table:
    """`tuples` are masks with one value of each parameter in `scope`. `number` is the constraint's."""

    def __init__(self, number: int, scope: Sequence[int], tuples: Iterable[int]) -> None:
        self.number = number
        self.scope = tuple(scope)
        self.tuples = frozenset(tuples)
        self.all = (1 << len(self.tuples)) - 1
        self.support: dict[int, int] = {}
        for index, mask in enumerate(sorted(self.tuples)):
            for value in bits(mask):
                self.support[value] = self.support.get(value, 0) | 1 << index


class Part:
    """Parameters that constraints tie together, directly or through others.

    Answers are remembered: by the choice, and as the rows found, each of which answers for all its subsets.
    """

    def __init__(self, space: Space, parameters: Iterable[int], tables: Sequence[Table]) -> None:
        self.parameters = tuple(sorted(parameters))
        self.tables = tuple(tables)
        self.mask = sum(space.masks[parameter] for parameter in self.parameters)
        self._space = space
        self._scopes = [(table, [space.masks[each] for each in table.scope]) for table in self.tables]
        self._known: dict[int, bool] = {}
        self._holders: dict[int, int] = {}
        self._found = 0

    def feasible(self, chosen: int) -> bool:
        """`chosen` has at most one value of each parameter, all of this part."""
        known = self._known.get(chosen)
        if known is None:
            known = self._seen(chosen) or self.complete(chosen) is not None
            self._known[chosen] = known
        return known

    def _seen(self, chosen: int) -> bool:
        rows = -1 if self._found else 0
        for value in bits(chosen):
            rows &= self._holders.get(value, 0)
        return rows != 0

    def complete(self, chosen: int, preferred: int = 0) -> int | None:
        """A row of this part with `chosen` in it and otherwise with `preferred` values where that goes."""
        open_values = 0
        for parameter in self.parameters:
            mask = self._space.masks[parameter]
            open_values |= chosen & mask or mask
        row = self._search(open_values, preferred, [MOST_NODES])
        if row is not None:
            for value in bits(row):
                self._holders[value] = self._holders.get(value, 0) | 1 << self._found
            self._found += 1
        return row

    def _search(self, open_values: int, preferred: int, left: list[int]) -> int | None:
        narrowed = self._narrow(open_values)
        if narrowed is None:
            return None
        branching = self._smallest(narrowed)
        if branching is None:
            return narrowed
        for value in sorted(bits(branching), key=lambda value: not preferred >> value & 1):
            left[0] -= 1
            if left[0] < 0:
                raise TooHard(_TOO_HARD)
            row = self._search(narrowed & ~branching | 1 << value, preferred, left)
            if row is not None:
                return row
        return None

    def _smallest(self, open_values: int) -> int | None:
        """The open values of the parameter that has fewest of them, but more than one."""
        fewest, smallest = self._space.size + 1, None
        for parameter in self.parameters:
            mask = open_values & self._space.masks[parameter]
            count = mask.bit_count()
            if 1 < count < fewest:
                fewest, smallest = count, mask
        return smallest

    def _narrow(self, open_values: int) -> int | None:
        """Without the values that some table no longer supports; None if a parameter has no value left."""
        before = -1
        while before != open_values:
            before = open_values
            for table, masks in self._scopes:
                live = table.all
                for mask in masks:
                    live &= _either(table.support, open_values & mask)
                if not live:
                    return None
                for mask in masks:
                    for value in bits(open_values & mask):
                        if not live & table.support.get(value, 0):
                            open_values ^= 1 << value
        return open_values


def _either(support: dict[int, int], values: int) -> int:
    live = 0
    for value in bits(values):
        live |= support.get(value, 0)
    return live


class Completer:
    """All constraints of a model, split into parts that have nothing to do with each other."""

    def __init__(self, space: Space, tables: Sequence[Table]) -> None:
        self.space = space
        self.tables = tuple(tables)
        self.parts = tuple(_parts(space, tables))
        self.part_of: dict[int, Part] = {each: part for part in self.parts for each in part.parameters}
        self._of_parameter = {
            parameter: [
                (sum(space.masks[each] for each in table.scope), table.tuples)
                for table in tables
                if parameter in table.scope
            ]
            for parameter in self.part_of
        }

    def feasible(self, chosen: int) -> bool:
        """Whether a whole row can hold `chosen`, which has at most one value of each parameter."""
        return all(part.feasible(chosen & part.mask) for part in self.parts)

    def fits(self, row: int, value: int) -> bool:
        """Whether `row`, feasible so far, can still become whole with `value` in it."""
        part = self.part_of.get(self.space.owner[value])
        return part is None or part.feasible(row & part.mask | 1 << value)

    def keeps(self, row: int, parameter: int) -> bool:
        """Whether the whole `row` breaks no constraint that speaks of `parameter`."""
        tables = self._of_parameter.get(parameter)
        return tables is None or all(row & scope in allowed for scope, allowed in tables)

    def complete(self, chosen: int, preferred: int = 0) -> int | None:
        """A whole row of the constrained parameters with `chosen` in it, as near to `preferred` as comes."""
        row = chosen
        for part in self.parts:
            found = part.complete(chosen & part.mask, preferred & part.mask)
            if found is None:
                return None
            row |= found
        return row

    def blame(self, chosen: int) -> tuple[int, tuple[Table, ...]]:
        """Of infeasible `chosen` the values, and the tables, none of which the clash could do without."""
        part = next(each for each in self.parts if not each.feasible(chosen & each.mask))
        culprits = chosen & part.mask
        for value in bits(culprits):
            if not part.feasible(culprits & ~(1 << value)):
                culprits &= ~(1 << value)
        tables = part.tables
        for table in part.tables:
            rest = tuple(each for each in tables if each is not table)
            if Part(self.space, part.parameters, rest).complete(culprits) is None:
                tables = rest
        return culprits, tables


def _parts(space: Space, tables: Sequence[Table]) -> list[Part]:
    groups: list[tuple[set[int], list[Table]]] = []
    for table in tables:
        scope, joined = set(table.scope), [table]
        for group in [each for each in groups if each[0] & scope]:
            groups.remove(group)
            scope |= group[0]
            joined = group[1] + joined
        groups.append((scope, joined))
    return [Part(space, *group) for group in groups]


_TOO_HARD = Words(
    zh=f"约束过于复杂：尝试了 {MOST_NODES} 次仍无法断定某个组合是否可行。请把约束拆分为涉及更少参数的约束。",
    en=f"The constraints are too intricate: {MOST_NODES} choices did not settle whether a combination can "
    "occur. Split them into constraints over fewer parameters.",
)
