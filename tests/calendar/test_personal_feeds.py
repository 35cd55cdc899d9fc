"""Personal feeds: composing, reading, secrecy, and how they end."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from huitang.rfc5545 import problems_of
from services.calendar.subscriptions.models import PersonalFeed
from shared.caller import Caller, Role
from shared.messages.dates import Audience, DateEntry, Topic
from shared.messages.directory import (
    AccountClosed,
    AccountOpened,
    AccountReopened,
    GrantGiven,
    GrantWithdrawn,
    MembershipEnded,
    MembershipGiven,
)
from shared.text import Text
from tests.calendar.build import timed, whole
from tests.calendar.rig import ADDRESS, Rig, entries_of, values_of

LI = Caller("li", language="en")
WANG = Caller("wang", language="en")
SERIES = Topic(key="series:s1", slug="wyss", title=Text("世界青年科学家峰会", "World Young Scientist Summit"))
PHYSICS = Topic(key="organisation:physics", slug="physics", title=Text("物理学会", "Physical Society"))


def session(entry_id: str, audience: Audience | None = None, **changes: Any) -> DateEntry:
    """Return a session of the series, for everybody where no audience is named."""
    return timed(entry_id, **({"topics": (SERIES,), "audience": audience or Audience()} | changes))


def compose(rig: Rig, caller: Caller = LI, **asked: Any) -> str:
    """Compose a feed and return its address without the host."""
    body = {"name": "我的日历", "topics": ["series:s1"]} | asked
    answer = rig.ask("POST", "/api/calendar/feeds", caller, json=body)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["url"]).removeprefix(ADDRESS)


def shown(rig: Rig, address: str) -> list[str]:
    """Return what a personal feed shows."""
    answer = rig.get(address)
    assert answer.status_code == 200, answer.text
    return entries_of(answer.content)


def test_a_feed_shows_the_topics_kinds_entries_and_duties_that_were_chosen(rig: Rig) -> None:
    mine = Audience(kind="accounts", account_ids=("li",))
    rig.tell_dates(session("s1"), whole("d1", topics=(SERIES,)), timed("s2"), timed("s3"), timed("duty", audience=mine))
    chosen: dict[str, dict[str, Any]] = {
        "topic": {},
        "kind": {"kinds": ["deadline"]},
        "entry": {"topics": [], "entries": ["s2"]},
        "duties": {"topics": [], "duties": True},
        "all": {"entries": ["s2"], "duties": True},
    }
    assert {name: sorted(shown(rig, compose(rig, **asked))) for name, asked in chosen.items()} == {
        "topic": ["d1", "s1"],
        "kind": ["d1"],
        "entry": ["s2"],
        "duties": ["duty"],
        "all": ["d1", "duty", "s1", "s2"],
    }


def test_a_feed_is_named_by_its_owner_and_tells_neither_address_nor_account(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    address = compose(rig, language="zh", reminders="15m")
    answer = rig.get(address)
    token = address.removeprefix("/calendars/personal/").removesuffix(".ics")
    assert problems_of(answer.content) == []
    assert (values_of(answer.content, "NAME"), values_of(answer.content, "TRIGGER")) == (["我的日历"], ["-PT15M"])
    assert (len(token), token in answer.text, "li" in address.split("/"), "SOURCE" in answer.text) == (43, False, False, False)  # fmt: skip
    with rig.runtime.db.reading() as tx:
        assert token not in str([vars(row) for row in tx.scalars(select(PersonalFeed))])


def test_a_feed_is_never_kept_on_the_way_and_still_answers_304(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    address = compose(rig)
    answer = rig.get(address)
    assert (answer.headers["cache-control"], "cache-tag" in answer.headers) == ("private, no-store", False)
    again = rig.get(address, headers={"If-None-Match": answer.headers["etag"]})
    since = rig.get(address, headers={"If-Modified-Since": "Sun, 01 Jan 2034 00:00:00 GMT"})
    assert (again.status_code, since.status_code) == (304, 200)


def test_the_address_is_told_once(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    body = {"name": "Mine", "topics": ["series:s1"]}
    made = [rig.ask("POST", "/api/calendar/feeds", LI, json=body, headers={"Idempotency-Key": "k"}) for _ in range(2)]
    told = rig.get("/api/calendar/feeds", LI).json()
    assert made[0].headers["cache-control"] == "no-store"
    assert (made[1].status_code, made[1].json()["type"]) == (409, "/problems/shown-once")
    assert [sorted(feed) for feed in told] == [sorted(made[0].json().keys() - {"url"})]


def test_the_last_fetch_and_its_program_are_known(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    address = compose(rig)
    rig.get(address, headers={"User-Agent": "iOS/18.0 dataaccessd/1.0"})
    feed = rig.get("/api/calendar/feeds", LI).json()[0]
    assert (feed["fetched_at"], feed["client"], feed["version"]) == (
        "2026-09-01T04:00:00Z",
        "iOS/18.0 dataaccessd/1.0",
        1,
    )


def test_a_feed_is_revoked_alone(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    first, second = compose(rig), compose(rig)
    ids = [feed["id"] for feed in rig.get("/api/calendar/feeds", LI).json()]
    gone = [rig.ask("DELETE", f"/api/calendar/feeds/{ids[0]}", LI).status_code for _ in range(2)]
    answer = rig.get(first)
    assert gone == [204, 204]
    assert (answer.status_code, answer.json()["type"]) == (410, "/problems/feed-revoked")
    assert shown(rig, second) == ["s1"]
    assert [feed["id"] for feed in rig.get("/api/calendar/feeds", LI).json()] == ids[1:]


def test_a_reset_address_ends_the_one_before(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    old = compose(rig)
    feed = rig.get("/api/calendar/feeds", LI).json()[0]
    answer = rig.ask("POST", f"/api/calendar/feeds/{feed['id']}/address", LI, headers={"If-Match": '"v1"'})
    new = answer.json()["url"].removeprefix(ADDRESS)
    assert (rig.get(old).status_code, shown(rig, new), answer.json()["version"]) == (404, ["s1"], 2)


def test_a_changed_feed_keeps_its_address(rig: Rig) -> None:
    rig.tell_dates(session("s1"), timed("s2"))
    address = compose(rig)
    feed = rig.get("/api/calendar/feeds", LI).json()[0]
    path = f"/api/calendar/feeds/{feed['id']}"
    changed = rig.ask("PATCH", path, LI, json={"entries": ["s2"], "name": "Two"}, headers={"If-Match": '"v1"'})
    stale = rig.ask("PATCH", path, LI, json={"name": "Three"}, headers={"If-Match": '"v1"'})
    assert (changed.status_code, changed.json()["version"], changed.json()["topics"]) == (200, 2, ["series:s1"])
    assert (stale.status_code, stale.json()["now"]["name"]) == (412, "Two")
    assert shown(rig, address) == ["s1", "s2"]
    deeds = [deed["verb"] for deed in rig.get(f"{path}/history", LI).json()]
    assert deeds == ["feed.changed", "feed.composed"]


@pytest.mark.parametrize(
    ("asked", "status", "problem"),
    [
        ({"topics": []}, 422, "empty-feed"),
        ({"topics": ["series:none"]}, 422, "unknown-topic"),
        ({"entries": ["none"]}, 422, "unknown-entry"),
        ({"entries": ["hidden"]}, 422, "unknown-entry"),
        ({"topics": ["series:hidden"]}, 422, "unknown-topic"),
        ({"reminders": "now"}, 422, "unknown-reminder"),
        ({"name": " "}, 422, "invalid-input"),
        ({"language": "fr"}, 422, "invalid-input"),
        ({"colour": "red"}, 422, "invalid-input"),
    ],
)
def test_what_no_feed_can_be_is_refused(rig: Rig, asked: dict[str, Any], status: int, problem: str) -> None:
    hidden = Topic(key="series:hidden", slug="hidden", title=Text("内部", "Internal"))
    rig.tell_dates(session("s1"), session("hidden", Audience(kind="accounts", account_ids=("wang",)), topics=(hidden,)))
    body = {"name": "Mine", "topics": ["series:s1"]} | asked
    answer = rig.ask("POST", "/api/calendar/feeds", LI, json=body)
    assert (answer.status_code, answer.json()["type"]) == (status, f"/problems/{problem}")


def test_there_are_so_many_feeds_and_no_more(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    for _ in range(20):
        compose(rig)
    answer = rig.ask("POST", "/api/calendar/feeds", LI, json={"name": "21", "topics": ["series:s1"]})
    assert (answer.status_code, answer.json()["type"]) == (409, "/problems/too-many-feeds")


def test_nobody_manages_the_feeds_of_another(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    compose(rig)
    feed = rig.get("/api/calendar/feeds", LI).json()[0]
    path = f"/api/calendar/feeds/{feed['id']}"
    asked = [("GET", path), ("PATCH", path), ("DELETE", path), ("POST", f"{path}/address"), ("GET", f"{path}/history")]
    told = {"headers": {"If-Match": '"v1"'}}
    hidden = [rig.ask(method, where, WANG, **told, json={} if method == "PATCH" else None) for method, where in asked]
    nobody = [rig.ask(method, where, None, **told) for method, where in asked]
    assert [answer.status_code for answer in hidden] == [404] * 5
    assert [answer.status_code for answer in nobody] == [401] * 5
    assert rig.get("/api/calendar/feeds", WANG).json() == []


AUDIENCES = {
    "members": Audience(kind="members"),
    "members of physics": Audience(kind="members", organisation_id="physics"),
    "people of hq": Audience(kind="organisation", organisation_id="hq"),
    "people of physics": Audience(kind="organisation", organisation_id="physics"),
    "people of lab": Audience(kind="organisation", organisation_id="lab"),
    "officers of lab": Audience(kind="officers", organisation_id="lab"),
    "li and wang": Audience(kind="accounts", account_ids=("li", "wang")),
}


def peopled(rig: Rig) -> None:
    """Let there be a headquarters, a society below it and a laboratory below that, and a date for every audience."""
    rig.open_organisation("hq")
    rig.open_organisation("physics", "hq")
    rig.open_organisation("lab", "physics")
    rig.tell_dates(session("public"), *(session(name.replace(" ", "-"), who) for name, who in AUDIENCES.items()))


def seen(rig: Rig, address: str) -> list[str]:
    """Return for which audiences the feed shows the date."""
    return sorted(each.replace("-", " ") for each in shown(rig, address) if each != "public")


def test_a_feed_shows_what_its_owner_may_see(rig: Rig) -> None:
    peopled(rig)
    for account, organisation in (("li", None), ("staff", "physics"), ("chair", None), ("officer", "hq")):
        rig.open_account(account, organisation)
    rig.give_membership("member", "physics")
    rig.give_membership("other", "chemistry", "m2")
    granted = {"scope": None, "from_on": date(2026, 1, 1), "until_on": None}
    rig.tell(GrantGiven(grant_id="g1", account_id="chair", role=Role.ORGANIZER, organisation_id="physics", **granted))
    found = {
        who: seen(rig, compose(rig, Caller(who))) for who in ("li", "member", "other", "staff", "chair", "officer")
    }
    assert found == {
        "li": ["li and wang"],
        "member": ["members", "members of physics"],
        "other": ["members"],
        "staff": ["people of hq", "people of physics"],
        "chair": ["officers of lab", "people of lab", "people of physics"],
        "officer": ["people of hq"],
    }


def test_lists_show_what_the_caller_may_see_by_the_same_rule(rig: Rig) -> None:
    peopled(rig)
    callers = {
        "member": Caller("member", memberships=frozenset({"physics"})),
        "staff": Caller("staff", organisation="physics"),
        "li": LI,
    }
    found = {
        name: sorted(each["entry_id"] for each in rig.get("/api/calendar/entries", caller).json()["items"])
        for name, caller in callers.items()
    }
    assert found == {
        "member": ["members", "members-of-physics", "public"],
        "staff": ["people-of-hq", "people-of-physics", "public"],
        "li": ["li-and-wang", "public"],
    }


def test_an_ended_membership_takes_its_dates_away_at_the_next_fetch(rig: Rig) -> None:
    rig.tell_dates(session("s1", Audience(kind="members")), session("public"))
    rig.give_membership("li", "physics")
    address = compose(rig)
    before = shown(rig, address)
    rig.tell(MembershipEnded(membership_id="m1", account_id="li", organisation_id="physics", version=2))
    assert (before, shown(rig, address)) == (["public", "s1"], ["public"])


def test_a_membership_counts_from_its_first_day_to_its_last_in_beijing(rig: Rig) -> None:
    rig.tell_dates(session("s1", Audience(kind="members")), session("public"))
    rig.give_membership("li", "physics", until=date(2026, 9, 30))
    address = compose(rig)
    found = {}
    for moment in ("2026-08-31T23:59", "2026-09-30T23:59", "2026-10-01T00:00"):
        rig.clock.now = datetime.fromisoformat(f"{moment}+08:00")
        found[moment] = "s1" in shown(rig, address)
    assert found == {"2026-08-31T23:59": True, "2026-09-30T23:59": True, "2026-10-01T00:00": False}


def test_a_closed_account_has_no_feeds_until_it_is_opened_again(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    rig.open_account("li")
    address = compose(rig)
    rig.clock.turn(seconds=1)
    rig.tell(AccountClosed(account_id="li"))
    closed = rig.get(address).status_code
    rig.clock.turn(seconds=1)
    rig.tell(AccountReopened(account_id="li", organisation_id=None))
    assert (closed, shown(rig, address)) == (410, ["s1"])


def test_what_the_directory_tells_late_or_twice_is_taken_as_it_is(rig: Rig) -> None:
    peopled(rig)
    days = {"from_on": date(2026, 1, 1), "until_on": None}
    rig.tell(
        MembershipEnded(membership_id="m1", account_id="li", organisation_id="physics", version=2),
        MembershipGiven(membership_id="m1", account_id="li", organisation_id="physics", version=1, **days),
        GrantWithdrawn(grant_id="g1", account_id="li"),
        GrantGiven(grant_id="g1", account_id="li", role="organizer", organisation_id="hq", scope=None, **days),
        GrantGiven(grant_id="g2", account_id="li", role="organizer", organisation_id="hq", scope="edition:e", **days),
        GrantGiven(grant_id="g3", account_id="li", role="member", organisation_id="hq", scope=None, **days),
        AccountOpened(account_id="li", organisation_id="physics"),
        AccountOpened(account_id="li", organisation_id="physics"),
    )
    assert seen(rig, compose(rig)) == ["li and wang", "people of hq", "people of physics"]


def test_a_feed_follows_an_organisation_with_all_below_it(rig: Rig) -> None:
    rig.open_organisation("hq")
    rig.open_organisation("physics", "hq")
    rig.tell_dates(timed("s1", topics=(PHYSICS,)))
    assert shown(rig, compose(rig, topics=["organisation:hq"])) == ["s1"]


def test_a_date_that_is_over_leaves_and_a_cancelled_one_says_so(rig: Rig) -> None:
    rig.tell_dates(session("s1"), session("s2", status="cancelled", changed_at=rig.clock()))
    address = compose(rig)
    assert (shown(rig, address), values_of(rig.get(address).content, "STATUS")) == (
        ["s1", "s2"],
        ["CONFIRMED", "CANCELLED"],
    )
    rig.clock.turn(days=91)
    left = shown(rig, address)
    rig.clock.turn(days=24)
    assert (left, shown(rig, address)) == (["s1"], [])


def test_a_personal_feed_outlives_a_rebuild(rig: Rig) -> None:
    rig.tell_dates(session("s1"), session("s2", Audience(kind="members")))
    rig.give_membership("li", "physics")
    address = compose(rig)
    before = rig.get(address).content
    rig.runtime.rebuild()
    assert rig.get(address).content == before


def test_a_long_personal_feed_is_split_without_telling_its_address(rig: Rig) -> None:
    start = datetime(2026, 9, 25, 9)
    rig.tell_dates(*(session(f"s{n:04}", start_local=start + timedelta(minutes=n), end_local=start + timedelta(days=1)) for n in range(1_001)))  # fmt: skip
    address = compose(rig)
    first = rig.get(address)
    assert (len(entries_of(first.content)), first.headers["link"]) == (1_000, '<?part=2>; rel="next"')
    assert shown(rig, f"{address}?part=2") == ["s1000"]
    assert rig.get(f"{address}?part=3").status_code == 404
    assert rig.get(f"{address}?lang=en").status_code == 422


@pytest.mark.parametrize("path", ["/calendars/personal/none.ics", f"/calendars/personal/{'a' * 43}.ics"])
def test_an_unknown_address_is_nobodys(rig: Rig, path: str) -> None:
    answer = rig.get(path)
    assert (answer.status_code, answer.json()["type"]) == (404, "/problems/no-such-personal-feed")
