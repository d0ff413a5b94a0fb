"""What expressions over records are worth.

A record that perhaps fits makes unknown whatever would be another if it did. Of records whose order is not
known the first is not known either.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any, Final, NamedTuple, cast

from casewright.design.expressions import arithmetic
from casewright.design.expressions import record_tree as nodes
from casewright.design.expressions.environment import Environment
from casewright.design.expressions.record_tree import Ends, Pick, Quantifier, Summary
from casewright.design.expressions.tree import Tree
from casewright.design.expressions.truths import all_of, any_of, negated
from casewright.design.expressions.values import MISSING, UNKNOWN, Held, Reference, Special, Value

Evaluate = Callable[[Environment], Value]
Compile = Callable[[Tree], Evaluate]

_ORDERED_TYPES: Final = frozenset({"Fraction", "date", "time", "datetime", "timedelta"})


class _Found(NamedTuple):
    """A record that fits, or perhaps does (`truth` is not True); `inside` it is the one that is looked at."""

    record: Reference
    inside: Environment
    truth: Held


def _optional(tree: Tree | None, compiled: Compile) -> Evaluate | None:
    return None if tree is None else compiled(tree)


def _fitting(
    environment: Environment, records: Iterable[Reference], where: Evaluate | None
) -> Iterator[_Found]:
    for record in records:
        inside = environment.scanning(record)
        truth = True if where is None else where(inside)
        if truth is not False:
            yield _Found(record, inside, truth)


def scanned(tree: nodes.Scanned, _compiled: Compile) -> Evaluate:
    collection = tree.collection
    return lambda environment: environment.scanned(collection)


def by_key(tree: nodes.ByKey, compiled: Compile) -> Evaluate:
    collection, keys = tree.collection, [compiled(key) for key in tree.keys]
    return lambda environment: environment.find(collection, [key(environment) for key in keys])


# which one


def search(tree: nodes.Search, compiled: Compile) -> Evaluate:
    where, by = _optional(tree.where, compiled), _optional(tree.by, compiled)
    collection, backwards, place = tree.collection, tree.pick is Pick.LAST, tree.place
    if tree.pick is Pick.ONLY:
        return _only(collection, where)

    def evaluate(environment: Environment) -> Value:
        records = environment.records(collection)
        if isinstance(records, Special):
            return UNKNOWN
        if by is None:
            records = reversed(records) if backwards else records
            return _at_place(_fitting(environment, records, where), place)
        ordered = _in_order(list(_fitting(environment, records, where)), by)
        if ordered is None:
            return UNKNOWN
        return _at_place(reversed(ordered) if backwards else ordered, place)

    return evaluate


def _at_place(found: Iterable[_Found], place: int) -> Value:
    for each in found:
        if each.truth is not True:
            return UNKNOWN
        place -= 1
        if place == 0:
            return each.record
    return MISSING


def _only(collection: str, where: Evaluate | None) -> Evaluate:
    def evaluate(environment: Environment) -> Value:
        records = environment.records(collection)
        if isinstance(records, Special):
            return UNKNOWN
        result: Value = MISSING
        for each in _fitting(environment, records, where):
            if each.truth is not True or result is not MISSING:
                return UNKNOWN
            result = each.record
        return result

    return evaluate


def _in_order(found: list[_Found], by: Evaluate) -> Sequence[_Found] | None:
    """From low to high, of equal ones the earlier created first; None if that can't be told."""
    if len(found) < 2:
        return found
    keys = [by(each.inside) for each in found]
    kinds = {type(key).__name__ for key in keys}
    if len(kinds) != 1 or not kinds <= _ORDERED_TYPES:
        return None
    order = sorted(range(len(found)), key=lambda index: cast("Any", keys[index]))
    return [found[index] for index in order]


def position_of(tree: nodes.PositionOf, compiled: Compile) -> Evaluate:
    sought, where, by = compiled(tree.record), _optional(tree.where, compiled), _optional(tree.by, compiled)
    collection = tree.collection

    def evaluate(environment: Environment) -> Value:
        record, records = sought(environment), environment.records(collection)
        if record is MISSING:
            return MISSING
        if isinstance(records, Special) or not isinstance(record, Reference):
            return UNKNOWN
        found = list(_fitting(environment, records, where))
        if all(each.record != record for each in found):
            return MISSING
        ordered = found if by is None else _in_order(found, by)
        return UNKNOWN if ordered is None else _position(record, ordered)

    return evaluate


def _position(record: Reference, ordered: Sequence[_Found]) -> Value:
    for position, each in enumerate(ordered, 1):
        if each.truth is not True:
            return UNKNOWN
        if each.record == record:
            return Fraction(position)
    return MISSING


# all together


def quantified(tree: nodes.Quantified, compiled: Compile) -> Evaluate:
    where, has, collection = _optional(tree.where, compiled), _optional(tree.has, compiled), tree.collection
    every = tree.quantifier is Quantifier.EVERY

    def fits(found: _Found) -> bool | Special:
        return all_of((found.truth, True if has is None else has(found.inside)))

    def fails(found: _Found) -> bool | Special:
        return all_of((found.truth, False if has is None else negated(has(found.inside))))

    def evaluate(environment: Environment) -> Value:
        records = environment.records(collection)
        if isinstance(records, Special):
            return UNKNOWN
        found = _fitting(environment, records, where)
        return negated(any_of(map(fails, found))) if every else any_of(map(fits, found))

    return evaluate


def _certain(environment: Environment, collection: str, where: Evaluate | None) -> list[_Found] | None:
    """Those that fit; None if that isn't known of every record."""
    records = environment.records(collection)
    if isinstance(records, Special):
        return None
    found = list(_fitting(environment, records, where))
    return found if all(each.truth is True for each in found) else None


def count_records(tree: nodes.CountRecords, compiled: Compile) -> Evaluate:
    where, collection = _optional(tree.where, compiled), tree.collection
    if where is None:
        return lambda environment: _number_of(environment.records(collection))

    def evaluate(environment: Environment) -> Value:
        found = _certain(environment, collection, where)
        return UNKNOWN if found is None else Fraction(len(found))

    return evaluate


def _number_of(records: Sequence[Reference] | Special) -> Value:
    return UNKNOWN if isinstance(records, Special) else Fraction(len(records))


def summarised(tree: nodes.Summarised, compiled: Compile) -> Evaluate:
    where, value, collection = _optional(tree.where, compiled), compiled(tree.value), tree.collection
    summary = _SUMMARIES[tree.summary]

    def evaluate(environment: Environment) -> Value:
        found = _certain(environment, collection, where)
        return UNKNOWN if found is None else summary([value(each.inside) for each in found])

    return evaluate


def _sum(values: Sequence[Value]) -> Value:
    result: Value = Fraction(0)
    for value in values:
        result = arithmetic.plus(result, value)
    return result


_SUMMARIES: Final[dict[Summary, Callable[[Sequence[Value]], Value]]] = {
    Summary.SUM: _sum,
    Summary.LEAST: lambda values: arithmetic.least(values) if values else MISSING,
    Summary.MOST: lambda values: arithmetic.most(values) if values else MISSING,
}


# periods


def overlaps(tree: nodes.Overlaps, compiled: Compile) -> Evaluate:
    """They overlap if neither begins after the other has ended. Of days and numbers, both ends of which
    belong, the gap is what lies free between; else it is the distance."""
    first_start, first_end = compiled(tree.first_start), compiled(tree.first_end)
    second_start, second_end = compiled(tree.second_start), compiled(tree.second_end)
    gap, reaches = _optional(tree.gap, compiled), _REACHES[tree.ends]

    def evaluate(environment: Environment) -> Value:
        room = None if gap is None else gap(environment)
        return all_of(
            (
                reaches(first_end(environment), second_start(environment), room),
                reaches(second_end(environment), first_start(environment), room),
            )
        )

    return evaluate


def _reaches_with_end(end: Value, start: Value, room: Value | None) -> bool | Special:
    if room is None:
        return arithmetic.at_most(start, end)
    distance = arithmetic.minus(start, end)
    if type(end).__name__ in {"Fraction", "date"}:
        return arithmetic.at_most(distance, room)
    return any_of((arithmetic.at_most(start, end), arithmetic.less(distance, room)))


def _reaches_without_end(end: Value, start: Value, room: Value | None) -> bool | Special:
    if room is None:
        return arithmetic.less(start, end)
    return any_of((arithmetic.less(start, end), arithmetic.less(arithmetic.minus(start, end), room)))


_REACHES: Final = {
    Ends.BOTH_BELONG: _reaches_with_end,
    Ends.LAST_IS_OUT: _reaches_without_end,
}

FORMS: Final[dict[type[Tree], Callable[[Any, Compile], Evaluate]]] = {
    nodes.Scanned: scanned,
    nodes.ByKey: by_key,
    nodes.Search: search,
    nodes.PositionOf: position_of,
    nodes.Quantified: quantified,
    nodes.CountRecords: count_records,
    nodes.Summarised: summarised,
    nodes.Overlaps: overlaps,
}
