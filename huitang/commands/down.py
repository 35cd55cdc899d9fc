"""`huitang down`: end what `huitang up` started."""

import os
import signal
import time

from huitang.language import said
from huitang.machines import kept_pid
from huitang.terminal import Failed, Terminal, command, single

END_SECONDS = 60.0

app = single()


@command(app)
def down(terminal: Terminal) -> None:
    """End everything that `huitang up` runs on the data folder; the data stays."""
    pid = kept_pid(terminal.data)
    if pid is None:
        raise Failed(said(f"{terminal.data} 上没有在运行。", f"Nothing is up on {terminal.data}."))
    os.kill(pid, signal.SIGTERM)
    until = time.monotonic() + END_SECONDS
    while kept_pid(terminal.data) == pid:
        if time.monotonic() > until:
            raise Failed(said(f"进程 {pid} 未能结束。", f"The process {pid} does not end."))
        time.sleep(0.1)
    terminal.answer({"ended": pid}, said("已全部结束。", "All has ended."))
