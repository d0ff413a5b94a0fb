"""`read`: what is read from a file, for people or as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pydantic import BaseModel, ConfigDict
from rich.table import Table
from rich.text import Text

from casewright.cli.inputs import read_all
from casewright.cli.languages import Language, Phrase
from casewright.cli.outputs import write_to_standard_output
from casewright.cli.plain import cut, one_line
from casewright.cli.stages import stages
from casewright.cli.terminal import console
from casewright.design.cases import RequirementItem
from casewright.design.items import split
from casewright.documents.blocks import Block, BlockKind, Document, Place
from casewright.formats import words

_BLOCKS = Phrase("{count} 块内容", "{count} blocks")
_ITEMS = Phrase("{count} 个需求条目", "{count} requirement items")
_COMMENTS = Phrase("{count} 条批注", "{count} comments")
_NOTICES = Phrase("文档提示", "About the document")
_PLACE = Phrase("位置", "Place")
_KIND = Phrase("类型", "Kind")
_TEXT = Phrase("内容", "Text")
_KINDS = {
    BlockKind.HEADING: Phrase("标题", "heading"),
    BlockKind.PARAGRAPH: Phrase("段落", "paragraph"),
    BlockKind.LIST_ITEM: Phrase("列表项", "list item"),
    BlockKind.TABLE: Phrase("表格", "table"),
    BlockKind.CODE: Phrase("代码", "code"),
    BlockKind.QUOTE: Phrase("引用", "quote"),
    BlockKind.PICTURE: Phrase("图片", "picture"),
    BlockKind.COMMENT: Phrase("批注", "comment"),
}
_COORDINATES = (
    ("page", Phrase("第 {} 页", "page {}")),
    ("sheet", Phrase("工作表 {}", "sheet {}")),
    ("paragraph", Phrase("第 {} 段", "paragraph {}")),
    ("table", Phrase("表 {}", "table {}")),
    ("row", Phrase("第 {} 行", "row {}")),
    ("cell", Phrase("单元格 {}", "cell {}")),
    ("line", Phrase("第 {} 行", "line {}")),
    ("within", Phrase("在 {} 内", "in {}")),
)
_LONGEST = 300


class Reading(BaseModel):
    """What `--json` prints."""

    model_config = ConfigDict(frozen=True)

    document: Document
    items: tuple[RequirementItem, ...]


def reading_of(path: Path, language: Language) -> Reading:
    """Raises a `Failure` where the file can't be read. `language`: that of the progress."""
    with stages(language) as progress:
        (document,) = read_all([path], progress)
        progress("items", 0.0)
        return Reading(document=document, items=split([document]))


def print_as_json(reading: Reading) -> None:
    text = reading.model_dump_json(indent=2, exclude_defaults=True)
    write_to_standard_output(text.encode() + b"\n")


def print_for_people(reading: Reading, language: Language) -> None:
    out, document = console("stdout"), reading.document
    out.print(Text(f"{one_line(document.name)} ({document.type})", style="bold"))
    for notice in document.notices:
        out.print(Text(f"{_NOTICES.text(language)}: {one_line(notice.text(language))}", style="yellow"))
    out.print(_blocks(document.blocks, _BLOCKS, language))
    if document.comments:
        out.print(_blocks(document.comments, _COMMENTS, language))
    out.print(_items(reading.items, language))


def _blocks(blocks: tuple[Block, ...], title: Phrase, language: Language) -> Table:
    table = Table(title=title.text(language, count=len(blocks)), title_justify="left")
    table.add_column(_PLACE.text(language), style="dim")
    table.add_column(_KIND.text(language), style="cyan")
    table.add_column(_TEXT.text(language))
    for block in blocks:
        kind = f"{_KINDS[block.kind].text(language)} {block.level or ''}".rstrip()
        table.add_row(one_line(place_text(block.place, language)), kind, _content(block))
    return table


def _content(block: Block) -> Text | Table:
    if block.table:
        grid = Table(show_header=False, show_lines=True)
        for row in block.table.rows:
            grid.add_row(*(Text(cut(cell.text, _LONGEST)) for cell in row))
        return grid
    text = cut(f"{block.label} {block.text}", _LONGEST)
    if block.kind is BlockKind.HEADING:
        return Text(text, style="bold")
    return Text(f"{'  ' * block.level}{text}" if block.kind is BlockKind.LIST_ITEM else text)


def place_text(place: Place, language: Language) -> str:
    """Such as 'page 3, table 1'."""
    return ("，" if language == "zh" else ", ").join(_coordinates(place, language))


def _coordinates(place: Place, language: Language) -> Iterator[str]:
    for name, phrase in _COORDINATES:
        value: int | str | None = getattr(place, name)
        if value is not None:
            yield phrase.text(language).format(value)


def _items(items: tuple[RequirementItem, ...], language: Language) -> Table:
    columns = (words.ITEM_ID, words.KIND, words.TEXT, words.SECTION)
    table = Table(title=_ITEMS.text(language, count=len(items)), title_justify="left")
    for column in columns:
        table.add_column(column.text(language))
    for item in items:
        kind = words.ITEM_KINDS[item.kind].text(language)
        section = item.section[-1] if item.section else ""
        table.add_row(one_line(item.id), kind, Text(cut(item.text, _LONGEST)), Text(one_line(section)))
    return table
