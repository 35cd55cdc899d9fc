"""Files: those addressed by the SHA-256 of their content, and those that are for their owner alone.

Of the former the same bytes are kept once, and can be checked at any time.
"""

import hashlib
import os
import secrets
import tempfile
from pathlib import Path

from filelock import FileLock


class FileStore:
    """A folder of files; a name is the lower-case hexadecimal SHA-256 of the content."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes) -> str:
        """Keep `content` durably and return its name."""
        name = hashlib.sha256(content).hexdigest()
        target = self._path(name)
        if target.exists():
            return name
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, draft = tempfile.mkstemp(dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).replace(target)
        return name

    def get(self, name: str) -> bytes:
        """Return the content; raise `FileNotFoundError` where it was never kept or no longer fits its name."""
        content = self._path(name).read_bytes()
        if hashlib.sha256(content).hexdigest() != name:
            raise FileNotFoundError(name)
        return content

    def _path(self, name: str) -> Path:
        return self.root / name[:2] / name


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
