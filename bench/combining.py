"""How small and how quick rows for t-wise testing are: best of ten seeds.

The first six models are those of pairwise.org; the others have constraints or cover triples. `make bench`
runs it. "greedy" is the best that one row at a time gives, without algebra and without saving rows after it;
"ratio" and "times" compare rows and seconds with that. "possible" is how few rows could do at the very least:
the most combinations that any parameters ask for. Every array is counted anew.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from itertools import combinations, pairwise, product
from math import prod

from casewright.design.cases import Words
from casewright.design.combining.chance import Chance
from casewright.design.combining.combining import combine
from casewright.design.combining.compiling import Compiled
from casewright.design.combining.coverage import Wanted, drop_infeasible, scopes_by_strength
from casewright.design.combining.greedy import Greedy
from casewright.design.combining.models import CombinationModel, Constraint, Parameter

SEEDS = range(10)


def plain(*levels: int) -> CombinationModel:
    return CombinationModel(
        tuple(Parameter(f"p{index}", tuple(range(level))) for index, level in enumerate(levels))
    )


def rule(scope: str, allowed: Callable[..., bool]) -> Constraint:
    return Constraint(Words(zh=scope, en=scope), tuple(scope.split()), allowed)


def leave() -> CombinationModel:
    """Eight parameters and six conditions, as of a request for leave."""
    kinds = ("annual", "sick", "marriage", "maternity", "personal")
    states = ("draft", "submitted", "approved", "rejected", "cancelled")
    return CombinationModel(
        (
            Parameter("kind", kinds),
            Parameter("days", (0, 0.5, 1, 3, 5, 10, 15)),
            Parameter("part", ("morning", "afternoon", "whole")),
            Parameter("proof", (True, False)),
            Parameter("level", ("staff", "lead", "manager", "director")),
            Parameter("years", (0, 1, 10, 20)),
            Parameter("balance", ("none", "less", "exact", "more")),
            Parameter("state", states),
        ),
        (
            rule("kind proof", lambda kind, proof: kind != "sick" or proof),
            rule("kind days", lambda kind, days: kind != "marriage" or days <= 3),
            rule("days part", lambda days, part: (part != "whole") == (days == 0.5)),
            rule("years balance", lambda years, balance: years > 0 or balance == "none"),
            rule(
                "kind balance days",
                lambda kind, balance, days: kind != "annual" or balance != "none" or days == 0,
            ),
            rule(
                "level days state",
                lambda level, days, state: level != "staff" or days < 10 or state != "approved",
            ),
        ),
    )


def chain(length: int) -> CombinationModel:
    """Each parameter of five values is at most one below the one before it."""
    model = plain(*[5] * length)
    names = [each.name for each in model.parameters]
    return CombinationModel(
        model.parameters, tuple(rule(f"{a} {b}", lambda a, b: b >= a - 1) for a, b in pairwise(names))
    )


MODELS: dict[str, tuple[CombinationModel, int]] = {
    "3^4": (plain(*[3] * 4), 2),
    "3^13": (plain(*[3] * 13), 2),
    "4^15 3^17 2^29": (plain(*[4] * 15, *[3] * 17, *[2] * 29), 2),
    "4^1 3^39 2^35": (plain(4, *[3] * 39, *[2] * 35), 2),
    "2^100": (plain(*[2] * 100), 2),
    "10^20": (plain(*[10] * 20), 2),
    "leave": (leave(), 2),
    "chain of 12": (chain(12), 2),
    "3^4, triples": (plain(*[3] * 4), 3),
    "3^13, triples": (plain(*[3] * 13), 3),
    "leave, triples": (leave(), 3),
}


def greedy_alone(model: CombinationModel, strength: int, seed: int) -> int:
    compiled = Compiled(model.parameters, model.constraints)
    wanted = [
        Wanted(compiled.space, size, scopes)
        for size, scopes in scopes_by_strength([(compiled.space.parameters, strength)])
    ]
    for each in wanted:
        drop_infeasible(each, set(compiled.completer.part_of), compiled.completer.feasible)
    return len(Greedy(compiled.completer, wanted, Chance(seed)).rows([]))


def best(count: Callable[[int], int]) -> tuple[int, float]:
    """The fewest rows of all seeds, and the seconds that one seed takes."""
    began = time.perf_counter()
    fewest = min(count(seed) for seed in SEEDS)
    return fewest, (time.perf_counter() - began) / len(SEEDS)


def counted(model: CombinationModel, strength: int, seed: int) -> int:
    """The rows of one seed, once it is sure that they and what was dropped are all there is."""
    combined = combine(model, strength, seed=seed)
    dropped = {frozenset(each.values.items()) for each in combined.dropped}
    for scope in combinations(model.parameters, strength):
        held = {tuple(row.values[each.name] for each in scope) for row in combined.rows}
        for values in product(*(each.values for each in scope)):
            named = frozenset(zip((each.name for each in scope), values, strict=True))
            assert (values in held) != (named in dropped), named
    return len(combined.rows)


def main() -> None:
    chosen = sys.argv[1:] or list(MODELS)
    print(
        f"{'model':<16} {'rows':>5} {'possible':>9} {'greedy':>7} {'ratio':>6} {'s a seed':>9} {'times':>6}"
    )
    for name in chosen:
        model, strength = MODELS[name]
        levels = sorted((len(each.values) for each in model.parameters), reverse=True)
        possible = str(prod(levels[:strength])) if not model.constraints else ""
        rows, seconds = best(lambda seed, model=model, strength=strength: counted(model, strength, seed))
        greedy, alone = best(lambda seed, model=model, strength=strength: greedy_alone(model, strength, seed))
        print(
            f"{name:<16} {rows:>5} {possible:>9} {greedy:>7} {rows / greedy:>6.2f} {seconds:>9.2f} "
            f"{seconds / alone:>6.1f}",
            flush=True,
        )


if __name__ == "__main__":
    main()
