"""Where sentences begin and end, in Chinese and in English, by character offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(
    r"""[。！？][”」』"'）)】]*
      | (?<!\be\.g)(?<!\bi\.e)(?<!\betc)(?<!\bvs)(?<!\bNo)(?<!\bcf)(?<!\bresp)
        [.!?][”"'）)\]]*(?=\s+["“'(（\[<]*[A-Z\u3400-\u9fff]|\s*$)
      | \n+""",
    re.VERBOSE,
)
_TAIL = 8
"""Characters that hold a colon at the end and what may close after it."""
_COLON = re.compile(r"[:：][\s）)”\"]*$")


def sentence_spans(text: str, start: int = 0, end: int | None = None) -> Iterator[tuple[int, int]]:
    """The spans of the sentences of `text[start:end]`, without space around; blank ones are left out."""
    stop = len(text) if end is None else end
    begin = start
    for match in _END.finditer(text, start, stop):
        yield from _trimmed(text, begin, match.end())
        begin = match.end()
    yield from _trimmed(text, begin, stop)


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    piece = text[start:end]
    left = start + len(piece) - len(piece.lstrip())
    right = start + len(piece.rstrip())
    if left < right:
        yield left, right


def ends_with_colon(text: str) -> bool:
    return _COLON.search(text.rstrip()[-_TAIL:]) is not None
