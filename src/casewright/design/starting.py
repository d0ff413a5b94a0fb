"""The system before the first step."""

from __future__ import annotations

from fractions import Fraction

from casewright.design.creating import created
from casewright.design.expressions.values import UNKNOWN, Special
from casewright.design.model.parts import CompiledRecord
from casewright.design.moment import Moment, Prepared
from casewright.design.worlds import Collection, Fields, Stored, World


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
    rows: dict[tuple[object, ...], Fields] = {}
    for number, given in enumerate(record.rows, start=1):
        found = created(record, given, Fraction(number), moment)
        if found is None:
            return UNKNOWN
        key, row = found
        rows[key] = row
    return Collection(record.name, rows, len(rows) + 1)
