"""Feeds and pages through the one door: kept, called back, compressed, and never kept where they are somebody's own."""

from collections.abc import Iterator
from contextlib import contextmanager

import anyio
import httpx
import pytest
from sqlalchemy import event

from shared.ledger import emit
from shared.messages.dates import Audience, DateEntry, Topic
from shared.messages.events import EventsDateSet
from shared.text import Text
from tests.calendar.build import timed
from tests.calendar.rig import entries_of, values_of
from tests.world import World

SERIES = Topic(key="series:s1", slug="toy-summit", title=Text("青年峰会", "Youth Summit"))
FEED = "/calendars/series/toy-summit.ics"


def session(entry_id: str, **changes: object) -> DateEntry:
    """Return a session of the series."""
    return timed(entry_id, **({"topics": (SERIES,)} | changes))


def tell(world: World, *entries: DateEntry) -> None:
    """Let the events service tell dates."""
    with world.runtime("events").db.transaction() as tx:
        for entry in entries:
            emit(tx, EventsDateSet.of(entry))
    world.settle()


@contextmanager
def queries(world: World) -> Iterator[list[str]]:
    """Count what the calendar asks its database."""
    seen: list[str] = []
    db = world.runtime("calendar").db

    def note(*told: object) -> None:
        seen.append(str(told[2]))

    for engine in (db._reader, db._engine):
        event.listen(engine, "before_cursor_execute", note)
    yield seen
    for engine in (db._reader, db._engine):
        event.remove(engine, "before_cursor_execute", note)


def straight(world: World, path: str) -> bytes:
    """Return what the service's own application answers, past the gateway and its cache."""

    async def ask() -> bytes:
        transport = httpx.ASGITransport(world.house.apps["calendar"])
        async with httpx.AsyncClient(transport=transport, base_url=world.url) as client:
            return (await client.get(path)).content

    return anyio.run(ask)


@pytest.fixture
def told(world: World) -> World:
    """Return a world in which one date was told."""
    tell(world, session("s1"))
    return world


def test_a_feed_that_nobody_changed_costs_no_query(told: World) -> None:
    client = told.client()
    first = client.get(FEED)
    with queries(told) as asked:
        again = client.get(FEED)
        held = client.get(FEED, headers={"If-None-Match": first.headers["etag"]})
        since = client.get(FEED, headers={"If-Modified-Since": first.headers["last-modified"]})
        on_feeds = [each for each in asked if "changes" in each or "entries" in each]
    assert (again.content, held.status_code, since.status_code, on_feeds) == (first.content, 304, 304, [])
    assert "cache-tag" not in first.headers


def test_kept_or_not_zipped_or_not_the_bytes_are_the_same(told: World) -> None:
    tell(told, *(session(f"more-{number}") for number in range(20)))
    plain = told.client(headers={"Accept-Encoding": "identity"})
    zipped = told.client(headers={"Accept-Encoding": "gzip"})
    answers = [client.get(FEED) for client in (plain, plain, zipped, zipped)]
    assert [answer.content for answer in answers] == [straight(told, FEED)] * 4
    assert [answer.headers.get("content-encoding") for answer in answers] == [None, None, "gzip", "gzip"]
    assert answers[0].headers["etag"] == answers[1].headers["etag"] != answers[3].headers["etag"]
    assert zipped.get(FEED, headers={"If-None-Match": answers[3].headers["etag"]}).status_code == 304


def test_a_change_reaches_subscribers_and_readers_at_once(told: World) -> None:
    client, page = told.client(), "/zh/calendars/agenda?month=2026-09"
    before = client.get(FEED).content, client.get(page).text
    tell(told, session("s1", version=2, sequence=1, title=Text("闭幕式", "Closing"), kind="key_date"))
    after = client.get(FEED).content, client.get(page).text
    assert [values_of(feed, "SEQUENCE") for feed, _ in (before, after)] == [["0"], ["1"]]
    assert ["闭幕式" in text for _, text in (before, after)] == [False, True]


def test_head_is_answered_like_get_kept_or_not(told: World) -> None:
    client = told.client()
    heads = [client.head(FEED), client.get(FEED), client.head(FEED)]
    told_of = [(each.status_code, each.headers["etag"], each.headers["last-modified"]) for each in heads]
    assert told_of == [told_of[0]] * 3


def test_a_personal_feed_is_its_owners_and_never_kept(told: World) -> None:
    member, nobody = told.client("member"), told.client()
    tell(told, session("s2", audience=Audience(kind="members")))
    body = {"name": "Mine", "topics": ["series:s1"]}
    url = member.post("/api/calendar/feeds", json=body).json()["url"]
    path = url[url.index("/calendars/") :]
    first = nobody.get(path)
    with queries(told) as asked:
        second = nobody.get(path)
    assert (sorted(entries_of(first.content)), second.content) == (["s1", "s2"], first.content)
    assert (first.headers["cache-control"], bool(asked)) == ("private, no-store", True)
    feed = member.get("/api/calendar/feeds").json()[0]["id"]
    assert member.delete(f"/api/calendar/feeds/{feed}").status_code == 204
    assert nobody.get(path).status_code == 410


def test_an_ended_membership_shows_at_the_next_fetch(told: World) -> None:
    member, administrator = told.client("member"), told.client("administrator")
    tell(told, session("s2", audience=Audience(kind="members")))
    url = member.post("/api/calendar/feeds", json={"name": "Mine", "topics": ["series:s1"]}).json()["url"]
    path = url[url.index("/calendars/") :]
    account = told.people.accounts["member"]
    held = administrator.get("/api/directory/memberships", params={"account": account}).json()["items"]
    before = sorted(entries_of(told.client().get(path).content))
    for each in held:
        version = {"If-Match": f'"v{each["version"]}"'}
        ended = administrator.post(f"/api/directory/memberships/{each['id']}/end", headers=version)
        assert ended.is_success, ended.text
    told.settle()
    assert (before, entries_of(told.client().get(path).content)) == (["s1", "s2"], ["s1"])


def test_bare_addresses_lead_to_the_readers_language(told: World) -> None:
    english = told.client(headers={"Accept-Language": "en"})
    found = {
        path: english.get(path).headers.get("location") for path in ("/", "/calendars", "/calendars/series/toy-summit")
    }
    assert found == {
        "/": "/en",
        "/calendars": "/en/calendars",
        "/calendars/series/toy-summit": "/en/calendars/series/toy-summit",
    }


def test_a_reader_who_is_refused_gets_a_page_and_a_program_a_problem(told: World) -> None:
    reader = told.client().get("/zh/calendars/series/none", headers={"Accept": "text/html"})
    program = told.client().get("/calendars/series/none.ics", headers={"Accept": "*/*"})
    assert (reader.status_code, reader.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert (program.status_code, program.json()["type"]) == (404, "/problems/no-such-feed")


def test_a_page_that_depends_on_the_browser_is_kept_for_nobody_else(told: World) -> None:
    client = told.client()
    usual = client.get("/zh/calendars")
    wechat = client.get("/zh/calendars", headers={"User-Agent": "MicroMessenger/8.0.50"})
    assert ("webcal:" in usual.text, "webcal:" in wechat.text) == (True, False)


def test_a_visitor_signs_in_before_keeping_feeds(told: World) -> None:
    answer = told.client().get("/zh/calendars/feeds")
    assert (answer.status_code, answer.headers["location"]) == (303, "/zh/sign-in?next=/zh/calendars/feeds")
    assert "我的订阅" in told.client("member").get("/zh/calendars/feeds").text


def test_a_rebuild_gives_the_same_bytes(told: World) -> None:
    tell(told, session("s2"), session("s1", version=2, sequence=1))
    before = {path: straight(told, path) for path in (FEED, "/calendars/all.ics?lang=zh", "/calendars/entries/s1.ics")}
    told.runtime("calendar").rebuild()
    assert {path: straight(told, path) for path in before} == before
