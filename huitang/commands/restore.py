"""`huitang restore`: make an installation from a backup, and fill projections anew from the logs."""

from pathlib import Path
from typing import Annotated

import typer

from huitang.copies import BadBackup, FolderNotEmpty, unpacked
from huitang.language import said
from huitang.preparing import prepare_folder
from huitang.running import locked
from huitang.services import NAMES
from huitang.terminal import Failed, Terminal, command, single
from huitang.transfer import NotEmpty, fill_server
from huitang.whole import rebuild_all

app = single()


@command(app)
def restore(
    terminal: Terminal, file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup.")]
) -> None:
    """Make an empty data folder, and the databases and topics of a server, what they were; nothing may run on them."""
    with locked(terminal.data):
        try:
            with (
                terminal.progress(said("正在解包", "Unpacking")) as bar,
                unpacked(file, terminal.data, bar.step) as (place, manifest),
            ):
                if terminal.settings.database:
                    fill_server(terminal.settings, place)
                    for name in NAMES:
                        (place / f"{name}.db").unlink()
        except (BadBackup, FolderNotEmpty, NotEmpty) as error:
            raise Failed(str(error)) from error
        prepare_folder(terminal.settings)
        with terminal.progress(said("正在重建投影", "Rebuilding projections"), len(NAMES)) as bar:
            rebuilt = rebuild_all(terminal.settings, bar.step)
    restored = len(manifest["sha256"])
    words = said(
        f"{terminal.data}：已恢复 {restored} 个文件，各投影均已重建。",
        f"{terminal.data}: {restored} files; all projections rebuilt.",
    )
    terminal.answer({"restored": restored, "rebuilt": rebuilt}, words)
