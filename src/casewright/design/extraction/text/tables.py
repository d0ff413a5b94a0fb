"""What a table is for, told by its header: fields, refusals, transitions, who may do what, or a lookup."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from casewright.design.extraction.text.use_case_parts import is_use_case
from casewright.design.extraction.text.words import normalise
from casewright.documents.blocks import Block, Table


class Column(StrEnum):
    NAME = "name"
    TYPE = "type"
    REQUIRED = "required"
    RULE = "rule"
    DEFAULT = "default"
    MESSAGE = "message"
    CONDITION = "condition"
    ORDER = "order"
    STATE = "state"
    OPERATION = "operation"
    ROLE = "role"
    NEXT_STATE = "next state"
    HOW_LEFT = "how it is left"
    CODE = "code"
    USED_BY = "used by"


_HEADERS: tuple[tuple[Column, str], ...] = (
    (Column.CODE, r"(?:error|错误|返回|响应)\s*(?:code|码|代码|编号)"),
    (Column.USED_BY, r"used (?:by|in)|用于(?:操作)?|(?:所属|适用|使用)(?:操作|功能|用例)"),
    (Column.ORDER, r"#|次序|序号|顺序|编号|优先级|no\.?|order|priority|nr\.?|id"),
    (
        Column.MESSAGE,
        r".*(?:提示语?|提示信息|错误信息|错误提示|报错|message)(?: otherwise| text)?|message.*|error text|错误(?:文本|文字)",
    ),
    (
        Column.REQUIRED,
        r"(?:是否)?(?:必填|必选|必输|必需)(?:项|\?)?|required\??|mandatory\??|needed\??|optional\??",
    ),
    (
        Column.NEXT_STATE,
        r"(?:之后的?|下一|目标|新|变更后|操作后)(?:个)?状态|(?:next|new|resulting|target) state|to(?: state)?|becomes",
    ),
    (Column.STATE, r"(?:当前|原|起始|变更前|操作前)?状态|(?:current |present |from )?state|from|status"),
    (Column.HOW_LEFT, r"how it is left|left by|离开方式|如何离开|后续(?:操作|状态)"),
    (Column.OPERATION, r"操作|动作|事件|触发(?:操作|事件)?|功能|operation|action|event|trigger|function"),
    (
        Column.ROLE,
        r"谁可以做|操作人|执行人|执行角色|角色|由谁|who(?: may(?: do it)?)?|role|actor|by(?: whom)?|performed by",
    ),
    (
        Column.CONDITION,
        r".*(?:场景|情形|情况|条件|不满足的.*|校验(?:项|点|内容)?)|异常|错误|case|when|condition|situation|check|violation|rule violated|reason|error|fault|problem",
    ),
    (Column.TYPE, r"(?:数据|字段)?类型|(?:data |field )?type"),
    (Column.DEFAULT, r"默认值?|缺省值?|default(?: value)?"),
    (
        Column.NAME,
        r"(?:字段|参数|属性|输入项?|数据项|项目|填写项|表单项|信息项)(?:名称?)?|名称|field(?: name| on the form)?|name|parameter|attribute|input|item|data item",
    ),
    (
        Column.RULE,
        r"(?:取值|要求|规则|约束|限制|说明|格式|长度|校验规则|填写要求|取值范围|取值与默认|备注|描述).*|content|constraints?|rules?|what we accept|allowed(?: values)?|accepted(?: values)?|validation|description|format|length|values?|requirements?|notes?|range|limits?|remarks?",
    ),
)
_COMPILED = tuple((column, re.compile(pattern, re.IGNORECASE)) for column, pattern in _HEADERS)


class TableKind(StrEnum):
    FIELDS = "fields"
    REFUSALS = "refusals"
    TRANSITIONS = "transitions"
    STATES = "states"
    USE_CASE = "use case"
    """Two columns, the first names the part: see `use_case_parts`."""
    PERMISSIONS = "permissions"
    LOOKUP = "lookup"
    OTHER = "other"


@dataclass(frozen=True)
class ReadTable:
    block: Block
    kind: TableKind
    headers: tuple[str, ...]
    columns: tuple[Column | None, ...]
    rows: tuple[tuple[str, ...], ...]
    """The texts below the header, normalised; `rows[i]` is row `i + header_rows` of the block's grid."""
    header_rows: int

    def cell(self, row: tuple[str, ...], column: Column) -> str:
        """The texts of every column of that meaning, joined."""
        found = [text for text, its in zip(row, self.columns, strict=True) if its is column and text]
        return "; ".join(found)

    def has(self, *columns: Column) -> bool:
        return all(column in self.columns for column in columns)


def _column(header: str) -> Column | None:
    text = re.sub(r"\(.*?\)", "", header).strip(" *?:")
    return next((column for column, pattern in _COMPILED if pattern.fullmatch(text)), None)


def read_table(block: Block) -> ReadTable | None:
    """The table of a block; None where it has no header or no row."""
    table = block.table
    if table is None or len(table.rows) < 2 or not table.rows[0]:
        return None
    header_rows = max(1, table.header_rows)
    headers = tuple(normalise(cell.text) for cell in table.rows[header_rows - 1])
    columns = tuple(_column(header) for header in headers)
    rows = tuple(tuple(normalise(cell.text) for cell in row) for row in table.rows[header_rows:])
    kind = TableKind.USE_CASE if is_use_case((headers, *rows)) else _kind(table, headers, columns)
    return ReadTable(block, kind, headers, columns, rows, header_rows)


def _kind(table: Table, headers: tuple[str, ...], columns: tuple[Column | None, ...]) -> TableKind:
    has = set(columns)
    if Column.NAME in has and has & {Column.RULE, Column.TYPE, Column.REQUIRED} and len(headers) <= 8:
        return TableKind.FIELDS
    if Column.MESSAGE in has and has & {Column.CONDITION, Column.NAME, Column.RULE}:
        return TableKind.REFUSALS
    if Column.CODE in has and Column.CONDITION in has:
        return TableKind.REFUSALS
    if Column.STATE in has and Column.NEXT_STATE in has and Column.OPERATION in has:
        return TableKind.TRANSITIONS
    if columns[0] is Column.STATE and Column.HOW_LEFT in has:
        return TableKind.STATES
    if columns[0] is Column.OPERATION and len(headers) > 2 and all(column is None for column in columns[1:]):
        return TableKind.PERMISSIONS
    if len(table.rows) > 1 and len(headers) > 1:
        return TableKind.LOOKUP
    return TableKind.OTHER
