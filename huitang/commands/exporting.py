"""`huitang export`: take the programme of an edition along as a file."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from huitang.language import said
from huitang.terminal import Terminal, command, single

Form = Literal["json", "schedule.xml", "schedule.json", "ics", "xlsx", "csv", "jsonld"]

app = single()


@command(app)
def export(
    terminal: Terminal,
    edition: Annotated[str, typer.Argument(help="Slug of the edition.")],
    form: Annotated[Form, typer.Option("--format", help="json is ours and holds everything.")] = "json",
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write; else named after it.")] = None,
) -> None:
    """Write the programme of an edition, as it is drafted, into a file; `-o -` writes to the terminal."""
    with terminal.client(timeout=300) as client, terminal.progress(said("正在导出 ", "Exporting ") + edition):
        answer = client.call("GET", f"/api/events/editions/{edition}/exports/{form}")
    if output == Path("-"):
        typer.echo(answer.content, nl=False)
        return
    named = answer.headers["Content-Disposition"].partition('filename="')[2].rstrip('"')
    file = output or Path(Path(named).name)
    file.write_bytes(answer.content)
    size = len(answer.content)
    terminal.answer(
        {"file": str(file), "bytes": size, "format": form}, said(f"{file}：{size:,} 字节。", f"{file}: {size:,} bytes.")
    )
