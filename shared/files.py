"""Files, addressed by the SHA-256 of their content: the same bytes are kept once, and can be checked at any time."""

import hashlib
import os
import tempfile
from pathlib import Path


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
