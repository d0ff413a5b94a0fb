"""The worked examples of the document as cases, where the model agrees with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from casewright.design.cases import Scalar
from casewright.design.expressions.literals import read_number
from casewright.design.kinds import as_number
from casewright.design.model.parts import CompiledInput
from casewright.design.model.schema import Example, ExampleStep, InputType
from casewright.design.oracle import Call
from casewright.design.techniques.exploring import Explorer, Reached
from casewright.design.techniques.subject import is_number, word
from casewright.design.techniques.wants import Trial

OUTCOME, STATE = "outcome", "state"
"""Words that `expect` may use beside the names of outputs."""


@dataclass(frozen=True, slots=True)
class ExampleRun:
    """`home` and `trial`: where the oracle's answer agrees with what the document says; `differs`: the
    answer is certain and another. Neither: the oracle doesn't know."""

    example: Example
    home: Reached | None
    trial: Trial | None
    differs: bool


def run_example(explorer: Explorer, example: Example) -> ExampleRun:
    """After what the example does first; without that, in the first world in which it agrees, the start
    before all others."""
    differs = False
    homes = [_after(explorer, example.after)] if example.after else explorer.worlds
    for call in _calls(explorer, example):
        for home in homes:
            trial = explorer.trials.run(home.world, call)
            agrees = _agrees(trial, example.expect)
            if agrees:
                return ExampleRun(example, home, trial, differs=False)
            differs = differs or (agrees is False and (home is homes[0]))
    return ExampleRun(example, None, None, differs)


def _after(explorer: Explorer, steps: Sequence[ExampleStep]) -> Reached:
    reached = explorer.start
    for step in steps:
        trial = explorer.trials.run(reached.world, next(iter(_calls(explorer, step))))
        reached = Reached(trial.after, (*reached.path, trial))
    return reached


def _calls(explorer: Explorer, example: Example | ExampleStep) -> Iterable[Call]:
    operation = explorer.subject.operations[example.do]
    data = {
        name: _sent(operation.operation.inputs[name], text)
        for name, text in example.inputs.items()
        if name in operation.operation.inputs and text != ""
    }
    actors = (example.actor,) if example.actor is not None else operation.actors
    return [Call(operation.name, actor, data) for actor in actors]


def _sent(declared: CompiledInput, text: str) -> Scalar:
    """The text of the document as data of the field."""
    if is_number(declared):
        try:
            return _number(text)
        except ValueError:
            return text
    if declared.declaration.type is InputType.BOOLEAN and text in {"yes", "no", "true", "false"}:
        return text in {"yes", "true"}
    return word(text) if declared.declaration.type is InputType.CHOICE else text


def _number(text: str) -> int | Decimal:
    plain = text.replace(",", "")
    number = read_number(plain)
    return int(number) if number.denominator == 1 and "." not in plain else Decimal(plain)


def _agrees(trial: Trial, expect: Mapping[str, str]) -> bool | None:
    """None where the oracle doesn't know something that the example tells."""
    known = True
    for name, text in expect.items():
        if name == OUTCOME:
            told: Scalar = trial.answer.outcome
        elif name == STATE and STATE not in trial.answer.outputs:
            told = trial.answer.state
        else:
            told = trial.answer.outputs.get(name)
        if told is None:
            known = False
        elif not _same(told, text):
            return False
    return True if known and trial.answer.outcome is not None else None


def _same(told: Scalar, text: str) -> bool:
    number = as_number(told)
    if number is None:
        spelt = ("yes", "true") if told is True else ("no", "false") if told is False else (str(told),)
        return text.strip() in spelt
    try:
        return number == read_number(text.replace(",", "").strip())
    except ValueError:
        return False
