"""What only readers get: gzip for pages that the cache does not keep."""

import pytest

from tests.gateway.front import Front, fronted

READER = {"Accept": "text/html,application/xhtml+xml", "Accept-Encoding": "gzip"}
LONG = "页" * 2_000
PAGE = {"Content_Type": "text/html; charset=utf-8", "Cache_Control": "private, max-age=60", "ETag": '"a"'}


@fronted()
async def test_a_page_that_is_not_kept_travels_compressed(f: Front) -> None:
    f.calendar.answer("/zh/calendars", LONG, **PAGE)
    answer = await f.client.get("/zh/calendars", headers=READER)
    told = [answer.headers[name] for name in ("content-encoding", "etag", "vary")]
    assert (told, answer.text) == (["gzip", 'W/"a"', "Accept-Encoding"], LONG)
    assert int(answer.headers["content-length"]) < 100


@pytest.mark.parametrize(
    ("content", "page", "asked"),
    [
        (LONG, {"Cache_Control": "private, no-store"}, {}),
        (LONG, {"Content_Type": "text/calendar"}, {}),
        (LONG, {}, {"Accept-Encoding": "identity"}),
        (LONG, {}, {"Accept": "*/*"}),
        ("short", {}, {}),
    ],
)
@fronted()
async def test_a_secret_a_file_and_what_is_short_travel_as_they_are(
    f: Front, content: str, page: dict[str, str], asked: dict[str, str]
) -> None:
    f.calendar.answer("/zh/calendars", content, **(PAGE | page))
    answer = await f.client.get("/zh/calendars", headers=READER | asked)
    assert ("content-encoding" in answer.headers, answer.headers["etag"], answer.text) == (False, '"a"', content)


@fronted()
async def test_what_the_cache_has_coded_is_not_coded_twice(f: Front) -> None:
    f.calendar.answer("/zh", LONG, **(PAGE | {"Cache_Control": "public, max-age=60", "Cache_Tag": "x"}))
    answers = [await f.client.get("/zh", headers=READER) for _ in range(2)]
    told = [(each.headers["content-encoding"], each.headers["etag"], each.text) for each in answers]
    assert told == [("gzip", '"a-gzip"', LONG)] * 2
