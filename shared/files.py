"""Files: those addressed by the SHA-256 of their content, and those that are for their owner alone.

Of the former the same bytes are kept once, and can be checked at any time. Whoever is about to name one in a row holds it
until the commit, so that nobody removes it meanwhile as one that no row names.
"""

import hashlib
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from filelock import FileLock
from sqlalchemy.orm import Session

from shared.db import in_turn


class FileStore:
    """A folder of files; a name is the lower-case hexadecimal SHA-256 of the content."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Keep `content` durably and return its name."""
        name = hashlib.sha256(content).hexdigest()
        if self._path(name).exists():
            return name
        with self.receive() as file:
            file.write(content)
            return file.keep()

    @contextmanager
    def receive(self) -> Iterator["Incoming"]:
        """Take a file in piece by piece; what is not kept by the end of the block is dropped."""
        self.root.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=self.root)
        with os.fdopen(handle, "w+b") as opened:
            file = Incoming(opened, Path(draft), self._path)
            try:
                yield file
            finally:
                file.path.unlink(missing_ok=True)

    def get(self, name: str) -> bytes:
        """Return the content; raise `FileNotFoundError` where it was never kept or no longer fits its name."""
        content = self._path(name).read_bytes()
        if hashlib.sha256(content).hexdigest() != name:
            raise FileNotFoundError(name)
        return content

    def remove(self, name: str) -> None:
        """Remove a file that nothing names any more."""
        self._path(name).unlink(missing_ok=True)

    def _path(self, name: str) -> Path:
        return self.root / name[:2] / name


class Incoming:
    """A file on its way in, at `path` until it is kept; so many bytes of it (`size`) have come."""

    def __init__(self, opened: BinaryIO, path: Path, place: Callable[[str], Path]) -> None:
        self.path = path
        self.size = 0
        self._opened = opened
        self._place = place
        self._digest = hashlib.sha256()

    def write(self, piece: bytes) -> None:
        """Take the next bytes."""
        self._opened.write(piece)
        self._digest.update(piece)
        self.size += len(piece)

    def name(self) -> str:
        """Return the name of what has come so far, all of it written out to `path`."""
        self._opened.flush()
        return self._digest.hexdigest()

    def keep(self) -> str:
        """Keep what has come durably and return its name."""
        name = self.name()
        target = self._place(name)
        if not target.exists():
            os.fsync(self._opened.fileno())
            target.parent.mkdir(parents=True, exist_ok=True)
            self.path.replace(target)
        return name


def files_of(tx: Session) -> FileStore:
    """Return the files of the service whose database this is."""
    files: FileStore = tx.info["files"]
    return files


def hold_file(tx: Session, name: str) -> None:
    """Let whoever else would name a file, or remove it, wait until this transaction is committed."""
    in_turn(tx, f"file {name}")


def put_file(tx: Session, content: bytes) -> str:
    """Keep what the service has made itself for a row of this transaction; return its name."""
    hold_file(tx, hashlib.sha256(content).hexdigest())
    return files_of(tx).put(content)


def write_private(path: Path, content: str) -> None:
    """Put `content` in place of the file at once, readable by its owner alone."""
    with private_lock(path):
        replace_private(path, content)


def private_lock(path: Path) -> FileLock:
    """Return the lock under which one process at a time replaces the file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(path.with_name(f".{path.name}.lock"), mode=0o600)


def replace_private(path: Path, content: str) -> None:
    """Put `content` in place of the file at once, for who holds its lock or is alone with it."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(draft, path)
