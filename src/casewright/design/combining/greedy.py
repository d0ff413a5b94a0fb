"""Rows one at a time, each the best of several tries.

After AETG: Cohen, Dalal, Fredman and Patton, "The AETG system", IEEE Transactions on Software Engineering 23,
1997.
"""

from __future__ import annotations

from collections.abc import Sequence

from casewright.design.combining.chance import Chance
from casewright.design.combining.completing import Completer
from casewright.design.combining.coverage import Missing, Wanted
from casewright.design.combining.drafting import Draft

TRIES = 25
"""Candidates for each row; more gave no smaller arrays on the models of `bench/combining.py`."""


class Greedy:
    def __init__(self, completer: Completer, wanted: Sequence[Wanted], chance: Chance) -> None:
        self._completer = completer
        self._space = completer.space
        self._wanted = wanted
        self._chance = chance

    def rows(self, begun: Sequence[int]) -> list[int]:
        """Whole rows that cover everything wanted: those `begun`, filled in, and what it takes besides.

        Each row of `begun` has to be feasible.
        """
        missing = Missing(self._wanted, held=begun)
        rows: list[int] = []
        for row in begun:
            rows.append(self._best(row, missing, []))
            missing.mark(rows[-1])
        while fullest := missing.fullest():
            rows.append(self._best(0, missing, fullest))
            missing.mark(rows[-1])
        return rows

    def _best(self, begun: int, missing: Missing, fullest: list[tuple[tuple[int, ...], int]]) -> int:
        """Of the tries the row that gains most. Each begins with one of `fullest`, if there are any."""
        best, most = 0, -1
        for _ in range(TRIES):
            row = begun
            if fullest:
                key, mask = self._chance.pick(fullest)
                for value in (*key, self._one_of(mask)):
                    row |= 1 << value
            row, gained = self._filled(row, missing)
            if gained > most:
                best, most = row, gained
        return best

    def _filled(self, row: int, missing: Missing) -> tuple[int, int]:
        draft, gained = Draft(self._completer, row), 0
        open_parameters = [each for each in self._space.parameters if not row & self._space.masks[each]]
        for parameter in self._chance.shuffled(open_parameters):
            gains = {value: missing.gain(value, draft.row) for value in self._space.values(parameter)}
            while True:
                most = max(gains.values())
                value = self._chance.pick([each for each, gain in gains.items() if gain == most])
                if draft.take(value):
                    break
                del gains[value]
            gained += most
        return draft.row, gained

    def _one_of(self, mask: int) -> int:
        for _ in range(self._chance.below(mask.bit_count())):
            mask &= mask - 1
        return (mask & -mask).bit_length() - 1
