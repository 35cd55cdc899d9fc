"""One service alone, on fresh files, with a small tree of organisations and callers of every kind."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm
from sqlalchemy import event, select

from shared import migrate, revisions
from shared.bus import LocalBus
from shared.caller import Caller, Grant, Role, TokenVerifier
from shared.db import Database
from shared.files import FileStore
from shared.keys import Keys
from shared.ledger import OutboxRow
from shared.message import Message
from shared.messages.directory import OrganisationState
from shared.service import Runtime, Service
from shared.settings import Settings
from shared.text import Text
from shared.tree import put_node
from tests.apps import App
from tests.at_once import ask_at_once
from tests.databases import copy_folder, url_of

OWNER = "organizer"
"""Who asks where nobody is named: whoever does the work of the service at `SOCIETY`."""

ROOT, SOCIETY, BRANCH, OTHER = (f"00000000-0000-7000-8000-00000000000{n}" for n in range(1, 5))
"""An association, two societies under it (`SOCIETY`, `OTHER`), and a branch of the first."""

TREE = (
    (ROOT, None, "association", Text("中国科协", "CAST")),
    (SOCIETY, ROOT, "society", Text("中国气象学会", "Meteorological Society")),
    (BRANCH, SOCIETY, "branch", Text("气象学会北京分会", "Beijing Branch")),
    (OTHER, ROOT, "other", Text("中国海洋学会", "Oceanological Society")),
)


def account(number: int) -> str:
    """Return the id of an account."""
    return f"00000000-0000-7000-9000-00000000000{number}"


CALLERS = {
    "administrator": Caller(account(1), organisation=ROOT, grants=(Grant(Role.ADMINISTRATOR, ROOT),)),
    "organizer": Caller(account(2), organisation=SOCIETY, grants=(Grant(Role.ORGANIZER, SOCIETY),)),
    "second_organizer": Caller(account(3), organisation=SOCIETY, grants=(Grant(Role.ORGANIZER, SOCIETY),)),
    "foreign_organizer": Caller(account(4), organisation=OTHER, grants=(Grant(Role.ORGANIZER, OTHER),)),
    "scheduler": Caller(account(5), organisation=SOCIETY, grants=(Grant(Role.SCHEDULER, SOCIETY),)),
    "member": Caller(account(6), organisation=SOCIETY, memberships=frozenset({SOCIETY})),
}


class Turning:
    """A clock that stands still until it is turned."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        """Return the time it shows."""
        return self.now

    def turn(self, *, days: float = 0, seconds: float = 0) -> None:
        """Let time pass at once."""
        self.now += timedelta(days=days, seconds=seconds)


@dataclass
class Alone:
    """The running service; nothing works in its background, `settle` does at once what waits."""

    runtime: Runtime
    clock: Turning
    key: Ed25519PrivateKey
    extra: dict[str, Caller] = field(default_factory=dict)
    heard: int = 0

    def __post_init__(self) -> None:
        self.service = self.runtime.service.name
        self.app = App(self.runtime.service, self.runtime)
        self.transport = httpx.ASGITransport(self.app, raise_app_exceptions=True)
        self.db = self.runtime.db

    def ask(
        self, method: str, path: str, role: str | None = OWNER, version: int | None = None, **options: Any
    ) -> httpx.Response:
        """Ask as a caller; paths stand under /api/<service>/."""
        return self.ask_at_once(role, [{"method": method, "path": path, "version": version, **options}])[0]

    def ask_at_once(self, role: str | None, requests: list[dict[str, Any]]) -> list[httpx.Response]:
        """Ask several times at the same moment, each as `ask` takes it."""
        return ask_at_once(self.transport, [self._request(role, **request) for request in requests])

    def ask_together(self, requests: list[tuple[str, str, str, int | None, Any]]) -> list[httpx.Response]:
        """Ask as several callers at the same moment: role, method, path, version and body of each."""
        made = [self._request(role, method, path, version, json=body) for role, method, path, version, body in requests]
        return ask_at_once(self.transport, made)

    def _request(
        self, role: str | None, method: str, path: str, version: int | None = None, **options: Any
    ) -> dict[str, Any]:
        headers = dict(options.pop("headers", {}))
        if role:
            caller = self.extra.get(role) or CALLERS[role]
            now = int(time.time())
            claims = {"iss": "huitang", "aud": "huitang", "iat": now, "exp": now + 60, **caller.claims()}
            headers["Authorization"] = f"Bearer {jwt.encode(claims, self.key, 'EdDSA', headers={'kid': 'k'})}"
        if version is not None:
            headers["If-Match"] = f'"v{version}"'

        return {"method": method, "url": f"/api/{self.service}/{path}", "headers": headers, **options}

    def get(self, path: str, role: str | None = OWNER, **options: Any) -> Any:
        """Return what a GET answers."""
        return checked(self.ask("GET", path, role, **options))

    def do(self, method: str, path: str, json: Any = None, role: str = OWNER, **options: Any) -> Any:
        """Return what a request answers that must succeed."""
        return checked(self.ask(method, path, role, json=json, **options))

    def status(self, method: str, path: str, role: str | None, **options: Any) -> int:
        """Return the status of an answer."""
        return self.ask(method, path, role, **options).status_code

    def facts(self) -> list[Message]:
        """Return the facts emitted since this was last asked."""
        with self.db.reading() as tx:
            rows = tx.execute(
                select(OutboxRow.id, OutboxRow.message).where(OutboxRow.id > self.heard).order_by(OutboxRow.id)
            ).all()
        self.heard = rows[-1][0] if rows else self.heard
        return [Message.model_validate_json(body) for _, body in rows]

    def types(self) -> list[str]:
        """Return the types of the facts since this was last asked, without prefix and version."""
        return [message.type.removeprefix(f"{self.service}.").removesuffix(".v1") for message in self.facts()]

    def entries(self) -> dict[str, dict[str, Any]]:
        """Return the date entries told since facts were last asked for, by id; the last of each."""
        told = [message for message in self.facts() if message.type.startswith(f"{self.service}.date.")]
        return {message.data["entry_id"]: message.data["entry"] for message in told}

    def settle(self) -> None:
        """Do every job that is due."""
        while self.runtime.worker.run_due():
            pass

    def queries(self, path: str, role: str | None = OWNER) -> int:
        """Count the statements that a GET needs, but for the first of its kind, which finds out whether it needs a view."""
        self.get(path, role)
        return self.statements(lambda: self.get(path, role))

    def statements(self, asking: Callable[[], object]) -> int:
        """Count the statements that something reads by."""
        seen: list[str] = []

        def note(_c: object, _cursor: object, statement: str, *_: object) -> None:
            seen.append(statement)

        event.listen(self.db._reader, "before_cursor_execute", note)
        try:
            asking()
        finally:
            event.remove(self.db._reader, "before_cursor_execute", note)
        return len(seen)


def checked(answer: httpx.Response) -> Any:
    """Return the body of an answer that must be a success."""
    assert answer.is_success, f"{answer.status_code} {answer.text}"
    return answer.json() if answer.content else None


def make_template(service: Service, folder: Path) -> tuple[Path, Ed25519PrivateKey]:
    """Fill a data folder with a key, an empty database of the service and the organisations."""
    key = Ed25519PrivateKey.generate()
    public = json.loads(OKPAlgorithm.to_jwk(key.public_key())) | {"kid": "k"}
    (folder / "signing.jwks").write_text(json.dumps({"keys": [public]}))
    Keys(folder).ensure()
    db = Database(service.name, url_of(folder, service.name))
    migrate.upgrade_layer(db, "shared", revisions.HERE / "versions", service.metadata)
    service.metadata.create_all(db.engine)
    with db.transaction() as tx:
        for id_, parent, slug, name in TREE:
            put_node(tx, state_of(id_, parent, slug, name))
    db.close()
    return folder, key


def state_of(id_: str, parent: str | None, slug: str, name: Text, version: int = 1) -> OrganisationState:
    """Return what a fact says of an organisation."""
    return OrganisationState(
        organisation_id=id_, parent_id=parent, slug=slug, kind="society", name=name, status="active", version=version
    )


def make_runtime(service: Service, template: Path, folder: Path, clock: Turning) -> Runtime:
    """Make the service's runtime on a copy of `template`."""
    copy_folder(template, folder)
    db = Database(service.name, url_of(folder, service.name), clock=clock)
    bus = LocalBus()
    bus.attach(db)
    verifier = TokenVerifier(folder / "signing.jwks")
    return Runtime(service, Settings(data=folder), db, bus, verifier, FileStore(folder / "files"))
