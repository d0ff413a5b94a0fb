"""Walks the body of a .docx, its tables, text boxes and notes, and gives their blocks in reading order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from casewright.documents.blocks import BlockKind, Mark, Place
from casewright.documents.collecting import Collector
from casewright.documents.ooxml import Element
from casewright.documents.readers.docx.fields import Fields, closed_fields
from casewright.documents.readers.docx.line import Attachment, Line, Picture
from casewright.documents.readers.docx.markup import ID, PPR, RPR, TBL, P, T, W, children, has
from casewright.documents.readers.docx.notes import Note, Notes
from casewright.documents.readers.docx.notices import Telling
from casewright.documents.readers.docx.numbering import Number, Numbering
from casewright.documents.readers.docx.styles import ParagraphLook, Styles
from casewright.documents.readers.docx.tables import Layout, Slot, lay_out
from casewright.documents.readers.docx.text import TextReader
from casewright.documents.reading import Progress

_STEP = 200


@dataclass(frozen=True, slots=True)
class Read:
    """What a paragraph comes to."""

    text: str = ""
    marks: tuple[Mark, ...] = ()
    heading: int | None = None
    number: Number | None = None
    attachments: tuple[Attachment, ...] = ()

    def in_one(self) -> tuple[str, tuple[Mark, ...]]:
        """The text with its number in front, as it stands where there is no label."""
        if not self.text or self.number is None or not self.number.label:
            return self.text, self.marks
        front = f"{self.number.label} "
        return front + self.text, shifted(self.marks, len(front))


@dataclass(slots=True)
class Gathered:
    """All that a cell or a note holds: one text, and what comes after it as blocks of its own."""

    lines: list[str] = field(default_factory=list[str])
    marks: list[Mark] = field(default_factory=list[Mark])
    length: int = 0
    after: list[Attachment | Element] = field(default_factory=list[Attachment | Element])

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    def add(self, text: str, marks: tuple[Mark, ...]) -> None:
        self.marks += shifted(marks, self.length)
        self.lines.append(text)
        self.length += len(text) + 1


def shifted(marks: Iterable[Mark], by: int) -> tuple[Mark, ...]:
    return tuple(Mark(kind=mark.kind, start=mark.start + by, end=mark.end + by) for mark in marks)


class Storyteller:
    """Gives the blocks of one document to a collector."""

    def __init__(self, collector: Collector, styles: Styles, numbering: Numbering, notes: Notes) -> None:
        self._collector = collector
        self._telling = Telling(collector)
        self._styles = styles
        self._numbering = numbering
        self._notes = notes
        self._closed: frozenset[Element] = frozenset()
        self._boxes = 0
        self._commented: dict[str, Place] = {}
        self._note_places: dict[str, Place] = {}

    def body(self, body: Element, progress: Progress) -> None:
        """The blocks of a w:body. Its paragraphs are counted, empty ones too."""
        self._closed = closed_fields(body)
        reader = self._reader()
        elements = list(children(body))
        paragraphs = passed = told = 0
        for group in seen_as_one(elements):
            if group[0].tag == P:
                paragraphs += len(group)
            self._block(group, reader, Place(paragraph=paragraphs or None))
            passed += len(group)
            if passed >= told + _STEP:
                told = passed
                progress(passed / len(elements))

    def notes(self) -> None:
        """The footnotes and endnotes that the text refers to, a block each; call it after `body`."""
        for note in self._notes.referred():
            self._note(note)

    def comments(self, root: Element | None) -> None:
        """The comments in comments.xml, in the order in which the text comes to them."""
        contents = {element.get(ID, ""): element for element in (root if root is not None else ())}
        ordered = [id_ for id_ in self._commented if id_ in contents]
        for id_ in ordered + [id_ for id_ in contents if id_ not in self._commented]:
            place = self._commented.get(id_, Place())
            gathered = self._gather(contents[id_], self._reader(), place)
            if gathered.text:
                self._collector.comment(gathered.text, place)

    def _reader(self) -> TextReader:
        return TextReader(self._styles, Fields(self._closed), self._notes)

    def _block(self, group: list[Element], reader: TextReader, place: Place) -> None:
        first = group[0]
        if first.tag == P:
            self._paragraph(group, reader, place)
        elif first.tag == TBL:
            self._table(first, reader, Place(within=place.within))
        elif first.tag == W + "altChunk":
            self._telling.foreign(place)

    def _paragraph(self, group: list[Element], reader: TextReader, place: Place) -> None:
        read = self._read(group, reader, place)
        label, level = (read.number.label, read.number.level) if read.number else ("", 0)
        if read.heading:
            kind, level = BlockKind.HEADING, read.heading
        elif label:
            kind = BlockKind.LIST_ITEM
        else:
            kind, level = BlockKind.PARAGRAPH, 0
        if read.text:
            self._collector.add(kind, read.text, place=place, level=level, label=label, marks=read.marks)
        for attachment in read.attachments:
            self._attached(attachment, place)

    def _read(self, group: list[Element], reader: TextReader, place: Place) -> Read:
        properties = group[-1].find(PPR)
        look = self._styles.paragraph(properties)
        line = reader.read(group, look.style)
        number_kept = line.take_number()
        text, marks = line.result()
        if look.in_contents or (line.has_contents and not text):
            self._telling.contents(place)
            return Read()
        self._tell(line, text, marks, number_kept, place)
        number = self._number(look, properties, text)
        return Read(text, marks, look.heading, number, tuple(line.attachments))

    def _tell(self, line: Line, text: str, marks: tuple[Mark, ...], number: str, place: Place) -> None:
        self._telling.line(line, text, marks, place)
        if number:
            self._telling.number(number, place)
        for id_ in line.comments:
            self._commented.setdefault(id_, place)
        for label in line.notes:
            self._note_places.setdefault(label, place)

    def _number(self, look: ParagraphLook, properties: Element | None, text: str) -> Number | None:
        """A paragraph that is all deleted or hidden takes no number."""
        mark = properties.find(RPR) if properties is not None else None
        if look.numbered is None or (not text and (ends_deleted(mark) or has(mark, W + "vanish"))):
            return None
        return self._numbering.next(look.numbered, look.numbered_by)

    def _attached(self, attachment: Attachment, place: Place) -> None:
        if isinstance(attachment, Picture):
            self._telling.picture(attachment.description, place)
            self._collector.add(BlockKind.PICTURE, attachment.description, place=place)
            return
        self._boxes += 1
        within = place.model_copy(update={"within": f"text box {self._boxes}"})
        reader = self._reader()
        for group in seen_as_one(children(attachment.content)):
            self._block(group, reader, within)

    def _table(self, element: Element, reader: TextReader, place: Place) -> None:
        """`place` says what the table stands within. What its cells hold besides text comes after it."""
        place = Place(table=self._collector.next_table(), within=place.within)
        layout = lay_out(element, self._styles)
        for row in layout.deleted_rows:
            self._telling.deleted("".join(t.text or "" for t in row.iter(T, W + "delText")), place)
        if not layout.height or not layout.width:
            return
        self._collector.count_cells(layout.height * layout.width)
        after = list(self._fill(layout, reader, place))
        self._collector.add(BlockKind.TABLE, place=place, table=layout.table(place))
        for part, cell in after:
            if isinstance(part, Attachment):
                self._attached(part, cell)
            else:
                within = f"table {cell.table}, row {cell.row}, column {cell.column}"
                self._table(part, reader, Place(within=within))

    def _fill(
        self, layout: Layout, reader: TextReader, table: Place
    ) -> Iterator[tuple[Attachment | Element, Place]]:
        """Gives the slots their texts, and what else is in them with its place."""
        for slot in layout.slots:
            if slot.element is None:
                continue
            place = _cell_place(slot, table)
            gathered = self._gather(slot.element, reader, place)
            slot.text, slot.marks = gathered.text, tuple(gathered.marks)
            for covered in slot.continuations:
                self._telling.hidden(self._gather(covered, reader, place).text, place)
            for part in gathered.after:
                yield part, place

    def _gather(self, container: Element, reader: TextReader, place: Place) -> Gathered:
        gathered = Gathered()
        for group in seen_as_one(children(container)):
            if group[0].tag == P:
                read = self._read(group, reader, place)
                text, marks = read.in_one()
                if text:
                    gathered.add(text, marks)
                gathered.after += read.attachments
            elif group[0].tag == TBL:
                gathered.after.append(group[0])
            elif group[0].tag == W + "altChunk":
                self._telling.foreign(place)
        return gathered

    def _note(self, note: Note) -> None:
        anchor = self._note_places.get(note.label, Place())
        place = anchor.model_copy(update={"within": note.kind})
        reader = self._reader()
        gathered = self._gather(note.content, reader, place)
        if gathered.text:
            self._collector.add(
                BlockKind.PARAGRAPH, gathered.text, place=place, label=note.label, marks=tuple(gathered.marks)
            )
        for part in gathered.after:
            if isinstance(part, Attachment):
                self._attached(part, place)
            else:
                self._table(part, reader, place)


def _cell_place(slot: Slot, table: Place) -> Place:
    return Place(table=table.table, within=table.within, row=slot.row + 1, column=slot.column + 1)


def ends_deleted(mark: Element | None) -> bool:
    """Whether a paragraph mark (its w:rPr) was deleted or moved away, so that its text goes on."""
    return mark is not None and any(mark.find(W + name) is not None for name in ("del", "moveFrom"))


def seen_as_one(elements: Iterable[Element]) -> Iterator[list[Element]]:
    """Groups the paragraphs that a reader sees as one: those whose mark was deleted, and a first letter
    in a frame of its own, with the next. Everything else is a group of one."""
    group: list[Element] = []
    for element in elements:
        if element.tag != P and group:
            yield group
            group = []
        group.append(element)
        if element.tag != P or not _goes_on(element.find(PPR)):
            yield group
            group = []
    if group:
        yield group


def _goes_on(properties: Element | None) -> bool:
    if properties is None:
        return False
    frame = properties.find(W + "framePr")
    drop_cap = frame is not None and frame.get(W + "dropCap", "none") != "none"
    return drop_cap or ends_deleted(properties.find(RPR))
