"""A process that hands a nomination in and is killed while it does: `python -m tests.awards.submissions.killing`.

It imports everything once, then forks for each request that it reads from its input, a line of JSON each; the fork listens
to its own database and kills itself (-9) after a statement, before the commit or behind it. For each the parent writes
`killed`, or the answer of a fork that came through.
"""

import json
import os
import signal
import sys
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.serialization import load_pem_private_key
from sqlalchemy import event

from services.awards.service import service
from shared.bus import LocalBus
from shared.caller import TokenVerifier
from shared.db import Database
from shared.files import FileStore
from shared.service import Runtime
from shared.settings import Settings
from tests.alone import Turning
from tests.awards.running import OFFICE, Awards

BEFORE_COMMIT, AFTER_COMMIT = -1, -2
"""Where it is killed, other than after a statement, which counts from 1."""


def die(*_: object) -> None:
    """Leave no time for anything."""
    os.kill(os.getpid(), signal.SIGKILL)


def listen(db: Database, at: int) -> None:
    """Have this process killed at a point of the first transaction that writes."""
    seen = 0

    def note(*_: object) -> None:
        nonlocal seen
        seen += 1
        if seen == at:
            die()

    if at == AFTER_COMMIT:
        db.on_commit("facts", die)
    elif at == BEFORE_COMMIT:
        event.listen(db.engine, "commit", die)
    else:
        event.listen(db.engine, "after_cursor_execute", note)


def hand_in(asked: dict[str, Any]) -> dict[str, Any]:
    """Hand the nomination in; return the answer's status and body."""
    folder = Path(asked["folder"])
    clock = Turning()
    clock.turn(seconds=asked["seconds"])
    db = Database("awards", asked["url"], clock=clock)
    bus = LocalBus()
    bus.attach(db)
    runtime = Runtime(
        service, Settings(data=folder), db, bus, TokenVerifier(folder / "signing.jwks"), FileStore(folder / "files")
    )
    key: Any = load_pem_private_key(asked["key"].encode(), None)
    awards = Awards(runtime, clock, key, dict(OFFICE))
    listen(db, asked["at"])
    answer = awards.ask("POST", f"nominations/{asked['nomination']}/submission", "nominator", asked["version"])
    return {"status": answer.status_code, "body": answer.json()}


def main() -> None:
    """Fork for each line."""
    for line in sys.stdin:
        reader, writer = os.pipe()
        child = os.fork()
        if child == 0:
            os.write(writer, json.dumps(hand_in(json.loads(line))).encode())
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as told:
            answer = told.read()
        _, status = os.waitpid(child, 0)
        killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write(("killed" if killed else answer) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
