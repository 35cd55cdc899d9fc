"""What the tests of public pages show: a bilingual forum with everything that can be said of one, and a real programme."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

from services.events.editions.rules import OrganisationRole
from services.events.exchange import schedule_xml
from services.events.exchange.programme_file import ProgrammeFile, ReadOptions
from services.events.pages.articles import changes_page, release_page, session_page
from services.events.pages.asked import Addresses, Asked
from services.events.pages.catalogue import EventsAsked, SeriesCard, events_page, series_page
from services.events.pages.leaf import Draft, Frame, make_pages
from services.events.pages.programme import Programme
from services.events.pages.shown import (
    Approval,
    Days,
    EditionCard,
    EditionShown,
    KeyDateShown,
    Part,
    ReleaseShown,
    SeriesShown,
    Shown,
)
from services.events.pages.views import view_page
from services.events.pages.way import Way
from services.events.releases.content import Content, Place, PrintedPerson, PrintedTrack, State
from services.events.releases.diff import compare
from shared.pages.leaf import Leaf, Link, render
from shared.pages.render import Site
from shared.text import LANGUAGES, Language, Text, same

SITE = Site(Text("会堂", "Huitang"), "https://huitang.example")
PAGES = make_pages(SITE)
NOW = datetime(2026, 11, 23, 2, 10, tzinfo=UTC)
SPACE = UUID("0198f0c2-0000-7000-8000-000000000000")


def id_of(name: str) -> str:
    """Return an id that is the same in every run."""
    return str(uuid5(SPACE, name))


FORUM = Link(Text("世界科技与发展论坛", "World Science and Technology Development Forum"), "/events/wstdf")
CARD = EditionCard(
    id=id_of("wstdf-2026"),
    title=Text("2026世界科技与发展论坛", "World Science and Technology Development Forum 2026"),
    path="/events/wstdf/wstdf-2026",
    series=FORUM,
    kind="forum",
    days=Days(date(2026, 11, 23), date(2026, 11, 25)),
    place=Text("北京", "Beijing"),
    attendance="hybrid",
)
MEMBERS = tuple(
    EditionCard(id_of(zh), Text(zh, en), f"/events/wstdf/forum-{n}", FORUM, "forum", Days(date(2026, 11, 24), date(2026, 11, 24)), Text("北京", "Beijing"))
    for n, (zh, en) in enumerate(
        [("清洁能源分论坛", "Forum on clean energy"), ("科技与女性分论坛", "Forum on women in science"), ("青年科学家分论坛", "Young scientists’ forum")]
    )
)  # fmt: skip
EDITION = EditionShown(
    card=CARD,
    slug="wstdf-2026",
    description=Text(
        "<p>论坛以“开放、信任、合作”为主题，邀请来自 40 余个国家和地区的科学家、工程师、企业家和国际组织代表，围绕前沿科学、可持续发展与全球科技治理展开对话。</p><p>开幕式与全体大会提供中英同声传译；各分论坛的报告资料会后在本页公布。</p>",
        "<p>Under the theme “Openness, trust, cooperation”, scientists, engineers, entrepreneurs and international organizations from more than 40 countries and regions discuss frontier science, sustainable development and the governance of technology.</p><p>The opening and the plenaries are interpreted between Chinese and English.</p>",
    ),
    subtitle=Text("开放、信任、合作：面向可持续发展的科技创新", "Openness, trust, cooperation: science and technology for sustainable development"),
    venue=Text("北京 国家会议中心", "China National Convention Center, Beijing"),
    address=Text("北京市朝阳区天辰东路7号", "7 Tianchen East Road, Chaoyang District, Beijing"),
    organisations=(
        Part(OrganisationRole.GUIDANCE, (Text("科学技术部", "Ministry of Science and Technology"),)),
        Part(OrganisationRole.HOST, (Text("中国科学技术协会", "China Association for Science and Technology"), Text("北京市人民政府", "The People’s Government of Beijing Municipality"))),
        Part(OrganisationRole.ORGANIZER, (Text("中国国际科技交流中心", "China Center for International Science and Technology Exchange"),)),
        Part(OrganisationRole.CO_ORGANIZER, (Text("中国可再生能源学会", "Chinese Renewable Energy Society"), Text("中国女科技工作者协会", "China Women’s Association for Science and Technology"))),
        Part(OrganisationRole.SUPPORTER, (Text("", "International Science Council"),)),
    ),
    approval=Approval(Text("外交部", "the Ministry of Foreign Affairs"), "外国际会〔2026〕118号", date(2026, 3, 2)),
    key_dates=(
        KeyDateShown(Text("第一轮通知", "First circular"), on=date(2026, 3, 16), until_on=date(2026, 3, 16)),
        KeyDateShown(Text("摘要提交截止", "Abstracts due"), Text("<p>通过会议网站在线提交，不超过 500 字。</p>", "<p>Online, 300 words at most.</p>"), at_local=datetime(2026, 7, 31, 23, 59), until_local=datetime(2026, 7, 31, 23, 59), zone="Asia/Shanghai"),
        KeyDateShown(Text("注册", "Registration"), on=date(2026, 9, 1), until_on=date(2026, 11, 10), status="tentative"),
        KeyDateShown(Text("报到", "Arrival and check-in"), at_local=datetime(2026, 11, 22, 14), until_local=datetime(2026, 11, 22, 20), zone="Asia/Shanghai"),
    ),
    secretariat=Text("论坛秘书处（中国国际科技交流中心会议部）", "Secretariat (conference department of the Center)"),
    email="secretariat@huitang.example",
    phone="+86 10 6857 1234",
    umbrellas=(Link(Text("世界科技周", "World Science Week"), "/events/wsw/wsw-2026"),),
    members=MEMBERS,
    release=ReleaseShown(2, "release", date(2026, 11, 20), Text("会前终版", "Final before the event"), counts=(("added", 1), ("moved", 3), ("cancelled", 1))),
)  # fmt: skip

_TRACKS = [
    PrintedTrack(id_of(slug), slug, Text(zh, en), colour)
    for slug, zh, en, colour in [
        ("frontiers", "前沿科学", "Frontiers of science", "#1f6fd6"), ("sustainability", "可持续发展", "Sustainability", "#3f8f4f"),
        ("governance", "科技治理", "Governance of technology", "#b4541a"), ("youth", "青年与未来", "Youth and the future", "#7a4fc9"),
    ]
]  # fmt: skip
_VENUE = Text("国家会议中心", "China National Convention Center")
_ROOMS = [
    Place(id_of(en), Text(zh, en), "", floor, id_of("cncc"), _VENUE, EDITION.address)
    for zh, en, floor in [("大会堂A", "Hall A", "4层"), ("多功能厅B", "Function room B", "4层"), ("305会议室", "Room 305", "3层"), ("306会议室", "Room 306", "3层"), ("311会议室", "Room 311", "3层")]
]  # fmt: skip
_PEOPLE = [
    (
        "李娜",
        "Li Na",
        "中国科学院物理研究所",
        "Institute of Physics, Chinese Academy of Sciences",
        "研究员",
        "Professor",
    ),
    ("王志远", "Wang Zhiyuan", "清华大学", "Tsinghua University", "教授", "Professor"),
    ("", "Maria García", "", "Universidad de Salamanca", "", "Chair of Ecology"),
    ("陈思敏", "Chen Simin", "中国农业科学院", "Chinese Academy of Agricultural Sciences", "院士", "Academician"),
    ("", "Émile Okafor", "", "International Science Council", "", "Director"),
    ("单文博", "Shan Wenbo", "北京大学", "Peking University", "副教授", "Associate professor"),
    ("欧阳静", "Ouyang Jing", "上海交通大学", "Shanghai Jiao Tong University", "教授", "Professor"),
    ("赵启明", "Zhao Qiming", "国家航天局", "China National Space Administration", "总工程师", "Chief engineer"),
]
_TITLES = [
    Text("量子计算与量子信息前沿", "Frontiers of quantum computing and quantum information"),
    Text("气候变化背景下的粮食安全", "Food security under climate change"),
    Text("", "Responsible artificial intelligence: from principles to practice"),
    Text("深空探测国际合作圆桌会议", "Round table on international cooperation in deep space exploration"),
    Text("青年科学家对话：科研道路上的选择", "Young scientists in conversation: choices on the way of research"),
    Text("生物多样性监测新技术", "New techniques for monitoring biodiversity"),
    Text("大型科研装置如何向全世界开放：运行十年的经验、争议与改进", "How large research facilities open to the world: ten years of practice, controversy and improvement"),
    Text("从实验室到田间", "From the laboratory to the field"),
]  # fmt: skip
_ABSTRACT = Text(
    "<p>报告回顾该领域近五年的主要进展，讨论国际合作中数据共享、同行评议与人才流动的现实问题。</p><ul><li>进展与共识</li><li>尚存的分歧</li><li>可行的下一步</li></ul><p>报告后设 <strong>15 分钟</strong>问答。</p>",
    "<p>The session reviews five years of progress and asks what sharing of data, peer review and mobility need now.</p><ul><li>Progress and consensus</li><li>What is disputed</li><li>Next steps</li></ul><p>It ends with <strong>15 minutes</strong> of questions.</p><script>alert(1)</script>",
)


def _person(number: int, role: str = "speaker") -> PrintedPerson:
    zh, en, at_zh, at_en, is_zh, is_en = _PEOPLE[number % len(_PEOPLE)]
    return PrintedPerson(id_of(en), role, Text(zh, en), Text(at_zh, at_en), Text(is_zh, is_en))


def _made(name: str, start: datetime, minutes: int, **values: object) -> Shown:
    news = str(values.pop("news", ""))
    was = values.pop("was", None)
    content = Content(
        state=State.CONFIRMED, start_local=start, zone="Asia/Shanghai", duration_minutes=minutes, **values
    )  # type: ignore[arg-type]
    return Shown(id_of(name), content, since=2 if news else 1, was=was if isinstance(was, Content) else None, news=news)


def _forum_sessions() -> Iterator[Shown]:
    for day in (datetime(2026, 11, 23), datetime(2026, 11, 24), datetime(2026, 11, 25)):
        at = day.replace(hour=9)
        guests = (_person(3, "honoured_guest"), _person(7, "honoured_guest"), _person(1, "chair"))
        yield _made(
            f"{day}-opening",
            at,
            90,
            title=Text("开幕式", "Opening ceremony"),
            kind="ceremony",
            place=_ROOMS[0],
            people=guests,
            interpretation=("en",),
            language="zh",
        )
        yield _made(
            f"{day}-break", at.replace(hour=10, minute=30), 20, title=Text("茶歇", "Coffee break"), kind="break"
        )
        plenary = _made(
            f"{day}-plenary",
            at.replace(hour=10, minute=50),
            70,
            title=Text("全体大会：开放科学与全球科技治理", "Plenary: open science and the governance of technology"),
            kind="plenary",
            place=_ROOMS[0],
            track=_TRACKS[2],
            people=(_person(0, "chair"), _person(1, "moderator")),
            abstract=_ABSTRACT,
        )
        yield plenary
        for n in range(3):
            yield _made(
                f"{day}-talk-{n}",
                at.replace(hour=10, minute=50) + timedelta(minutes=20 * n),
                20,
                title=_TITLES[n],
                kind="talk",
                place=_ROOMS[0],
                track=_TRACKS[2],
                people=(_person(n + 2),),
                parent_id=plenary.id,
            )
        for n in range(20):
            start = at.replace(hour=13, minute=30) + timedelta(minutes=60 * (n // 5))
            people = tuple(_person(n + k, "moderator" if k == 0 else "panelist") for k in range(8 if n == 7 else n % 4))
            special: dict[str, object] = {}
            if n == 3:
                special = {
                    "news": "moved",
                    "was": Content(
                        State.CONFIRMED,
                        title=_TITLES[3],
                        start_local=start - timedelta(minutes=60),
                        zone="Asia/Shanghai",
                        duration_minutes=50,
                        place=_ROOMS[1],
                    ),
                }
            if n == 6:
                special = {"news": "new"}
            if n == 9:
                special = {"openness": "members"}
            if n == 11:
                special = {"attendance": "online", "language": "en"}
            yield _made(f"{day}-{n}", start, 50, title=_TITLES[n % 8], kind="panel", place=_ROOMS[n % 5], track=_TRACKS[n % 4], people=people, abstract=_ABSTRACT, tags=("开放科学", "国际合作"), links=({"title": "会议网站", "href": "https://forum.example/"}, {"title": "no", "href": "javascript:alert(1)"}), attachments=({"title": "报告 PPT（PDF, 2 MB）", "href": "https://forum.example/slides.pdf"},), **special)  # fmt: skip
    gone = _made(
        "gone",
        datetime(2026, 11, 23, 14, 30),
        50,
        title=Text("科学传播与公众信任", "Science communication and public trust"),
        kind="panel",
        place=_ROOMS[2],
        track=_TRACKS[1],
        people=(_person(4),),
    )
    yield replace(gone, content=replace(gone.content, state=State.CANCELLED), since=2)
    held = _made(
        "held",
        datetime(2026, 11, 23, 16, 30),
        50,
        title=Text("闭幕酒会", "Farewell reception"),
        kind="social",
        place=_ROOMS[1],
    )
    yield replace(held, content=replace(held.content, state=State.TENTATIVE))


PROGRAMME = Programme(_forum_sessions())


def frame(
    language: Language, edition: EditionShown = EDITION, stars: tuple[str, ...] = (), draft: Draft | None = None
) -> Frame:
    """Return what the pages of an edition stand in."""
    path = draft.path if draft else edition.card.path
    return Frame(edition, Addresses(language, path, stars, SITE.address), draft)


def page(
    language: Language,
    asked: Asked,
    edition: EditionShown = EDITION,
    programme: Programme = PROGRAMME,
    now: datetime = NOW,
) -> Leaf:
    """Return one view of a programme."""
    return view_page(Way(frame(language, edition, asked.star), programme, now), asked)


def html(leaf: Leaf) -> str:
    """Render a page."""
    return render(PAGES, leaf).decode()


def fosdem_file() -> ProgrammeFile:
    """Read the real programme of `HUITANG_SAMPLES`."""
    path = Path(os.environ["HUITANG_SAMPLES"]) / "fosdem2023.xml"
    return schedule_xml.read(path.read_bytes(), ReadOptions(zone="Europe/Brussels", language="en"))


def fosdem() -> tuple[EditionShown, Programme]:
    """Return the real programme as a release would show it."""
    file = fosdem_file()
    rooms = {room.key: Place(id_of(f"room {room.key}"), room.name, venue=same("ULB Solbosch")) for room in file.rooms}
    tracks = {
        track.key: PrintedTrack(id_of(f"track {track.key}"), f"t{number}", track.name)
        for number, track in enumerate(file.tracks)
    }
    people = {person.key: person for person in file.people}
    sessions = [
        Shown(
            id_of(f"session {s.key}"),
            Content(
                State.CONFIRMED, s.title, s.subtitle, s.abstract, s.description, "talk", s.start, file.zone,
                s.duration_minutes or 0, rooms[s.room or ""], tracks.get(s.track or ""),
                tuple(PrintedPerson(id_of(f"person {r.key}"), r.role, people[r.key].name) for r in s.people),
            ),
        )
        for s in file.sessions
    ]  # fmt: skip
    series = Link(same("FOSDEM"), "/events/fosdem")
    card = EditionCard(
        id_of("fosdem"), file.title, "/events/fosdem/fosdem-2023", series, "congress",
        Days(file.start_on, file.end_on), same("Brussels"), zone=file.zone, attendance="on_site",
    )  # fmt: skip
    release = ReleaseShown(1, "release", date(2023, 1, 20))
    return EditionShown(card, "fosdem-2023", venue=same("ULB Solbosch, Brussels"), release=release), Programme(sessions)


SERIES = SeriesShown(
    id_of("wstdf"), "wstdf", FORUM.title, "forum", FORUM.path,
    Text("<p>论坛创办于2019年，每年秋季在北京举办，是面向全球科技界的高端对话平台。</p>", "<p>Held in Beijing every autumn since 2019, the forum is a platform for dialogue among the world’s scientific communities.</p>"),
    "annual", Text("中国科学技术协会", "China Association for Science and Technology"),
    ((Text("世界科技创新论坛", "World Forum on Scientific and Technological Innovation"), date(2019, 9, 1), date(2020, 12, 31)),),
    (Text("中国科学技术协会事业发展“十四五”规划（2021—2025年）", ""),),
    Link(Text("品牌学术活动", "Flagship academic events"), "/events/flagship"),
    (Link(Text("世界青年科学家峰会", "World Young Scientist Summit"), "/events/wyss"),),
    (CARD, replace(CARD, id=id_of("2027"), title=Text("2027世界科技与发展论坛", "World Science and Technology Development Forum 2027"), path="/events/wstdf/wstdf-2027", days=Days(date(2027, 11, 1), date(2027, 11, 30), "month"), tentative=True),
     *(replace(CARD, id=id_of(str(y)), title=Text(f"{y}世界科技与发展论坛", f"World Science and Technology Development Forum {y}"), path=f"/events/wstdf/wstdf-{y}", days=Days(date(y, 11, 4), date(y, 11, 6)), state="archived") for y in (2025, 2024, 2023))),
)  # fmt: skip


def events(language: Language, asked: EventsAsked = EventsAsked(), now: datetime = NOW) -> Leaf:
    """Return the page of all events."""
    summit = Link(Text("世界青年科学家峰会", "World Young Scientist Summit"), "/events/wyss")
    more = (
        EditionCard(id_of("wyss"), Text("2026世界青年科学家峰会", "World Young Scientist Summit 2026"), "/events/wyss/wyss-2026", summit, "summit", Days(date(2026, 11, 30), date(2026, 12, 2)), Text("温州", "Wenzhou")),
        EditionCard(id_of("robot"), Text("2026世界机器人大会", "World Robot Conference 2026"), "/events/wrc/wrc-2026", Link(Text("世界机器人大会", "World Robot Conference"), "/events/wrc"), "congress", Days(date(2026, 12, 9), date(2026, 12, 12)), Text("北京", "Beijing"), standing="postponed"),
        EditionCard(id_of("annual"), Text("第二十八届中国科协年会", "28th Annual Meeting of CAST"), "/events/annual/28", Link(Text("中国科协年会", "CAST Annual Meeting"), "/events/annual"), "annual_meeting", Days(date(2027, 7, 1), date(2027, 7, 31), "month"), Text("", "Xi’an"), tentative=True),
        EditionCard(id_of("day"), Text("2027全国科技工作者日", "National Science and Technology Workers’ Day 2027"), "/events/day/2027", Link(Text("全国科技工作者日", "Workers’ Day"), "/events/day"), "theme_day", Days()),
    )  # fmt: skip
    series = [SeriesCard(Text(zh, en), f"/events/s{n}", kind, n % 4) for n, (zh, en, kind) in enumerate([("世界科技与发展论坛", "World Science and Technology Development Forum", "forum"), ("世界数字经济论坛", "World Digital Economy Forum", "forum"), ("中国科协年会", "CAST Annual Meeting", "annual_meeting"), ("世界机器人大会", "World Robot Conference", "congress"), ("世界新能源汽车大会", "World New Energy Vehicle Congress", "congress"), ("世界青年科学家峰会", "World Young Scientist Summit", "summit"), ("全国科普月", "", "theme_month"), ("全国科技活动周", "National Science and Technology Week", "theme_week"), ("青少年科技创新大赛", "China Adolescents Science and Technology Innovation Contest", "competition")])]  # fmt: skip
    return events_page(language, [*SERIES.editions, *more], series, asked, now)


def changes(language: Language) -> Leaf:
    """Return the page of what changed."""
    return changes_page(frame(language), _stories())


def _stories() -> list[tuple[ReleaseShown, list]]:  # type: ignore[type-arg]
    new = {s.id: s.content for s in PROGRAMME.sessions}
    old = {s.id: (s.was or replace(s.content, state=State.CONFIRMED)) for s in PROGRAMME.sessions if s.news != "new"}
    first = ReleaseShown(1, "release", date(2026, 10, 8), Text("首版日程", "First programme"))
    assert EDITION.release
    return [(EDITION.release, compare(old, new)), (first, compare({}, old))]


def gallery() -> dict[str, Leaf]:
    """Return every kind of page in both languages, by a path to look at it under."""
    moved = next(s.id for s in PROGRAMME.sessions if s.news == "moved")
    cancelled = id_of("gone")
    chosen = tuple(s.id for s in PROGRAMME.sessions if s.content.kind == "panel")[2:9]
    plenary = next(s.id for s in PROGRAMME.sessions if s.content.kind == "plenary")
    shown: dict[str, Leaf] = {}
    for language in LANGUAGES:
        asked = {
            "day": Asked(), "rooms": Asked("room"), "room": Asked("room", room=_ROOMS[2].room_id), "tracks": Asked("track"),
            "track": Asked("track", track="sustainability"), "people": Asked("person"),
            "person": Asked("person", person=id_of("Li Na")), "now": Asked("now"), "mine": Asked("mine", star=chosen),
            "found": Asked(q="粮食"), "nothing": Asked(q="zzz"), "about": Asked("about"), "chosen": Asked(day="2026-11-24", star=chosen[:2]),
        }  # fmt: skip
        shown |= {f"/{name}-{language}": page(language, each) for name, each in asked.items()}
        for standing in ("postponed", "cancelled"):
            note = Text(
                "<p>受台风影响，经主办单位研究决定。</p>", "<p>Because of the typhoon, by decision of the hosts.</p>"
            )
            edition = replace(EDITION, card=replace(CARD, standing=standing), standing_note=note)
            shown[f"/{standing}-{language}"] = page(language, Asked(), edition)
        bare = replace(
            EDITION,
            release=None,
            card=replace(CARD, tentative=True, days=Days(date(2027, 7, 1), date(2027, 7, 31), "month")),
        )
        shown[f"/bare-{language}"] = page(language, Asked(), bare, Programme([]))
        shown[f"/session-{language}"] = session_page(frame(language), PROGRAMME, moved)
        shown[f"/plenary-{language}"] = session_page(frame(language), PROGRAMME, plenary)
        shown[f"/cancelled-session-{language}"] = session_page(frame(language), PROGRAMME, cancelled)
        draft = Draft("/events/preview/abc", Text("11月30日 18:00", "30 November, 18:00"))
        shown[f"/draft-{language}"] = view_page(Way(frame(language, draft=draft), PROGRAMME, NOW), Asked())
        shown[f"/changes-{language}"] = changes(language)
        release, differences = _stories()[0]
        shown[f"/release-{language}"] = release_page(frame(language), release, differences)
        shown[f"/events-{language}"] = events(language)
        shown[f"/no-events-{language}"] = events(language, EventsAsked("camp", "1999"))
        shown[f"/series-{language}"] = series_page(language, SERIES, NOW)
    return shown
