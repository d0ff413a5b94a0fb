"""A model as the YAML that testers read and write."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from pydantic import ValidationError

from casewright.design.cases import Words
from casewright.design.model.schema import SCHEMA_VERSION, Model
from casewright.design.model.shape_errors import shape_problems
from casewright.design.model.text_errors import ModelTextErrors, TextProblem
from casewright.design.model.yaml_reading import Node, YamlProblem, read_yaml
from casewright.design.model.yaml_writing import write_yaml

VERSION_KEY: Final = "casewright model"
UPGRADERS: Final[dict[int, Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""Version → what makes the plain data of that version into those of the next."""

_COMMENT: Final = Words(
    zh="# 测试模型，可以直接修改。用 casewright design 加本文件名，即可由它生成测试用例。",
    en="# A test model, made to be edited. `casewright design FILE` makes test cases from it.",
)


def load(text: str, name: str) -> Model:
    """Raises `ModelTextErrors`; `name` is what it calls the text, such as the file's name.

    Expressions are not looked at here: see `compile_model`.
    """
    try:
        root = read_yaml(text)
    except YamlProblem as error:
        raise ModelTextErrors(name, [error.problem]) from None
    if not isinstance(root.value, dict):
        words = Words(zh="模型应是“键: 值”的列表。", en="a model is a mapping of keys to values.")
        raise ModelTextErrors(name, [TextProblem(root.place.line, root.place.column, words)])
    data = _upgraded(root.plain(), root, name)
    try:
        return Model.model_validate(data)
    except ValidationError as error:
        raise ModelTextErrors(name, shape_problems(error, root)) from None


def dump(model: Model) -> str:
    """`load(dump(model), …) == model`. What has its usual value is left out."""
    data = model.model_dump(mode="json", by_alias=True, exclude_defaults=True)
    head = {VERSION_KEY: str(model.version)}
    return f"{_COMMENT.text(model.language)}\n{write_yaml(head | data)}"


def _upgraded(data: dict[str, Any], root: Node, name: str) -> dict[str, Any]:
    """With the version as a number, that of today."""
    version = _version(data.get(VERSION_KEY, str(SCHEMA_VERSION)))
    if version is None or version > SCHEMA_VERSION:
        raise ModelTextErrors(name, [_unreadable_version(data, root)])
    while version < SCHEMA_VERSION:
        data = UPGRADERS[version](data)
        version += 1
    return data | {VERSION_KEY: version}


def _version(said: object) -> int | None:
    """None if it is no version that there ever was."""
    number = int(said) if isinstance(said, str) and said.isascii() and said.isdigit() and len(said) < 9 else 0
    return number if number == SCHEMA_VERSION or number in UPGRADERS or number > SCHEMA_VERSION else None


def _unreadable_version(data: dict[str, Any], root: Node) -> TextProblem:
    assert isinstance(root.value, dict)
    place, said = root.value[VERSION_KEY].place, data[VERSION_KEY]
    return TextProblem(
        place.line,
        place.column,
        Words(
            zh=f"无法读取版本 {said} 的模型，最高可读版本 {SCHEMA_VERSION}。请升级 casewright。",
            en=f"a model of version {said} can't be read, only up to {SCHEMA_VERSION}. Upgrade casewright.",
        ),
    )
