"""What calendars are told of editions and their key dates: whole, in time, and no more often than needed."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from shared.messages.dates import DateEntry
from shared.telling import called_off, numbered
from shared.text import Text
from tests.alone import SOCIETY
from tests.events.running import Events

NOW = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


def key_date(events: Events, edition: Any, **values: Any) -> Any:
    """Enter a key date."""
    body = {"kind": "abstracts", "title": {"zh": "摘要截止", "en": "Abstracts due"}, "on": "2027-01-31"}
    return events.do("POST", f"editions/{edition['id']}/key-dates", body | values)


def test_nothing_is_told_before_an_edition_is_public(events: Events) -> None:
    edition = events.edition(events.series())
    key_date(events, edition)
    events.step(edition, "open")
    events.step(edition, "postpone")
    events.step(edition, "resume")
    assert events.entries() == {}


def test_publishing_tells_the_edition_as_a_bar_and_every_key_date(events: Events) -> None:
    edition = events.edition(events.series("forum"), description={"zh": "<p>概况</p>", "en": "<p>About</p>"})
    due = key_date(events, edition)
    events.facts()
    events.step(edition, "publish")
    entries = events.entries()
    assert list(entries) == [f"edition-{edition['id']}", f"key-date-{due['id']}"]
    bar, entry = entries.values()
    assert (bar["kind"], bar["bar"], bar["status"]) == ("edition", True, "confirmed")
    assert (bar["start_on"], bar["end_on"], bar["start_local"]) == ("2027-05-10", "2027-05-12", None)
    assert (bar["description"]["zh"], bar["place"]["en"], bar["link"]) == (
        "概况",
        "Beijing",
        "/events/forum/forum-2027",
    )
    assert (entry["kind"], entry["bar"], entry["start_on"], entry["end_on"]) == (
        "key_date",
        False,
        "2027-01-31",
        "2027-01-31",
    )
    assert entry["title"] == {"zh": "2027世界科技论坛：摘要截止", "en": "World Forum 2027: Abstracts due"}
    assert [topic["key"].split(":")[0] for topic in entry["topics"]] == ["edition", "series", "organisation", "kind"]
    assert entry["audience"] == {"kind": "public", "organisation_id": None, "account_ids": []}
    assert (entry["sequence"], entry["version"], entry["organizer"]["en"]) == (0, 1, "Meteorological Society")


@pytest.mark.parametrize(
    ("venue", "zh", "en"),
    [
        ({"zh": "国家会议中心", "en": "National Centre"}, "北京 国家会议中心", "National Centre, Beijing"),
        ({"zh": "北京科技会堂", "en": "Beijing Hall"}, "北京科技会堂", "Beijing Hall, Beijing"),
        ({"zh": "", "en": ""}, "北京", "Beijing"),
    ],
)
def test_a_place_names_its_city_once(events: Events, venue: dict[str, str], zh: str, en: str) -> None:
    edition = events.edition(events.series("forum"), city={"zh": "北京", "en": "Beijing"}, venue_text=venue)
    events.step(edition, "publish")
    assert events.entries()[f"edition-{edition['id']}"]["place"] == {"zh": zh, "en": en}


@pytest.mark.parametrize(
    ("values", "status"),
    [
        ({"date_precision": "month"}, "tentative"),
        ({"date_precision": "year"}, "tentative"),
        ({"tentative": True}, "tentative"),
        ({}, "confirmed"),
    ],
)
def test_what_is_not_known_to_the_day_is_tentative(events: Events, values: dict[str, Any], status: str) -> None:
    edition = events.published(**values)
    assert events.entries()[f"edition-{edition['id']}"]["status"] == status


def test_a_month_becomes_exact_under_the_same_uid(events: Events) -> None:
    edition = events.published(date_precision="month")
    first = events.entries()[f"edition-{edition['id']}"]
    exact = {"starts_on": "2027-05-18", "ends_on": "2027-05-20", "date_precision": "day"}
    events.do("PATCH", f"editions/{edition['id']}", exact, version=edition["version"])
    second = events.entries()[f"edition-{edition['id']}"]
    assert (first["start_on"], first["end_on"]) == ("2027-05-01", "2027-05-31")
    assert (second["start_on"], second["end_on"], second["status"]) == ("2027-05-18", "2027-05-20", "confirmed")
    assert (second["sequence"], second["version"]) == (1, 2)


def test_theme_periods_are_entries_of_their_own(events: Events) -> None:
    edition = events.step(events.edition(events.series("week", kind="theme_week")), "publish")
    entry = events.entries()[f"edition-{edition['id']}"]
    assert (entry["kind"], entry["bar"]) == ("theme_period", False)


def test_hosts_and_the_secretariat_stand_in_the_entry(events: Events) -> None:
    parts = [
        {"role": "guidance", "name": {"zh": "科学技术部", "en": "MOST"}},
        {"role": "host", "organisation_id": SOCIETY},
        {"role": "host", "name": {"zh": "北京市人民政府", "en": "Beijing Municipality"}},
    ]
    secretariat = {"secretariat": {"zh": "大会秘书处", "en": "Secretariat"}, "contact_email": "office@example.org"}
    edition = events.published(organisations=parts, **secretariat)
    entry = events.entries()[f"edition-{edition['id']}"]
    assert entry["organizer"] == {
        "zh": "中国气象学会、北京市人民政府",
        "en": "Meteorological Society, Beijing Municipality",
    }
    assert entry["contact"] == "大会秘书处 office@example.org"


def test_what_calendars_do_not_show_raises_nothing(events: Events) -> None:
    edition = events.published()
    events.facts()
    path = f"editions/{edition['id']}"
    events.do("PATCH", path, {"slot_minutes": 5}, version=edition["version"])
    assert events.types() == ["edition.changed", "view.changed"]
    events.do("PATCH", path, {"description": {"zh": "新概况"}}, version=edition["version"] + 1)
    entry = events.entries()[f"edition-{edition['id']}"]
    assert (entry["sequence"], entry["version"]) == (0, 2)


def test_postponing_makes_what_lies_ahead_tentative_and_says_so(events: Events) -> None:
    edition = events.edition(events.series())
    past, ahead = key_date(events, edition, on="2026-11-01"), key_date(events, edition, on="2027-01-31")
    events.step(edition, "publish")
    before = events.entries()
    events.clock.turn(days=1)
    note = {"zh": "因故延期", "en": "Put off"}
    edition = events.step(edition, "postpone", note=note)
    assert (edition["standing"], edition["standing_note"]) == ("postponed", note)
    told = events.facts()
    after = {fact.data["entry_id"]: fact.data["entry"] for fact in told if fact.type == "events.date.set.v1"}
    assert [fact.type for fact in told if "date" not in fact.type] == [
        "events.edition.postponed.v1",
        "events.view.changed.v1",
    ]
    assert sorted(after) == sorted([f"edition-{edition['id']}", f"key-date-{ahead['id']}"])
    assert f"key-date-{past['id']}" in before
    for entry_id, entry in after.items():
        assert (entry["status"], entry["sequence"]) == ("tentative", before[entry_id]["sequence"] + 1)
        assert entry["title"]["zh"].startswith("【延期】")
        assert entry["title"]["en"].startswith("Postponed: ")
        assert entry["description"] == note
        assert (entry["start_on"], entry["created_at"]) == (
            before[entry_id]["start_on"],
            before[entry_id]["created_at"],
        )


def test_resuming_on_new_dates_keeps_every_uid_and_moves_key_dates(events: Events) -> None:
    edition = events.edition(events.series())
    past, ahead = key_date(events, edition, on="2026-11-01"), key_date(events, edition, on="2027-01-31")
    timed = key_date(events, edition, on=None, at_local="2027-05-09T14:00", until_local="2027-05-09T20:00")
    events.step(edition, "publish")
    events.step(edition, "postpone")
    events.facts()
    new = {"starts_on": "2027-09-01", "ends_on": "2027-09-03", "move_key_dates": True}
    edition = events.step(edition, "resume", **new)
    entries = events.entries()
    assert (edition["standing"], edition["starts_on"], edition["ends_on"]) == ("normal", "2027-09-01", "2027-09-03")
    bar = entries[f"edition-{edition['id']}"]
    assert (bar["status"], bar["start_on"], bar["sequence"], bar["title"]["zh"]) == (
        "confirmed",
        "2027-09-01",
        2,
        "2027世界科技论坛",
    )
    assert entries[f"key-date-{ahead['id']}"]["start_on"] == "2027-05-25"
    assert entries[f"key-date-{timed['id']}"]["start_local"] == "2027-08-31T14:00:00"
    assert f"key-date-{past['id']}" not in entries


def test_postponing_to_a_month_shows_that_month(events: Events) -> None:
    edition = events.published()
    events.facts()
    events.step(edition, "postpone", starts_on="2027-10-01", date_precision="month")
    entry = events.entries()[f"edition-{edition['id']}"]
    assert (entry["start_on"], entry["end_on"], entry["status"]) == ("2027-10-01", "2027-10-31", "tentative")


def test_cancelling_calls_off_what_lies_ahead_and_resuming_brings_it_back(events: Events) -> None:
    edition = events.edition(events.series())
    key_date(events, edition, on="2026-11-01")
    ahead = key_date(events, edition, on="2027-01-31")
    events.step(edition, "publish")
    events.facts()
    events.step(edition, "cancel", note={"zh": "不再举办", "en": "Called off"})
    told = events.facts()
    assert [fact.type for fact in told] == [
        "events.edition.cancelled.v1",
        "events.date.cancelled.v1",
        "events.date.cancelled.v1",
        "events.view.changed.v1",
    ]
    assert [fact.data["entry"]["status"] for fact in told[1:3]] == ["cancelled", "cancelled"]
    assert [fact.data["entry"]["sequence"] for fact in told[1:3]] == [1, 1]
    assert told[2].data["entry_id"] == f"key-date-{ahead['id']}"
    events.step(edition, "resume")
    entries = events.entries()
    assert {entry["status"] for entry in entries.values()} == {"confirmed"}
    assert {entry["sequence"] for entry in entries.values()} == {2}


def test_dates_taken_away_are_called_off(events: Events) -> None:
    edition = events.published()
    events.facts()
    path = f"editions/{edition['id']}"
    events.do("PATCH", path, {"starts_on": None, "ends_on": None}, version=edition["version"])
    entry = events.entries()[f"edition-{edition['id']}"]
    assert (entry["status"], entry["start_on"], entry["sequence"]) == ("cancelled", "2027-05-10", 1)


def entry(**values: Any) -> DateEntry:
    """Make an entry."""
    day = NOW.date()
    told: dict[str, Any] = {"entry_id": "e", "changed_at": NOW, "kind": "edition", "start_on": day, "end_on": day}
    return DateEntry(**told | {"title": Text("一", "One")} | values)


def test_the_first_word_of_an_entry_has_its_first_numbers() -> None:
    first = numbered(entry(), None, NOW)
    assert first is not None
    assert (first.version, first.sequence, first.created_at, first.changed_at) == (1, 0, NOW, NOW)
    assert numbered(entry(status="cancelled"), None, NOW) is None


@pytest.mark.parametrize(
    ("change", "sequence"),
    [
        ({"title": Text("二")}, 1),
        ({"status": "tentative"}, 1),
        ({"place": Text("上海")}, 1),
        ({"end_on": NOW.date() + timedelta(days=1)}, 1),
        ({"description": Text("新")}, 0),
        ({"link": "/events/a/b"}, 0),
        ({"organizer": Text("甲")}, 0),
    ],
)
def test_status_title_time_and_place_alone_raise_the_sequence(change: dict[str, Any], sequence: int) -> None:
    last = numbered(entry(), None, NOW)
    later = NOW + timedelta(minutes=1)
    new = numbered(entry(**change), last, later)
    assert new is not None
    assert (new.sequence, new.version, new.changed_at, new.created_at) == (sequence, 2, later, NOW)
    assert numbered(entry(**change), new, later) is None


def test_changed_at_rises_even_where_the_clock_does_not() -> None:
    last = numbered(entry(), None, NOW)
    new = numbered(entry(title=Text("二")), last, NOW - timedelta(days=1))
    assert new is not None
    assert new.changed_at > NOW
    assert called_off(new).model_copy(update={"status": "confirmed"}) == new
