"""Data that a person would choose: a name for a name, amounts that mask nothing, dates near each other."""

from __future__ import annotations

import datetime
import re
from decimal import Decimal
from fractions import Fraction
from typing import Final

from casewright.design.cases import Language, Words
from casewright.design.kinds import BREAKS_RULE
from casewright.design.model.schema import Input
from casewright.design.patterns import examples
from casewright.design.text_rules import text_verdicts

FIRST_DAY: Final = datetime.date(2025, 3, 10)
"""A Monday with a month before and after it."""
FIRST_TIME: Final = datetime.time(10, 30)
SOME_NUMBER: Final = Fraction(36)
SOME_AMOUNT: Final = Fraction(360)

_TEXTS: Final = (
    (r"e-?mail|邮箱|邮件", Words(zh="zhangwei@example.com", en="alice.smith@example.com")),
    (r"phone|mobile|电话|手机", Words(zh="13800138000", en="02079460958")),
    (r"address|地址|住址", Words(zh="北京市海淀区中关村大街 27 号", en="27 Market Street, Oxford")),
    (
        r"reason|comment|note|purpose|remark|description|finding|原因|事由|理由|意见|备注|附言|说明|描述",
        Words(zh="家中有事需要处理", en="Needed for the visit to the customer"),
    ),
    (r"title|subject|topic|标题|主题", Words(zh="季度例会安排", en="Quarterly review meeting")),
    (r"company|organi[sz]ation|公司|单位|机构", Words(zh="星河科技有限公司", en="Northwind Trading")),
    (r"plate|车牌", Words(zh="京A12345", en="AB12CDE")),
    (r"password|密码", Words(zh="Test2025abc", en="Test2025abc")),
    (r"code|number|\bid\b|号|编码|代码", Words(zh="A1001", en="A1001")),
    (r"name|姓名|名称|名字", Words(zh="张伟", en="Alice Smith")),
)
_ANY_TEXT: Final = Words(zh="测试内容", en="Sample text")


def text_for(name: str, language: Language) -> str:
    """By what the field is called."""
    for pattern, words in _TEXTS:
        if re.search(pattern, name, re.IGNORECASE):
            return words.text(language)
    return _ANY_TEXT.text(language)


def of_length(text: str, length: int) -> str:
    """The text cut or repeated to a number of characters, without a space at either end."""
    if length <= 0:
        return ""
    repeated = (text * (length // len(text) + 1))[:length]
    return repeated[:-1] + text[0] if repeated[-1:] == " " else repeated


def texts(name: str, declaration: Input, language: Language) -> tuple[str, ...]:
    """Texts that keep the field's length and pattern, the most natural first; none if none was found."""
    said = text_for(name, language)
    least, most = length_bounds(declaration)
    found = [said, of_length(said, least), of_length(said, max(least, min(most or least + 8, least + 8)))]
    if most is not None:
        found.append(of_length(said, most))
    if declaration.pattern is not None:
        found += examples(declaration.pattern, 6)
    fitting = (text for text in found if text and text_verdicts(declaration, text) != BREAKS_RULE)
    return tuple(dict.fromkeys(fitting))


def length_bounds(declaration: Input) -> tuple[int, int | None]:
    length = declaration.length
    return ((length.least or 0), length.most) if length is not None else (0, None)


def number_between(low: Fraction | None, high: Fraction | None, step: Fraction, usual: Fraction) -> Fraction:
    """A number on the grid of `step` inside the bounds, about a third of the way up, with two digits that
    count; `usual` where there is room for it."""
    if low is not None and high is not None:
        usual = low + (high - low) * Fraction(3, 10)
    elif low is not None and low >= usual:
        usual = low * Fraction(13, 10)
    elif high is not None and high <= usual:
        usual = high * Fraction(7, 10) if high > 0 else high * Fraction(13, 10)
    number = _on_grid(_two_digits(usual), step)
    if (low is not None and number < low) or (high is not None and number > high):
        number = _on_grid(usual, step)
    return number


def _two_digits(number: Fraction) -> Fraction:
    if number == 0:
        return number
    exponent = Decimal(float(abs(number))).adjusted() - 1
    unit = Fraction(10) ** exponent
    return round(number / unit) * unit


def _on_grid(number: Fraction, step: Fraction) -> Fraction:
    return Fraction(round(number / step)) * step
