"""Which kind an item is, by the section it stands in and by its wording."""

from __future__ import annotations

import pytest

from casewright.design.cases import ItemKind


@pytest.mark.parametrize(
    ("kind", "heading", "text"),
    [
        (ItemKind.BACKGROUND, "1 Background", "Every price change must wait for a technician."),
        (ItemKind.BACKGROUND, "为什么做", "馆员每周要花半天翻卡片，不能再这样。"),
        (ItemKind.BACKGROUND, "1.4 参考资料", "公司管理条例"),
        (ItemKind.BACKGROUND, "Goals and stakeholders", "Support should get 50 % fewer calls."),
        (ItemKind.BACKGROUND, "Terms", "Seat – one user."),
        (ItemKind.RULE, "3 Terms", "Started hour – 60 minutes or any part of them."),
        (ItemKind.RULE, "术语", "逾期：当前日期晚于应还日期。应还日期当天不算逾期。"),
        (ItemKind.OUT_OF_SCOPE, "Non-goals", "Group invoices."),
        (ItemKind.OUT_OF_SCOPE, "范围", "不包含：对公转账、外币。"),
        (ItemKind.OUT_OF_SCOPE, "What this is about", "Loans to companies are out of scope."),
        (ItemKind.OUT_OF_SCOPE, "需求", "短信通知二期再做。"),
        (ItemKind.OPEN_QUESTION, "7 Open questions", "Should electric cars get a class of their own?"),
        (ItemKind.OPEN_QUESTION, "遗留问题", "跨年的结转规则等制度修订。"),
        (ItemKind.OPEN_QUESTION, "3.5 File service", "TBD"),
        (ItemKind.OPEN_QUESTION, "其他要求与待定", "待定：寒暑假是否顺延？下次讨论。"),
        (ItemKind.FUNCTIONAL, "3 Functions", "The system shall answer within TBD and show the result."),
        (ItemKind.QUALITY, "6 Non-functional requirements", "The tariff table is data."),
        (ItemKind.QUALITY, "其他要求", "列表页不展示事由。"),
        (ItemKind.QUALITY, "Charges", "A charge is answered within 300 ms at the 95th percentile."),
        (ItemKind.QUALITY, "日志", "操作日志保留不少于 3 年。"),
        (ItemKind.PERMISSION, "Withdraw", "Only the site manager can cancel a pass."),
        (ItemKind.PERMISSION, "查询", "只有人事可以查询。"),
        (ItemKind.PERMISSION, "Roles", "Auditor: sees everything."),
        (ItemKind.DATA, "Passes", "number plate – 2 to 8 characters, digits and capital letters"),
        (ItemKind.DATA, "3. 字段说明", "优惠券：新人券、满减券、折扣券"),
        (ItemKind.RULE, "4.3 Rules", "A shop stamp takes 2.00 off."),
        (ItemKind.RULE, "Cart", "A cart holds at most 10 items."),
        (ItemKind.RULE, "提交", "事假不超过 15 天，否则拒绝。"),
        (ItemKind.FUNCTIONAL, "Pay", "The claim is Paid; the answer shows the amount paid."),
        (ItemKind.FUNCTIONAL, "审批", "驳回后预扣的年假全部退回。"),
        (
            ItemKind.FUNCTIONAL,
            "Stories",
            "As a user, if I am exposed, I want to be told, so that I can rest.",
        ),
        (ItemKind.FUNCTIONAL, "背景图片设置", "用户可以更换图片。"),
        (ItemKind.FUNCTIONAL, "Background check", "The service returns the result of the check."),
    ],
)
def test_an_item_has_the_kind_that_a_tester_would_give_it(split_text, kind, heading, text):
    (item,) = split_text(f"# Product\n\n## {heading}\n\n{text}\n").values()
    assert (item.text, item.kind) == (text, kind)


@pytest.mark.parametrize(
    ("label", "kind"), [("NFR-1", ItemKind.QUALITY), ("BR-1", ItemKind.RULE), ("FR-1", ItemKind.FUNCTIONAL)]
)
def test_the_letters_of_an_id_tell_the_kind_by_convention(split_text, label, kind):
    assert split_text(f"# A\n\n## 3 Details\n\n{label}: The list appears.\n")[label].kind is kind


def test_what_stands_before_the_first_section_is_background_unless_it_binds(split_text):
    items = split_text(
        """
        # Expenses
        Owner: Finance · Status: ready

        Staff still send receipts by mail.

        Amounts have at most two decimals.
        ## Claims
        A claim starts as Draft.
        """
    )
    assert [item.kind for item in items.values()] == [
        ItemKind.BACKGROUND,
        ItemKind.BACKGROUND,
        ItemKind.RULE,
        ItemKind.FUNCTIONAL,
    ]


def test_the_checks_of_an_ordered_list_of_refusals_are_rules(split_text):
    items = split_text(
        "## US-2 借书\n\n依次判断：\n\n1. 读者手上有逾期图书：“有逾期图书未还”。\n2. 欠款达到 10 元。\n"
    )
    assert [items[id_].kind for id_ in ("US-2-1", "US-2-2")] == [ItemKind.RULE, ItemKind.RULE]


def test_prose_without_shall_only_explains_where_a_document_marks_its_requirements(split_text):
    requirements = "\n\n".join(f"3.{number} The unit shall send message {number}." for number in range(1, 11))
    items = split_text(f"# A\n\n## 3 Telemetry\n\nThe unit sends messages to the ground.\n\n{requirements}\n")
    assert items["3-p1"].kind is ItemKind.BACKGROUND
    assert items["3.1"].kind is ItemKind.FUNCTIONAL


def test_prose_is_a_requirement_where_a_document_marks_none(split_text):
    items = split_text("# A\n\n## 3 Telemetry\n\nThe unit sends messages to the ground.\n")
    assert items["3-p1"].kind is ItemKind.FUNCTIONAL


def test_a_line_in_form_of_a_heading_changes_the_kind_of_what_follows(split_text):
    items = split_text(
        """
        # A
        ## 3 Search
        **Open questions**

        - How many results are shown?

        **Behaviour**

        - The result is shown at once.
        """
    )
    assert [item.kind for item in items.values()] == [ItemKind.OPEN_QUESTION, ItemKind.FUNCTIONAL]
