"""The shape of a date: what it takes, what it refuses, what it says of itself."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from pydantic import ValidationError

from shared.messages.dates import Audience, DateEntry, Topic
from shared.text import Text
from tests.calendar.build import timed, whole

TIMES = {"start_local": datetime(2026, 9, 25, 9), "end_local": datetime(2026, 9, 25, 11), "zone": "Asia/Shanghai"}
NO_TIMES = dict.fromkeys(TIMES)
DAYS = {"start_on": date(2026, 9, 25), "end_on": date(2026, 9, 26)}


def test_a_date_goes_through_json_and_comes_back() -> None:
    entry = timed(
        description=Text("说明", ""),
        geo=(40.0025, 116.3913),
        link="/events/wyss/2026",
        topics=(Topic(key="edition:1", slug="wyss-2026", title=Text("峰会", "Summit")),),
        audience=Audience(kind="accounts", account_ids=("a1", "a2")),
        organizer=Text("会务组", "Desk"),
    )
    assert DateEntry.model_validate_json(entry.model_dump_json()) == entry


def test_what_a_later_version_adds_is_ignored() -> None:
    told = timed().model_dump(mode="json") | {"colour": "red", "audience": {"kind": "public", "region": "north"}}
    assert DateEntry.model_validate(told) == timed()


def test_instants_are_utc() -> None:
    assert timed(changed_at="2026-05-01T16:00:00+08:00").changed_at == datetime(2026, 5, 1, 8, tzinfo=UTC)
    assert timed(changed_at="2026-05-01T16:00:00+08:00").changed_at.tzinfo is UTC


@pytest.mark.parametrize(
    "changes",
    [
        DAYS,
        NO_TIMES,
        {"zone": None},
        {"end_local": None},
        {"end_local": datetime(2026, 9, 25, 8, 59)},
        {"start_local": datetime(2026, 9, 25, 9, tzinfo=UTC)},
        NO_TIMES | {"start_on": date(2026, 9, 25)},
        NO_TIMES | DAYS | {"end_on": date(2026, 9, 24)},
        {"changed_at": datetime(2026, 5, 1)},
        {"sequence": -1},
        {"status": "postponed"},
        {"geo": (91, 0)},
        {"link": "https://elsewhere.example/"},
        {"entry_id": ""},
        {"entry_id": "a b"},
        {"entry_id": "a\nSUMMARY:b"},
        {"audience": {"kind": "organisation"}},
        {"audience": {"kind": "friends"}},
    ],
)
def test_what_is_not_one_whole_date_is_refused(changes: dict[str, Any]) -> None:
    told = timed().model_dump() | changes
    with pytest.raises(ValidationError):
        DateEntry.model_validate(told)


def test_an_unknown_zone_is_refused() -> None:
    with pytest.raises(ValidationError, match="Mars/Olympus"):
        timed(zone="Mars/Olympus")


@pytest.mark.parametrize(
    ("entry", "days", "times"),
    [
        (
            timed(),
            (date(2026, 9, 25), date(2026, 9, 25)),
            (datetime(2026, 9, 25, 1, tzinfo=UTC), datetime(2026, 9, 25, 3, tzinfo=UTC)),
        ),
        (
            whole(end_on=date(2026, 7, 2)),
            (date(2026, 6, 30), date(2026, 7, 2)),
            (datetime(2026, 6, 30, tzinfo=UTC), datetime(2026, 7, 2, tzinfo=UTC)),
        ),
        (  # From the first 02:50 of the night to the second 02:10.
            timed(zone="Europe/Berlin", start_local=datetime(2026, 10, 25, 2, 50), end_local=datetime(2026, 10, 25, 2, 10)),
            (date(2026, 10, 25), date(2026, 10, 25)),
            (datetime(2026, 10, 25, 0, 50, tzinfo=UTC), datetime(2026, 10, 25, 1, 10, tzinfo=UTC)),
        ),
    ],
)  # fmt: skip
def test_a_date_knows_its_days_and_instants(
    entry: DateEntry, days: tuple[date, date], times: tuple[datetime, datetime]
) -> None:
    assert (entry.days(), entry.times()) == (days, times)
