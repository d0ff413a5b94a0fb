"""The text of paragraphs: walks their runs, insertions, links, fields, formulas, and keeps what is meant."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from casewright.documents.blocks import MarkKind
from casewright.documents.ooxml import Element
from casewright.documents.readers.docx.fields import FIELD_CHARACTER, Fields, is_contents
from casewright.documents.readers.docx.graphics import GRAPHICS, attachments
from casewright.documents.readers.docx.line import Line, TextBox
from casewright.documents.readers.docx.markup import (
    ALTERNATE,
    ID,
    RPR,
    SDT,
    SDT_CONTENT,
    WRAPPERS,
    M,
    R,
    T,
    W,
    chosen,
)
from casewright.documents.readers.docx.math import formula
from casewright.documents.readers.docx.notes import Notes
from casewright.documents.readers.docx.styles import RunLook, Styles
from casewright.documents.readers.docx.symbols import readable, symbol

Kinds = frozenset[MarkKind]
_NONE: Kinds = frozenset()
_LINK: Kinds = frozenset({MarkKind.LINK})
_SPACES = str.maketrans("\n\r\t", "   ")
_SIGNS = {
    W + "tab": "\t",
    W + "ptab": "\t",
    W + "br": "\n",
    W + "cr": "\n",
    W + "noBreakHyphen": "-",
}
_NOTE_REFERENCES = {W + "footnoteReference": "footnote", W + "endnoteReference": "endnote"}
_AROUND: dict[str, Kinds] = {
    W + "hyperlink": _LINK,
    W + "ins": frozenset({MarkKind.INSERTED}),
    W + "moveTo": frozenset({MarkKind.INSERTED}),
    W + "del": frozenset({MarkKind.DELETED}),
    W + "moveFrom": frozenset({MarkKind.DELETED}),
} | dict.fromkeys(WRAPPERS, _NONE)
"""Elements around runs, and how they set what they hold."""


class TextReader:
    """Reads the paragraphs of one story: the body, a text box, the footnotes."""

    def __init__(self, styles: Styles, fields: Fields, notes: Notes) -> None:
        self._styles = styles
        self._fields = fields
        self._notes = notes
        self._line = Line()
        self._style = ""
        self._inline: dict[str, Callable[[Element, Kinds], None]] = {
            R: self._run,
            SDT: self._control,
            ALTERNATE: self._alternate,
            M + "oMath": self._formula,
            M + "oMathPara": self._formula,
            W + "fldSimple": self._simple_field,
            W + "commentRangeStart": self._comment,
            W + "subDoc": self._foreign,
        }

    def read(self, paragraphs: Iterable[Element], style: str) -> Line:
        """The text of paragraphs that a reader sees as one; `style` is that of the last."""
        self._line, self._style = Line(), style
        for paragraph in paragraphs:
            self._children(paragraph, _NONE)
            self._line.end_paragraph()
        return self._line

    def _children(self, parent: Element, kinds: Kinds) -> None:
        for child in parent:
            if (read := self._inline.get(child.tag)) is not None:
                read(child, kinds)
            elif (around := _AROUND.get(child.tag)) is not None:
                self._children(child, kinds | around)

    def _control(self, element: Element, kinds: Kinds) -> None:
        content = element.find(SDT_CONTENT)
        if content is not None:
            self._children(content, kinds)

    def _alternate(self, element: Element, kinds: Kinds) -> None:
        choice = chosen(element)
        if choice is not None:
            self._children(choice, kinds)

    def _formula(self, element: Element, kinds: Kinds) -> None:
        self._say(formula(element), RunLook(kinds, hidden=False, font=""))

    def _simple_field(self, element: Element, kinds: Kinds) -> None:
        if is_contents(element.get(W + "instr", "")):
            self._line.has_contents = True
        else:
            self._children(element, kinds)

    def _comment(self, element: Element, _kinds: Kinds) -> None:
        self._line.comment(element.get(ID, ""))

    def _foreign(self, _element: Element, _kinds: Kinds) -> None:
        self._line.has_foreign = True

    def _run(self, run: Element, kinds: Kinds) -> None:
        look = self._styles.run(self._style, run.find(RPR))
        if self._fields.in_link:
            kinds |= _LINK
        if kinds:
            look = RunLook(look.marks | kinds, look.hidden, look.font)
        self._pieces(run, look)

    def _pieces(self, parent: Element, look: RunLook) -> None:
        for piece in parent:
            tag = piece.tag
            if tag in (T, W + "delText"):
                self._say(readable((piece.text or "").translate(_SPACES), look.font), look)
            elif tag in _SIGNS:
                self._say(_SIGNS[tag], look)
            elif tag != RPR:
                self._rare_piece(piece, look)

    def _rare_piece(self, piece: Element, look: RunLook) -> None:
        tag = piece.tag
        if tag == FIELD_CHARACTER:
            self._say(self._fields.step(piece), look)
        elif tag == W + "instrText":
            self._fields.instruct(piece.text or "")
        elif tag == W + "sym":
            self._say(symbol(piece.get(W + "char"), piece.get(W + "font")), look)
        elif tag in _NOTE_REFERENCES:
            self._note(_NOTE_REFERENCES[tag], piece, look)
        elif tag == W + "commentReference":
            self._line.comment(piece.get(ID, ""))
        elif tag in GRAPHICS:
            self._graphic(piece, look)
        elif tag == ALTERNATE:
            if (choice := chosen(piece)) is not None:
                self._pieces(choice, look)
        elif tag == W + "ruby" and (base := piece.find(W + "rubyBase")) is not None:
            self._children(base, look.marks)

    def _note(self, kind: str, reference: Element, look: RunLook) -> None:
        if MarkKind.DELETED in look.marks or look.hidden or not self._fields.show:
            return
        label = self._notes.label(kind, reference.get(ID, ""))
        self._line.notes.append(label)
        self._say(label, look)

    def _graphic(self, graphic: Element, look: RunLook) -> None:
        if not self._fields.show:
            return
        found = attachments(graphic)
        if MarkKind.DELETED not in look.marks and not look.hidden:
            self._line.attachments.extend(found)
            return
        for attachment in found:
            if isinstance(attachment, TextBox):
                self._say("".join(t.text or "" for t in attachment.content.iter(T)), look)

    def _say(self, text: str, look: RunLook) -> None:
        if not text:
            return
        if not self._fields.show:
            self._line.has_contents |= self._fields.in_contents
        elif MarkKind.DELETED in look.marks:
            self._line.delete(text)
        elif look.hidden:
            self._line.hide(text)
        else:
            self._line.add(text, look.marks)
