"""The words by which a sentence shows what it is about: a permission, a quality, a rule, data, behaviour."""

from __future__ import annotations

import re

from casewright.design.itemising.patterns import phrases

STORY = phrases(
    r"""
    ^\W*as (?:an?|the|any)?[^.\n]{2,150}?\b(?:I|we) (?:want|need|would|can|wish)
    """,
    r"""
    ^作为.{1,20}[，,].{0,4}(?:我|想|希望)
    """,
)
PERMISSION = phrases(
    r"""
    (?:only|nobody but|no one but) (?:an? |the )?[\w -]{3,40} (?:can|may|is allowed|are allowed)
    (?:are|is|be) (?:not )?(?:allowed|permitted|authori[sz]ed) to
    may not (?:see|view|edit|change|delete|approve)
    (?:whose|the|other|which|no|their) roles? (?:may|can|can ?not|does|do|is|are|fits)
    in the role
    (?:without a|no) role
    permissions?
    not permitted
    unauthori[sz]ed
    on (?:\w+ )?[\w'’]+ behalf
    sign(?:ed)?[- ]in
    (?:any|every)(?:body|one) (?:may|can)
    (?:administrator|manager|clerk|customer|user|member)s? (?:can ?not|may not|may|can)
    (?:adviser|applicant|attendant|employee|operator|owner)s? (?:can ?not|may not|may|can)
    """,
    r"""
    权限
    参与角色
    角色\s*[：:]
    角色(?:才|可|不|操作)
    不限角色
    带\S{0,4}角色
    [没无]有?\S{0,2}角色
    只有.{1,12}(?:可以|可|能|才能)
    仅限?.{1,12}(?:可以|可|能)(?!用)
    谁可以
    无权
    有权
    (?:员工|主管|总监|人事|管理员|馆员|读者|经理|用户|客户|财务|审核员|操作员)(?:和.{1,6})?(?:可以|不可|不能|可)(?:查|看|做|操作|修改|删除|审批)
    (?:不能|不可|不得)替别人
    """,
)
QUALITY = phrases(
    r"""
    within \d[\d.,]* ?(?:ms|milliseconds?|s|secs?|seconds?)
    percentile
    WCAG(?: [\d.]+)?
    \d+ (?:requests|transactions|users) per (?:second|minute|hour)
    (?:kept|retained|stored|archived) for (?:\d+|\w+) (?:days|months|years)
    uptime
    availability of
    response times?
    concurrent users?
    99(?:\.\d+)? ?%
    log files?
    encrypted? (?:at rest|in transit|data)
    encryption
    audit (?:trail|log)s?
    GDPR
    throughput
    latency
    """,
    r"""
    毫秒
    (?<![\d一二三两])[\d一二三两]+\s*秒[之以]?内
    分位
    并发
    次/秒
    每秒
    TPS
    QPS
    (?:保留|留存|保存)(?:期限?|时间)?(?:不少于|不低于|至少|满|为)?\s*\d+\s*(?:年|个?月|天|份)
    留痕
    脱敏
    加密
    响应时间
    首屏
    可用性
    """,
)
DATA = phrases(
    r"""
    mandatory
    optional
    characters
    digits
    whole numbers?
    integers?
    decimals?
    yes or no
    left (?:out|empty) means
    YYYY\S*
    format
    date of
    field
    defaults? (?:to|is)
    in (?:minutes|hours|days|euros|dollars|pounds|cents)
    currency is
    either \S+ or \S+
    """,
    r"""
    必填
    选填
    必选
    可选项
    枚举
    字符
    个字(?!母)
    (?<!\d)\d+\s*位
    整数
    小数
    格式
    默认
    初始(?:值|余额)?为
    状态\s*[：:]
    取值
    文本
    长度
    数字
    之一
    """,
)
RULE = phrases(
    r"""
    reject(?:ed|s)?
    refuse[ds]?
    only (?:if|when|while|once|after|before|in)
    unless
    must(?: not)?
    at (?:most|least)
    no (?:more|less|fewer) than
    (?:not |never )?exceed(?:ed|s)?
    can(?:not|'t|’t)
    round(?:ed|ing)?
    if
    exactly
    up to
    whoever
    never
    otherwise
    first (?:one|that)
    maximum
    minimum
    limits?
    always
    at the beginning
    initially
    per (?:item|period|day|month|person|user|order)
    half
    (?:more|less|greater|lower|fewer) than
    over
    below
    above
    equal to
    does not
    nothing changes
    no matter
    counts? as
    \d+ (?:minutes?|hours?|days?|months?|times?)
    """,
    r"""
    不得
    不超过
    不[少低]于
    至[少多]
    最[多少]
    超过
    如果
    否则
    拒绝
    四舍五入
    舍去
    取整
    当[^日天前]
    不能
    不可
    不允许
    一律
    仅
    必须
    须
    [≥≤＝=×]
    满\s*\d
    以[内上下]
    不影响
    不改变
    才可
    即可
    优先
    按.{1,10}计
    不算
    算作
    视为
    忽略
    第一条
    只返回
    每.{1,8}[减抵罚扣]
    为止
    不计
    清零
    不恢复
    只[能由随]
    之和
    合计
    合并
    从\s*\d+\s*开始
    启动时
    初始为「
    算\S{0,10}(?:错误|不正确)
    [：:]\s*[“「][^”」]{1,200}[”」]
    """,
)
BEHAVIOUR = phrases(
    r"""
    shall
    should
    will
    would
    can
    becomes?
    shows?
    returns?
    answers?
    displays?
    sends?
    stores?
    creates?
    supports?
    provides?
    allows?
    enables?
    generates?
    contains?
    starts?
    ends?
    leads? to
    makes?
    takes?
    calculates?
    charged
    registers?
    notif(?:y|ies)
    REQUIRED
    RECOMMENDED
    """,
    r"""
    系统
    返回
    显示
    变为
    状态
    提示
    支持
    提供
    进入
    点击
    生成
    发送
    记录
    查询
    计算
    展示
    更新
    扣
    退
    可以
    能够
    转为
    保存
    添加
    修改
    删除
    """,
)
NORMATIVE = phrases(
    r"""
    shall
    must
    should
    will
    required
    recommended
    may not
    can ?not
    needs? to
    """,
    r"""
    应[当该]
    必须
    不得
    须
    应(?=能|支持|提供|在|对|于|按|由|可)
    """,
)
FORMAL = re.compile(
    r"\bshall\b|\((?:REQUIRED|RECOMMENDED|MANDATORY|OPTIONAL)\)|(?:系统|软件|产品)(?:应|必须|须)(?!用|对)"
)
FORMAL_WITH_ID = re.compile(r"\W*[A-Za-z]{1,8}[-_ ]?\d[\w.-]*\b[^.]{0,200}\bshall\b")
DEFINES = re.compile(r"[^,.;，。；]{1,40}?(?:\s[–—-]\s|[：:]|\bis (?:mandatory|optional)\b)")
LEADS_CHECKS = phrases(
    r"""
    refused?
    rejected?
    checked
    in this order
    following (?:cases|reasons|conditions|rules)
    rules
    """,
    r"""
    下列情[形况]
    判断
    校验
    检查
    次序
    拒绝
    提示
    规则
    """,
)
LEADS_FIELDS = phrases(
    r"""
    fields?
    inputs?
    parameters?
    attributes?
    takes
    sends
    """,
    r"""
    字段
    填写
    输入
    参数
    录入
    """,
)
