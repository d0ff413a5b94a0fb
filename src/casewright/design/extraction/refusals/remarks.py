"""Messages that refuse nothing: warnings, hints, and what is said when it succeeded."""

from __future__ import annotations

import re

_REMARK = re.compile(
    r"可以?继续|仍可以?|不(?:会)?影响|(?:仅|只)(?:作|作为|做|是|为)?(?:提示|提醒|警告)|不(?:会)?拒绝|不(?:会)?拦截|不(?:会)?阻止|"
    r"(?<!未)成功(?:后|时|则)?[,，]?(?:则|系统|页面|将|会|应)*(?:提示|显示|返回|给出)|"
    r"\((?:marked|labell?ed|headed|entitled|captioned) [“\"]|\(标[记注识]为?[“\"]|"
    r"\b(?:warning|hint|notice|reminder) only\b|\bonly a (?:warning|hint|notice|reminder)\b|\b(?:may|can) still\b|"
    r"\b(?:is|are|does|do) not (?:refused?|rejected?|blocked?|prevent(?:ed)?)\b|\bon success\b|"
    r"\b(?:when|if|after) (?:it|the \w+|\w+) (?:succeeds|succeeded|is successful|was successful)\b",
    re.IGNORECASE,
)


def is_remark(text: str) -> bool:
    return _REMARK.search(text) is not None
