"""Which operation a defined quantity belongs to, and for what there is one value each."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casewright.design.extraction.accumulations.changing import READS
from casewright.design.extraction.accumulations.quantities import Quantity
from casewright.design.extraction.accumulations.telling import Speaking, Told, amount, guard
from casewright.design.extraction.behaviour.naming import Operation
from casewright.design.extraction.text.words import CHINESE, fold, mentions
from casewright.design.model.schema import Effect

_SUMMED = (
    re.compile(
        r"(?P<what>[\u3400-\u9fff]{0,4}?(?:金额|数量|天数|件数|积分))(?:的)?(?:之和|总和|总额|总计|合计|累计)"
    ),
    re.compile(
        r"(?:sum|total) of (?:all |the |of )*(?:accepted |successful |approved )?(?P<what>\w+?)s?\b",
        re.IGNORECASE,
    ),
)
_EACH = r"(?:某一|某个|每一?个?|各个?|同一|单个|\beach |\bevery |\bper |\bone )\s*"
_ONE_SUBJECT = re.compile(
    r"一次只面对一个|只有一个(?:账户|用户|员工)|同一时间(?:只能|只可)?有一|\babout one \w+|\bone (?:account|workspace|claim|applicant|user|customer|member)\b",
    re.IGNORECASE,
)
_IDENTIFIES = re.compile(
    r"(?:号|编号|号码|码|手机|邮箱|账户|用户名?|会员|编码)$|(?<!\w)(?:id|number|code|plate|email|e-mail|phone|account|user|user name|username|card|member|customer|employee)$",
    re.IGNORECASE,
)
_OTHER_PARTY = re.compile(
    r"收款|对方|目标|流水|凭证|交易|订单|验证码|优惠|券码|payee|recipient|reference|item|target|destination|coupon|order|receipt|verification",
    re.IGNORECASE,
)
_ACQUIRES = re.compile(r"^(?:领取|领|获取)|^(?:claim|receive|collect)\b", re.IGNORECASE)
_HOLDS = re.compile(r"持有数量$")
_BEGINS = re.compile(r"^(?:create|start|open|new|begin)\b|^(?:新建|创建|开立|开户)", re.IGNORECASE)
_AFRESH = re.compile(r"nothing in common|starts? (?:\w+ ){0,3}with no \w+", re.IGNORECASE)


def link(quantities: Sequence[Quantity], operations: Sequence[Operation], sentences: Sequence[Told]) -> None:
    speaking = Speaking(operations)
    for quantity in quantities:
        if quantity.kind in {"sum", "balance"}:
            quantity.per = _per(quantity, operations, sentences)
        if quantity.kind == "sum" and quantity.body:
            _link_sum(quantity, operations, speaking)
        elif quantity.kind == "number":
            _link_number(quantity, operations, sentences)
        elif _HOLDS.search(quantity.name):
            _link_holding(quantity, operations)
        quantity.scale = _scale(quantity, operations)


def _per(quantity: Quantity, operations: Sequence[Operation], sentences: Sequence[Told]) -> str | None:
    """The choice for each value of which there is one: 某一渠道, 同一券种 (of 优惠券), 'each channel'."""
    texts = (
        [quantity.body]
        if quantity.body
        else [one.text for one in sentences if any(mentions(one.text, name) for name in quantity.names)]
    )
    choices = {
        name for operation in operations for name, one in operation.fields.items() if one.rules.choices
    }
    for name in choices:
        words = [re.escape(name)]
        if CHINESE.search(name):
            words.append(f"{re.escape(name[-1])}(?:种|类)")
        pattern = re.compile(rf"(?:{_EACH}|该)(?:{'|'.join(words)})", re.IGNORECASE)
        if any(pattern.search(text) for text in texts):
            return name
    return None


def _link_sum(quantity: Quantity, operations: Sequence[Operation], speaking: Speaking) -> None:
    match = next((found for pattern in _SUMMED if (found := pattern.search(quantity.body))), None)
    if match is None:
        return
    fits: dict[str, str] = {}
    for operation in operations:
        added = None if READS.search(operation.name) else _added(match["what"], operation)
        if added:
            fits[operation.name] = added
    acting = [
        name for name in fits if name in speaking.by_verb(quantity.body) or _same_head(name, quantity.body)
    ]
    chosen = acting if len(acting) == 1 else list(fits)
    for operation in operations:
        if operation.name in chosen:
            _add(quantity, operation, fits[operation.name], certain=len(chosen) == 1)


def _added(what: str, operation: Operation) -> str | None:
    """'转出的金额' and '金额' alike are the operation's 转账金额."""
    return amount(what, operation) or (amount(what[-2:], operation) if CHINESE.search(what) else None)


def _add(quantity: Quantity, operation: Operation, added: str, *, certain: bool) -> None:
    when, target = guard(quantity.body, operation, quantity.names), quantity.at(operation)
    if not certain or when is None or target is None:
        quantity.is_lost(operation.name, quantity.ids)
    else:
        quantity.does(
            operation.name,
            Effect(when=when or None, set={target: f"{target} + {added}"}, source=quantity.ids),
        )


def _same_head(name: str, body: str) -> bool:
    return CHINESE.search(name) is not None and any(char in body for char in name[:1])


def _link_number(quantity: Quantity, operations: Sequence[Operation], sentences: Sequence[Told]) -> None:
    giving = [
        each for each in operations if any(fold(name) in map(fold, each.outputs) for name in quantity.names)
    ]
    for operation in giving:
        if len(giving) == 1:
            step = Effect(set={quantity.name: f"{quantity.name} + 1"}, source=quantity.ids)
            quantity.does(operation.name, step)
        else:
            quantity.is_lost(operation.name, operation.ids)
    afresh = any(_AFRESH.search(one.text) for one in sentences)
    for operation in operations if giving else ():
        if _BEGINS.search(operation.name) and operation not in giving:
            if afresh:
                quantity.does(
                    operation.name, Effect(set={quantity.name: quantity.starts}, source=operation.ids)
                )
            else:
                quantity.is_lost(operation.name, operation.ids)


def _link_holding(quantity: Quantity, operations: Sequence[Operation]) -> None:
    """'领取成功后返回持有数量': one more of them, as no number is asked for."""
    for operation in operations:
        target = quantity.at(operation)
        if _ACQUIRES.search(operation.name) and quantity.name in operation.outputs and target:
            if any(one.rules.choices == () for one in operation.fields.values()):
                continue
            quantity.does(operation.name, Effect(set={target: f"{target} + 1"}, source=quantity.ids))


def _scale(quantity: Quantity, operations: Sequence[Operation]) -> int | None:
    scales = {
        one.rules.scale
        for operation in operations
        for one in operation.fields.values()
        if one.rules.scale is not None
    }
    return scales.pop() if quantity.kind in {"sum", "balance"} and len(scales) == 1 else None


def belongs_to_many(quantity: Quantity, operations: Sequence[Operation], sentences: Sequence[Told]) -> bool:
    """Is there one value for each account, reader, number … that an input names? The model can't hold that."""
    if any(_ONE_SUBJECT.search(one.text) for one in sentences):
        return False
    own = [
        {name for name in operation.fields if _IDENTIFIES.search(name) and not _OTHER_PARTY.search(name)}
        for operation in operations
        if _touches(quantity, operation)
    ]
    return any(own)


def _touches(quantity: Quantity, operation: Operation) -> bool:
    """Does it change or show the quantity, other than by setting it back?"""
    steps = [value for each in quantity.effects.get(operation.name, ()) for value in each.set.values()]
    shown = any(name in operation.outputs for name in quantity.names)
    return shown or any(not value.replace(".", "").isdigit() for value in steps)
