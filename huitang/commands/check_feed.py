"""`huitang check-feed`: hold a calendar feed against what it promises."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import httpx
import typer

from huitang.client import NothingRuns
from huitang.feed_check import FeedReport, check_address, check_bytes
from huitang.terminal import Failed, Terminal, command, single

app = single()


@command(app)
def check_feed(terminal: Terminal, source: Annotated[str, typer.Argument(metavar="URL|FILE")]) -> None:
    """Check a feed byte by byte, and at an address also its answers: validators, 304, the same bytes again.

    Fails where a promise is broken. A feed from elsewhere is held against the same promises.
    """
    with terminal.progress("Checking"):
        report = _checked(source)
    lines = [f"{report.source}: {report.entries} entries, {report.size:,} bytes", *report.problems]
    terminal.answer(asdict(report), "\n".join(lines if report.problems else [lines[0] + ", no problems"]))
    if report.problems:
        raise typer.Exit(1)


def _checked(source: str) -> FeedReport:
    if "://" not in source:
        try:
            return check_bytes(source, Path(source).read_bytes())
        except OSError as error:
            raise Failed(f"{source} cannot be read: {error.strerror}") from error
    try:
        with httpx.Client(timeout=60, follow_redirects=True) as client:
            return check_address(source, client)
    except httpx.InvalidURL as error:
        raise Failed(f"{source} is not an address: {error}") from error
    except httpx.TransportError as error:
        raise NothingRuns(f"Nothing answers at {source}: {error}") from error
