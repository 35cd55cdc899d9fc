"""Run one part of an installation, or all of it, until somebody ends it: lock, door, address, what it logs."""

import contextlib
import errno
import socket
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Annotated, Protocol

import typer
from filelock import FileLock, Timeout
from starlette.types import Receive, Scope, Send

from huitang.language import said
from huitang.loading import loaded
from huitang.logs import configure_logs
from huitang.opening import open_database
from huitang.server import Server, listen, run_until_told
from huitang.services import migrations_of
from huitang.terminal import Failed, Terminal
from shared.bus import Bus
from shared.db import Database, lost_connection
from shared.revisions import is_current
from shared.settings import Settings

HostOption = Annotated[str | None, typer.Option("--host", help="Address to listen on (HUITANG_HOST); else 127.0.0.1.")]
PortOption = Annotated[
    int | None, typer.Option("--port", min=0, max=65535, help="Port (HUITANG_PORT); else 8000; 0 takes a free one.")
]

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
"""Where a process that listens everywhere is asked from the same machine."""


def settings_of(terminal: Terminal, host: str | None, port: int | None) -> Settings:
    """Return the settings with what the command line says; on a terminal, logs are for people unless asked otherwise."""
    said = {"host": host, "port": port}
    update = {name: value for name, value in said.items() if value is not None}
    if terminal.err.is_terminal and "log_json" not in terminal.settings.model_fields_set:
        update["log_json"] = False
    return terminal.settings.model_copy(update=update)


@contextlib.contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the lock of a data folder; raise `Failed` where another process has it."""
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    lock = FileLock(data / "huitang.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout as error:
        raise Failed(
            said(
                f"另一进程正在使用 {data}：请先将其结束，或用 --data 指定其他目录。",
                f"Another process works on {data}; end it first, or name another folder with --data.",
            )
        ) from error
    try:
        yield
    finally:
        lock.release()


class Alone(Protocol):
    """An application that has the process to itself."""

    @property
    def bus(self) -> Bus:
        """Its own connection to the bus."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or run the lifespan."""


def run_alone(
    settings: Settings, part: str, make: Callable[[Settings], Alone], when_ready: Callable[[str], None]
) -> None:
    """Serve one part of the house until told to end; `when_ready` is called with its address as soon as it answers.

    Raises `Failed` where the port is taken, or it does not start.
    """
    with opened_door(settings.host, settings.port) as listening:
        port: int = listening.getsockname()[1]
        settings = settings.model_copy(update={"port": port})
        observe(settings, part)
        application = make(settings)
        url = f"http://{EVERYWHERE.get(settings.host, settings.host)}:{port}"
        if not run_until_told(Server(application, application.bus, on_started=lambda: when_ready(url)), listening):
            raise Failed(said("未能启动，原因见日志。", "It did not start; the log says why."))


def check_revision(settings: Settings, service: str, *, seconds: float = 30) -> None:
    """Raise `Failed` where the tables of a service are not those of this version, or its database does not answer."""
    db = open_database(settings, service)
    until = time.monotonic() + seconds
    try:
        while not _current(db, service):
            if time.monotonic() > until:
                raise Failed(
                    said(
                        f"服务 {service} 的数据库未升级到当前版本：请运行 huitang migrate。",
                        f"The database of {service} is not of this version: run huitang migrate.",
                    )
                )
            time.sleep(0.5)
    finally:
        db.close()


def _current(db: Database, service: str) -> bool:
    """Tell whether the tables are those of this version; a database that is away is asked again."""
    try:
        return is_current(db, service, migrations_of(service))
    except Exception as error:
        if not lost_connection(error):
            raise
        return False


def observe(settings: Settings, part: str) -> None:
    """Say where the log lines of this process go, and its spans where a collector is named."""
    configure_logs(settings)
    if settings.traces:
        loaded("huitang.collector").send_spans(settings.traces, part)


@contextlib.contextmanager
def opened_door(host: str, port: int) -> Iterator[socket.socket]:
    """Listen for the time of a block; raise `Failed` where the port is taken."""
    try:
        listening = listen(host, port)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            words = said(
                f"端口 {port} 已被占用，请用 --port 另选一个。", f"Port {port} is taken; choose another with --port."
            )
        else:
            words = said(f"无法在 {host} 上监听：{error}", f"Cannot listen on {host}: {error}")
        raise Failed(words) from error
    with listening:
        yield listening
