"""Turns text into blocks by what is open around it: list items and quotes, in any nesting."""

from __future__ import annotations

from dataclasses import dataclass

from casewright.documents.blocks import BlockKind, Mark, Place, Table
from casewright.documents.collecting import Collector


@dataclass(slots=True)
class _Item:
    """A list item that is open; its label goes to the first block in it."""

    label: str
    place: Place
    begun: bool = False


class Nesting:
    """The list items and quotes around the present text, and the collector that its blocks go to.

    The first text of an item is its LIST_ITEM block; a level of n means n items around it, the item's own
    not counted. What follows in the same item is a PARAGRAPH one level further in.
    """

    def __init__(self, collector: Collector) -> None:
        self.collector = collector
        self._open: list[_Item | None] = []
        """Outermost first; None is a quote."""
        self._items = 0
        self._quotes = 0
        self._unbegun: list[tuple[int, _Item]] = []
        """The items that still have no block, with their levels."""

    @property
    def outside(self) -> bool:
        """Whether neither an item nor a quote is open."""
        return not self._open

    @property
    def within(self) -> str | None:
        return "quote" if self._quotes else None

    def open_item(self, label: str, place: Place) -> None:
        item = _Item(label, place)
        self._unbegun.append((self._items, item))
        self._open.append(item)
        self._items += 1

    def open_begun_item(self) -> None:
        """Opens an item whose text is to be paragraphs only, like the explanation of a term."""
        self._open.append(_Item("", Place(), begun=True))
        self._items += 1

    def open_quote(self) -> None:
        self._begin_items()
        self._open.append(None)
        self._quotes += 1

    def close(self) -> None:
        """Closes what was opened last; an item in which nothing stood leaves no block."""
        closed = self._open.pop()
        if closed is None:
            self._quotes -= 1
        else:
            self._items -= 1
            if self._unbegun and self._unbegun[-1][1] is closed:
                self._unbegun.pop()

    def say(self, text: str, marks: tuple[Mark, ...], place: Place) -> None:
        """Adds text as the kind of block that it is here: list item, quote or paragraph."""
        innermost = self._open[-1] if self._open else None
        if innermost is not None and not innermost.begun:
            self._unbegun.pop()
            self._begin_items()
            innermost.begun = True
            level = self._items - 1
            self.collector.add(
                BlockKind.LIST_ITEM, text, place=place, level=level, label=innermost.label, marks=marks
            )
        else:
            kind = BlockKind.QUOTE if self._open and innermost is None else BlockKind.PARAGRAPH
            self.collector.add(kind, text, place=place, level=self._items, marks=marks)

    def add(self, kind: BlockKind, text: str = "", *, place: Place, table: Table | None = None) -> None:
        """Adds a block that isn't running text: a table, code, a picture."""
        self._begin_items()
        self.collector.add(kind, text, place=place, level=self._items, table=table)

    def _begin_items(self) -> None:
        """An item that begins with something else than text still shows its label."""
        for level, item in self._unbegun:
            item.begun = True
            self.collector.add(BlockKind.LIST_ITEM, place=item.place, level=level, label=item.label)
        self._unbegun.clear()
