"""Databases of a server that tests are through with, made again what they were at first: far sooner done than a new one.

One whose tables are not those of its template any more is of no use.
"""

from contextlib import closing
from functools import cache

import psycopg

from huitang.local_postgres import LocalPostgres

_EMPTY = """
SET LOCAL session_replication_role = replica;
DO $$
DECLARE
    named text;
    filled bool;
BEGIN
    FOR named IN SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public' LOOP
        EXECUTE 'SELECT EXISTS (SELECT 1 FROM ' || named || ')' INTO filled;
        IF filled THEN
            EXECUTE 'DELETE FROM ' || named;
        END IF;
    END LOOP;
END $$
"""

_SHAPE = """
SELECT md5(string_agg(part, chr(10) ORDER BY part)) FROM (
    SELECT concat_ws(' ', attrelid::regclass, attname, atttypid, attnotnull) AS part FROM pg_attribute
    JOIN pg_class ON pg_class.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0
    UNION ALL SELECT pg_get_indexdef(indexrelid) FROM pg_index
    JOIN pg_class ON pg_class.oid = indexrelid WHERE relnamespace = 'public'::regnamespace
    UNION ALL SELECT conname || pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace
    UNION ALL SELECT tgname FROM pg_trigger
) AS parts
"""

_SEQUENCES = "SELECT sequencename, start_value, last_value FROM pg_sequences WHERE schemaname = 'public'"


class Spares:
    """The databases of a server that can be taken instead of new ones, by the template they were made of."""

    def __init__(self, server: LocalPostgres) -> None:
        self._server = server
        self._made_of: dict[str, str] = {}
        self._spare: dict[str, list[str]] = {}
        self._first = cache(self._at_first)

    def make(self, name: str, template: str) -> None:
        """Make the database `name` as the template is, which nobody may use meanwhile."""
        self._first(template)
        if spare := self._spare.get(template):
            with closing(self._server.connect()) as connection:
                connection.execute(f'ALTER DATABASE "{spare.pop()}" RENAME TO "{name}"')
        else:
            self._server.make_databases(name, template=template)
        self._made_of[name] = template

    def drop(self, name: str) -> None:
        """Keep the database for who makes the next one of its template, or drop it."""
        template = self._made_of.pop(name, "")
        if template and self._restore(name, template):
            self._spare.setdefault(template, []).append(name)
        else:
            self._server.drop_databases(name)

    def _restore(self, name: str, template: str) -> bool:
        shape, tables, sequences = self._first(template)
        with closing(self._server.connect(name)) as connection:
            connection.execute(
                "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()",
                [name],
            )
            if _shape(connection) != shape:
                return False
            with connection.transaction():
                connection.execute(_EMPTY)
                for table, rows in tables.items():
                    with connection.cursor().copy(f'COPY "{table}" FROM STDIN (FORMAT BINARY)') as copy:
                        copy.write(rows)
                for sequence, start, last in connection.execute(_SEQUENCES).fetchall():
                    if last != sequences[sequence]:
                        called = sequences[sequence] is not None
                        connection.execute(
                            "SELECT setval(%s, %s, %s)", [sequence, sequences[sequence] or start, called]
                        )
        return True

    def _at_first(self, template: str) -> tuple[str, dict[str, bytes], dict[str, int | None]]:
        """Return the shape of a template, the rows of its tables as bytes, and how far its sequences are."""
        tables = dict[str, bytes]()
        with closing(self._server.connect(template)) as connection:
            for (table,) in connection.execute(
                "SELECT tablename FROM pg_tables WHERE schemaname = 'public'"
            ).fetchall():
                if connection.execute(f'SELECT EXISTS (SELECT 1 FROM "{table}")').fetchone() == (True,):
                    with connection.cursor().copy(f'COPY "{table}" TO STDOUT (FORMAT BINARY)') as copy:
                        tables[table] = b"".join(bytes(part) for part in copy)
            sequences = {name: last for name, _, last in connection.execute(_SEQUENCES)}
            return _shape(connection), tables, sequences


def _shape(connection: psycopg.Connection[tuple[object, ...]]) -> str:
    row = connection.execute(_SHAPE).fetchone()
    assert row
    return str(row[0])
