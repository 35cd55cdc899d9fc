"""`huitang packs`: complete example programmes, with forms and rules, to be checked before use."""

import json
from importlib.resources import files
from typing import Annotated, Any

import typer

from huitang.client import Client
from huitang.commands.catalogue import rows_of_catalogue
from huitang.language import said, terminal_language
from huitang.terminal import Terminal, command, group, table

SOURCE = "catalogue"
DEFINITION = ("routes", "unit_notice_days", "categories", "groups", "limits", "quotas", "stages")
"""What of a pack is its definition; the rest is the programme itself."""

app = group("Complete example programmes with forms and rules, to be checked before use.")


@command(app)
def load(
    terminal: Terminal,
    keys: Annotated[list[str] | None, typer.Argument(help="Keys such as AW01; all where none is named.")] = None,
    owner: Annotated[str | None, typer.Option("--owner", help="Slug of the organisation that is to own them.")] = None,
) -> None:
    """Make or complete these programmes; one that has rules already stays as it is."""
    with terminal.client() as client:
        result = load_into(client, owner, [key.upper() for key in keys or ()])
    words = said(
        "新建 {created} 个，补全 {completed} 个，未变 {unchanged} 个。使用前请核对。",
        "{created} created, {completed} completed, {unchanged} unchanged. Check them before use.",
    ).format(**result)
    terminal.answer(result, words)


@command(app, "list")
def list_packs(terminal: Terminal) -> None:
    """List the packs and what in them is assumed; needs no server."""
    language = terminal_language()
    shown = [
        [pack["key"], pack["programme"]["name"][language], "; ".join(words[language] for words in pack["assumed"])]
        for pack in packs()
    ]
    heads = (said("编号", "key"), said("名称", "name"), said("待核对的假设", "assumed, to be checked"))
    terminal.answer(packs(), lambda out: out.print(table(heads, shown)))


def packs() -> list[dict[str, Any]]:
    """Return the packs by key: `programme` as its routes take it, `eligibility` as the route of rules does."""
    found = (file for file in files("huitang").joinpath("packs").iterdir() if file.name.endswith(".json"))
    return sorted((json.loads(file.read_text(encoding="utf-8")) for file in found), key=lambda pack: str(pack["key"]))


def load_into(client: Client, owner: str | None = None, keys: list[str] | None = None) -> dict[str, Any]:
    """Complete the programmes of packs as far as they have no rules yet, made first where they are not there.

    They belong to the organisation of slug `owner`, or the caller's. What the catalogue says of them stays as it is.
    """
    wanted = [pack for pack in packs() if not keys or pack["key"] in keys]
    rows = {row["key"]: row for row in rows_of_catalogue("programmes")}
    body: dict[str, Any] = {"source": SOURCE, "rows": [rows.get(pack["key"]) or _row(pack) for pack in wanted]}
    if owner:
        body["owner_id"] = client.get(f"/api/directory/organisations/{owner}")["id"]
    made = client.send("POST", "/api/awards/catalogue", body)["created"]
    completed = sum(_complete(client, pack) for pack in wanted)
    return {"created": made, "completed": completed, "unchanged": len(wanted) - completed}


def _row(pack: dict[str, Any]) -> dict[str, Any]:
    """Return what a catalogue would say of a pack that is in none."""
    return {"key": pack["key"], **{name: pack["programme"][name] for name in ("slug", "name", "standing", "verb")}}


def _complete(client: Client, pack: dict[str, Any]) -> bool:
    """Give a programme what its pack knows; return whether it had no rules yet."""
    found = client.every("/api/awards/programmes", q=pack["key"])
    programme = next(each for each in found if (each["source"], each["key"]) == (SOURCE, pack["key"]))
    path = f"/api/awards/programmes/{programme['id']}"
    if client.get(f"{path}/eligibility")["rules"] is not None:
        return False
    version = programme["version"]
    parts = {name: value for name, value in pack["programme"].items() if name in DEFINITION}
    own = {name: value for name, value in pack["programme"].items() if name not in (*DEFINITION, "slug", "name")}
    for method, place, content in (
        ("PATCH", path, own),
        ("PATCH", f"{path}/definition", parts),
        ("PUT", f"{path}/eligibility", pack["eligibility"]),
    ):
        version = client.send(method, place, content, headers={"If-Match": f'"v{version}"'})["version"]
    return True
