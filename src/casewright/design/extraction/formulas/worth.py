"""A quantity in the making: what it is worth in which case, and for which cases that is not known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from casewright.design.extraction.formulas.circumstances import joined


@dataclass
class Worth:
    """A quantity in the making: first-hit cases (condition, value), the last without a condition."""

    cases: list[tuple[str, str]]
    unknown_if: list[str] = field(default_factory=list[str])
    cap: str | None = None
    """The last cap that was put on, as a limit may be rounded by a later clause."""

    missed: bool = False
    """Was there a clause that nobody understood?"""

    def change(self, how: Callable[[str], str]) -> None:
        self.cases = [(condition, how(value)) for condition, value in self.cases]

    def split(self, condition: str, how: Callable[[str], str]) -> None:
        special = [(joined(filter(None, (condition, own))), how(value)) for own, value in self.cases]
        if len({value for _, value in special}) == 1 and not self.cases[-1][0]:
            special = [(condition, special[0][1])]
        self.cases = special + self.cases

    def unread(self, guards: list[str] | None) -> None:
        self.missed = True
        self.unknown_if.append(joined(guards) if guards else "")
