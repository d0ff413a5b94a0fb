"""What the elements of HTML mean to a reader: which end a line, are hidden, mark text, number items."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborNode

from casewright.documents.blocks import MarkKind
from casewright.documents.marking import TAGS

Attributes = dict[str, str | None]


def names(text: str) -> frozenset[str]:
    return frozenset(text.split())


DROPPED = names("""head script style template nav noscript iframe object embed canvas video audio title meta
    link base datalist colgroup map""")
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BOUNDARIES = names("""p div section article main header footer aside ul ol li menu dl dt dd table caption
    thead tbody tfoot tr td th blockquote figure figcaption address form fieldset legend details summary
    center option dialog hgroup search body hr h1 h2 h3 h4 h5 h6""")
"""Before and after these a new line begins."""

_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_STRUCK_STYLE = re.compile(r"text-decoration[\w-]*\s*:[^;]*line-through", re.IGNORECASE)
_BOLD_STYLE = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)", re.IGNORECASE)
_NUMBER_STYLE = re.compile(
    r"list-style(?:-type)?\s*:[^;]*?\b(?P<style>(?:lower|upper)-(?:alpha|latin|roman))", re.I
)
_STYLES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
}
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
    (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def is_hidden(attributes: Attributes) -> bool:
    """Whether the element itself says so; style sheets are not looked at."""
    return "hidden" in attributes or _HIDDEN_STYLE.search(attributes.get("style") or "") is not None


def element_marks(tag: str, attributes: Attributes) -> tuple[MarkKind, ...]:
    kinds: list[MarkKind] = []
    if tag in TAGS and (tag != "a" or "href" in attributes):
        kinds.append(TAGS[tag])
    style = attributes.get("style")
    if style:
        if MarkKind.STRUCK not in kinds and _STRUCK_STYLE.search(style):
            kinds.append(MarkKind.STRUCK)
        if MarkKind.BOLD not in kinds and _BOLD_STYLE.search(style):
            kinds.append(MarkKind.BOLD)
    return tuple(kinds)


@dataclass(slots=True)
class Numbering:
    """How the items of a list are labelled, and the number of the next one."""

    style: str = ""
    """'1', 'a', 'A', 'i', 'I'; nothing for bullets."""
    number: int = 1
    step: int = 1

    def label(self, item: Attributes) -> str:
        """The label of the next item."""
        if not self.style:
            return "•"
        number = whole_number(item.get("value"), self.number)
        self.number = number + self.step
        return f"{_numeral(number, item.get('type') or self.style)}."


def numbering(node: LexborNode, attributes: Attributes) -> Numbering:
    """How the list `node` (an `ol`) numbers its items."""
    style = _NUMBER_STYLE.search(attributes.get("style") or "")
    kind = _STYLES[style["style"].lower()] if style else attributes.get("type") or "1"
    if "reversed" not in attributes:
        return Numbering(kind, whole_number(attributes.get("start"), 1))
    items, child = 0, node.first_child
    while child is not None:
        items += child.tag == "li"
        child = child.next
    return Numbering(kind, whole_number(attributes.get("start"), items), -1)


def whole_number(text: str | None, otherwise: int) -> int:
    match = re.match(r"\s*([-+]?\d{1,9})", text or "")
    return int(match[1]) if match else otherwise


def _numeral(number: int, style: str) -> str:
    text = str(number)
    if style in ("a", "A") and number > 0:
        text = ""
        while number:
            number, letter = divmod(number - 1, 26)
            text = chr(ord("a") + letter) + text
    elif style in ("i", "I") and 0 < number < 4000:
        text = ""
        for value, letters in _ROMAN:
            count, number = divmod(number, value)
            text += letters * count
    return text.upper() if style in ("A", "I") else text
