"""Chinese, in simplified and traditional characters."""

from __future__ import annotations

import re
from typing import Final

from memkit.periods import counted, named, relative, tenses
from memkit.periods.calendar import Feast, Unit
from memkit.periods.grammar import Form, Table
from memkit.periods.moments import if_led_or_asked, nothing, unknown, valued
from memkit.periods.wordlists import alike, ranked

_DIGIT: Final = "零一二三四五六七八九"
_NUMBERS: Final = {
    ten + one: 10 * tens + ones
    for tens, ten in enumerate(["", "十", *(digit + "十" for digit in _DIGIT[2:])])
    for ones, one in enumerate(["", *_DIGIT[1:]])
    if tens or ones
}
_COUNT: Final = {**_NUMBERS, "两": 2, "俩": 2, "一百": 100, "廿": 20}
_FEW: Final = alike("几 好几 数 十几 几十 多少 若干 许多 很多 好多")
_UNIT: Final = {
    **alike("分钟", Unit.MINUTE), **alike("小时 钟头", Unit.HOUR), **alike("天 日", Unit.DAY),
    **alike("周 星期 礼拜", Unit.WEEK), **alike("周末", Unit.WEEKEND), **alike("月", Unit.MONTH),
    **alike("季度", Unit.QUARTER), **alike("年", Unit.YEAR),
}  # fmt: skip
_LONG: Final = {word: unit for word, unit in _UNIT.items() if word not in ("分钟", "周末", "日")}
_SPAN: Final = {word: _UNIT[word] for word in "周 星期 礼拜 周末 月 季度".split()}
_DAY: Final = {
    prefix + day: number
    for prefix in ("周", "星期", "礼拜")
    for day, number in ranked("一 二 三 四 五 六 日|天").items()
}
_SEASON: Final = ranked("春天|春季 夏天|夏季 秋天|秋季 冬天|冬季")
_SHIFT: Final = ranked("上上 上|上一 这|本|这一 下|下一 下下", -2)
_YEAR: Final = {"大前年": -3, "前年": -2, "去年": -1, "今年": 0, "明年": 1, "后年": 2}
_NEAR: Final = {
    **alike("大前天", -3), **alike("前天 前晚 前日", -2), **alike("昨天 昨日 昨晚 昨夜 昨早", -1),
    **alike("今天 今日 今晚 今早 今晨 今夜"), **alike("明天 明日 明晚 明早 明晨", 1),
    **alike("后天", 2), **alike("大后天", 3),
}  # fmt: skip
_EDGE: Final = ranked("初|上旬 中|中旬 底|末|下旬")
_FEAST: Final = {
    **alike("元旦", Feast.NEW_YEAR), **alike("情人节", Feast.VALENTINE),
    **alike("劳动节 五一节", Feast.MAY_DAY), **alike("国庆节 国庆", Feast.CHINA),
    **alike("万圣节", Feast.HALLOWEEN), **alike("双十一", Feast.SINGLES),
    **alike("感恩节", Feast.THANKSGIVING), **alike("平安夜", Feast.CHRISTMAS_EVE),
    **alike("圣诞节 圣诞", Feast.CHRISTMAS), **alike("跨年夜", Feast.NEW_YEARS_EVE),
    **alike("复活节", Feast.EASTER), **alike("母亲节", Feast.MOTHERS),
    **alike("父亲节", Feast.FATHERS),
}  # fmt: skip
_LUNAR: Final = alike("春节 除夕 大年三十 中秋节 中秋 端午节 端午 元宵节 七夕 清明节 重阳节")
_VAGUE: Final = alike(
    "最近 近来 近期 有一天 总有一天 将来 前几天 前些天 前两天 前阵子 前段时间 "
    "前一阵子 不久前 很久以前 前不久 改天 过几天 过两天 过段时间 那天 那年 当时 "
    "那时候 第二天 次日 小时候 儿时 童年 这几天 这些天 这阵子 这段时间 近几年 "
    "这几年 前几年 那段时间 上学的时候"
)
_DAYPART: Final = alike("早上 上午 中午 下午 晚上 傍晚 凌晨 半夜 夜里 早晨 清晨 夜晚 一早 晚间")
_THINGS: Final = alike(
    "号线 号楼 号门 号车 号桌 号房 号球 号公路 号码 天天 年年 月月 日日 一天到晚 "
    "点钟 月亮 年轻 年纪 前后 前面 后面 周围 周到"
)
"""Words that have a word of time in them and mean none."""

_ABOUT: Final = "(<about>)?"
_SO_MANY: Final = "(<few>|<half>|<count>)"
_MEASURED: Final = f"{_ABOUT} {_SO_MANY} 个? <half>? <unit> (<half>|多)?"
_OF_YEAR: Final = "(<steps:yearly>|<year> 年) 的?"

_FORMS: Final[tuple[Form, ...]] = (
    ("<date>", named.given),
    ("{things}", nothing),
    ("<near>", relative.nearby),
    (f"({_OF_YEAR})? <month:num> 月 的? 第 <nth:count> 个? <weekday>", named.weekday_of_month),
    (f"({_OF_YEAR})? <month:num> 月 的? 第 <nth:count> 个? <unit:weekly>", named.week_of_month),
    (f"({_OF_YEAR})? <month:num> 月 <day> (日|号)? (-|到|至) <last:day> (日|号)", named.days_of),
    (f"({_OF_YEAR})? <month:num> 月 <day> (日|号)", named.day_of),
    ("<shift> 个? 月 <day> (日|号)", unknown),
    (f"({_OF_YEAR})? <month:num> (月份|月) 的? <part:edge>?", named.month),
    (f"{_OF_YEAR} <season>", named.season),
    ("<shift> 个? <season>", named.season),
    (f"{_OF_YEAR} 第 <quarter:count> 季度", named.quarter),
    ("第 <quarter:count> 季度", named.quarter),
    (f"({_OF_YEAR})? <feast>", named.feast),
    (f"({_OF_YEAR})? {{lunar}}", unknown),
    # counted from now
    (f"{_MEASURED} (以前|之前|前)", counted.ago),
    (f"{_MEASURED} (以后|之后|后)", counted.hence),
    (f"再过 {_MEASURED}", valued(counted.hence, **{"from": 0})),
    ("(过去|最近|近|这) 的? <count> 个? <half>? <unit> (里|内|中|来|以来)?", counted.past),
    ("(未来|接下来|今后) 的? <count> 个? <unit> (里|内)?", counted.coming),
    ("(过去|未来|接下来|今后) 的? {few} 个? {unit}", unknown),
    (f"{_ABOUT} <count> 个? <half>? <unit:long> <half>? 多? (了|来|以来)", counted.lasting),
    # last, this and next
    ("(这|本) 个? <unit:weekends>", relative.this_weekend),
    ("<shift> 个? <unit:span> 的? <part:edge>?", relative.shifted),
    ("<unit:weekends>", relative.this_weekend),
    ("<shift> 个? <weekday>", relative.weekday_of_week),
    ("(每|每个|每逢|每隔) (一|{count})? 个? ({weekday}|{unit}|{season}|{daypart}|{num} 月)",
     unknown),
    ("<weekday>", relative.weekday),
    ("<day> 号", relative.day_alone),
    # years
    ("(<year> 年?) (-|到|至) <last:year> 年", named.years),
    (f"{_OF_YEAR} 年? <part:edge>", named.yearly),
    ("(<year> 年|<steps:yearly>)", named.yearly),
    ("年 <part:edge>", valued(named.yearly, steps=0)),
    ("月 <part:edge>", valued(relative.shifted, unit=Unit.MONTH, shift=0)),
    ("<year>", if_led_or_asked(named.year)),
    ("(上 个? 世纪)? <short:count> 年代", named.decade_short),
    ("<decade:year> 年代", named.decade),
    # how old, who knows when
    ("我 <count> 岁 (的时候|的那年|那年|时)", counted.aged),
    ("{count} 岁 (的时候|的那年|那年|时)", unknown),
    ("{vague}", unknown),
)  # fmt: skip

CHINESE: Final = Table(
    name="chinese",
    words={
        "count": _COUNT, "day": {w: n for w, n in _NUMBERS.items() if n <= 31},
        "num": {w: n for w, n in _NUMBERS.items() if n <= 12}, "few": _FEW,
        "half": alike("半", 1), "unit": _UNIT, "long": _LONG, "span": _SPAN,
        "weekly": alike("周 星期 礼拜", Unit.WEEK) | alike("周末", Unit.WEEKEND),
        "weekends": alike("周末", Unit.WEEKEND),
        "about": alike("大约 大概 差不多 约"), "near": _NEAR, "weekday": _DAY, "season": _SEASON,
        "shift": _SHIFT, "yearly": _YEAR, "edge": _EDGE,
        "feast": _FEAST, "lunar": _LUNAR, "vague": _VAGUE, "daypart": _DAYPART, "things": _THINGS,
        "light": alike("我"),
    },
    forms=_FORMS,
    leads={"since": "自从|自", "until": "直到|截至|截止到|到", "from": "从|由", "between": "在"},
    links={"to": "到|至|直到|~", "dash": "-", "and": "和"},
    tails={"since": "(以来|至今|起|开始)", "before": "以前|之前|前", "after": "以后|之后|后",
           "until": "为止"},
    hours=("{daypart} 的?", "的? {daypart}|({clock}|{count} 点) (半|钟|{count} 分)?"),
    anchors=frozenset(), shared=frozenset(), common=frozenset(),
    tense=tenses.CHINESE,
    special="(?:周|星期|礼拜)(?=一[起些样直共定般切])|[一二][零〇一二三四五六七八九]{3}(?=年)",
    spaced=False,
    spellings=str.maketrans(
        "週個後這兩號禮點鐘歲時從來過幾聖誕節國慶開將間勞動萬雙復親內數許約陣當",
        "周个后这两号礼点钟岁时从来过几圣诞节国庆开将间劳动万双复亲内数许约阵当",
    ),
)  # fmt: skip

_HAN_TIME: Final = re.compile(
    "[昨今明]|[前后後][天年晚日]|[周週年月]|星期|礼拜|禮拜|[天日号號时時岁歲]|最近|近[来來期]|[圣聖]|节|節"
    "|将来|將來|小时|小時|以前|不久|元旦|平安|季|当时|以[来來后後]"
)
_KANA: Final = re.compile("[\u3041-\u30fe]")


def chinese_time(text: str) -> bool:
    """Whether a text may name a time in Chinese. Japanese shares its characters, not its words."""
    return _HAN_TIME.search(text) is not None and _KANA.search(text) is None
