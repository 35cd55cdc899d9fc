"""`huitang packs`: complete example programmes, with forms and rules, to be checked before use."""

import json
from importlib.resources import files
from typing import Annotated, Any

import typer

from huitang.client import Client
from huitang.language import said, terminal_language
from huitang.terminal import Terminal, command, group, table

SOURCE = "catalogue"
app = group("Complete example programmes with forms and rules, to be checked before use.")


@command(app)
def load(
    terminal: Terminal,
    keys: Annotated[list[str] | None, typer.Argument(help="Keys such as AW01; all where none is named.")] = None,
    owner: Annotated[str | None, typer.Option("--owner", help="Slug of the organisation that is to own them.")] = None,
) -> None:
    """Make or complete these programmes; rules that were written here stay."""
    with terminal.client() as client:
        result = load_into(client, owner, [key.upper() for key in keys or ()])
    words = said(
        "新建 {created} 个，更改 {changed} 个，未变 {unchanged} 个；写入规则 {rules} 套。使用前请核对。",
        "{created} created, {changed} changed, {unchanged} unchanged; rules of {rules} written. Check them before use.",
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
    """Return the packs by key: `programme` as a catalogue takes it, `eligibility` as the route of rules does."""
    found = (file for file in files("huitang").joinpath("packs").iterdir() if file.name.endswith(".json"))
    return sorted((json.loads(file.read_text(encoding="utf-8")) for file in found), key=lambda pack: str(pack["key"]))


def load_into(client: Client, owner: str | None = None, keys: list[str] | None = None) -> dict[str, Any]:
    """Load packs as programmes of the organisation of slug `owner`, or the caller's; write rules where there are none."""
    wanted = [pack for pack in packs() if not keys or pack["key"] in keys]
    body: dict[str, Any] = {"source": SOURCE, "rows": [{"key": pack["key"], **pack["programme"]} for pack in wanted]}
    if owner:
        body["owner_id"] = client.get(f"/api/directory/organisations/{owner}")["id"]
    result: dict[str, Any] = client.send("POST", "/api/awards/catalogue", body)
    return result | {"rules": sum(_write_rules(client, pack) for pack in wanted)}


def _write_rules(client: Client, pack: dict[str, Any]) -> bool:
    found = client.every("/api/awards/programmes", q=pack["key"])
    programme = next(each for each in found if (each["source"], each["key"]) == (SOURCE, pack["key"]))
    path = f"/api/awards/programmes/{programme['id']}/eligibility"
    now = client.get(path)
    if now["rules"] is not None:
        return False
    client.send("PUT", path, pack["eligibility"], headers={"If-Match": f'"v{now["version"]}"'})
    return True
