"""A process that is killed (-9) anywhere while a nomination is handed in leaves a receipt and all that belongs to it, or nothing."""

import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from sqlalchemy import text

from tests.alone import Turning
from tests.awards.nominating import make_ready, open_call, path_of
from tests.awards.running import Awards
from tests.awards.submissions.killing import AFTER_COMMIT, BEFORE_COMMIT

LEFT = (
    "SELECT count(*) FROM submissions",
    "SELECT count(*) FROM nominations WHERE number IS NOT NULL",
    "SELECT count(*) FROM nominations WHERE state = 'submitted' AND handed_in IS NOT NULL",
    "SELECT count(*) FROM quota_entries WHERE move = 'take'",
    "SELECT count(*) FROM eligibility_decisions",
    "SELECT count(*) FROM attachments WHERE handed_in",
    "SELECT count(*) FROM submitted_identities",
    "SELECT count(*) FROM outbox WHERE type = 'awards.nomination.submitted.v1'",
    "SELECT count(*) FROM audit WHERE verb = 'nomination.submitted'",
)
"""Of each there is one for every nomination that was handed in."""


def left(awards: Awards) -> list[int]:
    """Count what handing in leaves behind."""
    with awards.db.reading() as tx:
        return [int(tx.scalar(text(question)) or 0) for question in LEFT]


@contextmanager
def killer(awards: Awards) -> Iterator[Callable[[Any, int], str]]:
    """Start the process; yield what has a nomination handed in and the process killed at a point."""
    pem = awards.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    command = [sys.executable, "-m", "tests.awards.submissions.killing"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        to, back = process.stdin, process.stdout
        assert to is not None
        assert back is not None

        def ask(nomination: Any, at: int) -> str:
            asked = {
                "folder": str(awards.runtime.settings.data),
                "url": awards.db.url.render_as_string(hide_password=False),
                "key": pem,
                "seconds": (awards.clock() - Turning().now).total_seconds(),
                "nomination": nomination["id"],
                "version": awards.get(path_of(nomination), "nominator")["version"],
                "at": at,
            }
            to.write(json.dumps(asked) + "\n")
            to.flush()
            return back.readline().strip()

        yield ask
        to.close()


def test_killed_after_each_statement_and_around_the_commit(awards: Awards) -> None:
    open_call(awards)
    first, second = make_ready(awards), make_ready(awards)
    with killer(awards) as ask:
        statement = 1
        assert ask(first, BEFORE_COMMIT) == "killed"
        assert left(awards) == [0] * len(LEFT)
        while (told := ask(first, statement)) == "killed":
            assert left(awards) == [0] * len(LEFT), f"after statement {statement}"
            statement += 1
        assert statement > len(LEFT)
        assert json.loads(told)["status"] == 200
        assert left(awards) == [1] * len(LEFT)
        assert ask(second, AFTER_COMMIT) == "killed"
        assert left(awards) == [2] * len(LEFT)
    kept = awards.get(path_of(second, "submission"), "nominator")
    again = awards.ask("POST", path_of(second, "submission"), "nominator", 1)
    assert (again.status_code, again.json()) == (200, kept)
