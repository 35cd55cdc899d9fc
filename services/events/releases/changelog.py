"""The changelog of a release, in sentences that a person reads; what changed is found in `diff.py`."""

from collections.abc import Mapping

from services.events.releases.content import ABSENT, Content, State
from services.events.releases.diff import Change, ChangeKind
from shared.pages import wording
from shared.text import Language, Text

CHANGE_NAMES: Mapping[ChangeKind, Text] = {
    ChangeKind.ADDED: Text("新增", "added"),
    ChangeKind.MOVED: Text("调整", "moved"),
    ChangeKind.CANCELLED: Text("取消", "cancelled"),
    ChangeKind.CHANGED: Text("修改", "changed"),
}

FIELD_NAMES: Mapping[str, Text] = {
    "state": Text("状态", "status"),
    "title": Text("标题", "title"),
    "subtitle": Text("副标题", "subtitle"),
    "abstract": Text("摘要", "abstract"),
    "description": Text("详情", "description"),
    "kind": Text("类型", "type"),
    "start_local": Text("时间", "time"),
    "zone": Text("时区", "time zone"),
    "duration_minutes": Text("时长", "length"),
    "place": Text("地点", "place"),
    "track": Text("专题", "track"),
    "people": Text("人员", "people"),
    "tags": Text("标签", "tags"),
    "language": Text("语言", "language"),
    "interpretation": Text("同声传译", "interpretation"),
    "attendance": Text("参加方式", "attendance"),
    "openness": Text("开放范围", "openness"),
    "embargo_until": Text("公开时间", "embargo"),
    "parent_id": Text("所属场次", "parent session"),
    "slug": Text("网址标识", "address"),
    "source": Text("来源", "source"),
    "key": Text("编号", "number"),
    "raw_type": Text("原类型", "type as imported"),
    "licence": Text("许可协议", "licence"),
    "do_not_record": Text("录制许可", "recording"),
    "links": Text("链接", "links"),
    "attachments": Text("附件", "attachments"),
    "extras": Text("附加信息", "further details"),
}

_SENTENCES: Mapping[str, Text] = {
    "added": Text("新增“{title}”：{when}，{where}。", "Added: “{title}”, {when}, {where}."),
    "restored": Text("恢复“{title}”：{when}，{where}。", "Restored: “{title}”, {when}, {where}."),
    "cancelled": Text("取消“{title}”（原定{when}，{where}）。", "Cancelled: “{title}” ({when}, {where})."),
    "retimed": Text(
        "“{title}”的时间由{old_when}改为{when}（{where}）。", "“{title}” moved from {old_when} to {when} ({where})."
    ),
    "relocated": Text(
        "“{title}”的地点由{old_where}改为{where}（{when}）。", "“{title}” moved from {old_where} to {where} ({when})."
    ),
    "moved": Text(
        "“{title}”由{old_when}、{old_where}改为{when}、{where}。",
        "“{title}” moved from {old_when}, {old_where} to {when}, {where}.",
    ),
    "tentative": Text("“{title}”的时间待定（原定{when}）。", "“{title}” is on hold; it was planned for {when}."),
    "confirmed": Text("“{title}”确定于{when}在{where}举行。", "“{title}” is confirmed for {when}, {where}."),
    "renamed": Text("“{old_title}”更名为“{title}”。", "“{old_title}” is now called “{title}”."),
    "changed": Text("“{title}”更新了{fields}。", "“{title}”: {fields} changed."),
}


def sentence(change: Change) -> Text:
    """Say in both languages what became of a session."""
    old, new = change.old or ABSENT, change.new or ABSENT
    shown = new if new.start_local else old
    values = {
        "title": shown.title or old.title,
        "old_title": old.title,
        "when": when(shown),
        "where": where(shown),
        "old_when": when(old),
        "old_where": where(old),
        "fields": _named(change.fields()),
    }
    return _SENTENCES[_telling(change, old, new)].format(**values)


def _telling(change: Change, old: Content, new: Content) -> str:
    if change.kind is ChangeKind.ADDED:
        return "added" if change.old is None or old.state is State.WITHDRAWN else "restored"
    if change.kind is ChangeKind.CANCELLED:
        return "cancelled"
    if change.kind is ChangeKind.MOVED:
        return "moved" if change.retimed and change.relocated else "retimed" if change.retimed else "relocated"
    if old.state != new.state and new.stands:
        return new.state.value
    return "renamed" if change.fields() == ("title",) else "changed"


def when(content: Content) -> Text:
    """Return day and times of a session in words."""
    start, end = content.start_local, content.end_local()
    if start is None or end is None:
        return Text("时间待定", "at a time to be announced")

    def side(language: Language) -> str:
        return f"{wording.short_day(language, start)} {wording.clock_range(language, start, end)}"

    return Text(side("zh"), side("en"))


def where(content: Content) -> Text:
    """Return the place of a session in words."""
    return content.place.words() if content.place else Text("地点待定", "at a place to be announced")


def _named(names: tuple[str, ...]) -> Text:
    listed = [FIELD_NAMES[name] for name in names]
    return Text(wording.listed("zh", [name.zh for name in listed]), wording.listed("en", [name.en for name in listed]))
