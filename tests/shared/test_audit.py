"""The audit chain shows any later change of it."""

from pathlib import Path

import pytest
from sqlalchemy import delete, update

from shared.audit import AuditRow, history_of, record, verify
from shared.caller import Caller
from tests.shared.toy import make_toy


@pytest.mark.usefixtures("database")
def test_the_chain_holds_and_any_change_breaks_it(tmp_path: Path) -> None:
    toy = make_toy(tmp_path)
    db = toy.runtime.db
    for n in range(5):
        with db.transaction() as tx:
            record(tx, Caller("someone"), "thing.changed", f"thing-{n % 2}", rank=(n, n + 1))
    toy.runtime.relay.drain()
    with db.reading() as tx:
        chain = verify(tx)
        assert (chain.length, chain.broken_at) == (5, None)
        assert [row.change for row in history_of(tx, "thing-0")] == [
            {"rank": [4, 5]},
            {"rank": [2, 3]},
            {"rank": [0, 1]},
        ]
    with db.transaction() as tx:
        tx.execute(update(AuditRow).where(AuditRow.number == 3).values(actor="someone else"))
    with db.reading() as tx:
        assert verify(tx).broken_at == 3
    with db.transaction() as tx:
        tx.execute(update(AuditRow).where(AuditRow.number == 3).values(actor="someone"))
        tx.execute(delete(AuditRow).where(AuditRow.number == 2))
    with db.reading() as tx:
        assert verify(tx).broken_at == 2
