"""What a translation asks of the request that is still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from casewright.design.expressions.tree import Tree
from casewright.design.model.parts import Formula
from casewright.design.solving.quantities import Quantities
from casewright.design.solving.unions import Leaf, Union, Unions


class Toolbox:
    """What the translation of one query shares."""

    def __init__(self, unions: Unions) -> None:
        self.unions = unions
        self.guards = unions.guards
        self.quantities = Quantities(unions)


class Reader(Protocol):
    """An `Environment` whose answers are unions. A row is a leaf of `Row`."""

    @property
    def tools(self) -> Toolbox: ...

    def read(self, name: str, /) -> Union: ...

    def read_key(self, name: str, key: Union, /) -> Union: ...

    def look_up(self, table: str, keys: Sequence[Union], /) -> Union: ...

    def status(self, name: str, /) -> Union: ...

    def length(self, name: str, /) -> Union:
        """Of an input in characters; known to be within its bounds also where the text is not."""
        ...

    def inputs(self) -> Sequence[str]: ...

    def permission(self) -> Union: ...

    def worth(self, tree: Tree, /) -> Union:
        """What the tree is worth here; worked out once."""
        ...

    def worth_of_records(self, tree: Tree, /) -> Union:
        """Of a tree that goes over records."""
        ...

    def field(self, record: Leaf, name: str, /) -> Union: ...


@dataclass(frozen=True, eq=False)
class Row:
    """A row of a table that was looked up; one for each row and reader. Its cells are worked out where it
    was looked up."""

    cells: Mapping[str, Formula]
    reader: Reader
