"""Which items there are, and what they are called."""

from __future__ import annotations

import pytest

from casewright.design.items import split
from casewright.documents.blocks import Block, BlockKind, Document


def test_a_number_typed_in_the_text_is_label_and_id_however_it_is_set(split_text):
    items = split_text(
        """
        # Transfers
        ## 4 Rules
        ### 4.1 Entering

        4.1.1 The amount is positive. It has at most two decimals.

        - 4.1.2 The account belongs to the customer.

        **4.1.3** The text has at most 20 characters.

        4.1.4：附言可以不填。
        """
    )
    assert list(items) == ["4.1.1", "4.1.2", "4.1.3", "4.1.4"]
    assert items["4.1.1"].label == "4.1.1"
    assert items["4.1.1"].text == "The amount is positive. It has at most two decimals."
    assert items["4.1.4"].text == "附言可以不填。"


@pytest.mark.parametrize(
    "label",
    [
        "AC1.1",
        "US-3",
        "SSR12",
        "cES1000.2",
        "FR-PAY-003",
        "REQ_7",
        "BR.4",
        "第十二条",
        "附录A",
        "A.2.1",
        "规则3",
    ],
)
def test_ids_of_many_styles_are_kept(split_text, label):
    items = split_text(f"## Rules\n\n{label}：至少 2 个字符。\n\nNothing else.\n")
    assert items[label].label == label
    assert items[label].text == "至少 2 个字符。"


def test_letters_before_numbers_are_ids_where_they_come_in_a_series(split_text):
    items = split_text(
        """
        ## Rules
        - R1 The cart holds at most 50 lines.
        - R2 An empty cart can't be ordered.
        """
    )
    assert [(item.id, item.text) for item in items.values()] == [
        ("R1", "The cart holds at most 50 lines."),
        ("R2", "An empty cart can't be ordered."),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "0.45 for each of the first 100 miles is paid.",
        "2.5 天起按 3 天计。",
        "1.50 × price is charged.",
        "MP3 files are refused.",
        "UTF-8 is the only encoding.",
        "2026-03-01 is the first day.",
        "24 hours after the order it is cancelled.",
        "22:00（含）至次日 06:00（不含）为夜间。",
        "Requirements change often: users may edit them.",
        "Section 2 provides the details if needed.",
        "A4 paper is used, nothing else is allowed.",
    ],
)
def test_a_quantity_or_a_name_with_a_number_is_no_label(split_text, text):
    (item,) = split_text(f"## 4 Rules\n\n{text}\n").values()
    assert (item.id, item.label, item.text) == ("4-p1", "", text)


def test_letters_typed_in_one_paragraph_are_items_of_their_section(split_text):
    items = split_text(
        """
        ### 4.3 夜间规则
        22:00（含）至次日 06:00（不含）为夜间。夜间：

        （a）单笔限额按 50% 执行；
        （b）小程序不受理他行转账。
        """
    )
    assert [(item.id, item.label, item.text) for item in items.values()] == [
        ("4.3-p1", "", "22:00（含）至次日 06:00（不含）为夜间。"),
        ("4.3(a)", "（a）", "单笔限额按 50% 执行；"),
        ("4.3(b)", "（b）", "小程序不受理他行转账。"),
    ]


def test_numbers_in_running_text_do_not_break_a_clause(split_text):
    items = split_text(
        "## 2 Pipes\n\nREQ-1: An application can 1) poll a pipe 2) wait for a message; 3) give up.\n"
    )
    assert list(items) == ["REQ-1"]


def test_numbered_lists_and_circles_are_qualified_by_their_section(split_text):
    items = split_text(
        """
        ## 4. Price
        ① net ＝ price × quantity
        ## 5. Coupons
        1. One coupon for each order.
        2. A used coupon is refused.
           - Also when the order was cancelled.
        """
    )
    assert list(items) == ["4-①", "5-1", "5-2", "5-2-b1"]
    assert [item.label for item in items.values()] == ["①", "1", "2", ""]


def test_what_has_no_number_is_known_by_its_place(split_text):
    items = split_text(
        """
        # Shop
        Prices are in euros, at most two decimals.
        ## Cart
        The cart is kept for 30 days.

        - A line has at most 99 pieces.
        - A line can be removed.

        ### Guests
        A guest has a cart too.
        ## Orders
        An order has a number.

        > Numbers are never used twice.
        """
    )
    assert list(items) == ["p1", "S1-p1", "S1-b1", "S1-b2", "S1.1-p1", "S2-p1", "S2-q1"]


def test_a_paragraph_after_a_numbered_clause_belongs_to_it(split_text):
    items = split_text(
        """
        ### 4.4 手续费
        4.4.2 他行普通转账按笔收取：

        | 转账金额 | 手续费 |
        | --- | --- |
        | 2,000 元及以下 | 1 元 |
        | 2,000 元以上 | 5 元 |

        每个营业日前 2 笔免手续费。

        - 4.4.3 实时转账不享受这一优惠。
        """
    )
    assert list(items) == ["4.4.2-t1.1", "4.4.2-t1.2", "4.4.2-p1", "4.4.3"]
    assert items["4.4.2-t1.1"].section == ("4.4 手续费", "4.4.2 他行普通转账按笔收取：")
    assert items["4.4.3"].section == ("4.4 手续费",)


def test_clauses_nest_by_their_style(split_text):
    items = split_text(
        """
        ## 3.1 对功能的规定
        1.用户管理画面：

        点击添加按钮，添加新用户信息；

        2.审批

        1）加班审批画面

        点击通过按钮，完成审批。

        2）休假审批画面

        点击驳回按钮，驳回申请。
        """
    )
    assert list(items) == ["3.1-1-p1", "3.1-2-1-p1", "3.1-2-2-p1"]
    assert items["3.1-2-2-p1"].section == ("3.1 对功能的规定", "2.审批", "2）休假审批画面")


def test_numbers_that_the_word_processor_gives_count_like_typed_ones():
    def block(index: int, kind: BlockKind, text: str, label: str, level: int = 0) -> Block:
        return Block(index=index, kind=kind, text=text, label=label, level=level)

    document = Document(
        name="rules.docx",
        type="docx",
        blocks=(
            block(0, BlockKind.HEADING, "Rules", "4", 1),
            block(1, BlockKind.HEADING, "Amounts", "4.2", 2),
            block(2, BlockKind.LIST_ITEM, "The amount is positive.", "4.2.1"),
            block(3, BlockKind.LIST_ITEM, "It has two decimals.", "(a)", 1),
            block(4, BlockKind.LIST_ITEM, "It ends in .00 for yen.", "(b)", 1),
            block(5, BlockKind.LIST_ITEM, "The limit is 500.", "4.2.2"),
            block(6, BlockKind.LIST_ITEM, "A clerk may go beyond it.", ""),
        ),
    )
    items = split([document])
    assert [item.id for item in items] == ["4.2.1", "4.2.1(a)", "4.2.1(b)", "4.2.2", "4.2.2-b1"]
    assert items[0].section == ("4 Rules", "4.2 Amounts")


def test_the_second_item_of_the_same_number_gets_a_suffix(split_text):
    items = split_text("## 4 Rules\n\n4.1.1 One.\n\n4.1.1 Two.\n\n4.1.1 Three.\n")
    assert [(item.id, item.label) for item in items.values()] == [
        ("4.1.1", "4.1.1"),
        ("4.1.1~2", "4.1.1"),
        ("4.1.1~3", "4.1.1"),
    ]


def test_an_id_that_an_earlier_document_has_is_told_apart_by_the_name(read_text):
    first = read_text("REQ-1: Log in.\n\nREQ-2: Log out.\n", "login.md")
    second = read_text("REQ-2: Pay.\n\nREQ-3: Pay back.\n", "pay ments.md")
    items = split([first, second])
    assert [item.id for item in items] == ["REQ-1", "REQ-2", "pay-ments:REQ-2", "REQ-3"]
    assert [item.sources[0].document for item in items] == [0, 0, 1, 1]


def test_the_hash_tells_the_text_and_neither_its_number_nor_its_line_breaks(split_text):
    items = split_text(
        "## 4 Rules\n\n4.1 The limit is\n500.\n\n4.2 The limit  is ５００.\n\n4.3 The limit is 501.\n"
    )
    one, same, other = (item.content_hash for item in items.values())
    assert one == same != other
    assert len(one) == 16
