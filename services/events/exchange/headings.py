"""The words that Chinese and English offices put above the columns of a programme, and what each means.

The first heading of each kind and language is the one that our own tables use.
"""

import re
import unicodedata

from shared.text import Language

HEADINGS: dict[str, tuple[str, ...]] = {
    "key": ("编号", "日程编号", "场次编号", "key", "id", "code"),
    "date": ("日期", "会议日期", "date", "day"),
    "time": ("时间", "起止时间", "时间段", "会议时间", "time", "timeslot"),
    "start": ("开始时间", "开始", "起始时间", "start", "starttime", "begin"),
    "end": ("结束时间", "结束", "终止时间", "end", "endtime"),
    "minutes": ("时长(分钟)", "时长", "分钟", "minutes", "duration(minutes)", "duration"),
    "room": ("会场", "地点", "会议室", "场地", "会议地点", "房间", "room", "venue", "location", "hall", "place"),
    "track": ("专场", "论坛", "分论坛", "专题论坛", "分会场", "板块", "单元", "track", "forum", "stream"),
    "type": ("类型", "形式", "日程类型", "type", "format"),
    "title": (
        "标题", "题目", "报告题目", "演讲题目", "报告标题", "议题", "主题", "议程", "会议内容", "活动内容", "内容", "活动名称",
        "活动", "事项", "日程", "title", "topic", "session", "agenda", "talk",
    ),
    "title_zh": ("中文标题", "中文题目", "标题(中文)", "title(zh)", "chinesetitle", "title(chinese)"),
    "title_en": ("英文标题", "英文题目", "标题(英文)", "题目(英文)", "title(en)", "englishtitle", "title(english)"),
    "subtitle": ("副标题", "subtitle"),
    "moderator": ("主持人", "主持", "moderator", "host"),
    "chair": ("主席", "会议主席", "专场主席", "召集人", "chair", "chairperson", "convener"),
    "speaker": (
        "报告人", "演讲人", "主讲人", "讲者", "讲者姓名", "发言人", "发言嘉宾", "演讲嘉宾", "报告嘉宾", "报告专家", "嘉宾", "speaker",
        "speakers", "presenter", "presenters", "lecturer",
    ),
    "keynote": ("主旨报告人", "特邀报告人", "大会报告人", "keynote", "keynotespeaker"),
    "panelist": ("对话嘉宾", "圆桌嘉宾", "点评嘉宾", "点评人", "panelist", "panelists", "panellist", "panellists", "discussant"),
    "unit": ("单位", "工作单位", "所在单位", "报告人单位", "演讲人单位", "机构", "affiliation", "organization", "organisation", "institution"),
    "language": ("语言", "工作语言", "会议语言", "language"),
    "abstract": ("摘要", "报告摘要", "内容摘要", "简介", "内容简介", "abstract", "summary"),
    "abstract_en": ("英文摘要", "摘要(英文)", "abstract(en)", "englishabstract"),
    "abstract_zh": ("中文摘要", "摘要(中文)", "abstract(zh)", "chineseabstract"),
    "description": ("说明", "详细说明", "description"),
    "link": ("链接", "网址", "link", "url"),
}  # fmt: skip
ROLES = ("moderator", "chair", "keynote", "speaker", "panelist")
_MEANING = {heading: name for name, headings in HEADINGS.items() for heading in headings}
_RANK = {heading: i for headings in HEADINGS.values() for i, heading in enumerate(headings)}
_CHINESE = re.compile("[\u3400-\u9fff]")


def has_chinese(words: str) -> bool:
    """Tell whether there is a Chinese character in `words`."""
    return bool(_CHINESE.search(words))


def heading_of(name: str, language: Language) -> str:
    """Return the heading that our own tables use."""
    heading = next(words for words in HEADINGS[name] if has_chinese(words) == (language == "zh"))
    return heading[0].upper() + heading[1:]


def columns_of(cells: list[str]) -> dict[str, int]:
    """Return which column holds what, for the cells of a row; of two columns with one meaning the more usual word's."""
    found: dict[str, tuple[int, int]] = {}
    for column, words in enumerate(cells):
        heading = _heading(words)
        if heading and (_MEANING[heading] not in found or _RANK[heading] < found[_MEANING[heading]][0]):
            found[_MEANING[heading]] = (_RANK[heading], column)
    return {name: column for name, (_, column) in found.items()}


def is_header(columns: dict[str, int]) -> bool:
    """Tell whether columns make a programme: a title, and a time or a start."""
    return "title" in columns and bool({"time", "start", "date"} & columns.keys())


def _heading(words: str) -> str:
    """Return the known heading that a cell holds: all of it, or its first part (报告人/单位, 标题 Title, 时长（分）)."""
    folded = unicodedata.normalize("NFKC", words).lower().strip().strip(":*")
    parts = [re.sub(r"\s+", "", folded), *re.split(r"[\s/()及和|]+", folded)]
    return next((part for part in parts if part in _MEANING), "")
