"""Whatever was read has to run: an element that does not compile becomes `unknown`, or goes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable

from casewright.design.extraction.text.words import UNKNOWN
from casewright.design.model.compiled import compile_model
from casewright.design.model.errors import ModelErrors
from casewright.design.model.schema import Input, InputType, Model, Operation, Reject

_ROUNDS = 12
_PART = re.compile(r"^(?P<part>reject|then|inputs|answer|let)(?:\[(?P<index>\d+)\]|\.(?P<name>.+))?")


def runnable(model: Model) -> Model:
    """The same model with less in it, until it compiles; at the worst without operations."""
    seen: Counter[str] = Counter()
    for _ in range(_ROUNDS):
        try:
            compile_model(model)
        except ModelErrors as errors:
            for error in errors.errors:
                seen[error.path] += 1
                model = _weaker(model, error.path, seen[error.path])
        else:
            return model
    return model.model_copy(update={"operations": {}, "may": {}, "examples": ()})


def _weaker(model: Model, path: str, times: int) -> Model:
    owner = next(
        (
            name
            for name in sorted(model.operations, key=len, reverse=True)
            if _is_in(path, f"operations.{name}")
        ),
        None,
    )
    if owner is not None:
        rest = path.removeprefix(f"operations.{owner}").lstrip(".")
        weaker = _weaker_operation(model.operations[owner], rest, times)
        if weaker is None:
            kept = {name: each for name, each in model.operations.items() if name != owner}
            may = {name: each for name, each in model.may.items() if name != owner}
            return model.model_copy(update={"operations": kept, "may": may})
        return model.model_copy(update={"operations": {**model.operations, owner: weaker}})
    without: dict[str, object] = {"examples": ()}
    unruled = {name for name in model.may if path.startswith("states") or _is_in(path, f"may.{name}")}
    for part in ("tables", "may", "figures", "terms", "derived", "state", "choices"):
        if path.startswith(f"{part}."):
            own: dict[str, object] = getattr(model, part)
            without[part] = {name: each for name, each in own.items() if not _is_in(path, f"{part}.{name}")}
    if path.startswith("states"):
        without |= {"states": None, "may": {}}
    without["operations"] = {
        name: _perhaps_refused(each) if name in unruled else each for name, each in model.operations.items()
    }
    return model.model_copy(update=without)


def _is_in(path: str, owner: str) -> bool:
    return re.match(rf"{re.escape(owner)}(?:[.\[]|$)", path) is not None


def _perhaps_refused(operation: Operation) -> Operation:
    """Who may do it is no longer told: that is not the same as that everybody may."""
    refused = Reject(condition=UNKNOWN, source=operation.source)
    return operation.model_copy(update={"reject": (refused, *operation.reject)})


def _weaker_operation(operation: Operation, rest: str, times: int) -> Operation | None:
    """None: nothing in it can be kept."""
    match = _PART.match(rest)
    if match is None or times > 3:
        return None
    return _WEAKENING[match["part"]](operation, match, times)


def _reject(operation: Operation, match: re.Match[str], _: int) -> Operation | None:
    if match["index"] is None:
        return None
    rejects = list(operation.reject)
    old = rejects[int(match["index"])]
    say, source = (old.say, old.source) if isinstance(old, Reject) else (None, operation.source)
    rejects[int(match["index"])] = Reject(condition=UNKNOWN, say=say, source=source)
    return operation.model_copy(update={"reject": tuple(rejects)})


def _then(operation: Operation, match: re.Match[str], times: int) -> Operation | None:
    if match["index"] is None or times > 1:
        return None
    effects = list(operation.then)
    at = int(match["index"])
    effects[at] = effects[at].model_copy(
        update={"when": None, "set": dict.fromkeys(effects[at].set, UNKNOWN)}
    )
    return operation.model_copy(update={"then": tuple(effects)})


def _input(operation: Operation, match: re.Match[str], times: int) -> Operation | None:
    owner = next((name for name in operation.inputs if _is_in(match["name"] or "", name)), None)
    if owner is None or times > 1:
        return None
    inputs = {name: _bare(each) if name == owner else each for name, each in operation.inputs.items()}
    return operation.model_copy(update={"inputs": inputs})


def _bare(one: Input) -> Input:
    return Input(
        type=InputType.TEXT,
        required=UNKNOWN,
        unread=one.unread or "?",
        wrong_kind="unknown",
        says=one.says,
        source=one.source,
    )


def _answer(operation: Operation, match: re.Match[str], _: int) -> Operation | None:
    answers = {
        name: UNKNOWN if _is_in(match["name"] or "", name) else each
        for name, each in operation.answer.items()
    }
    return operation.model_copy(update={"answer": answers})


def _let(operation: Operation, _: re.Match[str], __: int) -> Operation | None:
    return operation.model_copy(update={"let": {}})


_WEAKENING: dict[str, Callable[[Operation, re.Match[str], int], Operation | None]] = {
    "reject": _reject,
    "then": _then,
    "inputs": _input,
    "answer": _answer,
    "let": _let,
}
