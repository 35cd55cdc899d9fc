"""Real things in a running world, made through its gateway when a request needs them, and anew once one is used up."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from services.directory.accounts.models import Account
from services.directory.signin.actions import begin_session, put_password
from services.directory.signin.passwords import hash_password
from shared.db import new_id, utc_now
from shared.inbox import Attempt
from shared.jobs import enqueue
from tests.awards.nominating import PDF
from tests.permissions.awards_stage import SHEET
from tests.permissions.awards_things import AWARDS_MAKERS
from tests.permissions.bodies import filled
from tests.permissions.directory_stage import PASSWORD, members
from tests.shared.logs import read_log
from tests.world import World

DAYS = {"starts_on": "2027-05-10", "ends_on": "2027-05-12"}
Json = Any


def text(words: str) -> dict[str, str]:
    """Return the same words in both languages."""
    return {"zh": words, "en": words}


class Things:
    """Names of things by what they are, `things["room_id"]`; each is made when it is first asked for."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.client = world.client("administrator")
        self.known: dict[str, str] = {}
        self.rests_on: dict[str, set[str]] = {}
        self.making: list[str] = []
        self.count = 0
        self.hashed = hash_password(PASSWORD)

    def __getitem__(self, name: str) -> str:
        for above in self.making:
            self.rests_on[above].add(name)
        if name not in self.known:
            made = MAKERS[name]
            self.rests_on[name] = set()
            self.making.append(name)
            try:
                self.known[name] = made(self) if callable(made) else self.post(*made)
            finally:
                self.making.pop()
        return self.known[name]

    def forget(self, *names: str) -> None:
        """Let things, and what rests on them, be made anew; all of them where none is named."""
        for name in list(self.known):
            if not names or name in names or self.rests_on[name] & set(names):
                del self.known[name]

    def fresh(self) -> str:
        """Return a word that nothing is named by yet."""
        self.count += 1
        return f"thing-{self.count}"

    def do(self, method: str, path: str, body: Json = None, *, version: int = 1, **options: Any) -> Json:
        """Ask as an administrator for what must succeed; paths stand under /api/."""
        headers = {"If-Match": f'"v{version}"'}
        answer = self.client.request(method, f"/api/{path}", json=body, headers=headers, **options)
        assert answer.is_success, f"{method} {path}: {answer.text}"
        return answer.json() if answer.content else None

    def post(self, path: str, body: Json) -> str:
        """Make something; return its id. Names in braces are filled in, and a slug is found."""
        body = filled(body, self)
        if body.get("slug") == "":
            body["slug"] = self.fresh()
        return str(self.do("POST", path.format_map(self), body)["id"])

    def edition(self, *steps: str) -> str:
        """Open an edition and bring it on by steps."""
        made = self.post("events/editions", EDITION)
        for number, step in enumerate(steps, 1):
            self.do("POST", f"events/editions/{made}/{step}", {} if step == "postpone" else None, version=number)
        return made

    def session(self, edition: str, start: str) -> str:
        """Put a session of half an hour, with a speaker, into an edition's draft."""
        self.do("POST", f"events/editions/{edition}/rooms", {"room_id": self["room_id"]})
        made = self.post(f"events/editions/{edition}/sessions", SESSION)
        place = {"room_id": self["room_id"], "start_local": f"2027-05-10T{start}"}
        self.do("PUT", f"events/sessions/{made}/placement", place, version=0)
        return made

    def file(self, name: str) -> bytes:
        """Return what is uploaded."""
        if name in OWN_FILES:
            return OWN_FILES[name]()
        path = (
            "directory/workbooks/organisations" if name == "organisations" else "events/editions/{whole}/exports/json"
        )
        return self.client.get(f"/api/{path.format_map(self)}").raise_for_status().content


OWN_FILES: dict[str, Callable[[], bytes]] = {
    "members": members,
    "paper": lambda: PDF + b"%%EOF",
    "sheet": lambda: SHEET,
}
"""What is uploaded that is not first downloaded."""

EDITION = {"slug": "", "series_id": "{series_id}", "name": text("Forum"), "zone": "Asia/Shanghai", **DAYS}
SESSION = {
    "kind": "parallel", "title": text("Talk"), "duration_minutes": 30, "status": "confirmed",
    "people": [{"person_id": "{person_id}", "role": "speaker"}],
}  # fmt: skip
PERSON = ("events/people", {"name": text("Ada"), "owner_id": "{owner}"})
VENUE = ("events/venues", {"name": text("Centre"), "owner_id": "{owner}"})
ROOM = ("events/venues/{venue_id}/rooms", {"name": text("Hall")})
SERIES = ("events/series", {"slug": "", "name": text("Series"), "kind": "forum", "owner_id": "{owner}"})
TRACK = ("events/editions/{edition_id}/tracks", {"name": text("Track")})


def organisation(parent: str) -> tuple[str, Json]:
    """Return what opens an organisation below another."""
    return "directory/organisations", {"slug": "", "parent_id": parent, "name": text("Society"), "kind": "society"}


def make_whole(things: Things) -> str:
    """Open an edition with two sessions that stand in each other's way."""
    edition = things.edition()
    for start in ("09:00", "09:15"):
        things.session(edition, start)
    things.do("POST", f"events/editions/{edition}/rooms", {"room_id": things["other_room_id"]})
    return edition


def session_of_whole(number: int) -> Callable[[Things], str]:
    """Make the maker of the id of a session of the whole edition."""
    return lambda things: str(things.do("GET", f"events/editions/{things['whole']}/sessions")["items"][number]["id"])


def make_conflict(things: Things) -> str:
    """Return the key of a conflict of the whole edition."""
    return str(things.do("GET", f"events/editions/{things['whole']}/conflicts")["kinds"][0]["conflicts"][0]["key"])


def make_released(things: Things, *, times: int = 1) -> str:
    """Publish an edition with a session, and release its programme so many times."""
    edition = things.edition("publish")
    for number in range(times):
        things.session(edition, f"1{number}:00")
        things.do("POST", f"events/editions/{edition}/releases", {})
    if not times:
        things.session(edition, "10:00")
    return edition


def make_approvable(things: Things) -> str:
    """Let somebody else make what an administrator may approve."""
    things.client = things.world.client("organizer")
    try:
        return make_released(things, times=0)
    finally:
        things.client = things.world.client("administrator")


def make_umbrella(things: Things) -> str:
    """Place the edition under a series."""
    edition, series = things["edition_id"], things["umbrella_series_id"]
    version = things.do("GET", f"events/editions/{edition}")["version"]
    things.do("POST", f"events/editions/{edition}/umbrellas", {"series_id": series}, version=version)
    return series


def make_attached_room(things: Things) -> str:
    """Let the edition use a room."""
    room = things.post(*ROOM)
    things.do("POST", f"events/editions/{things['edition_id']}/rooms", {"room_id": room})
    return room


def make_import(things: Things) -> str:
    """Bring the whole edition's own programme in again."""
    content = things.file("programme")
    params = {"edition": things["whole"]}
    return str(things.do("POST", "events/imports", params=params, content=content)["import"])


def make_lone_lock(things: Things) -> str:
    """Lock a day of the edition."""
    return str(things.do("POST", f"events/editions/{things['edition_id']}/schedule/locks", {"day": "2027-05-12"})["id"])


def make_locked(things: Things) -> str:
    """Lock a session where it stands."""
    session = things.session(things["edition_id"], "11:00")
    version = things.do("GET", f"events/sessions/{session}/placement")["version"]
    things.do("PUT", f"events/sessions/{session}/placement/lock", version=version)
    return session


def make_name(things: Things) -> str:
    """Give the organisation an alias."""
    at, body = f"directory/organisations/{things['physics']}", {"kind": "alias", "name": text(things.fresh())}
    named = things.do("POST", f"{at}/names", body, version=things.do("GET", at)["version"])
    return str(named["other_names"][-1]["id"])


def make_account(things: Things) -> str:
    """Open an account that has a password."""
    body = {"name": text("Ada"), "email": f"{things.fresh()}@example.org", "organisation_id": things["physics"]}
    account = things.post("directory/accounts", body)
    give_password(things, account)
    return account


def give_password(things: Things, account: str) -> str:
    """Give an account the password; return it."""
    with things.world.runtime("directory").db.transaction() as tx:
        put_password(tx, tx.get_one(Account, account), things.hashed, utc_now())
    return PASSWORD


def make_browser(things: Things) -> str:
    """Sign a browser of the administrator's in."""
    with things.world.runtime("directory").db.transaction() as tx:
        account = tx.get_one(Account, things.world.people.accounts["administrator"])
        return begin_session(tx, account, "a browser", 30, utc_now())[0].id


def make_feed(things: Things) -> str:
    """Compose a feed, in place of all others: there are as many as one may have soon."""
    for each in things.do("GET", "calendar/feeds"):
        things.do("DELETE", f"calendar/feeds/{each['id']}")
    return things.post("calendar/feeds", {"name": "Mine", "duties": True})


def make_closed_account(things: Things) -> str:
    """Disable an account."""
    account = make_account(things)
    things.do("POST", f"directory/accounts/{account}/disable")
    return account


def job_of(service: str) -> Callable[[Things], str]:
    """Make the maker of a job that is due in a year."""

    def make(things: Things) -> str:
        with things.world.runtime(service).db.transaction() as tx:
            due = utc_now() + timedelta(days=365)
            return enqueue(tx, "gone", new_id(), owner=things.world.people.accounts["organizer"], due_at=due).id

    return make


def parked_at(service: str) -> Callable[[Things], str]:
    """Make the maker of a parked message, whose reaction is `shared.on_organisation_opened`."""

    def make(things: Things) -> str:
        runtime = things.world.runtime(service)
        log = read_log(runtime, "directory")
        opened = next(each for each in log if each.message.type == "directory.organisation.opened.v1")
        parked = Attempt(
            message_id=opened.message.id, reaction=things["reaction"], source="directory", number=opened.number,
            failures=5, interruptions=0, message=opened.message.model_dump_json(), parked_at=utc_now(),
        )  # fmt: skip
        with runtime.db.transaction() as tx:
            tx.merge(parked)
        return opened.message.id

    return make


MAKERS: dict[str, Callable[[Things], str] | tuple[str, Json]] = {
    **AWARDS_MAKERS,
    "owner": lambda things: things.world.organisation("society-a"),
    "series_id": SERIES, "umbrella_series_id": SERIES, "spare_series": SERIES,
    "venue_id": VENUE, "spare_venue": VENUE,
    "room_id": ROOM, "other_room_id": ROOM, "spare_room": ROOM, "attached_room": make_attached_room,
    "person_id": PERSON, "spare_person": PERSON,
    "edition_id": lambda things: things.edition(),
    "published": lambda things: things.edition("publish"),
    "closed": lambda things: things.edition("publish", "close"),
    "postponed": lambda things: things.edition("publish", "postpone"),
    "whole": make_whole,
    "releasable": lambda things: make_released(things, times=0),
    "approvable": make_approvable,
    "released": make_released,
    "released_twice": lambda things: make_released(things, times=2),
    "number": lambda things: "1",
    "form": lambda things: "json",
    "key_date_id": (
        "events/editions/{edition_id}/key-dates", {"kind": "papers", "title": text("Papers"), "on": "2027-02-01"}
    ),
    "umbrella_id": make_umbrella,
    "track_id": TRACK,
    "session_id": session_of_whole(0), "other_session_id": session_of_whole(1),
    "spare_session": ("events/editions/{edition_id}/sessions", SESSION),
    "placed_session": lambda things: things.session(things["edition_id"], "10:00"),
    "locked_session": make_locked,
    "lock_id": make_lone_lock,
    "conflict": make_conflict,
    "acceptance_id": (
        "events/editions/{whole}/conflicts/accepted", {"key": "{conflict}", "reason": "Agreed."}
    ),
    "fingerprint": lambda things: str(things.do("GET", f"events/editions/{things['approvable']}/releases/next")["fingerprint"]),
    "preview_id": ("events/editions/{edition_id}/previews", {}),
    "import_id": make_import,
    "physics": organisation("{root}"), "chemistry": organisation("{root}"), "leaf": organisation("{root}"),
    "physics-branch": organisation("{physics}"),
    "root": lambda things: things.world.organisation("hq"),
    "secretary": make_account, "account_id": make_account, "closed_account": make_closed_account,
    "email": lambda things: str(things.do("GET", f"directory/accounts/{things['secretary']}")["email"]),
    "password": lambda things: give_password(things, things.world.people.accounts["administrator"]),
    "grant_id": (
        "directory/accounts/{account_id}/grants", {"role": "scheduler", "organisation_id": "{physics-branch}"}
    ),
    "membership_id": ("directory/memberships", {"account_id": "{account_id}", "organisation_id": "{physics}"}),
    "name_id": make_name,
    "credential_id:sessions": make_browser,
    "credential_id:keys": ("directory/me/keys", {"name": "a key"}),
    "feed_id": make_feed,
    "reaction": lambda things: "shared.on_organisation_opened",
    **{f"job_id:{service}": job_of(service) for service in ("directory", "events", "awards", "calendar")},
    **{f"message_id:{service}": parked_at(service) for service in ("directory", "events", "awards", "calendar")},
}  # fmt: skip
