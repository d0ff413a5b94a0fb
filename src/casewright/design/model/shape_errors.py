"""Says in the words of a tester where a model's text does not have the shape of a model."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, Final, cast

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from casewright.design.cases import Words
from casewright.design.expressions.errors import nearest
from casewright.design.model.schema import Model
from casewright.design.model.text_errors import TextProblem
from casewright.design.model.yaml_reading import Node, Place

Way = tuple[int | str, ...]
"""The keys and indices from the whole model down to a part."""

_KINDS: Final[dict[str, Words]] = {
    "model_type": Words(zh="这里应是“键: 值”的列表。", en="this has to be a mapping of keys to values."),
    "dict_type": Words(zh="这里应是“键: 值”的列表。", en="this has to be a mapping of keys to values."),
    "tuple_type": Words(zh="这里应是列表，例如 [a, b]。", en="this has to be a list, such as [a, b]."),
    "string_type": Words(zh="这里应是一个文本。", en="this has to be a text."),
    "int_parsing": Words(zh="这里应是整数。", en="this has to be a whole number."),
    "bool_parsing": Words(zh="这里应是 yes 或 no。", en="this has to be yes or no."),
    "decimal_parsing": Words(zh="这里应是数字。", en="this has to be a number."),
    "value_error": Words(
        zh="长度应写成 2..60、..20、5.. 或 8。", en="a length is written as 2..60, ..20, 5.. or 8."
    ),
}


def shape_problems(error: ValidationError, root: Node) -> list[TextProblem]:
    """What pydantic found, without what follows from something else."""
    found: dict[tuple[Place, str], Words] = {}
    for details in error.errors(include_url=False):
        way, node = _follow(details["loc"], root)
        if not _is_noise(details, node, way):
            place, words = _explain(details, way, node, root)
            key = str(details["loc"][-1]) if details["type"] in ("missing", "extra_forbidden") else ""
            found.setdefault((place, key), words)
    return [TextProblem(place.line, place.column, words) for (place, _), words in found.items()]


def _follow(location: Way, root: Node) -> tuple[Way, Node]:
    """As much of a location as is in the text, without pydantic's names for the members of a union."""
    node, way = root, list[int | str]()
    for step in location:
        following = _child(node, step)
        if following is not None:
            node = following
            way.append(step)
    return tuple(way), node


def _child(node: Node, step: int | str) -> Node | None:
    if isinstance(node.value, dict):
        return node.value.get(str(step))
    if isinstance(node.value, list) and isinstance(step, int) and step < len(node.value):
        return node.value[step]
    return None


def _is_noise(details: ErrorDetails, node: Node, way: Way) -> bool:
    """Where several forms are allowed, pydantic tells what is wrong for each: also for those that the
    author can't have meant."""
    if details["loc"][-1:] == way[-1:]:
        return False
    if details["type"] == "missing":
        return _is_misspelt(str(details["loc"][-1]), way, node)
    meant = isinstance(node.value, str)
    match details["type"]:
        case "literal_error":
            return not meant
        case "model_type":
            return meant
        case "string_type":
            return isinstance(node.value, list)
        case _:
            return False


def _is_misspelt(key: str, way: Way, node: Node) -> bool:
    """Whether another key of the mapping is taken for this one."""
    known = _keys_at(way)
    return any(nearest(other, known) == key for other in node.keys if other not in known)


def _explain(details: ErrorDetails, way: Way, node: Node, root: Node) -> tuple[Place, Words]:
    key = str(details["loc"][-1])
    match details["type"]:
        case "missing" if details["loc"][-1:] == way[-1:]:
            words = Words(zh=f"“{key}”后面没有内容。", en=f"there is nothing behind `{key}`.")
            return _place_of_key(way, root), words
        case "missing":
            return node.place, Words(zh=f"缺少“{key}”。", en=f"`{key}` is missing.")
        case "extra_forbidden":
            return _place_of_key(way, root), _unknown_key(key, _keys_at(way[:-1]))
        case "literal_error" | "enum":
            return node.place, _none_of(
                str(details["input"]), str(details.get("ctx", {}).get("expected", ""))
            )
        case other:
            said = details["msg"]
            return node.place, _KINDS.get(other, Words(zh=f"这里的值不合适（{said}）。", en=f"{said}."))


def _place_of_key(way: Way, root: Node) -> Place:
    _, parent = _follow(way[:-1], root)
    return parent.keys[str(way[-1])]


def _unknown_key(key: str, known: Iterable[str]) -> Words:
    suggestion = nearest(key, known)
    zh, en = f"没有“{key}”这个键。", f"there is no key `{key}` here."
    if suggestion is None:
        return Words(
            zh=f"{zh}可用的键：{'、'.join(sorted(known))}。",
            en=f"{en} Known keys: {', '.join(sorted(known))}.",
        )
    return Words(zh=f"{zh}您是不是想写“{suggestion}”？", en=f"{en} Did you mean `{suggestion}`?")


def _none_of(said: str, expected: str) -> Words:
    allowed = _QUOTED.findall(expected)
    suggestion = nearest(said, allowed)
    zh = f"“{said}”不是可用的值（{'、'.join(allowed)}）。"
    en = f"`{said}` is none of the values ({', '.join(allowed)})."
    if suggestion is not None:
        zh, en = f"{zh}您是不是想写“{suggestion}”？", f"{en} Did you mean `{suggestion}`?"
    return Words(zh=zh, en=en)


_QUOTED: Final = re.compile(r"'([^']*)'")


# which keys are known where


@cache
def _schema() -> Mapping[str, Any]:
    return Model.model_json_schema(by_alias=True)


def _keys_at(way: Way) -> tuple[str, ...]:
    """The keys that a mapping at this place may have."""
    forms = _forms(_schema())
    for step in way:
        forms = [inner for form in forms for found in _inside(form, step) for inner in _forms(found)]
    return tuple(dict.fromkeys(key for form in forms for key in form.get("properties", {})))


def _forms(schema: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """The schema itself, or every alternative of it, without references."""
    if "$ref" in schema:
        return _forms(_schema()["$defs"][str(schema["$ref"]).rpartition("/")[2]])
    if "anyOf" in schema:
        return [form for option in schema["anyOf"] for form in _forms(option)]
    return [schema]


def _inside(schema: Mapping[str, Any], step: int | str) -> list[Mapping[str, Any]]:
    if isinstance(step, int):
        found = schema.get("items")
    else:
        found = schema.get("properties", {}).get(step, schema.get("additionalProperties"))
    return [cast("Mapping[str, Any]", found)] if isinstance(found, dict) else []
