"""A running Huitang as users and operators find it, however many processes it is: its address, data folder and databases."""

import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from sqlalchemy import select

from huitang.house import SERVICES
from huitang.sample.people import SamplePeople
from shared.db import Clock, Database
from shared.inbox import Attempt, InboxRow
from shared.jobs import Job
from shared.ledger import OutboxRow, is_unnumbered
from shared.message import FACTS
from shared.service import Service

LIMITS = {"rate_caller": "1000000/minute", "rate_address": "1000000/minute", "rate_signin": "1000000/minute"}
_AT_ONCE = 500


@dataclass
class Installation:
    """What runs at `url` on the folder `data`; `people` are the personas, each with an API key."""

    url: str
    data: Path
    people: SamplePeople
    databases: Mapping[str, Database]
    clock: Clock
    _clients: list[httpx.Client] = field(default_factory=list, kw_only=True)
    _handled: dict[tuple[str, str], int] = field(default_factory=dict, kw_only=True)

    def client(self, role: str | None = None, **options: Any) -> httpx.Client:
        """Return a client that speaks as a persona (nobody where no role is named)."""
        headers = {"Authorization": f"Bearer {self.people.key(role)}"} if role else {}
        client = httpx.Client(base_url=self.url, headers=headers | options.pop("headers", {}), timeout=30, **options)
        self._clients.append(client)
        return client

    def organisation(self, name: str) -> str:
        """Return the id of an organisation of the sample, by its slug."""
        return self.people.organisations[name]

    def close(self) -> None:
        """Close every client that was made."""
        while self._clients:
            self._clients.pop().close()

    def settle(self, seconds: float = 120) -> None:
        """Wait until every fact is published and has had its effect, and every due job is done."""
        deadline, still = time.monotonic() + seconds, 0
        with httpx.Client(base_url=self.url, timeout=30) as client:
            while still < 2:  # what one look finds done may have left a fact behind the look
                still = still + 1 if self._is_still(client) else 0
                if time.monotonic() > deadline:
                    raise TimeoutError("the installation does not settle")
                time.sleep(0.01)
            self.reach_gateway(client, deadline)

    def reach_gateway(self, client: httpx.Client, deadline: float) -> None:
        """Wait until the gateway has heard everything that was published: in one process it has."""

    def _is_still(self, client: httpx.Client) -> bool:
        if any(self._is_busy(service) for service in SERVICES):
            return False
        told = client.get("/health/ready").json()["services"]
        return all(each.get("unsent") == 0 for each in told.values())

    def _is_busy(self, service: Service) -> bool:
        due = select(Job.id).where(Job.state.in_(("waiting", "running")), Job.due_at <= self.clock()).limit(1)
        with self.databases[service.name].reading() as tx:
            if is_unnumbered(tx) or tx.scalar(due):
                return True
        sources = {source for reaction in service.all_reactions() for source in reaction.sources()}
        return any(self._has_unheard(service, source) for source in sources & self.databases.keys())

    def _has_unheard(self, service: Service, source: str) -> bool:
        """Tell whether a message of `source` lacks the inbox row of a reaction, and is not parked."""
        heard = {
            name: {each.name for each in service.all_reactions() if issubclass(kind, each.hears)}
            for name, kind in FACTS.items()
            if name.startswith(f"{source}.")
        }
        while True:
            last = self._handled.get((service.name, source), 0)
            with self.databases[source].reading() as tx:
                log = select(OutboxRow.number, OutboxRow.message_id, OutboxRow.type).where(OutboxRow.number > last)
                rows = tx.execute(log.order_by(OutboxRow.number).limit(_AT_ONCE)).all()
            ids = [id_ for _, id_, _ in rows]
            with self.databases[service.name].reading() as tx:
                inbox = select(InboxRow.message_id, InboxRow.reaction).where(InboxRow.message_id.in_(ids))
                parked = select(Attempt.message_id, Attempt.reaction).where(Attempt.parked_at.is_not(None))
                done = {tuple(row) for row in (*tx.execute(inbox), *tx.execute(parked))}
            for number, id_, name in rows:
                if not all((id_, reaction) in done for reaction in heard.get(name, ())):
                    return True
                self._handled[service.name, source] = number
            if len(rows) < _AT_ONCE:
                return False
