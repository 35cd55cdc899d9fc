"""Editions: who sees and changes what, slugs, lists, and bad input."""

import base64
import json
from typing import Any

import pytest

from shared.caller import Role
from tests.alone import BRANCH, OTHER, SOCIETY
from tests.events.running import Events


@pytest.mark.parametrize(
    ("role", "status"),
    [
        (None, 401),
        ("member", 403),
        ("scheduler", 403),
        ("foreign_organizer", 403),
        ("organizer", 201),
        ("administrator", 201),
    ],
)
def test_only_who_organizes_at_the_owner_opens_an_edition(events: Events, role: str | None, status: int) -> None:
    series = events.series()
    body = {"slug": "f", "series_id": series["id"], "name": {"zh": "一"}}
    assert events.status("POST", "editions", role, json=body) == status


@pytest.mark.parametrize(
    ("role", "draft", "public"),
    [
        (None, 404, 200),
        ("member", 404, 200),
        ("foreign_organizer", 404, 200),
        ("scheduler", 200, 200),
        ("organizer", 200, 200),
        ("administrator", 200, 200),
    ],
)
def test_a_draft_is_hidden_from_strangers(events: Events, role: str | None, draft: int, public: int) -> None:
    edition = events.edition(events.series())
    path = f"editions/{edition['id']}"
    assert events.status("GET", path, role) == draft
    assert len(events.get("editions", role)["items"]) == (draft == 200)
    events.step(edition, "open")
    assert events.status("GET", path, role) == draft
    events.step(edition, "publish")
    assert events.status("GET", path, role) == public
    assert len(events.get("editions", role)["items"]) == 1


def test_strangers_are_not_told_how_an_edition_is_worked_on(events: Events) -> None:
    approval = {"authority": {"zh": "科技部", "en": "MOST"}, "number": "国科外〔2027〕1号", "heads": 300, "days": 3}
    edition = events.published(approval=approval, contact_email="office@example.org")
    inside, outside = events.get(f"editions/{edition['id']}"), events.get(f"editions/{edition['id']}", None)
    assert (inside["inside"], inside["approval"]["number"]) == (True, "国科外〔2027〕1号")
    assert inside["requires_approval"] is False
    hidden = {"inside": False, "approval": None, "requires_approval": None, "copied_from_id": None}
    assert outside == inside | hidden
    assert outside["contact_email"] == "office@example.org"


@pytest.mark.parametrize(
    ("role", "draft", "public"),
    [
        (None, 401, 401),
        ("member", 404, 403),
        ("foreign_organizer", 404, 403),
        ("scheduler", 403, 403),
        ("organizer", 200, 200),
        ("administrator", 200, 200),
    ],
)
def test_the_visible_but_forbidden_is_403_and_the_hidden_404(
    events: Events, role: str | None, draft: int, public: int
) -> None:
    edition = events.edition(events.series())
    path = f"editions/{edition['id']}"
    answers = [events.status("PATCH", path, role, version=1, json={})]
    answers.append(events.status("GET", f"{path}/history", role))
    assert answers == [draft, draft]
    version = events.step(edition, "publish")["version"]
    answers = [events.status("PATCH", path, role, version=version, json={})]
    answers.append(events.status("GET", f"{path}/history", role))
    assert answers == [public, public]


def test_a_grant_on_one_edition_counts_for_that_one_alone(events: Events) -> None:
    series = events.series()
    own, other = events.edition(series, "own"), events.edition(series, "other")
    guest = events.grant("guest", Role.ORGANIZER, own)
    assert [edition["slug"] for edition in events.get("editions", guest)["items"]] == ["own"]
    assert events.status("PATCH", "editions/own", guest, version=1, json={"number": 3}) == 200
    assert events.status("PATCH", f"editions/{other['id']}", guest, version=1, json={"number": 3}) == 404
    scheduler = events.grant("scheduler_of_one", Role.SCHEDULER, own)
    assert events.status("GET", "editions/own", scheduler) == 200
    assert events.status("PATCH", "editions/own", scheduler, version=2, json={"number": 3}) == 403


def test_an_organizer_of_a_society_has_what_is_below(events: Events) -> None:
    series = events.series(owner_id=BRANCH)
    edition = events.edition(series)
    assert edition["owner_id"] == BRANCH
    assert events.get(f"editions/{edition['id']}")["inside"] is True
    assert events.status("GET", f"editions/{edition['id']}", "foreign_organizer") == 404


def test_an_edition_is_changed_with_the_version_that_was_read(events: Events) -> None:
    edition = events.edition(events.series())
    path = f"editions/{edition['id']}"
    assert events.status("PATCH", path, "organizer", json={"number": 2}) == 428
    changed = events.ask("PATCH", path, version=1, json={"number": 2})
    assert (changed.status_code, changed.headers["etag"], changed.json()["number"]) == (200, '"v2"', 2)
    stale = events.ask("PATCH", path, version=1, json={"number": 3})
    assert (stale.status_code, stale.json()["now"]["number"], stale.json()["current"]) == (412, 2, 2)
    assert events.get(f"{path}/history")[0]["change"] == {"number": [None, 2]}
    assert events.do("PATCH", path, {"number": 2}, version=2)["version"] == 2


def test_old_slugs_lead_on_and_are_nobody_elses(events: Events) -> None:
    series = events.series()
    edition = events.edition(series, "first")
    edition = events.do("PATCH", "editions/first", {"slug": "second"}, version=1)
    assert events.get("editions/first")["slug"] == "second"
    body = {"slug": "first", "series_id": series["id"], "name": {"zh": "一"}}
    taken = events.ask("POST", "editions", json=body)
    assert (taken.status_code, taken.json()["type"]) == (409, "/problems/slug-taken")
    other = events.edition(series, "third")
    assert events.status("PATCH", "editions/third", "organizer", version=1, json={"slug": "second"}) == 409
    assert events.status("PATCH", "editions/third", "organizer", version=1, json={"slug": "first"}) == 409
    back = events.do("PATCH", "editions/second", {"slug": "first"}, version=edition["version"])
    assert back["slug"] == "first"
    assert events.get("editions/second")["id"] == edition["id"]
    assert events.get(f"editions/{other['id']}")["slug"] == "third"


def test_organisations_stand_in_protocol_order_with_the_names_to_print(events: Events) -> None:
    parts = [
        {"role": "guidance", "name": {"zh": "科学技术部", "en": "Ministry of Science and Technology"}},
        {"role": "host", "organisation_id": SOCIETY},
        {"role": "host", "organisation_id": OTHER, "name": {"zh": "海洋学会（筹）", "en": ""}},
    ]
    edition = events.edition(events.series(), organisations=parts)
    assert [(p["role"], p["name"]["zh"]) for p in edition["organisations"]] == [
        ("guidance", "科学技术部"),
        ("host", "中国气象学会"),
        ("host", "海洋学会（筹）"),
    ]
    path = f"editions/{edition['id']}"
    changed = events.do("PATCH", path, {"organisations": parts[::-1]}, version=1)
    assert [p["role"] for p in changed["organisations"]] == ["host", "host", "guidance"]
    assert events.do("PATCH", path, {"organisations": parts[::-1]}, version=2)["version"] == 2
    unknown = [{"role": "host", "organisation_id": "00000000-0000-7000-8000-00000000dead"}]
    answer = events.ask("PATCH", path, version=2, json={"organisations": unknown})
    assert (answer.status_code, answer.headers["retry-after"]) == (409, "1")


def test_what_was_never_public_is_removed_and_the_public_is_not(events: Events) -> None:
    series = events.series()
    edition = events.edition(series, "gone")
    events.do("POST", "editions/gone/sessions", {"kind": "panel", "title": {"zh": "一"}})
    events.do("POST", "editions/gone/key-dates", {"kind": "arrival", "title": {"zh": "报到"}, "on": "2027-05-09"})
    events.facts()
    events.do("DELETE", "editions/gone", version=edition["version"])
    assert events.types() == ["edition.removed"]
    assert events.status("GET", "editions/gone", "organizer") == 404
    public = events.step(events.edition(series, "kept"), "publish")
    answer = events.ask("DELETE", "editions/kept", version=public["version"])
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/was-public")


def test_theme_periods_have_no_programme(events: Events) -> None:
    week = events.series("week", kind="theme_week")
    assert events.edition(week, "week-2027")["has_programme"] is False
    assert events.edition(week, "week-2028", has_programme=True)["has_programme"] is True
    assert events.edition(events.series("forum"), "forum-2027")["has_programme"] is True


def test_lists_filter_sort_and_turn_pages(events: Events) -> None:
    forum, week = events.series("forum"), events.series("week", kind="theme_week")
    events.edition(forum, "f-2028", starts_on="2028-05-10", ends_on="2028-05-12")
    events.edition(forum, "f-2027", country="CN")
    events.edition(forum, "f-some-day", starts_on=None, ends_on=None, city={"zh": "上海", "en": "Shanghai"})
    events.step(events.edition(week, "w-2027", starts_on="2027-09-01", ends_on="2027-09-07"), "publish")

    def slugs(query: str) -> list[str]:
        return [edition["slug"] for edition in events.get(f"editions?{query}")["items"]]

    assert slugs("") == ["f-2027", "w-2027", "f-2028", "f-some-day"]
    assert slugs("sort=-date") == ["f-some-day", "f-2028", "w-2027", "f-2027"]
    assert slugs("sort=slug&limit=2") == ["f-2027", "f-2028"]
    assert slugs("sort=newest&limit=1") == ["w-2027"]
    assert slugs("series=week") == slugs("kind=theme_week") == slugs("state=published") == ["w-2027"]
    assert slugs("from_on=2027-05-12&until_on=2027-09-01") == ["f-2027", "w-2027"]
    assert slugs("q=shang") == ["f-some-day"]
    assert slugs("country=CN") == ["f-2027"]
    assert slugs(f"owner={OTHER}") == []
    first = events.get("editions?limit=3&total=true")
    assert first["total"] == 4
    assert slugs(f"cursor={first['next']}") == ["f-some-day"]
    assert events.status("GET", "editions?colour=red", None) == 422
    assert events.status("GET", "editions?series=nothing", None) == 404
    heads, row = events.ask("GET", "editions?format=csv&limit=1").text.lstrip("\ufeff").splitlines()[:2]
    assert dict(zip(heads.split(","), row.split(","), strict=False))["slug"] == "f-2027"


def test_a_list_needs_as_many_queries_for_thirty_as_for_one(events: Events) -> None:
    series = events.series()
    parts = [{"role": "host", "organisation_id": SOCIETY}]
    events.edition(series, "e0", organisations=parts)
    one = events.queries("editions")
    for number in range(1, 30):
        events.edition(series, f"e{number}", organisations=parts)
    assert (events.queries("editions"), one) == (one, one)


@pytest.mark.parametrize(
    ("values", "status", "problem"),
    [
        ({"starts_on": "2027-05-12", "ends_on": "2027-05-10"}, 422, "dates-backwards"),
        ({"starts_on": "2027-13-01"}, 422, "invalid-input"),
        ({"zone": "CST"}, 422, "invalid-input"),
        ({"zone": "Mars/Olympus"}, 422, "invalid-input"),
        ({"number": 0}, 422, "invalid-input"),
        ({"number": 10**30}, 422, "invalid-input"),
        ({"name": {}}, 422, "invalid-input"),
        ({"slug": ""}, 422, "invalid-input"),
        ({"state": "published"}, 422, "invalid-input"),
        ({"country": "China"}, 422, "invalid-input"),
        ({"contact_email": "nobody"}, 422, "invalid-input"),
        ({"series_id": "00000000-0000-7000-8000-00000000dead"}, 422, "unknown-series"),
        ({"owner_id": "00000000-0000-7000-8000-00000000dead"}, 409, "not-yet-known"),
    ],
)
def test_bad_input_is_refused(events: Events, values: dict[str, Any], status: int, problem: str) -> None:
    body = {"slug": "f", "series_id": events.series()["id"], "name": {"zh": "一"}}
    answer = events.ask("POST", "editions", json=body | values)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")


@pytest.mark.parametrize(
    ("values", "span"),
    [
        ({"starts_on": "2027-05-10", "ends_on": None}, ["2027-05-10", "2027-05-10"]),
        ({"starts_on": "2027-05-10", "ends_on": "2027-06-02", "date_precision": "month"}, ["2027-05-01", "2027-06-30"]),
        ({"starts_on": "2028-02-10", "ends_on": None, "date_precision": "month"}, ["2028-02-01", "2028-02-29"]),
        ({"starts_on": "2027-05-10", "ends_on": None, "date_precision": "year"}, ["2027-01-01", "2027-12-31"]),
        ({"starts_on": None, "ends_on": None}, [None, None]),
    ],
)
def test_dates_known_roughly_stand_for_the_whole_month_or_year(
    events: Events, values: dict[str, Any], span: list[str | None]
) -> None:
    edition = events.edition(events.series(), **values)
    assert [edition["starts_on"], edition["ends_on"]] == span


@pytest.mark.parametrize("content", ["[" * 940 + "]" * 940, '"\\ud800"', "NaN", "1e999"])
def test_what_could_not_be_written_again_is_not_kept(events: Events, content: str) -> None:
    edition = events.edition(events.series())
    body = '{"deed": "publish", "version": 1, "content": {"a": ' + content + "}}"
    headers = {"content-type": "application/json"}
    path = f"editions/{edition['id']}/approvals"
    assert events.status("POST", path, "organizer", content=body, headers=headers) == 400


@pytest.mark.parametrize("values", [[10**30, "x"], ["a", "x"], [1], {"a": 1}, [None, "x"]])
def test_a_cursor_of_something_else_is_refused(events: Events, values: Any) -> None:
    events.edition(events.series(), "one")
    cursor = base64.urlsafe_b64encode(json.dumps(values).encode()).decode().rstrip("=")
    answer = events.ask("GET", f"editions/one/sessions?cursor={cursor}")
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/bad-cursor")
