"""`huitang move`: from SQLite's files to a server of databases and, where brokers are named, to their topics."""

from huitang.language import said
from huitang.preparing import prepare_folder, prepare_machines
from huitang.running import locked
from huitang.services import NAMES
from huitang.terminal import Failed, Terminal, command, single
from huitang.transfer import NotEmpty, fill_server
from huitang.whole import publish_all

app = single()


@command(app)
def move(terminal: Terminal) -> None:
    """Fill the empty databases and topics that the settings name from SQLite's files in the data folder.

    Keys and uploaded files stay where they are; the files of SQLite are kept under another name. Nothing may run meanwhile.
    """
    settings, data = terminal.settings, terminal.data
    if not settings.database:
        raise Failed(
            said("请用 HUITANG_DATABASE 指明数据库服务器。", "Name the server of databases in HUITANG_DATABASE.")
        )
    files = [data / f"{name}.db" for name in NAMES]
    with locked(data):
        if missing := [file.name for file in files if not file.exists()]:
            names = ", ".join(missing)
            raise Failed(said(f"{data} 中缺少数据库：{names}。", f"{data} lacks databases: {names}."))
        prepare_folder(settings.model_copy(update={"database": ""}))
        try:
            with terminal.progress(said("正在迁移", "Moving")):
                rows = fill_server(settings, data)
                published = publish_all(settings)
        except NotEmpty as error:
            raise Failed(str(error)) from error
        prepare_machines(settings)
        for file in files:
            file.rename(file.with_suffix(".db.moved"))
    words = said(
        f"已迁移 {rows:,} 行；原文件改名为 *.db.moved。", f"{rows:,} rows moved; the files are now called *.db.moved."
    )
    terminal.answer({"rows": rows, "published": published}, words)
