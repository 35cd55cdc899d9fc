"""The routes that every service has for those who operate it: jobs, facts, parked messages, the audit chain.

All but a caller's own jobs are for an administrator of the root organisation.
"""

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from shared.audit import AuditRow, verify
from shared.caller import Caller, Role
from shared.errors import Forbidden, NotFound
from shared.inbox import Attempt, list_parked
from shared.jobs import Job, cancel, enqueue
from shared.ledger import OutboxRow
from shared.message import Message
from shared.paging import Page, PageQuery, paginate
from shared.revisions import revision_of
from shared.schema import Count, Out
from shared.standing import Standing, standing_of
from shared.tree import Node
from shared.web import CallerDep, reads, writes

REBUILD = "rebuild"
"""The job that fills a service's projections anew."""

NAMED = 10
"""So many parked messages are named where a service says how it is."""


class JobOut(Out):
    """A job; `done` of `total` steps are finished."""

    id: str
    kind: str
    state: str
    done: int
    total: int
    attempts: int
    error: str
    due_at: datetime
    finished_at: datetime | None


class FactOut(BaseModel):
    """A message of this service's log, and its number there."""

    number: int
    message: Message


class ParkedOut(Out):
    """A message that a reaction could not handle five times."""

    message_id: str
    reaction: str
    source: str
    number: int
    failures: int
    error: str
    parked_at: datetime


class AuditOut(Out):
    """One deed of an audit chain: the service's own, or the one that is named."""

    chain: str
    number: int
    at: datetime
    actor: str
    verb: str
    subject: str
    change: dict[str, Any]
    hash: str


class AuditCheckOut(BaseModel):
    """What a check of all chains found: rows sealed, the head of the service's own, and the first row that does not fit."""

    length: int
    head: str
    chains: int
    broken_at: int | None
    broken_in: str


class AuditQuery(PageQuery):
    """Deeds of one subject, or of all; of one chain, or of all."""

    subject: Annotated[str, Query(max_length=120)] = ""
    chain: Annotated[str, Query(max_length=36)] = ""


class Retried(BaseModel):
    """Whether the message was handled this time."""

    handled: bool


class StatusOut(BaseModel):
    """How far a service is: its tables' revisions, the length of its log, how much of others' it has yet to read, what waits."""

    revisions: dict[str, str | None]
    facts: int
    behind: dict[str, int]
    parked: int
    failed_jobs: int


class ParkedName(Out):
    """Which message is parked, and for which reaction; why, an operator is told at `/parked`."""

    message_id: str
    reaction: str


class HealthOut(BaseModel):
    """How a service is: `parked` messages wait for a mended cause, `unsent` facts for the relay, the oldest since then.

    `parked_messages` names the oldest of those parked, ten at most. `bus` tells whether the bus answers; while it does
    not, requests are answered all the same, and facts wait. `behind` are the messages of others that it has yet to read.
    """

    parked: int
    parked_messages: list[ParkedName]
    unsent: int
    unsent_since: datetime | None
    behind: int
    bus: bool


def is_operator(tx: Session, caller: Caller) -> bool:
    """Tell whether the caller administers a root organisation."""
    roots = tx.scalars(select(Node.id).where(Node.parent_id.is_(None))).all()
    return any(caller.has(Role.ADMINISTRATOR, (root,)) for root in roots)


def check_operator(tx: Session, caller: Caller) -> None:
    """Raise `Forbidden` unless the caller administers a root organisation."""
    if not is_operator(tx, caller):
        raise Forbidden()


def health_router() -> APIRouter:
    """Make what the gateway asks, and no outsider reaches: `GET /internal/health` and `GET /internal/metrics`."""
    router = APIRouter()

    def standing(tx: Session, request: Request) -> Standing:
        runtime = request.app.state.runtime
        name = runtime.service.name
        return standing_of(tx, name, runtime.relay.published(tx), runtime.bus.health(name))

    @router.get("/internal/health")
    @reads
    def get_health(tx: Session, request: Request) -> HealthOut:
        """Tell how the service is; that it answers tells that its database does."""
        told = standing(tx, request)
        parked = Attempt.parked_at.is_not(None)
        named = select(Attempt.message_id, Attempt.reaction).where(parked).order_by(Attempt.parked_at).limit(NAMED)
        return HealthOut(
            parked=told.parked, parked_messages=[ParkedName.model_validate(row) for row in tx.execute(named)],
            unsent=told.unsent, unsent_since=told.unsent_since,
            behind=sum(told.health.lag.values()), bus=told.health.answers,
        )  # fmt: skip

    @router.get("/internal/metrics")
    @reads
    def get_metrics(tx: Session, request: Request) -> Response:
        """Tell the same in numbers, for Prometheus."""
        return Response(standing(tx, request).text(), media_type="text/plain; version=0.0.4")

    return router


def operations_router() -> APIRouter:
    """Make the routes; a service gets its own copy."""
    router = APIRouter(tags=["operations"])

    @router.get("/jobs/{job_id}")
    @reads
    def get_job(tx: Session, caller: CallerDep, job_id: str) -> JobOut:
        """Tell how far a job is."""
        return JobOut.model_validate(_job(tx, caller, job_id))

    @router.delete("/jobs/{job_id}", status_code=204)
    @writes
    def cancel_job(tx: Session, caller: CallerDep, job_id: str) -> None:
        """Cancel a job that has not ended."""
        cancel(tx, _job(tx, caller, job_id))

    @router.get("/status")
    @reads
    def get_status(tx: Session, caller: CallerDep, request: Request) -> StatusOut:
        """Tell how far this service is."""
        check_operator(tx, caller)
        runtime = request.app.state.runtime
        failed = select(func.count()).select_from(Job).where(Job.state == "failed")
        return StatusOut(
            revisions={layer: revision_of(tx.connection(), layer) for layer in ("shared", runtime.service.name)},
            facts=tx.scalar(select(func.max(OutboxRow.number))) or 0,
            behind=runtime.bus.health(runtime.service.name).lag,
            parked=len(list_parked(tx)),
            failed_jobs=tx.scalar(failed) or 0,
        )

    @router.get("/facts")
    @reads
    def list_facts(
        tx: Session,
        caller: CallerDep,
        after: Count = 0,
        newest: bool = False,
        limit: Annotated[int, Query(ge=1, le=500)] = 100,
    ) -> list[FactOut]:
        """Return messages of this service's log in order: the first behind number `after`, or of those the newest."""
        check_operator(tx, caller)
        order = OutboxRow.number.desc() if newest else OutboxRow.number.asc()
        rows = tx.scalars(select(OutboxRow).where(OutboxRow.number > after).order_by(order).limit(limit)).all()
        told = rows[::-1] if newest else rows
        return [FactOut(number=row.number or 0, message=Message.model_validate_json(row.message)) for row in told]

    @router.post("/facts/rebuild", status_code=202)
    @writes
    def rebuild(tx: Session, caller: CallerDep) -> JobOut:
        """Ask for this service's projections to be emptied and filled from the beginning of every log.

        The job's `done` is the number of messages that they were filled from, as soon as it is done.
        """
        check_operator(tx, caller)
        return JobOut.model_validate(enqueue(tx, REBUILD, "projections", owner=caller.account_id))

    @router.get("/parked")
    @reads
    def list_parked_messages(tx: Session, caller: CallerDep) -> list[ParkedOut]:
        """List the messages that wait for a mended cause."""
        check_operator(tx, caller)
        return [ParkedOut.model_validate(row) for row in list_parked(tx)]

    @router.post("/parked/{message_id}/{reaction}/retry")
    @reads
    def retry_parked(tx: Session, caller: CallerDep, request: Request, message_id: str, reaction: str) -> Retried:
        """Try a parked message again."""
        check_operator(tx, caller)
        if tx.get(Attempt, (message_id, reaction)) is None:
            raise NotFound()
        return Retried(handled=request.app.state.runtime.deliverer.retry(message_id, reaction))

    @router.get("/audit")
    @reads
    def list_audit(tx: Session, caller: CallerDep, query: Annotated[AuditQuery, Query()]) -> Page[AuditOut]:
        """List sealed deeds, newest first."""
        check_operator(tx, caller)
        rows = select(AuditRow).where(AuditRow.number.is_not(None))
        if query.subject:
            rows = rows.where(AuditRow.subject == query.subject)
        if query.chain:
            rows = rows.where(AuditRow.chain == query.chain)
        found, following, total = paginate(tx, rows, query, AuditRow.id, descending=True)
        return Page(items=[AuditOut.model_validate(row) for row in found], next=following, total=total)

    @router.get("/audit/chain")
    @reads
    def verify_audit(tx: Session, caller: CallerDep) -> AuditCheckOut:
        """Recompute every audit chain of the service."""
        check_operator(tx, caller)
        chains = verify(tx)
        broken = next((chain for chain in chains if chain.broken_at), None)
        return AuditCheckOut(
            length=sum(chain.length for chain in chains), head=chains[0].head, chains=len(chains),
            broken_at=broken.broken_at if broken else None, broken_in=broken.name if broken else "",
        )  # fmt: skip

    return router


def _job(tx: Session, caller: Caller, job_id: str) -> Job:
    job = tx.get(Job, job_id)
    if job is None or not (job.owner == caller.account_id or is_operator(tx, caller)):
        raise NotFound()
    return job
