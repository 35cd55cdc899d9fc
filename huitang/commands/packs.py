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
DEFINITION = ("routes", "unit_notice_days", "categories", "groups", "limits", "quotas", "objection_window", "stages")
"""What of a pack is its definition; the rest is the programme itself."""

app = group("Complete example programmes with forms and rules, to be checked before use.")


@command(app)
def load(
    terminal: Terminal,
    keys: Annotated[list[str] | None, typer.Argument(help="Keys such as AW01; all where none is named.")] = None,
    owner: Annotated[str | None, typer.Option("--owner", help="Slug of the organisation that is to own them.")] = None,
    overwrite: Annotated[bool, typer.Option("--overwrite", help="Replace what an office has written as well.")] = False,
) -> None:
    """Make or complete these programmes; one that has rules already, and what an office has written, stay as they are."""
    with terminal.client() as client:
        result = load_into(client, owner, [key.upper() for key in keys or ()], overwrite=overwrite)
    words = said(
        "新建 {created} 个，补全 {completed} 个，未变 {unchanged} 个。使用前请核对。",
        "{created} created, {completed} completed, {unchanged} unchanged. Check them before use.",
    ).format(**result)
    kept = said(
        "{key} 保留了已填写的：{parts}（如需替换，请加 --overwrite）。",
        "{key} keeps what was written: {parts} (--overwrite replaces it).",
    )
    lines = [kept.format(key=key, parts=", ".join(parts)) for key, parts in result["kept"].items()]
    terminal.answer(result, "\n".join([words, *lines]))


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


def load_into(
    client: Client, owner: str | None = None, keys: list[str] | None = None, *, overwrite: bool = False
) -> dict[str, Any]:
    """Complete the programmes of packs as far as they have no rules yet, made first where they are not there.

    They belong to the organisation of slug `owner`, or the caller's. What the catalogue says of them stays as it is, and
    what an office has written too, unless it is to `overwrite`; `kept` names that by the key of the pack.
    """
    wanted = [pack for pack in packs() if not keys or pack["key"] in keys]
    rows = {row["key"]: row for row in rows_of_catalogue("programmes")}
    said_of = {pack["key"]: rows.get(pack["key"]) or _row(pack) for pack in wanted}
    body: dict[str, Any] = {"source": SOURCE, "rows": list(said_of.values())}
    if owner:
        body["owner_id"] = client.get(f"/api/directory/organisations/{owner}")["id"]
    made = client.send("POST", "/api/awards/catalogue", body)["created"]
    kept = {pack["key"]: _complete(client, pack, said_of[pack["key"]], overwrite=overwrite) for pack in wanted}
    completed = {key: parts for key, parts in kept.items() if parts is not None}
    return {
        "created": made,
        "completed": len(completed),
        "unchanged": len(wanted) - len(completed),
        "kept": {key: parts for key, parts in completed.items() if parts},
    }


def _row(pack: dict[str, Any]) -> dict[str, Any]:
    """Return what a catalogue would say of a pack that is in none."""
    return {"key": pack["key"], **{name: pack["programme"][name] for name in ("slug", "name", "standing", "verb")}}


def _complete(client: Client, pack: dict[str, Any], said_of: dict[str, Any], *, overwrite: bool) -> list[str] | None:
    """Give a programme what its pack knows; return what of it was kept instead, nothing where it has rules already."""
    found = client.every("/api/awards/programmes", q=pack["key"])
    programme = next(each for each in found if (each["source"], each["key"]) == (SOURCE, pack["key"]))
    path = f"/api/awards/programmes/{programme['id']}"
    if not overwrite and client.get(f"{path}/eligibility")["rules"] is not None:
        return None
    now = {**client.get(f"{path}/definition"), **programme}
    told = {name: value for name, value in pack["programme"].items() if name not in ("slug", "name")}
    kept = sorted(name for name in told if not (overwrite or _says_no_more(now.get(name), said_of.get(name))))
    version = programme["version"]
    parts = {name: value for name, value in told.items() if name in DEFINITION and name not in kept}
    own = {name: value for name, value in told.items() if name not in (*DEFINITION, *kept)}
    for method, place, content in (
        ("PATCH", path, own),
        ("PATCH", f"{path}/definition", parts),
        ("PUT", f"{path}/eligibility", pack["eligibility"]),
    ):
        version = client.send(method, place, content, headers={"If-Match": f'"v{version}"'})["version"]
    return kept


def _says_no_more(there: Any, said: Any) -> bool:
    """Tell whether what stands there is nothing, or only what a catalogue `said`: anything else somebody has written."""
    if isinstance(there, dict):
        known = said if isinstance(said, dict) else {}
        return all(_says_no_more(value, known.get(name)) for name, value in there.items())
    if isinstance(there, list):
        known_items = said if isinstance(said, list) else []
        return not there or (
            len(there) == len(known_items)
            and all(_says_no_more(*each) for each in zip(there, known_items, strict=True))
        )
    return not there or there == said
