"""Words of sentences that ask for nothing: out of scope, undecided, about the document."""

from __future__ import annotations

import re

from casewright.design.itemising.patterns import phrases

OUT_OF_SCOPE = phrases(
    r"""
    (?:is|are|be|stays?|remains?) (?:explicitly |all )?(?:out of|not in) scope
    ^\W*out of scope
    out of scope\s*[:：]
    ^not included\s*[:：]
    not part of this (?:release|phase|version|document|project)
    (?:is|are) not (?:touched|covered by this \w+)
    not in this (?:release|phase|version)
    in a later (?:release|phase)
    """,
    r"""
    ^(?:本期|本次|本系统|一期)?(?:不包含|不包括|不含|不涉及|范围外|非本期范围)\s*[:：]
    ^(?:本期|本次|本系统|一期)?(?:不包含|不包括|不含|不涉及)[^，。；\d]{2,30}[。；]?$
    [二三下后]一?期再(?:做|议|考虑)
    后续版本(?:再|实现|支持)
    不在(?:本期|这一期|本次|本系统)
    不属于本(?:期|次|系统)
    超出本(?:期|次|文档)范围
    (?:仍|还是|继续)?走线下
    """,
)
IN_SCOPE = phrases(
    r"""
    (?:in scope|included)\s*[:：]
    """,
    r"""
    ^(?:本期|本次)?(?:包含|包括|范围)(?:以下\S{0,6})?\s*[:：]
    """,
)
OPEN = phrases(
    r"""
    (?<!-)TB[DC]
    (?<!need )to be (?:determined|decided|clarified|defined later)
    not (?:yet )?decided
    undecided
    still open
    """,
    r"""
    待定
    待确认
    待澄清
    尚未确定
    还没定
    未定论
    有待讨论
    """,
)
ABOUT_DOCUMENT = phrases(
    r"""
    (?:\w+ )?owners?\s*[:：]
    authors?\s*[:：]
    status\s*[:：]
    readers\s*[:：]
    last edit(?:ed)?
    (?:prepared|reviewed|written) by
    version \d[\d.]*
    (?:software )?requirements specification
    """,
    r"""
    (?:编写|作者|负责人|编制|审核|批准|评审|版本号?|日期|密级|文档编号|更新时间)(?:人|部门|结论)?\s*[:：]
    """,
)
VERSION_OR_DATE = re.compile(
    r"\W*(?:version|revision|date|版本号?|日期)?\s*[:：]?\s*(?:[vV]?\d+(?:\.\d+)*"
    r"|(?:\d{1,2} )?[A-Z][a-z]+ (?:\d{1,2}, )?\d{4}|\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?)\W*",
    re.IGNORECASE,
)
ABOUT_TEXT = phrases(
    r"""
    (?:are|is) (?:described|listed|defined|shown|given) (?:below|above)
    (?:are|is) (?:formulated|outlined|presented|explained) (?:below|above)
    (?:are|is) (?:described|listed|defined|shown|given) in (?:the )?(?:figure|table|diagram|section|appendix)
    (?:figure|table) [\d-]+ (?:shows|illustrates|lists)
    this (?:document|section|subsection|chapter|specification|appendix|context)
    (?:diagram|figure) below
    """,
    r"""
    本文档?
    制定本
    本章
    本节
    本手册
    见?[如下]图
    """,
)
