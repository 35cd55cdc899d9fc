"""What the kinds, roles and languages of the events service are called: one word for one thing."""

from collections.abc import Mapping

from shared.text import Text

NAMES: Mapping[str, Mapping[str, Text]] = {
    "kind": {
        "forum": Text("论坛", "Forum"),
        "congress": Text("大会", "Congress"),
        "annual_meeting": Text("年会", "Annual meeting"),
        "summit": Text("峰会", "Summit"),
        "salon": Text("沙龙", "Salon"),
        "competition": Text("竞赛", "Competition"),
        "theme_day": Text("主题日", "Theme day"),
        "theme_week": Text("主题周", "Theme week"),
        "theme_month": Text("主题月", "Theme month"),
        "lecture_tour": Text("巡讲", "Lecture tour"),
        "expo": Text("博览会", "Expo"),
        "camp": Text("营会", "Camp"),
        "exchange": Text("交流活动", "Exchange"),
        "campaign": Text("主题行动", "Campaign"),
        "other": Text("其他", "Other"),
    },
    "cadence": {
        "annual": Text("每年一届", "Every year"),
        "biennial": Text("每两年一届", "Every two years"),
        "quadrennial": Text("每四年一届", "Every four years"),
        "quarterly": Text("每季度一次", "Every quarter"),
        "monthly": Text("每月一次", "Every month"),
        "irregular": Text("不定期", "At irregular times"),
    },
    "attendance": {
        "on_site": Text("线下", "On site"),
        "hybrid": Text("线上线下同步", "On site and online"),
        "online": Text("线上", "Online"),
    },
    "format": {
        "plenary": Text("全体大会", "Plenary"),
        "parallel": Text("分会场", "Parallel session"),
        "panel": Text("专题研讨", "Panel"),
        "talk": Text("报告", "Talk"),
        "poster": Text("墙报", "Posters"),
        "roundtable": Text("圆桌会议", "Round table"),
        "workshop": Text("工作坊", "Workshop"),
        "ceremony": Text("仪式", "Ceremony"),
        "break": Text("茶歇", "Break"),
        "social": Text("交流活动", "Social"),
        "other": Text("其他", "Other"),
        "closed": Text("闭门会议", "Closed meeting"),
    },
    "role": {
        "chair": Text("主席", "Chair"),
        "moderator": Text("主持人", "Moderator"),
        "keynote": Text("主旨报告人", "Keynote speaker"),
        "speaker": Text("报告人", "Speaker"),
        "panelist": Text("研讨嘉宾", "Panelist"),
        "interpreter": Text("译员", "Interpreter"),
        "honoured_guest": Text("出席嘉宾", "Guest of honour"),
    },
    "language": {
        "zh": Text("中文", "Chinese"),
        "en": Text("英文", "English"),
        "fr": Text("法文", "French"),
        "de": Text("德文", "German"),
        "es": Text("西班牙文", "Spanish"),
        "ru": Text("俄文", "Russian"),
        "ar": Text("阿拉伯文", "Arabic"),
        "ja": Text("日文", "Japanese"),
        "ko": Text("韩文", "Korean"),
    },
    "counted": {
        "added": Text("新增 {n} 场", "{n} added"),
        "moved": Text("调整 {n} 场", "{n} moved"),
        "cancelled": Text("取消 {n} 场", "{n} cancelled"),
        "changed": Text("更新 {n} 场", "{n} updated"),
    },
}


def name_of(group: str, key: str) -> Text:
    """Return what one of a group such as `role` is called; the key itself where nobody named it."""
    return NAMES[group].get(key) or Text(key, key)
