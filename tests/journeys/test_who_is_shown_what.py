"""What members follow and are shown, from a released programme: their own feeds, and a forum under an umbrella."""

import io
import re
import zipfile
from typing import Any

import httpx
from icalendar import Calendar

from tests.installation import Installation
from tests.journeys.conftest import Line

API = "/api/events"
DAYS = {"starts_on": "2027-05-10", "ends_on": "2027-05-10"}


def words(text: str) -> dict[str, str]:
    """Return the same words in both languages."""
    return {"zh": text, "en": text}


class Organizing:
    """An organizer of society A who opens editions, fills and releases them."""

    def __init__(self, world: Installation) -> None:
        self.world, self.client = world, world.client("organizer")

    def post(self, path: str, body: dict[str, Any], version: int | None = None) -> dict[str, Any]:
        """Make something."""
        headers = {} if version is None else {"If-Match": f'"v{version}"'}
        answer = self.client.post(f"{API}/{path}", json=body, headers=headers)
        assert answer.is_success, answer.text
        made: dict[str, Any] = answer.json()
        return made

    def edition(self, slug: str) -> dict[str, Any]:
        """Open an edition in a series of its own."""
        owner = self.world.organisation("society-a")
        series = self.post("series", {"slug": f"{slug}s", "name": words(slug), "kind": "forum", "owner_id": owner})
        body = {"slug": slug, "series_id": series["id"], "name": words(slug), "zone": "Asia/Shanghai", **DAYS}
        return self.post("editions", body)

    def session(self, edition: dict[str, Any], title: str, hour: int, **more: Any) -> str:
        """Place a confirmed session of an hour, without a room; return its id."""
        body = {"kind": "parallel", "title": words(title), "status": "confirmed", "duration_minutes": 60, **more}
        made = self.post(f"editions/{edition['slug']}/sessions", body)
        answer = self.client.put(
            f"{API}/sessions/{made['id']}/placement",
            json={"start_local": f"2027-05-10T{hour:02}:00:00", "duration_minutes": 60},
            headers={"If-Match": '"v0"'},
        )
        assert answer.is_success, answer.text
        return str(made["id"])

    def change(self, session: str, **changes: Any) -> None:
        """Edit a session of the draft."""
        version = self.client.get(f"{API}/sessions/{session}").json()["version"]
        answer = self.client.patch(f"{API}/sessions/{session}", json=changes, headers={"If-Match": f'"v{version}"'})
        assert answer.is_success, answer.text

    def release(self, edition: dict[str, Any]) -> None:
        """Make the draft public."""
        self.post(f"editions/{edition['slug']}/releases", {})
        self.world.settle()


def titles(world: Installation, path: str) -> set[str]:
    """Return the titles of sessions in a feed, fetched without a credential."""
    answer = world.client().get(path)
    assert answer.status_code == 200, answer.text
    events = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["SUMMARY"]) for event in events if str(event["UID"]).startswith("session-")}


def own_feed(client: httpx.Client, name: str, *topics: str) -> tuple[str, str]:
    """Compose a feed; return its id and the path of its secret address."""
    answer = client.post("/api/calendar/feeds", json={"name": name, "language": "en", "topics": topics})
    assert answer.status_code == 201, answer.text
    made = answer.json()
    return made["id"], re.sub("^https?://[^/]+", "", made["url"])


def test_a_feed_of_ones_own_follows_shows_and_ends_as_its_owner_may_see(hall: Installation) -> None:
    polar = Organizing(hall)
    edition, other = polar.edition("polar"), polar.edition("other")
    track = polar.post("editions/polar/tracks", {"name": words("Ice")})
    person = polar.post("people", {"name": words("Ada"), "owner_id": hall.organisation("society-a")})
    account = {"account_id": hall.people.accounts["member"]}
    client = polar.client
    put = client.patch(f"{API}/people/{person['id']}", json=account, headers={"If-Match": f'"v{person["version"]}"'})
    assert put.is_success, put.text
    guest = {"people": [{"person_id": person["id"], "role": "speaker"}]}
    polar.session(edition, "Open", 9)
    polar.session(edition, "On ice", 10, track_id=track["id"])
    polar.session(edition, "Members", 11, openness="members")
    polar.session(edition, "Invited", 12, openness="invited", **guest)
    polar.session(edition, "Staff", 13, openness="staff")
    polar.session(edition, "Embargoed", 14, embargo_until="2027-05-01T00:00:00Z")
    polar.session(other, "Elsewhere", 9)
    polar.release(edition)
    polar.release(other)
    polar.session(edition, "Draft", 15)

    member, stranger = hall.client("member"), hall.client("foreign_organizer")
    topics = (f"edition:{edition['id']}",)
    first, feed = own_feed(member, "All of it", *topics)
    _, ice = own_feed(member, "Ice", f"track:{track['id']}")
    _, strangers = own_feed(stranger, "A stranger's", *topics)
    _, organizers = own_feed(client, "An organizer's", *topics)
    assert titles(hall, "/calendars/editions/polar.ics?lang=en") == {"Open", "On ice"}
    assert titles(hall, feed) == {"Open", "On ice", "Members", "Invited"}
    assert titles(hall, ice) == {"On ice"}
    assert titles(hall, strangers) == {"Open", "On ice"}
    assert titles(hall, organizers) == {"Open", "On ice", "Staff"}

    administrator = hall.client("administrator")
    held = administrator.get("/api/directory/memberships", params={"account": account["account_id"]}).json()["items"]
    for each in held:
        ended = administrator.post(
            f"/api/directory/memberships/{each['id']}/end", headers={"If-Match": f'"v{each["version"]}"'}
        )
        assert ended.is_success, ended.text
    hall.settle()
    assert titles(hall, feed) == {"Open", "On ice", "Invited"}

    assert member.delete(f"/api/calendar/feeds/{first}").status_code == 204
    assert [hall.client().get(path).status_code for path in (feed, ice, strangers)] == [410, 200, 200]


def test_a_forum_under_an_umbrella_stands_on_both_with_one_uid(world: Installation) -> None:
    ocean = Organizing(world)
    summit, forum = ocean.edition("summit"), ocean.edition("forum")
    ocean.post("editions/forum/umbrellas", {"edition_id": summit["id"]}, version=forum["version"])
    of_forum, of_summit = ocean.session(forum, "Currents", 9), ocean.session(summit, "Opening", 10)
    ocean.release(summit)
    ocean.release(forum)
    anybody = world.client()
    feeds = {
        path: [str(event["UID"]) for event in Calendar.from_ical(anybody.get(path).content).walk("VEVENT")]
        for path in (
            "/calendars/editions/forum.ics", "/calendars/series/forums.ics", "/calendars/editions/summit.ics",
            "/calendars/series/summits.ics", "/calendars/all.ics",
        )
    }  # fmt: skip
    own, both = f"session-{of_forum}", sorted([f"session-{of_forum}", f"session-{of_summit}"])
    assert {path: sorted(uids) for path, uids in feeds.items()} == dict(
        zip(feeds, ([own], [own], both, both, both), strict=True)
    )
    bytes_of = {
        event.to_ical() for path in feeds for event in parts_of(anybody.get(path).content) if event["UID"] == own
    }
    assert len(bytes_of) == 1
    for language in ("zh", "en"):
        above = anybody.get(f"/{language}/events/summits/summit", params={"view": "about"}).text
        assert f'href="/{language}/events/forums/forum"' in above
        below = anybody.get(f"/{language}/events/forums/forum").text
        assert "Currents" in below
        assert (
            f'href="/{language}/events/summits/summit"'
            in anybody.get(f"/{language}/events/forums/forum", params={"view": "about"}).text
        )


def parts_of(content: bytes) -> list[Any]:
    """Return the entries of a feed."""
    return list(Calendar.from_ical(content).walk("VEVENT"))


FILES = ("schedule.xml", "schedule.json", "programme.json", "programme.jsonld", "programme.xlsx", "programme.csv")
CONTACTS = {"email": "ada@private.example", "phone": "+86 10 5555 0199", "biography": words("Her whole life")}


def test_everybody_takes_along_what_was_released_and_nothing_else(hall: Installation) -> None:
    ocean = Organizing(hall)
    edition = ocean.edition("ocean")
    person = {"name": words("Ada"), "owner_id": hall.organisation("society-a"), **CONTACTS}
    parts = {"people": [{"person_id": ocean.post("people", person)["id"], "role": "speaker"}]}
    link = {
        "links": [{"href": "https://ocean.example/open", "title": "More"}],
        "join_url": "https://join.example/secret",
    }
    first = ocean.session(edition, "Open", 9, **parts, **link)
    for hour, more in enumerate(({"openness": "members"}, {"openness": "invited"}, {"openness": "staff"}), 10):
        ocean.session(edition, f"Hidden {hour}", hour, **parts, **more)
    ocean.session(edition, "Hidden 14", 14, embargo_until="2027-05-01T00:00:00Z")
    off = ocean.session(edition, "Called off", 15)
    anybody, at = hall.client(), "/events/oceans/ocean"
    assert [anybody.get(f"{at}/{file}").status_code for file in FILES] == [404] * 6
    ocean.release(edition)
    ocean.change(off, status="cancelled")
    ocean.release(edition)
    ocean.change(first, title=words("Hidden draft"))

    told = {file: anybody.get(f"{at}/{file}") for file in FILES}
    assert [answer.status_code for answer in told.values()] == [200] * 6
    assert [kind.headers["content-type"].partition(";")[0] for kind in told.values()] == [
        "application/xml", "application/json", "application/json", "application/ld+json",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "text/csv",
    ]  # fmt: skip
    (session,) = told["programme.json"].json()["sessions"]
    assert (session["key"], session["title"], session["start"]) == (first, words("Open"), "2027-05-10T09:00:00")
    assert session["links"] == [{"href": "https://ocean.example/open", "title": "More", "type": "", "extras": {}}]
    for file, answer in told.items():
        whole = unpacked(answer.content)
        assert ("Open" in whole, "Ada" in whole) == (True, True), file
        secrets = ("Hidden", "Called off", "private.example", "5555 0199", "whole life", "join.example")
        assert [each for each in secrets if each in whole] == [], file
        held = {"If-None-Match": answer.headers["etag"]}
        assert anybody.get(f"{at}/{file}", headers=held).status_code == 304
        assert re.search(rf'href="{at}/{re.escape(file)}"', anybody.get(f"/en{at}", params={"view": "about"}).text)
    assert anybody.get(f"{at}/programme.pdf").status_code == 404
    assert anybody.get(f"/events/else/ocean/{FILES[0]}").headers["location"] == f"{at}/{FILES[0]}"

    paths = {
        "json": f"{at}/programme.json",
        "schedule.xml": f"{at}/schedule.xml",
        "ics": "/calendars/editions/ocean.ics",
    }
    taken = {form: Line(hall).take_along("ocean", form, "--released") for form in paths}
    assert taken == {form: anybody.get(path).content for form, path in paths.items()}

    ocean.release(edition)
    new = {file: unpacked(anybody.get(f"{at}/{file}").content) for file in FILES}
    assert [file for file, whole in new.items() if "Hidden draft" not in whole] == []


def unpacked(content: bytes) -> str:
    """Return all words of a file, of a workbook those of all its parts."""
    if not content.startswith(b"PK"):
        return content.decode()
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        return "".join(book.read(name).decode() for name in book.namelist())
