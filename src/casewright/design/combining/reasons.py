"""Why a combination can't occur, in words: the values that clash and the constraints that forbid them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casewright.design.cases import Words
from casewright.design.combining.compiling import Compiled
from casewright.design.combining.completing import Table
from casewright.design.combining.errors import SeedRefused
from casewright.design.combining.models import Constraint, Dropped, Value


class Reasons:
    def __init__(self, compiled: Compiled) -> None:
        self._compiled = compiled
        self._known: dict[int, tuple[Table, ...]] = {}

    def of(self, chosen: int) -> Dropped:
        """`chosen` is infeasible. A clash found before explains every combination that it is part of."""
        culprits = next((each for each in self._known if each & ~chosen == 0), None)
        if culprits is None:
            culprits, tables = self._compiled.completer.blame(chosen)
            self._known[culprits] = tables
        constraints = tuple(self._compiled.constraints[each.number] for each in self._known[culprits])
        values = self._compiled.values(culprits)
        return Dropped(self._compiled.values(chosen), values, constraints, _reason(values, constraints))

    def checked(self, seeds: Sequence[Mapping[str, Value]]) -> list[int]:
        """The seeds as masks. Raises SeedRefused for one that no row can hold."""
        masks = [self._compiled.mask(seed) for seed in seeds]
        for mask in masks:
            if not self._compiled.completer.feasible(mask):
                reason = self.of(mask).reason
                raise SeedRefused(
                    Words(
                        zh=f"指定的行不可行：{reason.zh}",
                        en=f"A row that was given is impossible: {reason.en}",
                    )
                )
        return masks


def _reason(values: Mapping[str, Value], constraints: Sequence[Constraint]) -> Words:
    zh = "与".join(f"“{name} = {value}”" for name, value in values.items())
    en = " and ".join(f"`{name} = {value}`" for name, value in values.items())
    together = ("不能同时出现", "can't occur together") if len(values) > 1 else ("不可能出现", "can't occur")
    return Words(
        zh=f"{zh}{together[0]}：" + "；".join(each.words.zh for each in constraints),
        en=f"{en} {together[1]}: " + "; ".join(each.words.en for each in constraints),
    )
