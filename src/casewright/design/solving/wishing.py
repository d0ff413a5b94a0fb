"""Fulfils as many wishes as there can be, the humblest last."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from casewright.design.solving.smt import Query, Terms, Truth, Verdict, identity

_MOST_TRIED_AGAIN: Final = 16


def best(query: Query, terms: Terms, wishes: Sequence[Sequence[Truth]], checks: int) -> Verdict:
    """The verdict on the query, whose value is the best that was found. Each list of wishes is gone down
    as far as it has to be: where some can't be fulfilled together, that of which most is left gives way, of
    equals the later one. What gave way for nothing is tried once more."""
    lists = _Lists(query, terms, wishes)
    for _ in range(checks):
        verdict = lists.check()
        if verdict is Verdict.YES:
            return lists.better()
        if verdict is Verdict.UNDECIDED:
            break
        able = lists.able()
        if not able:
            return verdict
        yielding = max(able, key=lambda place: (len(wishes[place]) - lists.levels[place], place))
        lists.levels[yielding] += 1
    return query.check()


class _Lists:
    """How far each list has been gone down."""

    def __init__(self, query: Query, terms: Terms, wishes: Sequence[Sequence[Truth]]) -> None:
        self.levels = [0] * len(wishes)
        self._query = query
        self._terms = terms
        self._wishes = wishes
        self._switches: dict[tuple[int, int], Truth] = {}

    def check(self) -> Verdict:
        return self._query.check(list(self._asked().values()))

    def able(self) -> list[int]:
        """After NO: those that take part in what can't be."""
        conflicting = self._query.conflicting()
        return [place for place, switch in self._asked().items() if identity(switch) in conflicting]

    def better(self) -> Verdict:
        """After YES."""
        lowered = [place for place, level in enumerate(self.levels) if level]
        settled = True
        for place in lowered[:_MOST_TRIED_AGAIN]:
            level = self.levels[place]
            self.levels[place] = 0
            settled = self.check() is Verdict.YES
            if not settled:
                self.levels[place] = level
        return Verdict.YES if settled else self.check()

    def _asked(self) -> dict[int, Truth]:
        return {
            place: self._switch(place, level)
            for place, level in enumerate(self.levels)
            if level < len(self._wishes[place])
        }

    def _switch(self, place: int, level: int) -> Truth:
        """A variable that demands the wish."""
        if (place, level) not in self._switches:
            switch = self._terms.boolean(f"wish {place}.{level}")
            wish = self._wishes[place][level]
            self._query.require([self._terms.either([self._terms.opposite(switch), wish])])
            self._switches[place, level] = switch
        return self._switches[place, level]
