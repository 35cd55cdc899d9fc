"""Writing calls that wait at the same time share one commit, so that writing through to the disk is paid for once.

Each runs in a savepoint of its own, in the order of asking, and what one raises rolls back that one alone. None is
answered before the commit, and all fail where that fails.
"""

from collections import deque
from collections.abc import Callable
from contextlib import suppress
from contextvars import Context, copy_context
from random import uniform
from time import monotonic, sleep
from typing import Any, Protocol, TypeVar

import anyio
import anyio.to_thread
from sqlalchemy.orm import Session

from shared.db import Database
from shared.postgres import clashed

T = TypeVar("T")

ATTEMPTS = 5
"""So often a call is tried that others cross; after that it is refused (409) where the same key is taken, or put off (503)."""

PAUSE_SECONDS = 0.01
"""Up to so long it waits before the second attempt, and longer before each further one, so that two do not meet again."""


class _Call:
    """A call that waits, and what came of it."""

    __slots__ = ("context", "done", "error", "result", "work")

    def __init__(self, work: Callable[[Session], Any], context: Context) -> None:
        self.work = work
        self.context = context
        self.done = False
        self.result: Any = None
        self.error: BaseException | None = None


class Calls(Protocol):
    """The writing calls of one database."""

    async def run(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction on a thread, and return what it returned once that is committed."""


MOST, SECONDS = 8, 0.05
"""So many calls share a commit, and none begins later than so long after the first."""


def calls_of(db: Database, *, most: int = MOST, seconds: float = SECONDS) -> Calls:
    """Return how writing calls run on a database: together where there is one writer, else each apart."""
    return Together(db, most=most, seconds=seconds) if db.backend.is_alone else Apart(db)


class Apart:
    """Calls of which each commits alone, many at a time."""

    def __init__(self, db: Database) -> None:
        self._db = db

    async def run(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction of its own on a thread, and return what it returned once that is committed."""
        return await anyio.to_thread.run_sync(self.alone, work, limiter=self._db.write_limiter)

    def alone(self, work: Callable[[Session], T]) -> T:
        """Run one call in a transaction; where another changed the same meanwhile, run it anew from the start.

        A call is a function of its transaction, so that it finds what the other has left, and refuses in its own words
        what cannot be any more.
        """
        for left in reversed(range(ATTEMPTS)):
            try:
                with self._db.transaction() as tx:
                    return work(tx)
            except Exception as error:
                if not left or not clashed(error):
                    raise
                sleep(uniform(0, PAUSE_SECONDS * (ATTEMPTS - left)))
        raise AssertionError("the last attempt returns or raises")


class Together:
    """Calls that share commits.

    At most `most` calls share a commit, and none begins later than `seconds` after the first.
    """

    def __init__(self, db: Database, *, most: int, seconds: float) -> None:
        self._db = db
        self._most = most
        self._seconds = seconds
        self._waiting: deque[_Call] = deque()
        self._turn = anyio.Lock(fast_acquire=True)

    async def run(self, work: Callable[[Session], T]) -> T:
        """Run `work` in a transaction on a thread, and return what it returned once that is committed."""
        call = _Call(work, copy_context())
        self._waiting.append(call)
        try:
            async with self._turn:
                while not call.done:
                    await anyio.to_thread.run_sync(self._take, limiter=self._db.write_limiter)
        finally:
            if not call.done:
                with suppress(ValueError):
                    self._waiting.remove(call)
        if call.error is not None:
            raise call.error
        result: T = call.result
        return result

    def _take(self) -> None:
        """Run the calls that wait, and commit."""
        taken: list[_Call] = []
        try:
            with self._db.sharing() as share:
                until = monotonic() + self._seconds
                while self._waiting and (not taken or (len(taken) < self._most and monotonic() < until)):
                    taken.append(call := self._waiting.popleft())
                    try:
                        call.result = call.context.run(share, call.work)
                    except Exception as error:
                        call.error = error
        except Exception as error:
            if not taken and self._waiting:  # it could not even begin: whoever comes next tries again
                taken.append(self._waiting.popleft())
            for call in taken:
                call.error = error
        for call in taken:
            call.done = True
