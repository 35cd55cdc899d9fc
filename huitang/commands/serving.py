"""`huitang serve`: run the whole system in this process, on one data folder."""

from typing import Annotated

import typer

from huitang.language import said
from huitang.running import Running, run_house
from huitang.terminal import Terminal, command, single
from services.directory.links.actions import first_run_link
from shared.settings import Settings

HostOption = Annotated[str | None, typer.Option("--host", help="Address to listen on (HUITANG_HOST); else 127.0.0.1.")]
PortOption = Annotated[
    int | None, typer.Option("--port", min=0, max=65535, help="Port (HUITANG_PORT); else 8000; 0 takes a free one.")
]

app = single()


@command(app)
def serve(terminal: Terminal, host: HostOption = None, port: PortOption = None) -> None:
    """Run everything until Ctrl-C. On an empty data folder it prints the link that makes the first administrator."""

    def ready(running: Running) -> None:
        link = first_run_link(running.house.runtimes["directory"].db, running.house.settings)
        words = said(
            f"会堂已在 {running.url} 运行，按 Ctrl-C 结束。", f"Huitang runs at {running.url}. End it with Ctrl-C."
        )
        if link:
            nobody = said(
                "尚无管理员。请打开以下一次性链接，设立首位管理员：",
                "There is no administrator yet. Open this link once to become the first:",
            )
            words += f"\n{nobody}\n  {link}"
        terminal.answer({"url": running.url, "first_run": link}, words)

    run_house(settings_of(terminal, host, port), ready)


def settings_of(terminal: Terminal, host: str | None, port: int | None) -> Settings:
    """Return the settings with what the command line says; on a terminal, logs are for people unless asked otherwise."""
    said = {"host": host, "port": port}
    update = {name: value for name, value in said.items() if value is not None}
    if terminal.err.is_terminal and "log_json" not in terminal.settings.model_fields_set:
        update["log_json"] = False
    return terminal.settings.model_copy(update=update)
