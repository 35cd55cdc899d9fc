"""Work that goes on while an operator does something: editions with released programmes, and dates set one after the other."""

import json
import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

import httpx

from huitang.sample.programme import programme_of
from tests.world import wait_until

ADDRESS = {"HUITANG_PUBLIC_URL": "https://huitang.example"}
"""With an address of its own, what is served does not name the port of the process."""


STILL = ("/calendars/editions/kept-still.ics", "/calendars/editions/kept-still.ics?lang=en")


@contextmanager
def working(*work: Callable[[threading.Event], None]) -> Iterator[None]:
    """Let threads work, each until it is told to stop, for the time of the block."""
    stop = threading.Event()
    threads = [threading.Thread(target=each, args=(stop,)) for each in work]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def release(client: httpx.Client, edition: str) -> None:
    """Make an edition with a released programme."""
    path = f"/api/events/editions/{edition}"
    query = {"edition": edition, "create": "true"}
    programme = json.dumps(programme_of("storage_forum", date(2027, 5, 1)))
    client.post("/api/events/imports", params=query, content=programme).raise_for_status()
    version = client.get(path).json()["version"]
    client.post(f"{path}/publish", headers={"If-Match": f'"v{version}"'}).raise_for_status()
    client.post(f"{path}/releases", json={}).raise_for_status()
    wait_until(lambda: len(entries(client, edition)) >= 11, seconds=120)


def entries(client: httpx.Client, edition: str) -> list[bytes]:
    """Return the entries of an edition's feed as they are written there; none while there is no such feed."""
    return client.get(f"/calendars/editions/{edition}.ics").content.split(b"BEGIN:VEVENT\r\n")[1:]


def write(
    make_client: Callable[[], httpx.Client], number: int, acknowledged: list[str]
) -> Callable[[threading.Event], None]:
    """Return what gives the edition `written-to` one key date after the other, noting those that were acknowledged."""

    def run(stop: threading.Event) -> None:
        with make_client() as client:
            for turn in range(1_000):
                if stop.is_set():
                    return
                title = f"Date {number}-{turn}"
                body = {"kind": "other", "title": {"zh": f"日期{number}之{turn}", "en": title}, "on": "2027-04-01"}
                client.post("/api/events/editions/written-to/key-dates", json=body).raise_for_status()
                acknowledged.append(title)

    return run


def assert_restored(
    client: httpx.Client, still: list[bytes], written: list[bytes], before: list[str], key: str
) -> None:
    """Hold what was restored against what feeds were, and what was acknowledged before; `key` still opens its account."""
    assert [client.get(path).content for path in STILL] == still
    found = entries(client, "written-to")
    assert set(found) <= set(written), "every entry is as it was, to the byte"
    dates = re.findall(r"SUMMARY:.*?日期(\d+)之(\d+)", b"".join(found).replace(b"\r\n ", b"").decode())
    assert {f"Date {number}-{turn}" for number, turn in dates} >= set(before), "all that was acknowledged before it"
    assert client.get("/api/directory/me", headers={"Authorization": f"Bearer {key}"}).status_code == 200
