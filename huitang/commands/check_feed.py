"""`huitang check-feed`: hold a calendar feed against what it promises."""

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import httpx
import typer

from huitang.client import NothingRuns, nobody_at
from huitang.feed_check import FeedReport, check_address, check_bytes
from huitang.language import said
from huitang.terminal import Failed, Terminal, command, single

app = single()


@command(app)
def check_feed(terminal: Terminal, source: Annotated[str, typer.Argument(metavar="URL|FILE")]) -> None:
    """Check a feed byte by byte, and at an address also its answers: validators, 304, the same bytes again.

    Fails where a promise is broken. A feed from elsewhere is held against the same promises.
    """
    with terminal.progress(said("正在检查", "Checking")):
        report = _checked(source)
    lines = [f"{report.source}: {report.entries} entries, {report.size:,} bytes", *report.problems]
    terminal.answer(asdict(report), "\n".join(lines if report.problems else [lines[0] + ", no problems"]))
    if report.problems:
        raise typer.Exit(1)


def _checked(source: str) -> FeedReport:
    if "://" not in source:
        return check_bytes(source, Path(source).read_bytes())
    try:
        with httpx.Client(timeout=60, follow_redirects=True) as client:
            return check_address(source, client)
    except httpx.InvalidURL as error:
        raise Failed(said(f"{source} 不是有效地址：{error}", f"{source} is not an address: {error}")) from error
    except httpx.TransportError as error:
        raise NothingRuns(nobody_at(source, error)) from error
