"""Text as the extractor compares it: normalised, in clauses, with names folded."""

from __future__ import annotations

import re
import unicodedata

UNKNOWN = "unknown"
"""What stands in the model where the document was not understood."""
CHINESE = re.compile(r"[\u3400-\u9fff]")
_DASHES = str.maketrans({"—": "-", "–": "-", "−": "-", "～": "~", "〜": "~", "∼": "~"})
_CLAUSE_END = re.compile(r"[。;;!?\n]|\.(?=\s|$)|,(?!\d{3}\b)")
_QUOTED = re.compile(r"“([^”]{1,80})”|「([^」]{1,80})」|『([^』]{1,80})』|\"([^\"]{1,80})\"|`([^`]{1,80})`")


def normalise(text: str) -> str:
    """One spelling for digits, brackets, dashes and spaces; quotation marks stay."""
    return re.sub(r"[ \t\u3000\xa0]+", " ", unicodedata.normalize("NFKC", text).translate(_DASHES)).strip()


def fold(name: str) -> str:
    """The letters and digits of a name, so that spelling habits do not matter."""
    return "".join(ch for ch in unicodedata.normalize("NFKC", name).casefold() if ch.isalnum())


def is_chinese(text: str) -> bool:
    return len(CHINESE.findall(text)) * 4 >= len(re.findall(r"\w", text)) and bool(CHINESE.search(text))


def clauses(text: str) -> list[str]:
    return [part.strip() for part in _CLAUSE_END.split(text) if part and part.strip()]


def quoted(text: str) -> list[str]:
    return [next(filter(None, match.groups())) for match in _QUOTED.finditer(text)]


def mentions(text: str, name: str) -> bool:
    """Does the text name it? Latin names as whole words, with or without a plural; Chinese anywhere."""
    if not name:
        return False
    if CHINESE.search(name):
        return name.replace(" ", "") in text.replace(" ", "")
    return re.search(rf"(?<!\w){re.escape(name)}(?:e?s)?(?!\w)", text, re.IGNORECASE) is not None


def strip_number(heading: str) -> str:
    """A heading without its number: '4.1 转账' → '转账', 'US-2 借书' → '借书', 'Story 1 - Apply' → 'Apply'."""
    text = normalise(heading)
    for pattern in (
        r"^(?:第[一二三四五六七八九十百\d]+[章节条篇部]|[一二三四五六七八九十]+[、.])\s*",
        r"^(?:user story|story|epic|use case|feature|section|chapter|故事|用例|需求)\s*[\d一二三四五六七八九十.]+\s*[-:.]?\s*",
        r"^[A-Z]{1,5}-?\d+(?:[.-]\d+)*\s*[-:.]?\s*",
        r"^\(?\d+(?:\.\d+)*\)?[.、)]?\s*(?=\S)",
    ):
        shorter = re.sub(pattern, "", text, count=1, flags=re.IGNORECASE)
        if shorter and shorter != text:
            return shorter.strip()
    return text
