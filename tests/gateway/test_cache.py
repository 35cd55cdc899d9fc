"""What the gateway keeps, what it sends of it, and when it lets go."""

import asyncio
import gzip
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response

from gateway.cache import Cache, Entry, Key, entry_of
from shared.conditional import etag_of
from shared.message import Fact
from shared.messages.calendar import CalendarViewChanged
from shared.messages.events import EventsDateSet, EventsViewChanged
from tests.gateway.front import Front, fronted, settle

PATH = "/zh/events/wyss"
PAGE = "<p>世界青年科学家峰会</p>" * 40
PUBLIC = {"Cache_Control": "public, max-age=60", "Cache_Tag": "edition:1, series:7", "Content_Type": "text/html"}
PLAIN = {"Accept-Encoding": "identity"}


def changed(*tags: str) -> Fact:
    """Return the fact that answers with these tags are out of date."""
    return EventsViewChanged(view="page", tags=tags)


@fronted()
async def test_a_public_answer_is_made_once(f: Front) -> None:
    f.events.answer(PATH, PAGE, **PUBLIC)
    answers = [await f.client.get(PATH, headers=PLAIN) for _ in range(3)]
    assert [answer.text for answer in answers] == [PAGE] * 3
    assert len(f.events.asked) == 1
    first, second, _ = ({k: v for k, v in answer.headers.items() if k != "x-request-id"} for answer in answers)
    assert first == second
    assert first["cache-control"] == "public, max-age=60"
    assert first["etag"] == etag_of(PAGE.encode())
    assert "cache-tag" not in first


@pytest.mark.parametrize(
    "headers",
    [
        {"Cache_Control": "public"},
        {"Cache_Tag": "a"},
        {"Cache_Control": "private", "Cache_Tag": "a"},
        {"Cache_Control": "public, no-store", "Cache_Tag": "a"},
        {"Cache_Control": "public, private", "Cache_Tag": "a"},
        {"Cache_Control": "public", "Cache_Tag": "  "},
        {"Cache_Control": "public", "Cache_Tag": "a", "Vary": "Cookie"},
        {"Cache_Control": "public", "Cache_Tag": "a", "Vary": "Accept-Encoding, Authorization"},
        {"Cache_Control": "public", "Cache_Tag": "a", "Vary": "Accept-Language"},
        {"Cache_Control": "public", "Cache_Tag": "a", "Vary": "*"},
        {"Cache_Control": "public", "Cache_Tag": "a", "Set_Cookie": "stars=1"},
        {"Cache_Control": "public", "Cache_Tag": "a", "Content_Encoding": "br"},
    ],
)
@fronted()
async def test_what_is_not_for_everybody_is_not_kept(f: Front, headers: dict[str, str]) -> None:
    f.events.answer(PATH, PAGE, **headers)
    answers = [await f.client.get(PATH, headers=PLAIN) for _ in range(2)]
    assert [answer.content for answer in answers] == [PAGE.encode()] * 2
    assert len(f.events.asked) == 2


@pytest.mark.parametrize("status", [201, 206, 301, 404, 500])
@fronted()
async def test_only_whole_answers_are_kept(f: Front, status: int) -> None:
    f.events.answer(PATH, "x", status=status, **PUBLIC)
    assert [(await f.client.get(PATH)).status_code for _ in range(2)] == [status] * 2
    assert len(f.events.asked) == 2


@fronted()
async def test_an_answer_made_for_somebody_is_not_kept(f: Front) -> None:
    f.events.answer(PATH, PAGE, **PUBLIC)
    for headers in (
        {"Authorization": "Bearer ht_ada"},
        {"Cookie": "huitang_session=s-ada"},
        {"Cookie": "huitang_session=x"},
    ):
        await f.client.get(PATH, headers=headers)
    assert (len(f.events.asked), len(f.gateway.cache)) == (3, 0)


@fronted()
async def test_what_is_for_everybody_is_sent_to_those_signed_in_too(f: Front) -> None:
    f.events.answer(PATH, PAGE, **PUBLIC)
    await f.client.get(PATH)
    answer = await f.client.get(PATH, headers={"Authorization": "Bearer ht_ada"})
    assert (answer.text, len(f.events.asked), f.directory.exchanges) == (PAGE, 1, [])


@fronted()
async def test_queries_paths_and_methods_are_told_apart(f: Front) -> None:
    f.events.answer(PATH, PAGE, **PUBLIC)
    for address in (PATH, f"{PATH}?day=1", f"{PATH}?day=2", f"{PATH}?day=1"):
        await f.client.get(address)
    await f.client.post(PATH)
    assert [(request.method, request.url.query) for request in f.events.asked] == [
        ("GET", ""),
        ("GET", "day=1"),
        ("GET", "day=2"),
        ("POST", ""),
    ]


@fronted()
async def test_an_answer_of_the_api_is_kept_in_each_language(f: Front) -> None:
    async def speak(request: Request) -> Response:
        return Response(request.headers["accept-language"], headers={"Cache-Control": "public", "Cache-Tag": "a", "Vary": "Accept-Language"})  # fmt: skip

    f.events.answers["/api/events/titles"] = speak
    told = [(await f.client.get("/api/events/titles", headers={"Accept-Language": each})) for each in ("zh", "en", "zh-CN", "en;q=0.5")]  # fmt: skip
    assert [answer.text for answer in told] == ["zh", "en", "zh", "en"]
    assert {answer.headers["vary"] for answer in told} == {"Accept-Language"}
    assert len(f.events.asked) == 2


@pytest.mark.parametrize(
    ("fact", "asked"),
    [
        (changed("edition:1"), 2),
        (changed("x", "series:7"), 2),
        (CalendarViewChanged(view="feed", tags=("edition:1",)), 2),
        (changed("edition:2"), 1),
        (changed(), 1),
        (changed("edition"), 1),
    ],
)
@fronted()
async def test_an_answer_is_dropped_by_its_tags(f: Front, fact: Fact, asked: int) -> None:
    f.events.answer(PATH, PAGE, **PUBLIC)
    await f.client.get(PATH)
    f.events.answer(PATH, "new", **PUBLIC)
    await f.bus.say(fact)
    answer = await f.client.get(PATH)
    assert (answer.text, len(f.events.asked)) == ("new" if asked == 2 else PAGE, asked)


@fronted()
async def test_a_service_not_written_yet_drops_its_answers_too(f: Front) -> None:
    """Its facts are known by their name alone, as they are where no service runs in this process."""
    f.events.answer(PATH, PAGE, **PUBLIC)
    await f.client.get(PATH)
    letter = f.bus.letter(changed("edition:1"), type="awards.view.changed.v1")
    f.bus.listeners[0].offer([letter])
    await settle()
    assert len(f.gateway.cache) == 0


@fronted()
async def test_a_fill_that_began_before_its_drop_is_refused(f: Front) -> None:
    go_on = asyncio.Event()

    async def slow(request: Request) -> Response:
        page = f"made for {len(f.events.asked)}"
        await go_on.wait()
        return Response(page, headers={name.replace("_", "-"): value for name, value in PUBLIC.items()})

    f.events.answers[PATH] = slow
    asking = asyncio.create_task(f.client.get(PATH))
    await settle()
    await f.bus.say(changed("series:7"))
    go_on.set()
    assert (await asking).text == "made for 1"
    assert len(f.gateway.cache) == 0
    assert [(await f.client.get(PATH)).text for _ in range(2)] == ["made for 2"] * 2


@fronted()
async def test_a_fill_is_not_refused_for_anothers_drop(f: Front) -> None:
    go_on = asyncio.Event()

    async def slow(request: Request) -> Response:
        await go_on.wait()
        return Response(PAGE, headers={name.replace("_", "-"): value for name, value in PUBLIC.items()})

    f.events.answers[PATH] = slow
    asking = asyncio.create_task(f.client.get(PATH))
    await settle()
    await f.bus.say(changed("series:8"))
    go_on.set()
    await asking
    assert len(f.gateway.cache) == 1


@fronted()
async def test_a_gateway_that_missed_something_begins_anew(f: Front) -> None:
    f.events.answer(PATH, PAGE, **PUBLIC)
    await f.client.get(PATH)
    f.bus.listeners[0].missed = True
    await f.bus.say(changed("something else"))
    assert (len(f.gateway.cache), f.gateway.cache.open, len(f.bus.listeners)) == (0, True, 1)
    await f.client.get(PATH)
    await f.bus.say(changed("edition:1"))
    assert len(f.gateway.cache) == 0


@fronted()
async def test_a_fill_across_a_gap_is_refused(f: Front) -> None:
    fill = f.gateway.cache.begin(Key("/x", b""))
    assert fill
    f.bus.listeners[0].missed = True
    await f.bus.say(changed("something else"))
    assert f.gateway.cache.end(fill, entry()) is False


@fronted()
async def test_a_gateway_that_hears_nothing_keeps_nothing(f: Front) -> None:
    f.events.answer(PATH, PAGE, **PUBLIC)
    await f.client.get(PATH)
    await f.bus.end()
    assert [(await f.client.get(PATH)).text for _ in range(2)] == [PAGE] * 2
    assert len(f.events.asked) == 3


@fronted()
async def test_facts_that_concern_nothing_here_are_passed_over(f: Front) -> None:
    f.events.answer(PATH, PAGE, **PUBLIC)
    await f.client.get(PATH)
    letter = f.bus.letter(changed("x"), type=EventsDateSet.fact_type)
    f.bus.listeners[0].offer([letter])
    await settle()
    assert (len(f.gateway.cache), f.gateway.cache.open) == (1, True)


@fronted()
async def test_a_fact_that_cannot_be_read_may_have_meant_anything(f: Front) -> None:
    f.events.answer(PATH, PAGE, **PUBLIC)
    await f.client.get(PATH)
    letter = f.bus.letter(changed("x"), data={"tags": 3})
    f.bus.listeners[0].offer([letter])
    await settle()
    assert (len(f.gateway.cache), f.gateway.cache.open) == (0, True)


@fronted(cache_bytes=0)
async def test_the_cache_can_be_turned_off(f: Front) -> None:
    f.events.answer(PATH, PAGE, ETag='"e"', **PUBLIC)
    answers = [await f.client.get(PATH, headers=PLAIN) for _ in range(2)]
    assert [(answer.text, answer.headers["etag"]) for answer in answers] == [(PAGE, '"e"')] * 2
    assert len(f.events.asked) == 2


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"If-None-Match": '"e1"'}, 304),
        ({"If-None-Match": 'W/"e1"'}, 304),
        ({"If-None-Match": '"x", "e1"'}, 304),
        ({"If-None-Match": "*"}, 304),
        ({"If-None-Match": '"e2"'}, 200),
        ({"If-None-Match": '"e1-gzip"'}, 200),
        ({"If-None-Match": '"e1-gzip"', "Accept-Encoding": "gzip"}, 304),
        ({"If-None-Match": '"e1"', "Accept-Encoding": "gzip"}, 200),
        ({"If-Modified-Since": "Tue, 01 Sep 2026 00:00:00 GMT"}, 304),
        ({"If-Modified-Since": "Mon, 31 Aug 2026 23:59:59 GMT"}, 200),
        ({"If-Modified-Since": "Mon, 31 Aug 2026 23:59:59 GMT", "If-None-Match": '"e1"'}, 304),
        ({"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT", "If-None-Match": '"e2"'}, 200),
        ({}, 200),
    ],
)
@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("warm", [True, False])
@fronted()
async def test_a_client_that_holds_the_answer_is_told_so(
    f: Front, headers: dict[str, str], status: int, method: str, warm: bool
) -> None:
    f.events.answer(PATH, PAGE, ETag='"e1"', Last_Modified="Tue, 01 Sep 2026 00:00:00 GMT", **PUBLIC)
    if warm:
        await f.client.get(PATH)
    answer = await f.client.request(method, PATH, headers=PLAIN | headers)
    assert (answer.status_code, len(f.events.asked)) == (status, 1)
    if status == 304:
        tag = '"e1-gzip"' if headers.get("Accept-Encoding") else '"e1"'
        told = {name: value for name, value in answer.headers.items() if name != "x-request-id"}
        assert told == {
            "etag": tag,
            "cache-control": "public, max-age=60",
            "last-modified": "Tue, 01 Sep 2026 00:00:00 GMT",
            "vary": "Accept-Encoding",
        }
        assert answer.content == b""
    else:
        assert answer.text == (PAGE if method == "GET" else "")


@fronted()
async def test_the_gzip_variant_is_made_once(f: Front) -> None:
    f.events.answer(PATH, PAGE, **PUBLIC)
    answers = [await f.client.get(PATH, headers={"Accept-Encoding": "gzip"}) for _ in range(2)]
    assert [answer.headers["etag"] for answer in answers] == [etag_of(PAGE.encode())[:-1] + '-gzip"'] * 2
    assert [answer.headers["content-encoding"] for answer in answers] == ["gzip"] * 2
    assert [answer.text for answer in answers] == [PAGE] * 2
    plain = await f.client.get(PATH, headers=PLAIN)
    assert (plain.text, "content-encoding" in plain.headers, plain.headers["vary"]) == (PAGE, False, "Accept-Encoding")
    assert len(f.events.asked) == 1


@fronted()
async def test_an_answer_that_came_compressed_is_kept_in_both_codings(f: Front) -> None:
    body = gzip.compress(PAGE.encode(), mtime=0)
    f.events.answer(PATH, body, ETag='"e1-gzip"', Content_Encoding="gzip", Vary="Accept-Encoding", **PUBLIC)
    zipped = await f.client.get(PATH, headers={"Accept-Encoding": "gzip"})
    plain = await f.client.get(PATH, headers=PLAIN)
    assert (zipped.text, zipped.headers["etag"]) == (PAGE, '"e1-gzip"')
    assert (plain.text, plain.headers["etag"], "content-encoding" in plain.headers) == (PAGE, '"e1"', False)
    assert len(f.events.asked) == 1


@pytest.mark.parametrize(("content", "kind"), [("short", "text/html"), (PAGE, "image/png")])
@fronted()
async def test_what_does_not_shrink_is_sent_as_it_is(f: Front, content: str, kind: str) -> None:
    f.events.answer(PATH, content, **{**PUBLIC, "Content_Type": kind})
    answer = await f.client.get(PATH, headers={"Accept-Encoding": "gzip"})
    assert ("content-encoding" in answer.headers, "vary" in answer.headers) == (False, False)


@fronted()
async def test_the_origin_is_asked_for_the_whole_once_it_has_told_that_it_may_be_kept(f: Front) -> None:
    async def conditional(request: Request) -> Response:
        held = request.headers.get("if-none-match") == '"e1"'
        headers = {"Cache-Control": "public", "Cache-Tag": "a", "ETag": '"e1"'}
        return Response("" if held else PAGE, 304 if held else 200, headers)

    f.events.answers[PATH] = conditional
    for _ in range(4):
        answer = await f.client.get(PATH, headers=PLAIN | {"If-None-Match": '"e1"'})
        assert answer.status_code == 304
    assert [request.headers.get("if-none-match") for request in f.events.asked] == ['"e1"', None]


@fronted()
async def test_what_is_never_kept_keeps_its_conditions(f: Front) -> None:
    f.calendar.answer("/calendars/personal/secret.ics", status=304, Cache_Control="private")
    for _ in range(3):
        await f.client.get("/calendars/personal/secret.ics", headers={"If-None-Match": '"e"'})
    assert [request.headers.get("if-none-match") for request in f.calendar.asked] == ['"e"'] * 3


@fronted(cache_bytes=100_000)
async def test_the_least_used_makes_room(f: Front) -> None:
    for number in range(30):
        f.events.answer(f"/zh/events/{number}", "x" * 8_000, **{**PUBLIC, "Content_Type": "image/png"})
        await f.client.get(f"/zh/events/{number}")
        await f.client.get("/zh/events/0")
    assert [request.url.path for request in f.events.asked if request.url.path == "/zh/events/0"] == ["/zh/events/0"]
    assert (len(f.gateway.cache), f.gateway.cache.bytes) == (10, 100_000)


@fronted(cache_bytes=100_000)
async def test_what_is_too_large_passes_through(f: Front) -> None:
    f.events.answer(PATH, "x" * 20_000, **PUBLIC)
    answers = [await f.client.get(PATH) for _ in range(2)]
    assert [len(answer.content) for answer in answers] == [20_000] * 2
    assert (len(f.events.asked), len(f.gateway.cache)) == (2, 0)


def entry(body: bytes = b"x", tags: bytes = b"a", **headers: str) -> Entry:
    """Return an entry of a public answer."""
    told = {"cache-control": "public", **{name.replace("_", "-"): value for name, value in headers.items()}}
    pairs = [(name.encode(), value.encode()) for name, value in told.items()]
    made = entry_of(pairs, body, tags=tags, upstream="events", by_language=False)
    assert made
    return made


def test_bytes_and_tags_are_counted_to_the_last() -> None:
    cache = Cache(1_000_000)
    cache.clear(open=True)
    for number in range(50):
        fill = cache.begin(Key(f"/{number % 20}", b""))
        assert fill
        assert cache.end(fill, entry(b"x" * number, f"t{number % 3} all".encode())) is True
    assert (len(cache), cache.drop(["t0"])) == (20, 7)
    assert cache.bytes == sum(kept.size() for kept in cache._entries.values())
    cache.drop(["all"])
    assert (len(cache), cache.bytes, cache._tagged, cache._fills) == (0, 0, {}, set())


def test_headers_that_came_twice_are_kept_twice() -> None:
    pairs = [(b"cache-control", b"public"), (b"link", b"</a>; rel=x"), (b"link", b"</b>; rel=y")]
    made: Any = entry_of(pairs, b"x", tags=b"a", upstream="events", by_language=False)
    assert [value for name, value in made.plain.head if name == b"link"] == [b"</a>; rel=x", b"</b>; rel=y"]
