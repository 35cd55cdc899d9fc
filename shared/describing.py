"""What an API's description says of every route of the house, beside what each declares itself.

A POST that changes something takes an `Idempotency-Key`, a list is had as a file too, what has a version is answered
with an `ETag`, which the next change sends as `If-Match`, and an answer has all its fields, also those with a default.
"""

from collections.abc import Callable, Iterator
from inspect import signature
from threading import Lock
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.datastructures import State
from starlette.routing import BaseRoute
from starlette.types import ASGIApp, Receive, Scope, Send

from shared.message import Message
from shared.paging import XLSX
from shared.route_table import RouteTable

FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
"""The content of an answer that is a file."""

_IDEMPOTENCY_KEY = {
    "name": "Idempotency-Key",
    "in": "header",
    "required": False,
    "description": "Names this request: sent again with the same key, it is answered the same and does nothing again.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
_ETAG = {
    "description": "The version, to be sent as `If-Match`.",
    "schema": {"type": "string", "pattern": '^"v[0-9]+"$'},
}


_MAY_LACK = {Message.__name__: {name for name, field in Message.model_fields.items() if field.exclude_if}}
"""Fields that an answer leaves out where they say nothing."""

_ONE_AT_A_TIME = Lock()
"""Describing silences warnings for its own thread's sake, which is one switch for all threads."""


class Described(FastAPI):
    """An application whose description is complete. Where its routes stand in a `table`, it describes those.

    Where a `front` was put before it, that is asked first.
    """

    table: RouteTable | None = None
    front: ASGIApp | None = None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the front answer, where there is one, or what is behind it."""
        await (self.front or super().__call__)(scope, receive, send)

    def put_before(self, front: Callable[[State, ASGIApp], ASGIApp]) -> None:
        """Let a front answer what needs no route, before the framework begins with it."""
        self.front = front(self.state, super().__call__)

    @property
    def routes(self) -> list[BaseRoute]:
        """Return every route, in order."""
        return [*self.table.routes] if self.table else super().routes

    def openapi(self) -> dict[str, Any]:
        """Return the description; it is made once."""
        with _ONE_AT_A_TIME:
            return self._described()

    def _described(self) -> dict[str, Any]:
        if self.openapi_schema is None:
            endpoints = {route.unique_id: route.endpoint for route in self.routes if isinstance(route, APIRoute)}
            described = super().openapi()
            for operations in described["paths"].values():
                for method, operation in operations.items():
                    _complete(operation, method, endpoints[operation["operationId"]])
            _require_answered(described)
        return super().openapi()


def _complete(operation: dict[str, Any], method: str, endpoint: Callable[..., Any]) -> None:
    if method == "post" and getattr(endpoint, "changes_something", False):
        operation.setdefault("parameters", []).append(_IDEMPOTENCY_KEY)
    returned = signature(endpoint).return_annotation
    fields = returned.model_fields if isinstance(returned, type) and issubclass(returned, BaseModel) else {}
    for status, answer in operation["responses"].items():
        if status.startswith("2") and {"items", "next"} <= fields.keys():
            answer["content"] |= {"text/csv": FILE, XLSX: FILE}
        elif status.startswith("2") and "version" in fields:
            answer["headers"] = {"ETag": _ETAG}


def _require_answered(described: dict[str, Any]) -> None:
    """Require every field of what is answered only; where a field has a default, it may be left out of what is sent."""
    schemas = described.get("components", {}).get("schemas", {})
    operations = [each for paths in described["paths"].values() for each in paths.values()]
    sent = _reached(schemas, [each.get("requestBody") for each in operations])
    answers = [answer for each in operations for status, answer in each["responses"].items() if status.startswith("2")]
    for name in _reached(schemas, answers) - sent:
        if fields := schemas[name].get("properties"):
            schemas[name]["required"] = [field for field in fields if field not in _MAY_LACK.get(name, ())]


def _reached(schemas: dict[str, Any], within: Any) -> set[str]:
    """Return the names of the schemas that are used in something, directly or through others."""
    found, left = set[str](), list(_references(within))
    while left:
        name = left.pop()
        if name not in found:
            found.add(name)
            left.extend(_references(schemas[name]))
    return found


def _references(within: Any) -> Iterator[str]:
    if isinstance(within, dict):
        if isinstance(reference := within.get("$ref"), str):
            yield reference.rpartition("/")[2]
        for each in within.values():
            yield from _references(each)
    elif isinstance(within, list):
        for each in within:
            yield from _references(each)
