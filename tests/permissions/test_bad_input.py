"""Whatever is wrong with a request that changes something, the refusal is clean: its status, its type, and words in both
languages that name what is wrong. Every such route of the table is asked, as one who may.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest

from tests.permissions.bodies import BODIES, filled
from tests.permissions.stage import Stage
from tests.permissions.table import ROLES, TABLE, expected, rows

WRONG = [{"no such field": 1}]
"""What no field of any body takes."""
MISSING = dict.fromkeys(("/organisations", "/workbooks/members"), "unknown-organisation")
"""What is not there, where it has a refusal of its own."""
UNKNOWN = "there-is-no-such-thing"


@dataclass(frozen=True)
class Bad:
    """A request with a fault, and how it is refused; `pointers` are those that a refusal of input names."""

    fault: str
    status: int
    type: str
    pointers: tuple[str, ...] = ()
    headers: dict[str, str | None] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    content: bytes | None = None


def bad_bodies(schema: dict[str, Any], body: dict[str, Any]) -> Iterator[Bad]:
    """Yield what is wrong with the body: a field nobody knows, each field of a wrong type, no object, no JSON at all."""

    def sent(value: Any) -> bytes:
        return json.dumps(value).encode()

    yield Bad(
        "unknown field", 422, "invalid-input", ("/body/no~1such~0field",), content=sent({**body, "no/such~field": 1})
    )
    for name in schema.get("properties", {}):
        yield Bad(
            f"{name} of a wrong type", 422, "invalid-input", (f"/body/{name}",), content=sent({**body, name: WRONG})
        )
    for name in schema.get("required", ()):
        rest = {key: value for key, value in body.items() if key != name}
        yield Bad(f"without {name}", 422, "invalid-input", (f"/body/{name}",), content=sent(rest))
    yield Bad("no object", 422, "invalid-input", ("/body",), content=sent("words"))
    yield Bad("nothing", 422, "invalid-input", ("/body",), content=b"")
    for fault, content in (("cut off", b'{"a": '), ("not Unicode", b'{"a": "\xff"}'), ("too deep", b"[" * 100_000)):
        yield Bad(fault, 400, "unreadable-body", content=content)


def bad_headers(names: list[str]) -> Iterator[Bad]:
    """Yield what is wrong with the headers that a route takes."""
    if "If-Match" in names:
        yield Bad("no version", 428, "precondition-required", headers={"If-Match": None})
        yield Bad("an old version", 412, "precondition-failed", headers={"If-Match": '"v999"'})
        for version in ("7", "v7", '"7"', '"v7", "v8"', "*", '"v-1"'):
            yield Bad(f"version {version}", 400, "bad-precondition", headers={"If-Match": version})
    if "Idempotency-Key" in names:
        yield Bad("a key too long", 400, "bad-idempotency-key", headers={"Idempotency-Key": "k" * 201})


def bad_requests(stage: Stage, method: str, path: str) -> Iterator[Bad]:
    """Yield everything that can be wrong with a request to a route."""
    document = stage.app.openapi()
    operation = document["paths"][f"/api/{stage.name}{path}"][method.lower()]
    content = operation.get("requestBody", {}).get("content", {})
    if "application/json" in content:
        name = content["application/json"]["schema"]["$ref"].rsplit("/", 1)[-1]
        body = filled(BODIES[stage.name][f"{method} {path}"], stage.names(path))
        yield from bad_bodies(document["components"]["schemas"][name], body)
    parameters = operation.get("parameters", ())
    yield from bad_headers([each["name"] for each in parameters])
    for each in parameters:
        if each["in"] == "path":
            kept_as_id = "pattern" in each["schema"] or each["schema"]["type"] == "integer"
            pointers = (f"/path/{each['name']}",) if kept_as_id else ()
            status, kind = (
                (422, "invalid-input")
                if kept_as_id
                else (404, MISSING.get(path.partition(f"/{{{each['name']}}}")[0], "not-found"))
            )
            yield Bad(f"unknown {each['name']}", status, kind, pointers, words={each["name"]: UNKNOWN})


def told(stage: Stage, method: str, path: str, role: str, bad: Bad, language: str) -> dict[str, Any]:
    """Ask with the fault; return the problem that is answered, with what its headers say."""
    request = stage.request(method, path, role, words=bad.words)
    if bad.content is not None:
        request = type(request)(
            method,
            request.url,
            headers={**request.headers, "Content-Length": str(len(bad.content))},
            content=bad.content,
        )
    for name, value in ({"Accept-Language": language} | bad.headers).items():
        request.headers.pop(name, None)
        if value is not None:
            request.headers[name] = value
    answer = stage.answer(request)
    headers = {name: answer.headers.get(name) for name in ("content-type", "content-language", "cache-control")}
    return {"headers": headers, "code": answer.status_code, **json.loads(answer.content or b"{}")}


def faults_of(bad: Bad, zh: dict[str, Any], en: dict[str, Any]) -> Iterator[str]:
    """Yield what is not right with a refusal."""
    for language, problem in (("zh", zh), ("en", en)):
        clean = {
            "content-type": "application/problem+json", "content-language": language, "cache-control": "no-store",
        }  # fmt: skip
        if (problem["code"], problem.get("type")) != (bad.status, f"/problems/{bad.type}"):
            yield f"{problem['code']} {problem.get('type')} {problem.get('errors', '')}, not {bad.status} {bad.type}"
        elif problem["headers"] != clean or problem["status"] != bad.status:
            yield f"{problem['headers']}"
        pointers = [error["pointer"] for error in problem.get("errors", ())]
        if bad.pointers and not all(any(p.startswith(wanted) for p in pointers) for wanted in bad.pointers):
            yield f"points to {pointers}, not {bad.pointers}"
    words = [[p.get("title"), p.get("detail"), *(e["message"] for e in p.get("errors", ()))] for p in (zh, en)]
    for chinese, english in zip(*words, strict=True):
        if not chinese or not english or chinese == english:
            yield f"in both languages: {chinese!r}, {english!r}"


WRITING = [(service, row) for service in TABLE for row in rows(service) if row[0] != "GET" and "#" not in row[1]]


@pytest.mark.parametrize(
    ("stage", "row"), WRITING, indirect=["stage"], ids=[f"{service} {row[0]} {row[1]}" for service, row in WRITING]
)
def test_a_bad_request_is_refused_cleanly(stage: Stage, row: tuple[str, str, str]) -> None:
    method, path, pattern = row
    allowed = expected(pattern, hidden=False)
    role = next((each for each in reversed(ROLES) if allowed[each] == "ok"), "organizer")
    wrong = []
    for bad in bad_requests(stage, method, path):
        zh, en = (told(stage, method, path, role, bad, language) for language in ("zh", "en"))
        wrong += [f"{bad.fault}: {fault}" for fault in faults_of(bad, zh, en)]
    assert wrong == []
