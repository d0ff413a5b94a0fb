"""What is computed and what accumulates, as parts of the operations: lets, effects, answers, limits."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from casewright.design.extraction.accumulations.accumulating import Accumulation, Limit, read_accumulations
from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.formulas.definition import Definition
from casewright.design.extraction.formulas.definitions import read_definitions
from casewright.design.extraction.formulas.lookups import Lookup
from casewright.design.extraction.refusals.conditions import means_none
from casewright.design.extraction.refusals.refusals import Refusal
from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.words import UNKNOWN, fold, normalise
from casewright.design.model.schema import Choice, Effect, LookupTable, Variable
from casewright.design.model.schema import Operation as ModelOperation


@dataclass(frozen=True)
class Quantities:
    """The quantities of a document."""

    definitions: Mapping[str, Definition]
    accumulations: Sequence[Accumulation]
    limits: Sequence[Limit]

    def computable(self, operation: Operation, tables: Iterable[Lookup]) -> dict[str, Definition]:
        """The definitions whose every name the operation has: inputs, variables, other such definitions; in an
        order in which each stands after those that it needs."""
        available = {
            *operation.fields,
            *(each.name for each in self.accumulations),
            *(each.name for each in tables),
        }
        found: dict[str, Definition] = {}
        waiting = {name: each for name, each in self.definitions.items() if name not in available}
        while ready := [name for name, each in waiting.items() if each.needs <= available]:
            for name in ready:
                found[name] = waiting.pop(name)
                available.add(name)
        return found

    def effects(self, operation: str) -> list[Effect]:
        return [effect for each in self.accumulations for effect in each.effects.get(operation, ())]

    def answers(self, operation: Operation, computable: Mapping[str, Definition]) -> dict[str, str]:
        """Outputs that are a definition, or the value of a variable after the change."""
        named = {fold(name): name for name in computable}
        found = {name: named[fold(name)] for name in operation.outputs if fold(name) in named}
        for each in self.accumulations:
            expression = each.answers.get(operation.name)
            fits = [name for name in operation.outputs if fold(name) == fold(each.name)]
            fits = fits or [name for name in operation.outputs if fold(name) in fold(each.name)]
            if expression:
                found[max(fits, key=len) if fits else each.name] = expression
        return found

    def limit(self, refusal: Refusal, context: str, operation: str) -> str | None:
        """The condition of a refusal that rests on what accumulated."""
        said = fold(normalise(" ".join((refusal.condition, context, *refusal.messages))))
        for each in self.limits:
            if operation in each.operations and fold(each.text) and fold(each.text) in said:
                return each.condition
        least = re.search(
            r"at least one (?P<thing>\w+)|至少(?:有|添加|选择)?一[个条项张件](?P<zh>[\u3400-\u9fff]{1,4})",
            " ".join(refusal.messages),
        )
        thing = (least["thing"] or least["zh"]).lower() if least else ""
        fits = [
            each.name for each in self.accumulations if thing and each.name.lower() in {thing, f"{thing}s"}
        ]
        return f"{fits[0]} < 1" if len(fits) == 1 else None

    def variables(self) -> dict[str, Variable]:
        return {each.name: each.variable for each in self.accumulations}

    def choices(self, operations: Iterable[Operation]) -> dict[str, Choice]:
        """The inputs by which variables are kept apart."""
        keys = {each.variable.per for each in self.accumulations if each.variable.per}
        return {
            name: Choice(of=one.rules.choices, source=one.ids)
            for operation in operations
            for name, one in operation.fields.items()
            if name in keys
        }

    def tables(self) -> dict[str, LookupTable]:
        return {table.name: table.table for each in self.definitions.values() for table in each.tables}


def read_quantities(
    passages: Sequence[Passage],
    operations: Sequence[Operation],
    lookups: Sequence[Lookup],
    refusals: Sequence[Refusal],
) -> Quantities:
    accumulations, limits = read_accumulations(passages, operations, lookups, refusals)
    persistent = {fold(each.name) for each in accumulations}
    inputs = {fold(name) for operation in operations for name in operation.fields}
    told = [_nothing_used(each, operations) for each in read_definitions(passages, operations, lookups)]
    definitions = {
        each.name: each
        for each in told
        if fold(each.name) not in persistent | inputs and set(each.lines) != {UNKNOWN}
    }
    return Quantities(definitions, accumulations, limits)


_TAKEN_OFF = re.compile(
    r"(?:抵扣|优惠|折扣|减免)(?:金额)?$|\b(?:discount|deduction|reduction)$", re.IGNORECASE
)


def _nothing_used(each: Definition, operations: Sequence[Operation]) -> Definition:
    """What a coupon takes off was not understood; that without one nothing is taken off is."""
    if set(each.lines) != {UNKNOWN} or not _TAKEN_OFF.search(each.name):
        return each
    subject = _TAKEN_OFF.sub("", each.name).strip()
    for operation in operations:
        one = operation.fields.get(subject)
        if one is not None and means_none(one):
            lines = (f"0 if {subject} = {one.rules.default}", f"{UNKNOWN} otherwise")
            return replace(each, lines=lines, needs=frozenset({subject}))
    return each


def with_lets(operation: ModelOperation, computable: Mapping[str, Definition]) -> ModelOperation:
    """The operation with the definitions that its rules, effects and answers use, and those that these need."""
    texts = [str(each.condition) for each in operation.reject if not isinstance(each, str)]
    texts += [text for effect in operation.then for text in (*effect.set.values(), effect.when or "")]
    texts += operation.answer.values()
    wanted: set[str] = set()
    for name in reversed(list(computable)):
        if any(_uses(text, name) for text in texts):
            wanted.add(name)
            texts += computable[name].lines
    lets = {
        name: each.lines[0] if len(each.lines) == 1 else each.lines
        for name, each in computable.items()
        if name in wanted
    }
    return operation.model_copy(update={"let": {**operation.let, **lets}}) if lets else operation


def _uses(text: str, name: str) -> bool:
    boundary = "" if re.search(r"[\u3400-\u9fff]", name) else r"\b"
    return re.search(rf"{boundary}{re.escape(name)}{boundary}", text) is not None
