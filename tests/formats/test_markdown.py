"""The Markdown document, read back by a parser: every text is where it belongs and says what it said."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from casewright.design.cases import Step, Suite, TestCase
from casewright.formats.markdown import write

BuildSuite = Callable[..., Suite]
BuildCase = Callable[..., TestCase]
Table = list[list[str]]

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])


@dataclass
class Part:
    """A heading with what stands under it up to the next heading."""

    level: int
    heading: str
    labels: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


def parts_of(content: bytes) -> list[Part]:
    """The document in parts; an element that no text should have opened fails."""
    parts: list[Part] = []
    opened = ""
    for token in PARSER.parse(content.decode()):
        match token.type:
            case "heading_open":
                parts.append(Part(int(token.tag[1:]), ""))
                opened = "heading"
            case "table_open":
                parts[-1].tables.append([])
                opened = "table"
            case "tr_open":
                parts[-1].tables[-1].append([])
            case "list_item_open" | "paragraph_open":
                opened = "table" if opened == "cell" else "label"
            case "inline" if opened == "heading":
                parts[-1].heading = seen(token)
            case "inline" if opened == "table":
                parts[-1].tables[-1][-1].append(seen(token))
            case "inline":
                parts[-1].labels.append(seen(token))
            case other:
                assert other.split("_")[0] in {"heading", "table", "thead", "tbody", "tr", "th", "td"} or (
                    other in {"bullet_list_open", "bullet_list_close", "list_item_close", "paragraph_close"}
                )
    return parts


def seen(inline: Token) -> str:
    """What a reader sees of a line; nothing but text, line breaks and our own bold labels may be in it."""
    return "".join(_texts(inline.children or []))


def _texts(tokens: list[Token]) -> Iterator[str]:
    for position, token in enumerate(tokens):
        if token.type == "html_inline":
            assert token.content == "<br>"
            yield "\n"
        elif token.type == "text":
            yield token.content
        else:
            assert token.type in {"strong_open", "strong_close"}
            assert position <= 3, "only a label is bold"


def test_the_title_and_each_part_have_their_heading(rich_suites: dict[str, Suite]) -> None:
    headings = [(part.level, part.heading) for part in parts_of(write(rich_suites["zh"]))]
    assert headings == [
        (1, "# 转账 | <需求> *测试*"),
        (2, "测试用例"),
        (3, "未分组"),
        (4, "TC-003 需要人工确认：当 而且 那么 # 不是注释"),
        (4, "TC-005 没有步骤"),
        (3, "4.2 转账"),
        (4, "TC-001 金额等于上限时|接受，且“手续费”为 25 元"),
        (4, "TC-004 很长的内容"),
        (3, "# 5 <b>撤销</b>"),
        (4, "=TC+002 +cmd|' /C calc'!A0 😀"),
        (2, "需求覆盖"),
        (2, "覆盖项"),
        (2, "待澄清问题"),
        (2, "需求条目"),
    ]


def test_a_case_has_a_table_of_its_steps(rich_suites: dict[str, Suite]) -> None:
    case = next(part for part in parts_of(write(rich_suites["en"])) if part.heading.startswith("TC-001"))
    assert case.tables == [
        [
            ["#", "Step", "Test data", "Expected result"],
            ["1", "以客户身份登录", "手机号: 13800138000", ""],
            [
                "2",
                "提交转账：\n1. 第一行\n2. 第二行, \"引号\" | 竖线 'x'",
                (
                    "金额: 50000.50\n加急: yes\n币种: CNY\n次数: 3\n"
                    '备注: "第一行\\n第二行 |\\\\"\n附言: ""\n优惠码: (empty)'
                ),
                "=1+1\n手续费 25.00 元",
            ],
        ]
    ]


def test_a_case_tells_its_priority_requirements_and_sources(rich_suites: dict[str, Suite]) -> None:
    case = next(part for part in parts_of(write(rich_suites["zh"])) if part.heading.startswith("TC-001"))
    assert case.labels == [
        "优先级： 高",
        "设计方法： 边界值分析",
        "状态： 预期已推算",
        "需求编号： REQ-001, REQ-002",
        "前置条件： 1. 账户已开通\n   且余额充足\n2.\n3. 2. 不是编号",
        "覆盖项： bva:金额:upper:on\ndt:rule:1",
        (
            "来源： 1. 转账需求.docx › 4 功能 › 4.2 转账：“单笔上限 50,000 元”\n"
            "2. 转账需求.docx › 4 功能，第 3 行，第 2 列：“|=1+1|\n   <b>第二行</b>”"
        ),
        "标识键： bva:金额:upper:on",
    ]


def test_every_table_is_whole(rich_suite: Suite) -> None:
    parts = parts_of(write(rich_suite))
    tables = [table for part in parts for table in part.tables]
    assert len(tables) == 1 + 4 + 4  # figures; cases with steps; coverage twice, questions, items
    for table in tables:
        assert {len(row) for row in table} == {len(table[0])}


def test_questions_and_what_was_not_understood_stand_in_one_table(rich_suites: dict[str, Suite]) -> None:
    part = next(part for part in parts_of(write(rich_suites["zh"])) if part.heading == "待澄清问题")
    asked, not_understood = part.tables[0][1:]
    assert asked[2:4] == ["“以上”是否包含本数？\n请确认", "金额 = 50000.00"]
    assert not_understood[5] == "1. 附录.md › 第 41 块：““视情况”处理”"


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "没有生成测试用例。"), ("en", "There are no test cases.")]
)
def test_a_suite_without_cases_says_so(language: str, said: str, build_suite: BuildSuite) -> None:
    assert parts_of(write(build_suite(language=language)))[-1].labels == [said]


def test_the_document_renders_without_html_of_its_own(rich_suite: Suite) -> None:
    page = MarkdownIt("gfm-like", {"linkify": False}).render(write(rich_suite).decode())
    assert "<b>" not in page
    assert "&lt;b&gt;" in page


def trimmed(text: str) -> str:
    """Without blanks at the ends: a table cell has none. A line break there stays."""
    return re.sub(r"\A[^\S\n]+|[^\S\n]+\Z", "", text)


def test_every_text_comes_back(
    awkward_texts: st.SearchStrategy[str], build_suite: BuildSuite, build_case: BuildCase
) -> None:
    @settings(deadline=None, max_examples=200)
    @given(title=awkward_texts, action=awkward_texts, value=awkward_texts)
    @example(title="", action="", value="Given \n")
    def check(title: str, action: str, value: str) -> None:
        case = build_case(
            title=title, preconditions=(action,), steps=(Step(action=action, expectation=value),)
        )
        parts = parts_of(write(build_suite(title=title, cases=(case,))))
        assert [part.level for part in parts] == [1, 2, 3, 4]
        one_line = title.replace("\n", " ")
        assert parts[0].heading == one_line.strip()
        assert parts[3].heading == f"TC-001 {one_line}".strip()
        (table,) = parts[3].tables
        assert table[1:] == [["1", trimmed(action), "", trimmed(value) if value.strip() else ""]]
        assert len(parts[3].labels) == 6

    check()
