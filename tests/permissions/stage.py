"""A service on which something of everything was put, asked as every role; what an answer changed is taken back."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import anyio
import httpx

from shared.caller import Caller
from shared.db import new_id
from shared.inbox import Attempt
from shared.jobs import enqueue
from shared.message import Message
from shared.service import Runtime
from tests.databases import Snapshot
from tests.permissions.bodies import BODIES, FILES, PARAMETERS, VERSIONS, filled

JSON = "application/json"


@dataclass
class Stage:
    """A service, whom it is asked as, and what it holds: `shown` by name, and what `hidden` has instead.

    A name such as `ref:series` is what `{ref}` stands for behind `/series/`.
    """

    runtime: Runtime
    app: Any
    sign: Callable[[Caller], str]
    callers: dict[str, Caller]
    shown: dict[str, str]
    hidden: dict[str, str]
    files: dict[str, bytes]

    def __post_init__(self) -> None:
        self.name = self.runtime.service.name
        self.kept = Snapshot(self.runtime.db)

    def routes(self) -> list[tuple[str, str]]:
        """Return method and path of every route under /api, as the service describes itself."""
        start = f"/api/{self.name}"
        paths = self.app.openapi()["paths"]
        return [(method.upper(), path.removeprefix(start)) for path in paths for method in paths[path]]

    def status(self, method: str, path: str, role: str, *, hidden: bool = False) -> int:
        """Return the status of an answer to a role; whatever was changed is taken back."""
        return self.answer(self.request(method, path, role, hidden=hidden)).status_code

    def answer(self, request: httpx.Request) -> httpx.Response:
        """Return what is answered; whatever was changed is taken back."""
        answer = anyio.run(self._ask, request)
        if request.method != "GET" and answer.status_code < 400:
            self.restore()
        return answer

    def names(self, path: str, *, hidden: bool = False) -> dict[str, str]:
        """Return what the names in a path stand for."""
        words = self.shown | (self.hidden if hidden else {})
        for name, value in list(words.items()):
            placeholder, _, folder = name.partition(":")
            if folder and f"/{folder}/{{{placeholder}}}" in path:
                words[placeholder] = value
        return words

    def restore(self) -> None:
        """Bring the database back to what it was at first."""
        self.kept.restore()

    def request(
        self, method: str, path: str, role: str, *, hidden: bool = False, words: dict[str, str] | None = None
    ) -> httpx.Request:
        """Return a request that a caller with the rights gets through with; `words` stand for what they name instead."""
        words = self.names(path, hidden=hidden) | (words or {})
        route = f"{method} {path}"
        headers = {"If-Match": f'"v{VERSIONS.get(route, 1)}"', "Content-Type": JSON}
        if role != "nobody":
            headers["Authorization"] = f"Bearer {self.sign(self.callers[role])}"
        body = BODIES[self.name].get(route)
        options: dict[str, Any] = {"json": filled(body, words)} if body is not None else {}
        if route in FILES:
            options = {"content": self.files[FILES[route]]}
            headers["Content-Type"] = "application/octet-stream"
        address = f"http://localhost/api/{self.name}{path.partition('#')[0].format_map(words)}"
        return httpx.Request(
            method, address, headers=headers, params=filled(PARAMETERS.get(route, {}), words), **options
        )

    async def _ask(self, request: httpx.Request) -> httpx.Response:
        """Return the answer, of a live view (which never ends) the beginning."""
        started: list[dict[str, Any]] = []
        parts: list[bytes] = []
        body = request.read()
        scope = {
            "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": request.method,
            "scheme": "http", "path": request.url.path, "raw_path": request.url.raw_path, "root_path": "",
            "query_string": request.url.query, "headers": [(k.lower(), v) for k, v in request.headers.raw],
            "server": ("localhost", 80), "client": ("127.0.0.1", 1),
        }  # fmt: skip
        asked = [{"type": "http.request", "body": body, "more_body": False}]

        async def receive() -> dict[str, Any]:
            if asked:
                return asked.pop()
            await anyio.sleep_forever()
            raise AssertionError

        with anyio.CancelScope() as asking:

            async def send(message: dict[str, Any]) -> None:
                if message["type"] == "http.response.start":
                    started.append(message)
                    return
                parts.append(message.get("body", b""))
                if request.url.path.endswith("/live") and started[0]["status"] == 200:
                    asking.cancel()

            await self.app(scope, receive, send)
        return httpx.Response(started[0]["status"], headers=started[0]["headers"], content=b"".join(parts))


def put_operations(runtime: Runtime, owner: str) -> dict[str, str]:
    """Put a job of `owner` and a parked message into a service; return their names for paths."""
    message = Message(
        id=new_id(), source="events", type="events.gone.v1", subject="1", time=runtime.db.clock(), data={}
    )
    reaction = runtime.deliverer.reactions[0].name
    with runtime.db.transaction() as tx:
        job = enqueue(tx, "gone", "1", owner=owner)
        tx.add(
            Attempt(
                message_id=message.id, reaction=reaction, source="events", number=1, failures=5,
                message=message.model_dump_json(), parked_at=runtime.db.clock(),
            )
        )  # fmt: skip
        tx.flush()
        return {"job_id": job.id, "message_id": message.id, "reaction": reaction}
