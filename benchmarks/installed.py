"""The whole of `docker-compose.yml` as processes of this machine, for measures of what stands between them."""

import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks.stack import JARS, ROOT
from huitang.local_kafka import fetch_jars
from huitang.local_postgres import free_port
from huitang.machines import Machines, is_ready
from huitang.opening import open_database
from services.directory.signin.tokens import signer
from shared.caller import Caller, Grant, Role
from shared.db import Database, utc_now
from shared.settings import Settings

MANY = "1000000000/minute"


@dataclass
class Installation:
    """What is up: the gateway's address, the events service's own, a key for the one and the keys of tokens for the other.

    `gateway` is the environment of the gateway's process.
    """

    url: str
    events: str
    data: Path
    brokers: tuple[str, ...]
    gateway: dict[str, str]

    def key(self) -> dict[str, str]:
        """Return the header that the gateway takes."""
        return {"Authorization": f"Bearer {(self.data / 'cli.key').read_text().strip()}"}

    def token(self, root: str) -> dict[str, str]:
        """Return the header that a service takes, for a minute."""
        caller = Caller("measurer", grants=(Grant(Role.ADMINISTRATOR, root),))
        return {"Authorization": f"Bearer {signer(self.data / 'signing.jwks').sign(caller, utc_now())}"}

    def database(self) -> Database:
        """Open the events service's database, as another replica of it does."""
        folder = self.data / "postgres"
        host = f"127.0.0.1:{(folder / 'port').read_text().strip()}"
        settings = Settings(
            database=f"postgresql+psycopg://huitang@{host}/huitang_{{service}}",
            database_password_file=folder / "password",
        )
        return open_database(settings, "events")

    @contextmanager
    def another_gateway(self) -> Iterator[str]:
        """Run a second gateway before the same services for the time of a block; yield its address."""
        port = free_port()
        command = [sys.executable, "-m", "huitang", "gateway"]
        process = subprocess.Popen(
            command, cwd=ROOT, env=self.gateway | {"HUITANG_PORT": str(port)}, stdout=subprocess.DEVNULL
        )
        try:
            url, until = f"http://127.0.0.1:{port}", time.monotonic() + 60
            while not is_ready(url):
                assert process.poll() is None
                assert time.monotonic() < until
                time.sleep(0.1)
            yield url
        finally:
            process.terminate()
            process.wait()


@contextmanager
def installation() -> Iterator[Installation]:
    """Bring everything up, without limits for one caller, for the time of a block."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        folder.chmod(0o711)
        data = folder / "data"
        data.mkdir()
        (data / "jars").symlink_to(fetch_jars(JARS).parent)
        limits = {"HUITANG_RATE_CALLER": MANY, "HUITANG_RATE_ADDRESS": MANY, "HUITANG_LOG_LEVEL": "ERROR"}
        file = ROOT / "docker-compose.yml"
        with Machines(Settings(data=data), file, 0, environment=os.environ | limits) as machines:
            url = machines.start(threading.Event())
            listening = psutil.Process(machines.pids["events"]).net_connections("inet")
            port = next(each.laddr.port for each in listening if each.status == psutil.CONN_LISTEN)
            kafka = (data / "kafka" / "server.properties").read_text()
            broker = re.findall(r"advertised\.listeners=PLAINTEXT://([^,\s]+)", kafka)[-1]
            gateway = psutil.Process(machines.pids["gateway"]).environ()
            yield Installation(url, f"http://127.0.0.1:{port}", data, (broker,), gateway)
