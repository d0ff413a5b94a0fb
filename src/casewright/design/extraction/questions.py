"""What the author of the document has to be asked: bounds that two people read differently, rules not understood."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from casewright.design.extraction.refusals.refusals import Refusal
from casewright.design.extraction.text.words import UNKNOWN
from casewright.design.model.schema import Operation, Question, Reject


def read_questions(operations: Mapping[str, Operation], refusals: Sequence[Refusal]) -> Iterator[Question]:
    asked: set[str] = set()
    for name, operation in operations.items():
        for question in (*_of_inputs(name, operation), *_of_refusals(name, operation, refusals)):
            if question.ask["zh"] not in asked:
                asked.add(question.ask["zh"])
                yield question


def _of_inputs(operation: str, model: Operation) -> Iterator[Question]:
    for name, one in model.inputs.items():
        for value in one.unsure_at:
            yield Question(
                ask={
                    "zh": f"“{name}”恰好等于 {value} 时是否允许？文档没有写明是否包含这个值。",
                    "en": f"Is a {name} of exactly {value} allowed? The document does not say whether it is included.",
                },
                kind="ambiguity",
                witness=f"{name} = {value}",
                source=one.source,
            )
        if one.unread:
            yield Question(
                ask={
                    "zh": f"“{name}”有一条说明没有读懂：“{one.unread}”。什么值有效，什么值无效？",
                    "en": f"One statement about {name} was not understood: “{one.unread}”. Which values are valid?",
                },
                kind="not understood",
                source=one.source,
            )
        if one.required == UNKNOWN:
            yield Question(
                ask={
                    "zh": f"“{operation}”的“{name}”是否必填？",
                    "en": f"Is {name} mandatory in “{operation}”?",
                },
                kind="gap",
                witness=f"{operation}: {name} = ∅",
                source=one.source,
            )


def _of_refusals(operation: str, model: Operation, refusals: Sequence[Refusal]) -> Iterator[Question]:
    for each in model.reject:
        if not isinstance(each, Reject) or UNKNOWN not in each.condition.split():
            continue
        said = next(
            (one.condition for one in refusals if one.ids == each.source and each.say in one.messages), ""
        )
        if each.say is None:
            yield Question(
                ask={
                    "zh": f"“{operation}”在哪些情况下被拒绝？文档没有给出完整的清单。",
                    "en": f"When exactly is “{operation}” refused? The document gives no complete list.",
                },
                kind="gap",
                source=each.source,
            )
        else:
            yield Question(
                ask={
                    "zh": f"什么时候提示“{each.say}”？“{said or each.say}”没有读懂，请给出字段、比较和数值。",
                    "en": f"When exactly is “{each.say}” shown? “{said or each.say}” was not understood: "
                    "which field, which comparison, which value?",
                },
                kind="not understood",
                source=each.source,
            )
