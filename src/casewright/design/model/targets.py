"""Compiles what a step sets: variables, values by key, fields of records, the state."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from casewright.design.cases import Words
from casewright.design.expressions import static_types as types
from casewright.design.expressions.evaluation import compile_expression
from casewright.design.expressions.names import Names
from casewright.design.expressions.record_tree import Scanned
from casewright.design.expressions.static_types import ANY, Type, TypeKind, record_of
from casewright.design.model.formulas import Formulas
from casewright.design.model.parts import (
    Assignment,
    CompiledRecord,
    Formula,
    SetAll,
    Target,
    TargetKind,
    Writes,
)
from casewright.design.model.records import STATE

EVERY: Final = "every"
_INDEXED: Final = re.compile(r"(?P<name>.+?)\s*\[(?P<key>.*)\]", re.DOTALL)
_VARIABLE: Final = Words(zh="可以改变的量", en="quantity that can be set")
_FIELD: Final = Words(zh="可以改变的字段", en="field that can be set")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a step may rest on. `state_of`: the record whose state `state` is, None for the model's own."""

    names: Names
    records: Mapping[str, CompiledRecord]
    state_of: Formula | None
    formulas: Formulas


def compile_set(path: str, texts: Mapping[str, str], around: Surroundings) -> tuple[SetAll, Writes]:
    assignments: list[Assignment] = []
    variables: set[str] = set()
    fields: set[tuple[str, str]] = set()
    for text, value in texts.items():
        place = f"{path}.set.{text}"
        found = _target(place, text, around)
        target, wanted = found if found is not None else (None, ANY)
        formula = around.formulas.read(place, value, around.names, wanted)
        if target is not None:
            assignments.append(Assignment(target, formula))
            if target.kind is TargetKind.FIELD:
                fields.add((target.collection, target.name))
            else:
                variables.add(target.name)
    return SetAll(tuple(assignments)), Writes(frozenset(variables), frozenset(fields))


def _target(path: str, text: str, around: Surroundings) -> tuple[Target, Type] | None:
    """What is set, and of what type it is; None if there is no such thing."""
    name, names = text.strip(), around.names
    for collection in reversed(names.scanned):
        if name in _settable(around, collection):
            return _field(scanned(collection), collection, name, around)
    if name == STATE and around.state_of is not None:
        return _field(around.state_of, around.state_of.type.collection, STATE, around)
    if name == STATE and names.states:
        return Target(TargetKind.STATE, name), types.choice_of(*names.states)
    if name in names.variables:
        return Target(TargetKind.VARIABLE, name), names.variables[name]
    indexed = _INDEXED.fullmatch(name)
    if indexed is not None and indexed["name"] in names.keyed:
        keyed = names.keyed[indexed["name"]]
        if indexed["key"].strip() == EVERY:
            return Target(TargetKind.EVERY_KEY, indexed["name"]), keyed.value
        key = around.formulas.read(path, indexed["key"], names, keyed.key)
        return Target(TargetKind.KEY, indexed["name"], key), keyed.value
    return _of_a_record(path, name, around) or _complain(path, name, around)


def scanned(collection: str) -> Formula:
    """The record that is gone through."""
    tree = Scanned(collection)
    return Formula("", collection, tree, record_of(collection), compile_expression(tree))


def _settable(around: Surroundings, collection: str) -> tuple[str, ...]:
    record = around.records.get(collection)
    if record is None:
        return ()
    return (*record.fields, *([STATE] if record.states else []))


def _field(record: Formula, collection: str, name: str, around: Surroundings) -> tuple[Target, Type]:
    of = around.names.records[collection].fields[name]
    return Target(TargetKind.FIELD, name, record=record, collection=collection), of


def _of_a_record(path: str, text: str, around: Surroundings) -> tuple[Target, Type] | None:
    """`record.field`, where the record is any expression."""
    for record_text, name in _splits(text):
        if not any(name in shape.fields for shape in around.names.records.values()):
            continue
        record = around.formulas.read(path, record_text, around.names)
        if record.type.kind is not TypeKind.RECORD:
            if record.type.kind is not TypeKind.ANY or not around.formulas.errors:
                around.formulas.fault(path, f"“{record_text}”不是记录。", f"`{record_text}` is no record.")
            return Target(TargetKind.STATE, STATE), ANY
        collection = record.type.collection
        if name in _settable(around, collection):
            return _field(record, collection, name, around)
        around.formulas.unknown(path, _FIELD, name, _settable(around, collection))
        return Target(TargetKind.STATE, STATE), ANY
    return None


def _splits(text: str) -> Iterator[tuple[str, str]]:
    """At each point, from the last one on."""
    at = text.rfind(".")
    while at > 0:
        name = " ".join(text[at + 1 :].split())
        yield text[:at], name[1:-1] if len(name) > 1 and name[0] == name[-1] == "'" else name
        at = text.rfind(".", 0, at)


def _complain(path: str, name: str, around: Surroundings) -> None:
    names, formulas = around.names, around.formulas
    if name == STATE:
        formulas.fault(path, "模型没有定义状态（states）。", "the model declares no `states`.")
    elif name in names.keyed:
        formulas.fault(
            path,
            f"要写明改变哪一个：“{name}[…]”或“{name}[{EVERY}]”。",
            f"say which one is set: `{name}[…]` or `{name}[{EVERY}]`.",
        )
    elif name in names.readable or any(
        name in names.records[collection].fields
        for collection in names.scanned
        if collection in names.records
    ):
        formulas.fault(path, f"“{name}”不能被改变。", f"`{name}` can't be set.")
    else:
        fields = [field for collection in names.scanned for field in _settable(around, collection)]
        formulas.unknown(path, _VARIABLE, name, [*names.variables, *names.keyed, *fields])
