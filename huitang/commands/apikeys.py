"""`huitang apikey`: the API keys of the account that the command line speaks for."""

from datetime import datetime
from typing import Annotated, Literal

import typer

from huitang.language import said
from huitang.terminal import Failed, Terminal, command, group, table

app = group("One's own API keys, for scripts; whose they are is told by --key.")


@command(app)
def create(
    terminal: Terminal,
    name: Annotated[str, typer.Argument(help="What the key is for.")],
    scope: Annotated[Literal["read", "write"], typer.Option("--scope", help="Whether it may change things.")] = "read",
    until: Annotated[
        datetime | None, typer.Option("--until", formats=["%Y-%m-%d"], help="Last day; else in 90 days.")
    ] = None,
) -> None:
    """Make a key; it is shown this once."""
    body = {"name": name, "scope": scope} | ({"until_on": until.date().isoformat()} if until else {})
    with terminal.client() as client:
        made = client.send("POST", "/api/directory/me/keys", body)
    until_on = made["expires_at"][:10]
    words = said(
        f"请立即保存，此后不再显示。有效期至 {until_on}。",
        f"Keep it now: it is not shown again. It ends on {until_on}.",
    )
    terminal.answer(made, f"{made['key']}\n{words}")


@command(app, "list")
def list_all(terminal: Terminal) -> None:
    """List one's keys by their beginnings."""
    with terminal.client() as client:
        keys = client.get("/api/directory/me/keys")
    heads = ("beginning", "name", "scope", "used_on", "expires_at")
    rows = [[key[head] for head in heads] for key in keys]
    terminal.answer(keys, lambda out: out.print(table(heads, rows)))


@command(app)
def revoke(
    terminal: Terminal, one: Annotated[str, typer.Argument(metavar="KEY", help="Its id, name or beginning.")]
) -> None:
    """End a key at once."""
    with terminal.client() as client:
        keys = client.get("/api/directory/me/keys")
        found = [each for each in keys if one in (each["id"], each["name"], each["beginning"])]
        if len(found) != 1:
            number = len(found)
            many = said(f"有 {number} 个密钥名为 {one}，请改用编号。", f"{one} names {number} keys; use an id.")
            raise Failed(many if found else said(f"没有名为 {one} 的密钥。", f"{one} names no key."))
        client.send("DELETE", f"/api/directory/me/keys/{found[0]['id']}")
    words = said(f"密钥 {found[0]['name']} 已失效。", f"{found[0]['name']} counts no more.")
    terminal.answer({"revoked": found[0]["id"]}, words)
