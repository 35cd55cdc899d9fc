"""Backups: every database, key and file of a data folder in one archive, and back.

Databases are copied each as it was at one instant, while others write, and stand in the archive as files of SQLite.
Readers of facts are copied before the owners of the facts, so that no copy knows of more than its log holds; whatever a
projection lacks, the rebuild after a restore fills in. Files are copied last, because rows name them.
"""

import hashlib
import json
import os
import sqlite3
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from huitang.language import said
from shared.keys import RECORDS, SECRETS

FORMAT = "huitang-backup/1"
KEYS = ("signing.jwks", "gateway.secret", SECRETS, RECORDS, "demo.json")
"""What else belongs to a data folder, where it is there. Addresses and keys of the process that ran are not among them."""


class BadBackup(Exception):
    """The archive is not a backup, or was damaged."""


class FolderNotEmpty(Exception):
    """A restore would overwrite what is there."""


def copy_database(source: Path, target: Path) -> None:
    """Copy a SQLite database as it is at one instant, with all that was committed and nothing that was not.

    The copy is readable by its owner alone.
    """
    target.touch(mode=0o600)
    reading = sqlite3.connect(f"{source.absolute().as_uri()}?mode=ro", uri=True, timeout=30)
    writing = sqlite3.connect(target)
    with closing(reading), closing(writing):
        reading.backup(writing)
        writing.execute("PRAGMA journal_mode=DELETE")


def write_backup(
    data: Path, services: Sequence[str], archive: Path, tell: Callable[[str], None], copy: Callable[[str, Path], None]
) -> dict[str, Any]:
    """Write the folder `data` into `archive`, readable by its owner alone; return the manifest.

    `services` are named owners first, and copied in the opposite order: `copy(service, file)` writes one's database into
    a new file of SQLite.
    """
    archive.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=archive.parent, prefix=".backup-") as place:
        draft = Path(place, "archive.zip")
        digests: dict[str, str] = {}
        with zipfile.ZipFile(draft, "x", zipfile.ZIP_DEFLATED, compresslevel=1) as book:
            for file, name in _contents(data, services, Path(place), copy):
                tell(name)
                with suppress(FileNotFoundError):  # nothing named the file any more, and it was removed meanwhile
                    digest = _digest(file)
                    book.write(file, name)
                    digests[name] = digest
            manifest = {
                "format": FORMAT,
                "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
                "services": list(services),
                "sha256": digests,
            }
            book.writestr("manifest.json", json.dumps(manifest, indent=1))
        draft.chmod(0o600)
        with draft.open("rb") as written:
            os.fsync(written.fileno())
        draft.replace(archive)
    return manifest


def _contents(
    data: Path, services: Sequence[str], place: Path, copy: Callable[[str, Path], None]
) -> Iterator[tuple[Path, str]]:
    for name in reversed(services):
        file = place / f"{name}.db"
        copy(name, file)
        yield file, f"{name}.db"
        file.unlink()
    for key in KEYS:
        if (data / key).exists():
            yield data / key, key
    for file in sorted((data / "files").rglob("*")):
        if file.is_file() and len(file.name) == 64:  # others are drafts on their way in
            yield file, file.relative_to(data).as_posix()


@contextmanager
def unpacked(archive: Path, data: Path, tell: Callable[[str], None]) -> Iterator[tuple[Path, dict[str, Any]]]:
    """Yield a folder with the content of `archive`, all of it checked, and the manifest.

    What is left there at the end of the block is put into the empty folder `data`. Raises `BadBackup` and
    `FolderNotEmpty`; then, and where the block fails, `data` is as it was.
    """
    if any(data.glob("*.db")) or (data / "files").exists():
        raise FolderNotEmpty(
            said(
                f"{data} 不是空目录，请用 --data 指定其他目录进行恢复。",
                f"{data} is not empty; restore into another folder (--data).",
            )
        )
    with tempfile.TemporaryDirectory(dir=data, prefix=".restore-") as place:
        try:
            manifest = _extract(archive, Path(place), tell)
        except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
            raise BadBackup(said(f"无法读取 {archive}：{error}。", f"{archive} cannot be read: {error}.")) from error
        yield Path(place), manifest
        for child in Path(place).iterdir():
            child.replace(data / child.name)


def _extract(archive: Path, place: Path, tell: Callable[[str], None]) -> dict[str, Any]:
    with zipfile.ZipFile(archive) as book:
        manifest = _manifest(book)
        for name, digest in manifest["sha256"].items():
            tell(name)
            target = place / name
            if not target.resolve().is_relative_to(place.resolve()):
                raise BadBackup(
                    said(
                        f"{archive} 中有指向目录之外的文件：{name}。",
                        f"{archive} names a file outside of the folder: {name}.",
                    )
                )
            book.extract(name, place)
            if _digest(target) != digest:
                raise BadBackup(said(f"{archive} 已损坏：{name}。", f"{archive} is damaged: {name}."))
            target.chmod(0o600)
    return manifest


def _manifest(book: zipfile.ZipFile) -> dict[str, Any]:
    manifest = json.loads(book.read("manifest.json"))
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise BadBackup(said(f"该文件不是 {FORMAT} 格式的备份。", f"The file is no backup of the format {FORMAT}."))
    return manifest


def _digest(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()
