"""Start processes of ours, start again what ended unasked, and end all of them."""

import os
import subprocess
import sys
import threading
import time
from collections.abc import Mapping, Sequence
from typing import IO

import structlog

from huitang.composed import Part

log = structlog.get_logger()

END_SECONDS = 15.0
"""So long a process may take to end before it is killed."""

PAUSE_SECONDS = 1.0


class Supervisor:
    """The processes of one installation on this machine. What ends unasked is started again.

    What they say goes to `output`, else to where this process speaks.
    """

    def __init__(self, output: IO[bytes] | None = None) -> None:
        self._output = output
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._parts: dict[str, Part] = {}
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._watch, name="supervisor", daemon=True)

    def run_once(self, part: Part) -> int:
        """Run what ends by itself; return its exit code."""
        return self._start(part).wait()

    def keep(self, parts: Sequence[Part]) -> None:
        """Start `parts`, and whatever of them ends unasked again."""
        for part in parts:
            self._parts[part.name] = part
            self._running[part.name] = self._start(part)
        self._thread.start()

    @property
    def pids(self) -> Mapping[str, int]:
        """The process ids by the names of the parts."""
        return {name: process.pid for name, process in self._running.items()}

    def end(self) -> None:
        """Ask all to end, the last started first, and kill what does not."""
        self._ending.set()
        if self._thread.ident:
            self._thread.join()
        ending = list(reversed(self._running.values()))
        for process in ending:
            process.terminate()
        until = time.monotonic() + END_SECONDS
        for process in ending:
            try:
                process.wait(max(0.1, until - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def _start(self, part: Part) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("HUITANG_")}
        return subprocess.Popen(
            [sys.executable, "-m", "huitang", *part.command],
            env=environment | dict(part.environment),
            stdin=subprocess.DEVNULL,
            stdout=self._output,
            stderr=self._output,
            start_new_session=True,  # Ctrl-C is for the supervisor alone
        )

    def _watch(self) -> None:
        while not self._ending.wait(PAUSE_SECONDS):
            for name, process in list(self._running.items()):
                if process.poll() is not None:
                    log.warning("process_ended", part=name, code=process.returncode)
                    self._running[name] = self._start(self._parts[name])
