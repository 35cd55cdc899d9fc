"""Everything of `docker-compose.yml` on this machine: a broker, a database server, and our own processes.

Kafka and PostgreSQL run with the same properties files as their images, on ports and folders of their own below the data
folder; our own processes have the commands and the settings of the file. One at a time works on a data folder.
"""

import os
import shlex
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import TracebackType
from typing import IO

import httpx
from filelock import FileLock, Timeout

from huitang.composed import read_parts
from huitang.language import said
from huitang.local_kafka import LocalKafka, NoBroker, fetch_jars, jars_folder
from huitang.local_postgres import LocalPostgres, NoPostgres, free_port
from huitang.services import NAMES
from huitang.supervising import Supervisor
from huitang.terminal import Failed
from shared.files import write_private
from shared.settings import Settings

READY_SECONDS = 120.0
"""So long all may take to answer."""


class Machines:
    """The processes of one installation; a context that ends all of them.

    `first` is a command of `huitang` that runs once the broker and the databases answer, before all else. Settings in
    `environment` are for every process, but for what the file, or this machine, says of it. What they say goes to
    `output`, else to where this process speaks.
    """

    def __init__(
        self,
        settings: Settings,
        file: Path,
        port: int,
        first: Sequence[str] = (),
        environment: Mapping[str, str] = os.environ,
        output: IO[bytes] | None = None,
    ) -> None:
        self._settings, self._file = settings, file.absolute()
        self._data = settings.data.absolute()
        self._port = port or free_port()
        self._first = tuple(first)
        self._environment = dict(environment)
        self._stack = ExitStack()
        self._supervisor = Supervisor(output)

    def __enter__(self) -> "Machines":
        self._data.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = FileLock(self._data / "up.lock")
        try:
            self._stack.enter_context(lock.acquire(timeout=0))
        except Timeout as error:
            raise Failed(
                said(f"{self._data} 上已有运行中的会堂。", f"Something is up on {self._data} already.")
            ) from error
        write_private(self._data / "up.pid", f"{os.getpid()}\n")
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()
        for name in ("up.pid", "up.env"):
            (self._data / name).unlink(missing_ok=True)

    @property
    def pids(self) -> Mapping[str, int]:
        """The process ids of our own parts."""
        return self._supervisor.pids

    def start(self, told: threading.Event) -> str:
        """Start all; return the address once all is ready, or nothing where it was `told` to end before."""
        try:
            values = self._environment | self._addresses()
        except (NoBroker, NoPostgres) as error:
            raise Failed(str(error)) from error
        parts = read_parts(self._file, values)
        self._stack.callback(self._supervisor.end)
        migrating = next(part for part in parts if part.once)
        self._note(migrating.environment)
        if self._first:
            parts.insert(0, replace(migrating, name=self._first[0], command=self._first))
        for part in parts:
            if part.once and self._supervisor.run_once(part):
                raise Failed(said(f"{part.name} 失败，原因见日志。", f"{part.name} failed; the log says why."))
        self._supervisor.keep([part for part in parts if not part.once])
        url = f"http://127.0.0.1:{self._port}"
        until = time.monotonic() + READY_SECONDS
        while not told.wait(0.2):
            if is_ready(url):
                return url
            if time.monotonic() > until:
                raise Failed(said("未能在时限内就绪，原因见日志。", "It was not ready in time; the log says why."))
        return ""

    def _note(self, environment: Mapping[str, str]) -> None:
        """Keep the settings for commands that work on the databases and the brokers themselves, as a shell reads them."""
        lines = (f"{name}={shlex.quote(value)}\n" for name, value in environment.items())
        write_private(self._data / "up.env", "".join(lines))

    def _addresses(self) -> dict[str, str]:
        """Start the broker and the database server; return what the variables of the file are here."""
        deploy = self._file.parent / "deploy"
        jars = fetch_jars(jars_folder(self._data))
        kafka = LocalKafka(self._data / "kafka", jars, properties=deploy / "kafka.properties")
        self._stack.callback(kafka.stop)
        kafka.start()
        if os.geteuid() == 0:  # the server runs as another account, which has to find its folder
            self._data.chmod(0o711)
        postgres = LocalPostgres(self._data / "postgres", options=server_options(deploy / "postgresql.conf"))
        self._stack.callback(postgres.stop)
        postgres.start()
        ports = {name.upper(): str(free_port()) for name in NAMES}
        return {
            "HUITANG_DATA": str(self._data),
            "HUITANG_DATABASE_HOST": f"127.0.0.1:{postgres.port}",
            "HUITANG_DATABASE_PASSWORD_FILE": str(postgres.folder / "password"),
            "HUITANG_KAFKA": ",".join(kafka.brokers),
            "HUITANG_HOST": self._settings.host,
            "HUITANG_PORT": str(self._port),
            "HUITANG_PUBLIC_URL": self._settings.public_url or f"http://127.0.0.1:{self._port}",
            **{f"HUITANG_{name}_PORT": port for name, port in ports.items()},
            **{f"HUITANG_{name}_HOST": f"127.0.0.1:{port}" for name, port in ports.items()},
        }


def server_options(file: Path) -> dict[str, str]:
    """Return the settings of a `postgresql.conf` as the server takes them on its command line."""
    lines = (line.partition("#")[0].strip() for line in file.read_text(encoding="utf-8").splitlines())
    pairs = (line.partition("=") for line in lines if line)
    options = {name.strip(): value.strip().strip("'") for name, _, value in pairs}
    return {name: value for name, value in options.items() if name != "listen_addresses"}


def kept_pid(data: Path) -> int | None:
    """Return the process that is up on a data folder; none where the lock is free."""
    try:
        with FileLock(data / "up.lock").acquire(timeout=0):
            return None
    except Timeout:
        return int((data / "up.pid").read_text())


def is_ready(url: str) -> bool:
    """Tell whether the gateway at an address says that everything is ready."""
    try:
        return httpx.get(f"{url}/health/ready", timeout=5).status_code == 200
    except httpx.HTTPError:
        return False
