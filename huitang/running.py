"""Run a house on a data folder until somebody ends it: lock, door, keys and tables, address, service, end."""

import contextlib
import errno
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

from huitang.house import FolderInUse, House, lock_folder, prepare_folder
from huitang.logs import configure_logs
from huitang.server import Server, listen, run_until_told
from huitang.terminal import Failed
from services.directory.signin.tokens import write_private
from shared.settings import Settings

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
"""Where a process that listens everywhere is asked from the same machine."""


@contextlib.contextmanager
def locked(data: Path) -> Iterator[None]:
    """Hold the lock of a data folder; raise `Failed` where another process has it."""
    try:
        lock = lock_folder(data)
    except FolderInUse as error:
        raise Failed(f"Another process works on {data}; end it first, or name another folder with --data.") from error
    try:
        yield
    finally:
        lock.release()


def run_house(settings: Settings, when_ready: Callable[[House, str], None]) -> None:
    """Serve until told to end; `when_ready(house, url)` is called as soon as requests are answered.

    Raises `Failed` where the folder or the port is taken, or the house does not start.
    """
    with locked(settings.data), _door(settings.host, settings.port) as listening:
        port: int = listening.getsockname()[1]
        settings = settings.model_copy(update={"port": port})
        configure_logs(settings)
        prepare_folder(settings)
        house = House(settings)
        url = f"http://{EVERYWHERE.get(settings.host, settings.host)}:{port}"
        server = Server(house, on_started=lambda: _tell(house, url, when_ready))
        try:
            if not run_until_told(server, listening):
                raise Failed("Huitang did not start; the log says why.")
        finally:
            (settings.data / "url").unlink(missing_ok=True)


def _tell(house: House, url: str, when_ready: Callable[[House, str], None]) -> None:
    write_private(house.settings.data / "url", url + "\n")
    when_ready(house, url)


@contextlib.contextmanager
def _door(host: str, port: int) -> Iterator[socket.socket]:
    try:
        listening = listen(host, port)
    except OSError as error:
        taken = error.errno == errno.EADDRINUSE
        raise Failed(
            f"Port {port} is taken; choose another with --port." if taken else f"Cannot listen on {host}: {error}"
        ) from error
    with listening:
        yield listening
