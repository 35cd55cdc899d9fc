"""`huitang catalogue`: the flagship series that plan documents name, loaded as series of one's own."""

import json
from importlib.resources import files
from typing import Annotated, Any

import typer

from huitang.client import Client
from huitang.language import said, terminal_language
from huitang.terminal import Terminal, command, group, table

app = group("The flagship series that plan documents name.")


@command(app)
def load(
    terminal: Terminal,
    owner: Annotated[str | None, typer.Option("--owner", help="Slug of the organisation that is to own them.")] = None,
) -> None:
    """Make a series of every row; loaded again, it changes only what the catalogue says anew."""
    with terminal.client() as client:
        result = load_into(client, owner)
    words = said(
        "新建 {created} 个，更改 {changed} 个，未变 {unchanged} 个。",
        "{created} created, {changed} changed, {unchanged} unchanged.",
    ).format(**result)
    terminal.answer(result, words)


@command(app, "list")
def list_rows(terminal: Terminal) -> None:
    """List the rows of the catalogue; needs no server."""
    rows, language = rows_of_catalogue(), terminal_language()
    shown = [[row["key"], row["name"][language], row["kind"], row["slug"]] for row in rows]
    terminal.answer(rows, lambda out: out.print(table(("key", "name", "kind", "slug"), shown)))


def rows_of_catalogue() -> list[dict[str, Any]]:
    """Return the rows of the catalogue as the API takes them."""
    told = json.loads(files("huitang").joinpath("catalogue.json").read_text(encoding="utf-8"))
    documents = {code: {"code": code, **facts} for code, facts in told["documents"].items()}
    return [row | {"documents": [documents[code] for code in row["documents"]]} for row in told["series"]]


def load_into(client: Client, owner: str | None = None) -> dict[str, Any]:
    """Load the catalogue; the series belong to the organisation of slug `owner`, or to the caller's."""
    body: dict[str, Any] = {"source": "catalogue", "rows": rows_of_catalogue()}
    if owner:
        body["owner_id"] = client.get(f"/api/directory/organisations/{owner}")["id"]
    result: dict[str, Any] = client.send("POST", "/api/events/catalogue", body)
    return result
