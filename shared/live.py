"""Live views: server-sent events that tell what changed. The one async route of a service.

A stream sends `{subject, version, by, part}` and no content: clients fetch what changed, with their own rights, and fetch
everything they show after each (re)connect. It hears from now on only and keeps nothing.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Iterable, Set
from dataclasses import asdict, dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import StringConstraints
from sqlalchemy.orm import Session
from starlette.responses import StreamingResponse

from shared.bus import Bus
from shared.caller import Caller
from shared.errors import Forbidden, NotFound
from shared.listening import Listener
from shared.message import Fact
from shared.web import CallerDep

HEARTBEAT_SECONDS = 15.0
MOST_TOPICS = 20
Topic = Annotated[str, StringConstraints(max_length=200)]
STREAM = {"schema": {"type": "string"}}


@dataclass(frozen=True)
class Note:
    """That `subject` is now at `version`, by the account `by`; `topic` is the view that shows it, `part` what kind it is of."""

    topic: str
    subject: str
    version: int
    by: str = ""
    part: str = ""


@dataclass(frozen=True)
class Live:
    """What a service shows live: `check` raises for a topic the caller may not see, `note` reads a fact."""

    check: Callable[[Session, Caller, str], None]
    note: Callable[[Fact], Note | None]


def live_router(live: Live) -> APIRouter:
    """Make the route `GET /live?topic=…&topic=…`."""
    router = APIRouter(tags=["live"])

    @router.get("/live", response_class=StreamingResponse, responses={200: {"content": {"text/event-stream": STREAM}}})
    async def watch(
        request: Request,
        caller: CallerDep,
        topic: Annotated[list[Topic], Query(min_length=1, max_length=MOST_TOPICS)],
    ) -> StreamingResponse:
        """Stream what changes in each `topic`, such as `edition:<id>`, as server-sent events.

        Of several topics those that the caller may not see are left out, so that one that is gone takes no other along.
        """
        runtime = request.app.state.runtime
        topics = await runtime.db.read(lambda tx: _seen(tx, live, caller, topic), live.check)
        return StreamingResponse(
            _stream(runtime.bus, live, topics),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    return router


def _seen(tx: Session, live: Live, caller: Caller, topics: Iterable[str]) -> Set[str]:
    """Return those topics that the caller may see; raise why they may see none."""
    seen, refusal = set(), None
    for topic in topics:
        try:
            live.check(tx, caller, topic)
            seen.add(topic)
        except (Forbidden, NotFound) as refused:
            refusal = refused
    if refusal and not seen:
        raise refusal
    return seen


async def _stream(bus: Bus, live: Live, topics: Set[str]) -> AsyncIterator[bytes]:
    listener = bus.listen()
    try:
        if not await _hears(listener):  # what is sent now would be believed to be all there is
            return
        yield b"event: open\ndata: {}\n\n"
        async for note in _notes(listener, live):
            if note is None:
                yield b": still here\n\n"
            elif note.topic in topics:
                yield f"event: change\ndata: {json.dumps(asdict(note))}\n\n".encode()
            if listener.missed:  # too slow to hear all: the client connects again and fetches everything
                return
    finally:
        bus.dismiss(listener)


async def _hears(listener: Listener) -> bool:
    """Wait a while for the listener to hear; False where the client should ask again."""
    try:
        return await asyncio.wait_for(listener.hears(), HEARTBEAT_SECONDS)
    except TimeoutError:
        return False


async def _notes(listener: Listener, live: Live) -> AsyncIterator[Note | None]:
    """Yield notes as they come, and nothing now and then so that a gone client is noticed."""
    while True:
        try:
            message = await asyncio.wait_for(listener.next(), HEARTBEAT_SECONDS)
        except TimeoutError:
            yield None
            continue
        if message is None:
            return
        fact = message.fact()
        note = live.note(fact) if fact else None
        if note:
            yield note
