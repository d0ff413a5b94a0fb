"""Lists in a text or a cell: their members, names among them, dashes and exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from casewright.design.extraction.text.words import CHINESE

_LIST = re.compile(r"\s*(?:、|,|;|/|(?<!\w)(?:or|and)(?!\w)|或|和|及)\s*")
_DASH = re.compile(r"^[-–—/✗✘×]*$|^(?:never|none|n/a|no|n|x|无|否|不可|不能)$", re.IGNORECASE)
_EXCEPT = re.compile(
    r"^(?:all|any(?: state)?)(?: but| except| states except)?\s*|^除(.+?)(?:外|以外).*$", re.IGNORECASE
)


def split_list(text: str) -> list[str]:
    return [part.strip(" *`“”「」.") for part in _LIST.split(text) if part.strip(" *`“”「」.")]


def names_in(text: str, names: Iterable[str]) -> list[str]:
    """The names that a text holds, in its order; where several begin at one place, the longest."""
    wanted = tuple(names)
    if not wanted:
        return []
    pattern, by_lower = _any_of(wanted)
    found = (by_lower[match["name"].lower()] for match in pattern.finditer(text))
    return list(dict.fromkeys(found))


@lru_cache(maxsize=4096)
def _any_of(names: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all names: Latin ones as whole words, with or without a plural; Chinese anywhere."""
    longest = sorted(filter(None, names), key=len, reverse=True)
    chinese = [re.escape(name) for name in longest if CHINESE.search(name)]
    latin = [re.escape(name) for name in longest if not CHINESE.search(name)]
    nothing = r"(?!)"
    pattern = re.compile(
        rf"(?P<name>(?<!\w)(?:{'|'.join(latin) or nothing})(?=(?:e?s)?(?!\w))|(?:{'|'.join(chinese) or nothing}))",
        re.IGNORECASE,
    )
    return pattern, {name.lower(): name for name in reversed(longest)}


def cell_states(cell: str) -> list[str]:
    """The states that a cell of a permission matrix names, exceptions too ('all but Draft' → Draft)."""
    if _DASH.match(cell):
        return []
    return split_list(_EXCEPT.sub(lambda match: match[1] or "", cell))


def is_exception(cell: str) -> bool:
    return re.match(r"(?:all|any)\b.*\b(?:but|except)\b|除.+外", cell, re.IGNORECASE) is not None


def is_dash(cell: str) -> bool:
    return _DASH.match(cell) is not None
