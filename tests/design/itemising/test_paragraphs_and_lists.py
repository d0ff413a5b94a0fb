"""What is one item, what is several, and what is none."""

from __future__ import annotations

import pytest

from casewright.design.cases import ItemKind
from casewright.design.items import split
from casewright.documents.blocks import Block, BlockKind, Document, Mark, MarkKind, Place


def texts(items):
    return [item.text for item in items.values()]


def test_the_sentences_of_one_paragraph_are_one_item(split_text):
    items = split_text(
        "## 4 Rules\n\nA stay of 60 minutes is one hour. A stay of 61 is two. Nothing is deducted.\n"
    )
    assert texts(items) == ["A stay of 60 minutes is one hour. A stay of 61 is two. Nothing is deducted."]


def test_a_sentence_that_introduces_a_list_is_told_with_each_of_its_items(split_text):
    items = split_text(
        """
        ## 5 Passes
        A clerk can register a pass. The clerk sends:

        - **number plate** – 2 to 8 characters
        - **pass type** – `monthly` or `annual`

        The pass is then active.
        """
    )
    assert list(items) == ["5-p1", "5-b1", "5-b2", "5-p2"]
    assert items["5-p1"].text == "A clerk can register a pass."
    assert items["5-b1"].section == ("5 Passes", "The clerk sends:")
    assert [source.quote for source in items["5-b1"].sources] == [
        "number plate – 2 to 8 characters",
        "The clerk sends:",
    ]
    assert items["5-p2"].section == ("5 Passes",)


@pytest.mark.parametrize(
    "sentence",
    [
        "有多处问题时，按下列次序返回第一条提示：",
        "Nothing changes, and the answer is the first one that applies:",
        "Fields, all of them mandatory:",
        "Within 7 days a ticket can be opened again:",
    ],
)
def test_an_introduction_that_is_a_rule_is_an_item_too(split_text, sentence):
    items = split_text(f"## 4 Rules\n\n{sentence}\n\n1. No role was sent.\n2. The state forbids it.\n")
    assert texts(items) == [sentence, "No role was sent.", "The state forbids it."]


def test_mere_names_are_one_item_with_the_sentence_that_lists_them(split_text):
    items = split_text(
        """
        # Log
        ## Entries
        Each entry of the log should contain at least:

        - user ID
        - event date and time
        - terminal identity

        系统支持以下支付方式：

        - 微信
        - 支付宝
        """
    )
    assert texts(items) == [
        "Each entry of the log should contain at least:\nuser ID\nevent date and time\nterminal identity",
        "系统支持以下支付方式：\n微信\n支付宝",
    ]
    assert len(items["S1-p1"].sources) == 4


def test_what_a_system_will_do_is_one_item_for_each(split_text):
    items = split_text("# Payments\n\n## Portal\n\nThe portal will:\n\n- send receipts\n- track payments\n")
    assert list(items) == ["S1-b1", "S1-b2"]


def test_a_worked_example_belongs_to_the_clause_before_it(split_text):
    items = split_text(
        """
        ## 4 手续费
        - 4.1 手续费 = 转账金额 × 0.05%，四舍五入到分。

        > 算例：12,345.67 × 0.05% = 6.172835，收 6.17 元。

        - 4.2 手续费不占用限额。
        """
    )
    assert list(items) == ["4.1", "4.2"]
    assert items["4.1"].text.endswith("收 6.17 元。")
    assert [source.block for source in items["4.1"].sources] == [1, 2]


def test_a_worked_example_for_a_whole_list_is_an_item_of_its_own(split_text):
    items = split_text(
        """
        ## 3 Figures
        - payout = loan amount − fee
        - fee = 1.5 % of the loan amount

        *Worked example.* For 10,000 the fee is 150.00, the payout 9,850.00 if nothing else is due.
        """
    )
    assert list(items) == ["3-b1", "3-b2", "3-p1"]
    assert items["3-p1"].kind is ItemKind.RULE


def test_a_formula_is_one_item_with_its_introduction_and_its_explanation(split_text):
    items = split_text(
        """
        ## 6 Money
        Proration, for an upgrade:

        > charge = difference × days left ÷ 30

        where the difference is new price − old price.

        *Example.* 12 × 15 ÷ 30 = 6.

        Coupons never reduce it.
        """
    )
    assert list(items) == ["6-p1", "6-p4"]
    assert items["6-p1"].kind is ItemKind.RULE
    assert len(items["6-p1"].text.splitlines()) == 4


def test_the_paragraphs_of_a_list_item_stay_together(split_text):
    items = split_text(
        """
        # App
        ## Phases
        1. **Background**

           In idle mode the app collects ids.

           It never sends them.
        2. **Warning**

           A warning is shown at once.
        """
    )
    assert [(item.id, item.title, item.text) for item in items.values()] == [
        ("S1-1", "Background", "Background\nIn idle mode the app collects ids.\nIt never sends them."),
        ("S1-2", "Warning", "Warning\nA warning is shown at once."),
    ]


def test_the_lines_of_a_scenario_are_one_item(split_text):
    items = split_text(
        """
        # App
        ## Login
        Scenario: Wrong password

        - Given a registered user
        - When the user enters a wrong password
        - Then the message "Wrong password." is shown

        场景：密码正确

        - 假如用户已注册
        - 当用户输入正确的密码
        - 那么进入首页
        """
    )
    assert list(items) == ["S1-b1", "S1-b4"]
    assert items["S1-b1"].section == ("App", "Login", "Scenario: Wrong password")
    assert items["S1-b4"].text == "假如用户已注册\n当用户输入正确的密码\n那么进入首页"


def test_only_the_sentences_out_of_scope_are_told_apart(split_text):
    items = split_text(
        """
        ## 2 Scope
        In scope: the charge for one stay. Out of scope: refunds, group invoices.

        - 假种四类：年假、病假、事假、婚假。加班调休二期再做。
        """
    )
    assert [(item.id, item.kind) for item in items.values()] == [
        ("2-p1", ItemKind.BACKGROUND),
        ("2-p1-s2", ItemKind.OUT_OF_SCOPE),
        ("2-b1", ItemKind.BACKGROUND),
        ("2-b1-s2", ItemKind.OUT_OF_SCOPE),
    ]
    assert items["2-p1-s2"].text == "Out of scope: refunds, group invoices."


def test_a_list_of_what_is_out_of_scope_is_out_of_scope(split_text):
    items = split_text(
        "## Login\n\nUsers can log in.\n\nOut of scope:\n\n- single sign-on\n- password reset\n"
    )
    assert [item.kind for item in items.values()] == [
        ItemKind.PERMISSION,
        ItemKind.OUT_OF_SCOPE,
        ItemKind.OUT_OF_SCOPE,
    ]


def test_a_rationale_is_no_requirement_text(split_text):
    items = split_text("REQ-1: The password has 8 characters.\nRationale: NIST guidance. Users know it.\n")
    assert [(item.id, item.kind, item.text) for item in items.values()] == [
        ("REQ-1", ItemKind.DATA, "The password has 8 characters."),
        ("REQ-1-s2", ItemKind.BACKGROUND, "Rationale: NIST guidance. Users know it."),
    ]


def test_a_heading_with_an_id_is_an_item_with_the_paragraph_below_it(split_text):
    items = split_text(
        """
        # Library
        ## Stories
        ### US-3 Return
        As a librarian I take a book back. If it wasn't lent, the answer is "Not lent." The checks are:

        1. The book is known.
        2. It was lent.

        The fine is added to the account.
        ### 故事四：作为员工，我想查询余额
        查询返回年假余额。
        ### E2 Epics
        #### US-5 Renew
        - Renewing adds 15 days.
        """
    )
    assert list(items) == ["US-3", "US-3-1", "US-3-2", "US-3-p2", "故事四", "US-5", "US-5-b1"]
    assert items["US-3"].title == "Return"
    assert items["US-3"].label == "US-3"
    assert (
        items["US-3"].text
        == 'As a librarian I take a book back. If it wasn\'t lent, the answer is "Not lent."'
    )
    assert items["US-3"].section == ("Library", "Stories")
    assert items["US-3-1"].section == ("Library", "Stories", "US-3 Return", "The checks are:")
    assert items["故事四"].text == "作为员工，我想查询余额\n查询返回年假余额。"
    assert items["US-5"].text == "Renew"


def test_a_numbered_heading_is_an_item_only_if_it_is_a_sentence_that_requires(split_text):
    items = split_text(
        """
        ## 3.1 The system shall lock the account after five failures
        It stays locked for 15 minutes.
        ## 3.2 Required fields
        The name is mandatory.
        """
    )
    assert list(items) == ["3.1", "3.2-p1"]
    assert (
        items["3.1"].text
        == "The system shall lock the account after five failures\nIt stays locked for 15 minutes."
    )


def test_a_requirement_written_as_a_form_below_its_heading_is_one_item(split_text):
    items = split_text(
        """
        ### FR-PAY-003 Refund
        Description: A paid order can be refunded.

        Preconditions: The order is paid.

        Priority: High

        Acceptance criteria

        - The amount goes back within 3 days.
        """
    )
    assert list(items) == ["FR-PAY-003", "FR-PAY-003-b1"]
    assert items["FR-PAY-003"].text.splitlines()[1] == "Preconditions: The order is paid."
    assert items["FR-PAY-003-b1"].section[-1] == "Acceptance criteria"


def test_headings_captions_and_contents_are_no_items(split_text):
    items = split_text(
        """
        # CONTENTS
        This document is for testers.

        1. [Login](#login)
        2. [Logout](#logout)

        ## Login
        **Web**

        Figure 2-1 Login page

        Users log in by mail.

        Table 1: Roles
        ## Logout
        """
    )
    assert [(item.text, item.section) for item in items.values()] == [
        ("This document is for testers.", ("CONTENTS",)),
        ("Users log in by mail.", ("CONTENTS", "Login", "Web")),
    ]


def test_lines_of_a_table_of_contents_are_no_items():
    lines = ("1引言\t4", "1.1编写目的\t4", "2 任务概述 ........ 5", "iii 附录……12")
    document = Document(
        name="a.docx",
        type="docx",
        blocks=tuple(Block(index=i, kind=BlockKind.PARAGRAPH, text=line) for i, line in enumerate(lines)),
    )
    assert split([document]) == ()


def test_labels_in_a_drawing_are_no_items_but_its_sentences_are():
    boxed = Place(within="text box 1")
    document = Document(
        name="a.docx",
        type="docx",
        blocks=(
            Block(index=0, kind=BlockKind.PARAGRAPH, text="Flight Processor 1", place=boxed),
            Block(index=1, kind=BlockKind.PARAGRAPH, text="The queue holds 20 messages.", place=boxed),
        ),
    )
    assert [item.text for item in split([document])] == ["The queue holds 20 messages."]


def test_text_that_is_struck_through_is_not_meant():
    text = "The limit is 100 500 euros."
    struck = Mark(kind=MarkKind.STRUCK, start=13, end=17)
    gone = "The limit is doubled on Sundays."
    document = Document(
        name="a.md",
        type="markdown",
        blocks=(
            Block(index=0, kind=BlockKind.PARAGRAPH, text=text, marks=(struck,)),
            Block(
                index=1,
                kind=BlockKind.PARAGRAPH,
                text=gone,
                marks=(Mark(kind=MarkKind.STRUCK, start=0, end=len(gone)),),
            ),
        ),
    )
    kept, dropped = split([document])
    assert kept.text == "The limit is 500 euros."
    assert [source.quote for source in kept.sources] == ["The limit is", "500 euros."]
    assert (dropped.kind, dropped.text) == (ItemKind.OUT_OF_SCOPE, gone)


def test_an_id_on_a_line_of_its_own_names_the_paragraph_below():
    document = Document(
        name="a.docx",
        type="docx",
        blocks=(
            Block(index=0, kind=BlockKind.PARAGRAPH, text="REQ-1"),
            Block(index=1, kind=BlockKind.PARAGRAPH, text="The user logs in by mail."),
            Block(index=2, kind=BlockKind.PARAGRAPH, text="REQ-2"),
            Block(index=3, kind=BlockKind.PARAGRAPH, text="The user logs out."),
        ),
    )
    assert [(item.id, item.text) for item in split([document])] == [
        ("REQ-1", "The user logs in by mail."),
        ("REQ-2", "The user logs out."),
    ]


def test_a_document_without_text_has_no_items():
    assert split([Document(name="a.md", type="markdown", blocks=())]) == ()
    assert split([]) == ()
