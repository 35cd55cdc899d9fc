"""What an upstream sees of a request, and a client of an answer."""

import asyncio
from datetime import datetime
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.types import Message, Receive, Scope, Send

from shared.errors import Conflict
from tests.gateway.front import Front, fronted, settle

PATH = "/api/events/editions"
OUTSIDE = {
    "Huitang-Received-At": "2020-01-01T00:00:00+00:00",
    "huitang-gateway": "hush",
    "HUITANG-ANYTHING": "1",
    "X-Request-Id": "mine",
    "X-Forwarded-For": "10.0.0.1",
    "X-Forwarded-Host": "evil.test",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Prefix": "/internal",
    "X-Real-IP": "10.0.0.1",
    "Forwarded": "for=10.0.0.1",
    "TE": "trailers",
    "Connection": "x-kept",
    "Proxy-Authorization": "Basic x",
    "Upgrade": "h2c",
}


@fronted()
async def test_what_a_stranger_says_of_a_request_is_not_passed_on(f: Front) -> None:
    before = datetime.now().astimezone()
    answer = await f.client.get(PATH, headers=OUTSIDE | {"X-Kept": "1"})
    seen = dict(f.events.headers())
    assert before <= datetime.fromisoformat(seen.pop("huitang-received-at")) <= datetime.now().astimezone()
    assert seen.pop("x-request-id") == answer.headers["x-request-id"] != "mine"
    for name in ("accept", "accept-encoding", "user-agent"):
        seen.pop(name)
    assert seen == {
        "host": "huitang.test",
        "x-forwarded-for": "192.0.2.7",
        "x-forwarded-host": "huitang.test",
        "x-forwarded-proto": "http",
        "x-kept": "1",
    }
    assert f.events.asked[-1].client == ("192.0.2.7", 0)


@pytest.mark.parametrize(
    ("told", "address"),
    [
        ("203.0.113.9", "203.0.113.9"),
        ("203.0.113.9, 10.1.2.3", "203.0.113.9"),
        ("1.1.1.1, 203.0.113.9, 10.1.2.3, 10.9.9.9", "203.0.113.9"),
        ("10.7.7.7", "10.7.7.7"),
        ("nonsense", "192.0.2.7"),
        ("203.0.113.9, nonsense", "192.0.2.7"),
        ("2001:db8::1", "2001:db8::1"),
        ("", "192.0.2.7"),
    ],
)
@fronted(trusted_proxies=("192.0.2.7", "10.0.0.0/8"))
async def test_a_trusted_proxy_is_believed(f: Front, told: str, address: str) -> None:
    headers = {"X-Forwarded-For": told, "X-Forwarded-Proto": "https", "X-Forwarded-Host": "huitang.example"}
    await f.client.get(PATH, headers=headers)
    seen = f.events.headers()
    assert (seen["x-forwarded-for"], seen["x-forwarded-proto"], seen["host"]) == (address, "https", "huitang.example")
    assert (f.events.asked[-1].url.scheme, f.events.asked[-1].client) == ("https", (address, 0))


@fronted(trusted_proxies=("198.51.100.1",))
async def test_another_proxy_is_not(f: Front) -> None:
    await f.client.get(PATH, headers={"X-Forwarded-For": "203.0.113.9"})
    assert f.events.headers()["x-forwarded-for"] == "192.0.2.7"


@pytest.mark.parametrize("host", ["evil.test/x", "a b", "evil.test@huitang.test", "[::1", "huitang.test:port", ""])
@fronted()
async def test_a_host_that_cannot_be_read_is_refused(f: Front, host: str) -> None:
    answer = await f.client.get(PATH, headers={"Host": host})
    assert (answer.status_code, f.events.asked) == (400, [])


@pytest.mark.parametrize("name", ["Host", "Authorization", "Content-Type", "Origin"])
@fronted()
async def test_a_header_that_stands_twice_is_refused(f: Front, name: str) -> None:
    answer = await f.client.get(PATH, headers=[(name, "Bearer ht_ada"), (name, "Bearer ht_bo")])
    assert (answer.status_code, answer.json()["header"], f.events.asked) == (400, name.lower(), [])


@fronted()
async def test_cookies_in_two_headers_are_one_cookie_header(f: Front) -> None:
    await f.client.get(PATH, headers=[("Cookie", "a=1"), ("Cookie", "huitang_session=s-ada")])
    assert f.events.headers()["authorization"] == "Bearer t-ada-1"


@fronted(header_limit=2_000)
async def test_headers_are_limited(f: Front) -> None:
    for headers in ({"X-Long": "x" * 2_000}, {f"X-{number}": "x" * 40 for number in range(50)}):
        answer = await f.client.get(PATH, headers=headers)
        assert (answer.status_code, answer.json()["type"]) == (413, "/problems/headers-too-large")
    assert f.events.asked == []


@fronted(body_limit=1_000, upload_limit=5_000)
async def test_bodies_are_limited_by_what_they_are_and_who_sends_them(f: Front) -> None:
    async def status(size: int, kind: str, *, key: bool = True, chunked: bool = False) -> int:
        headers = {"Content-Type": kind} | ({"Authorization": "Bearer ht_ada"} if key else {})

        async def chunks() -> Any:
            for start in range(0, size, 100):
                yield b"x" * min(100, size - start)

        content = chunks() if chunked else b"x" * size
        return (await f.client.post(PATH, content=content, headers=headers)).status_code

    told = [
        await status(1_000, "application/json"),
        await status(1_001, "application/json"),
        await status(1_001, "Application/JSON; charset=utf-8"),
        await status(1_001, "application/json", chunked=True),
        await status(5_000, "application/xml"),
        await status(5_001, "application/xml"),
        await status(5_001, "application/xml", chunked=True),
        await status(1_001, "application/xml", key=False),
        await status(1_001, "application/x-www-form-urlencoded"),
    ]
    assert told == [404, 413, 413, 413, 404, 413, 413, 413, 413]
    assert f.events.bodies == [b"x" * 1_000, b"x" * 5_000]


@fronted()
async def test_a_request_has_arrived_when_its_last_byte_has(f: Front) -> None:
    arrived = asyncio.Event()

    async def parts() -> Any:
        yield b"first "
        await arrived.wait()
        yield b"last"

    asking = asyncio.create_task(f.client.post(PATH, content=parts()))
    await settle()
    assert f.events.asked == []
    last_sent = datetime.now().astimezone()
    arrived.set()
    await asking
    assert f.events.bodies == [b"first last"]
    assert datetime.fromisoformat(f.events.headers()["huitang-received-at"]) >= last_sent
    assert f.events.headers()["content-length"] == "10"


@fronted()
async def test_a_head_is_asked_as_get(f: Front) -> None:
    f.events.answer(PATH, "x" * 100, X_Total="7")
    answer = await f.client.head(PATH)
    assert (answer.status_code, answer.headers["content-length"], answer.headers["x-total"]) == (200, "100", "7")
    assert (answer.content, f.events.asked[-1].method) == (b"", "GET")


@pytest.mark.parametrize("method", ["TRACE", "CONNECT", "PROPFIND", "get"])
@fronted()
async def test_other_methods_are_not_passed_on(f: Front, method: str) -> None:
    sent: list[Message] = []

    async def send(message: Message) -> None:
        sent.append(message)

    async def receive() -> Message:
        return {"type": "http.request", "body": b""}

    scope = {
        "type": "http", "method": method, "path": PATH, "raw_path": PATH.encode(), "query_string": b"", "scheme": "http",
        "headers": [(b"host", b"huitang.test")], "client": ("192.0.2.7", 1), "server": None, "state": {},
    }  # fmt: skip
    await f.gateway(scope, receive, send)
    assert (sent[0]["status"], f.events.asked) == (405, [])


@fronted()
async def test_every_answer_says_what_browsers_may_do_with_it(f: Front) -> None:
    f.events.answer(PATH, "{}", Content_Type="application/json")
    f.events.answer("/zh/events", "<p>", Content_Type="text/html; charset=utf-8")
    f.events.answer("/zh/events/own", "<p>", Content_Type="text/html", Content_Security_Policy="default-src 'self'")
    answers = [await f.client.get(path) for path in (PATH, "/zh/events", "/zh/events/own", "/nothing")]
    assert [answer.headers["x-content-type-options"] for answer in answers] == ["nosniff"] * 4
    assert [answer.headers["referrer-policy"] for answer in answers] == ["same-origin"] * 4
    policies = [answer.headers["content-security-policy"] for answer in answers]
    assert policies[0] == policies[3] == "default-src 'none'; frame-ancestors 'none'"
    assert "script-src 'self'" in policies[1]
    assert policies[2] == "default-src 'self'"
    assert answers[0].headers["cache-control"] == "private, no-cache"


@fronted()
async def test_an_upstream_does_not_speak_for_the_gateway(f: Front) -> None:
    f.events.answer(PATH, "x", X_Request_Id="theirs", Server="secret/1.0", Connection="close", Date="yesterday")
    answer = await f.client.get(PATH)
    assert answer.headers.get_list("x-request-id") != ["theirs"]
    assert [name for name in ("server", "connection", "date") if name in answer.headers] == []


@fronted()
async def test_a_fault_is_a_problem(f: Front) -> None:
    async def fault(request: Request) -> Response:
        raise RuntimeError("secret words")

    f.events.answers[PATH] = fault
    answer = await f.client.get(PATH, headers={"Accept-Language": "en"})
    assert (answer.status_code, answer.json()["type"]) == (500, "/problems/internal-error")
    assert answer.json()["request_id"] == answer.headers["x-request-id"]
    assert "secret" not in answer.text


@fronted()
async def test_a_refusal_of_an_application_is_answered_as_one(f: Front) -> None:
    async def refuse(request: Request) -> Response:
        raise Conflict()

    f.events.answers[PATH] = refuse
    assert (await f.client.get(PATH)).status_code == 409


@fronted()
async def test_an_application_that_fails_after_its_answer_has_answered(f: Front) -> None:
    """As Starlette does: it answers 500, then raises again for the server's log."""

    async def answered(scope: Scope, receive: Receive, send: Send) -> None:
        await Response("told", 500)(scope, receive, send)
        raise RuntimeError

    f.events.answers[PATH] = lambda _: _later(answered)
    answer = await f.client.get(PATH)
    assert (answer.status_code, answer.text) == (500, "told")


async def _later(app: Any) -> Any:
    return app


@fronted()
async def test_streams_pass_part_by_part(f: Front) -> None:
    told: list[bytes] = []
    go_on = asyncio.Event()

    async def parts() -> Any:
        yield b"event: open\n\n"
        await go_on.wait()
        yield b"event: change\n\n"

    async def stream(request: Request) -> Response:
        return StreamingResponse(parts(), media_type="text/event-stream")

    async def send(message: Message) -> None:
        told.append(message.get("body", b""))

    f.events.answers["/api/events/live"] = stream
    scope = {
        "type": "http", "asgi": {"spec_version": "2.3"}, "method": "GET", "path": "/api/events/live", "raw_path": b"/api/events/live",
        "query_string": b"", "scheme": "http", "headers": [(b"host", b"huitang.test")], "client": None, "server": None,
        "state": {}, "http_version": "1.1",
    }  # fmt: skip
    running = asyncio.create_task(f.gateway(scope, asyncio.Event().wait, send))  # type: ignore[arg-type]
    await settle()
    assert told == [b"", b"event: open\n\n"]
    go_on.set()
    await running
    assert told == [b"", b"event: open\n\n", b"event: change\n\n", b""]


@fronted()
async def test_a_stream_ends_when_its_reader_is_gone(f: Front) -> None:
    ended = asyncio.Event()
    gone = asyncio.Event()

    async def parts() -> Any:
        try:
            yield b"event: open\n\n"
            await asyncio.Event().wait()
        finally:
            ended.set()

    async def stream(request: Request) -> Response:
        return StreamingResponse(parts(), media_type="text/event-stream")

    async def receive() -> Message:
        await gone.wait()
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        gone.set()

    f.events.answers["/api/events/live"] = stream
    scope = {
        "type": "http", "asgi": {"spec_version": "2.3"}, "method": "GET", "path": "/api/events/live", "raw_path": b"/api/events/live",
        "query_string": b"", "scheme": "http", "headers": [(b"host", b"huitang.test")], "client": None, "server": None,
        "state": {}, "http_version": "1.1",
    }  # fmt: skip
    await asyncio.wait_for(f.gateway(scope, receive, send), 5)
    assert ended.is_set()
