"""`huitang up`: the whole of `docker-compose.yml` on this machine, without containers."""

import signal
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from math import inf
from pathlib import Path
from typing import Annotated

import typer

from huitang.language import said
from huitang.local_postgres import free_port
from huitang.machines import READY_SECONDS, Machines, is_ready
from huitang.terminal import Failed, Terminal, command, single

FileOption = Annotated[Path, typer.Option("--file", "-f", help="What to start; else docker-compose.yml here.")]
DetachOption = Annotated[
    bool, typer.Option("--detach", "-d", help="Come back once all is ready; `huitang down` ends it.")
]
PortOption = Annotated[
    int, typer.Option("--port", min=0, max=65535, help="The gateway's port, else 8000; 0 takes a free one.")
]

MoveOption = Annotated[bool, typer.Option("--move", help="Before all else, move what SQLite's files there hold.")]
RestoreOption = Annotated[
    Path | None, typer.Option("--restore", exists=True, dir_okay=False, help="Before all else, restore this backup.")
]

app = single()


@command(app)
def up(
    terminal: Terminal,
    file: FileOption = Path("docker-compose.yml"),
    detach: DetachOption = False,
    port: PortOption = 8000,
    move: MoveOption = False,
    restore: RestoreOption = None,
) -> None:
    """Start Kafka, PostgreSQL, every service and the gateway as processes of this machine, and keep them running."""
    if not file.is_file():
        raise Failed(said(f"找不到 {file}，请用 --file 指明。", f"There is no {file}; name it with --file."))
    if move and restore:
        raise Failed(said("--move 与 --restore 只能选一个。", "Choose --move or --restore, not both."))
    first = ["move"] if move else ["restore", str(restore.absolute())] if restore else []
    if detach:
        options = [f"--{word}" for word in first[:1]] + first[1:]
        _detach(terminal, file, port or free_port(), options)
        return
    told = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: told.set())
    with Machines(terminal.settings, file, port, first) as machines:
        if url := machines.start(told):
            words = said(f"会堂已在 {url} 运行，按 Ctrl-C 结束。", f"Huitang runs at {url}. End it with Ctrl-C.")
            terminal.answer({"url": url, "pids": dict(machines.pids)}, words)
        told.wait()


def _detach(terminal: Terminal, file: Path, port: int, more: Sequence[str]) -> None:
    """Start the same in a process of its own, which logs to `up.log`, and wait until all is ready."""
    terminal.data.mkdir(mode=0o700, parents=True, exist_ok=True)
    log, url = terminal.data / "up.log", f"http://127.0.0.1:{port}"
    words = ["--data", str(terminal.data), "up", "--file", str(file), "--port", str(port), *more]
    with log.open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "huitang", *words],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    until = inf if more else time.monotonic() + READY_SECONDS  # what comes first may take as long as it has to
    while not is_ready(url):
        if process.poll() is not None or time.monotonic() > until:
            process.terminate()
            process.wait()
            raise Failed(said(f"未能就绪，原因见 {log}。", f"It did not become ready; {log} says why."))
        time.sleep(0.2)
    answer = said(f"会堂已在 {url} 运行，用 huitang down 结束。", f"Huitang runs at {url}. End it with huitang down.")
    terminal.answer({"url": url, "pid": process.pid}, answer)
