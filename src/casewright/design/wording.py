"""Titles, steps, expectations and preconditions as sentences that a tester reads, in Chinese and English."""

from __future__ import annotations

from collections.abc import Mapping

from casewright.design.cases import Expected, Language, Outcome, Scalar
from casewright.design.expressions.values import Value
from casewright.design.model.schema import Model
from casewright.design.oracle import Call
from casewright.design.scalars import as_scalar, shown
from casewright.design.techniques.obligations import Obligation, refusal_words
from casewright.design.techniques.wants import Trial
from casewright.design.worlds import World

_MOST_VARIABLES_TOLD = 6


def title(obligation: Obligation, trial: Trial, expected: Expected, language: Language) -> str:
    """'转账：转账金额 = 0.01（恰为下边界 0.01）被受理'."""
    about = _about(obligation, trial.call, language)
    result = _result(obligation, trial, expected, language)
    if language == "zh":
        return f"{obligation.operation.name}：{about}{'' if about.endswith('）') else '，'}{result}"
    return f"{obligation.operation.name}: {about}{'' if about.endswith(')') else ','} {result}"


def _about(obligation: Obligation, call: Call, language: Language) -> str:
    what = obligation.what.text(language)
    chosen = {name: value for name, value in obligation.pins.items() if name != obligation.about}
    told = [_field(name, value, language) for name, value in chosen.items()]
    if obligation.about:
        told.insert(0, _field(obligation.about, call.data.get(obligation.about), language))
    if not told:
        return what
    return f"{'，'.join(told)}（{what}）" if language == "zh" else f"{', '.join(told)} ({what})"


def _field(name: str, value: Scalar, language: Language) -> str:
    if value is None:
        return f"{name}留空" if language == "zh" else f"{name} left empty"
    return f"{name} = {shown(value)}"


def _result(obligation: Obligation, trial: Trial, expected: Expected, language: Language) -> str:
    zh = language == "zh"
    if expected.outcome is Outcome.ACCEPTED:
        return "被受理" if zh else "is accepted"
    if obligation.want.outcome is not Outcome.ACCEPTED:
        return "被拒绝" if zh else "is rejected"
    other = next(
        (it for it in obligation.operation.operation.rejects if it.path == trial.answer.decided_by), None
    )
    if other is None:
        return "被拒绝" if zh else "is rejected"
    words = refusal_words(obligation.operation, other)
    return f"被拒绝：{words.zh}" if zh else f"is rejected: {words.en}"


def action(call: Call, left_empty: tuple[str, ...], language: Language) -> str:
    """'由客户执行“转账”：渠道 = App，附言留空'. `left_empty`: the fields that are empty on purpose."""
    fields = [_field(name, value, language) for name, value in call.data.items()]
    fields += [_field(name, None, language) for name in left_empty]
    if language == "zh":
        who = f"由{call.actor}" if call.actor else ""
        return f"{who}执行“{call.operation}”" + (f"：{'，'.join(fields)}" if fields else "")
    who = f"As {call.actor}, do" if call.actor else "Do"
    return f'{who} "{call.operation}"' + (f": {', '.join(fields)}" if fields else "")


def without_role(told: str, language: Language) -> str:
    """Said of a request that carries no role on purpose."""
    return f"不带角色，{told}" if language == "zh" else f"Without a role: {told}"


def expectation(expected: Expected, message: str, language: Language) -> str:
    """'受理；手续费 = 6.17；状态为“已到账”'. `message`: the output that carries the text of a refusal."""
    zh = language == "zh"
    outputs = {name: value for name, value in expected.outputs.items() if name != message}
    parts: list[str] = []
    said = expected.outputs.get(message)
    if expected.outcome is Outcome.REJECTED:
        refused = "拒绝" if zh else "Rejected"
        if said is not None:
            refused += f"，提示“{said}”" if zh else f' with "{said}"'
        parts.append(refused)
    else:
        if expected.outcome is Outcome.ACCEPTED:
            parts.append("受理" if zh else "Accepted")
        if said is not None:
            parts.append(f"提示“{said}”" if zh else f'the message is "{said}"')
    parts += [f"{name} = {shown(value)}" for name, value in outputs.items()]
    if expected.state is not None:
        parts.append(f"状态为“{expected.state}”" if zh else f'the state is "{expected.state}"')
    return "；".join(parts) if zh else "; ".join(parts)


def preconditions(world: World, model: Model, language: Language) -> tuple[str, ...]:
    """What the system is like before the first step."""
    zh = language == "zh"
    told = ["系统为初始状况，没有此前的数据" if zh else "A fresh system, without any data from before"]
    if isinstance(world.state, str):
        told.append(f"状态为“{world.state}”" if zh else f'The state is "{world.state}"')
    values = list(_variables(world.variables))[:_MOST_VARIABLES_TOLD]
    units = {name: variable.unit for name, variable in model.state.items()}
    for name, value in values:
        unit = units.get(name, "")
        told.append(f"{name} = {value}" + (f" {unit}" if unit else ""))
    return tuple(told)


def _variables(variables: Mapping[str, Value | Mapping[str, Value]]) -> list[tuple[str, str]]:
    """Those with one value that can be written."""
    told: list[tuple[str, str]] = []
    for name, stored in variables.items():
        if not isinstance(stored, Mapping):
            value = as_scalar(stored)
            if value is not None:
                told.append((name, shown(value)))
    return told
