"""Use cases as documents write them: a table of two columns, or a section whose paragraphs name the parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casewright.design.extraction.behaviour.state_words import split_names
from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.tables import TableKind
from casewright.design.extraction.text.use_case_parts import Part, part_named, parts_of_rows

_NUMBERED = re.compile(r"\(?\s*\bUC[-_ ]?\d+(?:[.-]\d+)*\)?\s*[:-]?\s*", re.IGNORECASE)
_LABELLED = re.compile(r"^\W{0,3}(?P<label>[\w/ ()\u3400-\u9fff-]{2,24}?)\s*:\s*(?P<text>.*)$", re.DOTALL)
_ACTOR_SENTENCE = re.compile(r"^(?:参与者|操作者|执行者)(?:为|是|有|包括)\s*(?P<who>[^。;,\n]+)")
_MAY = re.compile(r"^(?P<who>[^。;,\n]+?)(?:均|都)?可(?:以)?在(?:任何|任意|所有)状态下")
_ENTRY = re.compile(r"(?:^|[\n;。])\s*(?P<label>[A-Z]{1,2}\d+)(?=[\s:.、)]|[\u3400-\u9fff])\s*")
_NO_EXCEPTIONS = re.compile(r"无(?:异常|扩展|备选)流程|no (?:alternative|exception)\w* flows?", re.IGNORECASE)
_COMMON = re.compile(
    r"角色|roles?|输入项?|返回|输出|说明|描述|备注|名称|notes?|inputs?|outputs?|description|summary",
    re.IGNORECASE,
)
"""Labels that say nothing of a use case where they stand in front of a paragraph."""
_FLOWS = {Part.MAIN, Part.EXCEPTIONS}
_LONGEST_NAME = 30


@dataclass(frozen=True, eq=False)
class UseCase:
    name: str
    parts: Mapping[Part, str]
    home: tuple[Passage, ...]
    """The passages that it is read from: the table, or all of its section."""
    ids: tuple[str, ...]

    def __getitem__(self, part: Part) -> str:
        return self.parts.get(part, "")

    @property
    def actors(self) -> list[str]:
        names = split_names(self[Part.ACTOR].replace("\n", "、"))
        if any(re.search(r"[。;:,]", name) for name in names):
            return []
        return [
            re.sub(r"^(?:an?|the)\s+", "", name, flags=re.IGNORECASE)
            for name in names
            if len(name) <= _LONGEST_NAME
        ]

    @property
    def tells_exceptions(self) -> bool:
        """Does the document list what goes wrong, or say that nothing does?"""
        return Part.EXCEPTIONS in self.parts


def read_use_cases(passages: Sequence[Passage]) -> list[UseCase]:
    """In the order of the document. Sections without a table count only where they number or name a use case."""
    found: list[UseCase] = []
    for own in _sections(passages):
        tables = [passage for passage in own if passage.table and passage.table.kind is TableKind.USE_CASE]
        if tables:
            found += filter(None, map(_from_table, tables))
        elif not all(passage.skipped for passage in own):
            found += filter(None, [_from_section(own)])
    return found


def _sections(passages: Sequence[Passage]) -> Iterable[list[Passage]]:
    """The passages by their headings; a heading that names a part belongs to the section above it."""
    sections: dict[tuple[str, ...], list[Passage]] = {}
    for passage in passages:
        sections.setdefault(_section(passage), []).append(passage)
    return sections.values()


def _section(passage: Passage) -> tuple[str, ...]:
    return passage.headings[:-1] if _part_above(passage) else passage.headings


def _part_above(passage: Passage) -> Part | None:
    """The part that the innermost heading names, if it stands below another."""
    inner = passage.headings[-1] if len(passage.headings) > 1 else ""
    return None if _COMMON.fullmatch(inner) else part_named(inner)


def _from_table(passage: Passage) -> UseCase | None:
    table = passage.table
    if table is None:
        return None
    parts = _gathered(parts_of_rows((table.headers, *table.rows)))
    name = without_number(parts.get(Part.NAME, "")) or _merged(table.headers) or _title(passage)
    return UseCase(name, parts, (passage,), passage.ids) if name else None


def _merged(cells: Sequence[str]) -> str:
    """The title in a first row of one wide cell."""
    return without_number(cells[0]) if len(cells) > 1 and len(set(cells)) == 1 else ""


def without_number(name: str) -> str:
    return _NUMBERED.sub("", name).strip(" :-")


def _title(passage: Passage) -> str:
    above = _section(passage)
    return without_number(above[-1]) if above else ""


def _gathered(parts: Iterable[tuple[Part, str]]) -> dict[Part, str]:
    found: dict[Part, str] = {}
    for part, text in parts:
        found[part] = f"{found[part]}\n{text}" if part in found else text
    return found


def _from_section(own: Sequence[Passage]) -> UseCase | None:
    """'参与者为管理员。输入“…”，…。E1 …' or '**Actors**: Clerk', '**Main flow**:' and a list."""
    name = _title(own[0])
    prose = [passage for passage in own if passage.table is None]
    parts = _gathered(_labelled(prose))
    numbered = any(_NUMBERED.search(heading) for heading in _section(own[0])[-1:])
    if Part.ACTOR not in parts or not (
        numbered or {Part.EXCEPTIONS, Part.MAIN, Part.PRECONDITION} & set(parts)
    ):
        return None
    if not name or len(name) > _LONGEST_NAME:
        return None
    ids = tuple(dict.fromkeys(each for passage in own for each in passage.ids))
    return UseCase(name, parts, tuple(own), ids)


def _labelled(prose: Iterable[Passage]) -> Iterator[tuple[Part, str]]:
    """The paragraphs of a section by their parts; what follows a label without a text belongs to it."""
    current = Part.BODY
    for passage in prose:
        text = passage.text
        match = _LABELLED.match(text)
        part = part_named(match["label"]) if match and not _COMMON.fullmatch(match["label"].strip()) else None
        if match and part:
            current = part if part in _FLOWS or not match["text"] else Part.BODY
            yield part, match["text"]
        else:
            current = _part_above(passage) or current
            yield from _unlabelled(text, current)


def _unlabelled(text: str, current: Part) -> Iterator[tuple[Part, str]]:
    who = _ACTOR_SENTENCE.match(text) or _MAY.match(text)
    if who:
        yield Part.ACTOR, who["who"]
    if _NO_EXCEPTIONS.search(text):
        yield Part.EXCEPTIONS, ""
    entry = _ENTRY.search(text)
    if current is Part.BODY and entry:
        yield Part.BODY, text[: entry.start()]
        yield Part.EXCEPTIONS, text[entry.start() :].lstrip("。;\n")
    else:
        yield current, text


def exceptions_of(case: UseCase) -> list[str]:
    """The entries of the exceptions, each without its number ('E1', '2a.')."""
    text = case[Part.EXCEPTIONS]
    starts = [match.start("label") for match in _ENTRY.finditer(text)]
    if starts:
        ends = [*starts[1:], len(text)]
        entries = [text[start:end] for start, end in zip(starts, ends, strict=True)]
    else:
        entries = text.split("\n")
    bare = (
        re.sub(r"^\s*(?:[-•*]\s*)?(?:[A-Z]{1,2}\d+|\d+[a-z]?\d*)?[.、):\s]*", "", entry) for entry in entries
    )
    return [entry.strip(" ;。\n") for entry in bare if entry.strip(" ;。\n")]
