"""`huitang export`: take the programme of an edition along as a file."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from huitang.client import Client
from huitang.language import said
from huitang.terminal import Terminal, command, single

Form = Literal["json", "schedule.xml", "schedule.json", "ics", "xlsx", "csv", "jsonld"]

app = single()


@command(app)
def export(
    terminal: Terminal,
    edition: Annotated[str, typer.Argument(help="Slug of the edition.")],
    form: Annotated[Form, typer.Option("--format", help="json is ours and holds everything.")] = "json",
    released: Annotated[bool, typer.Option("--released", help="What everybody may see, not the draft.")] = False,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else named after it.")] = None,
) -> None:
    """Write the programme of an edition, as it is drafted or released, into a file; `-o -` writes to the terminal."""
    with terminal.client(timeout=300) as client, terminal.progress(said("正在导出 ", "Exporting ") + edition):
        path = _released(client, edition, form) if released else f"/api/events/editions/{edition}/exports/{form}"
        answer = client.call("GET", path)
    if output == Path("-"):
        typer.echo(answer.content, nl=False)
        return
    named = answer.headers.get("Content-Disposition", "").partition('filename="')[2].rstrip('"')
    file = output or Path(Path(named).name or f"{edition}.ics")  # a feed has no name to be kept under
    file.write_bytes(answer.content)
    size = len(answer.content)
    terminal.answer(
        {"file": str(file), "bytes": size, "format": form}, said(f"{file}：{size:,} 字节。", f"{file}: {size:,} bytes.")
    )


def _released(client: Client, edition: str, form: str) -> str:
    """Return the address at which everybody finds a released programme in a format."""
    known = client.get(f"/api/events/editions/{edition}")
    if form == "ics":
        return f"/calendars/editions/{known['slug']}.ics"
    file = form if form.startswith("schedule.") else f"programme.{form}"
    return f"/events/{known['series_slug']}/{known['slug']}/{file}"
