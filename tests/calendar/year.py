"""A year of an association in a few dates, for looking at pages: editions, sessions of today, deadlines, a theme month."""

from datetime import UTC, date, datetime

from shared.messages.dates import DateEntry, Topic
from shared.text import Text
from tests.calendar.build import timed, whole

FORUM = Topic(
    key="series:forum", slug="wstdf", title=Text("世界科技与发展论坛", "World Science and Technology Development Forum")
)
FORUM_26 = Topic(
    key="edition:forum-26",
    slug="wstdf-2026",
    title=Text("2026世界科技与发展论坛", "World Science and Technology Development Forum 2026"),
)
SUMMIT = Topic(key="series:summit", slug="wyss", title=Text("世界青年科学家峰会", "World Young Scientist Summit"))
SUMMIT_26 = Topic(
    key="edition:summit-26", slug="wyss-2026", title=Text("2026世界青年科学家峰会", "World Young Scientist Summit 2026")
)
ANNUAL = Topic(key="series:annual", slug="annual", title=Text("中国科协年会", "CAST Annual Meeting"))
ANNUAL_27 = Topic(
    key="edition:annual-27", slug="annual-2027", title=Text("第二十九届中国科协年会", "29th CAST Annual Meeting")
)
HEADQUARTERS = Topic(
    key="organisation:hq", slug="hq", title=Text("中国科学技术协会", "China Association for Science and Technology")
)
LATELY = datetime(2026, 8, 20, tzinfo=UTC)
BEIJING = Text("北京 国家会议中心", "China National Convention Center, Beijing")


def edition(entry_id: str, series: Topic, topic: Topic, first: date, last: date, **changes: object) -> DateEntry:
    """Return an edition as a bar over its days."""
    told: dict[str, object] = {
        "kind": "edition", "bar": True, "start_on": first, "end_on": last, "title": topic.title,
        "link": f"/events/{series.slug}/{first.year}", "topics": (topic, series, HEADQUARTERS),
    }  # fmt: skip
    return whole(entry_id, **(told | changes))


def the_year() -> list[DateEntry]:
    """Return the dates; the clock of the tests stands at 1 September 2026."""
    titles = [
        Text("开幕式", "Opening ceremony"),
        Text(
            "大会特邀报告：面向未来的开放科学与全球科技治理", "Plenary: Open science and the governance of technology"
        ),
        Text("量子计算与量子信息前沿", "Frontiers of quantum computing and quantum information"),
        Text("", "Responsible artificial intelligence: from principles to practice"),
        Text("青年科学家对话：科研道路上的选择", "Young scientists in conversation: choices on the way of research"),
    ]
    sessions = [
        timed(
            f"session-{number}",
            title=title,
            place=Text("大会堂A", "Hall A"),
            link=f"/events/wstdf/2026/sessions/session-{number}",
            topics=(FORUM_26, FORUM, HEADQUARTERS),
            start_local=datetime(2026, 9, 1 + number // 3, 9 + number),
            end_local=datetime(2026, 9, 1 + number // 3, 10 + number),
            status="cancelled" if number == 3 else "confirmed",
            changed_at=LATELY,
        )
        for number, title in enumerate(titles)
    ]
    topics = (SUMMIT_26, SUMMIT, HEADQUARTERS)
    return [
        *sessions,
        edition("edition-forum", FORUM, FORUM_26, date(2026, 8, 31), date(2026, 9, 3), place=BEIJING),
        edition("edition-summit", SUMMIT, SUMMIT_26, date(2026, 11, 13), date(2026, 11, 15), place=Text("温州", "Wenzhou")),
        edition("edition-annual", ANNUAL, ANNUAL_27, date(2027, 7, 1), date(2027, 7, 31), status="tentative", place=Text("", "Xi’an")),
        whole("key-papers", kind="key_date", title=Text("2026世界青年科学家峰会：摘要投稿截止", "World Young Scientist Summit 2026: Abstracts due"), start_on=date(2026, 9, 30), end_on=date(2026, 9, 30), topics=topics, link="/events/wyss/2026"),
        timed("key-register", kind="key_date", title=Text("2026世界青年科学家峰会：早鸟注册截止", "World Young Scientist Summit 2026: Early registration closes"), start_local=datetime(2026, 10, 15, 18), end_local=datetime(2026, 10, 15, 18), topics=topics, link="/events/wyss/2026"),
        whole("theme", kind="theme_period", title=Text("全国科普月", "National Science Popularisation Month"), start_on=date(2026, 9, 1), end_on=date(2026, 9, 30), link="/events/kepu/2026"),
        timed("call", kind="deadline", title=Text("国际奖项提名截止", "Nominations for the international prize close"), zone="Europe/Paris", start_local=datetime(2026, 9, 15, 17), end_local=datetime(2026, 9, 15, 17), place=Text("巴黎", "Paris")),
        whole("moved", kind="key_date", status="cancelled", changed_at=LATELY, title=Text("说明会", "Briefing"), start_on=date(2026, 9, 20), end_on=date(2026, 9, 20)),
    ]  # fmt: skip
