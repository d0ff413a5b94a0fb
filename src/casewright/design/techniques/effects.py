"""State transition testing of what lasts: every change of a variable is seen in what a later call answers.

A change that is forgotten (a counter not reset, an amount not given back) shows in no answer of the call that
makes it. So a later call is looked for that would answer otherwise if the variable had kept its value.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from casewright.design.cases import Technique, Words
from casewright.design.techniques.obligations import (
    Depth,
    LastingEffect,
    Obligation,
    Rank,
    obligation_key,
    sources_of,
)
from casewright.design.techniques.subject import OperationSubject, Subject
from casewright.design.techniques.wants import Want

TECHNIQUE = Technique.STATE_TRANSITION


def items(subject: Subject, depth: Depth) -> Iterator[Obligation]:
    """For each operation each variable that it sets; thorough, also by each operation that reads it."""
    for operation in subject.operations.values():
        for variable in subject.compiled.variables:
            if variable not in operation.written:
                continue
            readers = [later.name for later in subject.operations.values() if variable in later.read]
            if readers:
                yield _seen(operation, variable, readers, "later")
            for reader in readers if depth == "thorough" and len(readers) > 1 else ():
                yield _seen(operation, variable, [reader], f"by {reader}")


def _seen(operation: OperationSubject, variable: str, readers: Sequence[str], position: str) -> Obligation:
    sources = tuple(
        source
        for effect in operation.effects
        for assignment in effect.assignments
        if assignment.target.name == variable
        for source in effect.declaration.source
    )
    told = Words(zh="之后的答复", en="a later answer")
    if len(readers) == 1:
        told = Words(zh=f"之后的“{readers[0]}”", en=f"a later {readers[0]}")
    return Obligation(
        key=obligation_key(TECHNIQUE, operation.name, variable, f"seen {position}", "changed"),
        technique=TECHNIQUE,
        operation=operation,
        rank=Rank.EFFECT,
        what=Words(
            zh=f"对“{variable}”的改变体现在{told.zh}中", en=f"its change of {variable} shows in {told.en}"
        ),
        want=Want(operation),
        effect=LastingEffect(variable, tuple(readers)),
        sources=sources_of(operation, sources),
    )
