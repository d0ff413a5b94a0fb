"""What stands beside the text of a .docx: notes, comments, text boxes, pictures, other documents."""

from __future__ import annotations

from types import SimpleNamespace

from casewright.documents.blocks import BlockKind, Place


def test_footnotes_and_endnotes_come_last_and_are_referred_to(word: SimpleNamespace) -> None:
    def note(kind: str, id_: int, content: str) -> str:
        return f'<w:{kind} w:id="{id_}">{word.p(f"<w:r><w:{kind}Ref/></w:r>" + word.r(content))}</w:{kind}>'

    document = word.document(
        word.p(word.r("一") + '<w:r><w:endnoteReference w:id="2"/></w:r>')
        + word.p(word.r("二") + '<w:r><w:footnoteReference w:id="3"/></w:r>')
        + word.p(word.r("三") + '<w:r><w:footnoteReference w:id="2"/></w:r>'),
        footnotes=note("footnote", 2, "later") + note("footnote", 3, "first") + note("footnote", 0, "unused"),
        endnotes=note("endnote", 2, "at the end"),
    )
    assert word.labelled(document) == [
        "一[^e1]",
        "二[^1]",
        "三[^2]",
        "[^1] first",
        "[^2] later",
        "[^e1] at the end",
    ]
    assert document.blocks[3].place == Place(paragraph=2, within="footnote")
    assert document.blocks[3].kind is BlockKind.PARAGRAPH


def test_comments_are_kept_apart_with_the_place_of_their_paragraph(word: SimpleNamespace) -> None:
    document = word.document(
        word.p("a")
        + word.p(
            '<w:commentRangeStart w:id="7"/>' + word.r("b") + '<w:r><w:commentReference w:id="7"/></w:r>'
        )
        + word.table(word.row(word.cell(word.p('<w:r><w:commentReference w:id="5"/></w:r>')))),
        comments=f'<w:comment w:id="5">{word.p("in a cell")}</w:comment>'
        f'<w:comment w:id="7">{word.p("Is it")}{word.p("so?")}</w:comment>'
        f'<w:comment w:id="9">{word.p("nowhere")}</w:comment>',
    )
    assert word.texts(document)[:2] == ["a", "b"]
    assert [(c.index, c.kind, c.text, c.place) for c in document.comments] == [
        (0, BlockKind.COMMENT, "Is it\nso?", Place(paragraph=2)),
        (1, BlockKind.COMMENT, "in a cell", Place(table=1, row=1, column=1)),
        (2, BlockKind.COMMENT, "nowhere", Place()),
    ]


def test_a_text_box_is_read_once_after_the_paragraph_that_anchors_it(word: SimpleNamespace) -> None:
    inner = word.p("one") + word.table(word.row("x")) + word.p(word.box(word.p("inner")) + word.r("two"))
    document = word.document(word.p(word.box(inner) + word.r("anchor")) + word.p("after"))
    assert word.texts(document) == ["anchor", "one", "", "two", "inner", "after"]
    assert [b.place for b in document.blocks[1:5]] == [
        Place(paragraph=1, within="text box 1"),
        Place(table=1, within="text box 1"),
        Place(paragraph=1, within="text box 1"),
        Place(paragraph=1, within="text box 2"),
    ]


def test_an_old_text_box_is_read_too(word: SimpleNamespace) -> None:
    inside = f"<v:textbox><w:txbxContent>{word.p('old')}</w:txbxContent></v:textbox>"
    document = word.document(word.p(f"<w:r><w:pict><v:shape>{inside}</v:shape></w:pict></w:r>" + word.r("x")))
    assert word.texts(document) == ["x", "old"]


def test_a_picture_stands_in_its_place_with_what_its_author_says_of_it(word: SimpleNamespace) -> None:
    old = '<w:r><w:pict><v:shape alt="流程图"><v:imagedata/></v:shape></w:pict></w:r>'
    document = word.document(
        word.p("before") + word.p(word.picture("Login page")) + word.p(old) + word.p("after")
    )
    assert [(b.kind.value, b.text, b.place.paragraph) for b in document.blocks] == [
        ("paragraph", "before", 1),
        ("picture", "Login page", 2),
        ("picture", "流程图", 3),
        ("paragraph", "after", 4),
    ]
    assert [n.code for n in document.notices] == ["picture", "picture"]
    assert "流程图" in document.notices[1].zh


def test_a_drawn_figure_is_a_picture_with_its_text_boxes_after_it(word: SimpleNamespace) -> None:
    shape = f"<wps:wsp><wps:txbx><w:txbxContent>{word.p('cFE')}</w:txbxContent></wps:txbx></wps:wsp>"
    figure = f"<w:r><w:drawing><wpg:wgp>{shape}{shape}</wpg:wgp></w:drawing></w:r>"
    document = word.document(word.p(figure))
    assert [(b.kind.value, b.text) for b in document.blocks] == [
        ("picture", ""),
        ("paragraph", "cFE"),
        ("paragraph", "cFE"),
    ]


def test_a_document_inside_the_document_is_told_to_be_unread(word: SimpleNamespace) -> None:
    document = word.document(word.p("a") + '<w:altChunk r:id="x"/>')
    assert [(n.code, n.place) for n in document.notices] == [("embedded document", Place(paragraph=1))]
