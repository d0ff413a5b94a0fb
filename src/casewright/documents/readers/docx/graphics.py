"""Drawings of a .docx, old and new: the text boxes in them, and whether there is a picture to look at."""

from __future__ import annotations

from casewright.documents.ooxml import Element
from casewright.documents.readers.docx.line import Attachment, Picture, TextBox
from casewright.documents.readers.docx.markup import ALTERNATE, BOX, VML, W, chosen

_DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_SHAPES = "{http://schemas.microsoft.com/office/word/2010/"
_PICTURES = frozenset(
    {
        "{http://schemas.openxmlformats.org/drawingml/2006/picture}pic",
        "{http://schemas.openxmlformats.org/drawingml/2006/chart}chart",
        "{http://schemas.microsoft.com/office/drawing/2014/chartex}chart",
        "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds",
        "{urn:schemas-microsoft-com:office:office}OLEObject",
        _SHAPES + "wordprocessingCanvas}wpc",
        _SHAPES + "wordprocessingGroup}wgp",
        _SHAPES + "wordprocessingInk}contentPart",
        VML + "imagedata",
        VML + "group",
    }
)
"""A group of shapes is a drawn figure; one shape alone is a frame, a line or an arrow."""

GRAPHICS = frozenset({W + "drawing", W + "pict", W + "object"})


def attachments(graphic: Element) -> list[Attachment]:
    """The picture that a drawing is, if it is one, and the text boxes in it in their order."""
    found: list[Element] = []
    _collect(graphic, found)
    boxes: list[Attachment] = [TextBox(element) for element in found if element.tag == BOX]
    if any(element.tag in _PICTURES for element in found):
        return [Picture(_description(found)), *boxes]
    return boxes


def _collect(element: Element, found: list[Element]) -> None:
    """Every element that counts; a text box is not looked into."""
    for child in element:
        if child.tag == ALTERNATE:
            choice = chosen(child)
            if choice is not None:
                _collect(choice, found)
            continue
        found.append(child)
        if child.tag != BOX:
            _collect(child, found)


def _description(found: list[Element]) -> str:
    for element in found:
        if element.tag == _DRAWING + "docPr":
            return (element.get("descr") or element.get("title") or "").strip()
    for element in found:
        if element.tag.startswith(VML) and (text := element.get("alt") or element.get("title")):
            return text.strip()
    return ""
