"""Writing an attack into every text field that a request takes: the fields come from the API's own description.

What a field's rule refuses is tried again with the next attack, and left out when every one of them is refused.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from tests.world import World

ATTACKS = (
    'javascript:taken=1//"><img src=x onerror=taken=1><svg onload=taken=1><script>taken=1</script>{{7*7}}',
    'https://example.org/"><img src=x onerror=taken=1>',
    '"><img src=x onerror=taken=1>',
    "javascript:taken=1",
    "{{7*7}}",
)
"""Each runs, where it is taken for markup, an address or a template; the later the shorter."""

_TRIES = 60
_EVERY_PROBLEM = {"type", "title", "status", "detail", "request_id", "count"}
_STEM = 4
"""Letters that the name of a field and of a fact about it share: `entries`, `entry`."""


@dataclass(frozen=True)
class Change:
    """A request that takes texts: `METHOD /template`, with what else its body must say."""

    request: str
    base: dict[str, Any] = field(default_factory=dict)
    by: str = "organizer"
    version: int | None = None
    named: tuple[str, ...] = ()
    """Fields that name something there is, so that nothing can be written into them."""


@dataclass(frozen=True)
class Description:
    """The API's description of itself."""

    document: dict[str, Any]

    @classmethod
    def of(cls, world: World) -> "Description":
        """Ask a world for it."""
        return cls(world.client("administrator").get("/api/openapi.json", timeout=120).json())

    def bodies(self) -> dict[str, Any]:
        """Return the schema of each request's JSON, by `METHOD /template`."""
        return {
            f"{method.upper()} {path}": content["application/json"]["schema"]
            for path, methods in self.document["paths"].items()
            for method, operation in methods.items()
            if "application/json" in (content := operation.get("requestBody", {}).get("content", {}))
        }

    def resolved(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Follow a reference, and of several take the first that is not null."""
        while True:
            if "$ref" in schema:
                schema = self.document["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
            elif "anyOf" in schema:
                schema = next(each for each in schema["anyOf"] if each.get("type") != "null")
            else:
                return schema

    def texts(self, schema: dict[str, Any], at: str = "", within: frozenset[str] = frozenset()) -> Iterator[str]:
        """Yield the pointer of each field into which an attack can be written; `*` is any of a list.

        What holds its own like, such as fields of a form, is followed once.
        """
        schema, name = self.resolved(schema), str(schema.get("$ref", ""))
        if name and name in within:
            return
        within |= {name}
        if is_open(schema):
            yield at
        for key, part in schema.get("properties", {}).items():
            yield from self.texts(part, f"{at}/{key}", within)
        if "items" in schema:
            yield from self.texts(schema["items"], f"{at}/*", within)
        if isinstance(schema.get("additionalProperties"), dict):
            yield f"{at}/{{}}"

    def written(self, schema: dict[str, Any], base: Any, choose: dict[str, str], at: str = "") -> Any:
        """Return a body with what is chosen for the texts, by pointer, and otherwise what `base` says; None for nothing."""
        schema = self.resolved(schema)
        if at in choose:
            return choose[at]
        if base is None and not any(each.startswith(f"{at}/") for each in choose):
            return None
        if "items" in schema:
            parts = [self.written(schema["items"], each, choose, f"{at}/*") for each in base or [None]]
            return [each for each in parts if each is not None] or base
        if isinstance(schema.get("additionalProperties"), dict):
            name = choose.get(f"{at}/{{}}")
            return base if name is None else {**(base or {}), name: 1}
        if "properties" not in schema:
            return base
        parts = {
            name: self.written(part, (base or {}).get(name), choose, f"{at}/{name}")
            for name, part in schema["properties"].items()
        }
        return {name: each for name, each in parts.items() if each is not None} or base


def is_open(schema: dict[str, Any]) -> bool:
    """Tell whether an attack passes what is said of a field."""
    if schema.get("type") != "string" or schema.keys() & {"enum", "const"} or schema.get("format") not in {None, "uri"}:
        return False
    most, pattern = schema.get("maxLength", len(ATTACKS[0])), schema.get("pattern", "")
    return any(len(attack) <= most and re.search(pattern, attack) for attack in ATTACKS)


@dataclass
class Attacker:
    """Sends changes; `sent` are the requests that were taken, `taken` and `refused` their fields."""

    world: World
    description: Description
    sent: set[str] = field(default_factory=set)
    taken: set[str] = field(default_factory=set)
    refused: set[str] = field(default_factory=set)

    def send(self, change: Change, **ids: str | int) -> Any:
        """Send a change with an attack in each text, as far as the rules of fields let it; return the answer."""
        schema = self.description.bodies()[change.request]
        level = {each: 0 for each in self.description.texts(schema) if each not in change.named}
        method, _, path = change.request.partition(" ")
        headers = {} if change.version is None else {"If-Match": f'"v{change.version}"'}
        for _ in range(_TRIES):
            choose = {each: ATTACKS[n] for each, n in level.items() if n < len(ATTACKS)}
            body = self.description.written(schema, change.base, choose)
            answer = self.world.client(change.by).request(method, path.format(**ids), json=body, headers=headers)
            there_already = answer.status_code == 409 and answer.json()["type"].endswith("/same-place")
            if answer.is_success or there_already:
                self.sent.add(change.request)
                self.taken |= {f"{change.request} {each}" for each in choose}
                self.refused |= {f"{change.request} {each}" for each in level.keys() - choose.keys()}
                return answer.json() if answer.content else None
            wrong = {each for each in choose if _is_blamed(each, answer.json())}
            assert wrong, f"{change.request}: {answer.text}"
            level |= {each: level[each] + 1 for each in wrong}
        raise AssertionError(f"{change.request} is refused whatever is written")


def _is_blamed(text: str, problem: dict[str, Any]) -> bool:
    """Tell whether a refusal is of a text: by a pointer, or by the name of a fact."""
    if faults := problem.get("errors"):
        return any(_is_of(text, fault["pointer"]) for fault in faults)
    return any(text[1:].startswith(fact[:_STEM]) for fact in problem.keys() - _EVERY_PROBLEM)


def _is_of(text: str, pointer: str) -> bool:
    """Tell whether a refusal's pointer is that of a text, or of what it is part of."""
    parts, blamed = text.split("/"), pointer.removeprefix("/body").split("/")
    pairs = zip(parts, blamed, strict=False)
    return all(part in {each, "*", "{}"} for part, each in pairs)
