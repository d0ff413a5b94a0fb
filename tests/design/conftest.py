"""Models for the tests of the oracle and of the design of cases: written ones, and random ones."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from casewright.design.cases import Scalar
from casewright.design.model.compiled import CompiledModel, compile_model
from casewright.design.model.schema import Model
from casewright.design.model.text import load
from casewright.design.oracle import Call

SAMPLES = Path(__file__).parent / "sample_models"


@pytest.fixture(scope="session")
def sample() -> Callable[[str], CompiledModel]:
    """A model of `sample_models` by its name, compiled."""
    return lambda name: compile_model(load((SAMPLES / f"{name}.yaml").read_text("utf-8"), f"{name}.yaml"))


@dataclass(frozen=True)
class HalfUnderstood:
    """A model with `unknown` in some places, and the same model with something concrete in each of them."""

    unknown: CompiledModel
    complete: CompiledModel


@pytest.fixture(scope="session")
def half_understood() -> st.SearchStrategy[HalfUnderstood]:
    return _half_understood()


@pytest.fixture(scope="session")
def requests() -> st.SearchStrategy[Call]:
    """To the operations of a half-understood model, also with data that makes no sense."""
    return st.builds(
        Call,
        operation=st.sampled_from(["order", "cancel", "look", "nothing that exists"]),
        actor=st.sampled_from([None, "guest", "clerk", "stranger"]),
        data=st.dictionaries(st.sampled_from(["amount", "kind", "note", "day", "other"]), _SENT, max_size=5),
    )


_SENT: st.SearchStrategy[Scalar] = st.one_of(
    st.sampled_from(
        [0, 1, 4, 5, 6, 10, 11, "a", "b", "A", "", None, True, "2025-03-10", "2025-02-30", "abc"]
    ),
    st.integers(-3, 20),
    st.decimals(allow_nan=True, allow_infinity=True),
    st.text(max_size=6),
)

_NUMBERS = ["0", "3", "5", "10", "amount", "total", "used[kind]", "total + amount", "amount * 3 / 7"]
_NUMBERS += ["total - 2", "min(amount, 5)", "round half up(amount / 3, 0.1)", "double"]
_CONDITIONS = ["amount > 5", "total >= 10", "kind = a", "state = open", "note missing", "amount invalid"]
_CONDITIONS += [
    "amount + total > 12 and kind = b",
    "not (amount < 3)",
    "some input invalid",
    "actor may not now",
]
_CONDITIONS += ["actor may never", "day > 2025-03-12", "used[kind] = 2", "length of note > 3"]
_STATES = ["new", "open", "shut"]


@st.composite
def _half_understood(draw: st.DrawFn) -> HalfUnderstood:
    """Wherever an expression stands, it may be a hole: `unknown` in one model, concrete in the other."""
    holes: list[tuple[str, str]] = []

    def expression(concrete: list[str]) -> str:
        text = draw(st.sampled_from(concrete))
        if draw(st.integers(0, 3)):
            return text
        holes.append((f"⟦{len(holes)}⟧", f"({text})"))
        return holes[-1][0]

    def number() -> str:
        return expression(_NUMBERS)

    def state() -> str:
        return draw(st.sampled_from(_STATES))

    def condition() -> str:
        parts = [expression(_CONDITIONS) for _ in range(draw(st.integers(1, 2)))]
        return draw(st.sampled_from([" and ", " or "])).join(parts)

    def effect() -> dict[str, Any]:
        choice = {
            "total": number(),
            "used[kind]": number(),
            "used[every]": number(),
            "state": f"{state()} if {condition()} else {state()}",
        }
        targets = draw(st.sets(st.sampled_from(sorted(choice)), min_size=1, max_size=2))
        changed = {target: choice[target] for target in sorted(targets)}
        return {"set": changed} | ({"when": condition()} if draw(st.booleans()) else {})

    def reject() -> dict[str, Any]:
        parts: dict[str, Any] = {"if": condition(), "then": [effect()] if draw(st.booleans()) else []}
        message = draw(st.sampled_from([None, "No.", "Not so."]))
        shown = {"fee": number()} if draw(st.booleans()) else {}
        return parts | ({"say": message} if message else {}) | {"show": shown}

    rejects: list[Any] = [reject() for _ in range(draw(st.integers(0, 3)))]
    if draw(st.booleans()):
        rejects.insert(draw(st.integers(0, len(rejects))), "each invalid input")
    order = {
        "inputs": {
            "amount": {
                "type": "integer",
                "min": expression(["0", "1"]),
                "max": expression(["10", "total + 5"]),
            },
            "kind": {"type": "choice", "of": ["a", "b"]},
            "note": {"type": "text", "length": "..5", "required": expression(["1 = 1", "kind = a"])},
            "day": {
                "type": "date",
                "asked if": expression(["1 = 1", "kind = b"]),
                "if left out": "2025-03-11",
            },
        },
        "let": {"fee": [f"{number()} if {condition()}", f"{number()} otherwise"]},
        "reject": rejects,
        "then": [effect() for _ in range(draw(st.integers(0, 3)))],
        "answer": {"fee": "fee", "total": "total", "used": "used[a]", "sum": number()},
    }
    model = {
        "feature": "half understood",
        "roles": ["guest", "clerk"],
        "states": {"are": _STATES, "starts": "new"},
        "state": {
            "total": {"type": "integer", "starts": "0"},
            "used": {"type": "integer", "starts": "0", "per": "kind"},
        },
        "choices": {"kind": {"of": ["a", "b"]}},
        "derived": {"double": "total * 2"},
        "may": {"order": {"guest": ["new", "open"], "clerk": ["any"]}, "cancel": {"clerk": ["open"]}},
        "operations": {
            "order": order,
            "cancel": {"then": [{"set": {"state": "shut"}}], "answer": {"total": "total"}},
            "look": {"answer": {"total": "total", "a": "used[a]", "b": "used[b]"}},
        },
    }
    unknown = _filled(model, {hole: "unknown" for hole, _ in holes})
    return HalfUnderstood(_compiled(unknown), _compiled(_filled(model, dict(holes))))


def _filled(part: Any, values: dict[str, str]) -> Any:
    if isinstance(part, dict):
        return {key: _filled(value, values) for key, value in part.items()}
    if isinstance(part, list):
        return [_filled(value, values) for value in part]
    if isinstance(part, str):
        for hole, value in values.items():
            part = part.replace(hole, value)
    return part


def _compiled(model: dict[str, Any]) -> CompiledModel:
    return compile_model(Model.model_validate(model))
