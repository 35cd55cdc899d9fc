"""`huitang serve`: run the whole system in this process, on one data folder."""

from typing import Annotated

import typer

from huitang.house import House
from huitang.running import run_house
from huitang.terminal import Terminal, command, single
from shared.settings import Settings

HostOption = Annotated[str | None, typer.Option("--host", help="Address to listen on (HUITANG_HOST); else 127.0.0.1.")]
PortOption = Annotated[
    int | None, typer.Option("--port", min=0, max=65535, help="Port (HUITANG_PORT); else 8000; 0 takes a free one.")
]

app = single()


@command(app)
def serve(terminal: Terminal, host: HostOption = None, port: PortOption = None) -> None:
    """Run everything until Ctrl-C. On an empty data folder it prints the link that makes the first administrator."""

    def ready(house: House, url: str) -> None:
        terminal.answer({"url": url}, f"Huitang runs at {url}. End it with Ctrl-C.")

    run_house(settings_of(terminal, host, port), ready)


def settings_of(terminal: Terminal, host: str | None, port: int | None) -> Settings:
    """Return the settings with what the command line says; on a terminal, logs are for people unless asked otherwise."""
    said = {"host": host, "port": port}
    update = {name: value for name, value in said.items() if value is not None}
    if terminal.err.is_terminal and "log_json" not in terminal.settings.model_fields_set:
        update["log_json"] = False
    return terminal.settings.model_copy(update=update)
