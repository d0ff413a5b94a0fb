"""What use cases tell of operations: who starts them and when, what goes wrong, what they answer and lead to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.behaviour.refusal import Refusal
from casewright.design.extraction.behaviour.state_words import StateWords, read_state_words, split_names
from casewright.design.extraction.behaviour.use_case_reading import UseCase, exceptions_of, read_use_cases
from casewright.design.extraction.behaviour.vocabulary import Vocabulary, read_vocabulary
from casewright.design.extraction.fields.fields import described_in
from casewright.design.extraction.text.passages import Passage
from casewright.design.extraction.text.use_case_parts import Part
from casewright.design.extraction.text.words import UNKNOWN, fold
from casewright.design.model.schema import ANY_STATE

_QUOTE = r"[“\"「`](?P<{0}>[^”\"」`]{{1,80}})[”\"」`]"
_SHOWN = re.compile(
    r"^(?P<condition>.+?)\s*[,:→-]*\s*(?:则|时|->)?\s*(?:the )?(?:系统|system)?\s*(?:will |shall )?(?:给出|返回|弹出)?"
    r"(?:提示|显示|报错|返回|拒绝并提示|shows?|displays?|answers?|returns?|says?|message|:|→)\s*(?:信息|消息|语)?(?: (?:the )?(?:message|error|text))*\s*:?\s*"
    + _QUOTE.format("message")
    + r"(?P<rest>.*)$",
    re.DOTALL | re.IGNORECASE,
)
_INPUTS = re.compile(
    r"(?:输入|填写|录入|\binputs?\b:?|\benters? (?:the |an? )?)\s*(?=[“\"「`])[^。\n]+", re.IGNORECASE
)
_INPUT = re.compile(
    r"(?:^|[;、,和及与]|\band\b)\s*" + _QUOTE.format("name") + r"(?P<says>\s*[,:(][^。;\n“「\"]*)?",
    re.IGNORECASE,
)
_RETURNS = re.compile(r"(?:返回|输出|\breturns?\b|\bshows\b)\s*(?P<list>[^。;\n“「\".(]+)", re.IGNORECASE)
_OUTPUT = re.compile(r"[\u3400-\u9fff\w -]{2,30}")
_NO_OUTPUT = re.compile(
    r"提示|信息$|页面|界面|成功|失败|结果$|error|message|page|to the\b|success", re.IGNORECASE
)
_ANYBODY_ELSE = re.compile(
    r"只能由[^。;]*(?:参与者|角色)|(?:其他|其余|非)[^。;,]{0,6}(?:人员|用户|角色|参与者|人)|only[^.;]*actors?\b|anybody (?:else|not)|other (?:users|actors|roles)",
    re.IGNORECASE,
)
_NOT_MET = re.compile(r"前置条件(?:不|未)|precondition[^.;]{0,20}\bnot\b", re.IGNORECASE)
_DEFINES = re.compile(r"(?:均|都|即|视|统?称)[为作]?(?:是)?\s*[“「][^”」]+[”」]")
_UNCHANGED = re.compile(
    r"状态(?:保持)?不变|不(?:改变|影响)[^。;]{0,8}状态|(?:status|state)[^.;]{0,20}(?:unchanged|not chang|stays|same)",
    re.IGNORECASE,
)
_CONDITIONAL = re.compile(
    r"如果|若|当|仅|否则|(?<!解)除|时[,，]|的,|\d|\b(?:if|when|unless|otherwise|except|only)\b", re.IGNORECASE
)
_READS = re.compile(r"^(?:查询|查看|浏览|检索|搜索)|^(?:view|show|list|search|look|query)\b", re.IGNORECASE)
_WRONG_INPUT = re.compile(
    r"空|未填|没填|缺|格式|类型|不正确|有误|错误|无效|不合法|不存在|missing|invalid|empty|blank|malformed|wrong",
    re.IGNORECASE,
)
_REFUSES = re.compile(
    r"拒绝|失败|不能|不允许|不予|终止|中止|\b(?:reject|refuse|fail|abort|declin|not allowed)", re.IGNORECASE
)
_NO_MESSAGE = ("", "")
"""The document shows none, or does not say which."""


def use_case_operations(passages: Sequence[Passage]) -> list[Operation]:
    found: dict[str, Operation] = {}
    for case in read_use_cases(passages):
        operation = found.setdefault(fold(case.name), Operation(case.name, case.ids))
        for text in (case[Part.MAIN], case[Part.BODY], case[Part.OUTPUT] and f"返回{case[Part.OUTPUT]}"):
            for name in _outputs(text):
                operation.outputs.setdefault(name, case.ids)
    return list(found.values())


def _outputs(text: str) -> Iterator[str]:
    for match in _RETURNS.finditer(text):
        listed = match["list"]
        for part in split_names(listed.split(",")[0] if "、" in listed else listed):
            name = re.sub(r"^(?:the|an?|its|their)\s+", "", part, flags=re.IGNORECASE)
            if _OUTPUT.fullmatch(name) and not _NO_OUTPUT.search(name):
                yield name


def use_case_inputs(operations: Sequence[Operation], passages: Sequence[Passage]) -> None:
    """'输入“解除原因”,字符型,长度 5~100,必填' in the section of a use case; and its section, where no heading names it."""
    for case, operation in _cases(passages, operations):
        operation.home = operation.home or list(case.home)
        told = [(f"输入{case[Part.INPUT]}", case.ids), (case[Part.MAIN], case.ids)]
        told += [(passage.text, passage.ids) for passage in operation.home if passage.table is None]
        for text, ids in told:
            for match in _described_inputs(text):
                field = described_in((match["says"] or "").strip(",:( )"), match["name"], ids)
                operation.fields.setdefault(match["name"], field)


def _described_inputs(text: str) -> Iterator[re.Match[str]]:
    for sentence in _INPUTS.finditer(text):
        yield from _INPUT.finditer(re.sub(r"^[^“\"「`]+", "", sentence[0]))


def _cases(
    passages: Sequence[Passage], operations: Iterable[Operation]
) -> Iterator[tuple[UseCase, Operation]]:
    by_name = {fold(operation.name): operation for operation in operations}
    for case in read_use_cases(passages):
        if fold(case.name) in by_name:
            yield case, by_name[fold(case.name)]


def use_case_rights(
    passages: Sequence[Passage], operations: Sequence[Operation], words: Vocabulary
) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(operation, role, states): the actors of a use case may start it in the states that its precondition names."""
    states = read_state_words(passages, tuple(words.states))
    for case, operation in _cases(passages, operations):
        allowed = _allowed(case, states) or (ANY_STATE,)
        for actor in case.actors:
            role = next((known for known in words.roles if fold(known) == fold(actor)), None)
            if role is not None:
                yield operation.name, role, allowed


def _allowed(case: UseCase, states: StateWords) -> tuple[str, ...] | None:
    """The states of the precondition; None where it names none or its words were not understood."""
    clauses = re.split(r"[,;。\n]\s*(?:且|并且|and )?", case[Part.PRECONDITION])
    told = [found for clause in clauses if (found := states.only(clause.strip()))]
    if not told:
        return None
    return tuple(state for state in states.states if all(state in each for each in told))


def use_case_refusals(passages: Sequence[Passage], operations: Sequence[Operation]) -> list[Refusal]:
    """What holds for all use cases first, then the exceptions of each in their order."""
    words = read_vocabulary(passages)
    states = read_state_words(passages, tuple(words.states))
    cases = [*_cases(passages, operations)]
    if not cases:
        return []
    found = [*_general(passages, [case for case, _ in cases], states)]
    told_of_states = any(_of_state(each) or _NOT_MET.search(each.condition) for each in found)
    for case, operation in cases:
        own = [*_exceptions(case, operation.name, states)]
        if not told_of_states and not any(map(_of_state, own)):
            own = [*_precondition(case, operation.name, states), *own]
        if not case.tells_exceptions:
            own.append(Refusal(UNKNOWN, _NO_MESSAGE, (operation.name,), case.ids, ordered=True))
        found += own
    return found


def _of_state(refusal: Refusal) -> bool:
    return refusal.condition.startswith("while ")


def _precondition(case: UseCase, operation: str, states: StateWords) -> Iterator[Refusal]:
    """Of a precondition that no exception speaks of the document shows no message."""
    allowed = _allowed(case, states)
    if allowed:
        yield Refusal(_refused_in(allowed, states), _NO_MESSAGE, (operation,), case.ids, ordered=True)


def _refused_in(allowed: Sequence[str], states: StateWords) -> str:
    return f"while {', '.join(state for state in states.states if state not in allowed)}"


def _exceptions(case: UseCase, operation: str, states: StateWords) -> Iterator[Refusal]:
    for entry in exceptions_of(case):
        match = _SHOWN.match(entry)
        if match is None:
            condition = entry if _REFUSES.search(entry) else UNKNOWN
            yield Refusal(condition, _NO_MESSAGE, (operation,), case.ids, ordered=True)
            continue
        for condition in _separate(match["condition"].strip(" ,:")):
            yield Refusal(
                _in_states(condition, states),
                (match["message"],),
                (operation,),
                case.ids,
                ordered=True,
                state_after=_changed_state(match["rest"], states),
            )


def _changed_state(rest: str, states: StateWords) -> str | None:
    """'…提示“已超时”,包裹变为“滞留”': the refusal changes the state; unknown where it is not one state."""
    meant = states.meant(rest.split("。")[0])
    return None if meant is None else meant[0] if len(meant) == 1 else UNKNOWN


def _separate(condition: str) -> list[str]:
    """'金额为空、格式错误或与应付不一致' is two refusals with one message: that of a wrong input, and a rule."""
    bare = re.sub(r"^(?:如果|若|当|if |when )\s*", "", condition, flags=re.IGNORECASE)
    parts = [part.strip(" ,、") for part in re.split(r"或者?|\bor\b", bare)]
    wrong = [part for part in parts if _WRONG_INPUT.search(part)]
    rules = [part for part in parts if part not in wrong]
    subject = re.match(r"[^,、]+?(?=为空|未填|没填|格式| (?:is|are) )", bare)
    if not wrong or not rules or subject is None:
        return [bare]
    return [" or ".join(wrong), *(f"{subject[0]} {part}" for part in rules)]


def _in_states(condition: str, states: StateWords) -> str:
    """A condition that speaks of the state only, in the words 'while A, B'."""
    meant = states.only(condition)
    return f"while {', '.join(meant)}" if meant else condition


def _state_after(text: str, states: StateWords) -> str | None:
    """The state that the clauses behind a message or of a postcondition lead to, if they name exactly one."""
    told = [found for clause in re.split(r"[,;。\n]", text) if (found := states.only(clause.strip()))]
    return told[0][0] if len(told) == 1 and len(told[0]) == 1 else None


def _general(passages: Sequence[Passage], cases: Sequence[UseCase], states: StateWords) -> Iterator[Refusal]:
    """'用例只能由其“参与者”发起,其他人员提示“无操作权限”' outside the use cases; the rule of who comes first."""
    own = {passage for case in cases for passage in case.home}
    names = tuple(case.name for case in cases)
    roles: list[Refusal] = []
    preconditions: list[Refusal] = []
    for passage in passages:
        if passage in own or passage.table is not None or passage.skipped:
            continue
        shown = re.search(
            r"(?:提示|返回|显示|\bshows?|\bgets?|\banswer(?: is)?|message)\s*:?\s*"
            + _QUOTE.format("message"),
            passage.text,
        )
        if shown and _ANYBODY_ELSE.search(passage.text):
            roles.append(Refusal("角色没有权限 role", (shown["message"],), names, passage.ids, ordered=True))
        elif shown and _NOT_MET.search(passage.text):
            preconditions.append(
                Refusal("前置条件不满足", (shown["message"],), names, passage.ids, ordered=True)
            )
    yield from roles
    for refusal in preconditions:
        yield from _of_preconditions(refusal, cases, states)


def _of_preconditions(refusal: Refusal, cases: Sequence[UseCase], states: StateWords) -> Iterator[Refusal]:
    """One for each use case: in which states its precondition does not hold, if it speaks of states only."""
    for case in cases:
        allowed = states.only(case[Part.PRECONDITION].strip())
        condition = _refused_in(allowed, states) if allowed else refusal.condition
        if case[Part.PRECONDITION].strip(" -/无") and not re.fullmatch(
            r"none\.?", case[Part.PRECONDITION], re.IGNORECASE
        ):
            yield Refusal(condition, refusal.messages, (case.name,), refusal.ids, ordered=True)


def read_by_use_cases(passages: Sequence[Passage]) -> set[Passage]:
    """The passages of which the refusals are read here; what only names or defines a kind of error is none."""
    cases = read_use_cases(passages)
    found = {passage for case in cases for passage in case.home}
    for passage in passages if cases else ():
        text = passage.text
        if _ANYBODY_ELSE.search(text) or _NOT_MET.search(text) or _DEFINES.search(text):
            found.add(passage)
    return found


def use_case_states(
    passages: Sequence[Passage], operations: Sequence[Operation], words: Vocabulary
) -> dict[str, str | None]:
    """operation → the state after it; None: it stays as it was; `unknown` where the postcondition is conditional
    or there is none."""
    states = read_state_words(passages, tuple(words.states))
    return {operation.name: _after(case, states) for case, operation in _cases(passages, operations)}


def _goes_on(entry: str) -> bool:
    """Is it another way to the end rather than a refusal?"""
    return not _SHOWN.match(entry) and not _REFUSES.search(entry)


def _after(case: UseCase, states: StateWords) -> str | None:
    text = case[Part.POSTCONDITION]
    everything = "\n".join(case.parts.values()) if not text.strip(" -/无") else text
    if _UNCHANGED.search(everything) and not _CONDITIONAL.search(text):
        return None
    if not text:
        return None if _READS.search(case.name) else UNKNOWN
    after = None if any(map(_goes_on, exceptions_of(case))) else _state_after(text, states)
    return after if after and not _CONDITIONAL.search(text) else UNKNOWN
