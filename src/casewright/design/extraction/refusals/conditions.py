"""When a refusal holds, as an expression of the model; `unknown` where the words are not understood."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.behaviour.vocabulary import Vocabulary
from casewright.design.extraction.fields.fields import Field
from casewright.design.extraction.fields.mentioning import fields_in, hinted_fields
from casewright.design.extraction.fields.negation import settled
from casewright.design.extraction.refusals.comparing import (
    EXCEPTION,
    NEGATION,
    comparison,
    denied,
    duration,
    limits,
    ordering,
)
from casewright.design.extraction.refusals.earlier import comes_after
from casewright.design.extraction.refusals.kinds import Kind
from casewright.design.extraction.refusals.reasons import alternatives, equality
from casewright.design.extraction.refusals.remarks import is_remark
from casewright.design.extraction.refusals.rights import refused_roles
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.units import differ, in_unit_of
from casewright.design.extraction.text.words import CHINESE, UNKNOWN, fold, normalise
from casewright.design.model.schema import InputType

_ROLE = re.compile(
    r"角色|没有权限|无权限|\broles?\b|permission|not signed in|anybody else|a dash in the table|not allowed to",
    re.IGNORECASE,
)
_NOT_YOURS = re.compile(r"还未轮到|不在自己|自己这一站|not your turn|not yet your", re.IGNORECASE)
_STATE = re.compile(
    r"其[他它]状态|没有列出|other states?\b|not listed|状态(?:不允许|不对|不符|不满足)|state (?:does not|of)|but not (?:now|the state)|not now|present state|current state",
    re.IGNORECASE,
)
_INVALID = re.compile(
    r"不正确|有误|错误|不合法|无效|不符合|不合格式|格式不(?:正确|对|符|合|合法)|格式错|类型不(?:正确|对|符|合|匹配)|取值不(?:正确|对|在|合|符)|缺失|缺项|为空|未填|没填|填写内容|填写错误|请填写|请选择|不存在的取值|"
    r"malformed|invalid|unknown|unreadable|not readable|not one of|not available|not in the format|no real|neither|missing|out of range|"
    r"\bno or (?:an)?other\b|not as described|wrong kind|not of its kind|not valid|incomplete|mandatory",
    re.IGNORECASE,
)
_MISSING = re.compile(r"\bmissing\b|缺失|缺少|为空|未填写?|没填|不填", re.IGNORECASE)
_GENERAL = re.compile(
    r"必填项|缺项|没填|类型不(?:正确|对|符|合|匹配)|填写内容|填写错误|字段错误|something mandatory|mandatory (?:input|field)|wrong kind|not of its kind|any field",
    re.IGNORECASE,
)
_EXAMPLE = re.compile(r"(?:例如|比如|例:|举例|for example|for instance|e\.g\.).*", re.IGNORECASE)
_RANGE = re.compile(
    r"超出|范围|不符合|不合|要求|规则|\brange\b|\blimits?\b|as (?:required|described|specified|stated)|\btoo (?:short|long|small|large)|negative|可选值",
    re.IGNORECASE,
)
_OUTSIDE = re.compile(
    r"outside the|out of range|out of the|超出(?:允许)?范围|不在(?:允许)?范围", re.IGNORECASE
)
_NOT_THERE = re.compile(
    r"不存在|是否存在|查不到|没有(?:该|这)|not found|does not exist|no such|there is no\b", re.IGNORECASE
)
CREATES = re.compile(
    r"^(?:登记|新增|创建|添加|录入|注册|新建)|入藏$|入库$|^(?:add|create|register|start|open|new)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Condition:
    expression: str
    kind: Kind
    concerns: bool = True
    """False if it can't concern the operation."""


NOTHING = Condition("no", Kind.RULE, concerns=False)


@dataclass
class Reading:
    """What a condition of one operation may speak of."""

    operation: Operation
    words: Vocabulary
    fields_anywhere: Mapping[str, Field]
    has_permissions: bool
    open_to_all: bool
    any_state: bool
    """The document says that it is possible in every state."""
    creators: Mapping[str, set[str]]
    """The operations that bring something into being, each with the inputs by which it is known."""
    takes_nothing: bool
    """The document describes it, and without inputs."""
    allowed_states: tuple[str, ...]
    """States in which anybody may do it; empty: not said."""
    separate_turn: bool
    """The document has a refusal of its own for 'not yet your turn'."""
    earlier: str
    """The variable that tells whether something was accepted before."""
    knows_states_of_roles: bool = True
    """False where the rights that were read hold in every state, though the document has a check of states."""
    operation_names: Sequence[str] = ()
    durations: Mapping[str, tuple[str, str]] = field(default_factory=dict[str, tuple[str, str]])
    """term → (expression, unit)"""
    computed: Mapping[str, Sequence[str]] = field(default_factory=dict[str, Sequence[str]])
    """A quantity that can be computed from the inputs → the lines that define it."""
    elsewhere: Sequence[str] = ()
    """The quantities that the document defines, whether or not they can be computed here."""
    columns: Mapping[str, str] = field(default_factory=dict[str, str])
    """A column of numbers of a table whose keys are all inputs of the operation → the expression for it."""

    def operations_with(self, word: str) -> list[str]:
        """The operations that have the word in their name."""
        return [name for name in self.operation_names if word.lower() in name.lower().split()]


def read_condition(text: str, context: str, said_of_it: Sequence[str], reading: Reading) -> Condition:
    """`context` is further text that the condition refers to ('4.2.5'); it tells what is concerned.

    `said_of_it`: the operations that the document names for the refusal; if it names this one, the refusal
    concerns it whatever its words.
    """
    if is_remark(text):
        return NOTHING
    context = _EXAMPLE.sub("", normalise(context))
    found = _read(text, context, reading)
    if not found.concerns and reading.operation.name in said_of_it:
        return Condition(UNKNOWN, found.kind)
    return found


def _read(text: str, context: str, reading: Reading) -> Condition:
    text = in_its_unit(text, reading)
    if units_differ(text, reading):
        return Condition(UNKNOWN, Kind.RULE)
    joint = _otherwise(text, reading) or _conjunction(text, reading)
    if joint:
        return Condition(joint, Kind.RULE)
    kind = _kind(text, reading)
    if kind is Kind.ROLE and reading.open_to_all:
        return NOTHING
    named = refused_roles(text, reading.words.roles) if kind is Kind.ROLE else None
    if named:
        return Condition(named, kind)
    if kind in {Kind.ROLE, Kind.NOT_YOURS}:
        wanted = "actor may never" if kind is Kind.ROLE else "actor may not now"
        return Condition(wanted if reading.has_permissions else UNKNOWN, kind)
    if kind is Kind.STATE and reading.any_state:
        return NOTHING
    if kind is Kind.STATE:
        return Condition(_state_condition(reading), kind)
    if kind is Kind.INVALID:
        return _invalid(text, reading)
    return rule_condition(text, context, reading)


def in_its_unit(text: str, reading: Reading) -> str:
    """'2 小时' as '120 分钟' where the one field that the text names is measured in minutes."""
    named = own_fields(text, reading)
    if len(named) != 1:
        return text
    return in_unit_of(text, f"{named[0]} {reading.operation.fields[named[0]].rules.description}")


def units_differ(text: str, reading: Reading) -> bool:
    """Is a field compared in another unit than its own ('minutes' with '2 hours')?"""
    named = own_fields(text, reading)
    own = (f"{name} {reading.operation.fields[name].rules.description}" for name in named)
    return bool(named) and differ(text, *own)


def _kind(text: str, reading: Reading) -> Kind:
    if _NOT_YOURS.search(text):
        return Kind.NOT_YOURS
    if _STATE.search(text):
        return Kind.STATE
    if _ROLE.search(text) and not fields_in(text, reading.operation.fields):
        return Kind.ROLE
    if _INVALID.search(text):
        return Kind.INVALID
    return Kind.RULE


def is_state_check(text: str) -> bool:
    """Does the refusal say only that the state does not allow it?"""
    return _STATE.search(text) is not None


def is_outside(text: str) -> bool:
    return _OUTSIDE.search(text) is not None


def _state_condition(reading: Reading) -> str:
    if reading.has_permissions and not reading.knows_states_of_roles:
        return UNKNOWN
    if reading.has_permissions and not reading.separate_turn:
        return "actor may not now"
    if reading.allowed_states:
        return f"state not in [{', '.join(reading.allowed_states)}]"
    return UNKNOWN


def _invalid(text: str, reading: Reading) -> Condition:
    own = reading.operation.fields
    if _GENERAL.search(text) and not _begins_with_a_field(text, reading):
        if own:
            return Condition(_general(text, reading), Kind.INVALID)
        return NOTHING if reading.takes_nothing else Condition(UNKNOWN, Kind.INVALID)
    exception = EXCEPTION.search(text)
    head = text[: exception.start()] if exception else text
    sure_text, _, doubtful_text = head.rpartition(";") if exception else (head, "", "")
    sure = own_fields(sure_text, reading)
    doubtful = [name for name in own_fields(doubtful_text, reading) if name not in sure]
    if not sure and not doubtful:
        elsewhere = fields_in(text, reading.fields_anywhere)
        return NOTHING if elsewhere or not own else Condition(UNKNOWN, Kind.INVALID)
    doubts = " and ".join(_exceptions(text, reading)) if exception else ""
    wrong = "missing" if _only_missing(text, [*sure, *doubtful]) else "invalid"
    if (
        wrong == "invalid"
        and _NOT_KNOWN_TO_THE_SYSTEM.search(text)
        and not re.search(r"格式|format|malformed", text)
    ):
        parts = [_perhaps(name, own[name]) for name in sure]
    else:
        parts = [f"{name} {wrong}" for name in sure]
    parts += [f"({name} {wrong} and {doubts})" for name in doubtful]
    rest = _MISSING.sub("", text)
    if wrong == "invalid" and rest != text and not _INVALID.search(rest) and not _LENGTH_WRONG.search(rest):
        parts = [f"({name} missing and {UNKNOWN})" for name in (*sure, *doubtful)]
    if len(sure) == 1 and not doubtful and not _INVALID.search(text.split(",")[0]):
        return Condition(f"{parts[0]} and unknown", Kind.INVALID)
    return Condition(" or ".join(parts), Kind.INVALID)


_LENGTH_WRONG = re.compile(
    r"太[长短]|过[长短]|\btoo (?:short|long)\b|\bnot (?:of )?the (?:right )?length", re.IGNORECASE
)
_OTHERWISE = re.compile(
    r"否则|[,，]\s*否$|才(?:能|可|允许)|\botherwise\b|\bor else\b|\bonly (?:if|when)\b", re.IGNORECASE
)
_NEEDED = re.compile(
    r"^(?P<if>.+?)(?:时|的)?[,，]\s*(?:则|就)?(?:必须|须|应|需要?)(?:填写|上传|提供|选择|输入)?(?P<field>[^,，]+?)(?:[,，]\s*否则?)?$"
)


def _otherwise(text: str, reading: Reading) -> str | None:
    """'申报金额超过 5000 元时，必须填写说明，否则…': refused if the first holds and the field is missing. In other
    sentences with 'otherwise' what is said is when it is allowed: not read."""
    if not _OTHERWISE.search(text):
        return None
    match = _NEEDED.match(text)
    own = reading.operation.fields
    first = comparison(match["if"], own) or _alone(match["if"], reading) if match else None
    if match and first and match["field"] in own:
        return f"{first} and {match['field']} missing"
    return UNKNOWN


_AND = re.compile(r"\s*(?:,|，)?\s*(?:并且|而且|且|而|同时|(?<!\w)and(?!\w))\s*", re.IGNORECASE)
_IS_MISSING = re.compile(
    r"(?:未填写?|没填|为空|未上传|缺失|不填)|\b(?:is |are )?(?:missing|empty|left out)\b", re.IGNORECASE
)


def _conjunction(text: str, reading: Reading) -> str | None:
    """'租期超过 7 天而备注未填': each part read by itself; one that is not understood may fail."""
    parts = [part for part in _AND.split(text) if part.strip()]
    if len(parts) < 2 or EXCEPTION.search(text) or re.search(r"或|\bor\b", text):
        return None
    told = [len(own_fields(part, reading)) + len(guards_of(part, reading)) for part in parts]
    if not all(told):
        return None
    return " and ".join(_alone(part, reading) or UNKNOWN for part in parts)


def _alone(text: str, reading: Reading) -> str | None:
    """One simple statement about one field, and nothing else."""
    own = reading.operation.fields
    named = own_fields(text, reading)
    if len(named) == 1 and _IS_MISSING.search(text) and _only_missing(_IS_MISSING.sub("缺失", text), named):
        return f"{named[0]} missing"
    if NEGATION.search(settled(text)):
        return None
    return equality(text, own) or comparison(text, own)


def _begins_with_a_field(text: str, reading: Reading) -> bool:
    start = re.sub(r"^\W*(?:the |a )?", "", text, flags=re.IGNORECASE).lower()
    return any(start.startswith(name.lower()) for name in reading.fields_anywhere)


_NOT_KNOWN_TO_THE_SYSTEM = re.compile(
    r"(?<!格式)错误|无效|\binvalid\b|\bunknown\b|\bnot valid\b|\bwrong\b|\bincorrect\b", re.IGNORECASE
)


def _perhaps(name: str, one: Field) -> str:
    """'密码错误', 'coupon code is unknown': a text may be well formed and still not be the right one."""
    free = one.rules.type in {None, InputType.TEXT} and not one.rules.choices
    return f"({name} invalid or not {name} missing and {UNKNOWN})" if free else f"{name} invalid"


def _only_missing(text: str, names: Sequence[str]) -> bool:
    """Does it say nothing of the fields but that they are missing?"""
    rest = _MISSING.sub("", text)
    for name in names:
        rest = re.sub(re.escape(name), "", rest, flags=re.IGNORECASE)
    return (
        _MISSING.search(text) is not None
        and not re.sub(r"\b(?:the|is|are|or|and|if)\b|[或和、,时的为\W]", "", rest).strip()
    )


def _general(text: str, reading: Reading) -> str:
    """A check of all inputs. Where its words don't speak of ranges, a value out of its range may be another
    refusal's."""
    named = own_fields(text, reading)
    open_range = _RANGE.search(re.sub(r"\w+ out of range", "", text))
    if open_range:
        return "some input invalid"
    rest = [name for name in reading.operation.fields if name not in named]
    parts = ["some input missing or of wrong kind", *(f"{name} invalid" for name in named)]
    parts += [f"(unknown and {name} breaks a rule)" for name in rest]
    return " or ".join(parts)


def own_fields(text: str, reading: Reading) -> list[str]:
    """The operation's fields that a text names; a longer name of another field hides a shorter one."""
    own = reading.operation.fields
    whole = names_in(text, {**reading.fields_anywhere, **own})
    return [name for name in whole if name in own] if whole else fields_in(text, own)


def _yes_no(one: Field) -> bool:
    return {fold(value) for value in one.rules.choices} in ({"yes", "no"}, {"是", "否"})


def rule_condition(text: str, context: str, reading: Reading) -> Condition:
    whole = f"{text} {context}".strip()
    own = reading.operation.fields
    if _NOT_THERE.search(whole) and (
        CREATES.search(reading.operation.name) or not _identified(reading.operation)
    ):
        return NOTHING
    if _NOT_THERE.search(whole) and (creators := _made_by(context, reading) or _made_by(text, reading)):
        identified = any(reading.creators[name] & set(own) for name in creators)
        return Condition(f"not {reading.earlier} or {UNKNOWN}", Kind.RULE) if identified else NOTHING
    told = own_fields(text, reading)
    hinted = [] if told else hinted_fields(context, list(reading.fields_anywhere))
    named = [*fields_in(whole, reading.fields_anywhere), *hinted]
    about = _ABOUT.match(text)
    if (
        about
        and reading.operations_with(about["thing"])
        and reading.operation.name not in reading.operations_with(about["thing"])
    ):
        return NOTHING
    foreign = [name for name in named if name not in own]
    said = own_fields(whole, reading)
    if told and any(name in foreign for name in fields_in(text, reading.fields_anywhere)):
        return Condition(UNKNOWN, Kind.RULE)
    if (foreign and not told) or (not said and _foreign_values(whole, reading)):
        return NOTHING
    if _OUTSIDE.search(text) and len(said) == 1:
        return Condition(f"{said[0]} breaks a rule", Kind.RULE)
    exact = (
        ordering(text, own)
        or duration(text, reading.durations)
        or _state_words(text, reading)
        or comparison(text, own)
        or alternatives(text, own, reading.computed, reading.columns)
        or limits(context, own, reading.columns)
    )
    foreign_quantity = [name for name in names_in(text, reading.elsewhere) if name not in reading.computed]
    if exact is None and foreign_quantity and not told:
        return NOTHING
    kind = Kind.STATE if exact and exact.startswith("state ") else Kind.RULE
    return Condition(_joined(exact or UNKNOWN, guards_of(whole, reading), text, reading), kind)


def _made_by(text: str, reading: Reading) -> list[str]:
    """The operations that create what the text says is not there; before them there is none."""
    return [name for name in reading.creators if _names_thing(name, text)]


def _names_thing(creator: str, text: str) -> bool:
    if CHINESE.search(creator):
        return any(creator[at : at + 2] in text for at in range(len(creator) - 1))
    things = [word for word in creator.split()[1:] if len(word) > 3]
    return any(re.search(rf"\b{re.escape(thing)}", text, re.IGNORECASE) for thing in things)


_ABOUT = re.compile(r"^(?:an?|another|the) (?P<thing>\w+) (?:is|was|has been) already\b", re.IGNORECASE)


def _identified(operation: Operation) -> bool:
    """Does it point at a thing by a text?"""
    return any(
        one.rules.type in {None, InputType.TEXT} or one.rules.pattern for one in operation.fields.values()
    )


def _foreign_values(text: str, reading: Reading) -> bool:
    """It names values of inputs, and the operation has none of those inputs."""
    owners = {
        name
        for name, one in reading.fields_anywhere.items()
        if any(len(fold(value)) > 1 for value in names_in(text, words_of(one)))
    }
    return bool(owners) and not owners & set(reading.operation.fields)


def _joined(expression: str, guards: list[str], text: str, reading: Reading) -> str:
    if UNKNOWN in expression.split():
        earlier = (
            [reading.earlier] if expression == UNKNOWN and comes_after(text, reading.operation_names) else []
        )
        whole = expression if expression == UNKNOWN or not guards else f"({expression})"
        return " and ".join([whole, *guards, *earlier])
    return " and ".join([expression, *_exceptions(text, reading)])


def _exceptions(text: str, reading: Reading) -> list[str]:
    """'(not looked at for lost tickets)': the yes/no field behind the word must not be yes."""
    match = EXCEPTION.search(text)
    if not match:
        return []
    rest = re.sub(r"s\b", "", text[match.end() :])
    named = [
        name for name in fields_in(rest, reading.operation.fields) if _yes_no(reading.operation.fields[name])
    ]
    yes = {name: reading.operation.fields[name].rules.choices[0] for name in named}
    return [f"{name} != {value}" for name, value in yes.items()] or [UNKNOWN]


def guards_of(text: str, reading: Reading) -> list[str]:
    """A rule that names a value of a choice concerns that value only."""
    if EXCEPTION.search(text):
        return []
    guards: list[str] = []
    for name, one in reading.operation.fields.items():
        values = [value for value in names_in(text, words_of(one)) if len(fold(value)) > 1]
        if any(denied(value, text) for value in values):
            return []
        if values:
            guards.append(f"{name} in [{', '.join(values)}]" if len(values) > 1 else f"{name} = {values[0]}")
        elif name in text and means_none(one):
            guards.append(f"{name} != {one.rules.default}")
    return guards


def words_of(one: Field) -> list[str]:
    return [
        value
        for value in one.rules.choices
        if not re.fullmatch(r"[\d.,]+|yes|no|是|否", value, re.IGNORECASE)
    ]


def means_none(one: Field) -> bool:
    default = one.rules.default
    return (
        default is not None and re.match(r"不|无|没有|none|no\b|nothing", default, re.IGNORECASE) is not None
    )


def _state_words(text: str, reading: Reading) -> str | None:
    """'没有待支付订单', '已有待支付的订单', 'While an application is referred or offered, …'."""
    states = names_in(text, reading.words.states)
    begins = re.match(r"(?:while|once|when|as long as)\b", text, re.IGNORECASE)
    if begins and states and not EXCEPTION.search(text) and not re.search(r"\bnot\b|\d", text):
        return f"state in [{', '.join(states)}]" if not own_fields(text, reading) else None
    for state in reading.words.states:
        if re.search(
            rf"(?:没有|不存在|不是|不处于|未处于|(?<![\u3400-\u9fff])无)\s*[“「]?{re.escape(state)}", text
        ):
            return f"state != {state}"
        if re.search(
            rf"(?:已有|(?<!不)存在|有一[笔张个]|(?<!不)处于|状态为)\s*[“「]?{re.escape(state)}", text
        ):
            return f"state = {state}"
    return None
