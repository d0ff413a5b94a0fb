"""Conditions under which something is so: over a few finite variables, and over whatever z3 can say.

A guard is a cube: for each variable that it speaks of the set of places that it allows, as bits. A condition
in z3 is a variable of two places. Guards that exclude each other are seen to do so without asking z3, which
keeps case distinctions small; what is no cube becomes a new variable that stands for the whole.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from casewright.design.solving.smt import Terms, Truth, identity

Guard = tuple[tuple[int, int], ...] | None
"""(variable, allowed places), by number of the variable; None never holds."""
ALWAYS: Final[Guard] = ()
NEVER: Final[Guard] = None

_HOLDS: Final = 0b01
_FAILS: Final = 0b10


class Guards:
    """All guards of one query."""

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.axioms: list[Truth] = []
        """What holds of the variables."""
        self._full: list[int] = []
        self._terms: list[Truth] = []
        self._conditions: dict[int, int] = {}
        self._plain: set[int] = set()
        self._written: dict[tuple[int, int], Truth] = {}

    def finite(self, name: str, size: int) -> int:
        """A new variable of `size` places, at least 1."""
        term = self.terms.whole(name)
        self.axioms += [self.terms.at_most(0, term), self.terms.less(term, size)]
        return self._add(term, size)

    def term(self, variable: int) -> Truth:
        """Of a finite variable: its place, from 0."""
        return self._terms[variable]

    def at(self, variable: int, place: int) -> Guard:
        return self._cube({variable: 1 << place})

    def within(self, variable: int, places: Iterable[int]) -> Guard:
        allowed = 0
        for place in places:
            allowed |= 1 << place
        return self._cube({variable: allowed})

    def when(self, condition: Truth) -> Guard:
        """Holds where the condition of z3 does."""
        if isinstance(condition, bool):
            return ALWAYS if condition else NEVER
        key = identity(condition)
        if key not in self._conditions:
            self._conditions[key] = self._add(condition, 2)
            self._plain.add(self._conditions[key])
        return ((self._conditions[key], _HOLDS),)

    def unless(self, condition: Truth) -> Guard:
        return self.opposite(self.when(condition))

    def both(self, first: Guard, second: Guard) -> Guard:
        if first is None or second is None:
            return NEVER
        if not first or not second:
            return first or second
        allowed = dict(first)
        for variable, places in second:
            left = allowed.get(variable, places) & places
            if not left:
                return NEVER
            allowed[variable] = left
        return tuple(sorted(allowed.items()))

    def opposite(self, guard: Guard) -> Guard:
        if guard is None:
            return ALWAYS
        parts = [self._cube({each: self._full[each] & ~places}) for each, places in guard]
        return self.either(parts)

    def either(self, guards: Iterable[Guard]) -> Guard:
        cubes = self._joined([guard for guard in dict.fromkeys(guards) if guard is not None])
        if len(cubes) < 2:
            return cubes[0] if cubes else NEVER
        whole = self.when(self.terms.either([self.written(cube) for cube in cubes]))
        return self.both(whole, self._hull(cubes))

    def written(self, guard: Guard) -> Truth:
        """For z3."""
        if guard is None:
            return False
        return self.terms.all([self._literal(variable, places) for variable, places in guard])

    def _add(self, term: Truth, size: int) -> int:
        self._full.append((1 << size) - 1)
        self._terms.append(term)
        return len(self._terms) - 1

    def _cube(self, allowed: dict[int, int]) -> Guard:
        if not all(allowed.values()):
            return NEVER
        return tuple(sorted((each, places) for each, places in allowed.items() if places != self._full[each]))

    def _joined(self, cubes: list[tuple[tuple[int, int], ...]]) -> list[tuple[tuple[int, int], ...]]:
        """Fewer cubes that together say the same: two that differ in one variable are one."""
        joined = True
        while joined and len(cubes) > 1:
            joined = False
            for variable in sorted({each for cube in cubes for each, _ in cube}):
                allowed: dict[tuple[tuple[int, int], ...], int] = {}
                for cube in cubes:
                    rest = tuple(pair for pair in cube if pair[0] != variable)
                    places = next((places for each, places in cube if each == variable), self._full[variable])
                    allowed[rest] = allowed.get(rest, 0) | places
                joined = joined or len(allowed) < len(cubes)
                cubes = [self._with(rest, variable, places) for rest, places in allowed.items()]
        return [()] if () in cubes else cubes

    def _with(
        self, rest: tuple[tuple[int, int], ...], variable: int, places: int
    ) -> tuple[tuple[int, int], ...]:
        return rest if places == self._full[variable] else tuple(sorted((*rest, (variable, places))))

    def _hull(self, cubes: list[tuple[tuple[int, int], ...]]) -> Guard:
        """What all of them demand of single variables."""
        hull = dict(cubes[0])
        for cube in cubes[1:]:
            allowed = dict(cube)
            hull = {each: places | allowed[each] for each, places in hull.items() if each in allowed}
        return self._cube(hull)

    def _literal(self, variable: int, places: int) -> Truth:
        key = (variable, places)
        if key not in self._written:
            self._written[key] = self._write(variable, places)
        return self._written[key]

    def _write(self, variable: int, places: int) -> Truth:
        term, full = self._terms[variable], self._full[variable]
        if variable in self._plain:
            return term if places == _HOLDS else self.terms.opposite(term)
        inside = [place for place in range(full.bit_length()) if places >> place & 1]
        outside = [place for place in range(full.bit_length()) if not places >> place & 1]
        if len(outside) < len(inside):
            return self.terms.all([self.terms.opposite(self.terms.same(term, place)) for place in outside])
        return self.terms.either([self.terms.same(term, place) for place in inside])
