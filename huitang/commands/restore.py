"""`huitang restore`: make a data folder from a backup, and fill projections anew from the logs."""

from pathlib import Path
from typing import Annotated

import typer

from huitang.copies import BadBackup, FolderNotEmpty, unpack_backup
from huitang.house import House, prepare_folder
from huitang.language import said
from huitang.running import locked
from huitang.terminal import Failed, Terminal, command, single

app = single()


@command(app)
def restore(
    terminal: Terminal, file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="A backup.")]
) -> None:
    """Make an empty data folder what it was when the backup was made; nothing may run on it."""
    if terminal.settings.database:
        raise Failed(
            said(
                "HUITANG_DATABASE 指向数据库服务器，请用该服务器自带的工具恢复。",
                "HUITANG_DATABASE names a server of databases: restore it with that server's own tools.",
            )
        )
    with locked(terminal.data):
        try:
            with terminal.progress(said("正在解包", "Unpacking")) as bar:
                manifest = unpack_backup(file, terminal.data, bar.step)
        except (BadBackup, FolderNotEmpty) as error:
            raise Failed(str(error)) from error
        prepare_folder(terminal.settings)
        rebuilt = _rebuild(terminal)
    restored = len(manifest["sha256"])
    words = said(
        f"{terminal.data}：已恢复 {restored} 个文件，各投影均已重建。",
        f"{terminal.data}: {restored} files; all projections rebuilt.",
    )
    terminal.answer({"restored": restored, "rebuilt": rebuilt}, words)


def _rebuild(terminal: Terminal) -> dict[str, int]:
    """Number what was committed last, then fill every projection; return the messages read, by service."""
    house = House(terminal.settings)
    runtimes = house.runtimes
    try:
        for runtime in runtimes.values():
            runtime.relay.drain()
        with terminal.progress(said("正在重建投影", "Rebuilding projections"), len(runtimes)) as bar:
            rebuilt = {}
            for name, runtime in runtimes.items():
                rebuilt[name] = runtime.rebuild()
                bar.step()
    finally:
        house.close()
    return rebuilt
