"""The parts of a use case, told by the words in front of them: actors, precondition, flows, postcondition."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum

from casewright.design.extraction.text.words import normalise


class Part(StrEnum):
    NAME = "name"
    ID = "id"
    ACTOR = "actor"
    PRECONDITION = "precondition"
    INPUT = "input"
    MAIN = "main flow"
    EXCEPTIONS = "exceptions"
    POSTCONDITION = "postcondition"
    OUTPUT = "output"
    OTHER = "other"
    BODY = "body"
    """What a section says without a label."""


_LABELS: tuple[tuple[Part, str], ...] = (
    (Part.ID, r"用例(?:编号|标识|号|id)|use case (?:id|no\.?|number)"),
    (Part.NAME, r"用例(?:名称?)?|use case(?: name| title)?"),
    (
        Part.ACTOR,
        r"(?:主要?)?参与者|(?:参与|执行|操作)?角色|执行者|操作者|(?:primary )?actors?(?:\(s\))?|performed by",
    ),
    (Part.PRECONDITION, r"前置条件|前提条件?|pre-?conditions?(?:\(s\))?"),
    (Part.INPUT, r"输入(?:项|数据|字段)?|inputs?"),
    (
        Part.MAIN,
        r"(?:基本|正常|主要?|主成功)(?:事件)?(?:流程?|场景|路径)|(?:main|basic|normal)(?: success)? (?:flow|scenario|path|course)",
    ),
    (
        Part.EXCEPTIONS,
        r"(?:异常|扩展|备选|可选|分支|替代|错误)(?:事件)?(?:流程?|场景|路径|处理)|"
        r"(?:(?:alternat(?:iv)?e|exception(?:al)?|error) ?(?:/|and|or)? ?)+(?:flows?|paths?|scenarios?|courses?)|exceptions|extensions",
    ),
    (Part.POSTCONDITION, r"后置条件|后继条件|post-?conditions?(?:\(s\))?"),
    (Part.OUTPUT, r"返回(?:值|结果|信息)?|输出(?:项|数据)?|outputs?|returns"),
    (
        Part.OTHER,
        r"(?:用例)?(?:描述|说明|简述)|触发(?:条件|事件|器)?|优先级|频率|业务规则|备注|trigger|description|summary|priority|goal|notes?|frequency",
    ),
)
_COMPILED = tuple((part, re.compile(pattern, re.IGNORECASE)) for part, pattern in _LABELS)
_TELLING = {Part.ACTOR, Part.PRECONDITION, Part.MAIN, Part.EXCEPTIONS, Part.POSTCONDITION}
_FEWEST = 2


def part_named(label: str) -> Part | None:
    text = normalise(label).strip(" *:\ue000\ue001")
    return next((part for part, pattern in _COMPILED if pattern.fullmatch(text)), None)


def parts_of_rows(rows: Sequence[Sequence[str]]) -> Iterator[tuple[Part, str]]:
    """Every cell that names a part, with the text of the cell behind it."""
    for row in rows:
        cells = list(row)
        for label, text in zip(cells[::2], cells[1::2], strict=False):
            part = part_named(label)
            if part is not None and text != label:
                yield part, text


def is_use_case(rows: Sequence[Sequence[str]]) -> bool:
    """Does the first column name the parts of a use case? One row may be a title."""
    parts = [part_named(row[0]) for row in rows if row]
    return len(_TELLING.intersection(filter(None, parts))) >= _FEWEST and parts.count(None) <= 1
