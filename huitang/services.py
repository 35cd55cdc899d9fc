"""The services by name. A process loads those that it runs: loading them is most of what its start takes."""

from pathlib import Path
from typing import Any

import services
from huitang.loading import loaded

NAMES = ("directory", "events", "awards", "calendar")


def load(name: str) -> Any:
    """Return the `shared.service.Service` of that name."""
    return loaded(f"services.{name}.service").service


def migrations_of(name: str) -> Path:
    """Return where the migrations of a service stand, which need not be loaded for that."""
    return Path(services.__path__[0]) / name / "migrations"
