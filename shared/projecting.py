"""Rows that hold what facts say: put in one statement each, whatever stood there, and written together (`write_late`).

A reaction that first read a row and then wrote it would ask the database twice for each message of a batch.
"""

from collections.abc import Iterable

from sqlalchemy import FromClause, Insert, Table, tuple_
from sqlalchemy.dialects.postgresql import insert  # SQLite says ON CONFLICT in the same words


def put(table: Table | FromClause, *, newer: Iterable[str] = ()) -> Insert:
    """Make the statement that puts a row in the place of the one with the same primary key, if there is one.

    With `newer`, only where these columns, taken together, have grown: facts may come twice and late.
    """
    assert isinstance(table, Table)
    keys = tuple(table.primary_key)
    statement = insert(table)
    given = statement.excluded
    rest = {column.name: given[column.name] for column in table.columns if column not in set(keys)}
    columns = tuple(newer)
    grown = tuple_(*(table.c[name] for name in columns)) < tuple_(*(given[name] for name in columns))
    return statement.on_conflict_do_update(index_elements=keys, set_=rest, where=grown if columns else None)
