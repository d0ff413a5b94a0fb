"""Short documents in the styles of other authors: articles, plain lines, use cases."""

from __future__ import annotations

from casewright.design.cases import ItemKind
from casewright.design.items import split


def test_a_regulation_in_articles(read_text):
    document = read_text(
        """
        # 会员积分管理办法
        ## 第一章 总则
        第一条 为规范会员积分的发放，制定本办法。

        ## 第二章 积分发放
        第二条 会员每消费 1 元得 1 积分，不足 1 元的部分不计。

        第三条 有下列情形之一的，不发放积分：
        （一）使用礼品卡支付的订单；
        （二）已全额退款的订单。

        第四条 积分转赠功能二期再做。
        """
    )
    items = split([document])
    assert [(item.id, item.kind) for item in items] == [
        ("第一条", ItemKind.BACKGROUND),
        ("第二条", ItemKind.RULE),
        ("第三条(一)", ItemKind.RULE),
        ("第三条(二)", ItemKind.RULE),
        ("第四条", ItemKind.OUT_OF_SCOPE),
    ]
    assert items[2].section == (
        "会员积分管理办法",
        "第二章 积分发放",
        "第三条 有下列情形之一的，不发放积分：",
    )


def test_a_ticket_of_plain_lines_without_headings(read_text):
    document = read_text(
        """
        REQ-001: The user logs in with e-mail address and password.
        REQ-002: After five failed attempts in a row the account is locked for 15 minutes.

        NFR-001: Login takes less than 2 seconds for 95 % of the requests.

        The following browsers are supported:

        - Firefox
        - Chrome
        """
    )
    assert [(item.id, item.kind) for item in split([document])] == [
        ("REQ-001", ItemKind.FUNCTIONAL),
        ("REQ-002", ItemKind.RULE),
        ("NFR-001", ItemKind.QUALITY),
        ("p1", ItemKind.FUNCTIONAL),
    ]


def test_use_cases_rules_and_rights(read_text):
    document = read_text(
        """
        # Ticketing
        ## UC-1 Open a ticket
        | Use case ID | UC-1 |
        | --- | --- |
        | Name | Open a ticket |
        | Precondition | The customer is signed in |
        | Main flow | 1. The customer enters subject and text. 2. The system stores the ticket as new. |
        ## Business rules
        - BR-1 – A ticket without an answer for 30 days is closed.
        - BR-2 – Closed tickets stay for 5 years.
        ## Access
        | Function | Customer | Agent |
        | --- | :-: | :-: |
        | open | ✓ | ✓ |
        | answer | – | ✓ |
        ## Change history
        | Version | Date | Change |
        | --- | --- | --- |
        | 1.0 | 2026-01-01 | first |
        """
    )
    assert [(item.id, item.kind) for item in split([document])] == [
        ("UC-1", ItemKind.FUNCTIONAL),
        ("BR-1", ItemKind.RULE),
        ("BR-2", ItemKind.RULE),
        ("S2-t1", ItemKind.PERMISSION),
        ("S3-t1", ItemKind.BACKGROUND),
    ]
