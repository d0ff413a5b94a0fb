"""Fulfils as many wishes as there can be, the humblest last."""

from __future__ import annotations

from collections.abc import Sequence

from casewright.design.solving.smt import Query, Terms, Truth, Verdict, identity


def best(query: Query, terms: Terms, wishes: Sequence[Sequence[Truth]], checks: int) -> Verdict:
    """The verdict on the query, whose value is the best that was found. Each list of wishes is gone down
    as far as it has to be: where some can't be fulfilled together, that of which most is left gives way, of
    equals the later one."""
    levels = [0] * len(wishes)
    switches: dict[tuple[int, int], Truth] = {}
    for _ in range(checks):
        asked = {
            place: _switch(query, terms, wishes, (place, level), switches)
            for place, level in enumerate(levels)
            if level < len(wishes[place])
        }
        verdict = query.check(list(asked.values()))
        if verdict is Verdict.YES:
            return verdict
        if verdict is Verdict.UNDECIDED:
            break
        conflicting = query.conflicting()
        able = [place for place, switch in asked.items() if identity(switch) in conflicting]
        if not able:
            return verdict
        yielding = max(able, key=lambda place: (len(wishes[place]) - levels[place], place))
        levels[yielding] += 1
    return query.check()


def _switch(
    query: Query,
    terms: Terms,
    wishes: Sequence[Sequence[Truth]],
    key: tuple[int, int],
    switches: dict[tuple[int, int], Truth],
) -> Truth:
    """A variable that demands the wish."""
    if key not in switches:
        switch = terms.boolean(f"wish {key[0]}.{key[1]}")
        wish = wishes[key[0]][key[1]]
        query.require([terms.either([terms.opposite(switch), wish])])
        switches[key] = switch
    return switches[key]
