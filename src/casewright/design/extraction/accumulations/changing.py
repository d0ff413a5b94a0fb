"""What each operation does to a quantity: adds, takes off, sets back, leaves alone; `unknown` where a sentence that
may speak of it was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from casewright.design.extraction.accumulations.quantities import Quantity
from casewright.design.extraction.accumulations.telling import Told, amount, guard, numeric_fields
from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.text.words import CHINESE
from casewright.design.model.schema import Effect

READS = re.compile(
    r"^(?:查询|查看|试算|计算|搜索|浏览|显示)|^(?:view|show|get|list|search|calculate|look|check|quote|see)\b",
    re.IGNORECASE,
)
_Q = "§"
_A = r"(?P<a>[^,;:。()§]{1,24}?)"
_END = r"(?=\s*(?:$|[,;。(),.]|并|后|\band\b|\bat\b|\bper\b|\bfor\b))"
_NUMBER_END = r"(?=\s*(?:$|[,;。()]|\.(?:\s|$)|并|后|且|以及))"
_START = r"(?:^|; |\. |\b(?:accepted|succeeds?|successful|success|approved), )"
"""A list of things that are added must not be cut in two."""
_UP = (
    rf"§(?:增加|加上|累加|加|增)\s*{_A}{_NUMBER_END}",
    rf"(?:^|[,;。(]|将|把|按)(?P<said>[^,;。§]{{0,12}}?时|[^,;。§]{{0,6}}?后)?{_A}(?:全部|全额|均|都)?(?:会|应|需)?(?:计入|累加到|累加至|加到|加入|加回|存入|转入|退回到?|返还到?)(?:到|至)?§",
    rf"\badd(?:s|ed)? {_A} to (?:the |his |her |their |its )?§",
    rf"{_START}{_A} (?:is|are) (?:then )?(?:added|credited) to (?:the |his |her |their |its )?§",
    rf"\b(?:increases?|raises?) (?:the |his |her |their |its )?§ by {_A}{_END}",
    rf"§ (?:go(?:es)? up|rises?|increases?|grows?|is increased|is raised|are increased) by {_A}{_END}",
)
_DOWN = (
    rf"§(?:减少|扣减|扣除|减去|减|扣)\s*{_A}{_NUMBER_END}",
    rf"从§(?:中|里)?(?:预扣|扣除|扣减|减去|扣|冻结)\s*{_A}{_NUMBER_END}",
    rf"扣款后的§\((?:扣减|扣除|减去){_A}\)",
    rf"\b(?:subtracts?|deducts?|takes?) {_A} (?:from|off) (?:the |his |her |their |its )?§",
    rf"{_START}{_A} (?:is|are) (?:then )?(?:subtracted|deducted|taken) (?:from|off) (?:the |his |her |their |its )?§",
    rf"\b(?:decreases?|reduces?|lowers?) (?:the |his |her |their |its )?§ by {_A}{_END}",
    rf"§ (?:go(?:es)? down|falls?|drops?|decreases?|is decreased|is reduced|is lowered|are reduced) by {_A}{_END}",
    rf"\b(?:costs?|uses?(?: up)?|consumes?) {_A} §",
)
_SET = (
    r"§(?:全部|均|都|一并|也)*(?:清零|归零|清空)(?P<zero>)",
    rf"§(?:全部|均|都|一并|也)*(?:重置|恢复|还原)(?:为|到|至)\s*{_A}{_NUMBER_END}",
    r"§ (?:(?:is|are) )?(?:all )?(?:cleared|reset)(?! to (?!0|zero))(?P<zero>)",
    r"\b(?:clears?|resets?) (?:the |all )?§(?! to (?!0|zero))(?P<zero>)",
    rf"§ (?:is|are) (?:all )?(?:set|reset) (?:back )?to {_A}{_END}",
    rf"\b(?:sets?|resets?) (?:the )?§ (?:back )?to {_A}{_END}",
)
_SAME = (
    r"§[^,;。]*?(?:不变|不受[^,;。]*影响|不恢复|不改变|不清零|不退|不回退)",
    r"\b(?:uses?|costs?|takes?) no §",
    r"不(?:改变|影响|占用|恢复|返还)[^,;。]*?§",
    r"§ (?:stays?|remains?|(?:is|are) (?:not (?:changed|affected|given back|touched)|unchanged|untouched)|do(?:es)? not change)",
    r"\b(?:leaves?|do(?:es)? not (?:touch|change|affect|give back|restore)) (?:the |any )?§",
)
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, patterns in (("same", _SAME), ("set", _SET), ("up", _UP), ("down", _DOWN))
    for pattern in patterns
)
_CHANGE = re.compile(
    r"增加|减少|扣|退回|退还|退款|返还|恢复|清零|归零|加回|加到|计入|重置|赠送|奖励|到账|入账|释放|获得|可得|得到|发放|消耗|花费|"
    r"\b(?:add(?:s|ed)?|deduct|subtract|refund|restor|reset|clear|increas|decreas|reduc|credit(?:ed|s)?\b(?! score)|"
    r"earn|spen[dt]|gain|award|grant|bonus|use(?:s|d)? up|expire|give(?:s|n)? back|paid back|return(?:s|ed)? to)",
    re.IGNORECASE,
)
_ONLY = re.compile(r"\((?:只有|仅|only)[^)]*\)|(?:变为|变成)[^,;。]*|扣款后", re.IGNORECASE)
_MOVES = re.compile(
    r"退|充值|存|取款|提现|扣|缴|还款|兑换|补|冲正|撤销|取消|refund|deposit|withdraw|pay|top.?up|redeem|earn|spend|charge|reverse|cancel",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"不(?:会|再|得|予|能)?(?=[从计加退返扣减存转])|\bnot\b|\bnever\b|\bno\b|n't\b", re.IGNORECASE
)
_HELD = re.compile(
    r"(?:预扣|冻结|预占|占用)的(?P<what>[\u3400-\u9fff]{1,8}?)(?:全部|全额|如数)(?:退回|退还|返还|释放|解冻)"
)
_ONE_AT_A_TIME = re.compile(
    r"同一时间(?:只能|只可|仅能|最多)?有?一|只能有一[张笔个份]|\bone \w+ at a time\b", re.IGNORECASE
)
_REFUSED = re.compile(r"被?(?:拒绝|失败)|\b(?:refus|reject|fail|declin)\w*", re.IGNORECASE)


@dataclass(frozen=True)
class Change:
    kind: str
    """'up', 'down', 'set' or 'same'"""
    amount: str


def any_of(quantities: Sequence[Quantity]) -> re.Pattern[str]:
    names = sorted({name for each in quantities for name in each.names}, key=len, reverse=True)
    parts = [
        re.escape(name) if CHINESE.search(name) else rf"(?<!\w){re.escape(name)}(?!\w)" for name in names
    ]
    one = f"(?:{'|'.join(parts) or '(?!)'})"
    joint = r"\s*(?:、|和|与|及|以及|,\s*(?:and )?(?:the )?|\s+and (?:the )?)\s*"
    return re.compile(rf"{one}(?:{joint}{one})*", re.IGNORECASE)


def changes(text: str, quantity: Quantity, runs: re.Pattern[str], names: re.Pattern[str]) -> Iterator[Change]:
    """What a sentence says of a quantity, which may stand in a list of quantities. `names` are those in which a verb means nothing."""
    for run in runs.finditer(text):
        if any(name.lower() in run[0].lower() for name in quantity.names):
            marked = text[: run.start()] + _Q + text[run.end() :]
            found = [
                (kind, match)
                for kind, pattern in _PATTERNS
                if (match := pattern.search(marked)) and (kind == "same" or not _denied(marked, match))
            ]
            if found:
                kind, match = found[0]
                groups = match.groupdict()
                rest = _ONLY.sub("", names.sub(" ", marked[: match.start()] + " " + marked[match.end() :]))
                if kind in {"up", "down"} and _CHANGE.search(rest):
                    groups["a"] = ""
                yield Change(kind, "0" if groups.get("zero") is not None else (groups.get("a") or ""))


def _names_of(operations: Sequence[Operation]) -> re.Pattern[str]:
    """Names of operations, inputs and values ('折扣券', 'Add item'), and what is quoted."""
    names = {operation.name for operation in operations}
    for operation in operations:
        for name, one in operation.fields.items():
            names.update((name, *(value for value in one.rules.choices if len(value) > 1)))
    longest = sorted(names, key=len, reverse=True)
    return re.compile("|".join([r"`[^`]*`", r"“[^”]*”", *map(re.escape, longest)]), re.IGNORECASE)


def _denied(text: str, match: re.Match[str]) -> bool:
    """'不从余额中扣除', 'is not added to the balance'."""
    return _NOT.search(text[: match.start()][-8:] + match[0]) is not None


class Changing:
    """Reads, sentence by sentence, what operations do to the quantities."""

    def __init__(
        self, quantities: Sequence[Quantity], operations: Sequence[Operation], sentences: Sequence[Told]
    ) -> None:
        self._quantities = quantities
        self._operations = {operation.name: operation for operation in operations}
        self._sentences = [replace(one, text=expanded(one.text, quantities)) for one in sentences]
        self._runs = any_of(quantities)
        self._names = _names_of(operations)
        self._hiding = [name for each in quantities for name in each.names]

    def read(self) -> None:
        for one in self._sentences:
            run = self._runs.search(one.text)
            for quantity in self._quantities if run else ():
                if any(name.lower() in one.text.lower() for name in quantity.names):
                    self._read(one, quantity)
        for quantity in self._quantities:
            self._rest(quantity)

    def _read(self, one: Told, quantity: Quantity) -> None:
        found = list(changes(one.text, quantity, self._runs, self._names))
        for change in found:
            self._apply(one, quantity, change)
        if (
            not found
            and _CHANGE.search(self._names.sub(" ", self._runs.sub(" ", one.text)))
            and not _is_definition(one, quantity)
        ):
            self._lost(one, quantity)

    def _apply(self, one: Told, quantity: Quantity, change: Change) -> None:
        if change.kind == "same":
            if not _REFUSED.search(one.text):
                quantity.settled.update(one.operations)
            return
        if not one.operations and change.kind != "set":
            quantity.moved_somewhere = True
        for name in one.operations:
            operation = self._operations[name]
            effect = self._effect(one, quantity, change, operation)
            if effect is None:
                quantity.is_lost(name, one.ids)
            else:
                quantity.does(name, effect)
                quantity.rests_on(one.ids)

    def _effect(self, one: Told, quantity: Quantity, change: Change, operation: Operation) -> Effect | None:
        value = amount(change.amount, operation)
        when = guard(one.text, operation, self._hiding)
        target = quantity.everywhere if change.kind == "set" else quantity.at(operation)
        if value is None or when is None or target is None or _refused(one.text, operation.name):
            return None
        if change.kind != "set":
            value = f"{target} {'+' if change.kind == 'up' else '-'} {_in_brackets(value, change.kind)}"
            when = " and ".join(filter(None, (when, quantity.chosen(operation))))
        return Effect(when=when or None, set={target: value}, source=one.ids)

    def _lost(self, one: Told, quantity: Quantity) -> None:
        if quantity.kind == "number":
            return
        for name in one.operations:
            if not READS.search(name):
                quantity.is_lost(name, one.ids)

    def _rest(self, quantity: Quantity) -> None:
        """What of the quantity the other operations may change."""
        _give_back(quantity, self._sentences)
        for name, operation in self._operations.items():
            if name in quantity.settled or READS.search(name) or quantity.kind == "number":
                continue
            if self._may_change(quantity, operation):
                quantity.is_lost(name, operation.ids)

    def _may_change(self, quantity: Quantity, operation: Operation) -> bool:
        own = [one.text for one in self._sentences if operation.name in one.operations]
        moving = [text for text in own if _CHANGE.search(text)]
        never_grows = quantity.kind == "sum" and not any("+" in value for value in _values(quantity))
        if (
            quantity.moved_somewhere
            or never_grows
            or any(name in operation.outputs for name in quantity.names)
        ):
            return True
        if any(piece in text for piece in _pieces(quantity.name) for text in moving):
            return True
        if quantity.kind != "balance":
            return False
        return bool(numeric_fields(operation)) or bool(_MOVES.search(operation.name))


def _refused(text: str, name: str) -> bool:
    """It speaks of a refusal, whose effects are no steps of the operation."""
    return _REFUSED.search(re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)) is not None


def _in_brackets(value: str, kind: str) -> str:
    return f"({value})" if kind == "down" and " + " in value else value


def _values(quantity: Quantity) -> list[str]:
    return [value for effects in quantity.effects.values() for each in effects for value in each.set.values()]


def _pieces(name: str) -> list[str]:
    return [name[:2], name[-2:]] if CHINESE.search(name) else [name.split()[-1]]


def _is_definition(one: Told, quantity: Quantity) -> bool:
    return bool(quantity.body) and quantity.body in one.text


def _give_back(quantity: Quantity, sentences: Sequence[Told]) -> None:
    """'预扣的年假全部退回': what the newest accepted request took is given back in full. It takes a second variable,
    and there may be one such request at a time only."""
    takes = {
        name: effects
        for name, effects in quantity.effects.items()
        if len(effects) == 1 and f"{quantity.name} - " in str(effects[0].set.get(quantity.name, ""))
    }
    giving = [
        one
        for one in sentences
        if (match := _HELD.search(one.text)) and match["what"] in quantity.name and one.said
    ]
    if (
        not giving
        or len(takes) != 1
        or quantity.per
        or not any(_ONE_AT_A_TIME.search(one.text) for one in sentences)
    ):
        return
    name, effects = next(iter(takes.items()))
    held = held_name(quantity)
    taken = effects[0].set[quantity.name].removeprefix(f"{quantity.name} - ")
    kept = f"{taken} if {effects[0].when} else 0" if effects[0].when else taken
    quantity.effects[name] = [*effects, Effect(set={held: kept}, source=effects[0].source)]
    for one in giving:
        for operation in one.said:
            if operation != name:
                effect = Effect(set={quantity.name: f"{quantity.name} + {held}", held: "0"}, source=one.ids)
                quantity.effects[operation] = [effect]
                quantity.settled.add(operation)


def held_name(quantity: Quantity) -> str:
    return f"预扣的{quantity.name}"


def expanded(text: str, quantities: Sequence[Quantity]) -> str:
    """'各项累计、笔数和免费笔数不恢复': a word for several quantities gives way to their names."""
    ends: dict[str, list[str]] = {}
    for each in quantities:
        if CHINESE.search(each.name) and len(each.name) > 2:
            ends.setdefault(each.name[-2:], []).append(each.name)
    for end, names in ends.items():
        pattern = rf"(?:(?:各项|各类|所有|全部){end}|(?<=[、和与及]){end})(?=[、和与及,。不均都全也]|$)"
        text = re.sub(pattern, "、".join(names), text)
    return text
