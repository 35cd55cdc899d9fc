"""The directory alone, on fresh files, asked as the gateway asks it: a credential is exchanged, and the token sent on."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import anyio
import httpx

from services.directory.service import service
from services.directory.signin.tokens import ensure_gateway_secret, ensure_keys, gateway_secret, signer
from shared import migrate
from shared.bus import LocalBus
from shared.caller import Caller, TokenVerifier
from shared.db import Database, utc_now
from shared.files import FileStore
from shared.service import Runtime
from shared.settings import Settings
from tests.apps import App
from tests.databases import copy_folder, url_of
from tests.shared.logs import read_log


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


def make_template(folder: Path) -> Path:
    """Fill a data folder with keys and an empty database."""
    ensure_keys(folder / "signing.jwks")
    ensure_gateway_secret(folder / "gateway.secret")
    db = Database("directory", url_of(folder, "directory"))
    migrate.upgrade(db, service.name, service.migrations, service.metadata)
    db.close()
    return folder


@dataclass
class Directory:
    """A running directory; nothing works in its background, `settle` does it at once."""

    runtime: Runtime
    clock: Turning
    cookies: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.app = App(service, self.runtime)
        self.transport = httpx.ASGITransport(self.app, raise_app_exceptions=False)
        self.data = self.runtime.settings.data
        self.db = self.runtime.db

    def ask(self, method: str, path: str, caller: Caller | None = None, **options: Any) -> httpx.Response:
        """Ask as `caller`; paths without a leading slash stand under /api/directory/."""
        headers = dict(options.pop("headers", {}))
        if caller:
            headers["Authorization"] = f"Bearer {signer(self.data / 'signing.jwks').sign(caller, utc_now())}"
        url = path if path.startswith("/") else f"/api/directory/{path}"

        async def asking() -> httpx.Response:
            async with httpx.AsyncClient(transport=self.transport, base_url="http://localhost") as client:
                return await client.request(method, url, headers=headers, **options)

        return anyio.run(asking)

    def exchange(self, credential: str, kind: str, secret: str | None = None) -> httpx.Response:
        """Exchange a credential for a token, as the gateway does."""
        shown = gateway_secret(self.data / "gateway.secret") if secret is None else secret
        body = {"credential": credential, "kind": kind}
        return self.ask("POST", "/internal/token", json=body, headers={"Huitang-Gateway": shown})

    def caller(self, credential: str, kind: str = "key") -> Caller:
        """Return whom a credential speaks for, as every service would read it."""
        answer = self.exchange(credential, kind)
        assert answer.status_code == 200, answer.text
        return self.runtime.verifier.verify(answer.json()["token"])

    def settle(self) -> None:
        """Publish every fact and let the directory hear its own."""
        while self.runtime.relay.drain():
            pass
        while batch := read_log(self.runtime, "directory", self.runtime.position("directory")):
            self.runtime.deliverer.deliver(batch)


def make_directory(template: Path, folder: Path) -> Directory:
    """Make a directory on a copy of `template`."""
    copy_folder(template, folder)
    clock = Turning()
    db = Database("directory", url_of(folder, "directory"), clock=clock)
    bus = LocalBus()
    bus.attach(db)
    settings = Settings(data=folder)
    verifier = TokenVerifier(folder / "signing.jwks")
    return Directory(Runtime(service, settings, db, bus, verifier, FileStore(folder / "files")), clock)
