"""Sentences that change an amount (discounts, surcharges, dearer parts, caps) and that no definition has read."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from casewright.design.extraction.formulas.circumstances import Circumstances, joined
from casewright.design.extraction.formulas.clauses import clauses_of
from casewright.design.extraction.formulas.terms import name_pattern
from casewright.design.extraction.text.passages import Passage, plain
from casewright.design.extraction.text.words import CHINESE

_ALTERS = re.compile(
    r"(?<![扣递增核加])减(?!去|\s*○)|加收|加价|另[收加付]|满\s*\d[^,。;]{0,12}(?:[减返送打]|优惠|收)|打\s*\S{1,3}\s*折|免收|免费(?![笔次额数时天])|封顶|起步|起价|"
    r"[过出的余他上下内外]\s*部分|超[过出][^,。;]{0,14}部分|每满|每[^,。;最不至]{0,10}(?:加?收|\d[\d.]*\s*[元块])|"
    r"另有[^,。;]{0,6}(?:优惠|规定|收费|标准|价)|(?<!不)享受?[^,。;这此]{0,10}(?:优惠|折扣|减免|特价)|(?:优惠|特惠|专属|团体?|协议|会员|折扣)(?:价|费率|价格)(?!=|表)|"
    r"翻倍|加倍|双倍|减半|折半|上[浮调]|下[浮调]|面议|议价|协商|起收|"
    r"\b(?:reduced|special|preferential|concession\w*|discounted|negotiated|group|member) (?:rates?|prices?|fees?|fares?|tariffs?|charges?)\b|"
    r"\bpays? (?:less|more|half|double|nothing|no\b)|\b(?:twice|double|triple) (?:the|that|this|as)\b|\b(?:doubled|tripled|halved)\b|\bdifferent (?:rate|price|fee|fare|tariff|charge)s?\b|"
    r"第[^,。;]{1,6}[开起]|\bfrom the \w+ \S+ on(?:wards?)?\b|"
    r"\bdiscount of\b|\bdiscounted\b|\bsurcharges?\b|\b(?:per|each|every) (?:additional|further|extra|subsequent)\b|"
    r"\bfree of charge\b|\b(?:for|are|is|ride|get|travel)s? free\b|\bwaive[ds]?\b|\bcapped\b|\b(?:reduced|increased|lowered|raised) by\b|\bhalf (?:the )?price\b|"
    r"\b(?:part|portion|share|amount|excess|anything|everything) (?:above|beyond|over|exceeding)\b|"
    r"(?:\b\w{3,}s|○) (?:above|beyond|over|exceeding)\b.{1,40}\b(?:costs?|pays?|charged|priced)\b|"
    r"\d\s*(?:%|[A-Z]{3}|euros?|dollars?)?\s+(?:off|extra|cheaper|dearer|less for)\b|\b(?:costs?|pays?) \S{0,12}\s*(?:more|less)\b",
    re.IGNORECASE,
)
_VARIES_BEHIND = re.compile(
    r"^\s*(?:另[行计算外议有]|由[^,。;]{1,8}(?:决定|确定|商定)|可(?:以)?(?:减|免|调|协商)|(?:有所|各)不同|视[^,。;]{1,10}而定|"
    r"(?:also )?(?:depends?|var(?:y|ies)|differs?|(?:may|can|will) (?:be|vary|change)|(?:is|are) (?:different|set|agreed|negotiated|lower|higher|halved|doubled|not due))\b)",
    re.IGNORECASE,
)
"""What stands behind the name of a quantity and says that it is something else at times."""
_STOCK = re.compile(r"(?:库存|余额|次数|名额|数量|份数)[^,。;\d]{0,6}减")
_HARMLESS = re.compile(r"不因[^,。;]*(?:减免|免)$|^(?:例如?|比如|for example|e\.g\.)", re.IGNORECASE)
_SHOWN = re.compile(
    r"(?:提示|返回|显示|message|says?)\s*[:：]?\s*(?:“[^”]*”|「[^」]*」|\"[^\"]*\")", re.IGNORECASE
)
_POINTS_AT_TABLE = re.compile(
    r"下表|如下|见表|[:：]\s*$|\b(?:table|following|as follows|below)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Unread:
    """`conditions`: the cases that it may concern, '' for all; `named`: what of the known names it names."""

    passage: Passage
    conditions: tuple[str, ...]
    named: frozenset[str]


def alters(clause: str, names: Collection[str]) -> bool:
    """Does the clause change an amount? The words of names (满减券, 优惠金额) say nothing."""
    said = re.sub("[\ue000-\ue003]", "", clause)
    said = name_pattern([name for name in names if len(name) > 1]).sub("○", said)
    return (
        _ALTERS.search(said) is not None
        and not _STOCK.search(clause)
        and not _HARMLESS.search(clause.strip())
    )


def varies(sentence: str, name: str) -> bool:
    """Does the sentence say of the quantity that it is something else at times, without saying what?"""
    said = plain(sentence)
    found = re.finditer(re.escape(name), said, re.IGNORECASE)
    return any(_VARIES_BEHIND.match(said[match.end() :]) for match in found)


def unread_in(
    passages: Sequence[Passage],
    taken: Collection[tuple[int, str]],
    names: Mapping[str, Collection[str]],
    about: Circumstances,
) -> Iterator[Unread]:
    """`taken`: (id of the passage, sentence) that definitions have read; `names`: name of a quantity or an input
    → the ways to write it."""
    spelled = [each for own in names.values() for each in own]
    words = [*spelled, *(value for values in about.choices.values() for value in values), *about.choices]
    for passage in passages:
        for sentence in passage.sentences:
            if (id(passage), sentence) not in taken:
                clauses = clauses_of(_SHOWN.sub(" ", plain(sentence)))
                conditions = tuple(_cases(clauses, words, about))
                named = _named(sentence, names)
                if not conditions and any(varies(sentence, name) for name in named):
                    conditions = ("",)
                if conditions:
                    yield Unread(passage, conditions, named)


def unread_cells(
    passages: Sequence[Passage], names: Mapping[str, Collection[str]], about: Circumstances
) -> Iterator[Unread]:
    """The same in cells of words of tables; the whole row tells which case a cell is about."""
    spelled = [each for own in names.values() for each in own]
    words = [*spelled, *(value for values in about.choices.values() for value in values), *about.choices]
    for passage in passages:
        for row in passage.table.rows if passage.table else ():
            if any(alters(clause, words) for cell in row for clause in clauses_of(cell)):
                whole = ",".join(row)
                yield Unread(passage, (joined(about.surely(whole)),), _named(whole, names))


def points_at_table(sentence: str) -> bool:
    return _POINTS_AT_TABLE.search(plain(sentence)) is not None


def _cases(clauses: Sequence[str], words: Sequence[str], about: Circumstances) -> Iterator[str]:
    """The cases of each clause that changes an amount: the values before it count up to the change before."""
    before = ""
    for clause in clauses:
        said = f"{before},{clause}"
        if alters(clause, words):
            yield joined(about.surely(said))
            before = ""
        else:
            before = said


def _named(sentence: str, names: Mapping[str, Collection[str]]) -> frozenset[str]:
    owners = {each.lower(): name for name, own in names.items() for each in own}
    pattern = re.compile(rf"(?<![A-Za-z]){name_pattern(owners).pattern}", re.IGNORECASE)
    said = plain(sentence)
    found = {owners[match["name"].lower()] for match in pattern.finditer(said)}
    return frozenset(found | {name for name in names if _counts(said, name)})


def _counts(text: str, name: str) -> bool:
    """'10 人', '每人' counts what 人数 tells."""
    of = name.removesuffix("数") if CHINESE.search(name) and name.endswith("数") else ""
    return bool(of) and re.search(rf"(?:\d\s*|每(?:一|增加)?){re.escape(of)}", text) is not None
