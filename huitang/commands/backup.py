"""`huitang backup`: all of a data folder in one file, while it is in use."""

from pathlib import Path
from typing import Annotated

import typer

from huitang.copies import BadBackup, write_backup
from huitang.house import SERVICES
from huitang.language import said
from huitang.terminal import Failed, Terminal, command, single

app = single()


@command(app)
def backup(terminal: Terminal, file: Annotated[Path, typer.Argument(help="The archive to write (.zip).")]) -> None:
    """Write every database, key and file into one archive; only reads, and may be run while all is in use.

    The archive holds the keys too: keep it where the data folder itself could be kept.
    """
    if terminal.settings.database:
        raise Failed(
            said(
                "HUITANG_DATABASE 指向数据库服务器，请用该服务器自带的工具备份。",
                "HUITANG_DATABASE names a server of databases: back it up with that server's own tools.",
            )
        )
    names = [service.name for service in SERVICES]
    try:
        with terminal.progress(said("正在备份", "Backing up")) as bar:
            manifest = write_backup(terminal.data, names, file, bar.step)
    except BadBackup as error:
        raise Failed(str(error)) from error
    size = file.stat().st_size
    result = {"file": str(file), "bytes": size, "entries": len(manifest["sha256"]), "made_at": manifest["made_at"]}
    terminal.answer(
        result,
        said(
            f"{file}：{result['entries']} 个文件，{size:,} 字节。",
            f"{file}: {result['entries']} files, {size:,} bytes.",
        ),
    )
