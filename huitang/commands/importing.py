"""`huitang import`: bring a programme in from a file, or take an import back."""

from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.console import Console

from huitang.client import Refused
from huitang.language import said, terminal_language
from huitang.terminal import Terminal, command, group, table

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
    with terminal.client(timeout=300) as client, terminal.progress(said("正在导入 ", "Importing ") + file.name):
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
    with terminal.client(timeout=300) as client, terminal.progress(said("正在撤回", "Taking back")):
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
        line = said("第 {} 行", "line {}").format(problem.get("line"))
        place = problem.get("cell") or (line if "line" in problem else problem.get("pointer", ""))
        out.print(f"{place}: {problem['message']}", markup=False)
    for each in result["both_changed"]:
        out.print(
            said(
                "{kind} {key} {field}：此处为 {ours!r}，文件中为 {theirs!r}",
                "{kind} {key} {field}: {ours!r} here, {theirs!r} in the file",
            ).format(**each),
            markup=False,
        )
    out.print(table(("", *COUNTS), [[part, *(result[part][count] for count in COUNTS)] for part in PARTS]))
    if found := {kind: number for kind, number in result["conflicts"].items() if number}:
        out.print(said("冲突：", "Conflicts: ") + ", ".join(f"{kind} {number}" for kind, number in found.items()))
    if result["problems"]:
        number = len(result["problems"])
        out.print(said(f"共 {number} 处问题，未导入任何内容。", f"Problems: {number}. Nothing was imported."))
    elif result["applied"]:
        out.print(said("已完成。如需撤回：", "Done. To take it back: ") + f"huitang import undo {result['import']}")
    elif not dry_run:
        out.print(
            said(
                "双方均有改动，未导入任何内容。请用 --take file 或 --take ours 选择。",
                "Both sides changed; nothing was imported. Choose with --take file or --take ours.",
            )
        )


def _words(message: Any) -> str:
    return message[terminal_language()] if isinstance(message, dict) else str(message)
