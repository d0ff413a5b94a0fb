"""Compiles derived values, those of the model and those of records, each after those that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from casewright.design.expressions import tree as nodes
from casewright.design.expressions.checking import type_or_any
from casewright.design.expressions.names import Names
from casewright.design.expressions.record_tree import Scanned
from casewright.design.expressions.static_types import ANY, Type
from casewright.design.expressions.tree import Kind, Tree
from casewright.design.model.formulas import Formulas
from casewright.design.model.ordering import in_order, report
from casewright.design.model.parts import Formula
from casewright.design.model.records import shape_of
from casewright.design.model.schema import Model

Place = tuple[str, str]
"""The collection, '' for the model itself, and the name."""

OfRecords = dict[str, dict[str, Formula]]


def compile_derived(
    model: Model, names: Names, formulas: Formulas
) -> tuple[dict[str, Formula], OfRecords, Names]:
    """Those of the model, those of each collection, and the names that know of which type each is."""
    texts: dict[Place, str] = {("", name): text for name, text in model.derived.items()}
    for collection, record in model.records.items():
        texts |= {((collection, name)): text for name, text in record.derived.items()}
    if not texts:
        return {}, {}, names
    known = dict.fromkeys(texts, ANY)
    rough = Formulas()
    unread = _names_with(known, model, names)
    labels = {place: ".".join(filter(None, place)) for place in texts}
    rests_on = {
        labels[place]: frozenset(
            labels[other]
            for other in _references(rough.read("", text, _inside(unread, place)).tree, unread, model)
        )
        for place, text in texts.items()
    }
    ordering = in_order(rests_on)
    by_label = {label: place for place, label in labels.items()}
    report(ordering, {label: _path(place) for label, place in by_label.items()}, formulas)
    read: dict[Place, Formula] = {}
    for label in ordering.order:
        place = by_label[label]
        reading = _inside(_names_with(known, model, names), place)
        read[place] = formulas.read_shown(_path(place), texts[place], reading)
        known[place] = read[place].type
    of_records: OfRecords = {
        collection: {name: read[collection, name] for name in record.derived}
        for collection, record in model.records.items()
    }
    return {name: read["", name] for name in model.derived}, of_records, _names_with(known, model, names)


def _path(place: Place) -> str:
    collection, name = place
    return f"records.{collection}.derived.{name}" if collection else f"derived.{name}"


def _inside(names: Names, place: Place) -> Names:
    return replace(names, scanned=(place[0],)) if place[0] else names


def _names_with(known: Mapping[Place, Type], model: Model, names: Names) -> Names:
    own = {name: of for (collection, name), of in known.items() if not collection}
    shapes = {
        collection: shape_of(
            record, model, {name: of for (owner, name), of in known.items() if owner == collection}
        )
        for collection, record in model.records.items()
    }
    return replace(names, derived=own, records=shapes)


def _references(tree: Tree, names: Names, model: Model) -> Iterator[Place]:
    """The derived values that it reads."""
    for node in nodes.walk(tree):
        match node:
            case nodes.Name(name=name, kind=Kind.DERIVED):
                yield "", name
            case nodes.Column(row=row, column=column):
                for collection in _owners(row, column, names, model):
                    yield collection, column
            case nodes.LookUp(table=table):
                yield from (("", name) for name in names.tables[table].reads if name in model.derived)
            case _:
                pass


def _owners(row: Tree, column: str, names: Names, model: Model) -> list[str]:
    """The collections whose derived value it may be."""
    collection = row.collection if isinstance(row, Scanned) else type_or_any(row, names).collection
    deriving = [name for name, record in model.records.items() if column in record.derived]
    return [name for name in deriving if collection in ("", name)]
