"""A cached feed through the gateway beside a bare ASGI application that sends the same bytes: CPU time of the server.

Both run in a process of their own under the same server, with everything the gateway does in production switched on. Run
as a program (`python -m benchmarks.gateway serve …`) this is one of those servers.
"""

import asyncio
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from statistics import median

import httpx
import psutil
import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from benchmarks.__main__ import Row
from benchmarks.calm import Calm
from benchmarks.feeds import answer, entry
from gateway.app import Gateway, Upstream
from gateway.protocol import GuardedProtocol
from services.calendar.entries.fragment import fragment_of
from shared.bus import LocalBus
from shared.conditional import etag_of
from shared.db import utc_now
from shared.settings import Settings

ROUNDS, MOST = 5, 60
SECONDS = 1.0
CONNECTIONS = 16
PATH = "/calendars/all.ics"
BASE_URL = "https://huitang.example"
MANY = "1000000000/minute"


def feed(entries: int) -> bytes:
    """Return a real feed."""
    return answer([fragment_of(entry(number), "both", base_url=BASE_URL) for number in range(entries)])[0].content


def behind_gateway(content: bytes, data: Path) -> ASGIApp:
    """Return a gateway with production settings before a calendar that answers with `content`."""
    headers = {
        "Content-Type": "text/calendar; charset=utf-8",
        "Cache-Control": "public, max-age=300",
        "Cache-Tag": "feed:all",
        "ETag": etag_of(content),
        "Last-Modified": "Tue, 01 Sep 2026 00:00:00 GMT",
    }

    async def calendar(scope: Scope, receive: Receive, send: Send) -> None:
        await Response(content, headers=headers)(scope, receive, send)

    settings = Settings(data=data, rate_address=MANY, rate_caller=MANY)
    return Gateway(settings, {"calendar": Upstream("calendar", calendar, ("/calendars",))}, LocalBus(), utc_now)


def bare(example: httpx.Response) -> ASGIApp:
    """Return an application that sends an answer's own bytes and does nothing else."""
    head = [(name, value) for name, value in example.headers.raw if name.lower() != b"date"]
    start = {"type": "http.response.start", "status": example.status_code, "headers": head}
    body = {"type": "http.response.body", "body": example.content}

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await send(start)
            await send(body)

    return app


def serve(app: ASGIApp, port: int, *, lifespan: bool) -> None:
    """Serve an application as the house is served."""
    uvicorn.run(
        app, port=port, loop="uvloop", http=GuardedProtocol, lifespan="on" if lifespan else "off", access_log=False,
        log_level="warning", server_header=False,
    )  # fmt: skip


@contextmanager
def server(*arguments: str) -> Iterator[tuple[str, psutil.Process]]:
    """Run one of the servers; yield its address and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, "-m", "benchmarks.gateway", "serve", str(port), *arguments]
        running = subprocess.Popen(command, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url)
            yield url, psutil.Process(running.pid)
        finally:
            running.terminate()
            running.wait()


def wait_for(url: str) -> None:
    """Wait until something answers."""
    until = time.monotonic() + 20
    while time.monotonic() < until:
        try:
            httpx.get(url + PATH)
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError(url)


def cpu_per_request(url: str, process: psutil.Process, headers: Mapping[str, str]) -> float:
    """Load the server for a while; return the CPU time of one request in microseconds."""
    before = process.cpu_times()
    requests = load(url + PATH, headers)
    after = process.cpu_times()
    return (after.user + after.system - before.user - before.system) / requests * 1e6


def load(url: str, headers: Mapping[str, str]) -> int:
    """Send requests for a while and return how many were answered; with wrk where that is installed."""
    if wrk := shutil.which("wrk"):
        extra = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
        command = [wrk, "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS:g}s", *extra, url]
        told = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        match = re.search(r"(\d+) requests in", told)
        assert match
        assert "Non-2xx" not in told, told
        return int(match[1])
    return asyncio.run(_load(httpx.URL(url), headers))


async def _load(url: httpx.URL, headers: Mapping[str, str]) -> int:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    request = f"GET {url.path} HTTP/1.1\r\nHost: {url.netloc.decode()}\r\n{lines}\r\n".encode()
    until = time.monotonic() + SECONDS
    counts = await asyncio.gather(*(_client(url, request, until) for _ in range(CONNECTIONS)))
    return sum(counts)


async def _client(url: httpx.URL, request: bytes, until: float) -> int:
    reader, writer = await asyncio.open_connection(url.host, url.port)
    count = 0
    while time.monotonic() < until:
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head)
        await reader.readexactly(int(length[1]) if length else 0)
        count += 1
    writer.close()
    return count


def compare(entries: int, *, conditional: bool) -> tuple[float, float, float, str]:
    """Return the CPU time of one request, in microseconds, through the gateway and bare, their ratio, and of what rounds."""
    arguments = (str(entries), "conditional" if conditional else "plain")
    with server("gateway", *arguments) as (front, gateway), server("bare", *arguments, front) as (plain, alone):
        headers = _condition(front) if conditional else {}

        def both() -> tuple[float, float]:
            return cpu_per_request(front, gateway, headers), cpu_per_request(plain, alone, headers)

        rounds, said = Calm(2).rounds(both, ROUNDS, MOST)
    through, beside = (median(each) for each in zip(*rounds, strict=True))
    return through, beside, median(theirs / ours for ours, theirs in rounds), said


def _condition(url: str) -> dict[str, str]:
    return {"If-None-Match": httpx.get(url + PATH, headers={"Accept-Encoding": "identity"}).headers["etag"]}


def measure() -> list[Row]:
    """Return the rows; the limits are of the calendar's design, for an edition's feed of 780 entries."""
    rows: list[Row] = []
    cases: tuple[tuple[str, int, bool, int | None], ...] = (
        ("304", 780, True, 45),
        ("200, feed of 780 entries", 780, False, 80),
        ("200, feed of 30 entries", 30, False, None),
    )
    for name, entries, conditional, limit in cases:
        through, beside, share, said = compare(entries, conditional=conditional)
        peer = f"bare: {beside:.0f} µs{said and '; '}{said}"
        rows.append(_row(f"gateway: cached {name}", share * 100, "% of bare", limit, peer))
        rows.append(_row(f"gateway: cached {name}", through, "µs CPU", None, ""))
    return rows


def _row(name: str, value: float, unit: str, limit: int | None, peer: str) -> Row:
    holds = value >= limit if limit else None
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "limit": f"≥ {limit}" if limit else "",
        "peer": peer,
        "holds": holds,
    }


def main(arguments: list[str]) -> None:
    """Serve: a port, `gateway` or `bare`, the number of entries, whether 304 is asked, and whom to imitate."""
    port, kind, entries, asked, *front = arguments
    if kind == "gateway":
        with tempfile.TemporaryDirectory() as data:
            serve(behind_gateway(feed(int(entries)), Path(data)), int(port), lifespan=True)
        return
    headers = {"Accept-Encoding": "identity"} | (_condition(front[0]) if asked == "conditional" else {})
    serve(bare(httpx.get(front[0] + PATH, headers=headers)), int(port), lifespan=False)


if __name__ == "__main__":
    main(sys.argv[2:])
