"""What took effect, in which order, as the databases themselves note it: triggers in a schema of their own.

A note is made in the transaction of the effect, so that it is there exactly where the effect is, as often as that came.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass

from tests.faults.rig import NAMES, Installation

_NOTES = """
CREATE SCHEMA IF NOT EXISTS probe;
CREATE TABLE IF NOT EXISTS probe.effects (
    n bigserial PRIMARY KEY, what text NOT NULL, thing text NOT NULL, version text NOT NULL DEFAULT '');
CREATE OR REPLACE FUNCTION probe.note() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE row jsonb := to_jsonb(NEW);
BEGIN
    INSERT INTO probe.effects (what, thing, version) VALUES (
        TG_TABLE_NAME, row ->> TG_ARGV[0],
        coalesce(row ->> 'version', row ->> 'reaction') || coalesce('.' || (row ->> 'sequence'), ''));
    RETURN NULL;
END $$;
"""

_ON_EFFECT = """
CREATE OR REPLACE TRIGGER probe_new AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION probe.note('{id}');
"""

_ON_CHANGE = """
CREATE OR REPLACE TRIGGER probe_changed AFTER UPDATE ON {table} FOR EACH ROW
    WHEN (OLD.version IS DISTINCT FROM NEW.version) EXECUTE FUNCTION probe.note('{id}');
"""


def lay_probes(installation: Installation) -> None:
    """Begin to note what reactions do: inbox rows, organisations of the tree, entries of the calendar."""
    for service in NAMES:
        tables = {"inbox": "message_id", "tree": "id"} | ({"entries": "entry_id"} if service == "calendar" else {})
        with closing(installation.database(service)) as connection:
            connection.execute(_NOTES)
            for table, id_ in tables.items():
                statement = _ON_EFFECT if table == "inbox" else _ON_EFFECT + _ON_CHANGE
                connection.execute(statement.format(table=table, id=id_))


@dataclass(frozen=True)
class Mark:
    """A settled moment: how much each service had told until then, and how much had taken effect."""

    told: Mapping[str, int]
    noted: Mapping[str, int]


def mark(installation: Installation) -> Mark:
    """Return the present moment; nothing may be under way."""
    told, noted = "SELECT coalesce(max(number), 0) FROM outbox", "SELECT coalesce(max(n), 0) FROM probe.effects"
    return Mark(*({name: installation.rows(name, statement)[0][0] for name in NAMES} for statement in (told, noted)))


def effects(installation: Installation, service: str, what: str, since: Mark) -> list[tuple[str, str]]:
    """Return, in order, what was given which version (an entry: and sequence), or which message who handled."""
    statement = "SELECT thing, version FROM probe.effects WHERE what = %s AND n > %s ORDER BY n"
    return [(thing, version) for thing, version in installation.rows(service, statement, what, since.noted[service])]


def versions(effects: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Return the versions that each thing was given, in order."""
    found: dict[str, list[str]] = defaultdict(list)
    for thing, version in effects:
        found[thing].append(version)
    return found
