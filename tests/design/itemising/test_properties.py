"""What holds for the items of any document."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from casewright.design.items import content_hash, split
from casewright.documents.blocks import Block, BlockKind, Cell, Document, Mark, MarkKind, Table

WORDS = st.sampled_from(
    [
        "the amount is positive",
        "a stay of 60 minutes",
        "is refused:",
        "nothing changes",
        "Example.",
        "out of scope",
        "TBD",
        "Given a user",
        "Then it is shown",
        "Rationale: none",
        "where n is the term",
        "Only a manager may cancel",
        "金额不得超过限额。",
        "依次判断：",
        "例：满 200 元减 20 元",
        "（a）第一；",
        "（b）第二；",
        "二期再做。",
        "Vehicle Class",
        "！",
        "\n",
        "\t4",
        "  ",
        "",
    ]
)
LABELS = st.sampled_from(
    ["", "", "", "4.1.1 ", "4.1.2 ", "1. ", "2. ", "(a) ", "（b）", "① ", "AC1 ", "REQ-7: ", "第三条 ", "• "]
)
GIVEN_LABELS = st.sampled_from(["", "•", "1.", "2.", "(a)", "4.3.1", "US-3", "iv)"])
TEXTS = st.builds("{}{} {}".format, LABELS, WORDS, WORDS)


@st.composite
def tables(draw: st.DrawFn) -> Table:
    width = draw(st.integers(1, 4))
    names = st.sampled_from(
        ["ID", "#", "Field", "Message", "State", "Next state", "Admin", "字段", "要求", "Term", ""]
    )
    values = st.sampled_from(
        ["1", "2", "A-1", "A-2", "SSR1 The unit shall stop.", "yes", "–", "up to 5", "不能为空", "", " "]
    )
    header = [Cell(text=draw(names)) for _ in range(width)]
    rows = [
        tuple(Cell(text=draw(values), covered=draw(st.booleans())) for _ in range(width))
        for _ in range(draw(st.integers(0, 4)))
    ]
    return Table(rows=(tuple(header), *rows), header_rows=draw(st.integers(0, 1)))


@st.composite
def blocks(draw: st.DrawFn, index: int) -> Block:
    kind = draw(st.sampled_from([*BlockKind, BlockKind.PARAGRAPH, BlockKind.PARAGRAPH, BlockKind.LIST_ITEM]))
    if kind is BlockKind.TABLE:
        return Block(index=index, kind=kind, table=draw(tables()))
    text = draw(TEXTS)
    if kind is BlockKind.HEADING:
        return Block(
            index=index, kind=kind, text=text, level=draw(st.integers(1, 3)), label=draw(GIVEN_LABELS)
        )
    label = draw(GIVEN_LABELS) if kind is BlockKind.LIST_ITEM else ""
    struck = draw(st.integers(0, len(text)))
    marks = (
        (Mark(kind=draw(st.sampled_from(MarkKind)), start=struck, end=len(text)),)
        if struck < len(text)
        else ()
    )
    return Block(index=index, kind=kind, text=text, level=draw(st.integers(0, 2)), label=label, marks=marks)


@st.composite
def documents(draw: st.DrawFn) -> Document:
    length = draw(st.integers(0, 12))
    name = draw(st.sampled_from(["a.md", "规则.docx", "b c.csv"]))
    return Document(name=name, type="any", blocks=tuple(draw(blocks(index)) for index in range(length)))


@given(st.lists(documents(), max_size=3))
@settings(max_examples=150, deadline=None)
def test_ids_are_unique_quotes_are_verbatim_and_the_same_documents_give_the_same_items(given_documents):
    items = split(given_documents)
    assert items == split(given_documents)
    assert len({item.id for item in items}) == len(items)
    for item in items:
        assert item.text.strip()
        assert item.sources
        assert item.content_hash == content_hash(item.text)
        for source in item.sources:
            block = given_documents[source.document].blocks[source.block]
            text = block.text
            if source.row is not None and source.column is not None:
                assert block.table is not None
                text = block.table.rows[source.row][source.column].text
            assert source.quote == text[source.start : source.end] != ""


@given(documents())
@settings(max_examples=150, deadline=None)
def test_everything_a_document_says_is_in_an_item_or_introduces_one(document):
    items = split([document])
    told = {source.block for item in items for source in item.sources}
    sections = "\n".join(text for item in items for text in item.section)
    for block in document.blocks:
        says = block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.QUOTE, BlockKind.CODE}
        is_sentence = "金额不得超过限额。" in block.text and "\t4" not in block.text
        if says and is_sentence:
            assert block.index in told or block.text.strip() in sections


PLAIN = st.sampled_from(
    [
        "The amount is positive.",
        "金额不得超过限额。",
        "A clerk may register a pass.",
        "The answer shows the fee.",
    ]
)


@st.composite
def ordinary_documents(draw: st.DrawFn) -> Document:
    """Documents whose statements are plain sentences below headings, in lists and in a table."""
    made: list[Block] = []
    for _ in range(draw(st.integers(1, 10))):
        index = len(made)
        kind = draw(st.sampled_from(["heading", "paragraph", "item", "clause", "table"]))
        if kind == "heading":
            text = draw(st.sampled_from(["Rules", "4 Amounts", "US-1 Pay", "范围", "Background"]))
            made.append(Block(index=index, kind=BlockKind.HEADING, text=text, level=draw(st.integers(1, 3))))
        elif kind == "item":
            label = draw(st.sampled_from(["•", "1.", "2.", "(a)"]))
            made.append(
                Block(
                    index=index,
                    kind=BlockKind.LIST_ITEM,
                    text=draw(PLAIN),
                    label=label,
                    level=draw(st.integers(0, 1)),
                )
            )
        elif kind == "table":
            rows = ([draw(PLAIN), "up to 5"] for _ in range(draw(st.integers(1, 3))))
            table = Table(
                rows=tuple(tuple(Cell(text=text) for text in row) for row in (["Case", "Limit"], *rows)),
                header_rows=1,
            )
            made.append(Block(index=index, kind=BlockKind.TABLE, table=table))
        else:
            number = draw(st.sampled_from(["4.1.1 ", "4.1.2 ", "① ", "AC1.1 "])) if kind == "clause" else ""
            made.append(Block(index=index, kind=BlockKind.PARAGRAPH, text=number + draw(PLAIN)))
    return Document(name="a.md", type="markdown", blocks=tuple(made))


@given(ordinary_documents(), st.data())
@settings(max_examples=150, deadline=None)
def test_an_edited_item_leaves_the_ids_and_hashes_of_all_others(document, data):
    before = split([document])
    statements = [
        block for block in document.blocks if block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}
    ]
    if not statements:
        return
    block = data.draw(st.sampled_from(statements))
    addition = data.draw(
        st.sampled_from([" It never exceeds 500 euros.", " 否则拒绝。", " This is TBD.", " (new)"])
    )
    edited = block.model_copy(update={"text": block.text + addition})
    blocks_after = tuple(edited if other is block else other for other in document.blocks)
    after = split([document.model_copy(update={"blocks": blocks_after})])

    def others(items):
        return {
            item.id: item.content_hash
            for item in items
            if all(source.block != block.index for source in item.sources)
        }

    assert others(after) == others(before)
    assert {item.id for item in before} <= {item.id for item in after}


@given(ordinary_documents(), st.data())
@settings(max_examples=80, deadline=None)
def test_an_edited_row_leaves_the_ids_and_hashes_of_all_others(document, data):
    tables_in_it = [block for block in document.blocks if block.table]
    if not tables_in_it:
        return
    block = data.draw(st.sampled_from(tables_in_it))
    assert block.table is not None
    row = data.draw(st.integers(1, len(block.table.rows) - 1))
    changed = Cell(text=block.table.rows[row][0].text + " Unless it is free.")
    rows = tuple((changed, *cells[1:]) if at == row else cells for at, cells in enumerate(block.table.rows))
    edited = block.model_copy(update={"table": Table(rows=rows, header_rows=1)})
    blocks_after = tuple(edited if other is block else other for other in document.blocks)

    def others(items):
        return {
            item.id: item.content_hash
            for item in items
            if all((source.block, source.row) != (block.index, row) for source in item.sources)
        }

    after = split([document.model_copy(update={"blocks": blocks_after})])
    assert others(after) == others(split([document]))
