"""Jobs: work that is due later or takes long. A row with a unique key, a due time, a lease and its progress.

A handler does its work in transactions of its own and may be run again from the start of any of them: after a crash
another worker resumes from the checkpoint that was last kept, as soon as the lease has run out. Only one process at a
time works on a SQLite file, so there the next start resumes at once.
"""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import structlog
from sqlalchemy import JSON, Integer, Select, String, Text, bindparam, func, select, update
from sqlalchemy.orm import Mapped, Session, mapped_column

from shared.db import HELD, Database, SharedBase, UtcDateTime, lost_connection, new_id
from shared.message import request_id

log = structlog.get_logger()

LEASE = timedelta(seconds=30)
TRIES = 5

SOON = 0.01
"""Seconds until it looks again for what is due and could not be had: a transaction that asks for it has not ended yet."""


class Job(SharedBase):
    """A piece of work; `state` is waiting, running, done, failed or cancelled."""

    __tablename__ = "jobs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), unique=True)
    kind: Mapped[str] = mapped_column(String(80))
    owner: Mapped[str] = mapped_column(String(36), default="")
    state: Mapped[str] = mapped_column(String(20), index=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    lease_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    done: Mapped[int] = mapped_column(Integer, default=0)
    total: Mapped[int] = mapped_column(Integer, default=0)
    payload: Mapped[dict[str, Any]] = mapped_column(JSON)
    checkpoint: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    error: Mapped[str] = mapped_column(Text, default="")
    request_id: Mapped[str] = mapped_column(String(64), default="")
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Cancelled(Exception):
    """Somebody cancelled the job; the handler stops where it is."""


class Work:
    """What a handler is given: the database, the job's payload, and a way to keep its progress."""

    def __init__(self, db: Database, job: Job) -> None:
        self.db = db
        self.id = job.id
        self.payload = job.payload
        self.done = job.done
        self.checkpoint = job.checkpoint or {}

    def hold(self, tx: Session) -> None:
        """Let no other worker take the job before this transaction has ended, however long that is.

        It can be cancelled meanwhile, and asked for again.
        """
        tx.get_one(Job, self.id, with_for_update={"read": True, "key_share": True})

    def keep(self, tx: Session, done: int, total: int, **checkpoint: Any) -> None:
        """Keep progress in the handler's own transaction and renew the lease; raise `Cancelled` where asked to stop."""
        job = tx.get_one(Job, self.id, with_for_update=True)
        if job.state == "cancelled":
            raise Cancelled()
        job.done, job.total, job.lease_until = done, total, self.db.clock() + LEASE
        if checkpoint:
            job.checkpoint = self.checkpoint = {**self.checkpoint, **checkpoint}


Handler = Callable[[Work], object]


_BY_KEY = select(Job).where(Job.key == bindparam("key")).with_for_update(**HELD)
"""Held until the commit: a worker that took the job before would not see what it is asked for."""


def enqueue(
    tx: Session, kind: str, key: str, *, due_at: datetime | None = None, owner: str = "", **payload: Any
) -> Job:
    """Put a job in the queue; one that waits under the same `kind` and `key` is set to the new time and payload.

    One that waits for just this already is left alone, and wakes nobody.
    """
    now = tx.info["clock"]()
    full_key = f"{kind}:{key}"
    job = tx.scalar(_BY_KEY, {"key": full_key})
    asked = ("waiting", due_at, payload, owner, 0)
    if job is not None and (job.state, job.due_at, job.payload, job.owner, job.attempts) == asked:
        return job
    if job is None or job.state == "running":
        if job is not None:  # it may have read what has changed since: let another follow
            full_key = f"{full_key}#{new_id()}"
        job = Job(id=new_id(), key=full_key, kind=kind, created_at=now)
        tx.add(job)
    job.state, job.due_at, job.payload, job.owner = "waiting", due_at or now, payload, owner
    job.attempts, job.done, job.total, job.checkpoint, job.error = 0, 0, 0, {}, ""
    job.lease_until, job.finished_at, job.request_id = None, None, request_id.get()
    tx.info["jobs"] = True
    return job


_JOBS = Job.__table__.c
_ASKED = (
    select(_JOBS.state, _JOBS.due_at, _JOBS.payload, _JOBS.owner, _JOBS.attempts)
    .where(_JOBS.key == bindparam("key"))
    .with_for_update(**HELD)
)


def ensure(tx: Session, kind: str, key: str, *, due_at: datetime, **payload: Any) -> None:
    """Put a job in the queue as `enqueue` does; costs less where one waits for just this already, as it nearly always does."""
    tx.flush()
    found = tx.connection().execute(_ASKED, {"key": f"{kind}:{key}"}).first()
    if found is None or tuple(found) != ("waiting", due_at, payload, "", 0):
        enqueue(tx, kind, key, due_at=due_at, **payload)


def cancel(tx: Session, job: Job) -> None:
    """Cancel a job that has not ended; a running one stops at its next checkpoint."""
    if job.state in {"waiting", "running"}:
        job.state, job.finished_at = "cancelled", tx.info["clock"]()


class Worker:
    """One thread that does the due jobs of one service."""

    def __init__(self, db: Database, handlers: Mapping[str, Handler]) -> None:
        self.db = db
        self.handlers = dict(handlers)
        self._wake = threading.Event()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._loop, name=f"{db.name}-jobs", daemon=True)
        db.on_commit("jobs", self._wake.set)

    def start(self) -> None:
        """Start working in the background."""
        if self.db.backend.is_alone:
            self._take_over()
        self._thread.start()

    def stop(self) -> None:
        """Stop after the job in hand."""
        self._stop.set()
        self._wake.set()
        if self._thread.ident:
            self._thread.join(timeout=10)

    def run_due(self) -> int:
        """Do every job that is due now; return how many were done or failed."""
        count = 0
        while not self._stop.is_set() and (job := self._claim()) is not None:
            self._do(job)
            count += 1
        return count

    def _loop(self) -> None:
        while not self._stop.is_set():
            try:
                self.run_due()
                pause = self._until_next()
            except Exception as error:
                level = log.warning if lost_connection(error) else log.error
                level("job_worker_failed", service=self.db.name, error=repr(error))
                pause = 1.0
            self._wake.wait(timeout=pause)
            self._wake.clear()

    def _take_over(self) -> None:
        """End the leases of a process that is no more."""
        held = (Job.state == "running") & Job.lease_until.is_not(None)
        with self.db.transaction() as tx:
            tx.execute(update(Job).where(held).values(lease_until=self.db.clock() - LEASE))

    def _until_next(self) -> float:
        with self.db.reading() as tx:
            due = tx.scalar(select(func.min(Job.due_at)).where(Job.state == "waiting"))
        if due is None:
            return 5.0
        return min(max((due - self.db.clock()).total_seconds(), SOON), 5.0)

    def _claim(self) -> Job | None:
        now = self.db.clock()
        with self.db.reading() as tx:
            if not tx.scalar(_due(now).with_only_columns(Job.id).limit(1)):
                return None
        with self.db.transaction() as tx:
            job = tx.scalar(_due(now).order_by(Job.due_at, Job.id).limit(1).with_for_update(skip_locked=True))
            if job is None:
                return None
            job.state, job.lease_until, job.attempts = "running", now + LEASE, job.attempts + 1
            return job

    def _do(self, job: Job) -> None:
        token = request_id.set(job.request_id or job.id)
        try:
            self.handlers[job.kind](Work(self.db, job))
            self._finish(job.id, "done", "")
        except Cancelled:
            log.info("job_cancelled", kind=job.kind, job=job.id)
        except Exception as error:
            away = lost_connection(error)
            level = log.warning if away else log.error
            level("job_failed", service=self.db.name, kind=job.kind, job=job.id, error=repr(error))
            again = away or job.attempts < TRIES
            self._finish(job.id, "waiting" if again else "failed", repr(error))
        finally:
            request_id.reset(token)

    def _finish(self, job_id: str, state: str, error: str) -> None:
        now = self.db.clock()
        with self.db.transaction() as tx:
            job = tx.get_one(Job, job_id, with_for_update=True)
            if job.state == "cancelled":
                return
            job.state, job.error, job.lease_until = state, error, None
            if state == "waiting":
                job.due_at = now + timedelta(seconds=2**job.attempts)
            else:
                job.finished_at = now


def _due(now: datetime) -> Select[Job]:
    waiting = (Job.state == "waiting") & (Job.due_at <= now)
    abandoned = (Job.state == "running") & (Job.lease_until < now)
    return select(Job).where(waiting | abandoned)
