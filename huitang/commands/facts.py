"""`huitang facts`: follow what happens, and fill a service's projections anew from the logs."""

import json
import time
from collections.abc import Iterator, Sequence
from typing import Annotated, Any

import typer

from huitang.client import Client
from huitang.language import said
from huitang.services import NAMES
from huitang.terminal import Failed, Terminal, command, group

LOOK_AGAIN_SECONDS = 0.5

app = group("Follow the facts of every service, or rebuild from them.")


@command(app)
def tail(
    terminal: Terminal,
    services: Annotated[
        list[str] | None, typer.Argument(metavar="[SERVICE]...", help="All, where none is named.")
    ] = None,
    last: Annotated[int, typer.Option("--last", min=0, max=500, help="Begin with so many of each log.")] = 10,
    follow: Annotated[bool, typer.Option("--follow/--no-follow", help="Go on until Ctrl-C.")] = True,
) -> None:
    """Print facts, one line each, and go on as they happen."""
    with terminal.client() as client:
        positions: dict[str, int] = {}
        shown = list(_latest(client, services or NAMES, last, positions))
        while True:
            for fact in sorted(shown, key=lambda fact: str(fact["message"]["time"])):
                _print(terminal, fact)
            if not follow:
                return
            time.sleep(LOOK_AGAIN_SECONDS)
            shown = list(_following(client, positions))


@command(app)
def rebuild(terminal: Terminal, service: Annotated[str, typer.Argument(help="The service to rebuild.")]) -> None:
    """Empty the projections of a service and fill them again from the beginning of every log; wait until that is done."""
    with terminal.client() as client, terminal.progress(said("正在重建 ", "Rebuilding ") + service):
        job = client.send("POST", f"/api/{service}/facts/rebuild")
        while job["state"] in {"waiting", "running"}:
            time.sleep(LOOK_AGAIN_SECONDS)
            job = client.get(f"/api/{service}/jobs/{job['id']}")
    if job["state"] == "cancelled":
        raise Failed(
            said(f"{service}：重建已取消，一切如前。", f"{service}: the rebuild was cancelled; all is as before.")
        )
    if job["state"] == "failed":
        failed = (
            f"{service}：重建失败，一切如前：{job['error']}",
            f"{service}: not rebuilt, all is as before: {job['error']}",
        )
        raise Failed(said(*failed))
    number = job["done"]
    words = said(f"{service}：已据 {number} 条事实重建。", f"{service}: rebuilt from {number} facts.")
    terminal.answer({"messages": number}, words)


def _latest(client: Client, services: Sequence[str], last: int, positions: dict[str, int]) -> Iterator[dict[str, Any]]:
    for service in services:
        found = client.get(f"/api/{service}/facts", newest="true", limit=max(last, 1))
        positions[service] = found[-1]["number"] if found else 0
        yield from ({"service": service, **fact} for fact in found[len(found) - min(last, len(found)) :])


def _following(client: Client, positions: dict[str, int]) -> Iterator[dict[str, Any]]:
    for service, after in list(positions.items()):
        for fact in client.get(f"/api/{service}/facts", after=after, limit=500):
            positions[service] = fact["number"]
            yield {"service": service, **fact}


def _print(terminal: Terminal, fact: dict[str, Any]) -> None:
    message = fact["message"]
    line = f"{message['time']}  {fact['service']} {fact['number']:>6}  {message['type']}  {message['subject']}"
    typer.echo(json.dumps(fact, ensure_ascii=False) if terminal.json else line)
