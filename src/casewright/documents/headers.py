"""Guesses how many rows of a table name its columns, where the format doesn't say."""

from __future__ import annotations

import re
from collections.abc import Sequence

from casewright.documents.blocks import Cell, MarkKind

_VALUE = re.compile(
    r"[vV]?[-+]?[¥￥$€£]?\d[\d.,:/\-%‰ 年月日TZ]*(?:元|天|次|岁|个)?|TRUE|FALSE|true|false|[-—–/]"
)
_SENTENCE = re.compile(r".*[。；;！!]|.{60,}", re.DOTALL)
_NAMES = re.compile(
    r"""(?:.*(?:编号|序号|名称|字段|类型|说明|描述|备注|取值|默认|必填|优先级|模块|功能|需求|规则|条件|提示|状态
        |操作|角色|权限|结果|场景|版本|日期|作者|单位|范围|约束|示例|错误码|步骤|预期)
      | no\.? | \# | id | .*\b(?:id|name|field|type|description|summary|title|requirement|rationale|rule
        |condition|message|status|state|role|value|default|required|mandatory|priority|note|remark|comment
        |version|date|author|unit|range|case|step|expected|meaning|code|operation|action|result)s?\b.*)""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_NAME = 40


def header_rows(rows: Sequence[Sequence[Cell]]) -> int:
    """0, or the rows that the first row's cells reach down to. Two columns are as often a list of
    properties as a table: there a typical column name, numbers below text, or bold text, must tell."""
    if len(rows) < 2 or len(rows[0]) < 2:
        return 0
    names = [cell.text.strip() for cell in rows[0] if not cell.covered]
    if not _could_be_names(names):
        return 0
    if len(rows[0]) == 2 and not (any(map(_NAMES.fullmatch, names)) or _stands_out(rows)):
        return 0
    height = max(cell.row_span for cell in rows[0])
    if height == 1 and any(cell.column_span > 1 for cell in rows[0]):
        height = 2
    return min(height, len(rows) - 1)


def _could_be_names(texts: list[str]) -> bool:
    """Short, different from each other, no values and no sentences; one of them may be missing."""
    filled = [text for text in texts if text]
    return (
        len(filled) >= max(len(texts) - 1, 2)
        and len(set(filled)) == len(filled)
        and not any(
            len(text) > _LONGEST_NAME or _VALUE.fullmatch(text) or _SENTENCE.fullmatch(text)
            for text in filled
        )
    )


def _stands_out(rows: Sequence[Sequence[Cell]]) -> bool:
    """Whether the first row alone is bold, or has text above numbers."""
    numbers = sum(any(map(str.isdigit, row[1].text)) for row in rows[1:])
    return (_is_bold(rows[0]) and not _is_bold(rows[1])) or numbers * 2 > len(rows) - 1


def _is_bold(row: Sequence[Cell]) -> bool:
    return all(
        any(mark.kind is MarkKind.BOLD and mark.end - mark.start == len(cell.text) for mark in cell.marks)
        for cell in row
        if cell.text
    )
