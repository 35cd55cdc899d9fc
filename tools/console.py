"""Builds, checks and formats the console in `web/`: `python -m tools.console build [--if-possible]`, `check` or `format`.

A build does nothing where one of the same sources is there already. npm's registry is asked once, for the packages that
the lock names.
"""

import subprocess
import sys
from pathlib import Path

from tools.built import WEB, digest, is_built, stamp
from tools.node import NotInstalled, install, npm, turn

IMPATIENT = ("--fetch-retries=0",)
"""How npm asks its registry where a start waits for it."""


def build(web: Path, *, if_possible: bool = False) -> int:
    """Build what is not built yet, and return the exit code; `if_possible` lets a start go on where packages are missing."""
    with turn(web):
        if is_built(web):
            return 0
        sys.stdout.write("Building the console …\n")
        sys.stdout.flush()
        try:
            install(web, *(IMPATIENT if if_possible else ()))
            sources = digest(web)
            code = npm(web, "run", "--silent", "build", "--", "--logLevel", "warn").returncode
        except NotInstalled as error:
            sys.stderr.write(f"{_without(web) if if_possible else 'The console was not built'}: {error}\n")
            return 0 if if_possible else 1
        if code == 0:
            stamp(web).write_text(sources)
        return code


def _without(web: Path) -> str:
    earlier = (web / "dist" / "index.html").exists()
    return f"Huitang starts with{' an earlier build of' if earlier else 'out'} the console (make console tries again)"


def check(web: Path) -> int:
    """Describe the API as the code has it, generate its types, and check and test the console; return the exit code."""
    try:
        with turn(web):
            install(web)
        described = subprocess.run([sys.executable, "-m", "tools.openapi", web / "openapi.json"])
        return (
            described.returncode
            or npm(web, "run", "--silent", "types", stdout=subprocess.DEVNULL).returncode
            or npm(web, "run", "--silent", "check").returncode
        )
    except NotInstalled as error:
        sys.stderr.write(f"The console was not checked: {error}\n")
        return 1


def tidy(web: Path) -> int:
    """Format the sources; return the exit code."""
    try:
        with turn(web):
            install(web)
        return npm(web, "run", "--silent", "format").returncode
    except NotInstalled as error:
        sys.stderr.write(f"The console was not formatted: {error}\n")
        return 1


def main(arguments: list[str]) -> int:
    """Do what the command line asks; return the exit code."""
    match arguments:
        case ["build"]:
            return build(WEB)
        case ["build", "--if-possible"]:
            return build(WEB, if_possible=True)
        case ["check"]:
            return check(WEB)
        case ["format"]:
            return tidy(WEB)
    sys.stderr.write("python -m tools.console build [--if-possible] | check | format\n")
    return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
