"""One description of the whole API, made of every service's own; and what a page lists of it. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Document = dict[str, Any]

_SCHEMAS = "#/components/schemas/"


def merged(documents: Mapping[str, Document], *, server: str) -> Document:
    """Merge OpenAPI documents by service name.

    A schema that two services have alike stands once; where they differ, each stands under its service's name. Tags name
    their service too.
    """
    schemas: Document = {}
    paths: Document = {}
    for service, document in sorted(documents.items()):
        own = document.get("components", {}).get("schemas", {})
        taken = {name: f"{service.title()}{name}" for name in own if _differs(name, own, documents)}
        renamed = _renamed(document, {_SCHEMAS + old: _SCHEMAS + new for old, new in taken.items()})
        for name, schema in renamed.get("components", {}).get("schemas", {}).items():
            schemas[taken.get(name, name)] = schema
        for path, operations in renamed.get("paths", {}).items():
            paths[path] = {method: _tagged(service, each) for method, each in operations.items()}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "会堂 Huitang",
            "version": "1",
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": server}],
        "security": [{"apiKey": []}, {"session": []}, {}],
        "paths": paths,
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "apiKey": {"type": "http", "scheme": "bearer", "bearerFormat": "ht_…"},
                "session": {"type": "apiKey", "in": "cookie", "name": "huitang_session"},
            },
        },
    }


@dataclass(frozen=True, slots=True)
class Operation:
    """One operation as a page lists it: what it does, the query parameters it takes, the schema of its body."""

    method: str
    path: str
    description: str
    asks: tuple[str, ...]
    takes: str


Chapters = Mapping[str, Mapping[str, list[Operation]]]
"""Operations by service and by room."""


def listed(document: Document) -> Chapters:
    """Return every operation of a merged description."""
    chapters: dict[str, dict[str, list[Operation]]] = {}
    for path, operations in document["paths"].items():
        for method, told in operations.items():
            if isinstance(told, dict):
                service, _, room = told["tags"][0].partition(" · ")
                chapters.setdefault(service, {}).setdefault(room, []).append(_operation(method, path, told))
    return chapters


def _operation(method: str, path: str, told: Document) -> Operation:
    asks = tuple(each["name"] for each in told.get("parameters", ()) if each["in"] == "query")
    bodies = told.get("requestBody", {}).get("content", {}).values()
    takes = next((each.get("schema", {}).get("$ref", "").removeprefix(_SCHEMAS) for each in bodies), "")
    return Operation(method.upper(), path, " ".join(told.get("description", "").split()), asks, takes)


def _differs(name: str, own: Document, documents: Mapping[str, Document]) -> bool:
    """Tell whether another service has another schema under the same name, in itself or in what it refers to."""
    mine = _whole(name, own)
    others = (document.get("components", {}).get("schemas", {}) for document in documents.values())
    return any(name in other and _whole(name, other) != mine for other in others)


def _whole(name: str, schemas: Document) -> dict[str, str]:
    """Return a schema with everything it refers to, as text by name."""
    found: dict[str, str] = {}
    waiting = [name]
    while waiting:
        each = waiting.pop()
        if each not in found and each in schemas:
            found[each] = json.dumps(schemas[each], sort_keys=True)
            waiting += _references(schemas[each])
    return found


def _references(value: Any) -> list[str]:
    if isinstance(value, list):
        return [name for each in value for name in _references(each)]
    if not isinstance(value, dict):
        return []
    own = value.get("$ref")
    found = [own.removeprefix(_SCHEMAS)] if isinstance(own, str) else []
    return found + [name for each in value.values() for name in _references(each)]


def _renamed(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, list):
        return [_renamed(each, names) for each in value]
    if isinstance(value, dict):
        return {key: _renamed(each, names) for key, each in value.items()}
    return names.get(value, value) if isinstance(value, str) else value


def _tagged(service: str, operation: Any) -> Any:
    if not isinstance(operation, dict):
        return operation
    return {**operation, "tags": [f"{service} · {tag}" for tag in operation.get("tags", ())] or [service]}
