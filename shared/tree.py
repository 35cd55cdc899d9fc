"""The organisation tree as every service keeps it: filled from the directory's facts, asked for paths and subtrees."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Integer, String, bindparam, false, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Mapped, Session, mapped_column

from shared.db import SharedBase
from shared.errors import NotYetKnown
from shared.inbox import reactions
from shared.messages.directory import (
    OrganisationClosed,
    OrganisationMerged,
    OrganisationMoved,
    OrganisationOpened,
    OrganisationRenamed,
    OrganisationSplit,
    OrganisationState,
)
from shared.projecting import project_in_turn
from shared.text import Text, bilingual


class Node(SharedBase):
    """An organisation; `path` is `/<ancestor>/…/<self>/`, empty until its parent is known."""

    __tablename__ = "tree"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    parent_id: Mapped[str | None] = mapped_column(String(36), index=True)
    path: Mapped[str] = mapped_column(String(1000), index=True)
    slug: Mapped[str] = mapped_column(String(80), index=True)
    kind: Mapped[str] = mapped_column(String(40))
    name: Mapped[Text] = bilingual("name")
    status: Mapped[str] = mapped_column(String(20))
    version: Mapped[int] = mapped_column(Integer)


_TREE = Node.metadata.tables["tree"]
_PATH = select(_TREE.c.path).where(_TREE.c.id == bindparam("id"))


def path_of(tx: Session, organisation: str) -> tuple[str, ...]:
    """Return the ids from the root down to `organisation` itself; raise `NotYetKnown`."""
    path = known_path(tx, organisation)
    if not path:
        raise NotYetKnown(organisation=organisation)
    return path


def known_path(tx: Session, organisation: str) -> tuple[str, ...]:
    """Return the ids from the root down to `organisation` itself; none where it is not known yet."""
    return ids_on(tx.scalar(_PATH, {"id": organisation}))


def ids_on(path: str | None) -> tuple[str, ...]:
    """Return the ids that a node's `path` names, from the root down; none where it is not known yet."""
    return tuple(path.strip("/").split("/")) if path else ()


def get_node(tx: Session, organisation: str) -> Node:
    """Return the organisation; raise `NotYetKnown`."""
    node = tx.get(Node, organisation)
    if node is None:
        raise NotYetKnown(organisation=organisation)
    return node


def names_of(tx: Session, organisations: Iterable[str]) -> dict[str, Text]:
    """Return the names of those organisations that are known here, by id."""
    wanted = set(organisations)
    if not wanted:
        return {}
    return {node.id: node.name for node in tx.scalars(select(Node).where(Node.id.in_(wanted)))}


def below(tx: Session, column: InstrumentedAttribute[str], organisations: Iterable[str]) -> ColumnElement[bool]:
    """Make the condition that `column` names one of `organisations` or anything below them."""
    wanted = tuple(organisations)
    paths = tx.scalars(select(Node.path).where(Node.id.in_(wanted), Node.path != "")).all() if wanted else ()
    if not paths:
        return false()
    return column.in_(select(Node.id).where(or_(*(Node.path.startswith(path) for path in paths))))


def put_node(tx: Session, state: OrganisationState) -> None:
    """Keep what a fact says of an organisation, unless something newer is known; its subtree's paths follow."""
    project_in_turn(tx)  # a child and its parent that come at once would not see each other
    node = tx.get(Node, state.organisation_id)
    if node is not None and node.version >= state.version:
        return
    if node is None:
        node = Node(id=state.organisation_id, path="")
        tx.add(node)
    node.parent_id, node.slug, node.kind = state.parent_id, state.slug, state.kind
    node.name, node.status, node.version = state.name, state.status, state.version
    tx.flush()
    _lay_path(tx, node)


def _lay_path(tx: Session, node: Node) -> None:
    parent = tx.get(Node, node.parent_id) if node.parent_id else None
    if node.parent_id and (parent is None or not parent.path):
        node.path = ""  # its parent's fact lays it
    else:
        node.path = f"{parent.path if parent else '/'}{node.id}/"
    tx.flush()
    for child in tx.scalars(select(Node).where(Node.parent_id == node.id)):
        expected = f"{node.path}{child.id}/" if node.path else ""
        if child.path != expected:
            _lay_path(tx, child)


def on_organisation_opened(tx: Session, fact: OrganisationOpened) -> None:
    """Keep the organisation."""
    put_node(tx, fact.organisation)


def on_organisation_renamed(tx: Session, fact: OrganisationRenamed) -> None:
    """Keep its new names."""
    put_node(tx, fact.organisation)


def on_organisation_moved(tx: Session, fact: OrganisationMoved) -> None:
    """Keep its new place, and that of everything below it."""
    put_node(tx, fact.organisation)


def on_organisation_merged(tx: Session, fact: OrganisationMerged) -> None:
    """Keep that it went into another."""
    put_node(tx, fact.organisation)


def on_organisation_split(tx: Session, fact: OrganisationSplit) -> None:
    """Keep that it was split."""
    put_node(tx, fact.organisation)


def on_organisation_closed(tx: Session, fact: OrganisationClosed) -> None:
    """Keep that it has ended."""
    put_node(tx, fact.organisation)


TREE_REACTIONS = reactions(
    on_organisation_opened,
    on_organisation_renamed,
    on_organisation_moved,
    on_organisation_merged,
    on_organisation_split,
    on_organisation_closed,
)
