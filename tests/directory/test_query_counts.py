"""Lists cost the same number of queries for one row and for thirty."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from tests.directory.people import Town, organisation


@contextmanager
def counted(town: Town) -> Iterator[list[str]]:
    """Collect the statements that reading takes."""
    statements: list[str] = []

    def note(connection: Any, cursor: Any, statement: str, *more: Any) -> None:
        statements.append(statement)

    engine = town.directory.db._reader
    event.listen(engine, "before_cursor_execute", note)
    yield statements
    event.remove(engine, "before_cursor_execute", note)


def fill(town: Town) -> None:
    """Make thirty of everything at physics."""
    physics = town.organisations["physics"]
    for number in range(30):
        at = town.ask("POST", "organisations", json=organisation(f"o{number}", physics)).json()["id"]
        alias = {"kind": "alias", "name": {"zh": f"名{number}", "en": ""}}
        town.ask("POST", f"organisations/o{number}/names", version=1, json=alias)
        body = {"name": {"zh": f"人{number}", "en": ""}, "email": f"p{number}@example.org", "organisation_id": at}
        account = town.ask("POST", "accounts", json=body).json()["id"]
        role = {"role": "scheduler", "organisation_id": at}
        assert town.ask("POST", f"accounts/{account}/grants", json=role).status_code == 201
        joined = {"account_id": account, "organisation_id": at}
        assert town.ask("POST", "memberships", json=joined).status_code == 201
        mine = {"role": "planner", "organisation_id": at}
        assert town.ask("POST", f"accounts/{town.people['member']}/grants", json=mine).status_code == 201
        assert town.ask("POST", "me/keys", "member", json={"name": "x"}).status_code == 201


LISTS = ("organisations?", "organisations/past?on=2026-11-23&", "accounts?", "grants?", "memberships?")


def test_a_list_costs_the_same_for_one_and_for_thirty(town: Town) -> None:
    fill(town)
    caller = town.caller("administrator")

    def cost(path: str, limit: int) -> int:
        town.directory.ask("GET", f"{path}limit=1", caller)  # the first of a kind finds out whether it needs a view
        with counted(town) as statements:
            answer = town.directory.ask("GET", f"{path}limit={limit}", caller)
        assert len(answer.json()["items"]) == limit
        return len(statements)

    one, thirty = ({path: cost(path, limit) for path in LISTS} for limit in (1, 30))
    assert one == thirty
    assert max(one.values()) <= 8


def test_what_one_holds_costs_the_same_however_much_it_is(town: Town) -> None:
    def cost(path: str) -> int:
        caller = town.caller("member")
        town.directory.ask("GET", path, caller)
        with counted(town) as statements:
            assert town.directory.ask("GET", path, caller).status_code == 200
        return len(statements)

    before = (cost("me"), cost("me/keys"))
    fill(town)
    assert (cost("me"), cost("me/keys")) == before
    assert max(before) <= 8


def test_a_credential_is_exchanged_in_few_queries(town: Town) -> None:
    key = (town.directory.data / "cli.key").read_text().strip()
    with counted(town) as statements:
        assert town.directory.exchange(key, "key").status_code == 200
    assert len([each for each in statements if each.startswith("SELECT")]) == 3
