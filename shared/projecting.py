"""Rows that hold what facts say: put in one statement each, whatever stood there, and written together (`write_late`).

A reaction that first read a row and then wrote it would ask the database twice for each message of a batch.
"""

from collections.abc import Iterable

from sqlalchemy import FromClause, Insert, Table, tuple_
from sqlalchemy.dialects.postgresql import insert  # SQLite says ON CONFLICT in the same words
from sqlalchemy.orm import Session

from shared.db import in_turn


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


def project_in_turn(tx: Session) -> None:
    """Let one transaction at a time change what facts have made, from here to its end.

    Nearly all change some of the same rows, and each locks others in the order of its own facts: two replicas would wait
    for each other. There is one turn for everything, since two would be taken in either order.
    """
    if not tx.info.get("projecting"):
        tx.info["projecting"] = True
        in_turn(tx, "projections")
