"""A public programme page: what it costs to build it, and to answer with it, beside a bare application with the same bytes.

Both run in a process of their own under the same server; the gateway's cache is off. Run as a program
(`python -m benchmarks.pages serve …`) this is one of those servers.
"""

import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from time import process_time

import httpx
import psutil
from starlette.types import ASGIApp

from benchmarks.__main__ import Row
from benchmarks.calm import Calm
from benchmarks.gateway import MANY, bare, load, serve
from gateway.app import Gateway, Upstream
from services.events.editions.models import Edition
from services.events.pages import queries
from services.events.pages.asked import Addresses, Asked
from services.events.pages.leaf import Frame, make_pages
from services.events.pages.programme import Programme
from services.events.pages.views import view_page
from services.events.pages.way import Way
from services.events.releases.content import Content, Place, PrintedPerson, PrintedTrack, State, to_json
from services.events.releases.models import Release, ReleasedSession
from services.events.series.models import Series
from services.events.service import service
from shared.bus import LocalBus
from shared.caller import TokenVerifier
from shared.db import Database, SharedBase, utc_now
from shared.files import FileStore
from shared.pages.leaf import render
from shared.pages.render import Site
from shared.service import Runtime, build_app
from shared.settings import Settings
from shared.text import Text, same

SESSIONS, ROUNDS, MOST, BUILDS = 1_000, 9, 60, 9
PATH = "/zh/events/forum/forum-2026"
MADE = datetime(2026, 11, 1, tzinfo=UTC)
BUILD_LIMIT_MS, SHARE_LIMIT = 60.0, 50.0


def programme() -> Iterator[Content]:
    """Yield a thousand sessions of three days in 35 rooms, in both languages, with abstracts and people."""
    rooms = [Place(f"r{n}", Text(f"{n}号会议室", f"Room {n}"), floor=f"{n % 4}F", venue=Text("会议中心", "Conference Centre")) for n in range(35)]  # fmt: skip
    tracks = [PrintedTrack(f"t{n}", f"t{n}", Text(f"专题{n}", f"Track {n}")) for n in range(24)]
    for n in range(SESSIONS):
        names = ((n + k) % 787 for k in range(1 + n % 3))
        yield Content(
            State.CONFIRMED,
            Text(f"量子计算与量子信息前沿进展第{n}讲", f"Frontiers of quantum computing and information, part {n}"),
            abstract=Text("<p>报告介绍最新进展，并讨论产业应用。</p>" * 12, "<p>The talk reviews recent progress in the field.</p>" * 12),
            kind="talk",
            start_local=datetime(2026, 11, 23, 9) + timedelta(days=n * 3 // SESSIONS, minutes=30 * (n // 35 % 18)),
            zone="Asia/Shanghai",
            duration_minutes=25,
            place=rooms[n % 35],
            track=tracks[n % 24],
            people=tuple(PrintedPerson(f"p{k}", "speaker", Text(f"王志远{k}", f"Wang Zhiyuan {k}"), Text("清华大学", "Tsinghua University")) for k in names),
        )  # fmt: skip


def fill(db: Database) -> str:
    """Put one public edition with its released programme into an empty database; return its id."""
    SharedBase.metadata.create_all(db.engine)
    service.metadata.create_all(db.engine)
    with db.transaction() as tx:
        series = Series(slug="forum", name=Text("论坛", "Forum"), kind="forum", owner_id="hq")
        tx.add(series)
        tx.flush()
        edition = Edition(
            slug="forum-2026", series_id=series.id, name=Text("第一届论坛", "First Forum"), owner_id="hq", zone="Asia/Shanghai",
            starts_on=date(2026, 11, 23), ends_on=date(2026, 11, 25), state="published", published_at=MADE,
        )  # fmt: skip
        tx.add(edition)
        tx.flush()
        tx.add(Release(edition_id=edition.id, number=1, kind="release", name=Text(), note=Text(), counts={"added": SESSIONS}, made_by="x", made_at=MADE))  # fmt: skip
        for n, content in enumerate(programme()):
            session_id = f"0198f0c2-0000-7000-8000-{n:012}"
            tx.add(
                ReleasedSession(
                    session_id=session_id, edition_id=edition.id, valid_from=1, state=content.state, changed_at=MADE,
                    starts_at=content.starts_at() or MADE, content=to_json(content),
                )
            )  # fmt: skip
        return edition.id


def events(data: Path) -> ASGIApp:
    """Return the events service with the edition in its database."""
    db = Database("events", f"sqlite:///{data}/events.db")
    fill(db)
    settings = Settings(data=data)
    return build_app(service, Runtime(service, settings, db, LocalBus(), TokenVerifier(data / "none"), FileStore(data)))


def behind_gateway(data: Path) -> ASGIApp:
    """Return the events service behind a gateway with production settings but without a cache."""
    settings = Settings(data=data, cache_bytes=0, rate_address=MANY, rate_caller=MANY)
    return Gateway(settings, {"events": Upstream("events", events(data), ("/events",))}, LocalBus(), utc_now)


def build() -> tuple[float, float]:
    """Return the CPU time, in milliseconds, of loading a release and of building its page of a day, each the median."""
    with tempfile.TemporaryDirectory() as data:
        db = Database("events", f"sqlite:///{data}/events.db")
        edition_id = fill(db)
        pages, loads, builds = make_pages(Site(same("Huitang"), "https://huitang.example")), [], []
        for _ in range(BUILDS):
            with db.reading() as tx:
                began = process_time()
                known = queries.load(tx, edition_id, MADE)
                loads.append(process_time() - began)
            fresh = Programme(known.programme.sessions)
            began = process_time()
            frame = Frame(known.edition, Addresses("zh", known.edition.card.path))
            render(pages, view_page(Way(frame, fresh, MADE), Asked()))
            builds.append(process_time() - began)
        db.close()
    return median(loads) * 1e3, median(builds) * 1e3


@contextmanager
def server(kind: str, *arguments: str) -> Iterator[tuple[str, psutil.Process]]:
    """Run one of the servers; yield its address and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with tempfile.TemporaryFile() as log:
        command = [sys.executable, "-m", "benchmarks.pages", "serve", str(port), kind, *arguments]
        running = subprocess.Popen(command, stdout=log, stderr=log)
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(url)
            yield url, psutil.Process(running.pid)
        finally:
            running.terminate()
            running.wait()


def wait_for(url: str) -> None:
    """Wait until the page is answered."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            httpx.get(url + PATH).raise_for_status()
            return
        except httpx.TransportError:
            time.sleep(0.05)
    raise TimeoutError(url)


def cpu_per_request(url: str, process: psutil.Process) -> float:
    """Load the server for a while; return the CPU time of one request in microseconds."""
    before = process.cpu_times()
    requests = load(url + PATH, {})
    after = process.cpu_times()
    return (after.user + after.system - before.user - before.system) / requests * 1e6


def compare() -> tuple[float, float, str]:
    """Return what the service alone, and what it does through the gateway, is of a bare application; and how that was taken.

    In per cent of the CPU time of one page, in turns; the median of the rounds counts.
    """
    with server("service") as one, server("gateway") as two, server("bare", one[0]) as three:
        rounds, said = Calm(2).rounds(lambda: [cpu_per_request(*each) for each in (one, two, three)], ROUNDS, MOST)
    alone, through = (median(each[2] / each[place] for each in rounds) * 100 for place in (0, 1))
    peer = f"bare ASGI: {median(each[2] for each in rounds):.0f} µs"
    return alone, through, f"{peer}; {said}" if said else peer


def measure() -> list[Row]:
    """Return the rows; the limits are of the events service's design."""
    loaded, built = build()
    alone, through, peer = compare()
    return [
        _row("page: built, a day of 1,000 sessions", built, "ms CPU", f"≤ {BUILD_LIMIT_MS:g}", "", built <= BUILD_LIMIT_MS),
        _row("page: 1,000 released sessions loaded, once a release", loaded, "ms CPU", "", "", None),
        _row("page: answered by the service", alone, "% of bare", f"≥ {SHARE_LIMIT:g}", peer, alone >= SHARE_LIMIT),
        _row("page: through the gateway, its cache off", through, "% of bare", f"≥ {SHARE_LIMIT:g}", peer, through >= SHARE_LIMIT),
    ]  # fmt: skip


def _row(name: str, value: float, unit: str, limit: str, peer: str, holds: bool | None) -> Row:
    return {"name": name, "value": value, "unit": unit, "limit": limit, "peer": peer, "holds": holds}


def main(arguments: list[str]) -> None:
    """Serve: a port, `service`, `gateway` or `bare`, and whom that imitates."""
    port, kind, *front = arguments
    if kind == "bare":
        serve(bare(httpx.get(front[0] + PATH, headers={"Accept-Encoding": "identity"})), int(port), lifespan=False)
        return
    with tempfile.TemporaryDirectory() as data:
        made = (behind_gateway if kind == "gateway" else events)(Path(data))
        serve(made, int(port), lifespan=False)


if __name__ == "__main__":
    main(sys.argv[2:])
