"""The whole house with the sample world, in a process of its own, at the limits of a measure."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


@contextmanager
def house(folder: Path) -> Iterator[tuple[str, dict[str, str]]]:
    """Run it on a fresh data folder; yield its address, and the key of each of its people by role."""
    limits = {f"HUITANG_RATE_{name}": "1000000000/minute" for name in ("CALLER", "ADDRESS", "SIGNIN")}
    environment = os.environ | limits | {"HUITANG_DATA": str(folder), "HUITANG_PORT": "0", "HUITANG_LOG_LEVEL": "ERROR"}
    running = subprocess.Popen([sys.executable, "-m", "huitang", "demo"], env=environment, stdout=subprocess.DEVNULL)
    try:
        told: dict[str, Any] = {}
        until = time.monotonic() + 120
        while not told and time.monotonic() < until:
            asked = subprocess.run(
                [sys.executable, "-m", "huitang", "demo", "--json"], env=environment, capture_output=True, check=False
            )
            told = json.loads(asked.stdout) if asked.returncode == 0 else {}
        yield told["url"], {account["role"]: account["api_key"] for account in told["accounts"]}
    finally:
        running.terminate()
        running.wait()
