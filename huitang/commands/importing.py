"""`huitang import`: bring a programme in from a file, or take an import back."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console

from huitang.client import Refused
from huitang.terminal import Terminal, command, group, table, terminal_language

PARTS = ("sessions", "rooms", "people")
COUNTS = ("created", "changed", "removed", "unchanged")

app = group("Bring a programme in from a file, or take an import back.")


@command(app)
def programme(
    terminal: Terminal,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="schedule.xml, JSON, .ics, .xlsx or .csv")],
    edition: Annotated[str, typer.Option("--edition", help="Slug of the edition.")],
    create: Annotated[bool, typer.Option("--create", help="Make the edition from the file.")] = False,
    series: Annotated[str | None, typer.Option("--series", help="With --create: the series it is of.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would happen.")] = False,
    zone: Annotated[str | None, typer.Option("--zone", help="Time zone, where the file names none.")] = None,
    language: Annotated[str | None, typer.Option("--language", help="zh or en, where the file does not say.")] = None,
    take: Annotated[
        Literal["file", "ours"] | None, typer.Option("--take", help="Whose side wins where both changed.")
    ] = None,
) -> None:
    """Bring the programme of an edition in, all of it or nothing; a newer file updates it and keeps identities."""
    asked = {"edition": edition, "series": series, "zone": zone, "language": language, "take": take}
    query: dict[str, Any] = {name: value for name, value in asked.items() if value is not None}
    query |= {"create": create, "dry_run": dry_run, "filename": file.name}
    with terminal.client(timeout=300) as client, terminal.progress(f"Importing {file.name}"):
        try:
            told = client.send("POST", "/api/events/imports", content=file.read_bytes(), params=query)
        except Refused as error:
            if "problems" not in error.problem:
                raise
            told = {"both_changed": [], "conflicts": {}, "problems": error.problem["problems"]}
    result = result_of(told)
    terminal.answer(result, lambda out: show(out, result, dry_run=dry_run))
    if result["problems"] or (result["both_changed"] and not result["applied"]):
        raise typer.Exit(1)


@command(app)
def undo(terminal: Terminal, id: Annotated[str, typer.Argument(metavar="ID", help="The import.")]) -> None:
    """Take an import back: what it made goes, what it changed is as before, what was edited since stays."""
    with terminal.client(timeout=300) as client, terminal.progress("Taking back"):
        result = result_of(client.send("POST", f"/api/events/imports/{id}/undo"))
    terminal.answer(result, lambda out: show(out, result, dry_run=False))


def result_of(told: dict[str, Any]) -> dict[str, Any]:
    """Return what scripts rely on, from the API's answer or from what it refused the file for."""
    none = dict.fromkeys(COUNTS, 0)
    return {
        "import": told.get("import"),
        "applied": told.get("applied", False),
        **{part: told.get(part, none) for part in PARTS},
        "both_changed": told["both_changed"],
        "problems": [problem | {"message": _words(problem["message"])} for problem in told.get("problems", [])],
        "conflicts": told["conflicts"],
    }


def show(out: Console, result: dict[str, Any], *, dry_run: bool) -> None:
    """Print for people what an import did, would do, or stumbled over."""
    for problem in result["problems"]:
        place = problem.get("cell") or (f"line {problem['line']}" if "line" in problem else problem.get("pointer", ""))
        out.print(f"{place}: {problem['message']}", markup=False)
    for each in result["both_changed"]:
        out.print(
            f"{each['kind']} {each['key']} {each['field']}: {each['ours']!r} here, {each['theirs']!r} in the file"
        )
    out.print(table(("", *COUNTS), [[part, *(result[part][count] for count in COUNTS)] for part in PARTS]))
    if found := {kind: number for kind, number in result["conflicts"].items() if number}:
        out.print("Conflicts: " + ", ".join(f"{kind} {number}" for kind, number in found.items()))
    if result["problems"]:
        out.print(f"{len(result['problems'])} problems; nothing was imported.")
    elif result["applied"]:
        out.print(f"Done. To take it back: huitang import undo {result['import']}")
    elif not dry_run:
        out.print("Both sides changed; nothing was imported. Choose with --take file or --take ours.")


def _words(message: Any) -> str:
    return message[terminal_language()] if isinstance(message, dict) else str(message)
