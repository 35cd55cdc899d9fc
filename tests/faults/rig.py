"""A whole installation to break: a broker, a database server, two of each service and two gateways, each a process.

The parts are those of `docker-compose.yml`, started with its commands and settings; the first gateway stands before the
first of each service, the second before the second. Broker and database server keep their folders and ports, so that
started again they are the same; our own processes are started again by the supervisor of `huitang up`.
"""

import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import psutil
import psycopg

from huitang.composed import Part, read_parts
from huitang.house import SERVICES
from huitang.local_kafka import LocalKafka, NoBroker, fetch_jars
from huitang.local_postgres import LocalPostgres, NoPostgres, free_port
from huitang.machines import server_options
from huitang.supervising import Supervisor
from tests.huitang.process import ROOT, Ended, environment, huitang

REPLICAS = (1, 2)
READY_SECONDS = 120.0
NAMES = tuple(service.name for service in SERVICES)


class Installation:
    """The processes, by the names `events-1`, `gateway-2`, …, `broker` and `database`."""

    def __init__(self, folder: Path, jars: Path) -> None:
        self.folder = folder
        self.data = folder / "data"
        self.ports = {f"{name}-{n}": free_port() for name in (*NAMES, "gateway") for n in REPLICAS}
        self._stack = ExitStack()
        deploy = ROOT / "deploy"
        self.kafka = LocalKafka(folder / "kafka", fetch_jars(jars), properties=deploy / "kafka.properties")
        self.postgres = LocalPostgres(folder / "postgres", options=server_options(deploy / "postgresql.conf"))
        self.log = folder / "log"

    def start(self) -> None:
        """Start everything, and return once every part is ready; call `end` whatever happens."""
        self.data.mkdir(mode=0o700, parents=True)
        self.folder.chmod(0o711)  # where root runs this, the database server is another account's
        output = self._stack.enter_context(self.log.open("ab"))
        self.supervisor = Supervisor(output)
        self._stack.callback(self.kafka.stop)
        self.kafka.start()
        self._stack.callback(self.postgres.stop)
        self.postgres.start()
        self._stack.callback(self.supervisor.end)
        first, *others = (self._parts(n) for n in REPLICAS)
        for part in (part for part in first if part.once):
            assert self.supervisor.run_once(part) == 0, self.log.read_text(errors="replace")[-4000:]
        self.supervisor.keep([part for parts in (first, *others) for part in parts if not part.once])
        self.wait_ready()

    def end(self) -> None:
        """End everything; what stands still goes on first."""
        for name in self.supervisor.pids:
            self.signal(name, signal.SIGCONT)
        self.kafka.thaw()
        with suppress(NoPostgres):
            self.postgres.thaw()
        self._stack.close()

    def url(self, name: str) -> str:
        """Return the address of a part of ours."""
        return f"http://127.0.0.1:{self.ports[name]}"

    def client(self, name: str = "gateway-1", **options: Any) -> httpx.Client:
        """Return a client of a gateway, or of a service itself, that speaks as the account of the command line."""
        key = (self.data / "cli.key").read_text().strip()
        options = dict[str, Any](headers={"Authorization": f"Bearer {key}"}, timeout=30) | options
        return httpx.Client(base_url=self.url(name), **options)

    def ask(self, *words: str) -> Ended:
        """Run a command of `huitang` on it."""
        return huitang(self.data, *words, "--json", HUITANG_URL=self.url("gateway-1"))

    def database(self, service: str) -> psycopg.Connection[Any]:
        """Open the database of a service behind its back; each statement is committed."""
        return self.postgres.connect(f"huitang_{service}")

    def rows(self, service: str, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """Ask the database of a service behind its back."""
        with closing(self.database(service)) as connection:
            return connection.execute(statement, values or None).fetchall()

    def signal(self, name: str, number: signal.Signals) -> None:
        """Signal a part of ours; one that has just ended is left alone."""
        with suppress(ProcessLookupError):
            os.kill(self.supervisor.pids[name], number)

    def kill(self, name: str) -> None:
        """End a part at once; ours is started again by itself, broker and database by `restart`."""
        if name == "broker":
            self.kafka.kill()
        elif name == "database":
            self.postgres.kill()
        else:
            self.signal(name, signal.SIGKILL)

    def restart(self, name: str) -> None:
        """Start the killed broker or database server again. The server ends with the thread that called this."""
        for _ in range(3):
            try:
                (self.kafka if name == "broker" else self.postgres).start()
                return
            except (NoBroker, NoPostgres):  # its port may be lent to somebody's connection for a moment
                time.sleep(1)
        raise TimeoutError(f"the {name} does not start again")

    @contextmanager
    def frozen(self, name: str) -> Iterator[None]:
        """Let a part stand still for the time of a block: it keeps its connections, and does and answers nothing."""
        halts = {"broker": (self.kafka.freeze, self.kafka.thaw), "database": (self.postgres.freeze, self.postgres.thaw)}
        pid = self.supervisor.pids.get(name, 0)

        def send(number: signal.Signals) -> None:
            with suppress(ProcessLookupError):
                os.kill(pid, number)

        freeze, thaw = halts.get(name, (lambda: send(signal.SIGSTOP), lambda: send(signal.SIGCONT)))
        freeze()
        try:
            yield
        finally:
            thaw()

    def local_ports(self, name: str) -> set[int]:
        """Return the ports from which a part is connected to the database server."""
        with suppress(psutil.Error, KeyError):
            connections = psutil.Process(self.supervisor.pids[name]).net_connections("tcp")
            return {c.laddr.port for c in connections if c.raddr and c.raddr.port == self.postgres.port}
        return set()

    def health(self, name: str) -> dict[str, Any]:
        """Return what a service says of itself, nothing where it does not answer."""
        try:
            answer = httpx.get(f"{self.url(name)}/internal/health", timeout=5)
        except httpx.HTTPError:
            return {}
        return answer.json() if answer.status_code == 200 else {}

    def is_ready(self) -> bool:
        """Tell whether every part answers and has heard from the broker."""
        services = [f"{name}-{n}" for name in NAMES for n in REPLICAS]
        return all(self.health(name).get("bus") for name in services) and all(
            _is_ok(f"{self.url(f'gateway-{n}')}/health/ready") for n in REPLICAS
        )

    def wait_ready(self) -> None:
        """Wait until every part answers and has heard from the broker."""
        wait_until(self.is_ready, READY_SECONDS, "every part is ready")

    def _parts(self, number: int) -> list[Part]:
        """Return the parts of one set, with their numbers behind their names."""
        of = {name: self.ports[f"{name}-{number}"] for name in (*NAMES, "gateway")}
        values = {
            "HUITANG_DATA": str(self.data),
            "HUITANG_DATABASE_HOST": f"127.0.0.1:{self.postgres.port}",
            "HUITANG_DATABASE_PASSWORD_FILE": str(self.postgres.folder / "password"),
            "HUITANG_KAFKA": ",".join(self.kafka.brokers),
            "HUITANG_HOST": "127.0.0.1",
            "HUITANG_PORT": str(of["gateway"]),
            "HUITANG_PUBLIC_URL": self.url("gateway-1"),
            **{f"HUITANG_{name.upper()}_PORT": str(of[name]) for name in NAMES},
            **{f"HUITANG_{name.upper()}_HOST": f"127.0.0.1:{of[name]}" for name in NAMES},
        }
        parts = read_parts(ROOT / "docker-compose.yml", environment(self.data) | values)
        return [replace(part, name=f"{part.name}-{number}") for part in parts]


def wait_until(true: Callable[[], bool], seconds: float, what: str, *, pause: float = 0.05) -> None:
    """Wait for something that other processes bring about; raise `TimeoutError` naming it."""
    deadline = time.monotonic() + seconds
    while not true():
        if time.monotonic() > deadline:
            raise TimeoutError(f"it did not come about that {what}")
        time.sleep(pause)


def _is_ok(url: str) -> bool:
    with suppress(httpx.HTTPError):
        return httpx.get(url, timeout=5).status_code == 200
    return False
