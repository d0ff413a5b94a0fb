"""What a bare name means among the records that are gone through where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from casewright.design.expressions.names import RecordShape
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
