"""What an edition goes through, and who approves it."""

from itertools import product
from typing import Any

import pytest

from services.events.editions.rules import (
    DEED_NAMES,
    STEPS,
    ApprovalMissing,
    Deed,
    NoSuchStep,
    Standing,
    State,
    check_approved,
    next_standing,
    next_state,
)
from tests.events.running import Events

STEP_DEEDS = {deed for deed, _ in STEPS}


@pytest.mark.parametrize(("deed", "state"), list(product(sorted(STEP_DEEDS), State)))
def test_an_edition_takes_the_steps_of_the_table_and_no_others(deed: Deed, state: State) -> None:
    if following := STEPS.get((deed, state)):
        assert next_state(deed, state, "normal") == following
    else:
        with pytest.raises(NoSuchStep):
            next_state(deed, state, "normal")


@pytest.mark.parametrize(
    ("deed", "standing", "following"),
    [
        (Deed.POSTPONE, "normal", Standing.POSTPONED),
        (Deed.POSTPONE, "postponed", Standing.POSTPONED),
        (Deed.POSTPONE, "cancelled", None),
        (Deed.CANCEL, "normal", Standing.CANCELLED),
        (Deed.CANCEL, "postponed", Standing.CANCELLED),
        (Deed.CANCEL, "cancelled", None),
        (Deed.RESUME, "normal", None),
        (Deed.RESUME, "postponed", Standing.NORMAL),
        (Deed.RESUME, "cancelled", Standing.NORMAL),
    ],
)
def test_what_is_not_over_can_be_postponed_cancelled_and_resumed(
    deed: Deed, standing: str, following: Standing | None
) -> None:
    for state in State:
        if following is None or state in (State.CLOSED, State.ARCHIVED):
            with pytest.raises(NoSuchStep):
                next_standing(deed, state, standing)
        else:
            assert next_standing(deed, state, standing) == following


def test_every_deed_has_its_words() -> None:
    assert set(DEED_NAMES) == set(Deed)


def test_nothing_starts_while_it_is_postponed(events: Events) -> None:
    edition = events.published()
    events.step(edition, "postpone")
    version = events.get(f"editions/{edition['id']}")["version"]
    answer = events.ask("POST", f"editions/{edition['id']}/start", version=version, headers={"Accept-Language": "zh"})
    assert answer.status_code == 409
    assert answer.json()["detail"] == "本届活动已延期，不能开始。"


def test_an_edition_goes_all_the_way_and_back(events: Events) -> None:
    edition = events.edition(events.series())
    events.facts()
    states = [
        events.step(edition, verb)["state"]
        for verb in ("open", "publish", "start", "close", "archive", "reopen", "reopen", "close")
    ]
    assert states == ["open", "published", "running", "closed", "archived", "closed", "running", "closed"]
    seen = [kind for kind in events.types() if kind != "view.changed"]
    assert seen == [
        "edition.changed",
        "edition.published",
        "date.set",
        "edition.changed",
        "edition.changed",
        "edition.closed",
        "edition.changed",
        "edition.changed",
        "edition.changed",
        "edition.changed",
        "edition.closed",
    ]


def test_publishing_needs_dates_and_tells_when(events: Events) -> None:
    edition = events.edition(events.series(), starts_on=None, ends_on=None)
    path = f"editions/{edition['id']}"
    refused = events.ask("POST", f"{path}/publish", version=1)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/dates-missing")
    events.do("PATCH", path, {"starts_on": "2027-05-10", "date_precision": "month"}, version=1)
    assert events.step(edition, "publish")["published_at"] == "2026-11-23T01:00:00Z"


@pytest.mark.parametrize(
    ("role", "status"), [(None, 401), ("member", 403), ("foreign_organizer", 403), ("scheduler", 403)]
)
@pytest.mark.parametrize("verb", ["open", "publish", "start", "close", "archive", "reopen", "postpone", "cancel"])
def test_only_its_organizers_decide_about_an_edition(events: Events, role: str | None, status: int, verb: str) -> None:
    edition = events.published()
    body = {} if verb in ("postpone", "cancel") else None
    path = f"editions/{edition['id']}/{verb}"
    assert events.status("POST", path, role, version=edition["version"], json=body) == status


def test_a_stale_deed_is_refused(events: Events) -> None:
    edition = events.edition(events.series())
    path = f"editions/{edition['id']}"
    events.step(edition, "open")
    assert events.status("POST", f"{path}/publish", "organizer", version=1) == 412
    assert events.status("POST", f"{path}/publish", "organizer") == 428


def approve(events: Events, edition: Any, deed: str, role: str, **content: Any) -> None:
    """Approve a deed on an edition as it now stands."""
    version = events.get(f"editions/{edition['id']}")["version"]
    body = {"deed": deed, "content": content, "version": version}
    events.do("POST", f"editions/{edition['id']}/approvals", body, role)


def test_what_becomes_public_is_approved_by_another_person_where_asked(events: Events) -> None:
    edition = events.edition(events.series(), requires_approval=True)
    path = f"editions/{edition['id']}"

    def publish() -> int:
        version = events.get(path)["version"]
        return events.status("POST", f"{path}/publish", "organizer", version=version)

    assert publish() == 409
    approve(events, edition, "publish", "organizer")
    assert publish() == 409
    approve(events, edition, "postpone", "second_organizer")
    assert publish() == 409
    approve(events, edition, "publish", "second_organizer")
    events.do("PATCH", path, {"number": 4}, version=1)
    assert publish() == 409
    approve(events, edition, "publish", "second_organizer")
    assert publish() == 200


def test_an_approval_holds_for_exactly_what_was_seen(events: Events) -> None:
    edition = events.edition(events.series(), requires_approval=True)
    approve(events, edition, "publish", "second_organizer")
    edition = events.step(edition, "publish")
    path, notice = f"editions/{edition['id']}", {"note": {"zh": "因故延期"}}
    body = {"note": {"zh": "因故延期", "en": ""}}
    approve(events, edition, "postpone", "second_organizer", **body)
    other = {"note": {"zh": "另有安排"}}
    assert events.status("POST", f"{path}/postpone", "organizer", version=edition["version"], json=other) == 409
    assert events.status("POST", f"{path}/postpone", "organizer", version=edition["version"], json=notice) == 200


def test_the_rule_cannot_be_switched_off_alone(events: Events) -> None:
    edition = events.edition(events.series(), requires_approval=True)
    path = f"editions/{edition['id']}"
    off = {"requires_approval": False}
    assert events.status("PATCH", path, "organizer", version=1, json=off) == 409
    approve(events, edition, "change", "second_organizer", **off)
    assert events.status("PATCH", path, "organizer", version=1, json=off) == 200


def test_a_public_edition_and_its_key_dates_change_by_approval_alone(events: Events) -> None:
    edition = events.edition(events.series(), requires_approval=True)
    approve(events, edition, "publish", "second_organizer")
    edition = events.step(edition, "publish")
    path = f"editions/{edition['id']}"
    assert events.status("PATCH", path, "organizer", version=edition["version"], json={"number": 4}) == 409
    key_date = {"kind": "arrival", "title": {"zh": "报到", "en": ""}, "on": "2027-05-09"}
    assert events.status("POST", f"{path}/key-dates", "organizer", json=key_date) == 409
    approve(events, edition, "key_date", "second_organizer", **key_date)
    assert events.status("POST", f"{path}/key-dates", "organizer", json=key_date) == 201


def test_nobody_approves_their_own() -> None:
    check_approved({"a", "b"}, "a", Deed.PUBLISH)
    for approvers in (set(), {"a"}):
        with pytest.raises(ApprovalMissing):
            check_approved(approvers, "a", Deed.PUBLISH)


@pytest.mark.parametrize(("role", "status"), [(None, 401), ("foreign_organizer", 404), ("scheduler", 403)])
def test_only_its_organizers_approve(events: Events, role: str | None, status: int) -> None:
    edition = events.edition(events.series(), requires_approval=True)
    body = {"deed": "publish", "version": 1}
    assert events.status("POST", f"editions/{edition['id']}/approvals", role, json=body) == status
