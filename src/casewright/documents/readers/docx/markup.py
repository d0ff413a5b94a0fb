"""WordprocessingML as XML: its names, its values, and what is transparent in it."""

from __future__ import annotations

from collections.abc import Iterator

from casewright.documents.ooxml import Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
VML = "{urn:schemas-microsoft-com:vml}"

P = W + "p"
R = W + "r"
T = W + "t"
TBL = W + "tbl"
TR = W + "tr"
TC = W + "tc"
VAL = W + "val"
ID = W + "id"
PPR = W + "pPr"
RPR = W + "rPr"
BOX = W + "txbxContent"
ALTERNATE = MC + "AlternateContent"
FALLBACK = MC + "Fallback"
SDT = W + "sdt"
SDT_CONTENT = W + "sdtContent"
WRAPPERS = frozenset({SDT_CONTENT, W + "customXml", W + "smartTag", W + "dir", W + "bdo"})
"""Elements that stand around others and say nothing to a reader of the page."""

_OFF = frozenset({"0", "false", "off", "none"})
_LARGEST = 1_000_000


def integer(text: str | None, default: int = 0) -> int:
    """A number as Word writes it; `default` for what is none or out of all reason."""
    try:
        number = int(text or "")
    except ValueError:
        return default
    return number if -_LARGEST <= number <= _LARGEST else default


def value(element: Element | None, child: str) -> str | None:
    """The w:val of a child that says one thing: `<w:pStyle w:val="Heading1"/>`."""
    if element is None or (found := element.find(child)) is None:
        return None
    return found.get(VAL)


def is_on(element: Element | None) -> bool:
    """A switch is on when it is there and doesn't say otherwise."""
    return element is not None and element.get(VAL, "on") not in _OFF


def has(element: Element | None, child: str) -> bool:
    """Whether the switch `child` is on."""
    return element is not None and is_on(element.find(child))


def chosen(alternate: Element) -> Element | None:
    """The one reading of an mc:AlternateContent that counts: its first choice, else its fallback."""
    return next(iter(alternate), None)


def children(parent: Element) -> Iterator[Element]:
    """The children as a reader of the page sees them: content controls and the like give what they hold."""
    for child in parent:
        tag = child.tag
        if tag in WRAPPERS:
            yield from children(child)
        elif tag == SDT:
            content = child.find(SDT_CONTENT)
            if content is not None:
                yield from children(content)
        elif tag == ALTERNATE:
            choice = chosen(child)
            if choice is not None:
                yield from children(choice)
        else:
            yield child
