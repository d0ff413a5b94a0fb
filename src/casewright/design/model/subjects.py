"""The record whose state the answers show and `state` and `may` look at."""

from __future__ import annotations

from dataclasses import replace

from casewright.design.expressions.names import Names
from casewright.design.expressions.static_types import TypeKind
from casewright.design.model.formulas import Formulas
from casewright.design.model.parts import Formula


def with_states_of(text: str | None, reading: Names, names: Names) -> Names:
    """`names` with the states of the record that `text` is, as far as `reading` tells."""
    if text is None:
        return names
    of = Formulas().read("", text, reading).type
    if of.kind is not TypeKind.RECORD or of.collection not in names.records:
        return names
    state = names.records[of.collection].fields.get("state")
    return replace(names, states=state.values if state is not None else ())


def compile_state_of(path: str, text: str | None, names: Names, formulas: Formulas) -> Formula | None:
    if text is None:
        return None
    formula = formulas.read(path, text, names)
    of = formula.type
    if of.kind is not TypeKind.RECORD:
        if of.kind is not TypeKind.ANY:
            formulas.fault(path, f"“{text}”不是记录。", f"`{text}` is no record.")
    elif of.collection in names.records and "state" not in names.records[of.collection].fields:
        formulas.fault(
            path, f"“{of.collection}”没有定义状态（state）。", f"`{of.collection}` declares no `state`."
        )
    return formula
