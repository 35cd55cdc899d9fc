"""What nobody may read: another unit's draft, an identity number in the clear, a field that is none."""

import json
from typing import Any

import pytest
from sqlalchemy import text

from tests.alone import SOCIETY
from tests.awards.nominating import (
    IDENTITY,
    OTHER_IDENTITY,
    C,
    begin,
    make_ready,
    open_call,
    path_of,
    submit,
    write,
)
from tests.awards.running import Awards

MEMBERS = [{"name": "甲", "identity": OTHER_IDENTITY}, {"name": "乙", "identity": IDENTITY}]


def everything(awards: Awards) -> str:
    """Return every row of every table as text."""
    with awards.db.reading() as tx:
        tables = awards.runtime.service.metadata.sorted_tables
        names = [table.name for table in tables] + ["outbox", "audit", "jobs", "idempotency"]
        rows = [[dict(row) for row in tx.execute(text(f"SELECT * FROM {name}")).mappings()] for name in names]
    return json.dumps(
        rows, default=lambda value: value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    )


def test_no_identity_number_stands_in_the_clear_anywhere(awards: Awards) -> None:
    open_call(awards)
    made = make_ready(awards, content={"name": "甲", "birth": "1980-01-01", "identity": IDENTITY, "members": MEMBERS})
    told = submit(awards, made, headers={"Idempotency-Key": "k"})
    write(awards, made, 2, members=MEMBERS[:1])
    assert told.is_success
    kept = everything(awards)
    assert IDENTITY not in kept
    assert OTHER_IDENTITY not in kept
    assert "sealed:1:" in kept
    answers = [
        awards.ask("GET", path, "nominator").text
        for path in (path_of(made), "nominations", path_of(made, "revisions"), path_of(made, "readiness"))
    ]
    assert not any(number in answer for answer in answers for number in (IDENTITY, OTHER_IDENTITY))


def test_opening_a_number_is_on_record(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards, content={"members": MEMBERS})
    at, why = path_of(made, "identity"), {"reason": "与身份证复印件核对"}
    answer = awards.ask("POST", at, "nominator", json={"pointer": "/content/members/1/identity"} | why)
    assert answer.json()["number"] == IDENTITY
    assert answer.headers["Cache-Control"] == "no-store"
    opened = [each for each in awards.get(f"cycles/{C}/history", "officer") if each["verb"] == "identity.opened"]
    told = [(each["change"]["place"], each["change"]["reason"]) for each in opened]
    assert told == [("/content/members/1/identity", "与身份证复印件核对")]
    for role in ("nominator", "officer"):
        assert awards.status("POST", at, role, json={"pointer": "/content/name"} | why) == 404


@pytest.mark.parametrize("reason", [None, "", " ", "x", "x ", "x" * 201])
def test_a_number_is_not_opened_without_saying_why(awards: Awards, reason: str | None) -> None:
    open_call(awards)
    made = begin(awards, content={"members": MEMBERS})
    body = {"pointer": "/content/members/1/identity"} | ({} if reason is None else {"reason": reason})
    answer = awards.ask("POST", path_of(made, "identity"), "nominator", json=body)
    assert (answer.status_code, [each["pointer"] for each in answer.json()["errors"]]) == (422, ["/body/reason"])
    assert IDENTITY not in answer.text
    assert "identity.opened" not in [each["verb"] for each in awards.get(f"cycles/{C}/history", "officer")]


def test_a_number_that_is_none_is_refused_when_it_is_handed_in(awards: Awards) -> None:
    open_call(awards)
    wrong = IDENTITY[:-1] + "1"
    made = begin(awards, content={"name": "甲", "birth": "1980-01-01", "identity": wrong})
    lacks = awards.get(path_of(made, "readiness"), "nominator")["lacks"]
    assert ("/content/identity", "format") in [(each["pointer"], each["code"]) for each in lacks]


def test_fields_that_are_none_are_refused(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    path = path_of(made)
    for body in ({"state": "passed"}, {"score": 1}, {"number": "x"}, {"content": {"state": "passed"}}):
        assert awards.status("PATCH", path, "nominator", json=body, version=1) == 422
    nested = awards.ask("PATCH", path, "nominator", 1, json={"content": {"members": [{"score": 1}]}})
    assert [error["pointer"] for error in nested.json()["errors"]] == ["/content/members/0/score"]
    assert awards.get(path, "nominator")["state"] == "draft"


def test_a_draft_is_not_there_for_strangers(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    questions: list[tuple[str, str, Any]] = [
        ("GET", "", None), ("PATCH", "", {"content": {}}), ("DELETE", "", None), ("GET", "/revisions", None),
        ("GET", "/readiness", None), ("GET", "/roles", None), ("POST", "/submission", None),
        ("POST", "/withdraw", {"reason": "x"}), ("GET", "/attachments", None),
    ]  # fmt: skip
    for method, more, body in questions:
        asked = {"json": body} if body is not None else {}
        statuses = {
            awards.status(method, path_of(made) + more, role, version=1, **asked)
            for role in ("foreign_nominator", "branch_nominator", "foreign_officer", "officer", "member")
        }
        assert statuses == {404}, (method, more)
    assert awards.get(f"nominations?unit={SOCIETY}", "officer")["items"] == []


def test_a_unit_above_sees_that_a_draft_is_there_and_nothing_in_it(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    told = awards.get(path_of(made), "administrator")
    assert (told["part"], told["name"], told["content"], told["state"]) == ("above", "", None, "draft")
    assert awards.get("nominations?q=屠呦呦", "administrator")["items"] == []
    assert awards.status("GET", path_of(made, "readiness"), "administrator") == 403


def test_a_list_needs_as_many_questions_however_long_it_is(awards: Awards) -> None:
    open_call(awards)
    begin(awards)
    few = awards.queries("nominations", "nominator")
    for _ in range(5):
        begin(awards)
    assert awards.queries("nominations", "nominator") == few
