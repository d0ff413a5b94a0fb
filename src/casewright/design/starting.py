"""The system before the first step."""

from __future__ import annotations

from fractions import Fraction

from casewright.design.expressions.values import MISSING, UNKNOWN, Special, Value
from casewright.design.model.parts import CompiledRecord
from casewright.design.moment import Moment, Prepared, key_of
from casewright.design.worlds import Collection, Stored, World


def first_world(prepared: Prepared) -> World:
    compiled = prepared.compiled
    model = compiled.model
    records: dict[str, Collection | Special] = {name: Collection(name) for name in compiled.records}
    clock = compiled.clock.starts if compiled.clock is not None else None
    nowhere = Moment(prepared, World(None, {}, records, clock))
    for name, record in compiled.records.items():
        records[name] = _rows(record, nowhere)
    variables: dict[str, Stored] = {}
    there = Moment(prepared, World(None, {}, records, clock))
    for name, variable in compiled.variables.items():
        value = variable.starts.evaluate(there)
        variables[name] = value if variable.keys is None else dict.fromkeys(variable.keys, value)
    return World(model.states.starts if model.states else None, variables, records, clock)


def _rows(record: CompiledRecord, moment: Moment) -> Collection | Special:
    """Unknown if the key of a record is."""
    rows: dict[tuple[object, ...], dict[str, Value]] = {}
    for number, given in enumerate(record.rows, start=1):
        row: dict[str, Value] = {}
        for name in record.keys:
            row[name] = Fraction(number) if name == record.counted else given.get(name, UNKNOWN)
        key = tuple(row.values()) or (Fraction(number),)
        if MISSING in key or UNKNOWN in key:
            return UNKNOWN
        for name, field in record.fields.items():
            default = MISSING if field.starts is None else field.starts.evaluate(moment)
            row[name] = given.get(name, default)
        if record.states:
            row["state"] = given.get("state", record.states[0])
        rows[key_of(key) if record.folded else key] = row
    return Collection(record.name, rows, len(rows) + 1)
