"""The gateway on a real socket, against those who do not keep to the rules."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.gateway.front import Front, front
from tests.gateway.wire import say, served, statuses

END = b"\r\n\r\n"
HOST = b"Host: huitang.test\r\n"


@asynccontextmanager
async def wired(folder: Path, **settings: Any) -> AsyncIterator[tuple[Front, str]]:
    """Serve a gateway; yield it and its address."""
    async with front(folder, **settings) as f, served(f.gateway) as url:
        f.events.answer("/zh/events", "page", Cache_Control="public", Cache_Tag="a")
        f.events.answer("/api/events/x", "answer")
        yield f, url


def heard(folder: Path, sent: bytes, **settings: Any) -> tuple[list[int], Front, bytes]:
    """Return the statuses that come back for bytes on a connection, the gateway's front, and all that came."""

    async def run() -> tuple[list[int], Front, bytes]:
        async with wired(folder, **settings) as (f, url):
            got = await say(url, sent)
            return statuses(got), f, got

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"GET /api/events/x HTTP/1.1\r\n" + HOST + b"X: a\x00b" + END, [400]),
        (b"GET /api/events/x HTTP/1.1\r\n" + HOST + b"X: a\rHuitang-Received-At: 2020" + END, [400]),
        (b"GET /api/events/x HTTP/1.1\r\n" + HOST + b"Huitang-Received-At : 2020" + END, [400]),
        (b"GET /api/events/x HTTP/1.1\r\n" + HOST + b"Content-Length: 3\r\nContent-Length: 4" + END + b"abc", [400]),
        (b"POST /api/events/x HTTP/1.1\r\n" + HOST + b"Content-Length: 4\r\nTransfer-Encoding: chunked" + END, [400]),
        (b"POST /api/events/x HTTP/1.1\r\n" + HOST + b"Transfer-Encoding: xchunked" + END, [400]),
        (b"GET /api/events/x HTTP/1.1" + END, [400]),
        (b"GET /api/events/x HTTP/1.1\r\n" + HOST + HOST + END[2:], [400]),
        (b"GET /internal/token HTTP/1.1\r\n" + HOST + END[2:], [404]),
        (b"GET //internal/token HTTP/1.1\r\n" + HOST + END[2:], [400]),
        (b"GET http://evil.test/internal/token HTTP/1.1\r\n" + HOST + END[2:], [404]),
        (b"GET /zh/events/../../internal/token HTTP/1.1\r\n" + HOST + END[2:], [400]),
        (b"GET /zh/%0d%0aSet-Cookie:x=1 HTTP/1.1\r\n" + HOST + END[2:], [400]),
        (b"GET /zh/%ff%fe HTTP/1.1\r\n" + HOST + END[2:], [400]),
        (b"TRACE /api/events/x HTTP/1.1\r\n" + HOST + END[2:], [405]),
    ],
)
def test_what_breaks_the_rules_is_refused(tmp_path: Path, sent: bytes, told: list[int]) -> None:
    got, f, _ = heard(tmp_path, sent)
    assert (got, f.events.asked, f.directory.asked) == (told, [], [])


def test_answers_on_one_connection_keep_their_order(tmp_path: Path) -> None:
    one = b"GET /zh/events HTTP/1.1\r\n" + HOST + b"\r\n"
    two = b"GET /nothing HTTP/1.1\r\n" + HOST + b"\r\n"
    got, f, _ = heard(tmp_path, one + two + one)
    assert (got, len(f.events.asked)) == ([200, 404, 200], 1)


def test_a_redirect_holds_no_second_header(tmp_path: Path) -> None:
    _, _, got = heard(tmp_path, b"GET /events/x?a=%0d%0aSet-Cookie:x=1 HTTP/1.1\r\n" + HOST + b"\r\n")
    assert b"location: /zh/events/x?a=%0d%0aSet-Cookie:x=1\r\n" in got
    assert b"\r\nset-cookie" not in got.lower()


def test_a_client_that_sends_too_much_still_hears_why(tmp_path: Path) -> None:
    async def run() -> list[int]:
        async with wired(tmp_path, body_limit=1_000) as (f, url), httpx.AsyncClient(base_url=url) as client:

            async def endless() -> AsyncIterator[bytes]:
                for _ in range(500):
                    yield b"x" * 10_000

            told = [
                (await client.post("/api/events/x", content=b"x" * 5_000_000)).status_code,
                (await client.post("/api/events/x", content=endless())).status_code,
                (await client.get("/api/events/x")).status_code,
            ]
            assert f.events.bodies == [b""]
            return told

    assert asyncio.run(run()) == [413, 413, 200]


def test_who_waits_for_a_word_before_sending_too_much_is_told_no(tmp_path: Path) -> None:
    sent = b"POST /api/events/x HTTP/1.1\r\n" + HOST + b"Expect: 100-continue\r\nContent-Length: 5000" + END
    got, _, _ = heard(tmp_path, sent, body_limit=1_000)
    assert got == [413]
    small = sent.replace(b"5000", b"5") + b"hello"
    got, f, _ = heard(tmp_path, small, body_limit=1_000)
    assert (got, f.events.bodies) == ([100, 200], [b"hello"])


def test_a_client_that_goes_away_leaves_no_fault(tmp_path: Path) -> None:
    async def run() -> tuple[int, int]:
        async with wired(tmp_path) as (f, url):
            host, _, port = url.removeprefix("http://").partition(":")
            _, writer = await asyncio.open_connection(host, int(port))
            writer.write(b"POST /api/events/x HTTP/1.1\r\n" + HOST + b"Content-Length: 10\r\n\r\nabc")
            await writer.drain()
            await asyncio.sleep(0.05)
            writer.close()
            while not f.gateway.record._waiting:
                await asyncio.sleep(0.005)
            return f.gateway.record._waiting[-1].status, len(f.events.asked)

    assert asyncio.run(run()) == (499, 0)


def test_a_body_that_stops_arriving_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gateway.forward.BODY_SECONDS", 0.05)
    got, f, answer = heard(tmp_path, b"POST /api/events/x HTTP/1.1\r\n" + HOST + b"Content-Length: 10\r\n\r\nabc")
    assert (got, f.events.asked, b"connection: close\r\n" in answer) == ([400], [], True)


@pytest.mark.parametrize(
    "sent",
    [
        b"GET / HTTP/1.1\r\n" + HOST + b"X: " + b"x" * 400_000,
        b"GET / HTTP/1.1\r\n" + HOST + b"X: y\r\n" * 70_000,
        b"GET /" + b"x" * 400_000,
    ],
)
def test_a_head_without_end_is_cut_off(tmp_path: Path, sent: bytes) -> None:
    got, f, answer = heard(tmp_path, sent)
    assert (got, f.gateway.record._waiting) == ([431], [])
    assert answer.endswith(b"Connection: close\r\n\r\n")


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"", [408]),
        (b"GET /zh/events HTTP/1.1\r\n" + HOST, [408]),
        (b"GET /zh/events HTTP/1.1\r\n" + HOST + b"\r\nGET /zh", [200, 408]),
        (b"GET /zh/events HTTP/1.1\r\n" + HOST + b"\r\n", [200]),
    ],
)
def test_a_head_that_does_not_arrive_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, sent: bytes, told: list[int]
) -> None:
    monkeypatch.setattr("gateway.protocol.HEAD_SECONDS", 0.1)
    got, _, _ = heard(tmp_path, sent)
    assert got == told
