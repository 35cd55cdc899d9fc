"""What must hold of an installation that has settled. Every check raises `AssertionError` with what does not hold.

Outboxes, inboxes and the audit are read in the databases, the log of each service in its topic, feeds at the gateways.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import httpx

from huitang.house import SERVICES
from shared.kafka import KafkaBus
from shared.message import Message
from shared.messages.dates import DateEntry, DateSet
from shared.messages.directory import OrganisationOpened, OrganisationRenamed
from tests.faults.probes import Mark, effects, versions
from tests.faults.rig import NAMES, REPLICAS, Installation

REACTIONS = {service.name: service.all_reactions() for service in SERVICES}


@dataclass(frozen=True)
class Told:
    """A row of an outbox: its number, and its message."""

    number: int
    message: Message


def outbox(installation: Installation, service: str) -> list[Told]:
    """Return everything that a service has told, in order of its numbers; fails where a row has none."""
    rows = installation.rows(service, "SELECT number, message FROM outbox ORDER BY number")
    assert [number for number, _ in rows] == list(range(1, len(rows) + 1)), f"numbers of {service}"
    return [Told(number, Message.model_validate_json(message)) for number, message in rows]


def topic(installation: Installation, service: str) -> list[Told]:
    """Return everything that lies in the topic of a service, in the order of reading, repeats too."""
    with closing(KafkaBus(installation.kafka.brokers, [])) as bus:
        return [Told(each.number, each.message) for batch in bus.replay(service) for each in batch]


def check_published(installation: Installation, service: str) -> int:
    """Hold the topic of a service against its outbox: all of it, in order for each subject; return how many repeats."""
    told, published = outbox(installation, service), topic(installation, service)
    assert {(t.number, t.message.id) for t in published} == {(t.number, t.message.id) for t in told}
    seen, last = set[int](), dict[str, int]()
    for each in published:
        if each.number not in seen:  # what comes again comes behind what came first
            seen.add(each.number)
            assert last.get(each.message.subject, 0) < each.number, f"{each.message.subject} out of order"
            last[each.message.subject] = each.number
    kept = installation.rows(service, "SELECT number FROM positions WHERE source = 'relay'")
    assert kept == ([(len(told),)] if told else []), "what is kept as published"
    return len(published) - len(told)


def check_sealed(installation: Installation, service: str) -> int:
    """Hold every deed against the chain of the audit; return how many there are."""
    with installation.client() as client:
        chain = client.get(f"/api/{service}/audit/chain").raise_for_status().json()
    (rows,) = installation.rows(service, "SELECT count(*), count(number) FROM audit")
    assert chain["broken_at"] is None
    assert rows == (chain["length"], chain["length"]), f"sealed deeds of {service}"
    return int(chain["length"])


def check_nothing_waits(installation: Installation) -> int:
    """Hold that nothing is parked, nor was tried in vain without an end, and no job has failed: none of them."""
    for service in NAMES:
        assert installation.rows(service, "SELECT * FROM attempts") == []
        assert installation.rows(service, "SELECT kind, error FROM jobs WHERE state = 'failed'") == []
    return 0


def check_handled_once(installation: Installation, service: str, since: Mark) -> int:
    """Hold the inbox of a service against what others told: each fact once for each reaction that hears it.

    What of one subject a reaction handled since then, it handled in order. Returns how many there were.
    """
    told = {t.message.id: t for source in NAMES for t in outbox(installation, source)}
    expected = {
        (id_, reaction.name)
        for id_, t in told.items()
        for reaction in REACTIONS[service]
        if reaction.matches(t.message)
    }
    inbox = installation.rows(service, "SELECT message_id, reaction FROM inbox")
    assert Counter(inbox) == Counter(expected)
    last: dict[tuple[str, str, str], int] = {}
    handled = effects(installation, service, "inbox", since)
    for id_, reaction in handled:
        message, number = told[id_].message, told[id_].number
        key = (reaction, message.source, message.subject)
        assert last.get(key, 0) < number, f"{reaction} of {message.subject} out of order, or twice"
        last[key] = number
    return len(handled)


def check_entries(installation: Installation, since: Mark) -> int:
    """Hold the calendar's entries against the dates that were told: each told date once, in order; return how many entries."""
    entries: dict[str, list[DateEntry]] = defaultdict(list)
    expected: dict[str, list[str]] = defaultdict(list)
    for each in outbox(installation, "events"):
        fact = each.message.fact()
        if isinstance(fact, DateSet):
            entries[fact.entry_id].append(fact.entry)
            if each.number > since.told["events"]:
                expected[fact.entry_id].append(f"{fact.entry.version}.{fact.entry.sequence}")
    hold_equal(versions(effects(installation, "calendar", "entries", since)), expected, "effects on entries")
    for entry_id, told in entries.items():
        assert [e.version for e in told] == list(range(1, len(told) + 1)), f"versions of {entry_id}"
        steps = {after.sequence - before.sequence for before, after in pairwise(told)}
        assert (told[0].sequence, steps <= {0, 1}) == (0, True), f"sequences of {entry_id}"
    shown = dict(installation.rows("calendar", "SELECT entry_id, told FROM entries"))
    last = {entry_id: told[-1].model_dump(mode="json") for entry_id, told in entries.items()}
    hold_equal({entry_id: json.loads(told) for entry_id, told in shown.items()}, last, "entries")
    return len(entries)


def hold_equal(found: Mapping[str, Any], expected: Mapping[str, Any], what: str) -> None:
    """Raise `AssertionError` with the first few that differ, as found and as expected."""
    differ = [key for key in sorted({*found, *expected}) if found.get(key) != expected.get(key)]
    told = "; ".join(f"{key}: {found.get(key)} instead of {expected.get(key)}" for key in differ[:3])
    assert not differ, f"{len(differ)} {what} differ: {told}"


def check_tree(installation: Installation, since: Mark) -> int:
    """Hold every service's tree against what the directory told: each version once, in order; return how many there are."""
    expected: dict[str, list[str]] = defaultdict(list)
    last: dict[str, tuple[str, str, int]] = {}
    for each in outbox(installation, "directory"):
        fact = each.message.fact()
        if isinstance(fact, OrganisationOpened | OrganisationRenamed):
            state = fact.organisation
            last[state.organisation_id] = (state.name.zh, state.name.en, state.version)
            if each.number > since.told["directory"]:
                expected[state.organisation_id].append(str(state.version))
    for service in NAMES:
        hold_equal(
            versions(effects(installation, service, "tree", since)), expected, f"effects on the tree of {service}"
        )
        rows = installation.rows(service, "SELECT id, name_zh, name_en, version FROM tree")
        assert {id_: tuple(rest) for id_, *rest in rows} == last
    return len(last)


def feeds_of(client: httpx.Client, paths: Iterable[str]) -> dict[str, bytes]:
    """Return public feeds, all parts of each, by their addresses."""
    found: dict[str, bytes] = {}
    for path in paths:
        for language in ("", "zh", "en"):
            address, part = path + (f"?lang={language}" if language else ""), 0
            while address:
                answer = client.get(address).raise_for_status()
                found[f"{path} {language} {part}"] = answer.content
                following = answer.links.get("next", {}).get("url", "")
                address, part = (httpx.URL(following).raw_path.decode() if following else ""), part + 1
    return found


def check_feeds_after_rebuild(installation: Installation, paths: list[str]) -> int:
    """Rebuild every service's projections; hold what each gateway gave before against what the calendar then makes.

    Return how many files there were.
    """
    before = []
    for n in REPLICAS:
        with installation.client(f"gateway-{n}", headers={}) as client:
            before.append(feeds_of(client, paths))
    trees = {service: installation.rows(service, _TREE) for service in NAMES}
    for service in NAMES:
        ended = installation.ask("facts", "rebuild", service)
        assert ended.code == 0, ended.out + ended.err
    for n in REPLICAS:
        with installation.client(f"calendar-{n}", headers={}) as client:
            after = feeds_of(client, paths)
        assert all(after == feeds for feeds in before)
    assert {service: installation.rows(service, _TREE) for service in NAMES} == trees
    return len(before[0])


_TREE = "SELECT * FROM tree ORDER BY id"
