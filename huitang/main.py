"""The command `huitang`: which module holds which command. A module is imported only once its command is asked for.

Exit codes: 0 done, 1 refused or failed, 2 not understood, 3 nothing runs at the address.
"""

from collections import UserDict
from typing import Any

import typer
from typer.core import TyperGroup

from huitang.loading import loaded
from huitang.terminal import DataOption, JsonOption, KeyOption, UrlOption

MODULES = {
    "serve": "serving",
    "demo": "demo",
    "service": "service",
    "gateway": "gateway",
    "up": "up",
    "down": "down",
    "status": "status",
    "migrate": "migrate",
    "import": "importing",
    "export": "exporting",
    "catalogue": "catalogue",
    "packs": "packs",
    "check-feed": "check_feed",
    "apikey": "apikeys",
    "keys": "keys",
    "recover": "recover",
    "audit": "audit",
    "facts": "facts",
    "parked": "parked",
    "publish": "publish",
    "backup": "backup",
    "restore": "restore",
    "move": "move",
}
"""The module in `huitang.commands` of every command."""


class Commands(UserDict[str, Any]):
    """The commands by name, imported when they are looked up: a client of the API need not wait for the whole house."""

    def __getitem__(self, name: str) -> Any:
        command = typer.main.get_command(loaded(f"huitang.commands.{self.data[name]}").app)
        command.name = name
        return command


class Lazily(TyperGroup):
    """The group of all commands."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.commands = Commands(MODULES)


app = typer.Typer(cls=Lazily, no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)


@app.callback()
def common(
    context: typer.Context,
    url: UrlOption = None,
    key: KeyOption = None,
    data: DataOption = None,
    json: JsonOption = False,
) -> None:
    """Huitang: the year of a scientific association, and one calendar for every date."""
    context.obj = {"url": url, "key": key, "data": data, "json": json}


def main() -> None:
    """Run the command line; ends the process with its exit code."""
    app(prog_name="huitang")
