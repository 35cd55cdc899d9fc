"""Writes the description of the whole API, as the code has it now, into a file: `python -m tools.openapi FILE`."""

import asyncio
import sys
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from gateway.ask import ask
from huitang.house import House
from huitang.preparing import prepare_folder
from shared.settings import Settings


def described() -> bytes:
    """Ask a house of this process, on a folder of its own, for the description; raises what hinders it."""
    with TemporaryDirectory() as folder:
        settings = Settings(data=Path(folder), database="", kafka=(), public_url="", log_level="ERROR")
        prepare_folder(settings)
        with closing(House(settings)) as house:
            answer = asyncio.run(ask(house.gateway, "GET", "/api/openapi.json"))
    if answer.status != 200:
        raise RuntimeError(answer.body.decode())
    return answer.body


if __name__ == "__main__":
    Path(sys.argv[1]).write_bytes(described())
