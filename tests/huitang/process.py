"""The command line as processes: what a user starts, asks and ends."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import psutil

from tests.databases import made_on

ROOT = Path(__file__).parents[2]


def environment(data: Path, **more: str) -> dict[str, str]:
    """Return a user's environment, in which the data folder, and where its databases stand, alone says what runs; compiled modules are kept."""
    left_out = ("HUITANG_", "PYTHONDONTWRITEBYTECODE")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(left_out)}
    limits = {f"HUITANG_RATE_{name}": "1000000/minute" for name in ("CALLER", "ADDRESS", "SIGNIN")}
    own = {"HUITANG_DATA": str(data), "HUITANG_DATABASE": made_on(data)}
    return kept | limits | own | {"HUITANG_LOG_LEVEL": "WARNING", "LANG": "C.UTF-8"} | more


@dataclass(frozen=True)
class Ended:
    """What a command that ended left behind."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The answer given under `--json`."""
        return json.loads(self.out)


def huitang(data: Path, *arguments: str | Path, **more: str) -> Ended:
    """Run a command to its end."""
    ended = subprocess.run(
        [sys.executable, "-m", "huitang", *map(str, arguments)],
        cwd=ROOT, env=environment(data, **more), capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    return Ended(ended.returncode, ended.stdout, ended.stderr)


@dataclass
class Running:
    """A command that serves; `said` is the first JSON that it printed, `seconds` what it took to be ready."""

    process: subprocess.Popen[str]
    data: Path
    url: str
    seconds: float

    def client(self, **options: Any) -> httpx.Client:
        """Return a client that speaks as the account of the command line."""
        key = (self.data / "cli.key").read_text().strip()
        return httpx.Client(base_url=self.url, headers={"Authorization": f"Bearer {key}"}, timeout=30, **options)

    def megabytes(self) -> float:
        """Return the memory resident now."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / (1 << 20)

    def end(self, number: signal.Signals = signal.SIGINT) -> tuple[int, float]:
        """Signal it, and return its exit code and how long it took to end."""
        began = time.monotonic()
        self.process.send_signal(number)
        return self.process.wait(timeout=30), time.monotonic() - began


@contextmanager
def serving(
    data: Path, command: str = "serve", env: Mapping[str, str] | None = None, options: Sequence[str] = ()
) -> Iterator[Running]:
    """Run `huitang serve` (or demo) on a free port until the end of the block, or until the block ends it."""
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "huitang", command, "--port", "0", *options],
        cwd=ROOT, env=environment(data, **(env or {})), stdout=subprocess.PIPE, text=True,
    ) as process:  # fmt: skip
        try:
            assert process.stdout is not None
            url = _wait_for_url(process, data)
            while httpx.get(f"{url}/health/ready", timeout=60).status_code != 200:
                pass
            yield Running(process, data, url, time.monotonic() - began)
        finally:
            if process.poll() is None:
                process.send_signal(signal.SIGINT)
                try:
                    process.wait(timeout=20)
                except subprocess.TimeoutExpired:
                    process.kill()


def _wait_for_url(process: subprocess.Popen[str], data: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        told = (data / "url").read_text().strip() if (data / "url").exists() else ""
        if told and _is_of(process, told):
            return told
        time.sleep(0.01)
    raise AssertionError(f"it does not run: {process.poll()}")


def _is_of(process: subprocess.Popen[str], url: str) -> bool:
    """Tell whether the address is this process's own, not what one that was killed left behind."""
    ports = {c.laddr.port for c in psutil.Process(process.pid).net_connections() if c.status == psutil.CONN_LISTEN}
    return int(url.rpartition(":")[2]) in ports
