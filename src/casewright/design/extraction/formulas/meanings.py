"""What the words about a letter of a formula stand for, as an expression; percentages become rates (5.4 % → 0.054)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.formulas.terms import Scope, arithmetic
from casewright.design.extraction.text.units import has_word, same_units

_IN_PERCENT = re.compile(
    r"(?:单位|以)\s*[:为是]?\s*(?:%|百分)|百分[比数]|\(\s*%\s*\)|\b(?:in|as a) percent|\bpercent(?:age)?\b|\bin %",
    re.IGNORECASE,
)
_RATE = re.compile(r"(?<![汇税费])率$|\brate\b", re.IGNORECASE)
_MULTIPLIES = re.compile(r"[×*·÷/]|乘以|除以|\b(?:times|divided by|multiplied by)\b", re.IGNORECASE)
_EQUAL = re.compile(
    r"[,\s]*(?:=|即(?:为)?|等于|\b(?:which|that) is\b,?|\bi\.e\.,?|\bequal to\b)\s*", re.IGNORECASE
)
_BRACKET = re.compile(r"^(?P<name>[^()]+?)\s*\((?P<inner>[^()]+)\)$")
_UNIT = re.compile(
    r"^(?P<name>.+?)(?:\s+in (?P<en>[a-z]{1,10}?)s?|[,\s]*以(?P<zh>[\u3400-\u9fff]{1,2})计)$", re.IGNORECASE
)
_UNIT_ALONE = re.compile(
    r"^(?:单位\s*[:为]?\s*|in )?(?P<unit>[a-z]{1,10}?|[\u3400-\u9fff]{1,2})s?$", re.IGNORECASE
)
_RATE_FIRST = re.compile(r"^\((?P<first>[^()]+ / 100)\)(?! \^)")


@dataclass(frozen=True)
class Meanings:
    """`scope`: what formulas may name; `headers`: heading of a column → the name of its quantity;
    `percentages`: quantities that are numbers in percent; `described`: field → the words about it."""

    scope: Scope
    headers: Mapping[str, str]
    percentages: Collection[str]
    fields: Mapping[str, Field]
    described: Mapping[str, str]

    @cached_property
    def rates(self) -> Scope:
        """The scope of a formula in which shares are shares: 5.4 % is 0.054 also where its number is 5.4."""
        names = {**self.scope.names, **self.headers}
        found: dict[str, str] = {}
        for name, expression in names.items():
            rate = self._rate(name, expression)
            if rate is not None:
                found[name] = rate
        return Scope(found)

    def scope_for(self, name: str, formula: str) -> Scope:
        """The names of the formula of `name`: percentages that it multiplies by are shares, unless it says how
        they become so, or is a percentage itself."""
        if _RATE.search(name) or not _MULTIPLIES.search(formula) or "100" in formula:
            return self.scope
        return self._factors

    @cached_property
    def _factors(self) -> Scope:
        names = self.scope.names
        return Scope({name: self._rate(name, each) or each for name, each in names.items()})

    def _rate(self, name: str, expression: str) -> str | None:
        """None for an input of which is not said whether 5 or 0.05 is sent for 5 %."""
        if expression in self.percentages:
            return f"({expression} / 100)"
        if expression not in self.fields:
            return expression
        words = f"{name} {self.described.get(expression, '')}"
        if _IN_PERCENT.search(words):
            return f"({expression} / 100)"
        return None if "%" in words or (_RATE.search(name) and not self._is_share(expression)) else expression

    def _is_share(self, name: str) -> bool:
        most = self.fields[name].rules.max
        return most is not None and most <= 1

    def of(self, words: str) -> str | None:
        """'the interest rate per year divided by 12' → 'interest rate / 100 / 12'; None if not understood."""
        found = (
            arithmetic(words, self.rates)
            or self._equated(words)
            or self._bracketed(words)
            or self._measured(words)
        )
        return _RATE_FIRST.sub(r"\g<first>", found) if found else None

    def _equated(self, words: str) -> str | None:
        """'the monthly rate, which is the yearly rate divided by 12'"""
        cut = _EQUAL.search(words)
        if cut is None or not cut.start() or arithmetic(words[: cut.start()], self.rates):
            return None
        return arithmetic(words[cut.end() :], self.rates)

    def _bracketed(self, words: str) -> str | None:
        """'月利率(年利率÷12)', '期数(月)'"""
        match = _BRACKET.match(words)
        if match is None:
            return None
        outer = arithmetic(match["name"], self.rates)
        unit = _UNIT_ALONE.match(match["inner"])
        if outer:
            return outer if unit and self._has_unit(outer, unit["unit"]) else None
        return arithmetic(match["inner"], self.rates)

    def _measured(self, words: str) -> str | None:
        """'the term in months' where the term is told in months."""
        match = _UNIT.match(words)
        value = arithmetic(match["name"], self.rates) if match else None
        return value if match and value and self._has_unit(value, match["en"] or match["zh"]) else None

    def _has_unit(self, name: str, unit: str) -> bool:
        return has_word(f"{name} {self.described.get(name, '')}", same_units(unit.lower()))
