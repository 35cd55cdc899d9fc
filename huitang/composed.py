"""What `docker-compose.yml` says of our own processes: commands and settings, as `huitang up` starts them here.

Of the format it knows what that file uses: YAML with anchors, and `${NAME:-default}`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from shared.settings import Settings

SETTINGS = {f"HUITANG_{name.upper()}" for name in Settings.model_fields}
_VARIABLE = re.compile(r"\$\{(?P<name>[A-Z0-9_]+)(?::-(?P<default>[^}]*))?\}")


@dataclass(frozen=True)
class Part:
    """A process of ours: the words behind `huitang`, its settings, and whether it ends by itself."""

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    once: bool


def filled(text: str, values: Mapping[str, str]) -> str:
    """Put values in the place of variables; raise `KeyError` for one that has neither value nor default."""

    def value(match: re.Match[str]) -> str:
        name, default = match["name"], match["default"]
        return values[name] if default is None else values.get(name) or default

    return _VARIABLE.sub(value, text)


def read_parts(file: Path, values: Mapping[str, str]) -> list[Part]:
    """Return our own processes in the order of the file, their variables filled in; raise `ValueError`, `KeyError`.

    Settings among `values` that the file does not name for a process are given to it as well.
    """
    told: Any = yaml.safe_load(file.read_text(encoding="utf-8"))
    if not isinstance(told, dict) or not isinstance(told.get("services"), dict):
        raise ValueError(f"{file} names no services")
    given = {name: value for name, value in values.items() if name in SETTINGS}
    parts = []
    for name, service in told["services"].items():
        command = service.get("command", [])
        if not command or command[0] != "huitang":
            continue
        named = {key: filled(str(value), values) for key, value in service.get("environment", {}).items()}
        words = tuple(filled(str(word), values) for word in command[1:])
        parts.append(Part(name, words, given | named, once=service.get("restart") == "no"))
    return parts
