"""A service on another machine: what passes, what is waited for, and what is given up."""

import asyncio
import gzip
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from gateway.app import Gateway, Upstream
from gateway.breaker import FAILURES, REST_SECONDS, Breaker
from gateway.proxy import Proxy
from shared.db import utc_now
from shared.settings import Settings
from tests.gateway.front import Ear, Front, front, running
from tests.gateway.wire import served

PATH = "/api/events/editions"
DEAD = "http://127.0.0.1:9"


@asynccontextmanager
async def far(folder: Path, base: str = "", *, timeout: float = 5.0) -> AsyncIterator[tuple[Front, Proxy]]:
    """Run a gateway whose events service is reached over HTTP, at its own address or at `base`."""
    async with front(folder) as near, served(near.events) as url:
        proxy = Proxy("events", base or url, timeout=timeout)
        upstreams = {**near.gateway.upstreams, "events": Upstream("events", proxy, ("/events",))}
        settings = Settings(data=folder, log_level="WARNING", public_url="http://huitang.test")
        bus = Ear()
        gateway = Gateway(settings, upstreams, bus, utc_now)  # type: ignore[arg-type]
        async with running(gateway):
            transport = httpx.ASGITransport(gateway, client=("192.0.2.7", 1))
            async with httpx.AsyncClient(transport=transport, base_url="http://huitang.test") as client:
                yield replace(near, gateway=gateway, client=client, bus=bus), proxy


def distant(**options: Any) -> Callable[[Callable[[Front, Proxy], Awaitable[None]]], Callable[[Path], None]]:
    """Run an asynchronous test with a gateway before a distant service."""

    def decorated(test: Callable[[Front, Proxy], Awaitable[None]]) -> Callable[[Path], None]:
        def run(tmp_path: Path) -> None:
            async def inside() -> None:
                async with far(tmp_path, **options) as (f, proxy):
                    await test(f, proxy)

            asyncio.run(inside())

        run.__name__, run.__doc__ = test.__name__, test.__doc__
        return run

    return decorated


@distant()
async def test_a_distant_service_sees_what_a_near_one_sees(f: Front, proxy: Proxy) -> None:
    headers = {
        "Authorization": "Bearer ht_ada", "Content-Type": "application/json", "Huitang-Received-At": "2020",
        "Cookie": "a=1", "X-Forwarded-For": "9.9.9.9", "Idempotency-Key": "k", "User-Agent": "tests",
    }  # fmt: skip
    url = httpx.URL("http://huitang.test").copy_with(raw_path=b"/api/events/%E4%BC%9A%2Fx?q=%2B+a&q=")
    answer = await f.client.post(url, content=b'{"a": 1}', headers=headers)
    seen = dict(f.events.headers())
    assert f.events.asked[-1].scope["raw_path"] == b"/api/events/%E4%BC%9A%2Fx"
    assert f.events.asked[-1].scope["query_string"] == b"q=%2B+a&q="
    assert f.events.bodies == [b'{"a": 1}']
    assert seen.pop("huitang-received-at") > "2026"
    assert seen.pop("x-request-id") == answer.headers["x-request-id"]
    assert seen == {
        "host": "huitang.test",
        "accept": "*/*",
        "accept-encoding": "gzip, deflate",
        "authorization": "Bearer t-ada-1",
        "content-length": "8",
        "content-type": "application/json",
        "cookie": "a=1",
        "idempotency-key": "k",
        "user-agent": "tests",
        "x-forwarded-for": "192.0.2.7",
        "x-forwarded-host": "huitang.test",
        "x-forwarded-proto": "http",
    }


@distant()
async def test_answers_come_back_as_they_were(f: Front, proxy: Proxy) -> None:
    async def answering(request: Request) -> Response:
        response = Response(gzip.compress(b"content", mtime=0), 201, {"Content-Encoding": "gzip", "ETag": '"v1"'})
        response.set_cookie("a", "1")
        response.set_cookie("b", "2")
        return response

    f.events.answers[PATH] = answering
    answer = await f.client.get(PATH)
    assert (answer.status_code, answer.content, answer.headers["etag"]) == (201, b"content", '"v1"')
    assert len(answer.headers.get_list("set-cookie")) == 2
    assert [name for name in ("date", "server", "transfer-encoding", "connection") if name in answer.headers] == []


@distant()
async def test_redirects_are_the_clients_to_follow(f: Front, proxy: Proxy) -> None:
    f.events.answer(PATH, status=303, Location="/zh/events")
    answer = await f.client.get(PATH)
    assert (answer.status_code, answer.headers["location"], len(f.events.asked)) == (303, "/zh/events", 1)


@distant()
async def test_distant_answers_are_kept_like_near_ones(f: Front, proxy: Proxy) -> None:
    f.events.answer("/zh/events", "page", Cache_Control="public", Cache_Tag="a")
    assert [(await f.client.get("/zh/events")).text for _ in range(3)] == ["page"] * 3
    assert len(f.events.asked) == 1


@distant()
async def test_nobodys_cookies_are_kept_for_the_next(f: Front, proxy: Proxy) -> None:
    f.events.answer(PATH, "x", Set_Cookie="session=ada")
    await f.client.get(PATH)
    f.client.cookies.clear()
    await f.client.get(PATH)
    assert "cookie" not in f.events.headers()


@distant(timeout=0.05)
async def test_a_slow_service_is_given_up(f: Front, proxy: Proxy) -> None:
    ended = asyncio.Event()

    async def slow(request: Request) -> Response:
        await ended.wait()
        return Response()

    f.events.answers[PATH] = slow
    answer = await f.client.get(PATH, headers={"Accept-Language": "en"})
    ended.set()
    assert (answer.status_code, answer.json()["type"]) == (503, "/problems/service-slow")
    assert (answer.headers["retry-after"], answer.json()["service"]) == ("1", "events")


@distant(timeout=0.2)
async def test_a_stream_may_be_silent_and_passes_part_by_part(f: Front, proxy: Proxy) -> None:
    go_on = asyncio.Event()

    async def parts() -> AsyncIterator[bytes]:
        yield b"event: open\n\n"
        await go_on.wait()
        await asyncio.sleep(0.4)  # longer than anything else may pause
        yield b"event: change\n\n"

    async def stream(request: Request) -> Response:
        return StreamingResponse(parts(), media_type="text/event-stream")

    f.events.answers["/api/events/live"] = stream
    got = []
    async with (
        served(f.gateway) as url,
        httpx.AsyncClient() as client,
        client.stream("GET", f"{url}/api/events/live") as live,
    ):
        async for part in live.aiter_raw():
            got.append(part)
            go_on.set()
    assert got == [b"event: open\n\n", b"event: change\n\n"]


@distant(timeout=0.1)
async def test_an_answer_that_stops_half_way_ends_the_connection(f: Front, proxy: Proxy) -> None:
    async def parts() -> AsyncIterator[bytes]:
        yield b"half"
        await asyncio.sleep(0.5)
        yield b"whole"

    async def stream(request: Request) -> Response:
        return StreamingResponse(parts(), media_type="text/csv")

    f.events.answers[PATH] = stream
    async with served(f.gateway) as url, httpx.AsyncClient() as client:
        with pytest.raises(httpx.RemoteProtocolError):
            await client.get(f"{url}{PATH}")
    assert proxy.breaker.failures == 1


@distant()
async def test_a_reader_who_leaves_ends_the_distant_stream(f: Front, proxy: Proxy) -> None:
    ended = asyncio.Event()

    async def parts() -> AsyncIterator[bytes]:
        try:
            yield b"event: open\n\n"
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def stream(request: Request) -> Response:
        return StreamingResponse(parts(), media_type="text/event-stream")

    f.events.answers["/api/events/live"] = stream
    async with served(f.gateway) as url, httpx.AsyncClient() as client:
        async with client.stream("GET", f"{url}/api/events/live") as live:
            async for _ in live.aiter_raw():
                break
        await asyncio.wait_for(ended.wait(), 5)
    assert proxy.breaker.failures == 0


@distant(base=DEAD)
async def test_a_service_that_is_down_is_left_alone_and_others_go_on(f: Front, proxy: Proxy) -> None:
    f.calendar.answer("/zh", "home")
    told = [(await f.client.get(PATH)).json()["type"] for _ in range(FAILURES + 3)]
    assert set(told) == {"/problems/service-down"}
    assert proxy.breaker.failures == FAILURES
    assert (await f.client.get("/zh")).text == "home"
    ready = await f.client.get("/health/ready")
    assert ready.json()["services"]["events"]["status"] == "down"


@distant()
async def test_a_service_that_comes_back_is_asked_again(f: Front, proxy: Proxy) -> None:
    proxy.breaker.failures, proxy.breaker.open_until = FAILURES, 0.0
    f.events.answer(PATH, "here")
    assert [(await f.client.get(PATH)).text for _ in range(2)] == ["here"] * 2
    assert proxy.breaker.failures == 0


@distant()
async def test_a_fault_over_there_is_an_answer(f: Front, proxy: Proxy) -> None:
    f.events.answer(PATH, "fault", status=500)
    for _ in range(FAILURES + 1):
        assert (await f.client.get(PATH)).status_code == 500
    assert proxy.breaker.failures == 0


@distant()
async def test_a_distant_directory_exchanges_credentials(f: Front, proxy: Proxy) -> None:
    async with served(f.directory) as url:
        there = Proxy("directory", url, timeout=5)
        f.gateway.credentials._directory = there
        await f.client.get(PATH, headers={"Authorization": "Bearer ht_ada"})
        await there.close()
    assert f.events.headers()["authorization"] == "Bearer t-ada-1"


def test_a_circuit_opens_rests_and_tries_once() -> None:
    breaker, now = Breaker(), 100.0
    for _ in range(FAILURES - 1):
        assert breaker.admit(now)
        breaker.fail(now)
    assert breaker.state(now) == "closed"
    breaker.fail(now)
    assert [breaker.admit(now), breaker.admit(now + REST_SECONDS - 0.1)] == [False, False]
    later = now + REST_SECONDS
    assert [breaker.admit(later), breaker.admit(later)] == [True, False]
    breaker.fail(later)
    assert breaker.admit(later + REST_SECONDS - 0.1) is False
    assert breaker.admit(later + REST_SECONDS) is True
    breaker.succeed()
    assert [breaker.admit(later + REST_SECONDS) for _ in range(3)] == [True] * 3


def test_a_trial_that_tells_nothing_leaves_room_for_another() -> None:
    breaker = Breaker(failures=FAILURES)
    assert [breaker.admit(1.0), breaker.admit(1.0)] == [True, False]
    breaker.give_up()
    assert breaker.admit(1.0) is True


def test_failures_count_in_a_row() -> None:
    breaker = Breaker()
    for _ in range(FAILURES):
        breaker.fail(1.0)
        breaker.succeed()
    assert breaker.state(1.0) == "closed"
