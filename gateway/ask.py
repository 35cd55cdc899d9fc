"""Asking an upstream something of the gateway's own, as one call of its ASGI application."""

import asyncio
import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from starlette.types import ASGIApp, Message

from shared.message import request_id
from shared.tracing import headers as trace_headers


class Answer(NamedTuple):
    """What came back."""

    status: int
    body: bytes

    def json(self) -> Any:
        """Return the body as read from JSON."""
        return json.loads(self.body)


async def ask(
    app: ASGIApp, method: str, path: str, *, headers: Sequence[tuple[bytes, bytes]] = (), body: bytes = b""
) -> Answer:
    """Ask `app` and return the whole answer; raises what the application raises before it has answered."""
    status, chunks, asked = 0, list[bytes](), False

    async def receive() -> Message:
        nonlocal asked
        if asked:
            await asyncio.Event().wait()  # who asks stays until the answer is whole
        asked = True
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        if message["type"] == "http.response.start":
            status = message["status"]
        else:
            chunks.append(message.get("body", b""))

    scope = {
        "type": "http", "asgi": {"version": "3.0", "spec_version": "2.3"}, "http_version": "1.1", "method": method,
        "scheme": "http", "path": path, "raw_path": path.encode(), "root_path": "", "query_string": b"",
        "headers": [(b"host", b"gateway"), (b"content-length", str(len(body)).encode()),
                    (b"x-request-id", request_id.get().encode()), *trace_headers(), *headers],
        "client": None, "server": None, "state": {},
    }  # fmt: skip
    try:
        await app(scope, receive, send)
    except Exception:
        if not status:
            raise
    return Answer(status, b"".join(chunks))
