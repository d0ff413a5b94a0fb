"""What persists between operations: balances, sums and counts of a period, numbers that are given out; and the
refusals that rest on them. What a sentence does to a quantity and was not understood is `unknown`, never guessed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from casewright.design.extraction.accumulations.capping import (
    Capping,
    Found,
    from_caps,
    joined,
    refusal_for,
    words_of,
)
from casewright.design.extraction.accumulations.changing import Changing, held_name
from casewright.design.extraction.accumulations.counting import Cap, find_counts
from casewright.design.extraction.accumulations.linking import belongs_to_many, link
from casewright.design.extraction.accumulations.quantities import Quantity, find_quantities, hold_fractions
from casewright.design.extraction.accumulations.summing import find_sums
from casewright.design.extraction.accumulations.telling import Told, told
from casewright.design.extraction.behaviour.naming import Names, Operation
from casewright.design.extraction.formulas.lookups import Lookup
from casewright.design.extraction.refusals.refusals import Refusal
from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.words import CHINESE, UNKNOWN, fold, normalise
from casewright.design.model.schema import Effect, InputType, Variable

_CLOCK = re.compile(
    r"日切|日终|换日|跨天|推进|月结|结转|月初|年初|\b(?:advance|next|new|end of|close)\b.*\b(?:clock|day|date|month|period)\b",
    re.IGNORECASE,
)
_ANSWERS = r"(?:返回|显示|\breturns?|\bshows?|\banswers? with)[^,;。]{0,12}"


@dataclass(frozen=True)
class Accumulation:
    """A quantity that persists between operations."""

    name: str
    """As the document writes it; 'last …' where an input has that name."""
    variable: Variable
    effects: Mapping[str, tuple[Effect, ...]]
    """operation → steps of `then`"""
    answers: Mapping[str, str]
    """operation → expression, where an output of this name shows it (read after the change)"""
    ids: tuple[str, ...]


@dataclass(frozen=True)
class Limit:
    """A refusal that rests on what accumulated."""

    text: str
    """Words of the refusal's condition, its message, or the clause that it refers to."""
    condition: str
    """True: refused."""
    operations: tuple[str, ...]
    ids: tuple[str, ...]


def read_accumulations(
    passages: Sequence[Passage],
    operations: Sequence[Operation],
    lookups: Sequence[Lookup],
    refusals: Sequence[Refusal],
) -> tuple[list[Accumulation], list[Limit]]:
    sentences = list(told(passages, operations))
    quantities = find_quantities(sentences, operations)
    sentences = list(told(passages, operations, _with_operations_in_them(quantities, operations)))
    caps = _counts(sentences, operations, quantities)
    sums = list(find_sums(sentences, operations, quantities))
    quantities += [each.quantity for each in sums]
    _apart_from_inputs(quantities, operations)
    link(quantities, operations, sentences)
    Changing(quantities, operations, sentences).read()
    _at_the_end_of_a_period(quantities, operations)
    lasting = [
        each for each in quantities if _is_known(each) and not belongs_to_many(each, operations, sentences)
    ]
    for each in lasting:
        hold_fractions(each, operations)
    found = [*from_caps([cap for cap in caps if cap.quantity in lasting])]
    found += [each for each in sums if each.quantity in lasting]
    capping = Capping(lasting, operations, lookups, sentences)
    found += capping.read()
    limits = _limits(found, capping, refusals)
    accumulations = [_accumulation(each, operations, sentences) for each in lasting]
    return [*accumulations, *_held(lasting)], limits


def _with_operations_in_them(quantities: Sequence[Quantity], operations: Sequence[Operation]) -> list[str]:
    """The names of quantities in which that of an operation stands."""
    own = [operation.name for operation in operations]
    names = [name for quantity in quantities for name in quantity.names]
    return [
        name for name in names if any(each in name for each in own) and not any(name in each for each in own)
    ]


def _counts(
    sentences: Sequence[Told], operations: Sequence[Operation], quantities: list[Quantity]
) -> list[Cap]:
    """Adds a quantity for every count that is limited; two limits on one count share it."""
    caps: list[Cap] = []
    for found in find_counts(sentences, operations, quantities):
        quantity = found.quantity if isinstance(found, Cap) else found
        same = next((each for each in quantities if fold(each.name) == fold(quantity.name)), None)
        if same is None:
            quantities.append(quantity)
            caps += [found] if isinstance(found, Cap) else []
        elif isinstance(found, Cap) and same.effects == quantity.effects:
            caps.append(Cap(same, found.most, found.operation, found.guard, found.told))
    return caps


def _apart_from_inputs(quantities: Sequence[Quantity], operations: Sequence[Operation]) -> None:
    """A variable can't have the name of an input."""
    inputs = {fold(name) for operation in operations for name in operation.fields}
    for quantity in quantities:
        if fold(quantity.name) in inputs:
            quantity.aliases = (quantity.name, *quantity.aliases)
            quantity.name = (
                f"最近{quantity.name}" if CHINESE.search(quantity.name) else f"last {quantity.name}"
            )


def _at_the_end_of_a_period(quantities: Sequence[Quantity], operations: Sequence[Operation]) -> None:
    for quantity in quantities:
        for operation in operations:
            clock = quantity.period and _CLOCK.search(operation.name)
            if clock and operation.name not in quantity.settled:
                quantity.is_lost(operation.name, operation.ids)


def _is_known(quantity: Quantity) -> bool:
    """Is anything understood of how it changes?"""
    values = [
        value for effects in quantity.effects.values() for each in effects for value in each.set.values()
    ]
    return any(value != UNKNOWN for value in values)


def _accumulation(
    quantity: Quantity, operations: Sequence[Operation], sentences: Sequence[Told]
) -> Accumulation:
    variable = Variable(
        type=quantity.type,
        starts=quantity.starts,
        per=quantity.per,
        scale=quantity.scale if quantity.type is InputType.DECIMAL else None,
        source=quantity.ids,
    )
    effects = {name: tuple(each) for name, each in quantity.effects.items()}
    ids = dict.fromkeys(
        (*quantity.ids, *(name for each in effects.values() for one in each for name in one.source))
    )
    return Accumulation(
        quantity.name, variable, effects, dict(_answers(quantity, operations, sentences)), tuple(ids)
    )


def _answers(
    quantity: Quantity, operations: Sequence[Operation], sentences: Sequence[Told]
) -> Iterator[tuple[str, str]]:
    names = {fold(name) for name in quantity.names}
    names |= {fold(name.removesuffix("编号")) for name in quantity.names if quantity.kind == "number"}
    saying = re.compile(_ANSWERS + f"(?:{'|'.join(map(re.escape, quantity.names))})", re.IGNORECASE)
    names_of = Names(operation.name for operation in operations)
    told_of: set[str] = set()
    for one in sentences:
        if one.said and (match := saying.search(one.text)):
            who = re.sub(r"^\W*此外\W*", "", re.split(r"成功|后|也|都", one.text[: match.start()])[0])
            told_of.update((*one.said, *names_of.in_list(who)))
    for operation in operations:
        read = quantity.at(operation)
        shown = any(fold(name) in names for name in operation.outputs) or operation.name in told_of
        given = quantity.kind != "number" or operation.name in quantity.effects
        if shown and given and read:
            yield operation.name, read


def _held(quantities: Sequence[Quantity]) -> Iterator[Accumulation]:
    for quantity in quantities:
        held = held_name(quantity)
        if any(held in each.set for effects in quantity.effects.values() for each in effects):
            variable = Variable(type=quantity.type, starts="0", scale=quantity.scale, source=quantity.ids)
            yield Accumulation(held, variable, {}, {}, quantity.ids)


def _limits(found: Sequence[Found], capping: Capping, refusals: Sequence[Refusal]) -> list[Limit]:
    """One limit for every refusal and operation; where several clauses stand behind one refusal, any of them."""
    grouped: dict[tuple[str, str], tuple[dict[str, None], dict[str, None]]] = {}
    matched: set[tuple[int, str]] = set()
    for each in found:
        refusal = refusal_for(each, refusals)
        if refusal is not None:
            matched.add((id(refusal), each.operation))
        conditions, ids = grouped.setdefault((words_of(each, refusal), each.operation), ({}, {}))
        conditions[each.condition] = None
        ids.update(dict.fromkeys((*each.told.ids, *(refusal.ids if refusal else ()))))
    for refusal, each in capping.from_refusals(refusals):
        words = words_of(each, refusal)
        if (id(refusal), each.operation) not in matched and (words, each.operation) not in grouped:
            grouped[words, each.operation] = ({each.condition: None}, dict.fromkeys(refusal.ids))
    return [
        Limit(normalise(text), joined(conditions), (operation,), tuple(ids))
        for (text, operation), (conditions, ids) in grouped.items()
    ]
