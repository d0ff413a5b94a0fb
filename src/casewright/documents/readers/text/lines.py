"""What one line of plain text looks like: a heading, an item of a list, a rule, the row of a table."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_CHINESE_NUMBER = "[一二三四五六七八九十百零〇]{1,5}"

_CHAPTER = re.compile(rf"第(?:{_CHINESE_NUMBER}|\d{{1,3}})(?P<unit>[章篇节]|部分)(?![^\s　、：:]{{31}})")
_ENGLISH_CHAPTER = re.compile(
    r"(?:Chapter|Part|Section|Appendix|Annex)\s+(?P<number>\d+(?:\.\d+)*|[A-Z]|[IVX]+)\b", re.I
)
_DOTTED = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3}){1,5})[.．、]?(?P<gap>[ \t　]*)(?P<rest>\S.*)")
_SINGLE = re.compile(r"(?P<number>\d{1,3})(?P<mark>[.．、]|(?=[ \t　]))[ \t　]*(?P<rest>\S.*)")
_CHINESE_SINGLE = re.compile(rf"{_CHINESE_NUMBER}、[ \t　]*(?P<rest>\S.*)")
_APPENDIX = re.compile(r"附录\s*[A-Z一二三四五六七八九十\d]{1,3}(?:[\s　:：、].*)?")

_BULLET = re.compile(r"(?:[-*+–—·][ \t　]+|[•●○▪■◆‣▶□☐☑][ \t　]*)(?P<rest>\S.*)")
_NUMBERED = re.compile(
    rf"""(?P<label> (?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{2,5}}) [.．] (?=[ \t　]) | \d{{1,3}} [.．] (?=[^\d\s.])
        | (?:\d{{1,3}}|[A-Za-z]|{_CHINESE_NUMBER}) [、）)]
        | [（(] (?:\d{{1,3}}|[A-Za-z]|[ivxIVX]{{2,5}}|{_CHINESE_NUMBER}) [）)]
        | [①-⒛⓪-⓿ⅰ-ⅿⅠ-Ⅻ㈠-㈩❶-❿] )[ \t　]*(?P<rest>\S.*)""",
    re.VERBOSE,
)
_UNDERLINE = re.compile(r"(?P<sign>[=\-~_*#])(?P=sign){2,}[ \t]*")
_UNDERLINE_LEVELS = {"=": 1, "-": 2, "~": 3}
_BORDER = re.compile(r"[+|]?[ \t]*:?[-=]{2,}:?[ \t]*(?:[+|][ \t]*:?[-=]{2,}:?[ \t]*)*[+|]?")
_LEADER = re.compile(r".*(?:\.{4,}|…{2,}|·{4,})[ \t　]*\d*")
_ENDED = re.compile(r".*[。；;，,：:！!？?.、]")
_UNITS = "元倍天次个人月年日小分秒万亿％"
_LONGEST_HEADING = 60
"""In columns; a Chinese character takes two."""


def width(text: str) -> int:
    """The columns that `text` takes on a screen."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def indentation(line: str) -> int:
    """The columns before the text of a line."""
    before = line[: len(line) - len(line.lstrip())]
    return width(before.expandtabs(4))


@dataclass(frozen=True, slots=True)
class Heading:
    level: int
    style: str
    """Lines of one style, like '1.', may turn out to be a list. Empty where that can't be."""
    alone: bool
    """Whether it is only a heading where no text stands right above, or a line that was broken for its
    length might be taken for one: 'as in\\nSection 3.2'."""


@dataclass(frozen=True, slots=True)
class Item:
    label: str
    rest: str


def heading(line: str) -> Heading | None:
    """What heading the line may be by its number. The number stays part of the text."""
    if width(line) > _LONGEST_HEADING or _ENDED.fullmatch(line) or _LEADER.fullmatch(line):
        return None
    if chapter := _CHAPTER.match(line):
        return Heading(2 if chapter["unit"] == "节" else 1, "", alone=False)
    if chapter := _ENGLISH_CHAPTER.match(line):
        return Heading(1 + chapter["number"].count("."), "", alone=True)
    if _APPENDIX.fullmatch(line):
        return Heading(1, "", alone=False)
    if (dotted := _DOTTED.fullmatch(line)) and _begins_name(dotted["rest"], dotted["gap"]):
        return Heading(1 + dotted["number"].count("."), "", alone=dotted["rest"][0].isascii())
    if _CHINESE_SINGLE.fullmatch(line):
        return Heading(1, "一、", alone=False)
    if (single := _SINGLE.fullmatch(line)) and _begins_name(single["rest"], single["mark"] or " "):
        return Heading(1, f"1{single['mark']}", alone=not single["mark"])
    return None


def _begins_name(rest: str, gap: str) -> bool:
    """Whether what follows a number can be a name: '3.2 Precision', '3.2精度', but not '3.5 m' or '1.5倍'."""
    first = rest[0]
    if not gap:
        return (
            bool(re.match(r"[\u4e00-\u9fff（【《“]", first)) and first not in "元倍天次个人月年日小分秒万亿％"
        )
    return first.isupper() or not first.isascii()


def item(line: str) -> Item | None:
    """The item of a list that the line begins, with its label as written; '•' for any bullet."""
    if bullet := _BULLET.fullmatch(line):
        return Item("•", bullet["rest"])
    if numbered := _NUMBERED.fullmatch(line):
        return Item(numbered["label"], numbered["rest"])
    return None


def follows(label: str, line: str) -> bool:
    """Whether `line` has the number after that of `label`, written alike: '3. …' follows '2.'."""
    before, now = re.fullmatch(r"(\d{1,3})(\D)", label), re.match(r"(\d{1,3})(\D)", line)
    return bool(before and now and int(now[1]) == int(before[1]) + 1 and now[2] == before[2])


def underline_level(line: str) -> int | None:
    """The level of the heading above this line: 1 for ===, 2 for ---, 3 for ~~~."""
    match = _UNDERLINE.fullmatch(line)
    return _UNDERLINE_LEVELS.get(match["sign"]) if match else None


def is_rule(line: str) -> bool:
    return _UNDERLINE.fullmatch(line) is not None


def is_border(line: str) -> bool:
    """A line between the rows of a drawn table: +----+----+ or ---|---."""
    return _BORDER.fullmatch(line) is not None and ("+" in line or "|" in line)


def row(line: str) -> list[str] | None:
    """The cells of a line that is laid out as a table's row, by bars or by tabs."""
    if "|" in line:
        cells = line.removeprefix("|").removesuffix("|").split("|")
    elif "\t" in line:
        cells = re.split(r"\t+", line)
    else:
        return None
    return [cell.strip() for cell in cells] if len(cells) > 1 else None
