"""What a caller may not see is, to every question, as if it were not there; and lists show only what may be read alone."""

import re
from collections.abc import Iterator

import httpx

from shared.db import new_id
from tests.permissions.stage import Stage
from tests.permissions.table import ON_EDITIONS, ROLES, expected, rows

SEEN_AS = {"/workbooks/members/{ref}": "/organisations/{ref}"}
"""Where something is read, that a path which cannot be read names too."""
ABSENT = {"number": "77", "turn": "77", "form": "json", "reaction": "shared.on_nothing"}
"""What is not there, by the name in a path; an id that nothing has where the name is none of these."""


def names_in(path: str) -> list[str]:
    """Return the names in a path."""
    return re.findall(r"{(\w+)}", path)


def said(answer: httpx.Response) -> tuple[int, dict[str, str]]:
    """Return what an answer says, but for the id of its request."""
    told = dict(answer.json()) if answer.content else {}
    return answer.status_code, {name: str(value) for name, value in told.items() if name != "request_id"}


def cases(stage: Stage, status: str) -> Iterator[tuple[str, str, str, bool]]:
    """Yield method, path, role and hiddenness of what the table gives a status to, where the path names something."""
    for method, path, pattern in rows(stage.name):
        for hidden in (False, True) if pattern in ON_EDITIONS else (False,):
            for role in ROLES if names_in(path) else ():
                if expected(pattern, hidden=hidden)[role] == status:
                    yield method, path, role, hidden


def absent_answers(stage: Stage, method: str, path: str, role: str, *, hidden: bool) -> Iterator[httpx.Response]:
    """Yield what is answered where each name of the path in turn, and all together, name nothing."""
    absent = {name: ABSENT.get(name, new_id()) for name in names_in(path)}
    for words in [*({name: value} for name, value in absent.items()), absent]:
        yield stage.answer(stage.request(method, path, role, hidden=hidden, words=words))


def test_what_is_hidden_is_answered_as_what_is_not_there(stage: Stage) -> None:
    wrong = []
    for method, path, role, hidden in cases(stage, "404"):
        told = said(stage.answer(stage.request(method, path, role, hidden=hidden)))
        others = [said(answer) for answer in absent_answers(stage, method, path, role, hidden=hidden)]
        if any(other != told for other in others):
            wrong.append((method, path, role, told, others))
    assert wrong == []


def things_in(path: str, readable: dict[str, str]) -> list[str]:
    """Return the paths at which the things that a path names are read."""
    parts = [path[: match.end()] for match in re.finditer(r"{\w+}", path)]
    return [SEEN_AS.get(part, part) for part in parts if SEEN_AS.get(part, part) in readable]


def test_only_what_is_seen_is_forbidden(stage: Stage) -> None:
    """Where nothing of a path can be read at all, what is not there is forbidden too."""
    readable = {path: pattern for method, path, pattern in rows(stage.name) if method == "GET"}
    wrong = []
    for method, path, role, hidden in cases(stage, "403"):
        others = {each: kept for each, kept in readable.items() if (method, each) != ("GET", path)}
        things = [expected(others[thing], hidden=hidden) for thing in things_in(path, others)]
        if any(who[role] != "ok" and who["administrator"] == "ok" for who in things):
            wrong.append((method, path, role, "forbidden, but hidden"))
        if not things:
            statuses = {a.status_code for a in absent_answers(stage, method, path, role, hidden=hidden)}
            wrong += [(method, path, role, f"{statuses} where it is not there")] if statuses != {403} else []
    assert wrong == []


def test_lists_show_only_what_may_be_read_alone(stage: Stage) -> None:
    routes = {path for method, path, _ in rows(stage.name) if method == "GET"}
    wrong, seen = [], 0
    for path in sorted(routes):
        (item,) = [each for each in routes if re.fullmatch(re.escape(path) + r"/{\w+}", each)] or [""]
        for role in ROLES if item else ():
            answer = stage.answer(stage.request("GET", path, role))
            listed = answer.json() if answer.status_code == 200 else []
            for each in listed["items"] if isinstance(listed, dict) else listed:
                name = names_in(item)[-1]
                alone = stage.answer(stage.request("GET", item, role, words={name: str(each.get(name) or each["id"])}))
                seen += 1
                if alone.status_code != 200:
                    wrong.append((item, role, each))
    assert (wrong, seen > 0) == ([], True)
