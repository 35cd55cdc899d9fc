"""Accounts, grants, memberships and API keys: what may be made of them, and what is told."""

from typing import Any

import pytest

from shared.caller import Grant, Role
from tests.directory.people import Town

ABSENT = "01a20000-0000-7000-8000-000000000000"


def kind_of(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def account(town: Town, **more: Any) -> dict[str, Any]:
    name = {"zh": "李娜", "en": "Li Na"}
    return {"name": name, "email": "li@example.org", "organisation_id": town.organisations["physics"], **more}


def test_an_account_is_opened_read_and_changed(town: Town) -> None:
    opened = town.ask(
        "POST", "accounts", "secretary", json=account(town, email="Li.Na@Example.ORG", phone="13800138000")
    )
    assert opened.status_code == 201
    assert opened.json() == {
        "id": opened.json()["id"],
        "email": "li.na@example.org",
        "phone": "+8613800138000",
        "name": {"zh": "李娜", "en": "Li Na"},
        "family_name_first": True,
        "language": "zh",
        "zone": "Asia/Shanghai",
        "organisation_id": town.organisations["physics"],
        "status": "active",
        "opened_at": "2026-11-23T01:00:00Z",
        "version": 1,
    }
    path = f"accounts/{opened.json()['id']}"
    patch = {"name": {"zh": "李娜", "en": "Na Li"}, "family_name_first": False, "zone": "Europe/Brussels"}
    changed = town.ask("PATCH", path, "secretary", version=1, json=patch)
    assert (changed.json()["name"]["en"], changed.json()["family_name_first"], changed.json()["version"]) == (
        "Na Li",
        False,
        2,
    )
    assert town.ask("PATCH", path, "secretary", version=1, json=patch).status_code == 412
    found = town.ask("GET", "accounts", "secretary", params={"q": "na li", "below": "physics"}).json()["items"]
    assert [each["id"] for each in found] == [opened.json()["id"]]
    deeds = town.ask("GET", f"{path}/history", "secretary").json()
    assert [deed["verb"] for deed in deeds] == ["account.changed", "account.opened"]
    told = [(kind, data) for kind, data in town.facts() if data.get("account_id") == opened.json()["id"]]
    assert [kind for kind, _ in told] == ["account.opened", "credential.ended"]


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ({"email": None}, (422, "contact-missing")),
        ({"email": "member@example.org"}, (409, "contact-taken")),
        ({"email": "MEMBER@EXAMPLE.ORG"}, (409, "contact-taken")),
        ({"email": "li"}, (422, "invalid-input")),
        ({"phone": "12345"}, (422, "invalid-input")),
        ({"zone": "Mars/Olympus"}, (422, "invalid-input")),
        ({"language": "fr"}, (422, "invalid-input")),
        ({"organisation_id": ABSENT}, (404, "unknown-organisation")),
        ({"password": "x"}, (422, "invalid-input")),
    ],
)
def test_what_cannot_be_opened(town: Town, more: dict[str, Any], problem: tuple[int, str]) -> None:
    assert kind_of(town.ask("POST", "accounts", json=account(town, **more))) == problem


def test_faults_are_told_by_field_in_both_languages(town: Town) -> None:
    for language, words in (("zh", "应为邮箱地址"), ("en", "must be an email address")):
        answer = town.ask("POST", "accounts", json=account(town, email="x"), headers={"Accept-Language": language})
        assert answer.json()["errors"] == [{"pointer": "/body/email", "code": "email", "message": words}]


def test_people_change_what_is_their_own(town: Town) -> None:
    me = town.ask("GET", "me", "member")
    assert (me.headers["etag"], me.json()["organisation"]["en"]) == ('"v1"', "Society of physics-branch")
    changed = town.ask("PATCH", "me", "member", version=1, json={"language": "en"})
    assert (changed.status_code, changed.json()["language"], changed.json()["version"]) == (200, "en", 2)
    assert town.caller("member").language == "en"
    assert town.ask("PATCH", "me", "member", version=2, json={"email": "x@example.org"}).status_code == 422


def give(town: Town, who: str = "secretary", whom: str = "member", **more: Any) -> Any:
    body = {"role": "scheduler", "organisation_id": town.organisations["physics"], **more}
    return town.ask("POST", f"accounts/{town.people[whom]}/grants", who, json=body)


def test_a_grant_is_given_and_withdrawn_at_once(town: Town) -> None:
    given = give(town).json()
    assert town.caller("member").grants == (Grant(Role.SCHEDULER, town.organisations["physics"]),)
    withdrawn = town.ask("POST", f"grants/{given['id']}/withdraw", "secretary")
    assert withdrawn.json()["withdrawn_at"] == "2026-11-23T01:00:00Z"
    assert town.caller("member").grants == ()
    told = [(kind, data.get("account_id")) for kind, data in town.facts()][-4:]
    member = town.people["member"]
    assert told == [
        ("grant.given", member),
        ("credential.ended", member),
        ("grant.withdrawn", member),
        ("credential.ended", member),
    ]
    assert kind_of(town.ask("POST", f"grants/{given['id']}/withdraw", "secretary")) == (409, "grant-withdrawn-already")


def test_who_holds_a_grant_may_give_it_back(town: Town) -> None:
    given = give(town).json()
    assert town.ask("POST", f"grants/{given['id']}/withdraw", "stranger").status_code == 404
    assert town.ask("POST", f"grants/{given['id']}/withdraw", "member").status_code == 200


def test_a_grant_on_one_thing_is_told_without_the_organisation(town: Town) -> None:
    assert give(town, scope="edition:e1").status_code == 201
    told = [data for kind, data in town.facts() if kind == "grant.given"][-1]
    assert (told["organisation_id"], told["scope"]) == (None, "edition:e1")


@pytest.mark.parametrize(
    ("first", "second", "status"),
    [
        ({}, {}, 409),
        ({"until_on": "2026-12-01"}, {"from_on": "2026-12-01"}, 409),
        ({"until_on": "2026-12-01"}, {"from_on": "2026-12-02"}, 201),
        ({"from_on": "2027-01-01"}, {"until_on": "2026-12-31"}, 201),
        ({"from_on": "2027-01-01"}, {}, 409),
        ({}, {"role": "organizer"}, 201),
        ({}, {"scope": "edition:e1"}, 201),
        ({"scope": "edition:e1"}, {"scope": "edition:e1"}, 409),
        ({"scope": "edition:e1"}, {"scope": "edition:e2"}, 201),
    ],
)
def test_one_role_at_one_place_is_given_once_for_any_day(
    town: Town, first: dict[str, Any], second: dict[str, Any], status: int
) -> None:
    assert give(town, **first).status_code == 201
    assert give(town, **second).status_code == status


def test_grants_that_make_no_sense(town: Town) -> None:
    assert kind_of(give(town, from_on="2026-12-02", until_on="2026-12-01")) == (422, "dates-reversed")
    assert kind_of(give(town, scope="everything")) == (422, "invalid-input")
    assert kind_of(give(town, role="king")) == (422, "invalid-input")
    absent = town.ask("POST", f"accounts/{ABSENT}/grants", json={"role": "planner", "organisation_id": ABSENT})
    assert absent.status_code == 404


def join(town: Town, who: str = "secretary", **more: Any) -> Any:
    body = {"account_id": town.people["member"], "organisation_id": town.organisations["physics"], **more}
    return town.ask("POST", "memberships", who, json=body)


def test_a_membership_counts_from_day_to_day_until_it_is_ended(town: Town) -> None:
    joined = join(town, number="P-1", until_on="2026-12-31").json()
    physics = frozenset({town.organisations["physics"]})
    assert (joined["from_on"], town.caller("member").memberships) == ("2026-11-23", physics)
    path = f"memberships/{joined['id']}"
    longer = town.ask("PATCH", path, "secretary", version=1, json={"until_on": "2027-12-31"}).json()
    assert (longer["number"], longer["until_on"], longer["version"]) == ("P-1", "2027-12-31", 2)
    town.directory.clock.turn(days=60)
    assert town.caller("member").memberships == physics
    assert town.ask("POST", f"{path}/end", "secretary", version=2).status_code == 200
    assert town.caller("member").memberships == frozenset()
    told = [(kind, data.get("version")) for kind, data in town.facts()][-6:]
    assert told == [
        ("membership.given", 1),
        ("credential.ended", None),
        ("membership.given", 2),
        ("credential.ended", None),
        ("membership.ended", 3),
        ("credential.ended", None),
    ]
    assert kind_of(town.ask("POST", f"{path}/end", "secretary", version=3)) == (409, "membership-ended-already")
    assert join(town).status_code == 201
    own = town.ask("GET", "memberships", "member", params={"in_force": "false"}).json()["items"]
    assert [each["ended_at"] is None for each in own] == [False, True]
    assert town.ask("GET", f"{path}/history", "member").json()[0]["verb"] == "membership.ended"


def test_memberships_that_make_no_sense(town: Town) -> None:
    assert join(town).status_code == 201
    assert kind_of(join(town, from_on="2030-01-01")) == (409, "membership-overlaps")
    assert kind_of(join(town, account_id=ABSENT)) == (422, "unknown-account")
    assert kind_of(join(town, from_on="2020-01-02", until_on="2020-01-01")) == (422, "dates-reversed")


def test_a_key_is_shown_once_and_ended_at_once(town: Town) -> None:
    made = town.ask("POST", "me/keys", "member", json={"name": "script", "scope": "write"})
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    key = made.json()["key"]
    assert key.startswith(f"{made.json()['beginning']}_")
    assert made.json()["expires_at"] == "2027-02-21T16:00:00Z"
    listed = town.ask("GET", "me/keys", "member").json()
    assert key not in str(listed)
    assert town.directory.caller(key).read_only is False
    assert town.ask("DELETE", f"me/keys/{made.json()['id']}", "stranger").status_code == 404
    assert town.ask("DELETE", f"me/keys/{made.json()['id']}", "member").status_code == 204
    assert town.directory.exchange(key, "key").status_code == 401


def test_a_key_made_for_reading_changes_nothing(town: Town) -> None:
    key = town.ask("POST", "me/keys", "administrator", json={"name": "dashboard"}).json()["key"]
    caller = town.directory.caller(key)
    assert town.directory.ask("GET", "accounts", caller).status_code == 200
    answer = town.directory.ask("POST", "accounts", caller, json=account(town))
    assert kind_of(answer) == (403, "read-only-key")


def test_a_key_ends_with_its_last_day_in_beijing(town: Town) -> None:
    def make(day: str) -> Any:
        return town.ask("POST", "me/keys", "member", json={"name": "script", "until_on": day})

    assert [kind_of(make(day)) for day in ("2026-11-22", "2027-11-25")] == [(422, "key-too-long")] * 2
    assert make("2027-11-24").status_code == 201
    key = make("2026-11-23").json()["key"]
    town.directory.clock.turn(seconds=15 * 3600 - 1)
    assert town.directory.exchange(key, "key").status_code == 200
    town.directory.clock.turn(seconds=1)
    assert town.directory.exchange(key, "key").status_code == 401


@pytest.mark.parametrize(
    ("who", "whom", "status"),
    [
        ("secretary", "organizer", 200),
        ("organizer", "secretary", 200),
        ("organizer", "administrator", 200),
        ("administrator", "organizer", 200),
        ("member", "member", 200),
        ("stranger", "organizer", 404),
        ("organizer", "stranger", 404),
        ("organizer", "member", 404),
        ("member", "organizer", 404),
        (None, "organizer", 401),
    ],
)
def test_colleagues_know_each_other_by_name_and_no_more(town: Town, who: str | None, whom: str, status: int) -> None:
    answer = town.ask("GET", f"accounts/{town.people[whom]}/name", who)
    assert answer.status_code == status
    if status == 200:
        assert answer.json().keys() == {"id", "name"}
        assert answer.json()["id"] == town.people[whom]


def test_who_belongs_to_the_place_where_one_has_a_role_is_found_by_name(town: Town) -> None:
    at = {"organisation_id": town.organisations["physics"]}

    def found(role: str, **query: str) -> list[dict[str, Any]]:
        answer: list[dict[str, Any]] = town.ask("GET", "accounts/colleagues", role, params=at | query).json()["items"]
        return answer

    opened = town.ask("POST", "accounts", "secretary", json=account(town)).json()
    assert found("organizer", q="li na") == [{"id": opened["id"], "name": opened["name"]}]
    assert {each["id"] for each in found("organizer")} >= {opened["id"], town.people["secretary"]}
    assert found("member") == found("stranger") == found("organizer", q="%") == []
    assert town.ask("GET", f"accounts/{opened['id']}/name", "organizer").status_code == 200
    assert town.ask("POST", f"accounts/{opened['id']}/disable", "secretary", version=1).status_code == 200
    assert found("organizer", q="li na") == []


def test_the_name_of_somebody_who_had_a_role_stays_known(town: Town) -> None:
    path = f"accounts/{town.people['organizer']}"
    (grant,) = town.ask("GET", "grants", params={"account": town.people["organizer"]}).json()["items"]
    assert town.ask("POST", f"grants/{grant['id']}/withdraw").status_code == 200
    assert town.ask("GET", f"{path}/name", "secretary").status_code == 200
    assert town.ask("GET", f"accounts/{town.people['secretary']}/name", "organizer").status_code == 404
