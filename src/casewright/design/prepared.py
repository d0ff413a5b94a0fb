"""What all requests to a model share: how every name is read, and every input judged."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from casewright.design.expressions.evaluation import Evaluate
from casewright.design.expressions.names import CLOCK_NAMES
from casewright.design.expressions.values import MISSING, UNKNOWN, Held, Value
from casewright.design.inputs import Field
from casewright.design.model.compiled import CompiledModel
from casewright.design.model.constants import values_of
from casewright.design.model.parts import CompiledOperation, Formula
from casewright.design.model.step_schema import Step
from casewright.design.support import definitions_of

if TYPE_CHECKING:
    from casewright.design.moment import Moment

Reader = Callable[["Moment"], Held]


@dataclass(frozen=True, slots=True)
class Reading:
    """How the names are read where an expression stands. `state_of`: whose state `state` is, None: that of
    the model."""

    readers: Mapping[str, Reader]
    state_of: Evaluate | None


class Prepared:
    """`like`: of a model that differs in little; what is the same there isn't made again."""

    def __init__(self, compiled: CompiledModel, like: Prepared | None = None) -> None:
        self.compiled = compiled
        self.like = like if like is not None and _share(compiled, like.compiled) else None
        self.figures = self.like.figures if self.like else values_of(compiled.figures)
        of_model = Reading(
            dict(self._readers_of_model()), compiled.state_of.evaluate if compiled.state_of else None
        )
        self.of_model = of_model
        self.effects = {
            name: _with_created(of_model, effect.declaration.then)
            for name, effect in compiled.effects.items()
        }
        self.due = [_with_created(of_model, rule.declaration.then) for rule in compiled.due]
        self.fields: dict[str, Mapping[str, Field]] = {}
        self.operations: dict[str, Reading] = {}
        for name, operation in compiled.operations.items():
            self._add(name, operation)

    def _add(self, name: str, operation: CompiledOperation) -> None:
        like = self.like
        self.operations[name] = _reading(self.of_model, operation)
        if like is not None and like.compiled.operations.get(name) is operation:
            self.fields[name] = like.fields[name]
            return
        known = definitions_of(self.compiled, operation)
        self.fields[name] = {
            each: Field(it, self.compiled.model, known) for each, it in operation.inputs.items()
        }

    def _readers_of_model(self) -> Iterator[tuple[str, Reader]]:
        yield "actor", lambda moment: moment.actor
        yield "state", lambda moment: moment.state()
        if self.compiled.clock is not None:
            for name in CLOCK_NAMES:
                yield name, lambda moment: moment.clock()
        for name, formula in self.compiled.derived.items():
            yield name, _derived(name, formula)
        for name, variable in self.compiled.variables.items():
            if variable.keys is None:
                yield name, _variable(name)
        for name, value in self.figures.items():
            yield name, _constant(value)


def _share(compiled: CompiledModel, other: CompiledModel) -> bool:
    """Whether inputs are judged in the same way, as long as their operation is the same."""
    return (
        compiled.figures is other.figures
        and compiled.tables is other.tables
        and compiled.derived is other.derived
        and compiled.records is other.records
        and compiled.model.text_numbers == other.model.text_numbers
        and compiled.model.whole_decimals == other.model.whole_decimals
    )


def _reading(of_model: Reading, operation: CompiledOperation) -> Reading:
    readers = dict(of_model.readers)
    for name, let in operation.lets.items():
        readers[name] = _let(name, let)
    for name in operation.inputs:
        readers[name] = _input(name)
    state_of = operation.state_of.evaluate if operation.state_of is not None else of_model.state_of
    refused = (reject.declaration.then for reject in operation.rejects if reject.declaration is not None)
    steps = [*operation.declaration.then, *(step for then in refused for step in then)]
    return _with_created(Reading(readers, state_of), steps)


def _with_created(reading: Reading, steps: Sequence[Step]) -> Reading:
    names = list(_created(steps))
    return (
        Reading({**reading.readers, **dict.fromkeys(names, _missing)}, reading.state_of) if names else reading
    )


def _created(steps: Sequence[Step]) -> Iterator[str]:
    for step in steps:
        if step.create is not None and step.name is not None:
            yield step.name
        yield from _created(step.then)


def _missing(_moment: Moment) -> Held:
    """A record that was not created."""
    return MISSING


def _constant(value: Value) -> Reader:
    return lambda _moment: value


def _variable(name: str) -> Reader:
    def read(moment: Moment) -> Held:
        return moment.world.variables.get(name, UNKNOWN)

    return read


def _derived(name: str, formula: Formula) -> Reader:
    return lambda moment: moment.derive(name, formula)


def _let(name: str, let: Any) -> Reader:
    return lambda moment: moment.let(name, let)


def _input(name: str) -> Reader:
    return lambda moment: moment.input(name)
