"""What a refusal rests on beside its own words: clauses that it refers to, tables, what accumulates; and whom it is about
where it does not say so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.formulas.lookups import (
    Lookup,
    missing_combination,
    outside_range,
    over_limit,
    too_old,
)
from casewright.design.extraction.quantifying import Quantities
from casewright.design.extraction.refusals.conditions import NOTHING, Condition, Reading, is_outside
from casewright.design.extraction.refusals.kinds import Kind
from casewright.design.extraction.refusals.referring import Clause, Clauses, Window, only_refers
from casewright.design.extraction.refusals.refusals import Refusal
from casewright.design.extraction.refusals.rule_clauses import lead_time, read_clause, rule_of
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.words import UNKNOWN


@dataclass
class Judge:
    clauses: Clauses
    windows: Sequence[Window]
    quantities: Quantities
    lookups: Sequence[Lookup]
    operations: Sequence[Operation]

    def exact(self, refusal: Refusal, context: str, reading: Reading) -> Condition | None:
        """A condition that rests on more than its own words: what accumulates, a table, other clauses."""
        operation = reading.operation
        known = self.quantities.limit(refusal, context, operation.name) or self._from_tables(
            refusal, operation
        )
        if known:
            return Condition(known, Kind.RULE)
        lead = lead_time(refusal.condition, operation)
        if lead:
            return Condition(lead, Kind.RULE)
        if not only_refers(refusal.condition):
            return None
        parts = [self._clause(clause, reading) for clause in self.clauses.referred(refusal.condition)]
        said = [each.expression for each in parts if each.concerns]
        if len(said) < len(parts) and all(UNKNOWN in each for each in said):
            return NOTHING
        if not said:
            return None
        return (
            Condition(" or ".join(f"({each})" for each in said), Kind.RULE)
            if len(said) > 1
            else Condition(said[0], Kind.RULE)
        )

    def context(self, refusal: Refusal, operation: Operation) -> str:
        """The clauses that a refusal refers to, else the rule that it stands for."""
        referred = " ".join(clause.text for clause in self.clauses.referred(refusal.condition))
        return referred or (rule_of(refusal.messages[0], operation) if len(refusal.messages) == 1 else "")

    def _clause(self, clause: Clause, reading: Reading) -> Condition:
        """What one clause refuses; under the name of a time of day only at that time."""
        found = read_clause(clause.text, reading)
        for window in self.windows if found.concerns else ():
            when = window.condition(reading.operation)
            if when and (window.name in clause.under or window.name in clause.text):
                return Condition(f"({found.expression}) and {when}", found.kind)
        return found

    def _from_tables(self, refusal: Refusal, operation: Operation) -> str | None:
        """A condition that rests on a table of the document."""
        text = refusal.condition
        combination = missing_combination(text, self.lookups, operation)
        if combination:
            return combination
        if is_outside(text):
            named = names_in(text, operation.fields)
            return outside_range(named[0], self.lookups, operation) if len(named) == 1 else None
        limit = over_limit(" ".join(refusal.messages) or text, self.lookups, operation)
        old = too_old(" ".join((text, *refusal.messages)), operation)
        if old:
            return old
        return limit
