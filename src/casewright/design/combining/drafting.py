"""A row in the making that can always be finished without breaking a constraint."""

from __future__ import annotations

from casewright.design.combining.completing import Completer


class Draft:
    """`row` has the values taken so far.

    For each part of the constraints a whole row that agrees with them is kept as a witness: most values fit
    because they fit into it.
    """

    def __init__(self, completer: Completer, row: int) -> None:
        """`row` has to be feasible."""
        self.row = row
        self._completer = completer
        self._space = completer.space
        self._witness = 0
        self._open = 0
        for part in completer.parts:
            chosen = row & part.mask
            self._witness |= part.row_with(chosen) or 0
            self._open |= part.narrowed(part.start, chosen) or 0

    def take(self, value: int) -> bool:
        """Take the value of a parameter that has none yet, unless no whole row would hold it."""
        parameter = self._space.owner[value]
        part = self._completer.part_of.get(parameter)
        if part is not None:
            open_values = part.narrowed(self._open & part.mask, 1 << value)
            if open_values is None:
                return False
            witness = self._witness & ~self._space.masks[parameter] | 1 << value
            if not self._completer.keeps(witness, parameter):
                found = part.search(open_values, witness)
                if found is None:
                    return False
                witness = witness & ~part.mask | found
            self._witness = witness
            self._open = self._open & ~part.mask | open_values
        self.row |= 1 << value
        return True
