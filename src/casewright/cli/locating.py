"""Where in the text of a model the faults are that were found when it was compiled."""

from __future__ import annotations

import re
from pathlib import Path

from casewright.cli.languages import Language
from casewright.design.model.errors import ModelErrors
from casewright.design.model.yaml_reading import Node, Place, read_yaml

_INDEX = re.compile(r"\[(\d+)\]")


def located(errors: ModelErrors, text: str, file: Path, language: Language) -> str:
    """A line for each fault, such as 'model.yaml:12:9: operations.transfer.reject[3].if, column 5: …'.

    `text` is what the model was loaded from.
    """
    root = read_yaml(text)
    places = [place_of(error.path, root) for error in errors.errors]
    return "\n".join(
        f"{file}:{place.line}:{place.column}: {error.message(language)}"
        for place, error in zip(places, errors.errors, strict=True)
    )


def place_of(path: str, root: Node) -> Place:
    """That of the element that `path` leads to, or of the innermost one around it that is in the text."""
    node, place = root, root.place
    while path:
        if isinstance(node.value, dict):
            key = _first_key(path, node.value)
            if key is None:
                break
            node, place, path = node.value[key], node.keys[key], path[len(key) :].removeprefix(".")
            if not isinstance(node.value, dict | list):
                place = node.place
        elif isinstance(node.value, list) and (index := _INDEX.match(path)):
            if int(index[1]) >= len(node.value):
                break
            node, path = node.value[int(index[1])], path[index.end() :].removeprefix(".")
            place = node.place
        else:
            break
    return place


def _first_key(path: str, keys: dict[str, Node]) -> str | None:
    """Names may hold dots and brackets themselves: the longest key that fits counts."""
    fitting = [key for key in keys if path == key or path.startswith((f"{key}.", f"{key}["))]
    return max(fitting, key=len, default=None)
