"""Fields of a .docx: what they show is text, what they are made of is not, a table of contents is neither."""

from __future__ import annotations

import re
from dataclasses import dataclass

from casewright.documents.ooxml import Element
from casewright.documents.readers.docx.markup import BOX, FALLBACK, VAL, W, has, integer
from casewright.documents.readers.docx.numerals import numeral

FIELD_CHARACTER = W + "fldChar"
_TYPE = W + "fldCharType"
_ENCLOSED = re.compile(r"\\o\s*(?:\\a[clr]\s*)?\(\s*[○◯]\s*[,，;]\s*(.*?)\s*\)", re.IGNORECASE)
_FRACTION = re.compile(r"\\f\s*\(([^(),]*)[,;]([^(),]*)\)", re.IGNORECASE)


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    in_result: bool = False
    form: str = ""
    """What a form field shows that has no result: its tick, its choice."""

    def shown(self) -> str:
        """What the field shows besides its result."""
        return self.form if self.in_result or self.form else _equation(self.instruction)


def is_contents(instruction: str) -> bool:
    """Whether a field with this instruction gives a table of contents or of figures."""
    return instruction.split(maxsplit=1)[:1] == ["TOC"]


def closed_fields(root: Element) -> frozenset[Element]:
    """The beginnings of the fields that have an end in the same story.

    One that has none would swallow all that follows; text boxes are stories of their own.
    """
    closed: set[Element] = set()
    open_: dict[Element | None, list[Element]] = {}
    for character in root.iter(FIELD_CHARACTER):
        story = next(character.iterancestors(BOX, FALLBACK), None)
        stack = open_.setdefault(story, [])
        if character.get(_TYPE) == "begin":
            stack.append(character)
        elif character.get(_TYPE) == "end" and stack:
            closed.add(stack.pop())
    return frozenset(closed)


def _equation(instruction: str) -> str:
    """An EQ field, which has no result: a number in a circle, as Chinese Word makes them, a fraction."""
    name, _, body = instruction.strip().partition(" ")
    if name.upper() != "EQ":
        return ""
    body = _ENCLOSED.sub(lambda match: _encircled(match[1]), body)
    return _FRACTION.sub(r"\1/\2", body).strip()


def _encircled(text: str) -> str:
    return numeral(integer(text), "decimalEnclosedCircle") if text.isdecimal() else f"({text})"


def _form(character: Element) -> str:
    data = character.find(W + "ffData")
    if data is None:
        return ""
    if (box := data.find(W + "checkBox")) is not None:
        state = box.find(W + "checked")
        ticked = has(box, W + "checked") if state is not None else has(box, W + "default")
        return "☑" if ticked else "☐"
    if (choices := data.find(W + "ddList")) is not None:
        entries = [entry.get(VAL, "") for entry in choices.findall(W + "listEntry")]
        result = choices.find(W + "result")
        chosen = integer(result.get(VAL)) if result is not None else 0
        return entries[chosen] if 0 <= chosen < len(entries) else ""
    return ""


class Fields:
    """The fields that are open at one point of a story."""

    def __init__(self, closed: frozenset[Element]) -> None:
        self._closed = closed
        self._open: list[_Field] = []

    def step(self, character: Element) -> str:
        """Passes a w:fldChar: the beginning of a field, the line before its result, or its end. Gives
        what is to be read at its end."""
        kind = character.get(_TYPE)
        if kind == "begin":
            if character in self._closed:
                self._open.append(_Field(form=_form(character)))
        elif self._open and kind == "separate":
            self._open[-1].in_result = True
        elif self._open and kind == "end":
            return self._open.pop().shown()
        return ""

    def instruct(self, text: str) -> None:
        if self._open and not self._open[-1].in_result:
            self._open[-1].instruction += text

    @property
    def show(self) -> bool:
        """Whether text here is read: it is in no field, or in the result of each."""
        return all(field.in_result for field in self._open) and not self.in_contents

    @property
    def in_contents(self) -> bool:
        return any(field.in_result and is_contents(field.instruction) for field in self._open)

    @property
    def in_link(self) -> bool:
        return any(field.instruction.lstrip().startswith("HYPERLINK") for field in self._open)
