"""`huitang parked`: messages that a service could not handle, and trying them again once their cause is mended."""

from typing import Annotated, Any

import typer

from huitang.client import Client
from huitang.language import said
from huitang.services import NAMES
from huitang.terminal import Failed, Terminal, command, group, table

app = group("Messages that a service could not handle five times.")


@command(app, "list")
def list_all(terminal: Terminal) -> None:
    """List the parked messages of every service."""
    with terminal.client() as client:
        found = _parked(client)
    heads = ("service", "message", "reaction", "failures", "error")
    rows = [[each["service"], each["message_id"], *(each[head] for head in heads[2:])] for each in found]
    terminal.answer(
        found, lambda out: out.print(table(heads, rows) if rows else said("没有搁置的消息。", "Nothing is parked."))
    )


@command(app)
def retry(
    terminal: Terminal,
    message: Annotated[str | None, typer.Argument(help="The message; all, where none is named.")] = None,
) -> None:
    """Try parked messages again; fails where one still cannot be handled."""
    with terminal.client() as client:
        chosen = [each for each in _parked(client) if message in (None, each["message_id"])]
        if message and not chosen:
            raise Failed(said(f"没有搁置的消息 {message}。", f"No message {message} is parked."))
        for each in chosen:
            path = f"/api/{each['service']}/parked/{each['message_id']}/{each['reaction']}/retry"
            each["handled"] = client.send("POST", path)["handled"]
    left = [each for each in chosen if not each["handled"]]
    done = len(chosen) - len(left)
    words = said(f"已处理 {done} 条，仍搁置 {len(left)} 条。", f"{done} handled, {len(left)} still parked.")
    terminal.answer(chosen, words)
    if left:
        raise typer.Exit(1)


def _parked(client: Client) -> list[dict[str, Any]]:
    return [{"service": service, **each} for service in NAMES for each in client.get(f"/api/{service}/parked")]
