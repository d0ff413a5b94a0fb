"""A formula (m:oMath) in one line: (a+b)/2, x^2, √(y), ∑_(i=1)^n."""

from __future__ import annotations

from collections.abc import Callable

from casewright.documents.ooxml import Element
from casewright.documents.readers.docx.markup import ALTERNATE, M, T, chosen

_MATH_VAL = M + "val"
_SCRIPTS = frozenset(M + name for name in ("sSup", "sSub", "sSubSup", "limLow", "limUpp", "f", "nary"))


def formula(element: Element) -> str:
    """The text of an element and all below it. Parts that are not known give the text they hold."""
    write = _PARTS.get(element.tag)
    return write(element) if write else _all(element)


def _all(element: Element) -> str:
    """The parts one after the other; what follows an index or a power does not become a part of it."""
    text, after_script = "", False
    for child in element:
        if part := formula(child):
            text += f" {part}" if after_script and text[-1].isalnum() and part[0].isalnum() else part
            after_script = child.tag in _SCRIPTS
    return text


def _text(element: Element) -> str:
    return element.text or ""


def _nothing(_element: Element) -> str:
    return ""


def _part(element: Element, name: str) -> str:
    child = element.find(M + name)
    return "" if child is None else formula(child)


def _operand(element: Element, name: str) -> str:
    """A part in brackets where it would otherwise run together with what stands beside it."""
    text = _part(element, name)
    plain = text.replace(".", "").replace("_", "").isalnum() or len(text) < 2
    return text if plain or _is_enclosed(text) else f"({text})"


def _is_enclosed(text: str) -> bool:
    """Whether the bracket that opens `text` closes at its very end."""
    if not text.startswith("("):
        return False
    depth = 0
    for position, character in enumerate(text):
        depth += {"(": 1, ")": -1}.get(character, 0)
        if depth == 0:
            return position == len(text) - 1
    return False


def _property(element: Element, path: str, default: str) -> str:
    found = element.find("/".join(M + step for step in path.split("/")))
    return default if found is None else found.get(_MATH_VAL, "")


def _fraction(element: Element) -> str:
    return f"{_operand(element, 'num')}/{_operand(element, 'den')}"


def _power(element: Element) -> str:
    return f"{_operand(element, 'e')}^{_operand(element, 'sup')}"


def _indexed(element: Element) -> str:
    return f"{_operand(element, 'e')}_{_operand(element, 'sub')}"


def _indexed_power(element: Element) -> str:
    return f"{_indexed(element)}^{_operand(element, 'sup')}"


def _root(element: Element) -> str:
    degree = _part(element, "deg")
    sign = {"": "√", "2": "√", "3": "∛", "4": "∜"}.get(degree, f"{degree}√")
    return f"{sign}({_part(element, 'e')})"


def _brackets(element: Element) -> str:
    begin = _property(element, "dPr/begChr", "(")
    end = _property(element, "dPr/endChr", ")")
    between = _property(element, "dPr/sepChr", "|")
    return begin + between.join(formula(part) for part in element.findall(M + "e")) + end


def _sum(element: Element) -> str:
    text = _property(element, "naryPr/chr", "∫")
    for name, sign in (("sub", "_"), ("sup", "^")):
        if limit := _operand(element, name):
            text += sign + limit
    return f"{text} {_part(element, 'e')}"


def _limit_below(element: Element) -> str:
    return f"{_part(element, 'e')}_{_operand(element, 'lim')}"


def _limit_above(element: Element) -> str:
    return f"{_part(element, 'e')}^{_operand(element, 'lim')}"


def _function(element: Element) -> str:
    argument = _part(element, "e")
    return _part(element, "fName") + (argument if _is_enclosed(argument) else f"({argument})")


def _rows(element: Element) -> str:
    return "; ".join(formula(row) for row in element.findall(M + "e"))


def _matrix(element: Element) -> str:
    rows = (", ".join(formula(cell) for cell in row) for row in element.findall(M + "mr"))
    return "[" + "; ".join(rows) + "]"


def _alternate(element: Element) -> str:
    choice = chosen(element)
    return "" if choice is None else _all(choice)


_PARTS: dict[str, Callable[[Element], str]] = {
    M + "t": _text,
    T: _text,
    M + "f": _fraction,
    M + "sSup": _power,
    M + "sSub": _indexed,
    M + "sSubSup": _indexed_power,
    M + "rad": _root,
    M + "d": _brackets,
    M + "nary": _sum,
    M + "limLow": _limit_below,
    M + "limUpp": _limit_above,
    M + "func": _function,
    M + "eqArr": _rows,
    M + "m": _matrix,
    ALTERNATE: _alternate,
} | {M + name: _nothing for name in ("rPr", "ctrlPr", "fPr", "dPr", "naryPr", "radPr")}
