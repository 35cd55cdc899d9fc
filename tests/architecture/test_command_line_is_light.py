"""A command loads what it does and no more: those that ask know no server, a service knows no other, and hears the same."""

import json
import subprocess
import sys

import pytest

from huitang.house import SERVICES
from huitang.services import NAMES, migrations_of
from shared.db import SharedBase
from shared.service import Service
from tests.huitang.process import ROOT

ASKING = ("exporting", "facts", "importing", "parked", "status")
SERVERLESS = {"alembic", "fastapi", "kafka", "lxml", "sqlalchemy", "uvicorn"}
LIGHT = {
    ASKING: SERVERLESS,
    ("up", "down"): {"alembic", "fastapi", "kafka", "lxml", "uvicorn"},
    ("audit", "backup"): {"kafka", "services.calendar.service"},
    ("migrate",): {"alembic", "gateway.app", "kafka", "services.calendar.service", "services.events.service"},
    ("service",): {"alembic", "gateway.app", "kafka", *(f"services.{name}.service" for name in NAMES)},
    ("serving",): {"alembic", "kafka"},
}
"""What modules of commands need not load."""


def told(code: str) -> str:
    """Run Python in a process of its own; return what it printed."""
    return subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True).stdout


@pytest.mark.parametrize("modules", LIGHT, ids="-".join)
def test_a_command_loads_no_more_than_it_needs(modules: tuple[str, ...]) -> None:
    loading = ", ".join(f"huitang.commands.{each}" for each in modules)
    loaded = told(f"import sys, huitang.main, {loading}; print(*sys.modules)").split()
    assert LIGHT[modules] & set(loaded) == set()


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_a_service_loaded_alone_hears_and_keeps_what_it_does_in_the_house(service: Service) -> None:
    code = f"""
import json, sys
from huitang.service_alone import ServiceAlone
from huitang.services import load
from shared.db import SharedBase
service = load("{service.name}")
heard = {{each.name: sorted(each.sources()) for each in service.all_reactions()}}
others = [name for name in sys.modules if name.startswith("services.") and name.endswith(".service")]
print(json.dumps([heard, [*SharedBase.metadata.tables], [each.__name__ for each in service.publishes()], others]))
"""
    heard, tables, publishes, loaded = json.loads(told(code))
    assert heard == {each.name: sorted(each.sources()) for each in service.all_reactions()}
    assert set(tables) == set(SharedBase.metadata.tables)
    assert publishes == [each.__name__ for each in service.publishes()]
    assert loaded == [f"services.{service.name}.service"]


def test_the_migrations_of_a_service_are_found_without_it() -> None:
    assert {service.name: service.migrations for service in SERVICES} == {name: migrations_of(name) for name in NAMES}
