"""Writes the release archive, `dist/huitang-<version>.tar.gz`: every tracked file, and the console as it is built.

Unpacked, it serves the console without Node. The same commit gives the same bytes.
"""

import gzip
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

from tools.built import is_built

ROOT = Path(__file__).parents[1]


def write(root: Path) -> Path:
    """Write the archive of the working tree `root`; return where it is. The console is built already."""
    if not is_built(root / "web"):
        raise SystemExit("The console is not built: run make console.")
    version = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    name = f"huitang-{version}"
    files = {*_git(root, "ls-files", "-z").split("\0")} - {""}
    files |= {file.relative_to(root).as_posix() for file in (root / "web/dist").rglob("*") if file.is_file()}
    committed_at = int(_git(root, "log", "-1", "--format=%ct"))
    archive = root / "dist" / f"{name}.tar.gz"
    archive.parent.mkdir(exist_ok=True)

    def plain(entry: tarfile.TarInfo) -> tarfile.TarInfo:
        entry.uid = entry.gid = 0
        entry.uname = entry.gname = ""
        entry.mode = 0o755 if entry.mode & 0o100 else 0o644
        entry.mtime = committed_at
        return entry

    with (
        archive.open("wb") as out,
        gzip.GzipFile("", "wb", fileobj=out, mtime=committed_at) as zipped,
        tarfile.open(fileobj=zipped, mode="w") as tar,
    ):
        for file in sorted(files):
            tar.add(root / file, f"{name}/{file}", filter=plain)
    return archive


def _git(root: Path, *arguments: str) -> str:
    return subprocess.run(["git", *arguments], cwd=root, capture_output=True, text=True, check=True).stdout


if __name__ == "__main__":
    sys.stdout.write(f"{write(ROOT).relative_to(ROOT)}\n")
