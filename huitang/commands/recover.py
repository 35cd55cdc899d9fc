"""`huitang recover`: let somebody in again whose password is lost, on the server itself."""

from pathlib import Path
from typing import Annotated

import typer

from huitang.language import said
from huitang.offline import open_databases
from huitang.terminal import Failed, Terminal, command, single
from services.directory.links.actions import recovery_link
from shared.settings import Settings

app = single()


@command(app)
def recover(
    terminal: Terminal, email: Annotated[str, typer.Argument(help="Email address (or phone) of the account.")]
) -> None:
    """Print a link, good once and for a day, with which the owner of an account chooses a new password.

    Works on the data folder, whether the server runs or not: it is for whoever keeps the server.
    """
    with open_databases(terminal.settings) as databases:
        link = recovery_link(databases["directory"], with_address(terminal.settings), email)
    if link is None:
        raise Failed(said(f"没有使用 {email} 的有效账号。", f"No account in use has the address {email}."))
    terminal.answer({"url": link}, link)


def with_address(settings: Settings) -> Settings:
    """Return settings whose address is that of the process that runs on the folder, where one does."""
    kept = Path(settings.data, "url")
    if settings.public_url or not kept.exists():
        return settings
    return settings.model_copy(update={"public_url": kept.read_text().strip()})
