"""Lines put together into passages: paragraphs, headings and list items, before it is told which is which."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from casewright.documents.readers.pdf.labels import Label, heading_number, split_label
from casewright.documents.readers.pdf.lines import Joiner, Line, is_full, is_han

_TERMINATED = re.compile(r"[.。!！?？;；:：][\"'”’)）\]】》]*$")
_IDENTIFIER = re.compile(
    r"[A-Z][A-Za-z]{0,9}[-_ ]?\d+(?:[.-]\d+)*\s*[:：.、\s]|第[一二三四五六七八九十百\d]+条"
)
_HYPHENED = re.compile(r"\w-$")
_INDENT = 0.8
"""In sizes of the letters: a line further to the right than this is indented."""
_RAGGED = 1.5
"""In sizes of the letters: how much a line without a full stop may be too short and still go on."""
_LEADING = 1.4
_LOOSE = 1.22
"""Of the usual distance between lines: a wider one begins a passage."""


@dataclass(slots=True)
class Passage:
    """Lines that belong together. `left` and `right` are the edges of the column that they stand in."""

    lines: list[Line]
    page: int
    left: float
    right: float
    text: str = ""
    label: Label | None = None
    is_code: bool = False

    @property
    def size(self) -> float:
        return self.lines[0].size

    @property
    def bold(self) -> bool:
        return all(line.bold for line in self.lines)

    @property
    def indent(self) -> float:
        return self.lines[0].x0 - self.left

    @property
    def terminated(self) -> bool:
        return _TERMINATED.search(self.text) is not None


@dataclass(slots=True)
class Shape:
    """What is usual in the document. `leadings` is the distance of two lines of a paragraph, in sizes of
    their letters, for letters of a size (in whole points); `rights` the right edge of the text on pages of
    a width (in whole points)."""

    body_size: float
    body_bold: bool
    body_mono: bool
    leadings: dict[int, float]
    rights: dict[int, float]
    joiner: Joiner
    seen: set[tuple[str, int]] = field(default_factory=set[tuple[str, int]])
    """Families and numbers of the list labels so far: an item 3 is expected after an item 2."""


def usual_leadings(pages: Sequence[Sequence[Line]]) -> dict[int, float]:
    """For each size the most common distance of two lines of which the upper one is long."""
    counts: dict[int, Counter[float]] = {}
    for lines in pages:
        widest = max((line.x1 - line.x0 for line in lines), default=0.0)
        for a, b in pairwise(sorted(lines, key=lambda line: (round(line.x0 / 40), line.base))):
            step = (b.base - a.base) / a.size
            same = abs(a.size - b.size) < 0.3 and abs(a.x0 - b.x0) < 3 * a.size
            if same and 0.9 < step < 2.6 and a.x1 - a.x0 > 0.4 * widest:
                counts.setdefault(round(a.size), Counter())[round(step, 1)] += 1
    return {size: max(steps, key=lambda step: (steps[step], -step)) + 0.05 for size, steps in counts.items()}


def passages(lines: Sequence[Line], page: int, left: float, right: float, shape: Shape) -> list[Passage]:
    """The passages of lines from top to bottom, with their texts and labels."""
    found: list[Passage] = []
    local = _local_rights(lines)
    for index, line in enumerate(lines):
        current = found[-1] if found else None
        is_code = line.mono and not shape.body_mono
        if current is not None and current.is_code and is_code and _is_next_code(current, line):
            current.lines.append(line)
        elif current is not None and not current.is_code and _goes_on(current, line, local[index - 1], shape):
            current.lines.append(line)
            current.text = shape.joiner.join(current.text, line.text)
        else:
            label = None if is_code else _label(line, shape)
            found.append(Passage([line], page, left, right, line.text, label, is_code))
    for passage in found:
        if passage.is_code:
            passage.text = _code(passage.lines)
        elif passage.label is not None:
            passage.label = split_label(passage.text)
    return found


def _label(line: Line, shape: Shape) -> Label | None:
    """The label in front of a line, noted as seen; not the initial of a name."""
    label = split_label(line.text)
    if label is None:
        return None
    is_initial = label.family == "#.A" and label.number > 1
    if is_initial and (label.family, label.number - 1) not in shape.seen:
        return None
    shape.seen.add((label.family, label.number))
    return label


def _is_next_code(passage: Passage, line: Line) -> bool:
    last = passage.lines[-1]
    return abs(last.size - line.size) < 0.3 and 0 < line.base - last.base < 2.6 * line.size


def _code(lines: Sequence[Line]) -> str:
    """The lines of a program or a message as they stand, indents made of spaces."""
    left = min(line.x0 for line in lines)
    pitch = max(sum(line.x1 - line.x0 for line in lines) / sum(len(line.text) for line in lines), 0.1)
    return "\n".join(" " * round((line.x0 - left) / pitch) + line.text for line in lines)


def _local_rights(lines: Sequence[Line]) -> list[float]:
    """For each line how far the block that it is in reaches to the right; blocks are parted by white
    space or another size of letters. A line alone tells nothing: 0."""
    blocks: list[list[Line]] = []
    for line in lines:
        last = blocks[-1][-1] if blocks else None
        if last is not None and line.base - last.base < 2.2 * line.size and abs(line.size - last.size) < 1:
            blocks[-1].append(line)
        else:
            blocks.append([line])
    return [max(line.x1 for line in block) if len(block) > 1 else 0.0 for block in blocks for _ in block]


def _goes_on(passage: Passage, line: Line, local_right: float, shape: Shape) -> bool:
    """Whether a line belongs to the passage above it."""
    last = passage.lines[-1]
    if abs(line.size - last.size) > 0.08 * last.size or _is_apart(passage, line, shape):
        return False
    if last.size > 1.12 * shape.body_size:  # the lines of a large title may be of any length
        return line.bold == last.bold and heading_number(line.text) is None
    terminated = passage.terminated
    if line.bold != last.bold and (terminated or passage.bold or heading_number(line.text) is not None):
        return False
    if not is_full(last, passage.right, line) and (terminated or not _runs_on(passage, line, local_right)):
        return False
    return not _is_beginning(passage, line, shape) and not _is_indented(passage, line)


def _runs_on(passage: Passage, line: Line, local_right: float) -> bool:
    """Whether a sentence goes on though its line ends before the right edge of the column: in a block that
    is narrower, or where the next word is long."""
    last = passage.lines[-1]
    if _HYPHENED.search(last.text):
        return True
    share = (last.x1 - passage.left) / max(passage.right - passage.left, 1.0)
    if line.text[0].islower():
        return share > 0.55
    return share > 0.7 and is_full(last, (local_right or passage.right) - _RAGGED * last.size, line)


def _is_apart(passage: Passage, line: Line, shape: Shape) -> bool:
    """Whether white space parts a line from the passage above it."""
    last = passage.lines[-1]
    step = line.base - last.base
    if len(passage.lines) > 1:
        usual = last.base - passage.lines[-2].base
        return step > _LOOSE * max(usual, 0.9 * last.size) or step < 0
    leading = shape.leadings.get(round(last.size), _LEADING)
    return step > _LOOSE * max(leading, 1.0) * line.size or step < 0


def _is_beginning(above: Passage, line: Line, shape: Shape) -> bool:
    """Whether the words of a line show that it begins something: a bullet, the next number, an id."""
    label = split_label(line.text)
    if label is not None:
        if label.family[-1] not in "1aAi一①" or label.number == 1:
            return True
        return above.terminated or (label.family, label.number - 1) in shape.seen
    number = heading_number(line.text)
    numbered = (number is not None and number.depth > 1) or _IDENTIFIER.match(line.text) is not None
    return above.terminated and numbered


def _is_indented(passage: Passage, line: Line) -> bool:
    """Whether a line's left edge shows that it begins a passage."""
    last, indent = passage.lines[-1], _INDENT * line.size
    if len(passage.lines) > 1:
        return abs(line.x0 - last.x0) > indent
    if passage.label is not None or line.x0 < last.x0 + indent:
        # A hanging indent, or a first line that was indented; two indented first lines are two passages.
        both = last.x0 - passage.left > 1.2 * line.size and abs(line.x0 - last.x0) < 2
        return both and passage.terminated and passage.label is None
    return passage.terminated


def join_across(last: Passage, first: Passage, shape: Shape) -> bool:
    """Adds `first`, of the next column or page, to `last` where a sentence runs on; tells whether it did."""
    if last.is_code and first.is_code and abs(last.size - first.size) < 0.3:
        last.text = f"{last.text}\n{first.text}"
        last.lines.extend(first.lines)
        return True
    if last.is_code or first.is_code:
        return False
    heading_size = 1.12 * shape.body_size
    if abs(last.size - first.size) > 0.5 or last.size > heading_size or last.bold or first.bold:
        return False
    if last.terminated or not is_full(last.lines[-1], last.right, first.lines[0]):
        return False
    if first.label is not None or heading_number(first.text) is not None or _IDENTIFIER.match(first.text):
        return False
    starts_new = first.text[0].isupper() and not is_han(first.text[0]) and len(first.lines) == 1
    if starts_new or (last.label is None and first.indent > 1.2 * first.size):
        return False
    last.text = shape.joiner.join(last.text, first.text)
    last.lines.extend(first.lines)
    if last.label is not None:
        last.label = split_label(last.text)
    return True
