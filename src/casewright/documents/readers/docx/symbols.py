"""Signs of the fonts that are pictures of signs: in Symbol the letter at 0xB3 is ≥, in Wingdings a tick."""

from __future__ import annotations

import re
from collections.abc import Mapping

_SYMBOL_LOW = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)
_SYMBOL_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)
_FONTS: dict[str, Mapping[int, str]] = {
    "symbol": dict(enumerate(_SYMBOL_LOW, 0x20)) | dict(enumerate(_SYMBOL_HIGH, 0xA0)),
    "wingdings": dict(enumerate("⓪①②③④⑤⑥⑦⑧⑨⑩⓿❶❷❸❹❺❻❼❽❾❿", 0x80))
    | {0x46: "☞", 0x4A: "☺", 0x4C: "☹", 0x6C: "●", 0x6E: "■", 0x6F: "□", 0x71: "❑", 0x75: "◆"}
    | {0x76: "❖", 0x9F: "•", 0xA1: "○", 0xA7: "▪", 0xA8: "□", 0xAB: "★", 0xD8: "➢", 0xDF: "←"}
    | {0xE0: "→", 0xE1: "↑", 0xE2: "↓", 0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨"}
    | {0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑"},
    "wingdings 2": {0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0xA3: "□"},
}
_PRIVATE = re.compile(r"[\uf020-\uf0ff]")


def readable(text: str, font: str) -> str:
    """`text` with the signs of such a font as characters of their own; one that isn't known stays."""
    if _PRIVATE.search(text) is None or (signs := _FONTS.get(font.lower())) is None:
        return text
    return _PRIVATE.sub(lambda match: signs.get(ord(match[0]) - 0xF000, match[0]), text)


def symbol(code: str | None, font: str | None) -> str:
    """The character of a w:sym; `code` is hexadecimal. Empty for a code that is none."""
    try:
        number = int(code or "", 16)
    except ValueError:
        return ""
    if not 0x20 <= number <= 0xFFFF or 0xD800 <= number <= 0xDFFF:
        return ""
    signs = _FONTS.get((font or "").lower(), {})
    if number < 0x100 and number in signs:
        return signs[number]
    return readable(chr(number), font or "")
