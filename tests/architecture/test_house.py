"""The house keeps its rules, and each rule can tell a fault from none."""

import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from tools import house
from tools.house import CODE, ROOT, Source, console_sources, sources
from tools.layers import broken, undeclared

Rule = Callable[[Source], Iterator[str]]

EVERYWHERE: tuple[Rule, ...] = (
    house.imports_inside_functions,
    house.type_checking_imports,
    house.long_files,
    house.marks_without_reason,
)
IN_THE_PRODUCT: tuple[Rule, ...] = (
    house.long_functions,
    house.impure_rules,
    house.stray_kafka,
    house.stray_commits,
    house.missing_docstrings,
)


def tracked() -> Iterator[str]:
    """Yield the paths that belong to the project: those git knows or would add, or, without git, the code's."""
    git = shutil.which("git")
    command = [git or "git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = git and subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if listed and listed.returncode == 0:
        yield from (path for path in listed.stdout.splitlines() if (ROOT / path).is_file())
    else:
        yield from (source.path for source in sources(*CODE, "tests", "benchmarks", "tools"))


@pytest.mark.parametrize("rule", EVERYWHERE, ids=lambda rule: rule.__name__)
def test_all_code_keeps(rule: Rule) -> None:
    faults = [fault for source in sources(*CODE, "tests", "benchmarks", "tools") for fault in rule(source)]
    assert faults == []


@pytest.mark.parametrize("rule", IN_THE_PRODUCT, ids=lambda rule: rule.__name__)
def test_the_product_keeps(rule: Rule) -> None:
    faults = [fault for source in sources(*CODE) for fault in rule(source)]
    assert faults == []


def test_the_console_is_read_file_by_file_too() -> None:
    assert [fault for source in console_sources() for fault in house.long_files(source)] == []


def test_what_is_generated_for_the_console_is_none_of_its_code(tmp_path: Path) -> None:
    names = ("api/client.ts", "api/schema.d.ts", "frame/frame.css", "frame/frame.tsx", "frame/mark.svg")
    for name in names:
        (tmp_path / "web/src" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "web/src" / name).touch()
    found = [source.path for source in console_sources(tmp_path)]
    assert found == ["web/src/api/client.ts", "web/src/frame/frame.css", "web/src/frame/frame.tsx"]


def test_no_tracked_file_names_a_registry_or_a_place_on_this_machine() -> None:
    faults: list[str] = []
    for path in tracked():
        try:
            faults += house.unnameable(path, (ROOT / path).read_text(encoding="utf-8"))
        except UnicodeDecodeError:
            continue
    assert faults == []


def test_only_the_ci_names_what_lies_beside_the_project() -> None:
    beside = "../" + "shared"
    naming = [path for path in tracked() if beside.encode() in (ROOT / path).read_bytes()]
    assert naming in ([], [".ci/run"])


FAULTY: tuple[tuple[Rule, str, str, str], ...] = (
    (house.imports_inside_functions, "a.py", "def f():\n    import os\n", "import os\n"),
    (house.type_checking_imports, "a.py", "from typing import TYPE_CHECKING\n", "from typing import Any\n"),
    (house.type_checking_imports, "a.py", "import typing\nif typing.TYPE_CHECKING:\n    pass\n", "import typing\n"),
    (house.marks_without_reason, "a.py", "m.sqlite_only\n", "m.sqlite_only('is about files of SQLite')\n"),
    (house.marks_without_reason, "a.py", "m.one_process('no')\n", "m.one_process('turns the clock of it')\n"),
    (house.long_files, "a.py", "x = 1\n" * 401, "x = 1\n" * 400),
    (house.long_functions, "a.py", "def f():\n" + "    x = 1\n" * 60, "def f():\n" + "    x = 1\n" * 59),
    (house.impure_rules, "s/f/rules.py", "import sqlalchemy\n", "import datetime\n"),
    (house.impure_rules, "s/f/rules.py", "from shared.db import Database\n", "from shared.text import Text\n"),
    (house.impure_rules, "s/f/rules.py", "from . import models\n", "from shared import times\n"),
    (house.impure_rules, "s/f/rules.py", "x = datetime.now()\n", "x = datetime.min\n"),
    (house.stray_kafka, "shared/bus.py", "from kafka import KafkaProducer\n", "import shared.kafka\n"),
    (house.stray_commits, "services/a/b/actions.py", "tx.commit()\n", "tx.flush()\n"),
    (house.stray_commits, "services/a/b/actions.py", "tx.begin_nested()\n", "savepoint(tx)\n"),
    (house.missing_docstrings, "a.py", "x = 1\n", '"""A."""\n'),
    (house.missing_docstrings, "a.py", '"""A."""\n\n\ndef f(): ...\n', '"""A."""\n\n\ndef _f(): ...\n'),
    (house.missing_docstrings, "a.py", '"""A."""\nclass C:\n    """C."""\n    def f(self): ...\n', '"""A."""\n'),
)


@pytest.mark.parametrize(("rule", "path", "faulty", "sound"), FAULTY)
def test_a_rule_tells_a_fault_from_none(rule: Rule, path: str, faulty: str, sound: str) -> None:
    assert (len(list(rule(Source(path, faulty)))), len(list(rule(Source(path, sound))))) == (1, 0)


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        ("see https://" + ".".join(["pypi", "org"]) + "/simple", 1),
        ("cd " + "/" + "work/main", 1),
        ('"/' + 'tmp"', 1),
        ("GET /workdays, /events/work/1 and <root/>", 0),
    ],
)
def test_names_that_may_not_be_tracked_are_found(line: str, faults: int) -> None:
    assert len(list(house.unnameable("a", line))) == faults


FEATURES = ("releases", "schedule", "editions")
SOUND: Iterable[tuple[str, str]] = (
    ("service", "releases.api"),
    ("releases.api", "releases.actions"),
    ("releases.actions", "schedule.actions"),
    ("schedule.queries", "editions.models"),
    ("schedule.conflicts", "schedule.sweep"),
    ("schedule.models", "base"),
    ("schedule.pages", "pages.strings"),
    ("schedule.reactions", "schedule.actions"),
)
UNSOUND: Iterable[tuple[str, str]] = (
    ("editions.actions", "schedule.actions"),
    ("releases.api", "schedule.api"),
    ("schedule.queries", "schedule.actions"),
    ("schedule.conflicts", "schedule.models"),
    ("schedule.models", "schedule.schemas"),
    ("releases.queries", "schedule.actions"),
    ("releases.api", "service"),
    ("base", "editions.models"),
)


def within(pairs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Name the pairs inside one service."""
    return [(f"services.e.{importer}", f"services.e.{imported}") for importer, imported in pairs]


def test_the_layers_contract_passes_what_goes_downwards() -> None:
    assert list(broken("services.e", within(SOUND), FEATURES)) == []


@pytest.mark.parametrize("pair", UNSOUND, ids=" imports ".join)
def test_the_layers_contract_finds_what_does_not(pair: tuple[str, str]) -> None:
    assert len(list(broken("services.e", within([pair]), FEATURES))) == 1


def test_pages_may_be_a_feature_that_shows_the_others() -> None:
    pair = within([("pages.api", "editions.queries")])
    assert list(broken("services.e", pair, ("pages", *FEATURES))) == []
    assert len(list(broken("services.e", pair, FEATURES))) == 1


def test_the_layers_contract_finds_a_room_that_nobody_declared() -> None:
    rooms = [f"services.e.{room}" for room in ("service", "base", "pages", "editions", "utils")]
    assert list(undeclared("services.e", rooms, FEATURES)) == [
        "services.e.utils is not declared among the features in .importlinter"
    ]
