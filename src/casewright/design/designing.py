"""The design of a suite: coverage items by technique, realised, merged, ordered and put in words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from casewright.design.cases import (
    Coverage,
    CoverageItem,
    Expected,
    Language,
    Priority,
    Status,
    Step,
    Technique,
    TestCase,
    Words,
)
from casewright.design.model.compiled import CompiledModel
from casewright.design.oracle import Call, Oracle
from casewright.design.realising import Draft, Realised, Realiser, Unrealised, merge
from casewright.design.techniques import (
    boundary_values,
    decision_rules,
    effects,
    equivalence_partitioning,
    permissions,
    states,
)
from casewright.design.techniques.examples import run_example
from casewright.design.techniques.exploring import Explorer
from casewright.design.techniques.obligations import Depth, Obligation, obligation_key
from casewright.design.techniques.scenarios import main_flow
from casewright.design.techniques.subject import OperationSubject, Subject
from casewright.design.techniques.wants import Trial
from casewright.design.wording import action, expectation, preconditions, title, without_role


@dataclass(frozen=True, slots=True)
class Designed:
    """In a reader's order."""

    coverage_items: tuple[CoverageItem, ...]
    cases: tuple[TestCase, ...]


def design(compiled: CompiledModel, language: Language, depth: Depth) -> Designed:
    """Deterministic: the same model gives the same cases."""
    subject = Subject(compiled)
    explorer = Explorer(subject, Oracle(compiled))
    writer = _Writer(explorer, language)
    realiser = Realiser(explorer)
    results = _realise_all(realiser, _local_items(explorer, depth))
    if depth != "smoke":
        explorer.spread()
        results |= _again(realiser, results)
        results |= _realise_all(realiser, _wide_items(explorer, depth))
        explorer.spread()
        results |= _again(realiser, results)
    drafts = merge(
        [Draft(result, [each]) for each, result in results.items() if isinstance(result, Realised)]
    )
    order = {name: index for index, name in enumerate(compiled.operations)}
    drafts.sort(key=lambda draft: _place(draft, order))
    items = [_coverage_item(each, result) for each, result in results.items()]
    flow_items, flow_cases = _flows(explorer, writer)
    cases = [*flow_cases, *(writer.case(draft) for draft in drafts)]
    return Designed((*flow_items, *items), tuple(_numbered(cases)))


Results = dict[Obligation, Realised | Unrealised]


def _local_items(explorer: Explorer, depth: Depth) -> Iterable[Obligation]:
    """What is about one call: its rules, its fields and their bounds."""
    for operation in explorer.subject.operations.values():
        yield from decision_rules.items(operation, depth)
        if depth != "smoke":
            yield from boundary_values.items(operation, depth)
            witnesses = explorer.searches[operation.name].witnesses
            yield from equivalence_partitioning.items(operation, witnesses)


def _wide_items(explorer: Explorer, depth: Depth) -> Iterable[Obligation]:
    """What is about all operations together: who may do what, and when."""
    yield from permissions.items(explorer.subject)
    yield from states.items(explorer.subject, explorer.states(), depth)
    yield from effects.items(explorer.subject, depth)


def _realise_all(realiser: Realiser, obligations: Iterable[Obligation]) -> Results:
    """Each item once, whatever asks for it."""
    distinct = {obligation.key: obligation for obligation in reversed(list(obligations))}
    return {obligation: realiser.realise(obligation) for obligation in reversed(list(distinct.values()))}


def _again(realiser: Realiser, results: Results) -> Results:
    """What wasn't found is tried once more, now that more worlds are known."""
    return {
        obligation: realiser.realise(obligation)
        for obligation, result in results.items()
        if isinstance(result, Unrealised) and result.coverage is Coverage.INFEASIBLE
    }


def _place(draft: Draft, order: dict[str, int]) -> tuple[int, int]:
    first = draft.obligations[0]
    return order[first.operation.name], first.rank


def _coverage_item(obligation: Obligation, result: Realised | Unrealised) -> CoverageItem:
    unrealised = result if isinstance(result, Unrealised) else None
    return CoverageItem(
        key=obligation.key,
        technique=obligation.technique,
        description=obligation.description,
        items=obligation.sources,
        coverage=unrealised.coverage if unrealised else Coverage.COVERED,
        reason=unrealised.reason if unrealised else None,
    )


def _numbered(cases: Sequence[TestCase]) -> Iterable[TestCase]:
    width = max(3, len(str(len(cases))))
    return (
        case.model_copy(update={"id": f"TC-{number:0{width}}"}) for number, case in enumerate(cases, start=1)
    )


# main flow and worked examples


def _flows(explorer: Explorer, writer: _Writer) -> tuple[list[CoverageItem], list[TestCase]]:
    """Cases that run through several operations, and those that the document itself works out."""
    items: list[CoverageItem] = []
    cases: list[TestCase] = []
    flow = main_flow(explorer)
    if flow:
        words = Words(zh="主流程：依次办理各项操作", en="Main flow: one operation after the other")
        key = f"{Technique.SCENARIO.value}|main flow"
        items.append(_scenario_item(key, words, writer.sources_of(flow), None))
        cases.append(writer.flow(key, words, flow))
    for index, example in enumerate(explorer.subject.compiled.examples, start=1):
        run = run_example(explorer, example)
        words = Words(zh=f"{example.do}：文档示例 {index}", en=f"{example.do}: worked example {index}")
        key = obligation_key(Technique.SCENARIO, example.do, f"example {index}", "as in the document")
        why = _DIFFERS if run.differs else _NOT_KNOWN
        realised = run.home is not None and run.trial is not None
        sources = example.source or explorer.subject.operations[example.do].operation.declaration.source
        items.append(_scenario_item(key, words, sources, None if realised else why))
        if run.home is not None and run.trial is not None:
            cases.append(writer.flow(key, words, (*run.home.path, run.trial), sources))
    return items, cases


_DIFFERS = Words(
    zh="按文档规则算出的结果与该示例不一致，需要向作者确认。",
    en="The rules of the document give another result than this example; the author has to say.",
)
_NOT_KNOWN = Words(
    zh="该示例的结果无法由已读懂的规则确定。",
    en="The rules that were understood do not determine this example.",
)


def _scenario_item(key: str, words: Words, sources: tuple[str, ...], undecided: Words | None) -> CoverageItem:
    return CoverageItem(
        key=key,
        technique=Technique.SCENARIO,
        description=words,
        items=sources,
        coverage=Coverage.UNDECIDED if undecided else Coverage.COVERED,
        reason=undecided,
    )


class _Writer:
    """Puts what was realised into words."""

    def __init__(self, explorer: Explorer, language: Language) -> None:
        self._explorer = explorer
        self._subject = explorer.subject
        self._language: Language = language
        self._before = preconditions(explorer.start.world, self._subject.compiled.model, language)

    def case(self, draft: Draft) -> TestCase:
        draft.obligations.sort(key=lambda obligation: obligation.rank)
        first, realised = draft.obligations[0], draft.realised
        empty = tuple(
            dict.fromkeys(
                name
                for obligation in draft.obligations
                for name, value in obligation.pins.items()
                if value is None
            )
        )
        steps = [self._step(trial, brief=True) for trial in realised.path]
        steps.append(self._step(realised.trial, left_empty=empty))
        if realised.observed is not None:
            steps.append(self._step(realised.observed))
        expected = steps[len(realised.path)].expected
        return TestCase(
            id="",
            key=first.key,
            title=title(first, realised.trial, expected, self._language),
            module=first.operation.name,
            requirement_ids=self._requirements(draft),
            technique=first.technique,
            coverage_items=tuple(obligation.key for obligation in draft.obligations),
            preconditions=self._before,
            steps=tuple(steps),
            priority=first.priority,
            status=Status.ASSERTED,
        )

    def flow(
        self, key: str, words: Words, trials: Sequence[Trial], sources: tuple[str, ...] = ()
    ) -> TestCase:
        return TestCase(
            id="",
            key=key,
            title=words.text(self._language),
            module=trials[-1].call.operation,
            requirement_ids=sources or self.sources_of(trials),
            technique=Technique.SCENARIO,
            coverage_items=(key,),
            preconditions=self._before,
            steps=tuple(self._step(trial) for trial in trials),
            priority=Priority.HIGH,
            status=Status.ASSERTED,
        )

    def sources_of(self, trials: Sequence[Trial]) -> tuple[str, ...]:
        operations = (self._subject.operations[trial.call.operation] for trial in trials)
        found = (item for operation in operations for item in operation.operation.declaration.source)
        return tuple(dict.fromkeys(found))

    def _requirements(self, draft: Draft) -> tuple[str, ...]:
        """Of what the case is for, and of the refusal that decided."""
        trial = draft.realised.trial
        operation = self._subject.operations[trial.call.operation]
        decided = next(
            (it.source for it in operation.operation.rejects if it.path == trial.answer.decided_by), ()
        )
        found = dict.fromkeys((*draft.obligations[0].sources, *decided))
        return tuple(found) or self.sources_of((*draft.realised.path, trial))

    def _step(self, trial: Trial, *, left_empty: tuple[str, ...] = (), brief: bool = False) -> Step:
        """`brief`: a step on the way; only its outcome and state are told."""
        answer, language = trial.answer, self._language
        expected = Expected(
            outcome=answer.outcome,
            outputs={} if brief else dict(answer.outputs),
            state=answer.state,
        )
        operation = self._subject.operations[trial.call.operation]
        call = _in_order(trial.call, operation)
        empty = tuple(name for name in left_empty if name not in call.data)
        told = action(call, empty, language)
        if call.actor is None and operation.checks_roles:
            told = without_role(told, language)
        return Step(
            action=told,
            expectation=expectation(expected, self._subject.compiled.model.message, language),
            operation=call.operation,
            actor=call.actor,
            data=dict(call.data),
            expected=expected,
        )


def _in_order(call: Call, operation: OperationSubject) -> Call:
    """The data in the order of the fields."""
    data = {name: call.data[name] for name in operation.operation.inputs if name in call.data}
    return Call(call.operation, call.actor, data)
