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

    Open values are a mask of those that each parameter may still have. Rows that were found are remembered:
    each answers for all its subsets.
    """

    def __init__(self, space: Space, parameters: Iterable[int], tables: Sequence[Table]) -> None:
        self.parameters = tuple(sorted(parameters))
        self.tables = tuple(tables)
        self.mask = sum(space.masks[parameter] for parameter in self.parameters)
        self._space = space
        self._scopes = [[space.masks[each] for each in table.scope] for table in self.tables]
        self._tables_of = {
            parameter: {index for index, table in enumerate(self.tables) if parameter in table.scope}
            for parameter in self.parameters
        }
        self._impossible: set[int] = set()
        self._rows: list[int] = []
        self._holders = [0] * space.size
        self.start = self._narrow(self.mask, set(range(len(self.tables))))

    def feasible(self, chosen: int) -> bool:
        """`chosen` has at most one value of each parameter, all of this part."""
        return self.row_with(chosen) is not None

    def row_with(self, chosen: int) -> int | None:
        """Some row of this part that holds `chosen`: one found before, if there is one."""
        found = (1 << len(self._rows)) - 1
        for value in bits(chosen):
            found &= self._holders[value]
        if found:
            return self._rows[found.bit_length() - 1]
        if chosen in self._impossible:
            return None
        row = self.complete(chosen)
        if row is None:
            self._impossible.add(chosen)
        else:
            for value in bits(row):
                self._holders[value] |= 1 << len(self._rows)
            self._rows.append(row)
        return row

    def complete(self, chosen: int, preferred: int = 0) -> int | None:
        """A row of this part with `chosen` in it and otherwise with `preferred` values where that goes."""
        open_values = self.narrowed(self.start, chosen)
        return None if open_values is None else self.search(open_values, preferred)

    def narrowed(self, open_values: int | None, chosen: int) -> int | None:
        """What is open once `chosen` is: None if a parameter has no value left, so that no row holds it."""
        concerned: set[int] = set()
        for value in bits(chosen):
            if open_values is None or not open_values >> value & 1:
                return None
            parameter = self._space.owner[value]
            mask = self._space.masks[parameter]
            if open_values & mask != 1 << value:
                open_values = open_values & ~mask | 1 << value
                concerned |= self._tables_of[parameter]
        return None if open_values is None else self._narrow(open_values, concerned)

    def search(self, open_values: int, preferred: int) -> int | None:
        """A row of `open_values`, which are narrowed; raises TooHard if that is not settled."""
        return self._search(open_values, preferred, [MOST_NODES])

    def _search(self, open_values: int, preferred: int, left: list[int]) -> int | None:
        branching = self._smallest(open_values)
        if branching is None:
            return open_values
        for value in sorted(bits(branching), key=lambda value: not preferred >> value & 1):
            left[0] -= 1
            if left[0] < 0:
                raise TooHard(_TOO_HARD)
            narrowed = self.narrowed(open_values, 1 << value)
            row = None if narrowed is None else self._search(narrowed, preferred, left)
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

    def _narrow(self, open_values: int, concerned: set[int]) -> int | None:
        """Without the values that no table of `concerned`, or of those that lose by it, supports any more."""
        while concerned:
            index = min(concerned)
            concerned.remove(index)
            table, masks = self.tables[index], self._scopes[index]
            live = table.all
            for mask in masks:
                live &= _either(table.support, open_values & mask)
            if not live:
                return None
            for parameter, mask in zip(table.scope, masks, strict=True):
                for value in bits(open_values & mask):
                    if not live & table.support.get(value, 0):
                        open_values ^= 1 << value
                        concerned |= self._tables_of[parameter] - {index}
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
