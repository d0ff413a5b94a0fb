"""How tables are headed, by what they are for; and the cells that tell a lookup from a list of rules."""

from __future__ import annotations

import re

from casewright.design.itemising.patterns import names, phrases

FORM_KEY = names(
    r"""
    (?:(?:use case|requirement|story|feature|test) )?(?:id|no\.?|number|name|title|description|summary)
    (?:(?:primary|secondary) )?actors?
    triggers?
    (?:pre|post)-?conditions?
    (?:main|basic|normal|alternat(?:e|ive)|exception(?:al)?) (?:flow|course|scenario|path)s?
    exceptions?
    priority
    status
    inputs?
    outputs?
    acceptance criteria
    rationale
    source
    owner
    business rules?
    notes?
    frequency
    assumptions?
    """,
    r"""
    (?:用例|需求|功能|故事|业务)?(?:编号|名称|标识|描述|说明|概述|简述|标题)
    (?:主要|次要)?(?:参与者|执行者|角色)
    触发(?:条件|事件)?
    [前后]置条件
    (?:基本|主|正常|备选|扩展|异常|其他)(?:事件)?流程?
    优先级
    输[入出]
    处理(?:过程|流程|逻辑)?
    业务规则
    验收标准
    异常(?:处理|情况)
    备注
    约束
    """,
)
CHRONICLE = phrases(
    r"""
    versions?
    revisions?
    revised
    changes?
    changed by
    dates?
    authors?
    reviewers?
    approve[dr]
    signature
    """,
    r"""
    版本
    修[订改]
    变更
    更改
    日期
    时间
    作者
    填写人
    (?:编写|审核|批准|评审)人
    签字
    """,
)
CHRONICLE_CORE = phrases(
    r"""
    versions?
    revisions?
    revised
    changes?
    approve[dr]
    signature
    """,
    r"""
    版本
    修订
    变更
    更改
    审核人
    批准
    签字
    """,
)
TERM = names(
    r"""
    (?:terms?|acronyms?|abbreviations?|words?|concepts?)
    """,
    r"""
    .{0,3}(?:术语|缩写|名词|词汇|缩略语|概念).{0,3}
    """,
)
FIELD = names(
    r"""
    (?:(?:data|input|form|request|response) )?(?:field|parameter|attribute|column|input)s?(?: .*)?
    (?:data items?|propert(?:y|ies)|elements?)(?: .*)?
    """,
    r"""
    .{0,6}(?:字段|参数|属性|输入项|数据项|列名).{0,4}
    """,
)
NAME = names(
    r"""
    name
    item
    """,
    r"""
    .{0,2}名称?
    项目
    """,
)
TYPED = phrases(
    r"""
    type
    required
    mandatory
    needed
    optional
    format
    length
    default
    """,
    r"""
    类型
    必[填选输]
    格式
    长度
    默认
    """,
)
CONSTRAINED = phrases(
    r"""
    accepts?
    content
    values?
    description
    constraints?
    rules?
    validation
    range
    limits?
    notes?
    meaning
    """,
    r"""
    是否
    要求
    取值
    说明
    描述
    规则
    备注
    约束
    范围
    含义
    """,
)
MESSAGE = phrases(
    r"""
    messages?
    errors?
    reply
    response
    """,
    r"""
    提示
    错误
    报错
    返回信息
    文案
    """,
)
STATE = phrases(
    r"""
    states?
    status
    """,
    r"""
    状态
    """,
)
CHANGE = phrases(
    r"""
    operations?
    actions?
    events?
    triggers?
    next
    new
    to
    how
    left
    leaves
    transitions?
    meaning
    after
    """,
    r"""
    操作
    事件
    动作
    触发
    之后
    后续
    下一
    新
    流转
    条件
    含义
    说明
    """,
)
ACTION = names(
    r"""
    (?:operation|action|function|feature|permission|resource)s?
    activit(?:y|ies)
    """,
    r"""
    .{0,3}(?:操作|功能|权限|资源|模块|菜单).{0,3}
    """,
)
ROLES = names(
    r"""
    (?:role|actor|user)s?
    """,
    r"""
    .{0,3}(?:角色|岗位|用户).{0,3}
    """,
)
ROLE = phrases(
    r"""
    admin(?:istrator)?s?
    (?:manager|user|guest|visitor|clerk|customer|client|auditor|owner|editor|viewer|operator|supervisor)s?
    (?:member|employee|agent|approver|reviewer|role|moderator)s?
    staff
    finance
    """,
    r"""
    管理员
    主管
    经理
    员工
    用户
    客户
    访客
    总监
    人事
    财务
    审核
    运营
    操作员
    会员
    读者
    馆员
    店长
    客服
    角色
    领导
    专员
    """,
)
BARE = re.compile(
    r"""[\s]* (?: [-–—/]? | [√✓✔×✗✘○●◯〇YNyn] | yes | no | 是 | 否 | 有 | 无 | 可 | 不可 | n/?a
        | [^\w\s]{0,2} \s? [-+]? \d[\d,.\s]* \s? (?: %|‰|[^\W\d_]{1,4} )? (?: / [^\W\d_]{1,6} )? )
        \s* [¹²³⁴⁵*†‡]?""",
    re.VERBOSE | re.IGNORECASE,
)
RANGE = phrases(
    r"""
    to
    up to
    above
    below
    over
    under
    more
    less
    fewer
    between
    from
    at (?:least|most)
    or
    """,
    r"""
    以[上下内]
    超过
    不满
    至
    [～~≥≤<>]
    \d\s?[-–—]\s?\d
    """,
)
