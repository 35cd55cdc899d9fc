"""Who may do what, by hand: for every route of the directory, what each of six people are answered.

A route without a row fails. Rows are tried in order on one directory, so that each finds what it needs.
"""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.routing import APIRoute

from services.directory.accounts.models import Account
from services.directory.service import service
from services.directory.signin.actions import begin_session, issue_key
from services.directory.signin.rules import KeyScope
from tests.directory.people import Town, organisation

WHO = (None, "member", "stranger", "organizer", "secretary", "administrator")
"""Nobody, a member of the branch, the administrator of chemistry, and three whose place is physics or above."""

EVERYBODY = (200, 200, 200, 200, 200, 200)
SIGNED_IN = (401, 200, 200, 200, 200, 200)
OWN = (401, 404, 404, 404, 404, 404)
"""Others' sessions and keys are hidden from everybody."""

ATTEMPTS = (401, 401, 401, 401, 401, 429)
"""Whoever is signed in may be somebody else as well; the sixth wrong attempt in a row waits."""

# Nothing below changes what facts tell: refusals come from permission alone, and who may is stopped by the version (412) or by
# the body (422), which are looked at afterwards.
ROWS: dict[str, tuple[int, ...]] = {
    "GET organisations": SIGNED_IN,
    "GET organisations/past?on=2026-01-01": SIGNED_IN,
    "GET organisations/{physics}": SIGNED_IN,
    "GET organisations/{physics}/path": SIGNED_IN,
    "GET organisations/{physics}/states": SIGNED_IN,
    "GET organisations/{physics}/history": SIGNED_IN,
    "POST organisations": (401, 403, 403, 403, 409, 409),
    "PATCH organisations/{physics}": (401, 403, 403, 403, 412, 412),
    "POST organisations/{physics}/rename": (401, 403, 403, 403, 412, 412),
    "POST organisations/{physics}/move": (401, 403, 403, 403, 403, 412),
    "POST organisations/{physics}/merge": (401, 403, 403, 403, 403, 412),
    "POST organisations/{physics}/split": (401, 403, 403, 403, 403, 412),
    "POST organisations/{physics}/close": (401, 403, 403, 403, 403, 412),
    "POST organisations/{branch}/close": (401, 403, 403, 403, 412, 412),
    "POST organisations/{physics}/names": (401, 403, 403, 403, 412, 412),
    "DELETE organisations/{physics}/names/{absent}": (401, 403, 403, 403, 412, 412),
    "GET workbooks/organisations": SIGNED_IN,
    "POST workbooks/organisations": (401, 422, 422, 422, 422, 422),
    "POST workbooks/members/{physics}": (401, 403, 403, 403, 422, 422),
    "GET grants": SIGNED_IN,
    "GET grants/{organizers_grant}": (401, 404, 404, 200, 200, 200),
    "POST grants/{heads_grant}/withdraw": (401, 404, 404, 404, 404, 409),
    "GET accounts": SIGNED_IN,
    "POST accounts": (401, 403, 403, 403, 422, 422),
    "GET accounts/colleagues?organisation_id={physics}": SIGNED_IN,
    "GET accounts/{member}": (401, 200, 404, 404, 200, 200),
    "GET accounts/{member}/history": (401, 200, 404, 404, 200, 200),
    "GET accounts/{member}/name": (401, 200, 404, 404, 200, 200),
    "PATCH accounts/{member}": (401, 403, 404, 404, 412, 412),
    "POST accounts/{member}/disable": (401, 403, 404, 404, 412, 412),
    "POST accounts/{member}/reopen": (401, 403, 404, 404, 412, 412),
    "POST accounts/{member}/grants": (401, 403, 404, 404, 422, 422),
    "GET memberships": SIGNED_IN,
    "POST memberships": (401, 403, 403, 403, 422, 422),
    "GET memberships/{membership}": (401, 200, 404, 404, 200, 200),
    "GET memberships/{membership}/history": (401, 200, 404, 404, 200, 200),
    "PATCH memberships/{membership}": (401, 403, 404, 404, 412, 412),
    "POST memberships/{membership}/end": (401, 403, 404, 404, 412, 412),
    "GET me": SIGNED_IN,
    "PATCH me": (401, 412, 412, 412, 412, 412),
    "POST me/password": (401, 422, 422, 422, 422, 422),
    "GET me/sessions": SIGNED_IN,
    "DELETE me/sessions/{locals_session}": OWN,
    "GET me/keys": SIGNED_IN,
    "POST me/keys": (401, 422, 422, 422, 422, 422),
    "DELETE me/keys/{locals_key}": OWN,
    "POST sign-in": ATTEMPTS,
    "POST sign-out": (204, 204, 204, 204, 204, 204),
    "POST links": (401, 403, 404, 404, 201, 201),
    "GET /zh/sign-in": EVERYBODY,
    "POST /zh/sign-in": ATTEMPTS,
    "POST /zh/sign-out": (303, 303, 303, 303, 303, 303),
    "GET /zh/sign-in/{absent}": (404, 404, 404, 404, 404, 404),
    "POST /zh/sign-in/{absent}": (404, 404, 404, 404, 404, 404),
    "POST /internal/token": (404, 404, 404, 404, 404, 404),
}

BODIES: dict[str, Any] = {
    "POST organisations": lambda ids: organisation("physics", ids["physics"]),
    "PATCH organisations/{physics}": {"kind": "consortium"},
    "POST organisations/{physics}/rename": {"name": {"zh": "新", "en": ""}},
    "POST organisations/{physics}/move": lambda ids: {"parent_id": ids["chemistry"]},
    "POST organisations/{physics}/merge": lambda ids: {"into_id": ids["chemistry"]},
    "POST organisations/{physics}/split": lambda ids: {"into_ids": [ids["chemistry"], ids["branch"]]},
    "POST organisations/{physics}/close": {},
    "POST organisations/{branch}/close": {},
    "POST organisations/{physics}/names": {"kind": "alias", "name": {"zh": "物", "en": ""}},
    "POST accounts": lambda ids: {"name": {"zh": "新", "en": ""}, "organisation_id": ids["physics"]},
    "PATCH accounts/{member}": {"language": "en"},
    "POST accounts/{member}/grants": lambda ids: {
        "role": "planner",
        "organisation_id": ids["physics"],
        "from_on": "2027-01-02",
        "until_on": "2027-01-01",
    },
    "POST memberships": lambda ids: {"account_id": ids["absent"], "organisation_id": ids["physics"]},
    "PATCH memberships/{membership}": {"number": "1"},
    "PATCH me": {"language": "en"},
    "POST me/password": {"current": "x", "password": "y"},
    "POST me/keys": {"name": "x", "until_on": "2020-01-01"},
    "POST sign-in": {"account": "x", "password": "y"},
    "POST links": lambda ids: {"account_id": ids["member"]},
    "POST /internal/token": {"credential": "x", "kind": "key"},
}


def ids_of(town: Town) -> dict[str, str]:
    """Return what the rows name by id, made where it is not there yet."""
    ids = {**town.organisations, **town.people, "branch": town.organisations["physics-branch"]}
    ids["absent"] = "01a20000-0000-7000-8000-000000000000"
    grants = town.ask("GET", "grants", params={"limit": 100}).json()["items"]
    ids["organizers_grant"] = next(g["id"] for g in grants if g["account_id"] == town.people["organizer"])
    head = {"role": "planner", "organisation_id": town.organisations["headquarters"]}
    given = town.ask("POST", f"accounts/{town.people['administrator']}/grants", json=head).json()
    ids["heads_grant"] = town.ask("POST", f"grants/{given['id']}/withdraw").json()["id"]
    joined = {"account_id": town.people["member"], "organisation_id": town.organisations["physics"]}
    ids["membership"] = town.ask("POST", "memberships", json=joined).json()["id"]
    now = town.directory.clock()
    with town.directory.db.transaction() as tx:
        local = tx.get_one(Account, town.people["local"])
        ids["locals_session"] = begin_session(tx, local, "", 1, now)[0].id
        ids["locals_key"] = issue_key(tx, local.id, "x", KeyScope.READ, now.replace(year=2036), now)[0].id
    return ids


def answers(town: Town, row: str, ids: dict[str, str]) -> Iterator[int]:
    """Yield the status that each of the people is answered."""
    method, path = row.split(" ", 1)
    body = BODIES.get(row)
    if callable(body):
        body = body(ids)
    for who in WHO:
        answer = town.ask(method, path.format_map(ids), who, version=999, json=body)
        yield answer.status_code


def test_everybody_may_do_what_is_theirs_and_nothing_else(town: Town) -> None:
    ids = ids_of(town)
    before = town.facts()
    found = {row: tuple(answers(town, row, ids)) for row in ROWS}
    assert found == ROWS
    assert town.facts() == before


def routes() -> Iterator[str]:
    """Yield every route of the directory's own, with its path as rows write it."""
    for router in (*service.routers, *service.pages, *service.internal):
        for route in router.routes:
            assert isinstance(route, APIRoute)
            for method in route.methods:
                yield f"{method} {route.path}"


def shape(path: str) -> str:
    """Return a path with its parameters made anonymous."""
    parts = path.partition("?")[0].strip("/").split("/")
    parts = ["*" if part.startswith("{") or part == "zh" else part for part in parts]
    return "/".join(parts)


@pytest.mark.parametrize("route", sorted(routes()))
def test_every_route_has_its_row(route: str) -> None:
    method, path = route.split(" ", 1)
    rows = {f"{m} {shape(p)}" for m, p in (row.split(" ", 1) for row in ROWS)}
    assert f"{method} {shape(path)}" in rows
