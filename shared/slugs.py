"""Slugs of a table: each leads to one thing for ever, whoever takes it first."""

from sqlalchemy import select
from sqlalchemy.orm import InstrumentedAttribute, Session

from shared.db import in_turn
from shared.errors import SlugTaken
from shared.text import free_slug


def check_slug(tx: Session, column: InstrumentedAttribute[str], slug: str) -> None:
    """Raise `SlugTaken` for one that is taken; whoever else takes one waits until this transaction is committed."""
    _wait(tx, column)
    if _is_taken(tx, column, slug):
        raise SlugTaken(slug=slug)


def take_slug(tx: Session, column: InstrumentedAttribute[str], wanted: str) -> str:
    """Return `wanted`, or what is free behind it; whoever else takes one waits until this transaction is committed."""
    _wait(tx, column)
    return free_slug(wanted, lambda slug: _is_taken(tx, column, slug))


def _wait(tx: Session, column: InstrumentedAttribute[str]) -> None:
    in_turn(tx, f"slugs of {column.class_.__tablename__}")


def _is_taken(tx: Session, column: InstrumentedAttribute[str], slug: str) -> bool:
    return tx.scalar(select(column).where(column == slug)) is not None
