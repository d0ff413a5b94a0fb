"""What a user of the generator gets: small suites, constraints kept, every dropped combination explained."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations
from typing import Any

import pytest

from casewright.design.cases import Words
from casewright.design.combining.combining import combine, fewest_rows
from casewright.design.combining.errors import (
    CombiningError,
    ModelFault,
    NothingAllowed,
    SeedRefused,
    StrengthOutOfRange,
    TooHard,
    TooManyCombinations,
)
from casewright.design.combining.models import CombinationModel, Constraint, Group, Parameter


def plain(*levels: int) -> tuple[Parameter, ...]:
    return tuple(Parameter(f"p{index}", tuple(range(level))) for index, level in enumerate(levels))


def rule(en: str, scope: str, allowed: Any) -> Constraint:
    return Constraint(Words(zh=f"规则：{en}", en=en), tuple(scope.split()), allowed)


KIND = Parameter("kind", ("annual", "sick"))
DAYS = Parameter("days", (1, 5), invalid=(-1, "many"))
PROOF = Parameter("proof", (True, False))
SICK_NEEDS_PROOF = rule("sick leave needs proof", "kind proof", lambda kind, proof: kind != "sick" or proof)


@pytest.mark.parametrize(
    ("levels", "strength", "most"),
    [
        ((3,) * 4, 2, 9),
        ((3,) * 13, 2, 15),
        ((5,) * 6, 2, 25),
        ((2,) * 100, 2, 10),
        ((4,) * 15 + (3,) * 17 + (2,) * 29, 2, 32),
        ((4,) + (3,) * 39 + (2,) * 35, 2, 23),
        ((3,) * 4, 3, 27),
        ((3, 2, 2), 3, 12),
        ((4, 3, 2), 1, 4),
    ],
)
def test_few_rows_cover_everything(levels: tuple[int, ...], strength: int, most: int) -> None:
    combined = combine(CombinationModel(plain(*levels)), strength, effort=40)
    rows = [tuple(row.values.values()) for row in combined.rows]
    assert len(rows) <= most
    assert combined.dropped == ()
    counted = 0
    for scope in combinations(range(len(levels)), strength):
        held = {tuple(row[each] for each in scope) for row in rows}
        wanted = 1
        for each in scope:
            wanted *= levels[each]
        assert len(held) == wanted
        counted += wanted
    assert combined.covered == counted


def test_twenty_parameters_of_ten_values_take_less_than_200_rows() -> None:
    combined = combine(CombinationModel(plain(*[10] * 20)), effort=14)
    rows = [tuple(row.values.values()) for row in combined.rows]
    assert len(rows) < 200
    assert all(len({(row[a], row[b]) for row in rows}) == 100 for a, b in combinations(range(20), 2))


def test_the_same_seed_gives_the_same_rows_and_another_seed_others() -> None:
    model = CombinationModel(plain(4, 3, 3, 2, 2))
    assert combine(model, seed=7) == combine(model, seed=7)
    assert combine(model, seed=7).rows != combine(model, seed=8).rows


def test_the_best_of_several_seeds_is_taken() -> None:
    model = CombinationModel(plain(5, 4, 4, 3, 3, 2))
    single = [len(combine(model, seed=seed, effort=0).rows) for seed in range(4)]
    assert len(fewest_rows(model, seeds=range(4), effort=0).rows) == min(single)


def test_what_a_constraint_forbids_is_in_no_row_and_is_listed_with_the_reason() -> None:
    combined = combine(CombinationModel((KIND, PROOF, *plain(2)), (SICK_NEEDS_PROOF,)))
    assert all(row.values["proof"] for row in combined.rows if row.values["kind"] == "sick")
    (dropped,) = combined.dropped
    assert dropped.values == {"kind": "sick", "proof": False}
    assert dropped.constraints == (SICK_NEEDS_PROOF,)
    assert dropped.reason == Words(
        zh="“kind = sick”与“proof = False”不能同时出现：规则：sick leave needs proof",
        en="`kind = sick` and `proof = False` can't occur together: sick leave needs proof",
    )


def test_a_clash_of_several_constraints_names_them_and_no_others() -> None:
    a, b, c = (Parameter(name, (0, 1)) for name in "abc")
    follows = [rule(f"{x} implies {y}", f"{x} {y}", lambda x, y: y >= x) for x, y in ("ab", "bc")]
    beside = rule("never mind", "a", lambda a: True)
    combined = combine(CombinationModel((a, b, c), (beside, *follows)))
    reasons = {tuple(each.values.items()): each.reason.en for each in combined.dropped}
    assert reasons[("a", 1), ("c", 0)] == "`a = 1` and `c = 0` can't occur together: a implies b; b implies c"


def test_a_value_that_can_never_occur_explains_all_its_combinations() -> None:
    never = rule("nobody has 2", "p0", {(0,), (1,)})
    combined = combine(CombinationModel(plain(3, 2, 2), (never,)))
    assert {each.reason.en for each in combined.dropped} == {"`p0 = 2` can't occur: nobody has 2"}
    assert [dict(each.culprits) for each in combined.dropped] == [{"p0": 2}] * 4


def test_an_invalid_value_stands_in_a_row_alone_with_each_valid_value_of_the_others() -> None:
    other = Parameter("unit", ("day", "hour", "week"), invalid=("fathom",))
    combined = combine(CombinationModel((KIND, DAYS, other)))
    beside = [row.values for row in combined.rows if row.values["days"] == "many"]
    assert {row["kind"] for row in beside} == {"annual", "sick"}
    assert {row["unit"] for row in beside} == {"day", "hour", "week"}
    for row in combined.rows:
        invalid = [name for name, value in row.values.items() if value in (-1, "many", "fathom")]
        assert invalid == ([row.invalid] if row.invalid else [])


def test_valid_rows_come_first() -> None:
    combined = combine(CombinationModel((DAYS, KIND, PROOF)))
    places = [row.invalid is not None for row in combined.rows]
    assert places == sorted(places)


def test_a_constraint_does_not_bind_a_row_in_which_one_of_its_parameters_is_invalid() -> None:
    few = rule("sick leave is short", "kind days", lambda kind, days: kind != "sick" or days < 5)
    combined = combine(CombinationModel((KIND, DAYS, PROOF), (few, SICK_NEEDS_PROOF)))
    beside = [row.values for row in combined.rows if row.invalid == "days"]
    assert {row["kind"] for row in beside} == {"annual", "sick"}
    assert all(row["proof"] for row in beside if row["kind"] == "sick")


def test_a_parameter_alone_has_a_row_for_each_value() -> None:
    combined = combine(CombinationModel((DAYS,)), 1)
    assert [(row.values["days"], row.invalid) for row in combined.rows[2:]] == [
        (-1, "days"),
        ("many", "days"),
    ]
    assert {row.values["days"] for row in combined.rows[:2]} == {1, 5}


def test_a_group_is_combined_more_closely_than_the_rest() -> None:
    model = CombinationModel(plain(2, 2, 2, 2, 2, 2), groups=(Group(("p0", "p1", "p2", "p3"), 4),))
    rows = [tuple(row.values.values()) for row in combine(model).rows]
    assert len(rows) == 16
    assert len({row[:4] for row in rows}) == 16
    assert all(len({(row[a], row[b]) for row in rows}) == 4 for a, b in combinations(range(6), 2))


def test_rows_to_be_kept_come_first_and_are_filled_in() -> None:
    kept = ({"kind": "sick", "days": 5, "proof": True}, {"kind": "annual"}, {"days": "many", "kind": "sick"})
    combined = combine(CombinationModel((KIND, DAYS, PROOF), (SICK_NEEDS_PROOF,), seeds=kept))
    assert combined.rows[0].values == kept[0]
    assert combined.rows[1].values["kind"] == "annual"
    beside = next(row for row in combined.rows if row.values["days"] == "many")
    assert (beside.values["kind"], beside.values["proof"]) == ("sick", True)


def test_many_rows_to_be_kept_are_all_kept_although_fewer_would_do() -> None:
    kept = tuple({"p0": 0, "p1": 0, "p2": 0} for _ in range(12))
    combined = combine(CombinationModel(plain(2, 2, 2), seeds=kept))
    assert [dict(row.values) for row in combined.rows[:12]] == list(kept)


@pytest.mark.parametrize(
    ("model", "strength", "error", "en"),
    [
        (CombinationModel(()), 1, ModelFault, "no parameters"),
        (CombinationModel((KIND, KIND)), 2, ModelFault, "`kind` occurs twice"),
        (CombinationModel((Parameter("a", ()),)), 1, ModelFault, "`a` has no valid value"),
        (CombinationModel((Parameter("a", (1, True)),)), 1, ModelFault, "`a` are equal"),
        (CombinationModel((KIND,), (rule("r", "kin", {("sick",)}),)), 1, ModelFault, "no parameter `kin`"),
        (CombinationModel((KIND,), (rule("r", "kind kind", set()),)), 1, ModelFault, "only once"),
        (CombinationModel((KIND,), (rule("r", "kind", {("sic",)}),)), 1, ModelFault, "no tuple of valid"),
        (CombinationModel((KIND,), (rule("r", "kind", {("sick", 1)}),)), 1, ModelFault, "no tuple of valid"),
        (
            CombinationModel(plain(*[9] * 6), (rule("r", "p0 p1 p2 p3 p4 p5", lambda *_: True),)),
            2,
            ModelFault,
            "split it",
        ),
        (CombinationModel((KIND,)), 2, StrengthOutOfRange, "1 parameters can't be combined 2 at a time"),
        (CombinationModel((KIND,)), 0, StrengthOutOfRange, "0 at a time"),
        (CombinationModel((KIND,), groups=(Group(("kind",), 2),)), 1, StrengthOutOfRange, "2 at a time"),
        (CombinationModel((KIND,), seeds=({"kin": 1},)), 1, SeedRefused, "`kin = 1`"),
        (CombinationModel((KIND,), seeds=({"kind": "ill"},)), 1, SeedRefused, "`kind = ill`"),
        (
            CombinationModel((DAYS, Parameter("b", (1,), (2,))), seeds=({"days": -1, "b": 2},)),
            2,
            SeedRefused,
            "more than one invalid value: days, b",
        ),
        (
            CombinationModel((KIND, PROOF), (SICK_NEEDS_PROOF,), seeds=({"kind": "sick", "proof": False},)),
            2,
            SeedRefused,
            "can't occur together: sick leave needs proof",
        ),
        (
            CombinationModel(
                (KIND,), (rule("not sick", "kind", {("annual",)}), rule("sick", "kind", {("sick",)}))
            ),
            1,
            NothingAllowed,
            "not sick; sick",
        ),
        (CombinationModel(plain(*[10] * 40)), 4, TooManyCombinations, "913900000 combinations"),
    ],
)
def test_an_impossible_request_is_refused_in_both_languages(
    model: CombinationModel, strength: int, error: type[CombiningError], en: str
) -> None:
    with pytest.raises(error) as raised:
        combine(model, strength)
    assert en in raised.value.message("en")
    assert raised.value.message("zh") != raised.value.message("en")


def test_what_can_not_be_settled_is_told_and_not_called_impossible() -> None:
    """Nine pigeons in eight holes: impossible, but not provably so by looking a little."""
    pigeons = plain(*[8] * 9)

    def apart(a: int, b: int) -> bool:
        return a != b

    pairs: list[tuple[str, str]] = list(combinations([each.name for each in pigeons], 2))
    told: Callable[[str, str], Constraint] = lambda a, b: rule(f"{a} and {b} differ", f"{a} {b}", apart)  # noqa: E731
    with pytest.raises(TooHard, match="Split them"):
        combine(CombinationModel(pigeons, tuple(told(a, b) for a, b in pairs)))
