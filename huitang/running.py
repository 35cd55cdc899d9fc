"""Run a house on a data folder until somebody ends it: lock, door, keys and tables, address, service, end."""

import contextlib
import errno
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Protocol

from starlette.types import Receive, Scope, Send

from huitang.house import FolderInUse, House, lock_folder, open_database, prepare_folder
from huitang.language import said
from huitang.logs import configure_logs
from huitang.server import Server, listen, run_until_told
from huitang.terminal import Failed
from services.directory.setup.actions import ensure_local_key
from shared.bus import Bus
from shared.db import Database, lost_connection
from shared.files import write_private
from shared.revisions import is_current
from shared.service import Service
from shared.settings import Settings

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
"""Where a process that listens everywhere is asked from the same machine."""


@contextlib.contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the lock of a data folder; raise `Failed` where another process has it."""
    try:
        lock = lock_folder(data)
    except FolderInUse as error:
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


@dataclass
class Running:
    """A house that answers at `url`."""

    house: House
    url: str
    server: Server

    def end(self) -> None:
        """Ask it to end, as Ctrl-C does."""
        self.server.should_exit = True

    @property
    def ending(self) -> bool:
        """Whether it was asked to end."""
        return self.server.should_exit


def run_house(settings: Settings, when_ready: Callable[[Running], None]) -> None:
    """Serve until told to end; `when_ready` is called as soon as requests are answered.

    Raises `Failed` where the folder or the port is taken, or the house does not start.
    """
    with locked(settings.data), _door(settings.host, settings.port) as listening:
        port: int = listening.getsockname()[1]
        settings = settings.model_copy(update={"port": port})
        _observe(settings, "house")
        prepare_folder(settings)
        house = House(settings)
        ensure_local_key(house.runtimes["directory"].db, settings.data / "cli.key")
        url = f"http://{EVERYWHERE.get(settings.host, settings.host)}:{port}"
        server = Server(house, house.bus, on_started=lambda: _tell(Running(house, url, server), when_ready))
        try:
            if not run_until_told(server, listening):
                raise Failed(said("会堂未能启动，原因见日志。", "Huitang did not start; the log says why."))
        finally:
            (settings.data / "url").unlink(missing_ok=True)


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
    with _door(settings.host, settings.port) as listening:
        port: int = listening.getsockname()[1]
        settings = settings.model_copy(update={"port": port})
        _observe(settings, part)
        application = make(settings)
        url = f"http://{EVERYWHERE.get(settings.host, settings.host)}:{port}"
        if not run_until_told(Server(application, application.bus, on_started=lambda: when_ready(url)), listening):
            raise Failed(said("未能启动，原因见日志。", "It did not start; the log says why."))


def check_revision(settings: Settings, service: Service, *, seconds: float = 30) -> None:
    """Raise `Failed` where the tables of a service are not those of this version, or its database does not answer."""
    db = open_database(settings, service)
    until = time.monotonic() + seconds
    try:
        while not _current(db, service):
            if time.monotonic() > until:
                raise Failed(
                    said(
                        f"服务 {service.name} 的数据库未升级到当前版本：请运行 huitang migrate。",
                        f"The database of {service.name} is not of this version: run huitang migrate.",
                    )
                )
            time.sleep(0.5)
    finally:
        db.close()


def _current(db: Database, service: Service) -> bool:
    """Tell whether the tables are those of this version; a database that is away is asked again."""
    try:
        return is_current(db, service.name, service.migrations, service.metadata)
    except Exception as error:
        if not lost_connection(error):
            raise
        return False


def _observe(settings: Settings, part: str) -> None:
    """Say where the log lines of this process go, and its spans where a collector is named."""
    configure_logs(settings)
    if settings.traces:
        import_module("huitang.collector").send_spans(settings.traces, part)


def _tell(running: Running, when_ready: Callable[[Running], None]) -> None:
    write_private(running.house.settings.data / "url", running.url + "\n")
    when_ready(running)


@contextlib.contextmanager
def _door(host: str, port: int) -> Iterator[socket.socket]:
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
