"""Two of each service and two gateways, on one broker and one database server: they are one system to whoever asks."""

import json
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from random import Random
from typing import Any

import httpx
import pytest

from tests.faults import checks
from tests.faults.moments import await_moment
from tests.faults.probes import mark
from tests.faults.rig import NAMES, REPLICAS, Installation, wait_until
from tests.faults.settling import settle

pytestmark = [pytest.mark.kafka, pytest.mark.postgres]

GATEWAYS = tuple(f"gateway-{n}" for n in REPLICAS)
OTHER = {"gateway-1": "gateway-2", "gateway-2": "gateway-1"}
EVENTS, DIRECTORY = "/api/events", "/api/directory"


@pytest.fixture(autouse=True)
def ready(installation: Installation) -> None:
    """Begin with every part there, whatever the test before has broken."""
    installation.wait_ready()


def root_of(client: httpx.Client) -> str:
    """Return the id of the root organisation."""
    found = client.get(f"{DIRECTORY}/organisations", params={"limit": 1}).raise_for_status().json()
    return str(found["items"][0]["id"])


def make_edition(client: httpx.Client, slug: str, *, public: bool) -> str:
    """Make an edition of a series of its own; return the address of its API."""
    root, words = root_of(client), {"zh": slug, "en": slug}
    body: dict[str, Any] = {"slug": slug, "name": words, "kind": "forum", "owner_id": root}
    series = client.post(f"{EVENTS}/series", json=body).raise_for_status().json()["id"]
    body = {"series_id": series, "slug": slug, "name": words, "starts_on": "2031-05-02", "ends_on": "2031-05-03"}
    made = client.post(f"{EVENTS}/editions", json=body).raise_for_status()
    path = f"{EVENTS}/editions/{made.json()['id']}"
    for step in ("open", "publish") if public else ():
        made = client.post(f"{path}/{step}", headers={"If-Match": made.headers["ETag"]}).raise_for_status()
    return path


def add_date(client: httpx.Client, edition: str, title: str) -> str:
    """Add a key date to an edition; return its id."""
    body = {"kind": "other", "title": {"zh": title, "en": title}, "on": "2031-04-01"}
    return str(client.post(f"{edition}/key-dates", json=body).raise_for_status().json()["id"])


@pytest.mark.parametrize("seen_at", GATEWAYS)
def test_a_live_view_is_told_of_what_was_changed_through_the_other_gateway(
    installation: Installation, seen_at: str
) -> None:
    with installation.client(OTHER[seen_at]) as writer, installation.client(seen_at) as viewer:
        edition = make_edition(writer, f"seen-at-{seen_at}", public=False)
        with viewer.stream("GET", f"{EVENTS}/live", params={"topic": f"edition:{edition[-36:]}"}) as view:
            lines = view.iter_lines()
            assert [next(lines), next(lines)] == ["event: open", "data: {}"]
            made = writer.post(f"{edition}/tracks", json={"name": {"zh": "分会场", "en": "Track"}}).raise_for_status()
            assert "event: change" in lines  # reads on until there is one
            assert json.loads(next(lines).removeprefix("data: "))["subject"] == made.json()["id"]


def shows(client: httpx.Client, feed: str, word: str) -> None:
    """Wait until a feed shows a word."""
    wait_until(lambda: word in client.get(feed).text, 30, f"{word} is shown")


def is_kept(client: httpx.Client, feed: str) -> None:
    """Wait until a gateway answers with a feed from what it keeps."""
    before = kept(client)
    wait_until(lambda: client.get(feed).is_success and kept(client) > before, 30, "it is kept")


def kept(client: httpx.Client) -> float:
    """Return how often a gateway has answered from what it keeps."""
    lines = client.get("/metrics").raise_for_status().text.splitlines()
    return sum(float(line.rpartition(" ")[2]) for line in lines if line.startswith('huitang_cache_total{was="hit"}'))


def test_a_kept_feed_is_fresh_at_both_gateways_after_one_change(installation: Installation) -> None:
    with installation.client() as writer:
        edition = make_edition(writer, "kept-twice", public=True)
        settle(installation)
        readers = [installation.client(gateway, headers={}) for gateway in GATEWAYS]
        feed = "/calendars/editions/kept-twice.ics"
        for reader in readers:
            is_kept(reader, feed)
        for turn, gateway in enumerate((*GATEWAYS, *GATEWAYS)):
            with installation.client(gateway) as changing:
                add_date(changing, edition, f"turn-{turn}")
            for reader in readers:
                shows(reader, feed, f"turn-{turn}")
                is_kept(reader, feed)
        with installation.client("calendar-1", headers={}) as calendar:
            made = calendar.get(feed).content
        assert [reader.get(feed).content for reader in readers] == [made, made]
        for reader in readers:
            reader.close()


def sign_in(installation: Installation, client: httpx.Client, gateway: str) -> dict[str, str]:
    """Make an account, and sign a browser of its in; return what the browser sends."""
    email = f"somebody@{gateway}.example"
    body = {"name": {"en": "Somebody"}, "organisation_id": root_of(client), "email": email}
    account = client.post(f"{DIRECTORY}/accounts", json=body).raise_for_status().json()["id"]
    link = client.post(f"{DIRECTORY}/links", json={"account_id": account}).raise_for_status().json()["url"]
    form = {"password": "not the best of all passwords"}
    with installation.client(gateway, headers={}) as browser:
        signed = browser.post(httpx.URL(link).path, data=form)
    assert signed.status_code == 303, signed.text
    return {"Cookie": f"huitang_session={signed.cookies['huitang_session']}"}


def make_key(installation: Installation, client: httpx.Client, gateway: str) -> dict[str, str]:
    """Make an API key; return what a script sends."""
    made = client.post(f"{DIRECTORY}/me/keys", json={"name": gateway, "scope": "write"}).raise_for_status()
    return {"Authorization": f"Bearer {made.json()['key']}"}


@pytest.mark.parametrize("ended_at", GATEWAYS)
@pytest.mark.parametrize("make", [sign_in, make_key])
def test_a_credential_that_ends_at_one_gateway_is_refused_at_both(
    installation: Installation, ended_at: str, make: Callable[[Installation, httpx.Client, str], dict[str, str]]
) -> None:
    with installation.client(ended_at) as client:
        sent = make(installation, client, ended_at)
        holders = [installation.client(gateway, headers=sent) for gateway in GATEWAYS]
        me = f"{DIRECTORY}/me"
        for holder in holders:
            assert holder.get(me).status_code == 200
        kind, own = ("sessions", holders[0]) if "Cookie" in sent else ("keys", client)
        found = own.get(f"{me}/{kind}").raise_for_status().json()
        id_ = next(each["id"] for each in found if each.get("current") or each.get("name") == ended_at)
        ending = holders[GATEWAYS.index(ended_at)]
        origin = {"Origin": installation.url(ended_at)}
        ending.delete(f"{me}/{kind}/{id_}", headers=origin).raise_for_status()
        until = time.monotonic() + 30  # a busy machine proves nothing about time
        while (answers := [holder.get(me).status_code for holder in holders]) != [401, 401]:
            assert time.monotonic() < until, answers
        for holder in holders:
            holder.close()


@contextmanager
def load(installation: Installation, edition: str, word: str) -> Iterator[Counter[str]]:
    """Add key dates through both gateways for the time of a block; yields how many were acknowledged at each."""
    over, acknowledged = threading.Event(), Counter[str]()

    def write(gateway: str) -> None:
        with installation.client(gateway) as client:
            for number in range(10_000):
                if over.wait(0.02):
                    return
                body = {"kind": "other", "title": {"en": f"{word}-{gateway}-{number}"}, "on": "2031-04-01"}
                for _ in range(1_000):
                    try:
                        key = {"Idempotency-Key": f"{word}-{gateway}-{number}"}
                        client.post(f"{edition}/key-dates", json=body, headers=key).raise_for_status()
                        break
                    except httpx.HTTPError:
                        time.sleep(0.1)
                acknowledged[gateway] += 1

    writers = [threading.Thread(target=write, args=(gateway,)) for gateway in GATEWAYS]
    for writer in writers:
        writer.start()
    try:
        yield acknowledged
    finally:
        over.set()
        for writer in writers:
            writer.join()


def test_two_relays_publish_each_row_once_and_go_on_for_each_other(installation: Installation) -> None:
    with installation.client() as client:
        edition = make_edition(client, "relayed-twice", public=True)
    settle(installation)
    since = mark(installation)
    with load(installation, edition, "whole") as acknowledged:
        wait_until(lambda: all(acknowledged[gateway] >= 20 for gateway in GATEWAYS), 60, "both gateways are written to")
    settle(installation)
    for service in ("events", "calendar"):
        told = [t.message.id for t in checks.outbox(installation, service) if t.number > since.told[service]]
        published = [t.message.id for t in checks.topic(installation, service) if t.number > since.told[service]]
        assert len(told) >= 10
        assert Counter(published) == Counter(told), "each once"

    with load(installation, edition, "killed") as acknowledged:
        wait_until(lambda: sum(acknowledged.values()) >= 5, 60, "they are written to")
        holder = await_moment(installation, "relay", Random(1))
        installation.kill(holder.part)
        before = dict(acknowledged)
        wait_until(lambda: all(acknowledged[g] >= before[g] + 5 for g in GATEWAYS), 60, "both go on")
    assert holder.in_transaction
    installation.wait_ready()
    settle(installation)
    for service in NAMES:
        checks.check_published(installation, service)
        checks.check_handled_once(installation, service, since)
    checks.check_entries(installation, since)


def test_a_poisoned_message_is_parked_and_named_while_others_go_on_and_handled_once_mended(
    installation: Installation,
) -> None:
    settle(installation)
    since = mark(installation)
    with installation.client() as client:
        edition = make_edition(client, "poisoned", public=True)
        with closing(installation.database("calendar")) as calendar:
            calendar.execute(
                "ALTER TABLE entries ADD CONSTRAINT unlucky CHECK (title_en NOT LIKE '%unlucky%') NOT VALID"
            )
            unlucky = add_date(client, edition, "unlucky")
            lucky = {f"key-date-{add_date(client, edition, f'lucky-{number}')}" for number in range(20)}
            settle(installation)  # as far as it can: what is parked is under way no more
            known = "SELECT entry_id FROM entries WHERE entry_id LIKE 'key-date-%'"
            found = {entry_id for (entry_id,) in installation.rows("calendar", known)}
            assert (lucky <= found, f"key-date-{unlucky}" in found) == (True, False)
            (attempt,) = installation.rows("calendar", "SELECT message_id, reaction, failures FROM attempts")
            assert attempt[1:] == ("entries.on_date_set", 5)
            named = [{"message_id": attempt[0], "reaction": attempt[1]}]
            for gateway in GATEWAYS:
                with installation.client(gateway) as asking:
                    ready = asking.get("/health/ready")
                services = ready.json()["services"]
                assert {name: each["parked_messages"] for name, each in services.items()} == {
                    "directory": [], "events": [], "awards": [], "calendar": named,
                }  # fmt: skip
            assert [each["handled"] for each in installation.ask("parked", "retry").json] == [False]
            calendar.execute("ALTER TABLE entries DROP CONSTRAINT unlucky")
        assert [each["handled"] for each in installation.ask("parked", "retry", attempt[0]).json] == [True]
    settle(installation)
    checks.check_nothing_waits(installation)
    checks.check_entries(installation, since)


def test_while_the_database_is_down_nothing_is_parked_nor_counted(installation: Installation) -> None:
    settle(installation)
    since = mark(installation)
    tried = installation.log.stat().st_size
    with installation.client() as client:
        edition = make_edition(client, "database-down", public=True)
        settle(installation)
        with installation.frozen("calendar-1"), installation.frozen("calendar-2"):
            for number in range(5):
                add_date(client, edition, f"heard-without-a-database-{number}")
            wait_until(lambda: installation.health("events-1").get("unsent") == 0, 30, "all is published")
            installation.kill("database")

    def failures() -> int:
        with installation.log.open("rb") as log:
            log.seek(tried)
            return sum(b"subscription_failed" in line and b'"calendar"' in line for line in log)

    wait_until(lambda: failures() >= 8, 60, "the calendar has tried more often than a message may fail")
    installation.restart("database")
    installation.wait_ready()
    settle(installation)
    checks.check_nothing_waits(installation)
    checks.check_handled_once(installation, "calendar", since)
    assert checks.check_entries(installation, since) >= 6
