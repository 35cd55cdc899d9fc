"""Commands that ask a running Huitang start at once: what they load knows no database and no server."""

import subprocess
import sys

from tests.huitang.process import ROOT

HEAVY = {"alembic", "fastapi", "kafka", "lxml", "sqlalchemy", "uvicorn"}
ASKING = ("exporting", "facts", "importing", "parked", "status")


def test_a_command_that_asks_loads_no_database_and_no_server() -> None:
    loading = (
        f"import sys, huitang.main, {', '.join(f'huitang.commands.{each}' for each in ASKING)}; print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", loading], cwd=ROOT, capture_output=True, text=True, check=True)
    assert HEAVY & set(loaded.stdout.split()) == set()
