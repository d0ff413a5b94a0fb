"""What a text is made of: so many digits, letters before digits, a list of the characters that are allowed."""

from __future__ import annotations

import re

from casewright.design.extraction.fields.rules import Rules
from casewright.design.extraction.text.numbers import NUMBER, number
from casewright.design.model.schema import InputType

AT_MOST = r"不超过|不高于|不大于|不多于|最多|至多|at most|up to(?: and including)?|no more than|a? ?max(?:imum)?(?: of)?\.?|within"
AT_LEAST = r"不低于|不少于|不小于|至少|最少|at least|no fewer than|no less than|a? ?min(?:imum)?(?: of)?\.?"
OVER = r"大于|高于|超过|多于|(?:more|greater|longer) than|above|over"
UNDER = r"小于|低于|少于|不足|(?:less|fewer|shorter) than|below|under"
DIGITS = r"(?:位(?:阿拉伯)?数字|digits?(?! after| before))"
COMPARED_DIGITS = (
    rf"(?:(?P<most>{AT_MOST})|(?P<least>{AT_LEAST})|(?P<over>{OVER})|(?P<under>{UNDER}))\s*(?:为|是)?\s*"
    rf"(?P<a>{NUMBER})\s*{DIGITS}"
)

_MEMBERS = (
    ("A-Z", r"(?:大写|capital|upper-?case)\s*(?:英文)?(?:字母|letters?)?(?: A-Z)?"),
    ("a-z", r"(?:小写|lower-?case)\s*(?:英文)?(?:字母|letters?)?(?: a-z)?"),
    ("A-Za-z", r"(?:大小写)?(?:英文)?字母|英文|(?:latin |english )?letters(?: A-Z| a-z)?"),
    ("0-9", r"阿拉伯数字|数字|digits|numbers"),
    ("_", r"下划线|underscores?"),
    ("\\-", r"连字符|连接符|短横线|中划线|短划线|减号|hyphens?|dash(?:es)?"),
    (".", r"点号|句点|点|dots?|periods?|full stops?"),
    (" ", r"空格|spaces?"),
    ("", r"汉字|中文|特殊字符|特殊符号|符号|标点(?:符号)?|special characters?|symbols?|punctuation"),
)
"""What stands in a class of characters, and the words for it; with nothing where the words are too wide."""
_MEMBER = "(?:" + "|".join(words for _, words in sorted(_MEMBERS, key=lambda one: one[0] == "A-Za-z")) + ")"
_AND = r"\s*(?:,\s*(?:and|or|和|或)?|、|以及|和|与|或者?|及|/|\band\b|\bor\b)\s*"
CHARACTERS = (
    rf"(?:only |仅限|(?:只能|仅)?(?:可以|可|能)?(?:包含|由|使用|为)?)?\s*{_MEMBER}(?:{_AND}{_MEMBER})+"
    r"(?: only|组成|构成)?(?P<ends>[^,;。¦]*?(?:开头|结尾|打头))?"
)


def _pattern(rules: Rules, pattern: str) -> None:
    rules.type, rules.pattern = InputType.TEXT, pattern


def digits(rules: Rules, match: re.Match[str]) -> None:
    """'16-19 位数字', '4 digits'."""
    low = int(number(match["a"]))
    high = int(number(match["b"])) if match.groupdict().get("b") else low
    _pattern(rules, f"[0-9]{{{low},{high}}}" if low != high else f"[0-9]{{{low}}}")


def compared_digits(rules: Rules, match: re.Match[str]) -> None:
    """'at most 6 digits' → one to six of them, 'more than 5 digits' → six or more."""
    count = int(number(match["a"]))
    if match["most"] or match["under"]:
        most = count - (1 if match["under"] else 0)
        _pattern(rules, f"[0-9]{{1,{most}}}" if most > 1 else "[0-9]{1}")
    else:
        _pattern(rules, f"[0-9]{{{count + (1 if match['over'] else 0)},}}")


def composed(rules: Rules, match: re.Match[str]) -> None:
    """'1 个大写字母加 5 位数字', '字母 B 加 4 位数字', 'the letter B followed by 4 digits'."""
    letter = match.groupdict().get("letter")
    count = int(number(match["count"])) if match.groupdict().get("count") else 1
    upper = "小写" not in match[0] and "lower" not in match[0]
    head = letter or ("[A-Z]" if upper else "[a-z]") + (f"{{{count}}}" if count > 1 else "")
    _pattern(rules, f"{head}[0-9]{{{int(number(match['a']))}}}")


def characters(rules: Rules, match: re.Match[str]) -> None:
    """'capital letters A-Z and digits only', '只能包含字母、数字和下划线'; in the order in which we list them."""
    said = match[0][: match.start("ends") - match.start()] if match["ends"] else match[0]
    members = [
        next(sign for sign, words in _MEMBERS if re.fullmatch(words, found[0], re.IGNORECASE))
        for found in re.finditer(_MEMBER, said, re.IGNORECASE)
    ]
    if match["ends"] or "" in members:
        rules.unread.append(match[0])
        return
    if "A-Za-z" in members:
        members = [member for member in members if member not in {"A-Z", "a-z"}]
    order = ["A-Z", "a-z", "A-Za-z", "0-9", "_", ".", " ", "\\-"]
    _pattern(rules, "[" + "".join(sign for sign in order if sign in members) + "]*")
