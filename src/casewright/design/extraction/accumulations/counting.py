"""How often something may happen: counters that sentences with a number of times bring with them, and their caps."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from casewright.design.extraction.accumulations.quantities import Quantity
from casewright.design.extraction.accumulations.telling import Speaking, Told, guard, participle
from casewright.design.extraction.behaviour.naming import Operation, gerund_forms, verb
from casewright.design.extraction.text.listing import names_in
from casewright.design.extraction.text.numbers import NUMBER, number, plain
from casewright.design.extraction.text.words import CHINESE, fold, is_chinese
from casewright.design.model.schema import Effect, InputType

_PERIOD_ZH = r"每(?:个)?(?:营业日|自然日|工作日|自然月|账期|学期|[天日周月年])|当[天日月]|[一本][天日周月年]|今日|终身|一生|总共|累计|合计"
_AT_MOST = re.compile(
    rf"(?P<pre>[^,;。]*?)(?:最多|至多|只能|仅能|仅限|限|以|不(?:得|能)?超过)(?:只能|可以|可|能)?\s*(?P<verb>[\u3400-\u9fff]{{0,6}}?)\s*(?P<n>{NUMBER})\s*"
    r"(?P<unit>次|笔|单|张|份|回)(?P<rest>[^,;。]*)"
)
_OF_ONE = re.compile(r"每(?:次|笔|单|张|份|册|本|件|条|台)(?!营业)|单[次笔]|一[次笔单](?!性)|同时|逐[次笔]")
_OF_EACH = re.compile(
    r"每(?:个|位|名|家|台|间|部|款|种)(?!账户|账号|用户|客户|会员|员工|读者|人|营业日|自然日|工作日|自然月|月|学期|账期)|持有|拥有|在借"
)
_HOW_MANY = re.compile(r"数量|张数|份数|个数|number of|quantity|count", re.IGNORECASE)
_LONGEST = 4000
_FILLERS = re.compile(
    rf"{_PERIOD_ZH}|每(?:人|位|名|个)|账户|账号|用户|客户|会员|员工|读者|成功|次数|笔数|可以|只能|为限|可|能|的|内|则|即|同一|[本该]|第.*$"
)
_CONJUNCTION = re.compile(
    r"^(?!\s*(?:$|[.,;]|an? |per |each |every |in (?:all|total|an?|its)|only|at most|during|within))",
    re.IGNORECASE,
)
_FREE = re.compile(
    rf"(?P<period>{_PERIOD_ZH})(?:的)?前\s*(?P<n>{NUMBER})\s*(?P<unit>次|笔|单)(?P<what>[^,;。]*?)(?:免(?!密)|不收(?:取)?)(?P<fee>[^,;。]*)"
)
_TIMES_EN = re.compile(
    rf"(?P<pre>[^.;]*?)\b(?:can|may) (?:only |not )?(?:be )?(?P<verb>\w+)(?: in| out| up| off)? (?:(?:at most|no more than|only|up to|more than) )?"
    rf"(?P<n>once|twice|{NUMBER} times)\b(?P<post>[^.;]*)",
    re.IGNORECASE,
)
_MOST_EN = re.compile(
    rf"(?P<pre>[^.;]*?)\b(?:at most|up to|no more than|not more than|a maximum of) (?P<n>{NUMBER}) (?P<noun>(?:\w+ ){{0,2}}?\w+?) (?:(?:may|can) be \w+ )?"
    r"(?P<post>(?:a|per|each|every|in (?:a|one|any)) (?:\w+ )?(?:day|week|month|year|hour)\b|in (?:all|total)\b|altogether\b|ever\b|at a time\b|at once\b|at the same time\b)",
    re.IGNORECASE,
)
_DAY_EN = re.compile(r"\b(?:day|week|month|year|hour|daily)\b", re.IGNORECASE)
_NOT_COUNTED = re.compile(
    r"不算|不计(?!算)|不包括|除外|不限|不受限|\bnot count|\bexcept\b|\bunless\b|连续|consecutive|in a row",
    re.IGNORECASE,
)
_REFUSED = re.compile(r"拒绝|失败|未成功|不成功|\b(?:refus|reject|fail|declin)\w*", re.IGNORECASE)
_NEW = re.compile(r"^(?:create|start|open|new|begin)\b", re.IGNORECASE)
_REMOVES = re.compile(
    r"^(?:remove|delete|drop|cancel|withdraw|undo|revoke)\b|取消|撤|退|删除|作废", re.IGNORECASE
)
_KEEPS_USED = re.compile(
    r"不(?:恢复|返还|退还|回退)|not (?:given back|restored|returned)|stays? used", re.IGNORECASE
)


@dataclass(frozen=True)
class Cap:
    """So many of a quantity may have happened before; the next one is refused."""

    quantity: Quantity
    most: str
    operation: str
    guard: str
    told: Told


def find_counts(
    sentences: Sequence[Told], operations: Sequence[Operation], known: Sequence[Quantity]
) -> Iterator[Cap | Quantity]:
    """A cap for every limit on how often an operation may succeed; free allowances as a quantity alone."""
    speaking = Speaking(operations)
    by_name = {operation.name: operation for operation in operations}
    text = "\n".join(one.text for one in sentences)
    for one in sentences:
        if _excepted(one):
            continue
        for counted in (*_chinese(one, speaking, by_name), *_english(one, speaking, by_name)):
            cap = _cap(counted, one, by_name, known, text)
            if cap is not None:
                _also(cap.quantity, counted, operations, sentences)
                yield cap.quantity if counted.free else cap


@dataclass(frozen=True)
class _Counted:
    operation: str
    most: str
    unit: str
    words: str
    """Names the values to which it is restricted."""
    periodic: bool
    """It is of a day or another stretch of time."""
    noun: str = ""
    """Of a number of things that are held: what they are."""
    free: bool = False
    subject: str = ""
    """The thing of which something may be done so often, where an operation makes a new one."""


def _excepted(one: Told) -> bool:
    """What does not count was said in words that are not understood."""
    return any(
        _NOT_COUNTED.search(clause) and not _REFUSED.search(clause)
        for clause in re.split(r"[。;]|\.\s", one.passage.text[:_LONGEST])
        if one.text in clause or clause.strip() in one.text or _NOT_COUNTED.match(clause.strip())
    )


def _chinese(one: Told, speaking: Speaking, operations: dict[str, Operation]) -> Iterator[_Counted]:
    if not is_chinese(one.text):
        return
    free = _FREE.search(one.text)
    if free:
        owner = _single(one, free["what"], speaking, operations)
        if owner:
            yield _Counted(
                owner, plain(number(free["n"])), free["unit"], free["what"], periodic=True, free=True
            )
        return
    match = _AT_MOST.search(one.text)
    if (
        not match
        or _OF_ONE.search(match["pre"])
        or _OF_EACH.search(match["pre"] + match["verb"])
        or _no_limit(match)
    ):
        return
    period = re.search(_PERIOD_ZH, match["pre"])
    per_person = re.search(r"每(?:人|位|名|个?(?:账户|账号|用户|客户|会员|员工|读者))", match["pre"])
    if not period and not per_person:
        return
    owner = _single(one, match["pre"] + match["verb"] + match["rest"], speaking, operations)
    if owner:
        periodic = bool(period) and not re.search(r"终身|一生|总共|累计|合计", (period or match)[0])
        yield _Counted(
            owner,
            plain(number(match["n"])),
            match["unit"],
            f"{match['pre']} {match['verb']} {match['rest']}",
            periodic,
        )


def _no_limit(match: re.Match[str]) -> bool:
    """'以每天 2 次的频率' is none; '以 5 笔为限' is."""
    before = match[0][: match.start("n") - match.start()].rstrip()
    return before.endswith(f"以{match['verb']}") and "限" not in match["rest"]


def _english(one: Told, speaking: Speaking, operations: dict[str, Operation]) -> Iterator[_Counted]:
    match = _TIMES_EN.search(one.text)
    if match:
        owner = speaking.by_verb(match["verb"])
        subject = re.search(
            r"^\W*(?:an?|each|every|one|the)\s+(?:\w+ )?(\w+)\s*$", match["pre"], re.IGNORECASE
        )
        more = re.search(r"\bnot\b.*\bmore than\b", match[0][len(match["pre"]) :])
        conjunction = match["n"].lower() == "once" and _CONJUNCTION.search(match["post"])
        if len(owner) == 1 and not conjunction and (not re.search(r"\bnot\b", match[0]) or more):
            word = match["n"].lower().split()[0]
            most = {"once": "1", "twice": "2"}.get(word) or plain(number(word))
            noun = subject[1].lower() if subject else ""
            yield _Counted(
                owner[0], most, "times", match[0], bool(_DAY_EN.search(match["post"])), subject=noun
            )
        return
    match = _MOST_EN.search(one.text)
    if not match:
        return
    noun = re.sub(r"(?<=\w)s$", "", match["noun"].lower())
    held = re.search(r"at a time|at once|same time", match["post"]) is not None
    adding = [
        name
        for name in operations
        if re.match(rf"(?:add|book|borrow|reserve|start|open)\b.*\b{re.escape(noun)}$", name, re.IGNORECASE)
    ]
    doing = (
        speaking.by_verb(match["noun"])
        or (adding if noun != "time" else [])
        or (speaking.by_verb(match["pre"]) if noun == "time" else [])
    )
    if len(doing) == 1 and (not held or doing == adding):
        subject = re.search(r"^\W*(?:an?|each|every|one|the)\s+(\w+)\b", match["pre"], re.IGNORECASE)
        yield _Counted(
            doing[0],
            plain(number(match["n"])),
            "times",
            match[0],
            bool(_DAY_EN.search(match["post"])),
            noun=noun if held else "",
            subject=subject[1].lower() if subject else "",
        )


def _single(one: Told, words: str, speaking: Speaking, operations: dict[str, Operation]) -> str | None:
    """The one operation that is counted: named in the words, or by its verb, or the section's own."""
    named = speaking.names.in_text(words) or speaking.by_verb(words) or list(one.operations)
    if not named:
        named = [
            name
            for name, operation in operations.items()
            if names_in(words, [value for each in operation.fields.values() for value in each.rules.choices])
        ]
    short = [
        name
        for name in operations
        if CHINESE.search(name) and re.search(rf"[能可多]{re.escape(name[0])}$", words)
    ]
    named = short if len(short) == 1 and len(named) != 1 else named
    return named[0] if len(named) == 1 else None


def _cap(
    counted: _Counted, one: Told, operations: dict[str, Operation], known: Sequence[Quantity], text: str
) -> Cap | None:
    operation = operations[counted.operation]
    several = counted.unit not in {"次", "笔", "单", "回"} and any(map(_HOW_MANY.search, operation.fields))
    if several or (counted.periodic and dated(operation)):
        return None
    hiding = [name for each in known for name in each.names]
    words = counted.words if is_chinese(one.text) else one.text
    if is_chinese(one.text) and not counted.free and _strays(counted.words, operation):
        return None
    restricted = guard(words.replace("只能", ""), operation, hiding)
    if restricted is None or " in [" in restricted or _for_no_value(words, operation, restricted):
        return None
    name = _name(counted, operation, restricted, text)
    quantity = Quantity(name, "count", "0", type=InputType.INTEGER, period=counted.periodic, ids=one.ids)
    quantity.does(operation.name, Effect(when=restricted or None, set={name: f"{name} + 1"}, source=one.ids))
    return Cap(quantity, counted.most, operation.name, restricted, one)


def _strays(words: str, operation: Operation) -> bool:
    """'每天最多提醒 3 次' under 提交: what is counted is something else."""
    for one in operation.fields.values():
        for value in one.rules.choices:
            words = words.replace(value, " ")
    rest = _FILLERS.sub(" ", words)
    return bool(re.search(r"[\u3400-\u9fff]", rest)) and not set(rest) & set(operation.name)


def _for_no_value(words: str, operation: Operation, restricted: str) -> bool:
    """'同一手机号每天最多 3 次': one count for each value of an input, which the model can't hold."""
    named = names_in(words, list(operation.fields))
    apart = re.search(r"同一|每一?个?(?=\S)|\bsame\b|\bper\b|\beach\b|\bevery\b", words)
    return bool(apart) and any(
        re.search(rf"(?:同一|每一?个?|same |per |each |every |an? ){re.escape(name)}", words, re.IGNORECASE)
        for name in named
        if name not in restricted
    )


def dated(operation: Operation) -> bool:
    """The day is an input of its own: the count is of that day, which a single variable can't tell."""
    return any(one.rules.type in {InputType.DATE, InputType.DATE_TIME} for one in operation.fields.values())


def _name(counted: _Counted, operation: Operation, restricted: str, text: str) -> str:
    if counted.noun:
        return f"{counted.noun}s"
    values = re.findall(r"= (.+?)(?= and |$)", restricted)
    head = values[0] if len(values) == 1 else ""
    if not CHINESE.search(operation.name):
        return f"{head} times {participle(operation.name)}".strip()
    if counted.free:
        told = re.search(rf"免[\u3400-\u9fff]{{0,3}}{counted.unit}数", text)
        return told[0] if told else f"免费{counted.unit}数"
    told = re.search(rf"{re.escape(head)}{counted.unit}数", text) if head else None
    return told[0] if told else f"{head}{operation.name}次数"


def _also(
    quantity: Quantity, counted: _Counted, operations: Sequence[Operation], sentences: Sequence[Told]
) -> None:
    """What the other operations do to a count: a new thing begins anew, what is removed no longer counts."""
    stem = verb(counted.operation)
    keeps = any(_KEEPS_USED.search(one.text) for one in sentences)
    for operation in operations:
        name = operation.name
        if name == counted.operation:
            continue
        ids = operation.ids
        if counted.subject and _NEW.match(name) and name.lower().endswith(f" {counted.subject}"):
            quantity.does(name, Effect(set={quantity.name: "0"}, source=ids))
        elif (
            counted.noun
            and re.match(r"(?:remove|delete|take out)\b", name, re.IGNORECASE)
            and name.lower().endswith(counted.noun)
        ):
            quantity.does(name, Effect(set={quantity.name: f"{quantity.name} - 1"}, source=ids))
        elif _REMOVES.search(name) and not keeps and _concerns(name, counted, stem):
            quantity.is_lost(name, ids)


def _concerns(name: str, counted: _Counted, stem: str) -> bool:
    held = bool(counted.noun) and name.lower().endswith(counted.noun)
    return held or _same_thing(name, counted.operation, stem)


def _same_thing(name: str, counted: str, stem: str) -> bool:
    """'取消预约' and 预约, 'cancel booking' and book."""
    if CHINESE.search(counted):
        return counted[:2] in name or counted[-2:] in name
    own = fold(name)
    return own.endswith(fold(counted.split()[-1])) or any(
        form in name.lower() for form in (stem, *gerund_forms(counted))
    )
