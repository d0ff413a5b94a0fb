"""Tables as drafts of items: one for each row, or one for the table where its rows say nothing alone."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casewright.design.cases import ItemKind, Source
from casewright.design.itemising.columns import (
    Grid,
    Row,
    id_column,
    is_aside,
    number_column,
    read_grid,
    text_columns,
    title_column,
)
from casewright.design.itemising.drafts import Draft, Origin
from casewright.design.itemising.kinds import Convention, kind_of, kind_of_label
from casewright.design.itemising.numbering import Label, Series, read_label
from casewright.design.itemising.outline import Part
from casewright.design.itemising.tables import WHOLE, Shape, embedded_ids, shape_of
from casewright.design.itemising.topics import Topic
from casewright.documents.blocks import Cell, Table

_RATIONALE = re.compile(r"(?:^|\n)\s*(?:rationale|理由|原因)\s*[:：]", re.IGNORECASE)
_KINDS = {
    Shape.CHRONICLE: ItemKind.BACKGROUND,
    Shape.FIELDS: ItemKind.DATA,
    Shape.MESSAGES: ItemKind.RULE,
    Shape.STATES: ItemKind.RULE,
    Shape.PERMISSIONS: ItemKind.PERMISSION,
    Shape.LOOKUP: ItemKind.RULE,
}
_DECIDED = {Topic.BACKGROUND, Topic.CONTENTS, Topic.OUT_OF_SCOPE, Topic.OPEN, Topic.QUALITY}
"""Sections that decide the kind of a table's rows, whatever the table is."""
_GENERAL = {Topic.INTRODUCTION, Topic.SCOPE}
_LONGEST_TITLE = 40


@dataclass(frozen=True, slots=True)
class Introduced:
    """Where an item stands: the headings above with what introduces it, the topic of its section."""

    section: tuple[str, ...]
    topic: Topic
    lead: str = ""
    sources: tuple[Source, ...] = ()


def drafts_of_table(
    part: Part, origin: Origin, introduced: Introduced, convention: Convention
) -> list[Draft]:
    """The items of the table `part`."""
    table = part.block.table
    if table is None or not table.rows or not table.rows[0]:
        return []
    grid = read_grid(table)
    shape = shape_of(grid, introduced.topic)
    rows = _Rows(part, table, origin, introduced, grid, shape, convention)
    if shape is Shape.FORM:
        return rows.form()
    if shape is not Shape.CHRONICLE:
        identified = rows.identified()
        if identified:
            return identified
    if shape in WHOLE or introduced.topic in {Topic.BACKGROUND, Topic.CONTENTS}:
        return rows.whole()
    return rows.plain()


@dataclass(frozen=True, slots=True)
class _Rows:
    part: Part
    table: Table
    origin: Origin
    introduced: Introduced
    grid: Grid
    shape: Shape
    convention: Convention

    def identified(self) -> list[Draft]:
        """One item for each row that has an id of its own; empty where the rows have none."""
        column = id_column(self.grid)
        if column is not None:
            drafts: list[Draft] = []
            for row in self.grid.rows:
                self._add_identified(drafts, row, column)
            return drafts
        series = Series(cell for row in self.grid.rows for cell in row.cells)
        column = embedded_ids(self.grid, series)
        if column is None:
            return []
        return [
            self._embedded(row, column, read_label(row.cells[column], 0, series)) for row in self.grid.rows
        ]

    def whole(self) -> list[Draft]:
        """The table as one item."""
        lines = [" | ".join(self.grid.headers)] if any(self.grid.headers) else []
        lines += [" | ".join(row.cells) for row in self.grid.rows]
        sources = [source for at in range(len(self.table.rows)) for source in self._cells(at)]
        if not sources:
            return []
        text = "\n".join(lines)
        kind = _KINDS.get(self.shape, ItemKind.RULE)
        if self.introduced.topic in _DECIDED and self.shape is not Shape.CHRONICLE:
            kind = kind_of(text, self.introduced.topic)
        return [self._draft(self.part.id, kind, [text], sources)]

    def plain(self) -> list[Draft]:
        """One item for each row, known by its place."""
        numbers = number_column(self.grid)
        return [self._plain(row, numbers) for row in self.grid.rows]

    def form(self) -> list[Draft]:
        """The requirement that is written as a form: names of properties with their values beside them."""
        lines: list[str] = []
        sources: list[Source] = []
        label = title = ""
        for at, row in enumerate(self.table.rows):
            for key, value in _pairs(row):
                name, text = row[key].text.strip(" :：*\n"), row[value].text.strip()
                if _FORM_ID.fullmatch(name):
                    label = label or text
                elif _FORM_TITLE.fullmatch(name):
                    title = title or text
                elif not is_aside(name):
                    lines.append(f"{name}: {text}")
                sources.append(self.origin.cell(self.part.block, at, value))
        text = "\n".join(lines) or title
        draft = self._draft(label or self.part.id, self._kind(text, label), [text], sources)
        draft.label, draft.title = label, title
        return [draft] if text else []

    def _cells(self, at: int, columns: Sequence[int] | None = None) -> list[Source]:
        """Sources of the cells of row `at` (in the grid) that have text, one for a merged cell in the row."""
        row = self.table.rows[at]
        return [
            self.origin.cell(self.part.block, at, column)
            for column in (range(len(row)) if columns is None else columns)
            if row[column].text.strip() and not _repeats(row, column)
        ]

    def _plain(self, row: Row, numbers: int | None) -> Draft:
        columns = [column for column in range(self.grid.width) if column != numbers]
        text = self._described(row, columns)
        said = "; ".join(row.cells[column] for column in columns if row.cells[column])
        number = row.cells[numbers].strip(".)、 ") if numbers is not None else ""
        draft = self._draft(
            f"{self.part.id}.{number or row.ordinal}",
            self._kind(said, ""),
            [text],
            self._cells(row.at, columns),
        )
        draft.label = number
        first = next((row.cells[column] for column in columns if row.cells[column]), "")
        draft.title = first if len(first) <= _LONGEST_TITLE and first != text else ""
        return self._grouped(draft, row)

    def _described(self, row: Row, columns: Sequence[int]) -> str:
        """'header: cell; header: cell' for the cells of these columns that have text."""
        cells = self.table.rows[row.at]
        return "; ".join(
            f"{self.grid.headers[column]}: {row.cells[column]}"
            if self.grid.headers[column]
            else row.cells[column]
            for column in columns
            if row.cells[column] and not _repeats(cells, column)
        )

    def _add_identified(self, drafts: list[Draft], row: Row, column: int) -> None:
        draft = self._identified(row, column)
        goes_on = row.covered[column] and drafts and drafts[-1].label == draft.label
        if goes_on:
            drafts[-1].texts += [text for text in draft.texts if text not in drafts[-1].texts]
            drafts[-1].sources += draft.sources
        else:
            drafts.append(draft)

    def _identified(self, row: Row, column: int) -> Draft:
        label = row.cells[column]
        if self.shape in {Shape.FIELDS, Shape.MESSAGES, Shape.STATES}:
            columns = [c for c in range(self.grid.width) if c != column]
            title, texts = "", [self._described(row, columns)]
            sources = self._cells(row.at, [*columns, column])
        else:
            title, texts, sources = self._requirement(row, column)
        id_ = label if label and not label.isdecimal() else f"{self.part.id}.{label or row.ordinal}"
        draft = self._draft("-".join(id_.split()), self._kind("\n".join(texts), label), texts, sources)
        draft.label, draft.title = label, title
        return self._grouped(draft, row)

    def _requirement(self, row: Row, column: int) -> tuple[str, list[str], list[Source]]:
        """Title, texts and sources of a requirement by what its columns hold."""
        titles = title_column(self.grid, {column})
        taken = {column} if titles is None else {column, titles}
        main = [c for c in text_columns(self.grid, taken) if row.cells[c]]
        others = [
            c
            for c in range(self.grid.width)
            if c not in {*taken, *main} and not is_aside(self.grid.headers[c])
        ]
        texts = [row.cells[c] for c in main]
        texts += [described for c in others if (described := self._described(row, [c]))]
        title = row.cells[titles] if titles is not None else ""
        places = [*main, *others, *([] if titles is None else [titles]), column]
        return title, texts or ([title] if title else []), self._cells(row.at, places)

    def _embedded(self, row: Row, column: int, label: Label | None) -> Draft:
        """A requirement whose id stands before its text in the same cell."""
        cell = self.table.rows[row.at][column].text
        start = len(cell) - len(cell.lstrip()) + (label.end if label else 0)
        rationale = _RATIONALE.search(cell, start)
        end = rationale.start() if rationale else len(cell)
        text = cell[start:end].strip()
        sources = [self.origin.cell(self.part.block, row.at, column, start, end)] if text else []
        others = [c for c in range(self.grid.width) if c != column and not is_aside(self.grid.headers[c])]
        texts = [text, *(said for c in others if (said := self._described(row, [c])))]
        id_ = label.key if label else f"{self.part.id}.{row.ordinal}"
        kind = self._kind("\n".join(texts), label.key if label else "")
        draft = self._draft(id_, kind, [t for t in texts if t], [*sources, *self._cells(row.at, others)])
        draft.label = label.text if label else ""
        return self._grouped(draft, row)

    def _grouped(self, draft: Draft, row: Row) -> Draft:
        if row.group:
            draft.section = (*draft.section, row.group)
        return draft

    def _kind(self, text: str, label: str) -> ItemKind:
        topic = self.introduced.topic
        if label:
            by_shape = _KINDS.get(self.shape)
            general = Topic.OTHER if topic in _GENERAL else topic
            return kind_of_label(label) or by_shape or kind_of(text, general, self.introduced.lead)
        if topic in _DECIDED:
            return kind_of(text, topic)
        if self.shape in _KINDS:
            return _KINDS[self.shape]
        if self.shape is Shape.GLOSSARY:
            kind = kind_of(text, Topic.TERMS)
        else:
            kind = kind_of(text, Topic.OTHER if topic in _GENERAL else topic)
            described = bool(text_columns(self.grid, set()))
            kind = ItemKind.RULE if kind is ItemKind.FUNCTIONAL and not described else kind
        return ItemKind.BACKGROUND if kind.testable and self.convention.explains(text) else kind

    def _draft(self, id_: str, kind: ItemKind, texts: list[str], sources: list[Source]) -> Draft:
        return Draft(
            id=id_,
            kind=kind,
            texts=texts,
            sources=sources,
            section=self.introduced.section,
            context=list(self.introduced.sources),
        )


_FORM_ID = re.compile(
    r"(?:\w+ ){0,2}(?:id|identifier|no\.?|number)|(?:用例|需求|功能|故事|业务)?(?:编号|标识)", re.IGNORECASE
)
_FORM_TITLE = re.compile(
    r"(?:\w+ ){0,2}(?:name|title|summary)|(?:用例|需求|功能|故事|业务)?(?:名称|标题)", re.IGNORECASE
)


def _repeats(row: Sequence[Cell], column: int) -> bool:
    """Whether the cell is the same merged one as its left neighbour."""
    return column > 0 and row[column].covered and row[column].text == row[column - 1].text


def _pairs(row: Sequence[Cell]) -> Iterator[tuple[int, int]]:
    """The columns of the names and values in a row of a form: one pair, or two side by side."""
    columns = [column for column in range(len(row)) if not _repeats(row, column) and row[column].text.strip()]
    yield from zip(columns[::2], columns[1::2], strict=False)
