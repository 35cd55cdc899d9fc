"""The access log: one line for each request, nobody's secrets, nobody's forged lines."""

import asyncio
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from gateway.access import AccessLog, Answered
from gateway.cache import Cache
from gateway.metrics import Metrics
from gateway.record import Record
from tests.gateway.front import Front, front, fronted

AT = datetime(2026, 11, 22, 10, 0, 0, 250_000, UTC).timestamp()


def answered(**other: object) -> Answered:
    """Return a request that was answered."""
    given = Answered(AT, "r1", "GET", "/zh/events", 200, 0.00125, "events", "ada", "192.0.2.7", "hit")
    return given._replace(**other)  # type: ignore[arg-type]


def logged(*requests: Answered, as_json: bool = True) -> list[str]:
    """Return the lines of requests."""
    stream = io.StringIO()
    AccessLog(stream, json=as_json).write(requests)
    return stream.getvalue().splitlines()


def test_a_line_tells_all_that_is_asked_of_it() -> None:
    (line,) = logged(answered())
    assert json.loads(line) == {
        "event": "request",
        "request_id": "r1",
        "method": "GET",
        "path": "/zh/events",
        "status": 200,
        "ms": 1.25,
        "upstream": "events",
        "account": "ada",
        "address": "192.0.2.7",
        "cache": "hit",
        "level": "info",
        "timestamp": "2026-11-22T10:00:00.250Z",
    }


def test_a_line_for_people_is_short() -> None:
    assert logged(answered(), answered(account="", cached=""), as_json=False) == [
        "2026-11-22T10:00:00.250Z GET /zh/events 200 1.2 ms ada hit r1",
        "2026-11-22T10:00:00.250Z GET /zh/events 200 1.2 ms 192.0.2.7  r1",
    ]


TOKEN = "Zm9yIHlvdXIgZXllcyBvbmx5LCBub3QgZm9yIGxvZ3M"
UUID = "0198f0c2-1111-7222-8333-444455556666"


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        (f"/calendars/personal/{TOKEN}.ics", "/calendars/personal/Zm9yIH….ics"),
        (f"/zh/sign-in/{TOKEN}/next", "/zh/sign-in/Zm9yIH…/next"),
        (f"/api/events/editions/{UUID}/sessions/{UUID}", f"/api/events/editions/{UUID}/sessions/{UUID}"),
        ("/zh/events/世界青年科学家峰会", "/zh/events/世界青年科学家峰会"),
    ],
)
def test_secrets_in_a_path_are_cut(path: str, shown: str) -> None:
    assert json.loads(logged(answered(path=path))[0])["path"] == shown


@pytest.mark.parametrize("as_json", [True, False])
def test_nobody_writes_lines_of_their_own(as_json: bool) -> None:
    path = '/x\n{"event": "request", "status": 200}\x1b[31m", "status": 1'
    lines = logged(answered(path=path, method='G"ET', address="x\ny", account=""), as_json=as_json)
    assert len(lines) == 1
    assert "\x1b" not in lines[0]
    if as_json:
        told = json.loads(lines[0])
        assert (told["path"], told["method"], told["status"], told["address"]) == (path, 'G"ET', 200, "x\ny")


@fronted()
async def test_queries_are_not_logged(f: Front) -> None:
    stream = io.StringIO()
    f.gateway.record._log = AccessLog(stream, json=True)
    answer = await f.client.get("/zh/events?token=secret", headers={"Authorization": "Bearer ht_ada"})
    await f.client.get("/nothing")
    f.gateway.record.flush()
    first, second = map(json.loads, stream.getvalue().splitlines())
    assert (first["path"], first["account"], first["upstream"]) == ("/zh/events", "ada", "events")
    assert first["request_id"] == answer.headers["x-request-id"]
    assert (second["status"], second["account"], second["upstream"]) == (404, "", "gateway")
    assert "secret" not in stream.getvalue()


@pytest.mark.parametrize(("level", "lines"), [("INFO", 1), ("debug", 1), ("WARNING", 0), ("ERROR", 0)])
def test_requests_are_logged_at_their_level(
    level: str, lines: int, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    async def run() -> None:
        async with front(tmp_path, log_level=level) as f:
            await f.client.get("/nothing")

    asyncio.run(run())
    assert capfd.readouterr().err.count('"path": "/nothing"') == lines


def test_lines_are_written_together_and_soon() -> None:
    async def run() -> tuple[str, str, str]:
        stream = io.StringIO()
        record = Record(Metrics(Cache(0)), AccessLog(stream, json=True))
        record._waiting = [answered()] * 499
        before = stream.getvalue()
        record.take(answered())
        full = stream.getvalue()
        record.take(answered(path="/late"))
        await asyncio.sleep(0.1)
        return before, full, stream.getvalue()

    before, full, late = asyncio.run(run())
    assert (before, full.count("\n"), late.count("\n"), "/late" in late) == ("", 500, 501, True)
