"""Whether `web/dist` holds the console of the sources beside it: a digest of all that goes in tells.

Run as a program, it answers by its exit code and loads little, since every start asks.
"""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

WEB = Path(__file__).parents[1] / "web"

_SINGLE = ("index.html", "package.json", "package-lock.json", ".npmrc", "vite.config.ts")
_GENERATED = "src/api/schema.d.ts"
"""Types alone, which leave nothing behind in what is built."""


def inputs(web: Path) -> Iterator[tuple[str, Path]]:
    """Yield every file that a build reads, by its name below `web`, in order."""
    files = [*web.glob("src/**/*"), *web.glob("public/**/*"), *web.glob("tsconfig*.json"), *map(web.joinpath, _SINGLE)]
    named = sorted((file.relative_to(web).as_posix(), file) for file in files if file.is_file())
    return ((name, file) for name, file in named if name != _GENERATED)


def digest(web: Path) -> str:
    """Return the SHA-256 of the names and contents of every input."""
    whole = hashlib.sha256()
    for name, file in inputs(web):
        whole.update(f"{name} {hashlib.sha256(file.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def stamp(web: Path) -> Path:
    """Return where a build leaves the digest of its inputs."""
    return web / "dist" / ".built"


def is_built(web: Path) -> bool:
    """Tell whether what was built last is what a build would make now."""
    return stamp(web).exists() and stamp(web).read_text() == digest(web)


if __name__ == "__main__":
    sys.exit(not is_built(WEB))
