"""What expressions over records are made of. The fields of a record are read with `Column`.

In `where`, `by`, `has` and `value` the record that is gone through is `Scanned`; a bare name of one of its
fields is a `Column` of that.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from casewright.design.expressions.tree import Kind, Tree


class Pick(StrEnum):
    FIRST = "first"
    LAST = "last"
    ONLY = "the"
    """There is at most one; of two it is not known which is meant."""


class Quantifier(StrEnum):
    ANY = "any"
    EVERY = "every"


class Summary(StrEnum):
    SUM = "sum of"
    LEAST = "least of"
    MOST = "most of"


class Ends(StrEnum):
    BOTH_BELONG = "both ends belong"
    LAST_IS_OUT = "last end is out"
    """As times usually are: one that ends at 10:00 doesn't overlap one that begins then."""


@dataclass(frozen=True, slots=True)
class Bare(Tree):
    """A name of which only its place tells what it means; no settled tree has one. `kind` is what it was
    declared as, if it was."""

    name: str
    kind: Kind | None = None


@dataclass(frozen=True, slots=True)
class Scanned(Tree):
    """The record of `collection` that is being looked at; written as the bare name of the collection."""

    collection: str


@dataclass(frozen=True, slots=True)
class ByKey(Tree):
    """`copy[barcode]`: a record, or missing."""

    collection: str
    keys: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Search(Tree):
    """`first hold where … by since`; without `by` in the order of creation. `place` 2 is the second."""

    pick: Pick
    collection: str
    where: Tree | None = None
    by: Tree | None = None
    place: int = 1


@dataclass(frozen=True, slots=True)
class PositionOf(Tree):
    """`position of x among hold where … by …`: from 1; missing if it isn't among them."""

    record: Tree
    collection: str
    where: Tree | None = None
    by: Tree | None = None


@dataclass(frozen=True, slots=True)
class Quantified(Tree):
    """`any pass where …`; `every item where … has …`."""

    quantifier: Quantifier
    collection: str
    where: Tree | None = None
    has: Tree | None = None


@dataclass(frozen=True, slots=True)
class CountRecords(Tree):
    """`count of hold where …`."""

    collection: str
    where: Tree | None = None


@dataclass(frozen=True, slots=True)
class Summarised(Tree):
    """`sum of (price * 2) for each item where …`, in short `sum of item.price where …`. The sum of nothing
    is 0, the least and the most of nothing are missing."""

    summary: Summary
    value: Tree
    collection: str
    where: Tree | None = None


Scan = Search | PositionOf | Quantified | CountRecords | Summarised
"""What goes through the records of its `collection`."""


@dataclass(frozen=True, slots=True)
class Overlaps(Tree):
    """`overlaps(a to b, c to d, both ends belong)`; with `, gap 2 days` also what is nearer than that."""

    first_start: Tree
    first_end: Tree
    second_start: Tree
    second_end: Tree
    ends: Ends
    gap: Tree | None = None
