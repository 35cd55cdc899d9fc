"""What several do to the same thing at the same moment: as if one came after the other, on whatever database."""

from typing import Any

from tests.at_once import outcomes
from tests.events.running import Events


def posting(path: str, *bodies: Any) -> list[dict[str, Any]]:
    """Make a POST of each body."""
    return [{"method": "POST", "path": path, "json": body} for body in bodies]


def test_one_slug_is_given_once_and_who_comes_later_is_told_so(events: Events) -> None:
    series = events.series()
    body = {"slug": "forum-2027", "series_id": series["id"], "name": {"zh": "论坛", "en": "Forum"}}
    answers = events.ask_at_once("organizer", posting("editions", *[body] * 5))
    assert outcomes(answers) == [(201, ""), *[(409, "/problems/slug-taken")] * 4]


def test_a_request_that_is_made_again_while_it_is_in_hand_gets_the_first_answer(events: Events) -> None:
    series = events.series()
    body = {"slug": "forum-2027", "series_id": series["id"], "name": {"zh": "论坛", "en": "Forum"}}
    again = posting("editions", *[body] * 5)
    answers = events.ask_at_once("organizer", [each | {"headers": {"Idempotency-Key": "once"}} for each in again])
    assert outcomes(answers) == [(201, "")] * 5
    assert len({answer.json()["id"] for answer in answers}) == 1


def test_an_address_that_is_given_up_leads_to_one_edition(events: Events) -> None:
    first = events.edition(events.series())
    renamed = {"method": "PATCH", "path": f"editions/{first['id']}", "json": {"slug": "forum-a"}, "version": 1}
    body = {"slug": first["slug"], "series_id": first["series_id"], "name": {"zh": "论坛", "en": "Forum"}}
    answers = events.ask_at_once("organizer", [renamed, *posting("editions", body)])
    assert outcomes(answers) == [(200, ""), (409, "/problems/slug-taken")]


def test_of_changes_to_one_version_one_is_made(events: Events) -> None:
    edition = events.published()
    change = {"method": "PATCH", "path": f"editions/{edition['id']}", "version": edition["version"]}
    answers = events.ask_at_once("organizer", [change | {"json": {"city": {"en": name}}} for name in "ABCDE"])
    assert outcomes(answers) == [(200, ""), *[(412, "/problems/precondition-failed")] * 4]
    (made,) = (answer.json()["city"] for answer in answers if answer.status_code == 200)
    assert events.get(f"editions/{edition['id']}")["city"] == made


def test_sessions_of_one_title_each_have_an_address(events: Events) -> None:
    edition = events.edition(events.series())
    body = {"kind": "parallel", "title": {"en": "Talk"}, "duration_minutes": 30}
    answers = events.ask_at_once("organizer", posting(f"editions/{edition['id']}/sessions", *[body] * 5))
    assert outcomes(answers) == [(201, "")] * 5
    assert sorted(answer.json()["slug"] for answer in answers) == ["talk", "talk-2", "talk-3", "talk-4", "talk-5"]


def test_a_date_that_many_change_is_told_in_sequence_and_last_as_it_stands(events: Events) -> None:
    edition = events.published()
    path = f"editions/{edition['id']}/key-dates"
    due = {"kind": "abstracts", "title": {"zh": "摘要截止", "en": "Abstracts due"}, "on": "2027-01-31"}
    made = events.do("POST", path, due)
    events.facts()
    asked = [
        {"method": "PATCH", "path": f"{path}/{made['id']}", "json": {"on": "2027-02-15"}, "version": 1},
        {
            "method": "PATCH", "path": f"editions/{edition['id']}", "json": {"name": {"zh": "新名", "en": "New name"}},
            "version": edition["version"],
        },
        *posting(path, *[due | {"on": f"2027-03-0{day}"} for day in range(1, 5)]),
    ]  # fmt: skip
    assert [status for status, _ in outcomes(events.ask_at_once("organizer", asked))] == [200, 200, 201, 201, 201, 201]
    events.runtime.relay.drain()
    told = [fact.data["entry"] for fact in events.facts() if fact.type == "events.date.set.v1"]
    sequences: dict[str, list[int]] = {}
    for entry in told:
        sequences.setdefault(entry["entry_id"], []).append(entry["version"])
    assert [numbers for numbers in sequences.values() if numbers != sorted(set(numbers))] == []
    last = {entry["entry_id"]: entry for entry in told}
    named = {
        topic["title"]["en"]
        for entry in last.values()
        for topic in entry["topics"]
        if topic["key"].startswith("edition:")
    }
    assert (last[f"key-date-{made['id']}"]["start_on"], named) == ("2027-02-15", {"New name"})


def test_two_who_place_editions_under_each_other_make_no_loop(events: Events) -> None:
    series = events.series()
    one, other = events.edition(series, "one"), events.edition(series, "other")
    under = [
        {"method": "POST", "path": f"editions/{a['id']}/umbrellas", "json": {"edition_id": b["id"]}, "version": 1}
        for a, b in ((one, other), (other, one))
    ]
    assert outcomes(events.ask_at_once("organizer", under))[1][1] == "/problems/umbrella-loop"
