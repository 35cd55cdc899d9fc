"""Readings that ask one statement, which sees one state of the database by itself and needs no transaction around it.

On PostgreSQL beginning and ending one costs as much as the statement. Nobody has to say how much a reading asks: it is
tried with one statement, and what asks another is done anew with a view for all it asks, from then on at once.
"""

from typing import Any, NoReturn

from sqlalchemy import event
from sqlalchemy.orm import ORMExecuteState, Session


class AskedAgain(BaseException):
    """A reading asks more than one statement. No error: nobody but the database may catch it."""


class Glance(Session):
    """A reading session for one statement."""

    asked = False

    def connection(self, *_: Any, **__: Any) -> NoReturn:
        """Raise `AskedAgain`: what is asked on the connection itself is not counted here."""
        raise AskedAgain


def _ask(statement: ORMExecuteState) -> None:
    glance = statement.session
    assert isinstance(glance, Glance)
    if glance.asked:
        raise AskedAgain
    glance.asked = True


event.listen(Glance, "do_orm_execute", _ask)
