"""Backups hold all that was committed when they were made, and nothing damaged or foreign is ever unpacked."""

import sqlite3
import threading
import zipfile
from collections.abc import Callable
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest

from huitang.copies import BadBackup, FolderNotEmpty, copy_database, unpacked, write_backup
from huitang.transfer import copy_to_file
from shared.settings import Settings

SERVICES = ("one", "two")


def quiet(name: str) -> None:
    """Tell nobody."""


def copies(data: Path) -> Callable[[str, Path], None]:
    """Return what copies a database of the folder into a file."""
    return lambda name, file: copy_database(data / f"{name}.db", file)


def make_folder(data: Path) -> Path:
    """Make a data folder with two databases, a key, a kept file and a draft of one."""
    data.mkdir()
    for name in SERVICES:
        with closing(sqlite3.connect(data / f"{name}.db", isolation_level=None)) as db:
            db.execute("PRAGMA journal_mode=WAL")
            db.execute("CREATE TABLE t (n INTEGER)")
            db.execute("INSERT INTO t VALUES (1)")
    (data / "signing.jwks").write_text("keys")
    (data / "secrets.key").write_text("of identity numbers")
    (data / "records.jwks").write_text("of receipts")
    (data / "cli.key").write_text("of this process alone")
    kept = data / "files" / "one" / "ab"
    kept.mkdir(parents=True)
    (kept / ("a" * 64)).write_bytes(b"content")
    (kept / "draft").write_bytes(b"half")
    return data


def rows(file: Path) -> list[int]:
    """Return what a database holds."""
    with closing(sqlite3.connect(file)) as db:
        return [n for (n,) in db.execute("SELECT n FROM t ORDER BY n")]


def contents(data: Path) -> dict[str, bytes]:
    """Return every file of a folder that is not a database."""
    return {
        file.relative_to(data).as_posix(): file.read_bytes()
        for file in data.rglob("*")
        if file.is_file() and ".db" not in file.suffixes and ".db" not in file.name
    }


def test_what_is_still_in_the_log_beside_the_database_is_copied_too(tmp_path: Path) -> None:
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("PRAGMA wal_autocheckpoint=0")
        db.execute("CREATE TABLE t (n INTEGER)")
        db.execute("INSERT INTO t VALUES (1)")
        db.execute("BEGIN IMMEDIATE")
        db.execute("INSERT INTO t VALUES (2)")
        copy_database(tmp_path / "a.db", tmp_path / "b.db")
    assert rows(tmp_path / "b.db") == [1]


def test_a_copy_made_under_writes_is_of_one_instant(tmp_path: Path) -> None:
    """Every transaction writes a pair; no copy holds half of one."""
    stop = threading.Event()
    with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode=WAL")
        db.execute("CREATE TABLE t (n INTEGER)")

    def write() -> None:
        with closing(sqlite3.connect(tmp_path / "a.db", isolation_level=None, timeout=30)) as db:
            number = 0
            while not stop.is_set():
                number += 1
                db.execute("BEGIN IMMEDIATE")
                db.executemany("INSERT INTO t VALUES (?)", [(number,), (number,)])
                db.execute("COMMIT")

    writer = threading.Thread(target=write)
    writer.start()
    try:
        for copy in range(10):
            copy_database(tmp_path / "a.db", tmp_path / f"copy{copy}.db")
    finally:
        stop.set()
        writer.join()
    for copy in range(10):
        found = rows(tmp_path / f"copy{copy}.db")
        assert found == [n for n in range(1, len(found) // 2 + 1) for _ in (1, 2)]


def test_a_folder_goes_into_an_archive_and_comes_out_the_same(tmp_path: Path) -> None:
    data, other = make_folder(tmp_path / "a"), tmp_path / "b"
    other.mkdir()
    archive = tmp_path / "kept" / "backup.zip"
    told: list[str] = []
    made = write_backup(data, SERVICES, archive, told.append, copies(data))
    keys = ["signing.jwks", "secrets.key", "records.jwks"]
    assert told == ["two.db", "one.db", *keys, f"files/one/ab/{'a' * 64}"], "readers of facts first, files last"
    assert archive.stat().st_mode & 0o777 == 0o600
    assert [file.name for file in archive.parent.iterdir()] == ["backup.zip"]

    with unpacked(archive, other, quiet) as (place, manifest):
        assert manifest == made
        assert place.parent == other
    assert contents(other) == {
        "signing.jwks": b"keys",
        "secrets.key": b"of identity numbers",
        "records.jwks": b"of receipts",
        f"files/one/ab/{'a' * 64}": b"content",
    }
    assert [rows(other / f"{name}.db") for name in SERVICES] == [[1], [1]]


def test_a_file_that_is_removed_meanwhile_is_left_out(tmp_path: Path) -> None:
    data, other = make_folder(tmp_path / "a"), tmp_path / "b"
    other.mkdir()
    name = f"files/one/ab/{'a' * 64}"

    def remove(told: str) -> None:
        if told == name:
            (data / name).unlink()

    made = write_backup(data, SERVICES, tmp_path / "backup.zip", remove, copies(data))
    with unpacked(tmp_path / "backup.zip", other, quiet) as (_, manifest):
        assert manifest == made
    assert name not in made["sha256"].keys() | contents(other).keys()


def test_a_folder_without_its_databases_is_not_backed_up(tmp_path: Path) -> None:
    copy = partial(copy_to_file, Settings(data=tmp_path))
    with pytest.raises(BadBackup, match="directory"):
        write_backup(tmp_path, ("events", "directory"), tmp_path / "backup.zip", quiet, copy)
    assert list(tmp_path.iterdir()) == []


def test_a_restore_overwrites_nothing(tmp_path: Path) -> None:
    data = make_folder(tmp_path / "a")
    write_backup(data, SERVICES, tmp_path / "backup.zip", quiet, copies(data))
    with pytest.raises(FolderNotEmpty), unpacked(tmp_path / "backup.zip", data, quiet):
        pass


def test_what_fails_on_the_way_leaves_the_folder_empty(tmp_path: Path) -> None:
    write_backup(make_folder(tmp_path / "a"), SERVICES, tmp_path / "backup.zip", quiet, copies(tmp_path / "a"))
    (tmp_path / "b").mkdir()
    with pytest.raises(ValueError, match="no room"), unpacked(tmp_path / "backup.zip", tmp_path / "b", quiet):
        raise ValueError("no room")
    assert list((tmp_path / "b").iterdir()) == []


@pytest.mark.parametrize("damage", ["a changed file", "no manifest", "another format", "a file outside", "not a zip"])
def test_what_is_damaged_is_refused_and_leaves_nothing(tmp_path: Path, damage: str) -> None:
    (tmp_path / "b").mkdir()
    archive, broken = tmp_path / "backup.zip", tmp_path / "broken.zip"
    write_backup(make_folder(tmp_path / "a"), SERVICES, archive, quiet, copies(tmp_path / "a"))
    with zipfile.ZipFile(archive) as book:
        entries = {name: book.read(name) for name in book.namelist()}
    if damage == "a changed file":
        entries["signing.jwks"] = b"other keys"
    elif damage == "no manifest":
        del entries["manifest.json"]
    elif damage == "another format":
        entries["manifest.json"] = entries["manifest.json"].replace(b"huitang-backup/1", b"huitang-backup/9")
    elif damage == "a file outside":
        entries["manifest.json"] = entries["manifest.json"].replace(b'"signing.jwks"', b'"../signing.jwks"')
        entries["../signing.jwks"] = entries["signing.jwks"]
    with zipfile.ZipFile(broken, "w") as book:
        for name, content in entries.items():
            book.writestr(name, content)
    if damage == "not a zip":
        broken.write_bytes(b"zip?")
    with pytest.raises(BadBackup), unpacked(broken, tmp_path / "b", quiet):
        pass
    assert list((tmp_path / "b").iterdir()) == []
