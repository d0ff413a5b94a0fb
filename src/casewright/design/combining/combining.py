"""The way in: rows for a model of parameters, valid ones first, then those with one invalid value each."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import prod

from casewright.design.cases import Words
from casewright.design.combining.chance import Chance
from casewright.design.combining.compiling import Compiled, check, check_count
from casewright.design.combining.coverage import Missing, Wanted, drop_infeasible, scopes_by_strength
from casewright.design.combining.errors import NothingAllowed
from casewright.design.combining.greedy import Greedy
from casewright.design.combining.models import (
    CombinationModel,
    Combined,
    Constraint,
    Dropped,
    Group,
    Parameter,
    Row,
    Value,
)
from casewright.design.combining.reasons import Reasons
from casewright.design.combining.seeding import Seeds, sorted_seeds
from casewright.design.combining.shrinking import Shrinking
from casewright.design.combining.starting import begun

EFFORT = 200
"""How long one row is tried to be saved: for sixty parameters, two at a time, less than a second."""
MOST_COUNTED = 1500


def combine(model: CombinationModel, strength: int = 2, *, seed: int = 0, effort: int = EFFORT) -> Combined:
    """Rows that hold every feasible combination of `strength` valid values, and of more inside a group.

    Each invalid value stands beside every feasible combination of `strength` - 1 valid values of the other
    parameters. The same arguments give the same rows.

    `effort` times the number of combinations, though of no more than 1500, is the number of masks that are
    looked at to save one row; with 0 none is tried to be saved.

    Raises a CombiningError: ModelFault, StrengthOutOfRange, SeedRefused, NothingAllowed, TooHard,
    TooManyCombinations.
    """
    check(model, strength)
    seeds = sorted_seeds(model)
    groups = [Group(tuple(each.name for each in model.parameters), strength), *model.groups]
    search = _Search(Chance(seed), effort)
    part = search.covered(model.parameters, model.constraints, groups, seeds.valid)
    rows, dropped, covered = [Row(each) for each in part.rows], list(part.dropped), part.covered
    for parameter in model.parameters:
        for value, beside in _beside(search, model, groups, parameter, seeds):
            rows += [_with_invalid(model, each, parameter.name, value) for each in beside.rows]
            dropped += [
                Dropped(each.values, each.culprits, each.constraints, each.reason, (parameter.name, value))
                for each in beside.dropped
            ]
            covered += beside.covered
    return Combined(tuple(rows), tuple(dropped), covered)


def fewest_rows(
    model: CombinationModel, strength: int = 2, *, seeds: Iterable[int] = range(10), effort: int = EFFORT
) -> Combined:
    """The smallest of what `combine` gives for `seeds`, the first of equals; `seeds` must not be empty."""
    tried = (combine(model, strength, seed=seed, effort=effort) for seed in seeds)
    return min(tried, key=lambda combined: len(combined.rows))


@dataclass(frozen=True)
class _Part:
    rows: Sequence[Mapping[str, Value]]
    dropped: Sequence[Dropped]
    covered: int


def _beside(
    search: _Search, model: CombinationModel, groups: Sequence[Group], parameter: Parameter, seeds: Seeds
) -> list[tuple[Value, _Part]]:
    """For each invalid value what stands beside it: the same for all of a parameter, but for their seeds."""
    others = [each for each in model.parameters if each is not parameter]
    constraints = [each for each in model.constraints if parameter.name not in each.scope]
    closer = [_without(group, parameter.name) for group in groups if parameter.name in group.parameters]
    found: list[tuple[Value, _Part]] = []
    unseeded: _Part | None = None
    for value in parameter.invalid:
        kept = seeds.invalid.get((parameter.name, value), [])
        if kept or unseeded is None:
            part = search.covered(others, constraints, closer, kept)
            unseeded = unseeded if kept else part
        else:
            part = unseeded
        found.append((value, part))
    return found


def _without(group: Group, name: str) -> Group:
    return Group(tuple(each for each in group.parameters if each != name), group.strength - 1)


def _with_invalid(model: CombinationModel, row: Mapping[str, Value], name: str, value: Value) -> Row:
    whole = {**row, name: value}
    return Row({each.name: whole[each.name] for each in model.parameters}, name)


class _Search:
    def __init__(self, chance: Chance, effort: int) -> None:
        self._chance = chance
        self._effort = effort

    def covered(
        self,
        parameters: Sequence[Parameter],
        constraints: Sequence[Constraint],
        groups: Sequence[Group],
        seeds: Sequence[Mapping[str, Value]],
    ) -> _Part:
        """Rows of valid values; every group is combined by its own strength, one of strength 0 not at all."""
        compiled = Compiled(parameters, constraints)
        reasons = Reasons(compiled)
        if not compiled.completer.feasible(0):
            raise NothingAllowed(_nothing(reasons.of(0).constraints))
        kept = reasons.checked(seeds)
        wanted, infeasible, fewest = self._wanted(compiled, groups)
        rows = self._rows(compiled, wanted, kept, fewest)
        return _Part(
            [compiled.values(row) for row in rows],
            [reasons.of(sum(1 << value for value in each)) for each in infeasible],
            sum(each.count() for each in wanted),
        )

    def _wanted(
        self, compiled: Compiled, groups: Sequence[Group]
    ) -> tuple[list[Wanted], list[tuple[int, ...]], int]:
        """What has to be covered, what can't be, and the fewest rows that could possibly do."""
        space = compiled.space
        members = [
            ([compiled.position[name] for name in group.parameters], group.strength)
            for group in groups
            if group.strength
        ]
        for positions, strength in members:
            check_count([space.levels[each] for each in positions], strength)
        wanted: list[Wanted] = []
        infeasible: list[tuple[int, ...]] = []
        fewest = 1
        concerned = set(compiled.completer.part_of)
        for strength, scopes in scopes_by_strength(members):
            each = Wanted(space, strength, scopes)
            lost = drop_infeasible(each, concerned, compiled.completer.feasible)
            feasible = {scope: prod(space.levels[one] for one in scope) for scope in scopes}
            for combination in lost:
                feasible[tuple(space.owner[value] for value in combination)] -= 1
            fewest = max(fewest, *feasible.values())
            wanted.append(each)
            infeasible += lost
        return wanted, infeasible, fewest

    def _rows(
        self, compiled: Compiled, wanted: Sequence[Wanted], kept: Sequence[int], fewest: int
    ) -> list[int]:
        """The smaller of two attempts: from an array of algebra, where there is one, and from nothing."""
        if not wanted:
            kept = kept or [0]
        greedy = Greedy(compiled.completer, wanted, self._chance)
        effort = self._effort * min(sum(each.count() for each in wanted), MOST_COUNTED)
        shrinking = Shrinking(compiled.completer, wanted, kept, self._chance, effort)
        start = begun(compiled.completer, min((each.strength for each in wanted), default=1))
        best: list[int] = []
        for first in (start, []) if start else ([],):
            if not best or len(best) > fewest:
                rows = shrinking.shrunk(greedy.rows([*kept, *first]), fewest)
                best = min(best or rows, rows, key=len)
        assert not Missing(wanted, held=best).any()
        completer = compiled.completer
        assert all(completer.keeps(row, parameter) for row in best for parameter in completer.part_of)
        return best


def _nothing(constraints: Sequence[Constraint]) -> Words:
    return Words(
        zh="没有任何一行能同时满足：" + "；".join(each.words.zh for each in constraints),
        en="No row keeps all of these: " + "; ".join(each.words.en for each in constraints),
    )
