"""Reads what stands on a worksheet but not in its cells: comments, text boxes, pictures."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from casewright.documents.cell_names import cell_name, cell_position
from casewright.documents.ooxml import Element, Package
from casewright.documents.readers.xlsx.values import local_name, unescape


@dataclass(frozen=True, slots=True)
class Remark:
    text: str
    cell: str
    """Where it is pinned: 'B3'; empty where the file doesn't say."""


@dataclass(frozen=True, slots=True)
class Drawing:
    remark: Remark
    is_picture: bool
    """A picture or chart; else a shape with text."""


def read_comments(package: Package, sheet_part: str) -> list[Remark]:
    """The comments of a sheet, old and new kinds. A conversation also leaves its text as an old comment,
    with a hint in front; only the conversation itself is told."""
    links = {link.kind: link.target for link in package.relationships(sheet_part) if not link.external}
    remarks: list[Remark] = []
    talked: set[str] = set()
    if (part := links.get("threadedComment")) and part in package:
        for element in package.xml(part).iterfind("{*}threadedComment"):
            text = element.findtext("{*}text") or ""
            remarks.append(Remark(text.strip(), element.get("ref") or ""))
        talked = {remark.cell for remark in remarks}
    if (part := links.get("comments")) and part in package:
        for element in package.xml(part).iterfind("{*}commentList/{*}comment"):
            cell = element.get("ref") or ""
            if cell not in talked:
                remarks.append(Remark(_comment_text(element), cell))
    return [remark for remark in remarks if remark.text]


def _comment_text(comment: Element) -> str:
    parts = [*comment.iterfind("{*}text/{*}t"), *comment.iterfind("{*}text/{*}r/{*}t")]
    return unescape("".join(part.text or "" for part in parts)).strip()


def read_drawings(package: Package, sheet_part: str) -> list[Drawing]:
    """The shapes with text and the pictures of a sheet, from top to bottom."""
    part = package.related(sheet_part, "drawing")
    drawings = _drawings(package, part) if part else ()
    return sorted(drawings, key=lambda drawing: cell_position(drawing.remark.cell) or (0, 0))


def _drawings(package: Package, part: str) -> Iterator[Drawing]:
    for anchor in package.xml(part):
        row, column = anchor.findtext("{*}from/{*}row"), anchor.findtext("{*}from/{*}col")
        pinned = row and column and row.strip().isdecimal() and column.strip().isdecimal()
        cell = cell_name(int(row) + 1, int(column) + 1) if row and column and pinned else ""
        for element in anchor.iter("{*}sp", "{*}pic", "{*}graphicFrame"):
            if local_name(element) == "sp":
                text = _shape_text(element)
                if text:
                    yield Drawing(Remark(text, cell), is_picture=False)
            else:
                yield Drawing(Remark(_description(element), cell), is_picture=True)


def _shape_text(shape: Element) -> str:
    paragraphs = shape.iterfind("{*}txBody/{*}p")
    texts = ("".join(part.text or "" for part in paragraph.iter("{*}t")) for paragraph in paragraphs)
    return "\n".join(texts).strip()


def _description(picture: Element) -> str:
    """What the author said that the picture shows."""
    properties = next(picture.iter("{*}cNvPr"), None)
    if properties is None:
        return ""
    return (properties.get("descr") or properties.get("title") or "").strip()
