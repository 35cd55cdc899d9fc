"""Requests that arrive at the same moment, for tests of what two may do to the same thing."""

from collections.abc import Sequence
from typing import Any

import anyio
import httpx


def ask_at_once(transport: httpx.AsyncBaseTransport, requests: Sequence[dict[str, Any]]) -> list[httpx.Response]:
    """Send all requests (as `httpx.AsyncClient.request` takes them) before any is answered; return the answers in order."""
    answers: dict[int, httpx.Response] = {}

    async def asking() -> None:
        async with httpx.AsyncClient(transport=transport, base_url="http://localhost", timeout=60) as client:

            async def ask(number: int, request: dict[str, Any]) -> None:
                answers[number] = await client.request(**request)

            async with anyio.create_task_group() as group:
                for number, request in enumerate(requests):
                    group.start_soon(ask, number, request)

    anyio.run(asking)
    return [answers[number] for number in range(len(requests))]


def outcomes(answers: Sequence[httpx.Response]) -> list[tuple[int, str]]:
    """Return the status and the type of problem of each answer, sorted."""
    return sorted((answer.status_code, answer.json().get("type", "") if answer.content else "") for answer in answers)
