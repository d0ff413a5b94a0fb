"""Labels that a document gives its parts: '4.2.1', 'AC1.1', 'US-3', '（a）', '①', typed or generated."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace

CJK = r"\u3400-\u9fff\uf900-\ufaff"
_AHEAD = 4
"""Characters after a number that tell a quantity from a label."""
_NUMERAL = r"(?:[一二三四五六七八九十百零〇]{1,5}|\d{1,4})"
_OPEN, _CLOSE = r"[（(]", r"[)）]"
_ORDINAL = r"(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5}|[一二三四五六七八九十]{1,3})"
_UNITS = (
    r"(?:[天个次元年月日时秒分种类步级层位人条张笔页项倍周度册台件组份名届%％℃°~～±×*/+=<>≥≤]|小时|万|亿"
    r"|(?:[kKMGT]?[Bb]|ms|cm|mm|kg|km|px|pt|am|pm|AM|PM|st|nd|rd|th)\b)"
)
_ENDS = rf"(?=\s|[{CJK}“「《【*_]|$)"

_BRACKETED = re.compile(rf"{_OPEN}(?P<key>{_ORDINAL}){_CLOSE}[.、]?\s*")
_HALF = re.compile(rf"(?P<key>{_ORDINAL}){_CLOSE}[.、]?\s*")
_DOT = re.compile(r"(?P<key>\d{1,3}|[A-Za-z](?=[.．]\s))[.．](?![\d.．])\s*")
_COMMA = re.compile(r"(?P<key>\d{1,3}|[一二三四五六七八九十]{1,3})、(?![\d一二三四五六七八九十])\s*")
_CIRCLED = re.compile(r"(?P<key>[①-⒇⓪-⓿❶-❿㈠-㈩])[.、)）]?\s*")
_LOCALS = (
    ("(x)", _BRACKETED),
    ("x)", _HALF),
    ("x.", _DOT),
    ("x、", _COMMA),
    ("①", _CIRCLED),
)
_DOTTED = re.compile(rf"§?\s?(?P<key>(?:[0-9]{{1,3}}|[A-Z])(?:\.[0-9]{{1,3}})+)[.．、:：)）]?{_ENDS}\s*")
_CODE = re.compile(
    rf"""(?P<open>[\[【(（])? (?P<key>
           (?P<prefix> [A-Za-z]{{1,12}} (?:[-_/.][A-Za-z]{{1,12}}){{0,4}} ) (?P<dash>[-_.]?)
           \d{{1,6}} (?:[-_.]\d{{1,5}}){{0,4}} [a-z]? )
        [\]】)）]? \s? (?P<mark>[:：.、．–—|-])? {_ENDS} \s*""",
    re.VERBOSE,
)
_WORD_AND_NUMBER = r"""(?P<key>
    (?: (?:User[ ]?)?Story|Use[ ]?Case|Requirement|Req\.?|Rule|Feature|Epic|Scenario|Criterion|Constraint
      | Acceptance[ ]Criterion|Module|Chapter|Section|Appendix|Annex|Article|Clause )
    (?: [ ]?\#?\d{1,4}(?:\.\d{1,3})* | [ ](?-i:[A-Z])(?![A-Za-z]) )
  | (?: 用户故事|故事|用例|业务规则|需求|规则|功能点?|场景|模块|验收标准|附录|条款|要求|约束 )
    [ ]?(?: \d{1,4}(?:\.\d{1,3})* | [一二三四五六七八九十]{1,3} | [A-Z](?![A-Za-z]) ) )"""
_WORDED = re.compile(
    rf"{_WORD_AND_NUMBER}(?:\s?[:：.、–—](?!\d)\s*|\s+[–—-]\s+|\s*$)", re.IGNORECASE | re.VERBOSE
)
_WORDED_HEADING = re.compile(
    rf"{_WORD_AND_NUMBER}(?:[\s:：.、–—-]+|(?=[{CJK}(（])|$)", re.IGNORECASE | re.VERBOSE
)
_CLAUSE = re.compile(rf"(?P<key>第{_NUMERAL}[章节条款篇部])[.、:：]?[\s　]*")
_WHOLE = re.compile(rf"(?P<key>\d{{1,2}})(?:[.．、]\s*|[\s　]+|(?=[{CJK}]))(?!{_UNITS}|[\d.])")
_BULLET = re.compile(r"(?:[•●○▪■◆◇‣▶➢➤∙·※❖\uf0b7\uf06c]\s*|[-–—*+]\s+)")
_NAMES_SECTION = re.compile(r"chapter|section|appendix|annex|module|article|附录|模块", re.IGNORECASE)
_NO_LABELS = re.compile(
    r"""AES|API|COVID|CSS|DB|ES|EUR|GB|GMT|HTML|HTTPS?|IEC?|IEEE|IOS|IP|IPV|ISO|JDK|JSON|MD|MP|MPEG
      | OAUTH|PDF|RFC|RSA|SHA|SQL|SSL|TLS|UTC|UTF|USB|USD|VER|VERSION|WCAG|WIN|WINDOWS|XML""",
    re.VERBOSE,
)
"""What stands before a number in the names of standards and versions: by itself no label."""


@dataclass(frozen=True, slots=True)
class Label:
    """A label at the beginning of a text. `own` labels identify their part in the whole document, others
    only among their neighbours. `end` is where the text after it begins."""

    text: str
    key: str
    """How it shows in an id: '4.2.1', '(a)', '1', '①'."""
    style: str
    own: bool
    end: int = 0

    @property
    def names_item(self) -> bool:
        """Whether it is the number of a requirement, not of a chapter: 'US-3', 'Story 2'."""
        return self.own and self.style.startswith(("code", "word")) and not _NAMES_SECTION.match(self.key)

    @property
    def depth(self) -> int:
        """The number of parts of a dotted number, else 0."""
        return self.key.count(".") + 1 if self.style == "1.1" else 0


class Series:
    """Which letters before a number are a series of labels in this document: 'AC' where AC1 and AC2 stand
    at the beginning of parts. It tells 'R1 …, R2 …' from 'MP3 files'."""

    def __init__(self, texts: Iterable[str]) -> None:
        numbers: dict[str, set[str]] = defaultdict(set)
        for text in texts:
            match = _CODE.match(text.lstrip())
            if match:
                numbers[_prefix(match)].add(match["key"])
        self._known = {prefix for prefix, found in numbers.items() if len(found) > 1}

    def holds(self, match: re.Match[str]) -> bool:
        prefix = _prefix(match)
        if _NO_LABELS.fullmatch(prefix):
            return False
        marked = bool(match["open"]) or match["mark"] in {":", "："}
        if len(prefix) == 1 and not (marked or match["dash"]):
            # 'A4 paper' and 'V1.0' are no labels, 'R1' and 'R2' are.
            return prefix in self._known and prefix not in "ABCDHVX"
        return marked or prefix in self._known or (match["dash"] == "-" and match["prefix"].isupper())


def _prefix(match: re.Match[str]) -> str:
    return match["prefix"].upper()


def read_label(text: str, start: int, series: Series) -> Label | None:
    """The label that is typed at `text[start:]`, or None."""
    while start < len(text) and text[start].isspace():
        start += 1
    return _read_own(text, start, series) or _read_local(text, start)


def read_heading_label(text: str, series: Series) -> Label | None:
    """As `read_label`, and a single number counts: '4 Rules', '2任务概述', 'Story 2 Decide'."""
    for style, pattern in (("1.1", _DOTTED), ("1.1", _WHOLE), ("word", _WORDED_HEADING)):
        match = pattern.match(text)
        if match:
            return _own(match, style)
    return read_label(text, 0, series)


def given_label(label: str, series: Series) -> Label | None:
    """The label that the reader of the document found apart from the text; None for a mere bullet."""
    text = label.strip()
    if not any(character.isalnum() for character in text) or (len(text) == 1 and text.isalpha()):
        return None
    padded = text + " "
    found = _read_own(padded, 0, series) or _read_local(padded, 0)
    if found and found.end >= len(text):
        return replace(found, end=0)
    key = unicodedata.normalize("NFKC", text).strip(" .、:")
    return Label(text, key, "given", own=bool(re.search(r"[A-Za-z]+[-_. ]?\d", key)), end=0)


def bullet_end(text: str) -> int:
    """Where the text after a typed bullet begins; 0 where there is none."""
    match = _BULLET.match(text)
    return match.end() if match else 0


def is_code(text: str) -> bool:
    """Whether the whole text is an identifier: 'cES1005.1', 'FR-PAY-003', '4.2.1', 'US-3'."""
    stripped = text.strip()
    match = _CODE.fullmatch(stripped) or _DOTTED.fullmatch(stripped)
    return match is not None or bool(re.fullmatch(r"(?=.*\d)[A-Za-z\d]+(?:[-_.:/#][A-Za-z\d]+)+", stripped))


def _read_own(text: str, start: int, series: Series) -> Label | None:
    dotted = _DOTTED.match(text, start)
    if dotted and _is_number_of_part(dotted["key"], text[dotted.end() : dotted.end() + _AHEAD]):
        return _own(dotted, "1.1")
    code = _CODE.match(text, start)
    if code and series.holds(code):
        return _own(code, f"code {_prefix(code)}")
    worded = _WORDED.match(text, start)
    if worded:
        return _own(worded, "word")
    clause = _CLAUSE.match(text, start)
    return _own(clause, f"clause {clause['key'][-1]}") if clause else None


def _own(match: re.Match[str], style: str) -> Label:
    key = re.sub(r"\s+", "-", match["key"])
    return Label(match["key"], key, style, own=True, end=match.end())


def _is_number_of_part(key: str, rest: str) -> bool:
    """'4.2 Rules' and '4.2.1 …', but not '0.45 for each mile', '2.5 天' or '1.50 × price'."""
    if key[0].isalpha() or key.count(".") > 1:
        return True
    whole, fraction = key.split(".")
    if whole == "0" or (len(fraction) > 1 and fraction.endswith("0") and fraction != "10"):
        return False
    return not re.match(rf"{_UNITS}|[a-z(（,，]", rest)


def _read_local(text: str, start: int) -> Label | None:
    for style, pattern in _LOCALS:
        match = pattern.match(text, start)
        if match:
            label = match[0].strip().rstrip(".．、")
            key = unicodedata.normalize("NFKC", match["key"]) if style != "①" else match["key"]
            shown = f"({key})" if style == "(x)" else key
            return Label(label, shown, f"{style} {_script(key)}", own=False, end=match.end())
    return None


def _script(key: str) -> str:
    if key.isdecimal():
        return "digits"
    return "letters" if key.isascii() else "characters"


def begins_series(label: Label) -> bool:
    """Whether it is the first of its kind: '(a)', '1)', '一、', '①'."""
    return not label.own and label.key.strip("()") in {"1", "a", "A", "i", "I", "一", "①"}


def follows(label: Label, before: Label) -> bool:
    """Whether two local labels are neighbours: '(b)' after '(a)', '③' after '②'."""
    if label.own or label.style != before.style:
        return False
    key, last = label.key.strip("()"), before.key.strip("()")
    if key.isdecimal() and last.isdecimal():
        return int(key) == int(last) + 1
    numerals = "一二三四五六七八九十"
    if key in numerals and last in numerals:
        return numerals.index(key) == numerals.index(last) + 1
    return len(key) == len(last) == 1 and ord(key) == ord(last) + 1
