"""YAML in which every scalar is a text, with the place of every part.

`22:00`, `no`, `0123` and dates stay as they are written. Only plain data is read: no anchors and aliases
(which can blow up), no tags, one document, limited size and depth, and no key twice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, cast

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from casewright.design.cases import Words
from casewright.design.model.text_errors import TextProblem

MAX_CHARACTERS: Final = 1_000_000
MAX_DEPTH: Final = 20
MAX_NODES: Final = 30_000


@dataclass(frozen=True, slots=True)
class Place:
    """From 1."""

    line: int
    column: int


@dataclass(slots=True)
class Node:
    """`value` is a text, a list or a mapping; None is what is left empty without quotes."""

    value: str | list[Node] | dict[str, Node] | None
    place: Place
    keys: dict[str, Place]
    """Where the keys of a mapping stand."""

    def plain(self) -> Any:
        """Without places, and without keys that have nothing behind them."""
        if isinstance(self.value, list):
            return [item.plain() for item in self.value]
        if isinstance(self.value, dict):
            return {key: node.plain() for key, node in self.value.items() if node.value is not None}
        return self.value or ""


class YamlProblem(Exception):
    def __init__(self, problem: TextProblem) -> None:
        super().__init__(problem.words.en)
        self.problem = problem


def read_yaml(text: str) -> Node:
    """Raises `YamlProblem`."""
    if len(text) > MAX_CHARACTERS:
        raise _problem(
            Place(1, 1),
            f"文件超过 {MAX_CHARACTERS} 个字符。",
            f"the file is over {MAX_CHARACTERS} characters long.",
        )
    try:
        return _Events(text).document()
    except YAMLError as error:
        raise _syntax(error, text) from None


def _problem(place: Place, zh: str, en: str) -> YamlProblem:
    return YamlProblem(TextProblem(place.line, place.column, Words(zh=zh, en=en)))


def _syntax(error: YAMLError, text: str) -> YamlProblem:
    if isinstance(error, MarkedYAMLError):
        marked = cast("Any", error)
        mark: Any = marked.problem_mark or marked.context_mark
        place = Place(1, 1) if mark is None else Place(mark.line + 1, mark.column + 1)
        said = str(marked.problem or marked.context or "")
        return _problem(
            place,
            f"YAML 写法有误（{said}）。含有 : # , [ ] {{ }} 等符号的内容请单独成行或加引号。",
            f"this is not YAML ({said}). What holds : # , [ ] {{ }} needs a line of its own or quotes.",
        )
    before = text[: int(getattr(error, "position", 0))]
    place = Place(before.count("\n") + 1, len(before) - before.rfind("\n"))
    return _problem(place, "这里有不允许的控制字符。", "there is a control character here.")


class _Events:
    """Builds nodes from the events of the parser, without recursion."""

    def __init__(self, text: str) -> None:
        yaml: Any = YAML(typ="safe", pure=True)
        self._events: Iterator[Any] = iter(yaml.parse(text))
        self._count = 0

    def document(self) -> Node:
        next(self._events)  # the stream begins
        if type(next(self._events)).__name__ == "StreamEndEvent":
            return Node({}, Place(1, 1), {})
        node = self._node(next(self._events), 1)
        next(self._events)  # the document ends
        after = next(self._events)
        if type(after).__name__ != "StreamEndEvent":
            raise _problem(_place(after), "只能有一个文档（---）。", "there must be one document only (---).")
        return node

    def _node(self, event: Any, depth: int) -> Node:
        self._count += 1
        if self._count > MAX_NODES:
            raise _problem(
                _place(event), f"内容超过 {MAX_NODES} 项。", f"there are more than {MAX_NODES} values."
            )
        if depth > MAX_DEPTH:
            raise _problem(
                _place(event), f"嵌套超过 {MAX_DEPTH} 层。", f"this is nested more than {MAX_DEPTH} deep."
            )
        if event.anchor is not None:
            raise _problem(
                _place(event),
                "不支持锚点和别名（& 和 *）。",
                "anchors and aliases (& and *) are not supported.",
            )
        if event.tag is not None:
            raise _problem(_place(event), "不支持标签（!）。", "tags (!) are not supported.")
        match type(event).__name__:
            case "ScalarEvent":
                empty = event.value == "" and event.style is None
                return Node(None if empty else str(event.value), _place(event), {})
            case "SequenceStartEvent":
                return self._sequence(event, depth)
            case _:
                return self._mapping(event, depth)

    def _sequence(self, start: Any, depth: int) -> Node:
        items: list[Node] = []
        for event in self._events:
            if type(event).__name__ == "SequenceEndEvent":
                break
            items.append(self._node(event, depth + 1))
        return Node(items, _place(start), {})

    def _mapping(self, start: Any, depth: int) -> Node:
        items: dict[str, Node] = {}
        keys: dict[str, Place] = {}
        for event in self._events:
            if type(event).__name__ == "MappingEndEvent":
                break
            key = self._node(event, depth + 1)
            if isinstance(key.value, list | dict):
                raise _problem(key.place, "键应是文本。", "a key has to be a text.")
            name = key.value or ""
            if name in keys:
                first = keys[name]
                raise _problem(
                    key.place,
                    f"键“{name}”重复，第 {first.line} 行已有。",
                    f"the key `{name}` stands there twice, first in line {first.line}.",
                )
            keys[name] = key.place
            items[name] = self._node(next(self._events), depth + 1)
        return Node(items, _place(start), keys)


def _place(event: Any) -> Place:
    return Place(event.start_mark.line + 1, event.start_mark.column + 1)
