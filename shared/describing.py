"""What an API's description says of every route of the house, beside what each declares itself.

A POST that changes something takes an `Idempotency-Key`, a list is had as a file too, and what has a version is answered
with an `ETag`, which the next change sends as `If-Match`.
"""

from collections.abc import Callable
from inspect import signature
from threading import Lock
from typing import Any

from fastapi import FastAPI
from fastapi.routing import APIRoute
from pydantic import BaseModel
from starlette.routing import BaseRoute

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


_ONE_AT_A_TIME = Lock()
"""Describing silences warnings for its own thread's sake, which is one switch for all threads."""


class Described(FastAPI):
    """An application whose description is complete. Where its routes stand in a `table`, it describes those."""

    table: RouteTable | None = None

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
            for operations in super().openapi()["paths"].values():
                for method, operation in operations.items():
                    _complete(operation, method, endpoints[operation["operationId"]])
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
