"""A record as it is when it comes: its key, its fields and its state."""

from __future__ import annotations

from collections.abc import Mapping

from casewright.design.expressions.values import MISSING, UNKNOWN, Value
from casewright.design.model.parts import CompiledRecord
from casewright.design.moment import Moment, key_of
from casewright.design.worlds import Fields

Created = tuple[tuple[Value, ...], Fields]
"""The key, under which it is found, and the record."""


def created(
    record: CompiledRecord, given: Mapping[str, Value], number: Value, moment: Moment
) -> Created | None:
    """`number`: what it gets where records are counted. None if its key isn't known."""
    row: dict[str, Value] = {}
    for name in record.keys:
        row[name] = number if name == record.counted else given.get(name, UNKNOWN)
    key = tuple(row.values()) if record.keys else (number,)
    if MISSING in key or UNKNOWN in key:
        return None
    for name, field in record.fields.items():
        if name in given:
            row[name] = given[name]
        else:
            row[name] = MISSING if field.starts is None else field.starts.evaluate(moment)
    if record.states:
        row["state"] = given.get("state", record.states[0])
    return key_of(key) if record.folded else key, row
