"""Fewer rows: one is taken out and the others are changed, a cell at a time, until nothing is missing.

The search is that of TCA (Lin, Luo, Cai, Su, Hao and Zhang, "TCA: an efficient two-mode meta-heuristic
algorithm for combinatorial test generation", ASE 2015): take a missing combination, make the change that
covers it and loses least, and leave the changed cell alone for some time (tabu); now and then set a missing
combination into a row by force, which helps out of dead ends.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casewright.design.combining.chance import Chance
from casewright.design.combining.completing import Completer
from casewright.design.combining.coverage import Key, Wanted
from casewright.design.combining.ledger import Ledger
from casewright.design.combining.space import bits

TABU = 6
"""Changes during which a cell that was changed is left alone."""
FORCED = 300
"""Of so many changes one is forced."""
FORCING = 300
"""So many masks are about as much work as a change by force."""


class Shrinking:
    """`locked[i]` has the values of row `i` that must stay; a row with any is never taken out.

    `effort` bounds the search: the number of masks to be looked at for each row that is taken out.
    """

    def __init__(
        self,
        completer: Completer,
        wanted: Sequence[Wanted],
        locked: Sequence[int],
        chance: Chance,
        effort: int,
    ) -> None:
        self._completer = completer
        self._space = completer.space
        self._wanted = wanted
        self._chance = chance
        self._effort = effort
        self._locked = list(locked)

    def shrunk(self, rows: Sequence[int], fewest: int) -> list[int]:
        """`rows`, which cover everything wanted, or fewer that do; not fewer than `fewest`."""
        kept = list(rows)
        if not self._effort:
            return kept
        locked = self._locked + [0] * (len(rows) - len(self._locked))
        ledger = Ledger(self._space, self._wanted, rows)
        while len(kept) > fewest:
            index = min((each for each in ledger.present if not locked[each]), key=ledger.alone, default=None)
            if index is None:
                break
            ledger.take_out(index)
            if not self._repaired(ledger, locked):
                break
            kept = [ledger.rows[each] for each in ledger.present]
        return kept

    def _repaired(self, ledger: Ledger, locked: Sequence[int]) -> bool:
        """Change cells until nothing is missing; False if that is not reached with the effort."""
        tabu: dict[tuple[int, int], int] = {}
        left, turn = self._effort, 0
        while ledger.missing:
            if left < 0:
                return False
            turn += 1
            combination = self._chance.pick(list(ledger.missing))
            moves = list(self._moves(ledger, locked, combination))
            left -= len(moves) * ledger.looking + ledger.changing
            free = [move for move in moves if tabu.get((move[0], self._space.owner[move[1]]), 0) < turn]
            if not free or self._chance.below(FORCED) == 0:
                left -= FORCING
                self._force(ledger, locked, combination)
            else:
                row, value = self._best(ledger, free)
                tabu[row, self._space.owner[value]] = turn + TABU
                ledger.change(row, value)
        return True

    def _best(self, ledger: Ledger, moves: Sequence[tuple[int, int]]) -> tuple[int, int]:
        least, best = None, [moves[0]]
        for row, value in moves:
            loss = ledger.loss(row, value)
            if least is None or loss < least:
                least, best = loss, [(row, value)]
            elif loss == least:
                best.append((row, value))
        return self._chance.pick(best)

    def _moves(self, ledger: Ledger, locked: Sequence[int], combination: Key) -> Iterator[tuple[int, int]]:
        """Changes of one cell, (row, value), that make the combination and break no constraint."""
        for value in combination:
            parameter = self._space.owner[value]
            mask = self._space.masks[parameter]
            for row in bits(ledger.holding(other for other in combination if other != value)):
                if not locked[row] & mask and self._completer.keeps(
                    ledger.rows[row] & ~mask | 1 << value, parameter
                ):
                    yield row, value

    def _force(self, ledger: Ledger, locked: Sequence[int], combination: Key) -> None:
        """Set the combination into some row that can hold it, with as little other change as comes."""
        chosen = sum(1 << value for value in combination)
        for index in self._chance.shuffled(ledger.present)[:5]:
            fixed = locked[index]
            if any(fixed & self._space.masks[self._space.owner[value]] & ~chosen for value in combination):
                continue
            if not self._completer.feasible(fixed | chosen):
                continue
            wished = ledger.rows[index]
            for value in combination:
                wished = wished & ~self._space.masks[self._space.owner[value]] | 1 << value
            row = self._completer.complete(wished & self._unbound | fixed | chosen, wished)
            if row is not None:
                for value in bits(row & ~ledger.rows[index]):
                    ledger.change(index, value)
                return

    @property
    def _unbound(self) -> int:
        """The values of the parameters that no constraint speaks of."""
        return ((1 << self._space.size) - 1) & ~sum(part.mask for part in self._completer.parts)
