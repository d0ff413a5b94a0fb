"""Compiles the collections of records: their keys, fields and states, and the rows that are there at first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from casewright.design.cases import Words
from casewright.design.expressions import static_types as types
from casewright.design.expressions.names import Names, RecordShape
from casewright.design.expressions.static_types import ANY, NUMBER, TEXT, Type, TypeKind, record_of
from casewright.design.expressions.values import MISSING, UNKNOWN, Reference, Value
from casewright.design.model.constants import KnownFigures
from casewright.design.model.formulas import Formulas
from casewright.design.model.parts import CompiledField, CompiledRecord, Formula
from casewright.design.model.record_schema import COUNTED, GIVEN, Record, RecordField
from casewright.design.model.schema import InputType, Model
from casewright.design.model.scopes import key_type, type_of

STATE: Final = "state"
COLLECTION: Final = Words(zh="记录集合（records）", en="collection of records")
FIELD: Final = Words(zh="字段", en="field")


def value_type(
    kind: InputType | None, is_a: str | None, of: tuple[str, ...], name: str, model: Model
) -> Type:
    """Of a field, a parameter or a variable that may point at a record."""
    if is_a is not None:
        return record_of(is_a)
    return ANY if kind is None else type_of(kind, name, of, model.choices)


def field_type(name: str, field: RecordField, model: Model) -> Type:
    return value_type(field.type, field.is_a, field.of, name, model)


def key_types(record: Record, model: Model) -> dict[str, Type]:
    """Of every key field, in their order."""
    found: dict[str, Type] = {}
    for name, said in record.key.items():
        if isinstance(said, RecordField):
            found[name] = field_type(name, said, model)
        elif said == COUNTED:
            found[name] = NUMBER
        else:
            told = key_type(model, name)
            found[name] = TEXT if told.kind is TypeKind.ANY else told
    return found


def all_fields(record: Record) -> dict[str, RecordField]:
    """Without the keys; with the one that points at its owner."""
    fields = dict(record.fields)
    owner = record.part_of
    if owner is not None and owner not in fields and owner not in record.key:
        fields[owner] = RecordField(is_a=owner)
    return fields


def shape_of(record: Record, model: Model, derived: Mapping[str, Type]) -> RecordShape:
    """`derived`: what is known of the types of its derived values."""
    keys = key_types(record, model)
    fields = {name: field_type(name, it, model) for name, it in all_fields(record).items()}
    if record.state:
        fields[STATE] = types.choice_of(*record.state)
    return RecordShape(
        tuple(keys.values()), {**dict.fromkeys(record.derived, ANY), **derived, **fields, **keys}
    )


def record_shapes(model: Model) -> dict[str, RecordShape]:
    return {name: shape_of(record, model, {}) for name, record in model.records.items()}


def record_words(model: Model) -> dict[str, tuple[str, ...]]:
    """Place → the values of its choice, for all choices in records."""
    return {
        f"{collection}.{name}": of.values
        for collection, shape in record_shapes(model).items()
        for name, of in shape.fields.items()
        if of.values
    }


# compiling


def compile_records(
    model: Model,
    derived: Mapping[str, Mapping[str, Formula]],
    names: Names,
    constants: Mapping[str, Value],
    formulas: Formulas,
) -> dict[str, CompiledRecord]:
    """`derived`: collection → its derived values."""
    found: dict[str, CompiledRecord] = {}
    for name, record in model.records.items():
        path = f"records.{name}"
        fields = {
            each: CompiledField(
                each,
                f"{path}.fields.{each}",
                it,
                names.records[name].fields[each],
                formulas.read_optional(
                    f"{path}.fields.{each}.starts", it.starts, names, names.records[name].fields[each]
                ),
            )
            for each, it in all_fields(record).items()
        }
        counted = [key for key, said in record.key.items() if said == COUNTED]
        rows = _Rows(model, name, names, constants, formulas)
        found[name] = CompiledRecord(
            name=name,
            path=path,
            declaration=record,
            keys=tuple(record.key),
            counted=counted[0] if counted else None if record.key else "",
            fields=fields,
            states=record.state,
            derived=derived.get(name, {}),
            parts=tuple(other for other, it in model.records.items() if it.part_of == name),
            pointing_fields=tuple(_pointing(model, name, names)),
            pointing_variables=tuple(each for each, it in model.state.items() if it.is_a == name),
            rows=tuple(
                rows.read(f"{path}.starts with[{index}]", row) for index, row in enumerate(record.starts_with)
            ),
        )
    return found


def _pointing(model: Model, collection: str, names: Names) -> Iterator[tuple[str, str]]:
    for other in model.records:
        for field, of in names.records[other].fields.items():
            if of.kind is TypeKind.RECORD and of.collection == collection:
                yield other, field


class _Rows:
    """Reads the rows that one collection has at the start."""

    def __init__(
        self, model: Model, name: str, names: Names, constants: Mapping[str, Value], formulas: Formulas
    ) -> None:
        self._model = model
        self._record = model.records[name]
        self._keys = key_types(self._record, model)
        self._fields = all_fields(self._record)
        self._types = names.records[name].fields
        self._names = names
        self._world = KnownFigures(constants)
        self._formulas = formulas
        self._seen: set[tuple[str, ...]] = set()

    def read(self, path: str, row: Mapping[str, str]) -> dict[str, Value]:
        settable = [*self._keys, *self._fields, *([STATE] if self._record.state else [])]
        for name in row:
            if name not in settable:
                self._formulas.unknown(f"{path}.{name}", FIELD, name, settable)
        values = {
            name: self._value(f"{path}.{name}", row[name], self._types[name])
            for name in settable
            if name in row
        }
        self._check(path, row)
        return values

    def _check(self, path: str, row: Mapping[str, str]) -> None:
        given = [name for name, said in self._record.key.items() if said != COUNTED]
        needed = [
            *given,
            *(name for name, it in self._fields.items() if it.may_be_missing == "no" and it.starts is None),
        ]
        for name in needed:
            if name not in row:
                self._formulas.fault(path, f"缺少“{name}”。", f"`{name}` is missing.")
        key = tuple(row.get(name, "") for name in given)
        if given and key in self._seen:
            told = ", ".join(key)
            self._formulas.fault(path, f"键“{told}”重复。", f"the key `{told}` stands there twice.")
        self._seen.add(key)

    def _value(self, path: str, text: str, of: Type) -> Value:
        if text.strip() == "missing" and "missing" not in of.values:
            return MISSING
        if of.kind is TypeKind.TEXT:
            return text
        if of.kind is TypeKind.RECORD:
            return self._pointed_at(path, text, of.collection)
        return self._formulas.read(path, text, self._names, of).evaluate(self._world)

    def _pointed_at(self, path: str, text: str, collection: str) -> Value:
        record = self._model.records.get(collection)
        if record is None:
            return UNKNOWN
        keys = key_types(record, self._model)
        if len(keys) != 1:
            self._formulas.fault(
                path,
                f"“{collection}”没有单一的键，不能在这里指向它。",
                f"`{collection}` has no single key, so that it can't be pointed at here.",
            )
            return UNKNOWN
        ((name, of),) = keys.items()
        there = [row.get(name) for row in record.starts_with]
        if record.key[name] == COUNTED:
            there = [str(index) for index in range(1, len(record.starts_with) + 1)]
        if text not in there:
            self._formulas.unknown(
                path, Words(zh=f"“{collection}”记录", en=f"{collection}"), text, filter(None, there)
            )
            return UNKNOWN
        key = self._value(path, text, of)
        if isinstance(key, str) and record.ignoring_case == "yes":
            key = key.casefold()
        return UNKNOWN if key is MISSING or key is UNKNOWN else Reference(collection, (key,))  # type: ignore[arg-type]


# checks that need no expression


def check_records(model: Model, formulas: Formulas) -> None:
    for name, record in model.records.items():
        path = f"records.{name}"
        _check_parts(path, record, formulas)
        for part, fields in (("fields", record.fields), ("key", record.key)):
            for each, field in fields.items():
                if isinstance(field, RecordField):
                    check_kind(
                        f"{path}.{part}.{each}", each, field.type, field.is_a, field.of, model, formulas
                    )
        if record.part_of is not None and record.part_of not in model.records:
            formulas.unknown(f"{path}.part of", COLLECTION, record.part_of, model.records)
        _check_owners(path, name, model, formulas)


def check_kind(
    path: str,
    name: str,
    kind: InputType | None,
    is_a: str | None,
    of: tuple[str, ...],
    model: Model,
    formulas: Formulas,
) -> None:
    """Of a field, parameter or variable: exactly one of `type` and `is a`, and what it names is there."""
    if (kind is None) == (is_a is None):
        formulas.fault(path, "要写明 type 或 is a（只写一个）。", "say either `type` or `is a`.")
    elif is_a is not None and is_a not in model.records:
        formulas.unknown(f"{path}.is a", COLLECTION, is_a, model.records)
    elif kind is InputType.CHOICE and not of and name not in model.choices:
        formulas.fault(
            path,
            f"选项没有列出可选的值；请写 of，或在 choices 中定义“{name}”。",
            f"the choice has no values: give `of`, or declare `{name}` under `choices`.",
        )


def _check_parts(path: str, record: Record, formulas: Formulas) -> None:
    places: dict[str, str] = {STATE: f"{path}.state"} if record.state else {}
    for part, names in (("key", record.key), ("fields", record.fields), ("derived", record.derived)):
        for name in names:
            place = f"{path}.{part}.{name}"
            if name in places:
                formulas.fault(
                    place,
                    f"名称“{name}”重复，已用于 {places[name]}。",
                    f"the name `{name}` is used twice, first by {places[name]}.",
                )
            places.setdefault(name, place)
    for state in dict.fromkeys(record.state):
        if record.state.count(state) > 1:
            formulas.fault(
                f"{path}.state", f"状态“{state}”重复。", f"the state `{state}` stands there twice."
            )
    if sum(said == COUNTED for said in record.key.values()) > 1:
        formulas.fault(f"{path}.key", f"最多一个键可以是 {COUNTED}。", f"at most one key can be `{COUNTED}`.")
    if record.ignoring_case == "yes" and GIVEN not in record.key.values() and not _has_text_key(record):
        formulas.fault(
            f"{path}.ignoring case", "没有文本的键可以不分大小写。", "no key is a text that has a case."
        )


def _has_text_key(record: Record) -> bool:
    return any(isinstance(it, RecordField) and it.type is InputType.TEXT for it in record.key.values())


def _check_owners(path: str, name: str, model: Model, formulas: Formulas) -> None:
    chain, owner = [name], model.records[name].part_of
    while owner is not None and owner in model.records and owner not in chain:
        chain.append(owner)
        owner = model.records[owner].part_of
    if owner == name:
        told = " → ".join([*chain, name])
        formulas.fault(f"{path}.part of", f"从属关系循环：{told}。", f"the owners go in a circle: {told}.")
