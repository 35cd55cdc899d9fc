"""A later start of the whole system, as a user has it: from the command to ready, and what stays in memory.

Tables, keys and compiled modules are there already, as after the first start. Beside it, the same interpreter imports
the two largest libraries that the system stands on, in turns with it.
"""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

import httpx
import psutil

from benchmarks.__main__ import Row

ROUNDS = 5
READY_SECONDS, RESIDENT_MEGABYTES = 3.0, 250.0
ROOT = Path(__file__).parent.parent


def environment(folder: Path) -> dict[str, str]:
    """Return a user's environment: compiled modules are kept."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return kept | {"HUITANG_DATA": str(folder), "HUITANG_LOG_LEVEL": "WARNING"}


def start(folder: Path) -> tuple[float, float]:
    """Start, wait until ready, end; return the seconds it took and the megabytes resident."""
    command = [sys.executable, "-m", "huitang", "serve", "--port", "0"]
    began = time.perf_counter()
    running = subprocess.Popen(command, cwd=ROOT, env=environment(folder), stdout=subprocess.DEVNULL)
    try:
        while not (folder / "url").exists():
            if running.poll() is not None or time.perf_counter() - began > 60:
                raise RuntimeError("huitang serve did not start")
            time.sleep(0.005)
        url = (folder / "url").read_text().strip()
        while httpx.get(f"{url}/health/ready").status_code != 200:
            time.sleep(0.005)
        taken = time.perf_counter() - began
        return taken, psutil.Process(running.pid).memory_info().rss / (1 << 20)
    finally:
        running.send_signal(signal.SIGINT)
        running.wait(timeout=20)


def libraries() -> float:
    """Return the seconds that importing the web framework and the database toolkit takes."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", "import fastapi, sqlalchemy.orm"], check=True)
    return time.perf_counter() - began


def measure() -> list[Row]:
    """Return the rows."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        start(folder)
        rounds = [(*start(folder), libraries()) for _ in range(ROUNDS)]
    seconds, resident, beside = (median(column) for column in zip(*rounds, strict=True))
    peer = f"import fastapi and sqlalchemy: {beside:.2f} s"
    return [
        _row("start: a later one, command to ready", seconds, "s", READY_SECONDS, peer),
        _row("start: resident when ready", resident, "MB", RESIDENT_MEGABYTES, ""),
    ]


def _row(name: str, value: float, unit: str, limit: float, peer: str) -> Row:
    return {"name": name, "value": value, "unit": unit, "limit": f"≤ {limit:g}", "peer": peer, "holds": value <= limit}
