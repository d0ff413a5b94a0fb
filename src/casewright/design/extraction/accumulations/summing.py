"""Limits on what an operation may come to in a day or month ('单日累计取款不得超过 20,000 元'): the sum is a quantity of
its own, though the document defines none."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from casewright.design.extraction.accumulations.capping import Found
from casewright.design.extraction.accumulations.changing import READS
from casewright.design.extraction.accumulations.counting import dated
from casewright.design.extraction.accumulations.quantities import Quantity
from casewright.design.extraction.accumulations.telling import Speaking, Told, guard, numeric_fields
from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.text.numbers import NUMBER, number, plain
from casewright.design.extraction.text.words import fold
from casewright.design.model.schema import Effect

_LIMIT = (
    re.compile(
        rf"(?P<name>(?:单日|当日|每日|每天|当天|单月|当月|每月|本月|日|月)累计(?P<what>[\u3400-\u9fff]{{2,8}}?)(?:金额|总额)?)"
        rf"(?:不得|不能|不可|不应|不)超过\s*(?P<n>{NUMBER})\s*元"
    ),
    re.compile(
        rf"(?:no more than|at most|up to) [$€£]?(?P<n>{NUMBER})(?: euros| dollars| pounds)? (?:may|can) be (?P<what>\w+) "
        r"(?:per|a|each|every|in a|in one|on one) (?P<name>day|month|week)",
        re.IGNORECASE,
    ),
)
_REVERSES = re.compile(r"退|冲正|撤|取消|\b(?:refund|cancel|revers|undo|void|return|revoke)", re.IGNORECASE)


def find_sums(
    sentences: Sequence[Told], operations: Sequence[Operation], known: Sequence[Quantity]
) -> Iterator[Found]:
    speaking = Speaking(operations)
    taken = {fold(name) for each in known for name in each.names}
    for one in sentences:
        match = next((found for pattern in _LIMIT if (found := pattern.search(one.text))), None)
        if match is None or any(fold(match["name"]) == name for name in taken):
            continue
        owners = speaking.names.in_text(match["what"]) or speaking.by_verb(match["what"])
        fits = [each for each in operations if each.name in owners and not READS.search(each.name)]
        added = list(numeric_fields(fits[0])) if len(fits) == 1 else []
        when = guard(one.text, fits[0], [match["name"]]) if added else None
        if len(added) == 1 and when is not None and not dated(fits[0]):
            quantity = _quantity(match, one, fits[0], added[0], when)
            for other in operations:
                if other is not fits[0] and _REVERSES.search(other.name) and not READS.search(other.name):
                    quantity.is_lost(other.name, other.ids)
            limit = f"{quantity.name} + {added[0]} > {plain(number(match['n']))}"
            condition = " and ".join(filter(None, (limit, when)))
            yield Found(condition, fits[0].name, "full", one, quantity)


def _quantity(match: re.Match[str], one: Told, operation: Operation, added: str, when: str) -> Quantity:
    name = match["name"] if "累计" in match["name"] else f"{match['what']} in the {match['name']}"
    quantity = Quantity(name, "sum", starts="0", period=True, ids=one.ids)
    step = Effect(when=when or None, set={name: f"{name} + {added}"}, source=one.ids)
    quantity.does(operation.name, step)
    return quantity
