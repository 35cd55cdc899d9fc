"""The projection of the organisation tree comes out the same in whatever order the facts arrive."""

import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from shared.db import Database
from shared.errors import NotYetKnown
from shared.messages.directory import OrganisationState
from shared.text import Text, same
from shared.tree import Node, below, names_of, path_of, put_node
from tests.shared.toy import make_toy


@pytest.fixture
def db(database: str, tmp_path: Path) -> Iterator[Database]:
    toy = make_toy(tmp_path)
    yield toy.runtime.db
    toy.runtime.db.close()


def state(organisation: str, parent: str | None, version: int = 1) -> OrganisationState:
    return OrganisationState(
        organisation_id=organisation,
        parent_id=parent,
        slug=organisation,
        kind="society",
        name=same(f"{organisation} v{version}"),
        status="active",
        version=version,
    )


FACTS = [state("hq", None), state("a", "hq"), state("b", "hq"), state("a1", "a"), state("a", "b", version=2)]


def paths(tx: Session) -> dict[str, str]:
    return {node.id: node.path for node in tx.scalars(select(Node))}


@pytest.mark.parametrize("order", list(itertools.permutations(range(5)))[::7], ids=str)
def test_any_order_of_arrival_gives_the_same_tree(db: Database, order: tuple[int, ...]) -> None:
    with db.transaction() as tx:
        for n in order:
            put_node(tx, FACTS[n])
            put_node(tx, FACTS[n])
    with db.reading() as tx:
        assert paths(tx) == {"hq": "/hq/", "b": "/hq/b/", "a": "/hq/b/a/", "a1": "/hq/b/a/a1/"}
        assert path_of(tx, "a1") == ("hq", "b", "a", "a1")
        assert names_of(tx, ["a", "nobody"]) == {"a": Text("a v2", "a v2")}
        assert set(tx.scalars(select(Node.id).where(below(tx, Node.id, ["b"])))) == {"b", "a", "a1"}
        assert tx.scalars(select(Node.id).where(below(tx, Node.id, ["nobody"]))).all() == []


def test_what_is_not_known_yet_says_so(db: Database) -> None:
    with db.transaction() as tx:
        put_node(tx, state("a1", "a"))
    with db.reading() as tx:
        with pytest.raises(NotYetKnown):
            path_of(tx, "a1")
        with pytest.raises(NotYetKnown):
            path_of(tx, "nobody")
