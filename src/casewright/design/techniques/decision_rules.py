"""Decision table testing: every refusal and every way of being accepted, each part of a condition for itself,
each row of a table, each piece of a formula; and which refusal comes first where two apply."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, pairwise

from casewright.design.cases import Outcome, Technique, Words
from casewright.design.expressions import tree as nodes
from casewright.design.expressions.showing import show
from casewright.design.expressions.tree import Kind, Tree
from casewright.design.model.parts import CompiledReject
from casewright.design.scalars import shown
from casewright.design.techniques.comparisons import table_rows
from casewright.design.techniques.conditions import alternatives, conjuncts
from casewright.design.techniques.obligations import (
    Depth,
    Obligation,
    Rank,
    obligation_key,
    refusal_name,
    refusal_words,
    sources_of,
)
from casewright.design.techniques.pieces import pieces
from casewright.design.techniques.subject import OperationSubject
from casewright.design.techniques.wants import Want, fails, holds

TECHNIQUE = Technique.DECISION_TABLE


@dataclass(frozen=True)
class _Asked:
    """`element`, `position` and `expected` make the key."""

    element: str
    position: str
    expected: str
    words: Words
    want: Want
    rank: Rank
    sources: tuple[str, ...]
    shared: bool = False
    otherwise: Want | None = None

    def obligation(self, operation: OperationSubject) -> Obligation:
        return Obligation(
            key=obligation_key(TECHNIQUE, operation.name, self.element, self.position, self.expected),
            technique=TECHNIQUE,
            operation=operation,
            rank=self.rank,
            what=self.words,
            want=self.want,
            otherwise=self.otherwise,
            sources=sources_of(operation, self.sources),
            shared=self.shared,
        )


def items(operation: OperationSubject, depth: Depth) -> Iterator[Obligation]:
    asked = [_main(operation), *_refusals(operation)]
    if depth != "smoke":
        asked += [*_ways(operation), *_rows(operation)]
        for reject in operation.operation.rejects:
            if reject.input is None:
                asked += _parts(operation, reject)
        asked += _precedence(operation, depth)
    return (each.obligation(operation) for each in asked)


def _main(operation: OperationSubject) -> _Asked:
    words = Words(zh="正常办理", en="the main way")
    want = Want(operation, outcome=Outcome.ACCEPTED)
    return _Asked("main way", "", "accepted", words, want, Rank.MAIN, ())


def _refusals(operation: OperationSubject) -> Iterator[_Asked]:
    for reject in operation.operation.rejects:
        yield _Asked(
            element=refusal_name(operation, reject),
            position="holds",
            expected="rejected",
            words=refusal_words(operation, reject),
            want=Want(operation, decided=reject.path),
            rank=Rank.REFUSAL,
            sources=reject.source,
            shared=reject.input is not None,
        )


def _parts(operation: OperationSubject, reject: CompiledReject) -> Iterator[_Asked]:
    """Each reason for the refusal alone, and each part of a reason missing alone (masking MC/DC)."""
    known = operation.definitions
    name = refusal_name(operation, reject)
    reasons = alternatives(reject.condition.tree, known)
    for reason in reasons:
        others = [fails(operation, other) for other in reasons if other is not reason]
        text = show(reason, operation.operation.names)
        if len(reasons) > 1:
            words = Words(zh=f"仅因“{text}”", en=f"only because `{text}`")
            want = Want(operation, decided=reject.path, aims=(holds(operation, reason), *others))
            yield _Asked(name, f"only {text}", "rejected", words, want, Rank.REFUSAL, reject.source)
        parts = conjuncts(reason, known)
        for part in parts if len(parts) > 1 else ():
            rest = [holds(operation, other) for other in parts if other is not part]
            text = show(part, operation.operation.names)
            words = Words(
                zh=f"仅“{text}”不成立，不因此被拒", en=f"not refused, as only `{text}` doesn't hold"
            )
            aims = (holds(operation, part, truth=False), *rest, *others)
            yield _Asked(
                element=name,
                position=f"all but {text}",
                expected="passed",
                words=_all_but(operation, reject, text),
                want=Want(operation, outcome=Outcome.ACCEPTED, aims=aims),
                otherwise=Want(operation, after=reject.path, aims=aims),
                rank=Rank.WAY,
                sources=reject.source,
            )


def _all_but(operation: OperationSubject, reject: CompiledReject, text: str) -> Words:
    told = refusal_words(operation, reject)
    return Words(zh=f"离{told.zh}只差“{text}”", en=f"everything holds for {told.en} but `{text}`")


def _ways(operation: OperationSubject) -> Iterator[_Asked]:
    """Each piece of what is answered and changed, and each effect with a condition, taken and not taken."""
    compiled = operation.operation
    seen: set[str] = set()
    for effect in compiled.then:
        if effect.when is None:
            continue
        text = effect.when.text
        for truth, words in (
            (True, Words(zh=f"“{text}”时另有处理", en=f"with what happens when `{text}`")),
            (False, Words(zh=f"“{text}”不成立时", en=f"without what happens when `{text}`")),
        ):
            aims = (holds(operation, effect.when.tree, truth=truth),)
            want = Want(operation, outcome=Outcome.ACCEPTED, aims=aims)
            position = "taken" if truth else "not taken"
            yield _Asked(
                text, position, "accepted", words, want, Rank.WAY, effect.declaration.source, shared=True
            )
    roots = [formula.tree for formula in compiled.answer.values()]
    roots += [assignment.value.tree for effect in compiled.then for assignment in effect.assignments]
    walk = operation.walk()
    for root in roots:
        for piece in pieces(operation, walk, root):
            if piece.text not in seen:
                seen.add(piece.text)
                want = Want(operation, outcome=Outcome.ACCEPTED, aims=piece.aims)
                yield _Asked("value", piece.text, "accepted", piece.words, want, Rank.WAY, (), shared=True)


def _rows(operation: OperationSubject) -> Iterator[_Asked]:
    """Each row of a table that is looked up by what was sent."""
    seen: set[str] = set()
    for formula in operation.formulas:
        for row in table_rows(operation, formula.tree):
            told = ", ".join(f"{name} = {shown(value)}" for name, value in row.items())
            if told in seen:
                continue
            seen.add(told)
            aims = tuple(holds(operation, _is(name, shown(value))) for name, value in row.items())
            want = Want(operation, outcome=Outcome.ACCEPTED, aims=aims)
            words = Words(zh=f"表中一行：{told}", en=f"row of the table: {told}")
            yield _Asked("row", told, "accepted", words, want, Rank.WAY, (), shared=True)


def _is(name: str, text: str) -> Tree:
    return nodes.Compare(nodes.Order.EQUAL, nodes.Name(name, Kind.INPUT), nodes.Word(text))


# precedence


def _precedence(operation: OperationSubject, depth: Depth) -> Iterator[_Asked]:
    """Two refusals apply at once: the first in the order has to win. Standard, neighbours; thorough, all."""
    rejects = operation.operation.rejects
    general = [place for place, reject in enumerate(rejects) if _about_all_inputs(reject.condition.tree)]
    single = [place for place in range(len(rejects)) if place not in general]
    fields = [place for place in single if rejects[place].input is not None]
    if depth == "thorough":
        pairs = [*combinations(range(len(rejects)), 2)]
    else:
        pairs = [*pairwise(single)]
        pairs += [(fields[0], place) for place in single if fields and place not in fields]
        pairs += [(place, other) for place in general for other in range(len(rejects)) if other != place]
    for pair in dict.fromkeys((min(pair), max(pair)) for pair in pairs):
        first, second = (rejects[place] for place in pair)
        if _differ(first, second):
            yield _both(operation, first, second)


def _about_all_inputs(tree: Tree) -> bool:
    return isinstance(tree, nodes.SomeInput)


def _differ(first: CompiledReject, second: CompiledReject) -> bool:
    """Can the answer tell which of the two it was?"""
    return (first.say, first.show, first.then) != (second.say, second.show, second.then)


def _both(operation: OperationSubject, first: CompiledReject, second: CompiledReject) -> _Asked:
    winner, loser = refusal_words(operation, first), refusal_words(operation, second)
    words = Words(
        zh=f"{winner.zh}与{loser.zh}同时出现，先判前者",
        en=f"{winner.en} and {loser.en} at once: the former is told",
    )
    want = Want(operation, decided=first.path, aims=(holds(operation, second.condition.tree),))
    return _Asked(
        element=refusal_name(operation, first),
        position=f"before {refusal_name(operation, second)}",
        expected="rejected",
        words=words,
        want=want,
        rank=Rank.PRECEDENCE,
        sources=(*first.source, *second.source),
    )
