"""Expressions over records, unrolled over those that are there in the world.

The counterpart of `expressions.record_evaluation`: a record that perhaps fits makes unknown whatever would
be another if it did.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from casewright.design.expressions import arithmetic, record_tree
from casewright.design.expressions.evaluation import compile_let
from casewright.design.expressions.record_tree import Ends, Pick, Quantifier, Summary
from casewright.design.expressions.tree import Order, Tree
from casewright.design.expressions.truths import equal
from casewright.design.expressions.values import MISSING, UNKNOWN, Reference, Special
from casewright.design.solving.guards import ALWAYS, NEVER, Guard
from casewright.design.solving.translating import (
    choice,
    conjunction,
    disjunction,
    lifted,
    mapped,
    opposite_truth,
    ordering,
)
from casewright.design.solving.unions import ANYTHING, Leaf, Measure, Quantity, Union, as_quantity
from casewright.design.support import variables_read

if TYPE_CHECKING:
    from casewright.design.solving.reading import Reading

_ANYTHING: Final[Union] = ((ALWAYS, ANYTHING),)
_UNKNOWN: Final[Union] = ((ALWAYS, UNKNOWN),)
_YES: Final[Union] = ((ALWAYS, True),)


class _Candidate(NamedTuple):
    """A record with the truth of `where`; `inside` it is the one that is looked at."""

    record: Reference
    inside: Reading
    fits: Union


def worth(tree: Tree, reading: Reading) -> Union:
    """Anything where the records may have changed, and for the few forms that aren't unrolled."""
    if not reading.rests_on_choice(tree):
        held = compile_let(tree)(reading.actual)
        return ((ALWAYS, ANYTHING if isinstance(held, Mapping) else held),)
    form = _FORMS.get(type(tree))
    if form is None or _collections(tree, reading) & reading.changed:
        return _ANYTHING
    return form(tree, reading)


def _collections(tree: Tree, reading: Reading) -> set[str]:
    return {*variables_read(tree, reading.request.definitions)} & {*reading.request.prepared.compiled.records}


def _candidates(collection: str, where: Tree | None, reading: Reading) -> list[_Candidate] | None:
    """None if it isn't known which records are there."""
    found = reading.actual.records(collection)
    if isinstance(found, Special):
        return None
    candidates: list[_Candidate] = []
    for record in found:
        inside = reading.scanning(record)
        fits = _YES if where is None else inside.worth(where)
        if any(leaf is not False for _, leaf in fits):
            candidates.append(_Candidate(record, inside, fits))
    return candidates


def _scanned(tree: record_tree.Scanned, reading: Reading) -> Union:
    return ((ALWAYS, reading.actual.scanned(tree.collection)),)


def _by_key(tree: record_tree.ByKey, reading: Reading) -> Union:
    found = reading.actual.records(tree.collection)
    keys = [reading.worth(key) for key in tree.keys]
    tools = reading.tools
    gone = disjunction(tools, [mapped(tools.unions, lambda leaf: leaf is MISSING, key) for key in keys])
    sought: Union = _UNKNOWN
    if not isinstance(found, Special):
        sought = _with_key(found, tree, keys, reading)
    return choice(tools, gone, lambda: ((ALWAYS, MISSING),), lambda: sought)


def _with_key(
    found: Sequence[Reference], tree: record_tree.ByKey, keys: Sequence[Union], reading: Reading
) -> Union:
    tools = reading.tools
    folded = reading.request.prepared.compiled.records[tree.collection].folded
    if folded:
        keys = [mapped(tools.unions, _folded, key) for key in keys]
    same = lifted(equal, tools.quantities.equal)
    result: Union = ((ALWAYS, MISSING),)
    for record in reversed(found):
        fits = conjunction(
            tools,
            [
                tools.unions.combine_many(same, [tools.unions.only(part), key])
                for part, key in zip(record.key, keys, strict=True)
            ],
        )
        certain: Union = tuple((guard, leaf) for guard, leaf in fits if leaf is not UNKNOWN)
        here, rest = tools.unions.only(record), result
        result = choice(tools, certain, lambda here=here: here, lambda rest=rest: rest)
    if not found:
        return result
    unknown = tools.guards.either([tools.unions.of(key, UNKNOWN) for key in keys])
    known = tools.unions.under(tools.guards.opposite(unknown), result)
    return tools.unions.gather([*known, (unknown, UNKNOWN)])


def _folded(leaf: Leaf) -> Leaf:
    return leaf.casefold() if isinstance(leaf, str) else leaf


# which one


def _search(tree: record_tree.Search, reading: Reading) -> Union:
    candidates = _candidates(tree.collection, tree.where, reading)
    if candidates is None:
        return _UNKNOWN
    if tree.pick is Pick.ONLY:
        return _only(candidates, reading)
    ordered = _in_order(candidates, tree.by)
    if ordered is None:
        return _ANYTHING
    if tree.pick is Pick.LAST:
        ordered.reverse()
    return _at_place(ordered, tree.place, reading)


def _at_place(candidates: Sequence[_Candidate], place: int, reading: Reading) -> Union:
    """`waiting[n]`: n of those before have fitted, and none was in doubt."""
    unions, guards = reading.tools.unions, reading.tools.guards
    cases: list[tuple[Guard, Leaf]] = []
    waiting: list[Guard] = [ALWAYS, *([NEVER] * (place - 1))]
    for record, _, fits in candidates:
        true, false = unions.true(fits), unions.false(fits)
        cases += [(guards.both(at, guard), leaf) for at in waiting for guard, leaf in _in_doubt(fits)]
        cases.append((guards.both(waiting[-1], true), record))
        waiting = [
            guards.either([guards.both(at, false), guards.both(waiting[count - 1], true) if count else NEVER])
            for count, at in enumerate(waiting)
        ]
    return unions.gather([*cases, *((guard, MISSING) for guard in waiting)])


def _in_doubt(fits: Union) -> list[tuple[Guard, Leaf]]:
    """Where it is neither true nor false."""
    doubts = ((guard, leaf) for guard, leaf in fits if not isinstance(leaf, bool))
    return [(guard, ANYTHING if leaf is ANYTHING else UNKNOWN) for guard, leaf in doubts]


def _only(candidates: Sequence[_Candidate], reading: Reading) -> Union:
    unions = reading.tools.unions
    result: Union = unions.only(MISSING)
    for record, _, fits in candidates:

        def one_more(found: Leaf, fit: Leaf, record: Reference = record) -> Leaf:
            if fit is False:
                return found
            return record if fit is True and found is MISSING else UNKNOWN

        result = unions.combine_many(one_more, [result, fits])
    return result


_ORDERED: Final = frozenset({"Fraction", "date", "time", "datetime", "timedelta"})


def _in_order(candidates: Sequence[_Candidate], by: Tree | None) -> list[_Candidate] | None:
    """From low to high, of equal ones the earlier created first; None if that isn't settled."""
    if by is None or len(candidates) < 2:
        return list(candidates)
    keys: list[Any] = []
    for candidate in candidates:
        key = candidate.inside.worth(by)
        if len(key) != 1 or isinstance(key[0][1], Quantity):
            return None
        keys.append(key[0][1])
    kinds = {type(key).__name__ for key in keys}
    if len(kinds) != 1 or not kinds <= _ORDERED:
        return None
    return [candidates[place] for place in sorted(range(len(keys)), key=keys.__getitem__)]


def _position(tree: record_tree.PositionOf, reading: Reading) -> Union:
    candidates = _candidates(tree.collection, tree.where, reading)
    if candidates is None:
        return _ANYTHING
    ordered = _in_order(candidates, tree.by)
    if ordered is None:
        return _ANYTHING
    records = [candidate.record for candidate in ordered]

    def of(record: Leaf) -> Leaf | Union:
        if not isinstance(record, Reference):
            return MISSING if record is MISSING else UNKNOWN
        if record not in records:
            return MISSING
        return _place_of(records.index(record), ordered, reading)

    return reading.tools.unions.combine_many(of, [reading.worth(tree.record)])


def _place_of(place: int, ordered: Sequence[_Candidate], reading: Reading) -> Union:
    fits = ordered[place].fits
    before = _counted(ordered[: place + 1], reading)
    return choice(
        reading.tools,
        mapped(reading.tools.unions, _perhaps, fits),
        lambda: before,
        lambda: ((ALWAYS, MISSING),),
    )


def _perhaps(fit: Leaf) -> Leaf:
    return fit is not False


# all together


def _quantified(tree: record_tree.Quantified, reading: Reading) -> Union:
    candidates = _candidates(tree.collection, tree.where, reading)
    if candidates is None:
        return _UNKNOWN
    tools, truths = reading.tools, list[Union]()
    for _, inside, fits in candidates:
        has = _YES if tree.has is None else inside.worth(tree.has)
        if tree.quantifier is Quantifier.ANY:
            truths.append(conjunction(tools, [fits, has]))
        else:
            truths.append(disjunction(tools, [mapped(tools.unions, opposite_truth, fits), has]))
    return (disjunction if tree.quantifier is Quantifier.ANY else conjunction)(tools, truths)


def _count(tree: record_tree.CountRecords, reading: Reading) -> Union:
    candidates = _candidates(tree.collection, tree.where, reading)
    return _UNKNOWN if candidates is None else _counted(candidates, reading)


def _counted(candidates: Sequence[_Candidate], reading: Reading) -> Union:
    one = reading.tools.unions.only(Fraction(1))
    return _if_certain(candidates, _sum([(each.fits, one) for each in candidates], reading), reading)


def _if_certain(candidates: Sequence[_Candidate], value: Union, reading: Reading) -> Union:
    """The value where no record is in doubt."""
    unions, guards = reading.tools.unions, reading.tools.guards
    doubts = [doubt for each in candidates for doubt in _in_doubt(each.fits)]
    open_ = guards.either([guard for guard, leaf in doubts if leaf is ANYTHING])
    unknown = guards.either([guard for guard, leaf in doubts if leaf is UNKNOWN])
    certain = guards.both(guards.opposite(open_), guards.opposite(unknown))
    unknown = guards.both(unknown, guards.opposite(open_))
    return unions.gather([*unions.under(certain, value), (open_, ANYTHING), (unknown, UNKNOWN)])


def _sum(parts: Sequence[tuple[Union, Union]], reading: Reading) -> Union:
    """Of the values whose condition is true."""
    unions = reading.tools.unions
    total: Union = unions.only(Fraction(0))
    plus = lifted(arithmetic.plus, reading.tools.quantities.plus)
    for fits, value in parts:
        true = unions.true(fits)
        total = unions.choose(true, unions.combine(plus, [total, value]), total)
    return total


def _summarised(tree: record_tree.Summarised, reading: Reading) -> Union:
    candidates = _candidates(tree.collection, tree.where, reading)
    if candidates is None:
        return _UNKNOWN
    parts = [(each.fits, each.inside.worth(tree.value)) for each in candidates]
    if tree.summary is Summary.SUM:
        return _if_certain(candidates, _sum(parts, reading), reading)
    tools, least = reading.tools, tree.summary is Summary.LEAST
    choose = arithmetic.least if least else arithmetic.most
    pick = lifted(
        lambda best, value: choose([best, value]),
        tools.quantities.smaller if least else tools.quantities.greater,
    )

    def better(best: Leaf, value: Leaf) -> Leaf | Union:
        return pick(value, value) if best is None else pick(best, value)

    result: Union = tools.unions.only(None)
    for fits, value in parts:
        true = tools.unions.true(fits)
        result = tools.unions.choose(true, tools.unions.combine(better, [result, value]), result)
    found = mapped(tools.unions, lambda best: MISSING if best is None else best, result)
    return _if_certain(candidates, found, reading)


# periods


def _overlaps(tree: record_tree.Overlaps, reading: Reading) -> Union:
    room = None if tree.gap is None else reading.worth(tree.gap)
    ends = [reading.worth(tree.first_end), reading.worth(tree.second_end)]
    starts = [reading.worth(tree.second_start), reading.worth(tree.first_start)]
    both = [_reaches(end, start, room, tree.ends, reading) for end, start in zip(ends, starts, strict=True)]
    return conjunction(reading.tools, both)


def _reaches(end: Union, start: Union, room: Union | None, ends: Ends, reading: Reading) -> Union:
    tools = reading.tools
    quantities, unions = tools.quantities, tools.unions
    with_end = ends is Ends.BOTH_BELONG
    at_most, less = ordering(Order.AT_MOST, quantities), ordering(Order.LESS, quantities)
    touches = unions.combine_many(at_most if with_end else less, [start, end])
    if room is None:
        return touches
    distance = unions.combine_many(lifted(arithmetic.minus, quantities.minus), [start, end])
    near = unions.combine_many(less, [distance, room])
    apart = disjunction(tools, [touches, near])
    if not with_end:
        return apart
    free = unions.combine_many(at_most, [distance, room])
    counted = mapped(unions, _is_counted, end)
    return choice(tools, counted, lambda: free, lambda: apart)


def _is_counted(end: Leaf) -> Leaf:
    """Are these days or numbers, of which what lies free between is counted?"""
    quantity = as_quantity(end)
    return quantity is not None and quantity.measure in {Measure.NUMBER, Measure.DATE}


_FORMS: Final[dict[type[Tree], Callable[[Any, Reading], Union]]] = {
    record_tree.Scanned: _scanned,
    record_tree.ByKey: _by_key,
    record_tree.Search: _search,
    record_tree.PositionOf: _position,
    record_tree.Quantified: _quantified,
    record_tree.CountRecords: _count,
    record_tree.Summarised: _summarised,
    record_tree.Overlaps: _overlaps,
}
