"""Three pages that show every part of the house's layout, for the tests of it and for looking at."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace as Thing

from shared.pages.render import Pages, PublicPage, Site
from shared.text import LANGUAGES, Language, Text
from tests.shared.pages_demo.strings import STRINGS

SITE = Site(Text("会堂", "Huitang"), "https://huitang.example")
PAGES = Pages(SITE, Path(__file__).parent / "pages_demo", STRINGS)

EDITIONS = [
    Thing(
        slug="wstdf/2026",
        title=Text("2026世界科技与发展论坛", "World Science and Technology Development Forum 2026"),
        series=Text("世界科技与发展论坛", "World Science and Technology Development Forum"),
        first=date(2026, 11, 23), last=date(2026, 11, 25), place=Text("北京 国家会议中心", "China National Convention Center, Beijing"), status="running",
    ),
    Thing(
        slug="wyss/2026",
        title=Text("2026世界青年科学家峰会", "World Young Scientist Summit 2026"),
        series=Text("世界青年科学家峰会", "World Young Scientist Summit"),
        first=date(2026, 11, 30), last=date(2026, 12, 2), place=Text("温州", "Wenzhou"), status="",
    ),
    Thing(
        slug="annual/28",
        title=Text("第二十八届中国科协年会", "28th Annual Meeting of the China Association for Science and Technology"),
        series=Text("中国科协年会", "CAST Annual Meeting"),
        first=date(2027, 7, 1), last=date(2027, 7, 31), place=Text("", "Xi’an"), status="tentative",
    ),
]  # fmt: skip

_TITLES = [
    Text("开幕式", "Opening ceremony"),
    Text("大会特邀报告：面向未来的开放科学与全球科技治理", "Plenary: Open science and the governance of technology"),
    Text("量子计算与量子信息前沿", "Frontiers of quantum computing and quantum information"),
    Text("气候变化背景下的粮食安全", "Food security under climate change"),
    Text("", "Responsible artificial intelligence: from principles to practice"),
    Text("深空探测国际合作圆桌会议", "Round table on international cooperation in deep space exploration"),
    Text("青年科学家对话：科研道路上的选择", "Young scientists in conversation: choices on the way of research"),
    Text("生物多样性监测新技术", "New techniques for monitoring biodiversity"),
]
_ROOMS = [Text("大会堂A", "Hall A"), Text("多功能厅B", "Function room B"), Text("305会议室", "Room 305")]
_TRACKS = [Text("大会", "Plenary"), Text("前沿科学", "Frontiers"), Text("可持续发展", "Sustainability"), Text("国际合作", "Cooperation")]  # fmt: skip


def slots(sessions: int) -> list[tuple[datetime, list[Thing]]]:
    """Make a day of `sessions` sessions, three side by side."""
    day = datetime(2026, 11, 23, 9)
    made: dict[datetime, list[Thing]] = {}
    for number in range(sessions):
        start = day + timedelta(minutes=45 * (number // 3))
        made.setdefault(start, []).append(
            Thing(
                id=number,
                title=_TITLES[number % len(_TITLES)],
                start=start,
                end=start + timedelta(minutes=40),
                people=["李娜", "王志远", "Maria García"][: number % 4],
                room=_ROOMS[number % 3],
                track=_TRACKS[number % 4],
                hue=number % 4,
                status={3: "cancelled", 5: "moved", 7: "members"}.get(number, ""),
            )
        )
    return list(made.items())


def home(language: Language) -> str:
    """Render a home page: cards, and dates by month."""
    title = Text("科技界的每一场盛会，尽在一份日历", "Every gathering of science, in one calendar")
    lead = Text("订阅一次，会议、征集与截止日期自动进入您常用的日历。", "Subscribe once. Conferences, calls and deadlines appear in the calendar you already use, and follow every change.")  # fmt: skip
    page = PublicPage(language, "/", title, lead, section="calendars")
    months = [(date(2026, 11, 1), EDITIONS[:2]), (date(2027, 7, 1), EDITIONS[2:])]
    return PAGES.render("home.html", page, editions=EDITIONS, months=months)


def programme(language: Language, sessions: int = 14) -> str:
    """Render a programme of one day."""
    edition = Thing(**vars(EDITIONS[0]), at=datetime(2026, 11, 23, 9))
    days = [Thing(href=f"?day={n}", day=date(2026, 11, 22) + timedelta(days=n), count=14 * n + 1, current=n == 1) for n in range(5)]  # fmt: skip
    page = PublicPage(
        language,
        "/events/wstdf/2026",
        edition.title,
        query="day=1",
        section="events",
        feeds=[("日历", "/calendars/editions/wstdf-2026.ics")],
        linked_data={"@context": "https://schema.org", "@type": "Event", "name": "</script>论坛"},
    )
    return PAGES.render("programme.html", page, edition=edition, days=days, slots=slots(sessions))


def parts(language: Language) -> str:
    """Render every remaining part, with a form that was filled in wrongly."""
    page = PublicPage(language, "/parts", Text("页面组件", "Parts of a page"), indexed=False, viewer="李娜")
    wrong = Text("请填写完整的邮箱地址，例如 name@example.org。", "Give a whole address, such as name@example.org.")
    abstract = Text("", "<p>An <b>abstract</b> that only exists in English.<script>alert(1)</script></p><ul><li>One</li><li>Two</li></ul>")  # fmt: skip
    return PAGES.render("parts.html", page, wrong=wrong, abstract=abstract)


def demo_pages() -> Iterator[tuple[str, Language, str]]:
    """Yield name, language and HTML of every demonstration page."""
    for language in LANGUAGES:
        for name, make in (("home", home), ("programme", programme), ("parts", parts)):
            yield name, language, make(language)
