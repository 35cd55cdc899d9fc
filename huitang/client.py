"""The command line's client of the API: every call with a key, refusals as words, patience where it is asked for."""

import time
import uuid
from collections.abc import Iterator, Sequence
from typing import Any, Self

import httpx

from huitang.language import said

PATIENCE_SECONDS = 30.0
"""So long a call is made again where the answer says when to come back."""


class NothingRuns(Exception):
    """Nothing answers at the address."""


class Refused(Exception):
    """The API refused; `problem` is its problem document, `status` the answer's status."""

    def __init__(self, problem: dict[str, Any], status: int) -> None:
        self.problem = problem
        self.status = status
        super().__init__(words_of(problem))


def words_of(problem: dict[str, Any]) -> str:
    """Say a problem document in lines: title and detail, every field, and the request id."""
    lines = [
        ": ".join(filter(None, (problem.get("title"), problem.get("detail"))))
        or said("请求被拒绝。", "The request was refused.")
    ]
    lines += [
        f"  {error.get('pointer', '')} {error.get('message', '')}".rstrip() for error in problem.get("errors", ())
    ]
    if problem.get("request_id"):
        lines.append(said("  请求编号 ", "  request id ") + problem["request_id"])
    return "\n".join(lines)


class Client:
    """Speaks with one address as the holder of one key; paths begin with `/`."""

    def __init__(self, url: str, key: str | None = None, *, language: str = "en", timeout: float = 60) -> None:
        self.url = url.rstrip("/")
        headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {key}"} if key else {})
        secured = self.url.startswith("https:")  # else there is no certificate to check, and authorities take 3 MB
        self._http = httpx.Client(base_url=self.url, headers=headers, timeout=timeout, verify=secured)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def call(self, method: str, path: str, *, expected: Sequence[int] = (), **options: Any) -> httpx.Response:
        """Return the answer; raise `Refused` unless it is 2xx or `expected`, `NothingRuns` where nobody answers.

        An answer that names a time to come back (a fact still under way, a limit) is waited for.
        """
        headers = dict(options.pop("headers", {}))
        if method == "POST":
            headers.setdefault("Idempotency-Key", str(uuid.uuid4()))
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            answer = self._send(method, path, headers, options)
            pause = float(answer.headers.get("Retry-After", 0))
            if answer.status_code in expected or not pause or time.monotonic() + pause > deadline:
                break
            time.sleep(pause)
        if answer.is_success or answer.status_code in expected:
            return answer
        raise Refused(_problem(answer), answer.status_code)

    def get(self, path: str, **query: Any) -> Any:
        """Return the JSON at `path`; query values that are None are left out."""
        asked = {name: value for name, value in query.items() if value is not None}
        return self._json(self.call("GET", path, params=asked))

    def send(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """Send JSON and return the JSON of the answer, nothing where it has none."""
        if body is not None:
            options["json"] = body
        answer = self.call(method, path, **options)
        return self._json(answer) if answer.content else None

    def every(self, path: str, **query: Any) -> Iterator[Any]:
        """Yield all items of a list, page by page."""
        cursor: str | None = None
        while True:
            page = self.get(path, **query, limit=100, cursor=cursor)
            yield from page["items"]
            cursor = page["next"]
            if not cursor:
                return

    def _json(self, answer: httpx.Response) -> Any:
        try:
            return answer.json()
        except ValueError as error:
            words = said(f"{self.url} 的应答不是会堂发出的。", f"What answers at {self.url} is not Huitang.")
            raise NothingRuns(words) from error

    def _send(self, method: str, path: str, headers: dict[str, str], options: dict[str, Any]) -> httpx.Response:
        try:
            return self._http.request(method, path, headers=headers, **options)
        except httpx.TimeoutException as error:
            title = said(f"{self.url} 未在规定时间内应答。", f"{self.url} did not answer in time.")
            raise Refused({"title": title}, 504) from error
        except httpx.TransportError as error:
            raise NothingRuns(nobody_at(self.url, error)) from error


def nobody_at(url: str, error: Exception) -> str:
    """Say that nothing answers at an address, and why."""
    return said(f"{url} 无应答：{error}", f"Nothing answers at {url}: {error}")


def _problem(answer: httpx.Response) -> dict[str, Any]:
    try:
        problem = answer.json()
    except ValueError:
        problem = None
    if isinstance(problem, dict) and "title" in problem:
        return problem
    return {"title": f"{answer.status_code} {answer.reason_phrase}", "status": answer.status_code}
