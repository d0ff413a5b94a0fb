"""The quantities that a document names as lasting: balances, sums of a period, numbers that are counted up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from casewright.design.extraction.accumulations.telling import Told
from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.text.numbers import NUMBER, number, plain
from casewright.design.extraction.text.words import CHINESE, UNKNOWN, fold, mentions
from casewright.design.model.schema import Effect, InputType

_BALANCE_ZH = r"余额|积分|库存(?:量|数)?|持有数量|剩余(?:次数|数量|额度|天数)|欠款|额度"
_BALANCE = re.compile(
    rf"(?:{_BALANCE_ZH})$|(?<!\w)(?:balance|points|credits|stock|debt|in stock|owed|remaining)$",
    re.IGNORECASE,
)
_DEFINED = re.compile(
    r"^(?:[-•*]\s*)?[“\"「`]?(?P<name>[^:,。;.\"”」`(]{2,28}?)[”\"」`]?\s*(?::|\s-|是指|指|为|\bis\b|\bmeans\b)\s*(?P<body>.+)$",
    re.DOTALL,
)
_SUM = re.compile(
    r"(?:金额|数量|天数|额)?(?:的)?(?:之和|总和|总额|总计|合计)|\b(?:sum|total) (?:of|amount)\b",
    re.IGNORECASE,
)
_PERIOD = re.compile(
    r"本营业日|当日|当天|本月|当月|每个?营业日|每[天日月周年]|今日|\b(?:of the|per|a|this|each|today) ?(?:day|month|week|year)?\b"
    r"|已经?成功|accepted|successful|so far",
    re.IGNORECASE,
)
_STARTS_ZH = (
    rf"(?P<name>[\u3400-\u9fff]{{2,10}}?)(?:的)?初始(?:值|时)?(?:均|都)?(?:为|是|:)\s*(?P<n>{NUMBER})",
    rf"初始(?P<name>[\u3400-\u9fff]{{2,6}}?)(?:均|都)?(?:为|是|有|:)\s*(?P<n>{NUMBER})",
    rf"(?:开始时|一开始|首个\w{{1,4}})(?:各项|所有)?(?P<name>[\u3400-\u9fff]{{2,8}}?)(?:均|都)?为\s*(?P<n>{NUMBER})",
)
_STARTS_EN = (
    rf"(?:starts?|begins?|opens?) (?:out )?with (?:an? )?(?P<name>[\w ]{{3,24}}?) of [$€£]?\s*(?P<n>{NUMBER})",
    rf"(?:starts?|begins?|opens?) (?:out )?with [$€£]?\s*(?P<n>{NUMBER})\s+(?P<name>[a-z]+(?: [a-z]+)?)",
    rf"(?:the )?(?P<name>[\w ]{{3,24}}?) (?:starts?|begins?|opens?) (?:out )?(?:at|with|from) [$€£]?\s*(?P<n>{NUMBER})",
    rf"(?:initial|opening|starting) (?P<name>[\w ]{{3,24}}?) (?:is|of|:) [$€£]?\s*(?P<n>{NUMBER})",
    rf"(?:the )?(?P<name>[\w ]{{3,24}}?) is (?:initially|at first) [$€£]?\s*(?P<n>{NUMBER})",
)
_NONE_AT_FIRST = re.compile(
    r"(?:默认|初始|开始时)[^,。;]{0,8}没有任何|\bstarts? (?:out )?(?:empty|with (?:no|nothing))\b"
)
_COUNTED_UP = re.compile(
    rf"从\s*(?P<n>{NUMBER})\s*(?:开始|起)[,]?(?:逐[笔个单次条张]|依次|每次|顺序)?(?:递增|加\s*1|累加|\+1|自增|编号)|"
    r"numbered\s+1,\s*2,\s*3|counts? up from (?P<m>1)\b",
    re.IGNORECASE,
)
_NUMBERED_FROM = re.compile(
    rf"(?P<name>[\u3400-\u9fff]{{2,8}}(?:编号|序号|期次|期号))从\s*(?P<n>{NUMBER})\s*开始"
)
_STARTS = tuple(re.compile(pattern, re.IGNORECASE) for pattern in (*_STARTS_ZH, *_STARTS_EN))


@dataclass
class Quantity:
    """What is known so far of one quantity. `kind`: 'balance' goes up and down, 'sum' adds up what was accepted,
    'count' counts, 'number' is given out and counted up."""

    name: str
    kind: str
    starts: str = UNKNOWN
    per: str | None = None
    type: InputType = InputType.DECIMAL
    scale: int | None = None
    aliases: tuple[str, ...] = ()
    body: str = ""
    """The words that define it."""
    period: bool = False
    """It is of a day or another stretch of time."""
    effects: dict[str, list[Effect]] = field(default_factory=dict[str, list[Effect]])
    ids: tuple[str, ...] = ()
    moved_somewhere: bool = False
    """It is told to go up or down, but not in which operation."""
    settled: set[str] = field(default_factory=set[str])
    """Operations of which the document tells what they do to it, or that they leave it alone."""

    lost: set[str] = field(default_factory=set[str])
    """Operations that do something to it that was not understood."""

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.aliases)

    def at(self, operation: Operation) -> str | None:
        """How an expression of the operation reads it; None if it has one value per something else."""
        if self.per is None:
            return self.name
        return f"{self.name}[{self.per}]" if self.per in operation.fields else None

    def chosen(self, operation: Operation) -> str:
        """Nothing happens to a quantity per choice where the choice is 'none'."""
        one = operation.fields.get(self.per or "")
        default = one.rules.default if one else None
        if default is None or not re.match(r"不|无|没有|none\b|no\b|nothing", default, re.IGNORECASE):
            return ""
        return f"{self.per} != {default}"

    @property
    def everywhere(self) -> str:
        return self.name if self.per is None else f"{self.name}[every]"

    def does(self, operation: str, effect: Effect) -> None:
        if operation in self.lost:
            return
        known = self.effects.setdefault(operation, [])
        if all(effect.set != each.set or effect.when != each.when for each in known):
            known.append(effect)
        self.settled.add(operation)

    def is_lost(self, operation: str, ids: tuple[str, ...]) -> None:
        """What the operation does to it was not understood."""
        self.effects[operation] = [Effect(set={self.everywhere: UNKNOWN}, source=ids)]
        self.settled.add(operation)
        self.lost.add(operation)

    def rests_on(self, ids: Iterable[str]) -> None:
        self.ids = tuple(dict.fromkeys((*self.ids, *ids)))


def find_quantities(sentences: Sequence[Told], operations: Sequence[Operation]) -> list[Quantity]:
    """The quantities by name, each with what is said of its beginning."""
    found: dict[str, Quantity] = {}
    for one in sentences:
        for quantity in (*_defined(one), *_numbered(one)):
            found.setdefault(fold(quantity.name), quantity)
    for operation in operations:
        for name, ids in operation.outputs.items():
            if _BALANCE.search(name) and name not in operation.fields:
                found.setdefault(fold(name), Quantity(name, "balance", ids=ids))
    _named_at_the_beginning(sentences, found)
    for quantity in found.values():
        if quantity.name in {"credits", "points"}:
            quantity.aliases = (*quantity.aliases, quantity.name[:-1])
        _begin(quantity, sentences)
        _choose_type(quantity, sentences)
    return list(found.values())


def _defined(one: Told) -> Iterator[Quantity]:
    match = _DEFINED.match(one.text)
    if (
        match
        and len(match["name"].split()) <= 4
        and _SUM.search(match["body"])
        and _PERIOD.search(match["body"])
    ):
        period = re.search(r"营业日|日|天|月|周|day|month|week", match["body"]) is not None
        yield Quantity(
            _bare(match["name"]), "sum", starts="0", body=match["body"], ids=one.ids, period=period
        )


def _numbered(one: Told) -> Iterator[Quantity]:
    """'流水号:每笔成功的转账取得一个流水号,从 1 开始逐笔加 1', 'Items are numbered 1, 2, 3'."""
    counted = _COUNTED_UP.search(one.text)
    defined = _DEFINED.match(one.text)
    named = _NUMBERED_FROM.search(one.text)
    if named:
        name = re.split(r"的|,", named["name"])[-1]
        yield Quantity(name, "number", plain(number(named["n"])), type=InputType.INTEGER, ids=one.ids)
    elif counted and counted[0].lower().startswith("numbered"):
        noun = re.search(r"(\w+?)s are numbered", one.text, re.IGNORECASE)
        if noun:
            yield Quantity(f"{noun[1].lower()} number", "number", "0", type=InputType.INTEGER, ids=one.ids)
    elif counted and defined and re.search(r"号$|number$|no\.?$", _bare(defined["name"]), re.IGNORECASE):
        first = number(counted["n"] or counted["m"])
        yield Quantity(
            _bare(defined["name"]),
            "number",
            plain(first - 1),
            body=one.text,
            type=InputType.INTEGER,
            ids=one.ids,
        )


def _bare(name: str) -> str:
    return re.sub(r"^(?:the |an? )", "", name.strip(" *“”\"'`-"), flags=re.IGNORECASE)


def _named_at_the_beginning(sentences: Sequence[Told], found: dict[str, Quantity]) -> None:
    """A quantity that is only known by what it begins with; a short form of a known one becomes its alias."""
    for one in sentences:
        for pattern in _STARTS:
            for match in pattern.finditer(one.text):
                name = _bare(re.sub(r"^(?:即|其|该|的|每个|和|与)+", "", match["name"]))
                if not _BALANCE.search(name) or any(fold(name) == fold(each) for each in found):
                    continue
                longer = [each for each in found.values() if _is_short_for(name, each.name)]
                if len(longer) == 1:
                    longer[0].aliases = (*longer[0].aliases, name)
                elif not longer:
                    found[fold(name)] = Quantity(name, "balance", ids=one.ids)


def _is_short_for(short: str, name: str) -> bool:
    """'余额' for 账户余额, 'balance' for points balance; also the other way round."""
    one, other = sorted((short.lower(), name.lower()), key=len)
    return other.endswith(one if CHINESE.search(one) else f" {one}")


def _begin(quantity: Quantity, sentences: Sequence[Told]) -> None:
    values: set[str] = set()
    for one in sentences:
        for pattern in _STARTS:
            for match in pattern.finditer(one.text):
                said = re.sub(r"^(?:即|其|该|的|每个|和|与)+", "", _bare(match["name"]))
                if fold(said) in {fold(name) for name in quantity.names} or _covers(match[0], said, quantity):
                    values.add(plain(number(match["n"])))
                    quantity.rests_on(one.ids)
        if _NONE_AT_FIRST.search(one.text) and quantity.name.endswith(("持有数量", "库存")):
            values.add("0")
            quantity.rests_on(one.ids)
    if len(values) == 1:
        quantity.starts = values.pop()
    elif values:
        quantity.starts = UNKNOWN


def _covers(whole: str, said: str, quantity: Quantity) -> bool:
    """'各项累计均为 0' speaks of every quantity of that name."""
    return bool(re.search(r"各项|所有|均|都", whole)) and quantity.name.endswith(said)


def _choose_type(quantity: Quantity, sentences: Sequence[Told]) -> None:
    if re.search(r"数量|次数|库存|credits|points|stock|积分", quantity.name):
        fraction = any(
            mentions(one.text, quantity.name) and re.search(r"\d\.\d", one.text) for one in sentences
        )
        quantity.type = InputType.DECIMAL if fraction else InputType.INTEGER


def hold_fractions(quantity: Quantity, operations: Sequence[Operation]) -> None:
    """What is added to it in fractions is no whole number."""
    values = [
        value for effects in quantity.effects.values() for each in effects for value in each.set.values()
    ]
    fractional = [
        name
        for operation in operations
        for name, one in operation.fields.items()
        if one.rules.type is InputType.DECIMAL
    ]
    if any(name in value for name in fractional for value in values):
        quantity.type = InputType.DECIMAL
