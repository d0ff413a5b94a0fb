"""State transition testing: every operation in every state, whether it is allowed there or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from casewright.design.cases import Outcome, Technique, Words
from casewright.design.techniques.obligations import Depth, Obligation, Rank, obligation_key, sources_of
from casewright.design.techniques.subject import OperationSubject, Subject
from casewright.design.techniques.wants import Want

TECHNIQUE = Technique.STATE_TRANSITION


def items(subject: Subject, reached: Sequence[str], depth: Depth) -> Iterator[Obligation]:
    """`reached`: the states to which a way was found; the others are asked for too, and told so."""
    states = subject.compiled.model.states
    if states is None:
        return
    for operation in subject.operations.values():
        for state in states.are:
            yield _event(operation, state)
            if depth == "thorough" and operation.checks_roles and state in reached:
                for role in subject.roles:
                    yield _by_role(_event(operation, state), role)


def _event(operation: OperationSubject, state: str) -> Obligation:
    return Obligation(
        key=obligation_key(TECHNIQUE, operation.name, state, "event"),
        technique=TECHNIQUE,
        operation=operation,
        rank=Rank.STATE,
        what=Words(zh=f"状态为“{state}”时", en=f"while {state}"),
        want=Want(operation, outcome=Outcome.ACCEPTED, state=state),
        otherwise=Want(operation, state=state),
        sources=sources_of(operation),
        shared=True,
    )


def _by_role(event: Obligation, role: str) -> Obligation:
    words = Words(zh=f"{event.what.zh}，角色“{role}”", en=f"{event.what.en}, role {role}")
    return replace(event, key=f"{event.key}, {role}", what=words, actors=(role,), shared=False)
