"""Which suites can run on this machine: what is missing is skipped with its reason, what is required may not skip.

HUITANG_REQUIRE names the suites (markers, separated by commas) that must run: there, a skip is a failure.
"""

import os
import sys
from collections.abc import Generator, Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings as hypothesis_settings

from huitang import local_kafka
from huitang.local_postgres import find_programs
from tools.node import NotInstalled, install, turn

hypothesis_settings.register_profile("huitang", deadline=None)  # machines are shared: a slow example is no fault
hypothesis_settings.load_profile("huitang")

CHROMIUM = Path("/usr/bin/chromium")
WORLD = "tests.world"
"""Imported only where a test asks for a world: a whole house takes seconds."""
LOOKING = "tests.shared.looking"
"""Imported only where a test asks for a browser."""
DATABASES = "tests.databases"
"""Imported only where a test asks for a database."""
MACHINES = "tests.machines"
"""Imported only where a test runs across processes."""
KINDS = {"sqlite": (), "postgres": (pytest.mark.postgres,), "machines": (pytest.mark.postgres, pytest.mark.kafka)}
"""What a test stands on, each where its marks can run: a database in one process, or an installation across processes."""
CLIENTS = Path(__file__).parent / "clients"
JARS = local_kafka.jars_folder(Path(__file__).parents[1] / ".data")


@cache
def missing(suite: str) -> str:
    """Say what `suite` lacks here; an empty string where it lacks nothing, or where its own fixtures know better."""
    if suite == "browser" and not CHROMIUM.exists():
        return "browser: needs Chromium (Debian: apt-get install chromium fonts-noto-cjk)"
    if suite == "samples" and not Path(os.environ.get("HUITANG_SAMPLES") or "-").is_dir():
        return "samples: needs HUITANG_SAMPLES, a folder of real programmes"
    if suite == "postgres" and not find_programs():
        return "postgres: needs PostgreSQL (Debian: apt-get install postgresql)"
    if suite == "kafka" and (lacking := local_kafka.lacking(JARS)):
        return f"kafka: {lacking}"
    return ""


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a database on each, and one that asks for `running` across processes as well.

    Those marked `sqlite_only`, `postgres` or `one_process` run so alone.
    """
    if "database" in metafunc.fixturenames:
        marked = metafunc.definition.get_closest_marker
        alone = "sqlite" if marked("sqlite_only") else "postgres" if marked("postgres") else ""
        kinds = [alone] if alone else ["sqlite", "postgres"]
        if "running" in metafunc.fixturenames and not alone and not marked("one_process"):
            kinds.append("machines")
        each = [pytest.param(kind, marks=KINDS[kind]) for kind in kinds]
        metafunc.parametrize("database", each, indirect=True, scope="session")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip a test whose suite cannot run here."""
    for marker in item.iter_markers():
        if reason := missing(marker.name):
            pytest.skip(reason)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of a required suite into a failure."""
    report = yield
    required = set(os.environ.get("HUITANG_REQUIRE", "").split(","))
    if "browser" in required:
        required.add("clients")
    if report.skipped and required & {marker.name for marker in item.iter_markers()}:
        report.outcome = "failed"
        report.longrepr = f"required by HUITANG_REQUIRE, but skipped: {report.longrepr}"
    return report


@pytest.fixture(scope="session", autouse=True)
def database_server() -> Iterator[None]:
    """End the PostgreSQL that tests have started."""
    yield
    if DATABASES in sys.modules:
        sys.modules[DATABASES].end_server()


@pytest.fixture(scope="session")
def database(request: pytest.FixtureRequest) -> Iterator[str]:
    """Let a test make databases, of each kind in turn; return which kind it is."""
    with import_module(DATABASES).standing_on(request.param):
        yield request.param


@pytest.fixture(autouse=True)
def databases_dropped(request: pytest.FixtureRequest) -> Iterator[None]:
    """Drop what a test has made on a server, behind all its other fixtures."""
    yield
    if DATABASES in sys.modules and (folder := request.node.funcargs.get("tmp_path")):
        sys.modules[DATABASES].drop_below(folder)


@pytest.fixture(scope="session")
def clients() -> Path:
    """Return the folder of the JavaScript clients, installed from their lock; for tests marked `clients`."""
    try:
        with turn(CLIENTS):
            install(CLIENTS)
    except NotInstalled as error:
        pytest.skip(f"clients: {error}")
    return CLIENTS


@pytest.fixture(scope="session")
def axe(clients: Path) -> Path:
    """Return axe-core's script; for tests marked `clients`."""
    return clients / "node_modules" / "axe-core" / "axe.min.js"


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Start a browser for a file of tests marked `browser`; while it runs, no other event loop can in this thread."""
    with import_module(LOOKING).chromium() as started:
        yield started


@pytest.fixture(scope="session")
def jars() -> Path:
    """Fetch the broker's jars, where nobody has yet; return where they stand."""
    try:
        return local_kafka.fetch_jars(JARS)
    except local_kafka.NoBroker as error:
        pytest.skip(f"kafka: {error}")


@pytest.fixture(scope="session")
def kafka(jars: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[local_kafka.LocalKafka]:
    """Run one Kafka broker for all tests marked `kafka`; who stops it starts it again."""
    broker = local_kafka.LocalKafka(tmp_path_factory.mktemp("kafka"), jars)
    broker.start()
    yield broker
    broker.kill()


@pytest.fixture(scope="session")
def world_template(database: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a data folder with the organisations and personas that every world starts with."""
    folder: Path = import_module(WORLD).make_template(tmp_path_factory.mktemp("template"))
    return folder


@pytest.fixture(scope="session")
def running(database: str, request: pytest.FixtureRequest) -> Iterator[Any]:
    """Return what runs whole installations: `make(folder, **settings)`, and `open` for the same folder again."""
    if database != "machines":
        yield import_module(WORLD).OneProcess(request.getfixturevalue("world_template"))
        return
    base = request.getfixturevalue("tmp_path_factory").getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    copies = import_module(MACHINES).Copies(shared, request.getfixturevalue("jars"))
    yield copies
    copies.end()


@pytest.fixture
def world(world_template: Path, tmp_path: Path) -> Iterator[Any]:
    """Run a whole Huitang on a fresh copy of the template, for one test."""
    with import_module(WORLD).make_world(world_template, tmp_path / "world") as made:
        yield made
