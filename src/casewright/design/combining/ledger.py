"""How many rows hold each combination, kept up to date while cells change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations
from math import comb

from casewright.design.combining.coverage import Key, Wanted, gain
from casewright.design.combining.space import Space, bits


class _Counts:
    """Of one strength: the combinations that no row holds (`none`) and those that one row holds (`once`)."""

    def __init__(self, wanted: Wanted, holders: Sequence[int]) -> None:
        self.strength = wanted.strength
        self.wanted = wanted.masks
        self.none: dict[Key, int] = dict.fromkeys(wanted.masks, 0)
        self.once: dict[Key, int] = dict.fromkeys(wanted.masks, 0)
        for combination in wanted.each():
            rows = _all(holders, combination)
            if not rows & rows - 1:
                self._flip(self.once if rows else self.none, combination)

    @staticmethod
    def _flip(masks: dict[Key, int], combination: Key) -> None:
        for index, value in enumerate(combination):
            masks[combination[:index] + combination[index + 1 :]] ^= 1 << value

    def turn(self, value: int, others: int, holders: Sequence[int]) -> Iterator[Key]:
        """A row with `others` gets or loses `value`, and `holders[value]` does not have that row.

        Getting and losing are the same here: where no other row holds a combination it goes between none and
        once, where one other does, between once and twice. Gives those that went between none and once.
        """
        for combination, rows in self._held(value, others, holders):
            if not rows:
                self._flip(self.none, combination)
                self._flip(self.once, combination)
                yield combination
            elif not rows & rows - 1:
                self._flip(self.once, combination)

    def _held(self, value: int, others: int, holders: Sequence[int]) -> Iterator[tuple[Key, int]]:
        """The wanted combinations of `value` with `others`, each with the rows that hold it by `holders`."""
        if self.strength == 1:
            if self.wanted[()] >> value & 1:
                yield (value,), holders[value]
            return
        for some in combinations(bits(others), self.strength - 2):
            rows = holders[value]
            for other in some:
                rows &= holders[other]
            key = tuple(sorted((value, *some)))
            above = some[-1] + 1 if some else 0
            for last in bits(self.wanted.get(key, 0) & others & -1 << above):
                yield tuple(sorted((*key, last))), rows & holders[last]


class Ledger:
    """Rows and what they hold. `present` has the places of `rows` that have not been taken out.

    `missing` has the combinations that no row holds, as the keys of a dict, so that their order doesn't
    depend on hashes. `looking` and `changing` say how much work `loss` and `change` are, in masks.
    """

    def __init__(self, space: Space, wanted: Sequence[Wanted], rows: Sequence[int]) -> None:
        self.rows = list(rows)
        self.present = list(range(len(self.rows)))
        self._present = (1 << len(self.rows)) - 1
        self._space = space
        self._holders = [0] * space.size
        for index, row in enumerate(rows):
            for value in bits(row):
                self._holders[value] |= 1 << index
        self._counts = [_Counts(each, self._holders) for each in wanted]
        self.missing: dict[Key, None] = {}
        for counts in self._counts:
            for key, mask in counts.none.items():
                above = key[-1] + 1 if key else 0
                self.missing.update(((*key, value), None) for value in bits(mask & -1 << above))
        others = len(space.levels) - 1
        self.looking = sum(comb(others, max(each.strength - 2, 0)) for each in wanted)
        self.changing = 2 * sum(comb(others, each.strength - 1) for each in wanted)

    def holding(self, values: Iterable[int]) -> int:
        """The rows that hold all of `values`, as a mask."""
        return _all(self._holders, values) & self._present

    def alone(self, index: int) -> int:
        """How many combinations no other row than this one holds."""
        row, total = self.rows[index], 0
        for counts in self._counts:
            held = sum(gain(counts.once, counts.strength, value, row & ~(1 << value)) for value in bits(row))
            total += held // counts.strength
        return total

    def loss(self, index: int, value: int) -> int:
        """How many more combinations are missing once the row has `value`; negative if fewer."""
        row = self.rows[index]
        mask = self._space.masks[self._space.owner[value]]
        others, old = row & ~mask, (row & mask).bit_length() - 1
        return sum(
            gain(counts.once, counts.strength, old, others)
            - gain(counts.none, counts.strength, value, others)
            for counts in self._counts
        )

    def take_out(self, index: int) -> None:
        """Row `index` holds nothing from now on."""
        left = self.rows[index]
        for value in bits(left):
            left &= ~(1 << value)
            self._holders[value] &= ~(1 << index)
            for counts in self._counts:
                self.missing.update((lost, None) for lost in counts.turn(value, left, self._holders))
        self.rows[index] = 0
        self.present.remove(index)
        self._present &= ~(1 << index)

    def change(self, index: int, value: int) -> None:
        """Row `index` has `value` from now on, instead of another of the same parameter."""
        row = self.rows[index]
        mask = self._space.masks[self._space.owner[value]]
        others, old = row & ~mask, (row & mask).bit_length() - 1
        self._holders[old] &= ~(1 << index)
        for counts in self._counts:
            self.missing.update((lost, None) for lost in counts.turn(old, others, self._holders))
            for found in counts.turn(value, others, self._holders):
                del self.missing[found]
        self._holders[value] |= 1 << index
        self.rows[index] = others | 1 << value


def _all(holders: Sequence[int], values: Iterable[int]) -> int:
    rows = -1
    for value in values:
        rows &= holders[value]
    return rows
