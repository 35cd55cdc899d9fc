"""One operation of the API's description, asked in a running world about real things."""

from collections import Counter
from dataclasses import dataclass, field
from typing import Any

import httpx
import requests
import schemathesis
from schemathesis.checks import not_a_server_error
from schemathesis.core import NOT_SET
from schemathesis.core.failures import Failure, FailureGroup
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from shared.paging import XLSX
from tests.permissions.bodies import BODIES, FILES, PARAMETERS, filled
from tests.permissions.choices import BODIES_HERE, OTHERS, REFERENCES, USED_UP, VERSION_OF
from tests.permissions.things import MAKERS, Things

CHECKS = [
    not_a_server_error, status_code_conformance, content_type_conformance, response_headers_conformance,
    response_schema_conformance,
]  # fmt: skip
Case = schemathesis.Case[Any]


@schemathesis.serializer(XLSX)
def as_it_is(context: Any, content: Any) -> bytes:
    """Send a workbook, or what was drawn in its place."""
    return content if isinstance(content, bytes) else str(content).encode()


@dataclass
class Asking:
    """An operation, what it answered, and what was not as described.

    An example is sent in one of four ways: what is known to succeed, that with what was drawn beside it (`mixed`), what
    was drawn with real ids and the present version in it (`drawn`), or all as it was drawn (`stray`).
    """

    things: Things
    operation: Any
    paths: dict[str, Any]
    session: requests.Session
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    used: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        _, _, self.service, rest = self.operation.path.split("/", 3)
        self.route = f"{self.operation.method.upper()} /{rest}"
        self.described: dict[str, Any] = self.operation.definition.raw
        self.parameters: list[dict[str, Any]] = self.described.get("parameters", [])

    def takes_anything(self) -> bool:
        """Tell whether one example can differ from another."""
        return bool(self.parameters) or "requestBody" in self.described

    def succeeded(self) -> bool:
        """Tell whether an example was answered with success."""
        return any(200 <= status < 300 for status in self.statuses)

    def first(self) -> Case:
        """Return an example to be filled with what is known to succeed."""
        forms = [*self.described.get("requestBody", {}).get("content", {})]
        body = {"body": {}, "media_type": forms[0]} if forms else {"body": NOT_SET}
        case: Case = self.operation.Case(**body)
        return case

    def ask(self, case: Case, way: str) -> None:
        """Send an example, and hold the answer against the description."""
        if way in ("known", "mixed") and self.used:
            self.things.forget(*self.used)
            self.used = []
        headers = {
            k: v for k, v in (case.headers or {}).items() if k.lower() not in ("idempotency-key", "authorization")
        }
        if way != "stray":
            self._make_real(case, way)
            if any(each["name"] == "If-Match" for each in self.parameters):
                headers["If-Match"] = self._version(dict(case.path_parameters or {}))
        case.headers = headers | {"Authorization": self.things.client.headers["Authorization"]}
        if self.route == "GET /live":
            self.statuses[self._status_of_live(case)] += 1
        else:
            self._judge(case, way, case.call(base_url=self.things.world.url, session=self.session, timeout=60))

    def _judge(self, case: Case, way: str, answer: Any) -> None:
        self.statuses[answer.status_code] += 1
        if self.operation.method != "get" and answer.status_code < 400:
            last = [list(self._names().values())[-1]] if self.operation.method == "delete" else []
            self.used = USED_UP.get(self.route, last)
        try:
            case.validate_response(answer, checks=CHECKS)
        except (FailureGroup, Failure) as failed:
            self.failures.append(f"{self.operation.label} ({way}): {failed}")

    def _names(self) -> dict[str, str]:
        """Return which thing stands for which name of the path."""
        chosen, found = OTHERS.get(self.route, {}), {}
        for name in (each["name"] for each in self.parameters if each["in"] == "path"):
            folder = self.operation.path.partition(f"/{{{name}}}")[0].rsplit("/", 1)[-1]
            wanted = (REFERENCES.get(each, each) for each in (f"{name}:{folder}", f"{name}:{self.service}", name))
            found[name] = chosen.get(name) or next(each for each in wanted if each in MAKERS)
        return found

    def __getitem__(self, name: str) -> str:
        """Return the thing that stands for a name in a body or a query of this operation."""
        return self.things[self._names().get(name) or OTHERS.get(self.route, {}).get(name, name)]

    def _make_real(self, case: Case, way: str) -> None:
        case.path_parameters = {name: self.things[thing] for name, thing in self._names().items()}
        params = filled(PARAMETERS.get(self.route, {}), self)
        case.query = params if way == "known" else {**self._real("", dict(case.query or {})), **params}
        known = self._known()
        if self.route in FILES:
            if way != "drawn":
                case.body, case.media_type = self.things.file(FILES[self.route]), "application/octet-stream"
        elif isinstance(case.body, dict) and known is not None:
            own = {} if way == "known" else self._real("", case.body)
            case.body = own if way == "drawn" else {**own, **known}

    def _known(self) -> dict[str, Any] | None:
        body = BODIES_HERE.get(self.route, BODIES[self.service].get(self.route))
        if body is None:
            return None
        fresh = {"slug": self.things.fresh(), "email": f"{self.things.fresh()}@example.org"}
        return {**filled(body, self), **{name: word for name, word in fresh.items() if name in body}}

    def _real(self, name: str, value: Any) -> Any:
        if isinstance(value, dict):
            return {key: self._real(key, item) for key, item in value.items()}
        if isinstance(value, list):
            return [self._real(name, item) for item in value]
        return self[REFERENCES[name]] if name in REFERENCES and isinstance(value, str) else value

    def _version(self, words: dict[str, str]) -> str:
        """Return the ETag of what the path names, or of what that stands in; of what stands nowhere yet, `v0`."""
        path = VERSION_OF.get(self.route, self.operation.path)
        while path.count("/") > 2:
            if "get" in self.paths.get(path, {}):
                answer = self.things.client.get(path.format_map(words))
                if tag := answer.headers.get("etag"):
                    return str(tag)
            path = path.rsplit("/", 1)[0]
        return '"v0"'

    def _status_of_live(self, case: Case) -> int:
        """Return the status alone: a live view never ends."""
        address = f"{self.things.world.url}{case.operation.path}"
        with httpx.stream("GET", address, params=case.query, headers=dict(case.headers or {})) as told:
            return told.status_code
