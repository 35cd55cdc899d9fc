"""A change as its writer knows it, and how it is asked for: again and again, as a careful client does.

A POST carries an Idempotency-Key and is asked again with the same; other changes name the version that they rest on, and
after an answer that did not come the writer looks whether its change is there. Nothing is taken for done, or for not
done, that nobody has said.
"""

import time
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any, Literal

import httpx

ANSWER_SECONDS = 4.0
"""So long an answer is waited for: a frozen process or database keeps requests in hand."""

PATIENCE_SECONDS = 90.0
"""So long a change is asked for again."""

AGAIN = {429, 500, 502, 503, 504}
"""Answers after which a request is made again; whether one was 500 is in the report."""

Outcome = Literal["acknowledged", "unknown", "refused"]


@dataclass
class Change:
    """One change: what it does (`verb`, as the audit names it) to which `subject`, empty where a new thing is made.

    `marker` is a word that stands in what it writes, and nowhere else.
    """

    verb: str
    marker: str
    method: str
    path: str
    service: str
    body: dict[str, Any] | None = None
    subject: str = ""
    version: int | None = None
    outcome: Outcome = "unknown"
    began: float = 0.0
    ended: float = 0.0
    asked: int = 0
    answer: dict[str, Any] = field(default_factory=dict)
    said: str = ""


class Asker:
    """Asks for changes through one gateway; `counts` are the answers by status, and the errors by name."""

    def __init__(self, client: httpx.Client, random: Random) -> None:
        self._client = client
        self._random = random
        self.counts: Counter[str] = Counter()

    def ask(self, change: Change, *, once: bool) -> None:
        """Ask for a change until its outcome is known, or only `once`; its outcome is written into it."""
        change.began = time.monotonic()
        while not self._try(change):
            if once or time.monotonic() > change.began + PATIENCE_SECONDS:
                break
            time.sleep(self._random.uniform(0.1, 0.5))
        change.ended = time.monotonic()

    def read(self, path: str) -> dict[str, Any] | None:
        """Read a thing until there is an answer; nothing where it is not there. Raises `TimeoutError`."""
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            answer = self._send("GET", path)
            if answer is not None and answer.status_code == 404:
                return None
            if answer is not None and answer.is_success:
                read: dict[str, Any] = answer.json()
                return read
            time.sleep(self._random.uniform(0.1, 0.5))
        raise TimeoutError(f"{path} cannot be read")

    def close(self) -> None:
        """Close its connections."""
        self._client.close()

    def _try(self, change: Change) -> bool:
        """Ask once; tell whether the outcome is known now."""
        if change.asked and change.method != "POST" and self._is_there(change):
            return True
        change.asked += 1
        headers = {} if change.version is None else {"If-Match": f'"v{change.version}"'}
        if change.method == "POST":
            headers["Idempotency-Key"] = change.marker
        answer = self._send(change.method, change.path, json=change.body, headers=headers)
        if answer is None or answer.status_code in AGAIN or _not_yet_known(answer):
            return False
        if answer.is_success:
            change.outcome = "acknowledged"
            change.answer = answer.json() if answer.content else {}
        elif change.asked > 1 and change.method != "POST" and answer.status_code in (404, 412):
            return False  # what was asked before has come to pass meanwhile: the next look shows it
        else:
            change.outcome, change.said = "refused", f"{answer.status_code} {answer.text[:300]}"
        return True

    def _is_there(self, change: Change) -> bool:
        """Look what became of a change whose answer did not come; else rest on the version that is there."""
        found = self.read(change.path)
        if found is None:  # removed, by this change or by an earlier one that came late
            change.outcome = "acknowledged" if change.method == "DELETE" else "refused"
            return True
        if change.method != "DELETE" and change.marker in str(found):
            change.outcome, change.answer = "acknowledged", found
            return True
        change.version = found["version"]
        return False

    def _send(self, method: str, path: str, **options: Any) -> httpx.Response | None:
        """Send a request; nothing where no answer came in time."""
        try:
            if method == "DELETE":
                options.pop("json", None)
            answer = self._client.request(method, path, timeout=ANSWER_SECONDS, **options)
        except httpx.HTTPError as error:
            self.counts[type(error).__name__] += 1
            return None
        self.counts[str(answer.status_code)] += 1
        return answer


def _not_yet_known(answer: httpx.Response) -> bool:
    """Tell whether the answer says that what a request rests on has not arrived yet at that service."""
    return answer.status_code == 409 and "Retry-After" in answer.headers
