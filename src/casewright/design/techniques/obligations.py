"""A coverage item before it is realised: what it asks for, and how a reader is told."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import Literal

from casewright.design.cases import Priority, Scalar, Technique, Words
from casewright.design.expressions.tree import Compare
from casewright.design.model.parts import CompiledReject
from casewright.design.moment import Moment
from casewright.design.techniques.subject import Data, OperationSubject
from casewright.design.techniques.wants import Want

Depth = Literal["smoke", "standard", "thorough"]


class Rank(IntEnum):
    """The order in which a reader meets the cases of an operation."""

    MAIN = 0
    WAY = 1
    REFUSAL = 2
    BOUNDARY = 3
    VALID = 4
    INVALID = 5
    PRECEDENCE = 6
    ROLE = 7
    STATE = 8
    EFFECT = 9


PRIORITIES: Mapping[Rank, Priority] = {
    Rank.MAIN: Priority.HIGH,
    Rank.WAY: Priority.HIGH,
    Rank.REFUSAL: Priority.HIGH,
    Rank.BOUNDARY: Priority.MEDIUM,
}
"""LOW for the rest."""


class Where(Enum):
    """The world in which the call has to be made."""

    ANYWHERE = "anywhere"
    START = "at the start"
    POSSIBLE = "where the operation first succeeds"


@dataclass(frozen=True)
class Edge:
    """One side of a comparison where it turns, reached by moving one of `drivers` (inputs) step by step.

    With `reject` the sides are told by the decision: that refusal (`side` is true), or what comes after it.
    Without, the comparison decides about a value: it holds (`side` is true) or not, and both are accepted.
    """

    comparison: Compare
    drivers: tuple[str, ...]
    side: bool
    reject: CompiledReject | None = None


@dataclass(frozen=True)
class LastingEffect:
    """`readers`: the operations whose answers may show whether `variable` has been changed."""

    variable: str
    readers: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Obligation:
    """`want` is what the call has to meet with `pins` sent as they are (None: left out on purpose).

    `place` gives further pins from the moment of the operation's first call in the world that is tried; it
    gives None where there is no such value. `otherwise` counts where `want` can't be met.
    """

    key: str
    technique: Technique
    operation: OperationSubject
    rank: Rank
    what: Words
    """What the case is about."""
    want: Want
    about: str = ""
    """The input whose value stands in the title: 'amount = 0.01 (lower bound)', where `what` is the bound."""
    pins: Data = field(default_factory=dict[str, Scalar])
    place: Callable[[Moment], Data | None] | None = None
    otherwise: Want | None = None
    edge: Edge | None = None
    effect: LastingEffect | None = None
    actors: tuple[str | None, ...] | None = None
    """None: those that may be expected to succeed."""
    where: Where = Where.ANYWHERE
    sources: tuple[str, ...] = ()
    shared: bool = False
    """A case that was made for something else will do."""

    @property
    def priority(self) -> Priority:
        return PRIORITIES.get(self.rank, Priority.LOW)

    @property
    def description(self) -> Words:
        name, about = self.operation.name, self.about
        zh, en = (f"{about}，", f"{about}, ") if about else ("", "")
        return Words(zh=f"{name}：{zh}{self.what.zh}", en=f"{name}: {en}{self.what.en}")


def obligation_key(technique: Technique, operation: str, *parts: str) -> str:
    """'technique|operation|element|position|expected class'."""
    return "|".join([technique.value, operation, *(" ".join(part.split()) for part in parts)])


def sources_of(operation: OperationSubject, *elements: tuple[str, ...]) -> tuple[str, ...]:
    """The requirement items of the elements; those of the operation if they name none."""
    named = dict.fromkeys(item for element in elements for item in element)
    return tuple(named) or operation.operation.declaration.source


def refusal_name(operation: OperationSubject, reject: CompiledReject) -> str:
    """What a refusal is known by: its message if no other has it, else what it shows, else its condition."""
    if reject.input is not None:
        return reject.input
    same = [other for other in operation.operation.rejects if other.say == reject.say]
    if reject.say is not None and len(same) == 1:
        return reject.say
    shown = ", ".join(f"{name} = {formula.text}" for name, formula in reject.show.items())
    alike = [other for other in operation.operation.rejects if other.show == reject.show]
    return shown if shown and len(alike) == 1 else reject.condition.text


def refusal_words(operation: OperationSubject, reject: CompiledReject) -> Words:
    """The refusal in a title."""
    if reject.input is not None:
        return Words(zh=f"{reject.input}填写有误", en=f"{reject.input} is not valid")
    name = refusal_name(operation, reject)
    if name == reject.condition.text:
        return Words(zh=f"规则“{name}”", en=f"rule `{name}`")
    return Words(zh=f"“{name}”", en=f'"{name}"')
