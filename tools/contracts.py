"""Writes what code promises: `docs/facts.md`, `docs/asyncapi.json`, a JSON Schema per fact in `tests/contracts/`, and
`docs/settings.md`.

`python -m tools.contracts` writes them; with `--check` it only says what is stale and exits 1.
"""

import inspect
import json
import pkgutil
import sys
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

import shared.messages
from shared.message import FACTS, Fact, Message
from shared.settings import Settings

ROOT = Path(__file__).parent.parent
INTRODUCTION = """# Facts

What each service publishes, generated from the classes in `shared/messages/`. A fact travels in a CloudEvents 1.0
envelope (structured JSON) on the topic `huitang.<service>`, its key the subject. Within `v1` fields are only added;
readers ignore what they do not know. Natural persons appear by account or person id only.
"""

SETTINGS = """# Settings

Every setting is an environment variable with a default that suits one laptop, generated from `shared/settings.py`. A value
that breaks its rule is refused at the start, by name. `docs/commands.md` tells which options take their place, and what
else the command line reads; `make run` and `make serve` also take `PORT`.

| variable | default | what it sets |
| --- | --- | --- |
"""


def all_facts() -> list[type[Fact]]:
    """Return every fact class of the house, by type; whatever else a process has declared is none of it."""
    modules = {f"shared.messages.{module.name}" for module in pkgutil.iter_modules(shared.messages.__path__)}
    for module in modules:
        import_module(module)
    return [kind for _, kind in sorted(FACTS.items()) if kind.__module__ in modules]


def sentence(kind: type[Fact]) -> str:
    """Return what the fact means, on one line."""
    return " ".join((inspect.getdoc(kind) or "").split())


def facts_page(kinds: list[type[Fact]]) -> str:
    """Return the page for people."""
    parts = [INTRODUCTION]
    for service, group in groupby(kinds, key=lambda kind: kind.fact_type.split(".")[0]):
        parts.append(f"\n## {service}\n")
        for kind in group:
            fields = ", ".join(f"`{name}`" for name in kind.model_fields)
            parts.append(
                f"- **`{kind.fact_type}`** (subject `{kind.subject_field}`): {sentence(kind)} Fields: {fields}.\n"
            )
    return "".join(parts)


def settings_page() -> str:
    """Return the page of every setting."""
    rows = []
    for name, field in Settings.model_fields.items():
        default = str(field.default).lower() if isinstance(field.default, bool) else str(field.default or "")
        rows.append(
            f"| `HUITANG_{name.upper()}` | {f'`{default}`' if field.default else 'empty'} | {field.description} |\n"
        )
    return SETTINGS + "".join(rows)


def schema_of(kind: type[Fact]) -> dict[str, Any]:
    """Return the JSON Schema of a whole message that carries `kind`."""
    schema = Message.model_json_schema()
    data = kind.model_json_schema()
    definitions = schema.pop("$defs", {}) | data.pop("$defs", {})
    schema["title"] = kind.fact_type
    schema["description"] = sentence(kind)
    schema["properties"]["type"] = {"const": kind.fact_type}
    schema["properties"]["data"] = data
    if definitions:
        schema["$defs"] = definitions
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def asyncapi(kinds: list[type[Fact]]) -> dict[str, Any]:
    """Return the AsyncAPI 3 document: one channel per service."""
    channels: dict[str, Any] = {}
    operations: dict[str, Any] = {}
    messages: dict[str, Any] = {}
    for service, group in groupby(kinds, key=lambda kind: kind.fact_type.split(".")[0]):
        named = {kind.fact_type: kind for kind in group}
        for name, kind in named.items():
            payload = {"schemaFormat": "application/schema+json;version=draft-07", "schema": _inline(schema_of(kind))}
            messages[name] = {
                "name": name,
                "summary": sentence(kind),
                "contentType": "application/cloudevents+json",
                "payload": payload,
            }
        channels[service] = {
            "address": f"huitang.{service}",
            "description": f"The log of the service {service}, kept for ever; the key of a record is the fact's subject.",
            "messages": {name: {"$ref": f"#/components/messages/{name}"} for name in named},
        }
        operations[f"publish_{service}"] = {
            "action": "send",
            "channel": {"$ref": f"#/channels/{service}"},
            "summary": f"What the service {service} publishes.",
        }
    return {
        "asyncapi": "3.0.0",
        "info": {"title": "Huitang", "version": "1", "description": "The facts that the services of Huitang publish."},
        "channels": channels,
        "operations": operations,
        "components": {"messages": messages},
    }


def _inline(schema: dict[str, Any]) -> dict[str, Any]:
    """Put shared definitions where they are used, since references inside an AsyncAPI document would not reach them."""
    definitions = schema.pop("$defs", {})

    def walk(node: Any) -> Any:
        if isinstance(node, dict):
            reference = node.get("$ref", "")
            if reference.startswith("#/$defs/"):
                rest = {key: value for key, value in node.items() if key != "$ref"}
                return walk(definitions[reference.removeprefix("#/$defs/")]) | rest
            return {key: walk(value) for key, value in node.items()}
        return [walk(item) for item in node] if isinstance(node, list) else node

    inlined: dict[str, Any] = walk(schema)
    inlined.pop("$schema", None)
    return inlined


def documents() -> dict[Path, str]:
    """Return every generated file and what it should hold."""
    kinds = all_facts()

    def dump(value: Any) -> str:
        return json.dumps(value, indent=2, ensure_ascii=False, sort_keys=True) + "\n"

    docs = ROOT / "docs"
    files = {
        docs / "facts.md": facts_page(kinds),
        docs / "asyncapi.json": dump(asyncapi(kinds)),
        docs / "settings.md": settings_page(),
    }
    for kind in kinds:
        files[ROOT / "tests" / "contracts" / f"{kind.fact_type}.json"] = dump(schema_of(kind))
    return files


def main() -> int:
    """Write the files, or check them; return the exit code."""
    files = documents()
    stale = [path for path, text in files.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    stale += sorted(set((ROOT / "tests" / "contracts").glob("*.json")) - set(files))
    if "--check" in sys.argv:
        for path in stale:
            sys.stderr.write(f"stale: {path.relative_to(ROOT)} (run python -m tools.contracts)\n")
        return 1 if stale else 0
    for path, text in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for path in set((ROOT / "tests" / "contracts").glob("*.json")) - set(files):
        path.unlink()
    return 0


if __name__ == "__main__":
    sys.exit(main())
