"""Small models of every kind, where all rows can be listed: nothing is missed, broken or wrongly given up."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.cases import Words
from casewright.design.combining.combining import combine
from casewright.design.combining.errors import NothingAllowed
from casewright.design.combining.models import CombinationModel, Combined, Constraint, Group, Parameter

Tuple = frozenset[tuple[str, Any]]
EFFORT = 20


@st.composite
def models(draw: st.DrawFn) -> CombinationModel:
    parameters = tuple(
        Parameter(
            f"p{index}",
            tuple(range(draw(st.integers(1, 4)))),
            tuple(f"bad{each}" for each in range(draw(st.sampled_from((0, 0, 0, 1, 2))))),
        )
        for index in range(draw(st.integers(1, 5)))
    )
    names = [each.name for each in parameters]
    constraints = tuple(draw(constraint(parameters, index)) for index in range(draw(st.integers(0, 4))))
    groups: list[Group] = []
    for _ in range(draw(st.integers(0, 2))):
        members = draw(st.lists(st.sampled_from(names), min_size=1, unique=True))
        groups.append(Group(tuple(members), draw(st.integers(1, min(3, len(members))))))
    return CombinationModel(parameters, constraints, tuple(groups))


@st.composite
def constraint(draw: st.DrawFn, parameters: Sequence[Parameter], number: int) -> Constraint:
    scope = draw(st.lists(st.sampled_from(parameters), min_size=1, max_size=3, unique=True))
    every = list(product(*(each.values for each in scope)))
    forbidden = draw(st.sets(st.sampled_from(every), max_size=max(1, len(every) * 2 // 3)))
    allowed = frozenset(every) - forbidden
    words = Words(zh=f"约束{number}", en=f"constraint {number}")
    names = tuple(each.name for each in scope)
    if draw(st.booleans()):
        return Constraint(words, names, allowed)
    return Constraint(words, names, lambda *values: values in allowed)


def holds(constraint: Constraint, values: Mapping[str, Any]) -> bool:
    chosen = tuple(values[name] for name in constraint.scope)
    return constraint.allowed(*chosen) if callable(constraint.allowed) else chosen in constraint.allowed


def every_row(parameters: Sequence[Parameter], constraints: Sequence[Constraint]) -> list[dict[str, Any]]:
    """All rows of valid values that keep the constraints."""
    names = [each.name for each in parameters]
    rows = (
        dict(zip(names, values, strict=True)) for values in product(*(each.values for each in parameters))
    )
    return [row for row in rows if all(holds(each, row) for each in constraints)]


def tuples_of(rows: Sequence[Mapping[str, Any]], scopes: set[tuple[str, ...]]) -> set[Tuple]:
    return {frozenset((name, row[name]) for name in scope) for row in rows for scope in scopes}


def scopes_of(groups: Sequence[Group]) -> set[tuple[str, ...]]:
    return {
        scope
        for group in groups
        if group.strength
        for scope in combinations(sorted(group.parameters), group.strength)
    }


def parts(model: CombinationModel, strength: int) -> Iterator[tuple[Any, ...]]:
    """What is wanted: (the invalid value or None, parameters, constraints, groups)."""
    groups = [Group(tuple(each.name for each in model.parameters), strength), *model.groups]
    yield None, model.parameters, model.constraints, groups
    for parameter in model.parameters:
        others = [each for each in model.parameters if each is not parameter]
        constraints = [each for each in model.constraints if parameter.name not in each.scope]
        closer = [
            Group(tuple(name for name in each.parameters if name != parameter.name), each.strength - 1)
            for each in groups
            if parameter.name in each.parameters
        ]
        for value in parameter.invalid:
            yield (parameter.name, value), others, constraints, closer


def rows_beside(combined: Combined, invalid: tuple[str, Any] | None) -> list[Mapping[str, Any]]:
    if invalid is None:
        return [row.values for row in combined.rows if row.invalid is None]
    name, value = invalid
    return [
        {each: of for each, of in row.values.items() if each != name}
        for row in combined.rows
        if row.invalid == name and row.values[name] == value
    ]


def check_part(combined: Combined, part: tuple[Any, ...]) -> tuple[int, int]:
    """The rows, and the number of feasible combinations, of one part."""
    invalid, parameters, constraints, groups = part
    every = every_row(parameters, constraints)
    rows = rows_beside(combined, invalid)
    assert rows, "every valid model and every invalid value has a row"
    assert all(row in every for row in rows), "no constraint is broken and no other value is invalid"

    scopes = scopes_of(groups)
    feasible = tuples_of(every, scopes)
    assert feasible <= tuples_of(rows, scopes), "nothing feasible is missed"

    wanted = {
        frozenset(zip(scope, values, strict=True))
        for scope in scopes
        for values in product(*(each.values for name in scope for each in parameters if each.name == name))
    }
    dropped = [each for each in combined.dropped if each.invalid == invalid]
    given_up = {frozenset(each.values.items()) for each in dropped}
    assert not given_up & feasible, "nothing feasible is given up"
    assert given_up <= wanted
    assert len(given_up) == len(dropped)
    assert all(any(one <= other for other in given_up) for one in wanted - feasible), "all of it is listed"
    for each in dropped:
        check_proof(parameters, each.culprits, each.constraints)
        assert each.culprits.items() <= each.values.items()
        assert all(one in constraints and one.words.en in each.reason.en for one in each.constraints)
    largest = {scope for scope in scopes if not any(set(scope) < set(other) for other in scopes)}
    return len(rows), len(tuples_of(every, largest))


def check_proof(
    parameters: Sequence[Parameter], culprits: Mapping[str, Any], constraints: Sequence[Constraint]
) -> None:
    """The constraints forbid the culprits, and neither could do with one less."""

    def possible(values: Mapping[str, Any], constraints: Sequence[Constraint]) -> bool:
        return any(values.items() <= row.items() for row in every_row(parameters, constraints))

    assert not possible(culprits, constraints)
    for name in culprits:
        assert possible({each: of for each, of in culprits.items() if each != name}, constraints)
    for one in constraints:
        assert possible(culprits, [each for each in constraints if each is not one])


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_nothing_is_missed_broken_or_wrongly_given_up(data: st.DataObject) -> None:
    model = data.draw(models())
    strength = data.draw(st.integers(1, min(3, len(model.parameters))))
    seed = data.draw(st.integers(0, 3))
    every = every_row(model.parameters, model.constraints)
    if not every:
        with pytest.raises(NothingAllowed):
            combine(model, strength)
        return
    combined = combine(model, strength, seed=seed, effort=EFFORT)
    counted = [check_part(combined, part) for part in parts(model, strength)]
    assert sum(rows for rows, _ in counted) == len(combined.rows)
    assert sum(covered for _, covered in counted) == combined.covered
    assert combine(model, strength, seed=seed, effort=EFFORT) == combined


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_rows_to_be_kept_are_kept_and_nothing_is_missed_beside_them(data: st.DataObject) -> None:
    model = data.draw(models())
    every = every_row(model.parameters, model.constraints)
    if not every:
        return
    strength = data.draw(st.integers(1, min(3, len(model.parameters))))
    whole = data.draw(st.lists(st.sampled_from(every), max_size=4))
    named = [data.draw(st.sets(st.sampled_from(sorted(row)), min_size=1)) for row in whole]
    seeds = [{name: row[name] for name in names} for row, names in zip(whole, named, strict=True)]
    invalid = [(each.name, value) for each in model.parameters for value in each.invalid]
    seeds_beside = data.draw(st.lists(st.sampled_from(invalid), max_size=2)) if invalid else []
    kept = [*seeds, *({name: value} for name, value in seeds_beside)]
    seeded = CombinationModel(model.parameters, model.constraints, model.groups, tuple(kept))

    combined = combine(seeded, strength, effort=EFFORT)

    for part in parts(model, strength):
        check_part(combined, part)
    for seed, row in zip(seeds, combined.rows, strict=False):
        assert seed.items() <= row.values.items()
        assert row.invalid is None
