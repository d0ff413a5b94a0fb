"""What a reader of the blocks of a .docx must know of the original, in both languages.

'table of contents' (once; it repeats the headings and is left out), 'deleted text' (left out),
'struck text' (stays in the text, marked), 'hidden text' (left out), 'hidden number' (a hidden tag such as
"SSR1" in front of a text, put into it; told once), 'picture' (not looked at), 'embedded document' (not read).
"""

from __future__ import annotations

from casewright.documents.blocks import Mark, MarkKind, Place
from casewright.documents.collecting import Collector
from casewright.documents.readers.docx.line import Line

_LONGEST = 300


def _short(text: str) -> str:
    """In one line, and not longer than a person reads in a list."""
    text = " ".join(text.split())
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


class Telling:
    """Gives the notices to a collector."""

    def __init__(self, collector: Collector) -> None:
        self._collector = collector
        self._told_contents = False
        self._told_number = False

    def line(self, line: Line, text: str, marks: tuple[Mark, ...], place: Place) -> None:
        """All that there is to tell of a paragraph; `text` and `marks` are what it came to."""
        for aside in line.deleted:
            self.deleted(aside.text, place)
        for aside in line.hidden:
            self.hidden(aside.text, place)
        for mark in marks:
            if mark.kind is MarkKind.STRUCK:
                self._struck(text[mark.start : mark.end], place)
        if line.has_contents:
            self.contents(place)
        if line.has_foreign:
            self.foreign(place)

    def contents(self, place: Place) -> None:
        if not self._told_contents:
            self._told_contents = True
            self._tell(
                "table of contents",
                "目录与标题重复，未收入。",
                "The table of contents repeats the headings and was left out.",
                place,
            )

    def deleted(self, text: str, place: Place) -> None:
        if text := _short(text):
            self._tell(
                "deleted text",
                f"修订中已删除，未收入：“{text}”",
                f'Deleted in a revision and left out: "{text}"',
                place,
            )

    def hidden(self, text: str, place: Place) -> None:
        if text := _short(text):
            self._tell(
                "hidden text", f"隐藏文字，未收入：“{text}”", f'Hidden text, left out: "{text}"', place
            )

    def number(self, text: str, place: Place) -> None:
        """Told once, with the first number as the example."""
        if not self._told_number:
            self._told_number = True
            self._tell(
                "hidden number",
                f"有的编号是隐藏文字（如“{text}”），已放在各自的文字之前。",
                f'Numbers that are hidden (such as "{text}") were put in front of their texts.',
                place,
            )

    def _struck(self, text: str, place: Place) -> None:
        if text := _short(text):
            self._tell(
                "struck text",
                f"文字带删除线，可能已作废：“{text}”",
                f'Struck through, perhaps no longer meant: "{text}"',
                place,
            )

    def picture(self, description: str, place: Place) -> None:
        text = _short(description)
        zh, en = (f"“{text}”", f' "{text}"') if text else ("", "")
        self._tell("picture", f"图片{zh}的内容没有读取。", f"What the picture{en} shows was not read.", place)

    def foreign(self, place: Place) -> None:
        self._tell(
            "embedded document",
            "此处嵌入了另一份文档，没有读取。",
            "Another document is embedded here; it was not read.",
            place,
        )

    def _tell(self, code: str, zh: str, en: str, place: Place) -> None:
        self._collector.notice(code, zh=zh, en=en, place=place)
