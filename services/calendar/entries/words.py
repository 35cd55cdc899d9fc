"""The words of an entry in the language of a feed: Chinese, English, or both side by side."""

from typing import Literal

from services.calendar.entries.lines import clean, one_line
from shared.messages.dates import DateEntry, DateStatus
from shared.text import Text

FeedLanguage = Literal["zh", "en", "both"]
FEED_LANGUAGES: tuple[FeedLanguage, ...] = ("zh", "en", "both")

DESCRIPTION_LIMIT = 500
"""Characters of a description, its link included: 780 entries with whole abstracts pass the megabyte Google reads."""

MARKS: dict[DateStatus, Text] = {
    "confirmed": Text(),
    "tentative": Text("【暂定】", "[Tentative] "),
    "cancelled": Text("【已取消】", "[Cancelled] "),
}

KINDS: dict[str, Text] = {
    "session": Text("日程", "Session"),
    "edition": Text("会议", "Conference"),
    "theme_period": Text("主题活动", "Theme period"),
    "key_date": Text("重要日期", "Key date"),
    "call": Text("征集启动", "Call"),
    "selection": Text("评选安排", "Selection"),
    "deadline": Text("截止日期", "Deadline"),
    "notice": Text("公示", "Public notice"),
    "review": Text("评审", "Review"),
    "agreement": Text("协议", "Agreement"),
    "milestone": Text("里程碑", "Milestone"),
}

_UNLISTED = ("kind:", "organisation:")


def sides(text: Text, language: FeedLanguage) -> list[str]:
    """Return the words to show: one string as it stands, or Chinese then English where both are asked, there and differ."""
    chosen = (text.zh, text.en) if language == "both" else (text.in_(language),)
    shown = [words for words in map(clean, chosen) if words.strip()]
    trimmed = list(dict.fromkeys(words.strip() for words in shown))
    return trimmed if len(trimmed) > 1 else shown[:1]


def phrase(text: Text, language: FeedLanguage) -> str:
    """Return the words on one line, both languages joined by a stroke."""
    return " / ".join(map(one_line, sides(text, language)))


def title(entry: DateEntry, language: FeedLanguage) -> str:
    """Return the title with its mark: some clients drop the status, so the words say it too."""
    mark = MARKS[entry.status]
    shown = [one_line(words) for words in sides(entry.title, language)]
    if language != "both":
        return (mark.zh if language == "zh" else mark.en) + "".join(shown)
    if len(shown) == 2:
        return f"{mark.zh}{shown[0]} / {mark.en}{shown[1]}"
    return mark.zh + mark.en + "".join(shown)


def description(entry: DateEntry, language: FeedLanguage, url: str) -> str:
    """Return the description and the link below it, at most `DESCRIPTION_LIMIT` characters in all."""
    tail = [url] if url else []
    parts = [words.strip() for words in sides(entry.description, language)]
    room = DESCRIPTION_LIMIT - sum(len(words) + 2 for words in tail) - 2 * max(len(parts) - 1, 0)
    rooms = [room] * len(parts)
    if len(parts) == 2:  # each has half, and what the other leaves
        rooms = [max(room // 2, room - len(parts[1])), max(room - room // 2, room - len(parts[0]))]
    parts = [_cut(words, limit) for words, limit in zip(parts, rooms, strict=True)]
    return "\n\n".join([words for words in parts if words] + tail)


def _cut(words: str, limit: int) -> str:
    if len(words) <= limit:
        return words
    return words[: limit - 1].rstrip() + "…" if limit > 0 else ""


def categories(entry: DateEntry, language: FeedLanguage) -> list[str]:
    """Return the kind's name and the titles of the topics, in the order the owner gave, each once."""
    listed = [topic.title for topic in entry.topics if not topic.key.startswith(_UNLISTED)]
    named = [phrase(text, language) for text in (KINDS.get(entry.kind, Text()), *listed)]
    return list(dict.fromkeys(name for name in named if name))
