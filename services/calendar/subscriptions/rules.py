"""What a personal feed may be, and when it ends."""

from collections.abc import Collection, Iterable

from shared.errors import Conflict, Gone, Invalid, NotFound
from shared.text import Text

MOST_FEEDS = 20
MOST_TOPICS = 100
MOST_ENTRIES = 500


class TooManyFeeds(Conflict):
    """A member has so many feeds at most; one that is revoked makes room."""

    title = Text("日历数量已达上限", "Too many feeds")
    detail = Text(
        "每人最多 {most} 个个人日历，请先停用不再使用的。", "A member has at most {most} feeds; revoke one first."
    )


class EmptyFeed(Invalid):
    """A feed follows a topic, holds a chosen date, or shows one's own duties."""

    title = Text("日历没有任何内容", "The feed would hold nothing")
    detail = Text(
        "请至少选择一个关注的主题、一项日程，或“只与我有关的日期”。",
        "Choose a topic, a date, or the dates that are addressed to you.",
    )


class NamelessFeed(Invalid):
    """A feed has a name, by which its owner's calendar shows it."""

    title = Text("请填写名称", "The feed needs a name")
    detail = Text("名称会显示在您的日历应用中。", "Your calendar shows the feed by it.")


class TooManyEntries(Conflict):
    """So many dates are chosen one by one at most; whole topics are followed instead."""

    title = Text("所选日程过多", "Too many dates")
    detail = Text(
        "一个日历最多可单独选择 {most} 项，请改为关注整个主题。",
        "A feed holds at most {most} chosen dates; follow the whole topic.",
    )


class UnknownTopic(Invalid):
    """A topic is followed where a date of it may be seen."""

    title = Text("未知主题", "Unknown topic")
    detail = Text("没有主题“{topic}”，或您无权查看。", "There is no topic “{topic}”, or you may not see it.")


class UnknownEntry(Invalid):
    """A date is chosen where it may be seen."""

    title = Text("未知日期", "Unknown date")
    detail = Text("没有日期“{entry}”，或您无权查看。", "There is no date “{entry}”, or you may not see it.")


class NoSuchPersonalFeed(NotFound):
    """No feed has this address."""

    title = Text("没有这个日历", "No such feed")
    detail = Text("网址可能不完整，或已被重置。", "The address may be incomplete, or was reset.")


class FeedRevoked(Gone):
    """The feed was revoked by its owner, or the owner's account was closed."""

    title = Text("该日历已停用", "This feed was revoked")
    detail = Text("请在日历软件中删除此订阅。", "Remove it from your calendar program.")


def check_composed(topics: Collection[str], entries: Collection[str], *, duties: bool) -> None:
    """Raise `EmptyFeed` where nothing could ever stand in the feed."""
    if not (topics or entries or duties):
        raise EmptyFeed()


def check_named(name: str) -> None:
    """Raise `NamelessFeed` for a name without words."""
    if not name.strip():
        raise NamelessFeed()


def check_room(feeds: int) -> None:
    """Raise `TooManyFeeds` for a member who has as many as one may."""
    if feeds >= MOST_FEEDS:
        raise TooManyFeeds(most=MOST_FEEDS)


def check_entries(entries: Collection[str]) -> None:
    """Raise `TooManyEntries` for more than a feed takes."""
    if len(entries) > MOST_ENTRIES:
        raise TooManyEntries(most=MOST_ENTRIES)


def check_seen(
    topics: Iterable[str], seen_topics: Collection[str], entries: Iterable[str], seen: Collection[str]
) -> None:
    """Raise `UnknownTopic` or `UnknownEntry` for the first that the member cannot see."""
    for topic in topics:
        if topic not in seen_topics:
            raise UnknownTopic(topic=topic)
    for entry in entries:
        if entry not in seen:
            raise UnknownEntry(entry=entry)
