"""The numerals of Word's lists: 3 as c, iii, 三, ③, 丙."""

from __future__ import annotations

from collections.abc import Callable

_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"),
    (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip
_SPOKEN = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _letters(number: int) -> str:
    """a … z, then aa, bb, … as Word has it."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    text = ""
    for amount, sign in _ROMAN:
        count, number = divmod(number, amount)
        text += sign * count
    return text


def _ordinal(number: int) -> str:
    teens = 10 < number % 100 < 20
    return f"{number}{'th' if teens else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"


def _thousands(number: int, digits: str, units: str, zero: str) -> str:
    """Chinese in full, up to 9999: 一百零一. `units` are the signs for ten, hundred and thousand."""
    text, gap = "", False
    for power in (3, 2, 1, 0):
        digit = number // 10**power % 10
        if not digit:
            gap = bool(text)
            continue
        text += (zero if gap else "") + digits[digit] + (units[power - 1] if power else "")
        gap = False
    return text


def _spoken(number: int) -> str:
    text = _thousands(number, _SPOKEN, "十百千", "零")
    return text.removeprefix("一") if 10 <= number < 20 else text


def _counted(number: int) -> str:
    """Chinese as Word counts: in full below a hundred, digit by digit from there."""
    return _spoken(number) if number < 100 else _digits(number)


def _digits(number: int) -> str:
    return "".join(_SPOKEN[int(digit)] for digit in str(number))


def _circled(number: int) -> str:
    for first, last, sign in ((1, 20, "①"), (21, 35, "㉑"), (36, 50, "㊱")):
        if first <= number <= last:
            return chr(ord(sign) + number - first)
    return str(number)


def _signs(signs: str) -> Callable[[int], str]:
    """One sign a number; beyond the last, the number itself."""
    return lambda number: signs[number - 1] if number <= len(signs) else str(number)


_FORMATS: dict[str, Callable[[int], str]] = {
    "decimalZero": lambda number: f"{number:02}",
    "lowerLetter": _letters,
    "upperLetter": lambda number: _letters(number).upper(),
    "lowerRoman": _roman,
    "upperRoman": lambda number: _roman(number).upper(),
    "ordinal": _ordinal,
    "chineseCounting": _counted,
    "taiwaneseCounting": _counted,
    "japaneseCounting": _spoken,
    "chineseCountingThousand": _spoken,
    "taiwaneseCountingThousand": _spoken,
    "ideographDigital": _digits,
    "japaneseDigitalTenThousand": _digits,
    "taiwaneseDigital": _digits,
    "chineseLegalSimplified": lambda number: _thousands(number, _LEGAL, "拾佰仟", "零"),
    "ideographLegalTraditional": lambda number: _thousands(number, _LEGAL_TRADITIONAL, "拾佰仟", "零"),
    "ideographTraditional": _signs(_STEMS),
    "ideographZodiac": _signs(_BRANCHES),
    "decimalEnclosedCircle": _circled,
    "decimalEnclosedCircleChinese": _circled,
    "decimalEnclosedParen": _signs("⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇"),
    "decimalEnclosedFullstop": _signs("⒈⒉⒊⒋⒌⒍⒎⒏⒐⒑⒒⒓⒔⒕⒖⒗⒘⒙⒚⒛"),
    "decimalFullWidth": lambda number: str(number).translate(_FULL_WIDTH),
    "decimalFullWidth2": lambda number: str(number).translate(_FULL_WIDTH),
    "numberInDash": lambda number: f"- {number} -",
    "hex": lambda number: f"{number:X}",
    "none": lambda _: "",
}
_LARGEST = 9999


def numeral(number: int, format_: str) -> str:
    """`number` in a format of w:numFmt; in plain digits where the format has no sign for it, or is one
    that is not known here."""
    write = _FORMATS.get(format_)
    if write is None or (not 0 < number <= _LARGEST and format_ != "none"):
        return str(number)
    return write(number)
