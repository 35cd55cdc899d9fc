"""The audit chains show any later change of them, each by itself."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, event, update

from shared import migrate, revisions
from shared.audit import GENESIS, AuditRow, Chain, beginning_of, history_of, record, record_in, verify
from shared.caller import Caller
from shared.db import Database, SharedBase
from tests.shared.toy import Toy, make_toy

SOMEONE = Caller("someone")


@pytest.fixture
def toy(database: str, tmp_path: Path) -> Iterator[Toy]:
    """Make a service on which deeds are recorded."""
    made = make_toy(tmp_path)
    yield made
    made.runtime.db.close()


def keep(toy: Toy, *deeds: tuple[str, str], seal: bool = True) -> None:
    """Record deeds, each in a transaction: what was done to what, in which chain."""
    for n, (subject, chain) in enumerate(deeds):
        with toy.runtime.db.transaction() as tx:
            record_in(tx, chain, SOMEONE, "thing.changed", subject, rank=(n, n + 1))
    if seal:
        toy.runtime.relay.drain()


def found(toy: Toy) -> dict[str, tuple[int, int | None]]:
    """Return the length of every chain, and where it is broken."""
    with toy.runtime.db.reading() as tx:
        return {chain.name: (chain.length, chain.broken_at) for chain in verify(tx)}


def change(toy: Toy, statement: Any) -> None:
    """Change rows behind everybody's back."""
    with toy.runtime.db.transaction() as tx:
        tx.execute(statement)


def test_the_chain_holds_and_any_change_breaks_it(toy: Toy) -> None:
    keep(toy, *((f"thing-{n % 2}", "") for n in range(5)))
    assert found(toy) == {"": (5, None)}
    with toy.runtime.db.reading() as tx:
        assert [row.change for row in history_of(tx, "thing-0")] == [
            {"rank": [4, 5]},
            {"rank": [2, 3]},
            {"rank": [0, 1]},
        ]
    change(toy, update(AuditRow).where(AuditRow.number == 3).values(actor="someone else"))
    assert found(toy) == {"": (2, 3)}
    change(toy, update(AuditRow).where(AuditRow.number == 3).values(actor="someone"))
    change(toy, delete(AuditRow).where(AuditRow.number == 2))
    assert found(toy) == {"": (1, 2)}


def test_chains_are_numbered_and_sealed_each_by_itself(toy: Toy) -> None:
    keep(toy, ("a", "cycle-1"), ("b", ""), ("a", "cycle-1"), ("c", "cycle-2"))
    keep(toy, ("a", "cycle-1"), ("b", ""))
    assert found(toy) == {"": (2, None), "cycle-1": (3, None), "cycle-2": (1, None)}
    change(toy, update(AuditRow).where(AuditRow.chain == "cycle-1", AuditRow.number == 2).values(verb="thing.removed"))
    assert found(toy) == {"": (2, None), "cycle-1": (1, 2), "cycle-2": (1, None)}


def test_an_empty_record_has_the_chain_of_the_service(toy: Toy) -> None:
    with toy.runtime.db.reading() as tx:
        assert verify(tx) == [Chain(0, GENESIS, None)]


def test_no_chain_passes_for_another(toy: Toy) -> None:
    keep(toy, ("a", "cycle-1"), ("a", "cycle-1"))
    change(toy, update(AuditRow).values(chain="cycle-2"))
    assert found(toy) == {"": (0, None), "cycle-2": (0, 1)}
    assert len({beginning_of(name) for name in ("", "cycle-1", "cycle-2")}) == 3


def test_sealing_asks_once_for_each_chain_and_recording_writes_one_row(toy: Toy) -> None:
    db = toy.runtime.db
    keep(toy, *((f"{n}", f"cycle-{n % 3}") for n in range(30)), seal=False)
    seen: list[str] = []

    def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
        if "audit" in statement:
            seen.append(statement.split()[0])

    event.listen(db.engine, "before_cursor_execute", note)
    try:
        toy.runtime.relay.drain()
        sealing = [*seen]
        seen.clear()
        with db.transaction() as tx:
            record_in(tx, "cycle-1", SOMEONE, "thing.changed", "x")
            record(tx, SOMEONE, "thing.changed", "x")
    finally:
        event.remove(db.engine, "before_cursor_execute", note)
    assert sealing.count("UPDATE") == 1
    assert seen == ["INSERT"]
    assert found(toy) == {"": (0, None), "cycle-0": (10, None), "cycle-1": (10, None), "cycle-2": (10, None)}


@pytest.mark.sqlite_only("the migration is the same; the tables before it are made by hand")
def test_what_was_sealed_before_there_were_chains_holds(database: str, tmp_path: Path) -> None:
    toy = make_toy(tmp_path)
    keep(toy, ("a", ""), ("b", ""), ("a", ""))
    with toy.runtime.db.reading() as tx:
        rows = tx.execute(SharedBase.metadata.tables["audit"].select()).mappings().all()
    db = Database("old", f"sqlite:///{tmp_path}/old.db")
    with db.migrating() as connection:
        config = migrate._config("shared", revisions.HERE / "versions")
        config.attributes.update(connection=connection, metadata=SharedBase.metadata)
        migrate.command.upgrade(config, "ad380cba85be")
        before = migrate.MetaData()
        before.reflect(connection)
        old = before.tables["audit"]
        connection.execute(old.insert(), [{n: v for n, v in row.items() if n != "chain"} for row in rows[:2]])
    migrate.upgrade_layer(db, "shared", revisions.HERE / "versions", SharedBase.metadata)
    with db.reading() as tx:
        assert [(chain.name, chain.length, chain.broken_at) for chain in verify(tx)] == [("", 2, None)]
    db.close()
