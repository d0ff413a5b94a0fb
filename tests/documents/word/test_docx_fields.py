"""Fields of a .docx (cross-references, forms, tables of contents) and its formulas."""

from __future__ import annotations

from types import SimpleNamespace

import pytest


def test_a_field_is_read_as_its_result(word: SimpleNamespace) -> None:
    simple = f'<w:fldSimple w:instr=" NUMPAGES ">{word.r("9")}</w:fldSimple>'
    document = word.document(
        word.p(word.r("page ") + word.field("PAGE", word.r("4")) + word.r(" of ") + simple)
    )
    assert word.texts(document) == ["page 4 of 9"]


def test_a_field_in_the_instruction_of_another_is_not_read(word: SimpleNamespace) -> None:
    condition = f"IF </w:instrText></w:r>{word.field('PAGE', word.r('7'))}<w:r><w:instrText> = 7 yes no"
    document = word.document(word.p(word.r("a") + word.field(condition, word.r("yes"))))
    assert word.texts(document) == ["ayes"]


def test_a_field_that_never_ends_swallows_nothing(word: SimpleNamespace) -> None:
    begin = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC</w:instrText></w:r>'
    separate = '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    document = word.document(word.p(begin + separate + word.r("a")) + word.p("b"))
    assert word.texts(document) == ["a", "b"]


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [(r"eq \o\ac(○,3)", "③"), (r"EQ \f(a,b)", "a/b"), (r"eq \o\ac(○,甲)", "(甲)"), ("PAGE", "")],
)
def test_an_equation_field_has_no_result_and_is_read_all_the_same(
    word: SimpleNamespace, instruction: str, shown: str
) -> None:
    eq = word.field(instruction, "").replace('<w:r><w:fldChar w:fldCharType="separate"/></w:r>', "")
    assert word.texts(word.document(word.p(word.r("-") + eq + word.r("-")))) == [f"-{shown}-"]


def test_form_fields_show_their_tick_and_their_choice(word: SimpleNamespace) -> None:
    def form(data: str) -> str:
        begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{data}</w:ffData></w:fldChar></w:r>'
        return f'{begin}<w:r><w:instrText>FORM</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'

    choices = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="否"/><w:listEntry w:val="是"/></w:ddList>'
    ticked, open_ = "<w:checkBox><w:checked/></w:checkBox>", '<w:checkBox><w:default w:val="0"/></w:checkBox>'
    document = word.document(word.p(form(ticked) + form(open_) + form(choices)))
    assert word.texts(document) == ["☑☐是"]


def test_a_table_of_contents_is_left_out_and_told_once(word: SimpleNamespace) -> None:
    styles = word.style("t", name="toc 1") + word.style("th", name="TOC Heading")
    begin, _, end = word.field('TOC \\o "1-3"', "<!--here-->").partition("<!--here-->")
    document = word.document(
        word.p("目录", word.styled("th"))
        + word.p(begin + word.r("1 Login	1"), word.styled("t"))
        + word.p("2 Logout	2")
        + word.p(end)
        + word.p("3 By style only	3", word.styled("t"))
        + word.p("Login"),
        styles=styles,
    )
    assert word.texts(document) == ["Login"]
    assert [code for code, _ in word.notices(document)] == ["table of contents"]


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("<m:f><m:num>{a}{plus}{b}</m:num><m:den>{b}</m:den></m:f>", "(a+b)/b"),
        ("<m:sSup><m:e>{a}</m:e><m:sup>{b}</m:sup></m:sSup>", "a^b"),
        ("<m:sSubSup><m:e>{a}</m:e><m:sub>{b}</m:sub><m:sup>{a}</m:sup></m:sSubSup>", "a_b^a"),
        ("<m:rad><m:radPr/><m:deg/><m:e>{a}{plus}{b}</m:e></m:rad>", "√(a+b)"),
        ("<m:d><m:dPr><m:begChr m:val='['/><m:endChr m:val=']'/></m:dPr><m:e>{a}</m:e></m:d>", "[a]"),
        ("<m:nary><m:naryPr><m:chr m:val='∑'/></m:naryPr><m:sub>{a}</m:sub><m:e>{b}</m:e></m:nary>", "∑_a b"),
        ("<m:func><m:fName>{a}</m:fName><m:e><m:d><m:e>{b}</m:e></m:d></m:e></m:func>", "a(b)"),
        ("<m:eqArr><m:e>{a}</m:e><m:e>{b}</m:e></m:eqArr>", "a; b"),
        ("<m:sSub><m:e>{a}</m:e><m:sub>{b}</m:sub></m:sSub>{a}{plus}", "a_b a+"),
        ("<m:unknown>{a}<m:e>{b}</m:e></m:unknown>", "ab"),
    ],
)
def test_a_formula_is_one_line_that_means_the_same(word: SimpleNamespace, markup: str, text: str) -> None:
    signs = {"a": "a", "b": "b", "plus": "+"}
    runs = {name: f"<m:r><m:t>{sign}</m:t></m:r>" for name, sign in signs.items()}
    document = word.document(word.p(f"<m:oMathPara><m:oMath>{markup.format(**runs)}</m:oMath></m:oMathPara>"))
    assert word.texts(document) == [text]
