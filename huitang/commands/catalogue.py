"""`huitang catalogue`: the flagship series and the programmes that plan documents name, loaded as one's own."""

import json
from collections import Counter
from importlib.resources import files
from typing import Annotated, Any, Literal

import typer

from huitang.client import Client
from huitang.language import said, terminal_language
from huitang.terminal import Terminal, command, group, table

app = group("The flagship series and the programmes that plan documents name.")

Part = Literal["series", "programmes"]
LOADED_AT: dict[Part, str] = {"series": "/api/events/catalogue", "programmes": "/api/awards/catalogue"}


@command(app)
def load(
    terminal: Terminal,
    owner: Annotated[str | None, typer.Option("--owner", help="Slug of the organisation that is to own them.")] = None,
) -> None:
    """Make a series or a programme of every row; loaded again, it changes only what the catalogue says anew."""
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
    rows, language = [row for part in LOADED_AT for row in rows_of_catalogue(part)], terminal_language()
    shown = [[row["key"], row["name"][language], row.get("kind") or row["standing"], row["slug"]] for row in rows]
    terminal.answer(rows, lambda out: out.print(table(("key", "name", "kind", "slug"), shown)))


def rows_of_catalogue(part: Part) -> list[dict[str, Any]]:
    """Return the rows of a part of the catalogue as the API takes them."""
    told = json.loads(files("huitang").joinpath("catalogue.json").read_text(encoding="utf-8"))
    documents = {code: {"code": code, **facts} for code, facts in told["documents"].items()}
    return [row | {"documents": [documents[code] for code in row["documents"]]} for row in told[part]]


def load_into(client: Client, owner: str | None = None) -> dict[str, int]:
    """Load the catalogue; what is new belongs to the organisation of slug `owner`, or to the caller's."""
    owned = {"owner_id": client.get(f"/api/directory/organisations/{owner}")["id"]} if owner else {}
    result: Counter[str] = Counter()
    for part, path in LOADED_AT.items():
        result.update(client.send("POST", path, {"source": "catalogue", "rows": rows_of_catalogue(part), **owned}))
    return dict(result)
