"""Rows that must be kept, told apart by whether and where they are invalid."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from casewright.design.cases import Words
from casewright.design.combining.errors import SeedRefused
from casewright.design.combining.models import CombinationModel, Value

Seed = Mapping[str, Value]


@dataclass
class Seeds:
    """`invalid` holds, by (parameter, value), what stands beside the invalid value."""

    valid: list[Seed] = field(default_factory=list[Seed])
    invalid: dict[tuple[str, Value], list[Seed]] = field(default_factory=dict[tuple[str, Value], list[Seed]])


def sorted_seeds(model: CombinationModel) -> Seeds:
    """Raises SeedRefused for an unknown name or value, or more than one invalid value in a seed."""
    known = {each.name: each for each in model.parameters}
    seeds = Seeds()
    for seed in model.seeds:
        invalid: list[str] = []
        for name, value in seed.items():
            if name not in known or value not in (*known[name].values, *known[name].invalid):
                raise SeedRefused(
                    Words(
                        zh=f"指定的行中的“{name} = {value}”不是任何参数的值。",
                        en=f"`{name} = {value}` in a row that was given is no value of any parameter.",
                    )
                )
            if value in known[name].invalid:
                invalid.append(name)
        if len(invalid) > 1:
            raise SeedRefused(
                Words(
                    zh=f"指定的行有不止一个无效值：{'、'.join(invalid)}。",
                    en=f"A row that was given has more than one invalid value: {', '.join(invalid)}.",
                )
            )
        if invalid:
            beside = {name: value for name, value in seed.items() if name != invalid[0]}
            seeds.invalid.setdefault((invalid[0], seed[invalid[0]]), []).append(beside)
        else:
            seeds.valid.append(seed)
    return seeds
