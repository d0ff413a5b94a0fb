"""What a bare name means among the records that are gone through where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casewright.design.cases import Words
from casewright.design.expressions.names import Names, RecordShape
from casewright.design.expressions.record_tree import Scanned
from casewright.design.expressions.tree import Column, Span, Tree

NOWHERE = Span(0, 0)


def meaning(
    name: str, scanned: Sequence[str], records: Mapping[str, RecordShape], span: Span = NOWHERE
) -> Tree | None:
    """A field of the innermost record that has it, or a record itself; None if it is neither."""
    for collection in reversed(scanned):
        if name in records[collection].fields:
            return Column(Scanned(collection, span=span), name, span=span)
        if name == collection:
            return Scanned(collection, span=span)
    return None


def whose(name: str, names: Names) -> Words:
    """What is wrong with the bare name of a collection, or of a field with no record of its own at hand."""
    if name in names.records:
        return Words(
            zh=f"这是一种记录的名称，请写明是哪一条，例如“{name}[…]”或“first {name} where …”。",
            en=f"it names a kind of record: say which one, such as `{name}[…]` or `first {name} where …`.",
        )
    owner = next(owner for owner, shape in names.records.items() if name in shape.fields)
    return Words(
        zh=f"这是“{owner}”的字段，请写明是哪一条记录的，例如“{owner}[…].{name}”。",
        en=f"it is a field of `{owner}`: say of which record, such as `{owner}[…].{name}`.",
    )
