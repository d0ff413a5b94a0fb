"""Lines of a text: where they stand, and how two of them become one."""

from __future__ import annotations

import re
from bisect import bisect_right

from casewright.documents.blocks import Place

_WIDE = re.compile(
    r"[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\ufe30-\ufe4f\uff00-\uffef\U00020000-\U0003134f“”‘’…—·]"
)

# What may begin an item that somebody typed into running text: （a） (1) 1） a) 2、 3. ① 4.1.2 US-1: •
_ENUMERATION = re.compile(
    r"""(?: [（(] (?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5}|[一二三四五六七八九十]{1,3}) [）)]
          | (?:\d{1,3}|[A-Za-z]|[一二三四五六七八九十]{1,3}) [）)、]
          | \d{1,2} [.．] (?!\d)
          | \d+ (?:\.\d+){2,} [\s　、.．：:]
          | [A-Za-z]{1,8} -? \d{1,5} [：:]
          | [①-⒛⓪-⓿ⅰ-ⅿⅠ-Ⅻ㈠-㈩❶-❿•●○▪■◆‣▶] )""",
    re.VERBOSE,
)


def is_wide(character: str) -> bool:
    """Whether it is Chinese or stands among Chinese: no space goes between two such lines."""
    return _WIDE.match(character) is not None


def begins_item(text: str) -> bool:
    """Whether `text` begins with an enumeration mark, so that the line before it ends there."""
    return _ENUMERATION.match(text) is not None


def joint(before: str, after: str) -> str:
    """What stands between two lines of one paragraph once they are joined: a newline where the second
    begins an item, nothing between Chinese and Chinese, else a space."""
    if begins_item(after):
        return "\n"
    return "" if is_wide(before[-1:]) and is_wide(after[:1]) else " "


class Lines:
    """The lines of a text with their offsets. Numbers here count from 0, those in a Place from 1."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0]
        self._starts.extend(match.end() for match in re.finditer("\n", text))

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, line: int) -> str:
        start, end = self._bounds(line)
        return self._text[start:end]

    def _bounds(self, line: int) -> tuple[int, int]:
        last = line + 1 >= len(self._starts)
        return self._starts[line], len(self._text) if last else self._starts[line + 1] - 1

    def at(self, offset: int) -> int:
        """The line that holds the character at `offset`."""
        return bisect_right(self._starts, offset) - 1

    def place(self, first: int, end: int, *, within: str | None = None) -> Place:
        """The lines `first` to `end` (excluded), without the blank ones at the end."""
        last = min(end, len(self)) - 1
        while last > first and not self[last].strip():
            last -= 1
        return Place(
            line=first + 1,
            end_line=last + 1,
            start=self._bounds(first)[0],
            end=self._bounds(last)[1],
            within=within,
        )
