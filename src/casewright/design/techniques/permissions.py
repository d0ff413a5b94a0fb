"""Permissions: each role, and nobody, with each operation that looks at roles."""

from __future__ import annotations

from collections.abc import Iterator

from casewright.design.cases import Technique, Words
from casewright.design.techniques.obligations import Obligation, Rank, Where, obligation_key, sources_of
from casewright.design.techniques.subject import OperationSubject, Subject
from casewright.design.techniques.wants import Want

TECHNIQUE = Technique.PERMISSIONS


def items(subject: Subject) -> Iterator[Obligation]:
    for operation in subject.operations.values():
        if not operation.checks_roles:
            continue
        for role in (*subject.roles, None):
            yield _asks(operation, role, Where.POSSIBLE)
            yield _asks(operation, role, Where.START)


_WHERE = {
    Where.POSSIBLE: Words(zh="可办理时", en="when it is possible"),
    Where.START: Words(zh="初始状态下", en="at the start"),
}


def _asks(operation: OperationSubject, role: str | None, where: Where) -> Obligation:
    who = Words(zh=f"角色“{role}”", en=f"role {role}") if role else Words(zh="未带角色", en="without a role")
    told = tuple(
        source
        for reject in operation.operation.rejects
        if "actor" in operation.variables_of(reject.condition.tree)
        for source in reject.source
    )
    words = _WHERE[where]
    return Obligation(
        key=obligation_key(TECHNIQUE, operation.name, role or "nobody", words.en),
        technique=TECHNIQUE,
        operation=operation,
        rank=Rank.ROLE,
        what=Words(zh=f"{who.zh}，{words.zh}", en=f"{who.en}, {words.en}"),
        want=Want(operation),
        actors=(role,),
        where=where,
        sources=sources_of(operation, told),
    )
