"""What became of the changes that writers asked for, held against rows, facts and the audit of each service."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from tests.faults.changes import Change
from tests.faults.checks import outbox
from tests.faults.rig import NAMES, Installation
from tests.faults.writers import Writer

FACTS = {
    "key_date.added": ("events.date.set.v1", "key-date-{}"),
    "key_date.changed": ("events.date.set.v1", "key-date-{}"),
    "key_date.removed": ("events.date.cancelled.v1", "key-date-{}"),
    "edition.changed": ("events.edition.changed.v1", "{}"),
    "edition.postpone": ("events.edition.postponed.v1", "{}"),
    "edition.cancel": ("events.edition.cancelled.v1", "{}"),
    "edition.resume": ("events.edition.resumed.v1", "{}"),
    "organisation.opened": ("directory.organisation.opened.v1", "{}"),
    "organisation.renamed": ("directory.organisation.renamed.v1", "{}"),
    "series.opened": ("events.series.opened.v1", "{}"),
}
"""The fact that tells each change, and its subject."""

TABLES = {
    "key_date": ("events", "key_dates", "title_en"),
    "organisation": ("directory", "organisations", "name_en"),
    "series": ("events", "series", "name_en"),
    "edition": ("events", "editions", ""),
}
_MARKER = re.compile(r"m\d+-\d\d-\d{5}")


@dataclass(frozen=True)
class Deed:
    """A line of the audit: what was done to what, by which request, and the markers of what it wrote."""

    service: str
    verb: str
    subject: str
    request_id: str
    markers: frozenset[str]


def check_changes(installation: Installation, writers: Sequence[Writer]) -> dict[str, int]:
    """Hold every change against what is there: acknowledged ones once, refused ones never, unknown ones whole or not at all.

    A change is there where the audit has its line; then its fact is in the outbox, by the same request, and its row holds
    what the last change of it wrote. Returns how many were there, and not, of each outcome.
    """
    deeds = [deed for service in NAMES for deed in _deeds(installation, service)]
    told: Counter[tuple[str, str, str]] = Counter()
    for service in NAMES:
        told.update((t.message.requestid, t.message.type, t.message.subject) for t in outbox(installation, service))
    asked_by = {deed.request_id for deed in deeds}
    assert {request for request, _, _ in told} <= asked_by, "a fact without a deed"
    by_marker, removed = _indexed(deeds)
    counts: Counter[str] = Counter()
    applied: dict[str, list[Change]] = defaultdict(list)
    changes = [change for writer in writers for change in writer.changes]
    removal = {c.subject: c for c in changes if c.method == "DELETE" and c.outcome != "refused"}
    for change in changes:
        if change.method == "DELETE":  # nothing is removed twice: it counts for the last that asked for it
            found = removed[change.subject] if removal.get(change.subject) is change else []
        else:
            found = by_marker[change.verb, change.marker]
        assert len(found) <= 1, f"twice: {change}"
        assert found or change.outcome != "acknowledged", f"lost: {change}"
        assert not (found and change.outcome == "refused"), f"refused, and done: {change}"
        counts[f"{change.outcome}, {'there' if found else 'not there'}"] += 1
        for deed in found:
            kind, subject = FACTS[change.verb]
            assert told[deed.request_id, kind, subject.format(deed.subject)] == 1, f"its fact: {change}"
            applied[deed.subject].append(change)
    _check_rows(installation, applied)
    return dict(counts)


def _deeds(installation: Installation, service: str) -> Iterable[Deed]:
    rows = installation.rows(service, "SELECT verb, subject, request_id, change FROM audit ORDER BY number")
    for verb, subject, request_id, change in rows:
        written = [_became(value) for value in change.values()]
        yield Deed(service, verb, subject, request_id, frozenset(_MARKER.findall(str(written))))


def _became(value: Any) -> Any:
    """Return what a field became; of a change, the audit holds what it was before, too."""
    return value[1] if isinstance(value, list) and len(value) == 2 else value


def _indexed(deeds: Iterable[Deed]) -> tuple[dict[tuple[str, str], list[Deed]], dict[str, list[Deed]]]:
    by_marker: dict[tuple[str, str], list[Deed]] = defaultdict(list)
    removed: dict[str, list[Deed]] = defaultdict(list)
    for deed in deeds:
        for marker in deed.markers:
            by_marker[deed.verb, marker].append(deed)
        if deed.verb == "key_date.removed":
            removed[deed.subject].append(deed)
    return by_marker, removed


def _check_rows(installation: Installation, applied: dict[str, list[Change]]) -> None:
    """Hold the row of each thing against the changes that are there, in the order in which they were asked for."""
    rows = {kind: _rows(installation, *table) for kind, table in TABLES.items()}
    for subject, changes in applied.items():
        kind = changes[-1].verb.partition(".")[0]
        if changes[-1].method == "DELETE":
            assert subject not in rows[kind], f"removed, and there: {changes[-1]}"
            continue
        version, marker = rows[kind][subject]
        before = 3 if kind == "edition" else 0  # opened, begun, published
        assert version == before + len(changes), f"versions of {subject}: {changes}"
        assert kind == "edition" or marker == changes[-1].marker, f"what {subject} holds: {changes[-1]}"


def _rows(installation: Installation, service: str, table: str, column: str) -> dict[str, tuple[int, str]]:
    found = installation.rows(service, f"SELECT id, version, {column or repr('')} FROM {table}")
    return {id_: (version, marker) for id_, version, marker in found}
