"""`huitang backup`: all of an installation in one file, while it is in use."""

from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from huitang.copies import BadBackup, write_backup
from huitang.language import said
from huitang.services import NAMES
from huitang.terminal import Failed, Terminal, command, single
from huitang.transfer import copy_to_file

app = single()


@command(app)
def backup(terminal: Terminal, file: Annotated[Path, typer.Argument(help="The archive to write (.zip).")]) -> None:
    """Write every database, key and file into one archive; only reads, and may be run while all is in use.

    The archive holds the keys too: keep it where the data folder itself could be kept.
    """
    try:
        with terminal.progress(said("正在备份", "Backing up")) as bar:
            copy = partial(copy_to_file, terminal.settings)
            manifest = write_backup(terminal.data, NAMES, file, bar.step, copy)
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
