"""What a section is about, told by its heading: background, terms, what is out of scope, quality, rules, …"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from enum import Enum, auto

from casewright.design.itemising.patterns import either


class Topic(Enum):
    OTHER = auto()
    """Nothing known, or requirements in general."""
    BACKGROUND = auto()
    INTRODUCTION = auto()
    """Mostly background, but authors put rules there too."""
    SCOPE = auto()
    TERMS = auto()
    CONTENTS = auto()
    OUT_OF_SCOPE = auto()
    OPEN = auto()
    QUALITY = auto()
    PERMISSION = auto()
    DATA = auto()
    RULE = auto()


_Says = Callable[[str], object]

_FILLER = re.compile(
    r"\b(?:the|a|an|of|and|or|for|this|our|its|to|in|is|are|we|you|project|product|business|document|system"
    r"|general|release|list|table|record|key|use|used|user)\b"
    r"|项目|业务|产品|需求|系统|文档|本期|与|和|及|的|说明|介绍|概况|编写|信息|编制|分析|描述|情况|意义|一些|几个|适用|解释",
    re.IGNORECASE,
)


def _made_of(english: str, chinese: str) -> _Says:
    """Headings of these words and fillers alone: 'Background and goals', not 'Background check'."""
    core = re.compile(rf"\b(?:{either(english)})\b|(?:{either(chinese)})", re.IGNORECASE)

    def says(heading: str) -> bool:
        rest = core.sub("", heading)
        return rest != heading and not re.search(r"\w", _FILLER.sub("", rest))

    return says


def _with(english: str, chinese: str) -> _Says:
    """Headings in which one of these stands anywhere."""
    return re.compile(rf"\b(?:{either(english)})\b|(?:{either(chinese)})", re.IGNORECASE).search


_TOPICS: tuple[tuple[Topic, _Says], ...] = (
    (
        Topic.CONTENTS,
        _made_of(
            r"""
            (?:table of )?contents
            toc
            list of (?:figures|tables)
            """,
            r"""
            目录
            目次
            """,
        ),
    ),
    (
        Topic.OUT_OF_SCOPE,
        _with(
            r"""
            (?:out of|not in) scope
            non-?goals?
            exclusions?
            excluded
            not included
            """,
            r"""
            不包[含括]
            范围之?外
            非目标
            不在\S{0,6}范围
            本期不做
            暂不实现
            """,
        ),
    ),
    (
        Topic.QUALITY,
        _with(r"other requirements?", r"其[他它]\S{0,2}要求"),
    ),
    (
        Topic.OPEN,
        _with(
            r"""
            open (?:questions?|issues?|points?|items?|topics?)
            questions? (?:still )?open
            TB[DC]
            to-?do
            to be (?:clarified|decided|determined|defined|confirmed)
            outstanding (?:issues?|questions?)
            unresolved
            """,
            r"""
            待[定办]
            遗留
            待(?:确认|澄清|讨论)
            未决
            开放问题
            未解决
            ^open$
            ^questions$
            """,
        ),
    ),
    (
        Topic.TERMS,
        _made_of(
            r"""
            terms?
            terminology
            glossary
            definitions?
            vocabulary
            words
            acronyms?
            abbreviations?
            concepts?
            """,
            r"""
            术语表?
            名词
            定义
            词汇表?
            缩略语
            缩写
            概念
            用语
            先?说清楚
            词
            """,
        ),
    ),
    (
        Topic.SCOPE,
        _made_of(r"scope", r"范围|约定"),
    ),
    (
        Topic.BACKGROUND,
        _made_of(
            r"""
            background
            why
            purpose
            motivation
            rationale
            objectives?
            goals?
            vision
            about
            stakeholders?
            audience
            readers?
            readership
            references?
            (?:applicable|related|referenced) documents?
            (?:version |change |revision )?history
            revisions?
            changes?
            changelog
            log
            summary
            versions?
            control
            conventions?
            approvals?
            sign-?off
            authors?
            owners?
            characteristics
            acknowledge?ments?
            license
            """,
            r"""
            背景
            目的
            为什么(?:要?做)?
            动机
            目标
            参考(?:资料|文献)
            引用文件
            修订
            版本
            变更
            更改
            历史
            记录
            控制页?
            评审
            现状
            价值
            用户的?特点
            用户特征
            预期
            读者
            对象
            假[定设]
            约束(?=$)
            干系人
            """,
        ),
    ),
    (
        Topic.INTRODUCTION,
        _with(
            r"""
            introduction
            overview$
            context$
            summary$
            abstract
            preface
            foreword
            about$
            preamble
            scenarios$
            """,
            r"""
            引言
            前言
            概述$
            简介$
            总述
            综述
            总览
            摘要
            概要$
            总体描述
            """,
        ),
    ),
    (
        Topic.QUALITY,
        _with(
            r"""
            non-?\s?functional
            not functional
            performance
            quality (?:attributes?|requirements?)
            (?:avail|reli|us|access|scal|maintain|port)ability
            accessibility
            compatibility
            security(?: layer| requirements?)?$
            data protection
            privacy
            retention
            service levels?
            capacity
            """,
            r"""
            非功能
            性能
            可(?:用性|靠性|维护|扩展)
            易用性
            安全性
            安全(?:要求|需求)$
            兼容性
            质量
            运行环境
            时间特性
            精度
            灵活性
            故障处理
            留存
            合规
            """,
        ),
    ),
    (
        Topic.PERMISSION,
        _with(
            r"""
            permissions?
            who (?:may|can|is allowed)
            access (?:rights?|control)
            roles?
            authori[sz]ation
            """,
            r"""
            权限
            角色
            谁可以
            """,
        ),
    ),
    (
        Topic.DATA,
        _with(
            r"""
            data (?:dictionary|model|fields?|items?|elements?)
            fields?
            inputs?(?: and outputs?)?$
            """,
            r"""
            字段
            数据(?:字典|项|模型)
            输入项
            参数说明
            """,
        ),
    ),
    (
        Topic.RULE,
        _with(
            r"""
            rules?
            constraints?
            limits?
            validations?
            refus(?:als?|ed)
            rejected
            messages
            calculat(?:ion|ing)
            polic(?:y|ies)
            states?
            errors?
            """,
            r"""
            规则
            约束
            限[额制]
            校验
            提示
            计算
            [算计定]价
            (?:手续|运|计)费
            约定
            状态
            失败时
            异常
            错误码
            """,
        ),
    ),
    (
        Topic.OTHER,
        _with(
            r"""
            requirements?
            functional
            functions?
            user stories
            features?
            """,
            r"""
            需求
            功能
            规定
            """,
        ),
    ),
)


def topic_of_heading(heading: str) -> Topic | None:
    """The topic that a heading (without its number) names; None where it says nothing about it."""
    text = heading.strip(" :：*_.。\u3000")
    return next((topic for topic, says in _TOPICS if says(text)), None)


def topic_below(topics: Sequence[Topic | None]) -> Topic:
    """The topic of what stands directly below headings of these topics, the highest first: the lowest
    heading that says something decides. A table of contents holds nothing but itself."""
    if topics and topics[-1] is Topic.CONTENTS:
        return Topic.CONTENTS
    said = [topic for topic in topics if topic is not None and topic is not Topic.CONTENTS]
    return said[-1] if said else Topic.OTHER
