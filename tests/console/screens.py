"""Every screen of the console and the dialogs that are opened on them, with something to see on each."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Page

from services.awards.deputies.queries import day_of
from tests.console.awards_desk import CATEGORY, FILLED, Office, make_office
from tests.console.desk import DAY, Desk, make_desk, text


@dataclass(frozen=True)
class Furnished:
    """An edition with one of everything that screens show, and `released`, where a release is public and another waits."""

    desk: Desk
    released: Desk
    person: str
    session: str
    venue: str
    room: str
    track: str
    key_date: str
    office: Office
    """A programme with a cycle that is open, `open`, and one that is prepared, `draft`."""
    checks: Office
    """Another, with cycles whose nominations are checked (`checked`), are past the check (`ripe`), and are listed (`listed`)."""


def furnish(desk: Desk) -> Furnished:
    """Let there be something on every screen."""
    prepare(desk)
    owner, session, room = desk.world.organisation("society-a"), desk.ids["Opening"], desk.ids["Hall A"]
    person = desk.send("POST", "/people", {"name": text("Li"), "owner_id": owner, "title": text("Professor")})["id"]
    track = {"name": text("Ocean"), "colour": "#1f6feb"}
    track_id = desk.send("POST", f"/editions/{desk.edition}/tracks", track)["id"]
    link = [{"href": "https://example.org", "title": "More"}]
    whole = {"people": [{"person_id": person}], "track_id": track_id, "links": link, "needs": {"projector": 1}}
    desk.send("PATCH", f"/sessions/{session}", whole, 1)
    venue = desk.send("GET", f"/rooms/{room}")["venue_id"]
    walk = {"kind": "room", "one": room, "other": desk.ids["Hall B"], "minutes": 5}
    desk.send("PUT", f"/venues/{venue}/walks", {"walks": [walk]}, 1)
    times = {"start_local": f"{DAY}T08:00", "end_local": f"{DAY}T18:00"}
    lunch = {"start_local": f"{DAY}T12:00", "end_local": f"{DAY}T13:00", "closed": True}
    desk.send("PUT", f"/rooms/{room}/windows", {"windows": [times, lunch]}, 1)
    desk.send("PUT", f"/editions/{desk.edition}/people/{person}/windows", {"windows": [times]}, 1)
    (date,) = desk.send("GET", f"/editions/{desk.edition}/key-dates")["items"]
    released, office = released_and_clashing(desk), furnish_awards(desk)
    return Furnished(desk, released, person, session, venue, room, track_id, date["id"], office, furnish_checks(desk))


def furnish_awards(desk: Desk) -> Office:
    """Make a programme, a cycle of it that is open, with slots, a code and an extension, and one that is prepared."""
    office = make_office(desk.world, desk.edition)
    slug, society = office.cycle("open", opened=True), desk.world.organisation("society-a")
    office.cycle("draft")
    office.allocate(slug, "society-a", 3)
    code = {"unit_id": society, "category": CATEGORY, "note": "Of the institute"}
    office.send("POST", f"/cycles/{slug}/codes", code)
    deadline = office.stage(slug, "submission_deadline")
    later = {"stage_id": deadline["id"], "until_local": deadline["at_local"][:11] + "18:00:00", "reason": "A storm"}
    office.send("POST", f"/cycles/{slug}/extensions", later | {"unit_id": society})
    amended = {"effective_on": DAY, "reason": "New rules", "notice": text("Notices last longer")}
    version = office.version(f"/cycles/{slug}")
    office.send("POST", f"/cycles/{slug}/amendments", amended | {"changes": {"unit_notice_days": 7}}, version)
    office.ids["nomination"] = office.nomination(slug, name="Li Hua", brief="Too short.", honours=[{"what": "A prize"}])
    office.consent(office.ids["nomination"])
    asked = {"role": "candidate", "person": "Wang Fang", "may_fill_in": True}
    path = f"/nominations/{office.nomination(slug, name='Wang Fang')}/roles"
    office.ids["link"] = office.send("POST", path, asked, role="nominator")["secret"]
    furnish_desk(office)
    return office


def furnish_desk(office: Office) -> None:
    """Let a colleague stand in, and let a nomination be returned, sealed for what it says no more."""
    today = day_of(datetime.now(UTC))
    member = office.world.people.accounts["member"]
    leave = {"unit_id": office.world.organisation("society-a"), "deputy_id": member, "reason": "Leave"}
    days = {"from_on": today.isoformat(), "until_on": (today + timedelta(days=9)).isoformat()}
    office.send("POST", "/deputies", leave | days, role="nominator")
    other = make_office(office.world, f"{office.name}-small", small=True)
    slug = other.cycle("returned", opened=True)
    other.allocate(slug, "society-a", 1)
    returned = office.ids["returned"] = other.nomination(slug, **FILLED)
    other.consent(returned)
    path = f"/nominations/{returned}"
    other.send(
        "POST", f"{path}/submission", version=other.send("GET", path, role="nominator")["version"], role="nominator"
    )
    remarks = [{"pointer": "/content/story", "words": "Say when"}]
    said = {"outcome": "return", "reasons": ["form", "seal"], "words": "It is too short.", "remarks": remarks}
    other.send("POST", f"{path}/check/opinions", said, other.version(path))


def furnish_checks(desk: Desk) -> Office:
    """Make cycles to which nominations were handed in: some to be checked, one to be listed, one that is."""
    office = make_office(desk.world, f"{desk.edition}-checks", small=True)
    for name in ("checked", "ripe", "listed"):
        office.allocate(office.cycle(name, opened=True), "society-a", 7)
    checked, ripe, listed = (f"{name}-{office.name}" for name in ("checked", "ripe", "listed"))
    for name in ("waiting", "other", "second", "returned", "said", "together"):
        office.ids[name] = office.hand_in(checked, name=f"Li {name}")
    office.say(office.ids["second"], "pass")
    office.say(office.ids["returned"], "return", reasons=["form"], words="Please mend")
    for slug in (ripe, listed):
        passed = office.hand_in(slug, name="Wang Fang")
        office.say(passed, "pass")
        office.say(passed, "pass", "administrator")
    said = {"days": 5, "counted": "working", "contact": text("The award office"), "notice": text("As follows")}
    office.send("POST", f"/cycles/{listed}/lists", said)
    return office


def prepare(desk: Desk) -> None:
    """Fill what an edition and its series say of themselves."""
    edition = f"/editions/{desk.edition}"
    parts = [{"role": "host", "organisation_id": desk.world.organisation("society-a")}]
    values = {"organisations": parts, "requires_approval": True, "city": {"zh": "青岛", "en": ""}}
    desk.send("PATCH", edition, values, 1)
    desk.send("POST", f"{edition}/key-dates", {"kind": "arrival", "title": text("Arrival"), "on": "2031-05-01"})
    alias = {"name": text("Former"), "until_on": "2024-12-31"}
    document = {"code": "1", "title": text("Plan"), "issued_on": "2025-01-01"}
    desk.send("PATCH", f"/series/series-{desk.edition}", {"aliases": [alias], "documents": [document]}, 1)


def released_and_clashing(desk: Desk) -> Desk:
    """Make another edition: its first session is released, the second confirmed at its place; return its desk."""
    other = make_desk(desk.world, f"{desk.edition}-released")
    other.send("PATCH", f"/sessions/{other.ids['Opening']}", {"status": "confirmed"}, 1)
    other.send("POST", f"/editions/{other.edition}/releases", {"note": {"zh": "初稿", "en": "First"}})
    other.send("POST", f"/editions/{other.edition}/previews", {})
    other.send("PATCH", f"/sessions/{other.ids['Tides']}", {"status": "confirmed"}, 1)
    version = other.send("GET", f"/sessions/{other.ids['Tides']}/placement")["version"]
    other.place("Tides", "Hall A", "09:30", version=version)
    return other


@dataclass(frozen=True)
class Screen:
    """An address, and what is there once its content is."""

    address: str
    what: str
    click: str = ""
    """What is unfolded there, the one of this number of those that are like it; and then what that brings."""
    then: str = ""
    nth: int = 0

    def __call__(self, page: Page) -> None:
        """Open it, and wait until it is there."""
        page.set_viewport_size({"width": 1440, "height": 900})
        page.goto(self.address)
        page.locator(self.what).first.wait_for()
        if self.click:
            page.locator(self.click).nth(self.nth).click()
        if self.then:
            page.locator(self.then).first.wait_for()


Screens = dict[str, Screen]
GROUPS = ("editions", "edition", "programme", "places", "directory", "awards", "nominator")


def screens_of(group: str, on: Furnished) -> Screens:
    """Return the screens of a group, for whoever `reader_of` names."""
    console = f"{on.desk.world.url}/console"
    return {
        "strangers": strangers,
        "editions": editions,
        "edition": edition,
        "programme": programme,
        "places": places,
        "directory": directory,
        "awards": awards,
        "nominator": nominator,
    }[group](on, console)


def reader_of(group: str) -> str:
    """Return the role of who looks at the screens of a group."""
    return {"directory": "administrator", "awards": "administrator", "nominator": "nominator"}.get(group, "organizer")


def strangers(_: Furnished, console: str) -> Screens:
    """Return what whoever is not signed in sees."""
    return {"sign-in": Screen(f"{console}/", "form")}


def editions(on: Furnished, console: str) -> Screens:
    """Return the first screen, and those of series and editions beside each other."""
    return {
        "home": Screen(f"{console}/", ".needs [data-figure=missing] a"),
        "editions": Screen(f"{console}/editions", "table a"),
        "no editions": Screen(f"{console}/editions?q=zzzz", ".ant-empty"),
        "new edition": Screen(f"{console}/editions/new", "form"),
        "series": Screen(f"{console}/series", "table a"),
        "new series": Screen(f"{console}/series/new", "form"),
        "one series": Screen(f"{console}/series/series-{on.desk.edition}", ".list time"),
        "import of a new edition": Screen(f"{console}/import", ".drop"),
        "help": Screen(f"{console}/help", "h1"),
        "not found": Screen(f"{console}/nowhere", "h1"),
    }


def edition(on: Furnished, console: str) -> Screens:
    """Return the screens of an edition, but for those of its programme."""
    drafted, released = f"{console}/editions/{on.desk.edition}", f"{console}/editions/{on.released.edition}"
    version = on.desk.send("GET", f"/editions/{on.desk.edition}")["version"]
    asked = f"deed=change&version={version}&content=%7B%22acronym%22%3A%22A%22%7D"
    return {
        "overview": Screen(drafted, ".tasks"),
        "settings": Screen(f"{drafted}/settings", ".list time"),
        "key dates": Screen(f"{drafted}/dates", "table"),
        "a key date": Screen(
            f"{drafted}/dates", "table", ".heads .ant-btn-primary", ".ant-modal form input[type=date]"
        ),
        "rooms": Screen(f"{drafted}/rooms", ".strip"),
        "lifecycle": Screen(f"{drafted}/lifecycle", "details"),
        "approving": Screen(f"{drafted}/approve#{asked}", "table"),
        "next edition": Screen(f"{drafted}/next", "form"),
        "schedule": Screen(on.desk.address, ".block"),
        "releases": Screen(f"{released}/releases", "table a"),
        "next release": Screen(f"{released}/releases/next", ".blockers"),
        "release": Screen(f"{released}/releases/1", "[data-kind] li"),
        "import": Screen(f"{released}/import", ".drop"),
        "print": Screen(f"{released}/print?by=approval", ".one-sheet"),
        "today": Screen(f"{released}/today", ".room-card"),
    }


def programme(on: Furnished, console: str) -> Screens:
    """Return the screens of sessions, tracks, and the people of an edition."""
    here = f"{console}/editions/{on.desk.edition}"
    return {
        "programme": Screen(f"{here}/programme", ".cell"),
        "columns": Screen(f"{here}/programme", ".cell", ".filters .menu button"),
        "a cell": Screen(f"{here}/programme", ".cell", ".cell"),
        "many at once": Screen(f"{here}/programme", ".cell", "th input"),
        "no sessions": Screen(f"{here}/programme?q=zzzz", ".ant-empty"),
        "tracks": Screen(f"{here}/programme/tracks", "tbody tr"),
        "new session": Screen(f"{here}/programme/new", "form"),
        "session": Screen(f"{here}/programme/{on.session}", ".taking-part"),
        "people here": Screen(f"{here}/people", "tbody tr"),
        "person here": Screen(f"{here}/people/{on.person}", ".week"),
    }


def places(on: Furnished, console: str) -> Screens:
    """Return the screens of venues, rooms and people that belong to no edition."""
    venue = f"{console}/venues/{on.venue}"
    return {
        "people": Screen(f"{console}/people", "tbody tr"),
        "person": Screen(f"{console}/people/{on.person}", "form"),
        "new person": Screen(f"{console}/people/new", "form"),
        "venues": Screen(f"{console}/venues", "tbody tr"),
        "venue": Screen(venue, ".line"),
        "new venue": Screen(f"{console}/venues/new", "form"),
        "room": Screen(f"{venue}/rooms/{on.room}", ".week"),
        "new room": Screen(f"{venue}/rooms/new", "form"),
    }


def directory(on: Furnished, console: str) -> Screens:
    """Return the screens of organisations, accounts, and what is one's own."""
    account = f"{console}/accounts/{on.desk.world.people.accounts['scheduler']}"
    society = f"{console}/organisations/society-a"
    asked = "[role=dialog] form"
    return {
        "organisations": Screen(f"{console}/organisations", "[aria-level='2']"),
        "organisations found": Screen(f"{console}/organisations?kind=society", "table a"),
        "organisation": Screen(society, ".change"),
        "an organisation to move": Screen(society, ".change", ".acts button", asked, nth=2),
        "members": Screen(f"{society}/members", ".drop"),
        "new organisation": Screen(f"{console}/organisations/new", "form"),
        "organisations out of a workbook": Screen(f"{console}/organisations/import", "form"),
        "accounts": Screen(f"{console}/accounts", "table a"),
        "account": Screen(account, ".change"),
        "a role to give": Screen(account, ".change", ".acts button", asked, nth=2),
        "new account": Screen(f"{console}/accounts/new", "form"),
        "grants": Screen(f"{console}/grants", "table a"),
        "audit": Screen(f"{console}/audit", "table a"),
        "audit of awards": Screen(f"{console}/audit?service=awards", ".chain"),
        "me": Screen(f"{console}/me", ".card"),
        "calendars": Screen(f"{console}/calendars", ".ant-segmented"),
        "new calendar": Screen(f"{console}/calendars/new", "form"),
    }


def awards(on: Furnished, console: str) -> Screens:
    """Return the screens of programmes, cycles, rules and quotas."""
    here, office = f"{console}/awards", on.office
    programme = f"{here}/programmes/{office.programme}"
    drafted, opened = (f"{here}/cycles/{office.ids[each]}" for each in ("draft", "open"))
    asked = "[role=dialog] form"
    return {
        "programmes": Screen(here, "table a"),
        "no programmes": Screen(f"{here}?q=zzzz", ".ant-empty"),
        "new programme": Screen(f"{here}/programmes/new", "form"),
        "programme of awards": Screen(programme, ".list time"),
        "a programme like it": Screen(programme, ".list time", "main > button.ant-btn", asked),
        "basics": Screen(f"{programme}/basics", "form"),
        "definition": Screen(f"{programme}/definition", ".json textarea"),
        "rules": Screen(f"{programme}/rules", ".verdict"),
        "cycles": Screen(f"{here}/cycles", "table a"),
        "new cycle": Screen(f"{here}/cycles/new?programme={office.ids['programme']}", "form"),
        "drafted cycle": Screen(drafted, ".list time"),
        "cycle": Screen(opened, ".left [role=timer]"),
        "a cycle to cancel": Screen(opened, ".left [role=timer]", ".cards button", asked, nth=1),
        "dates": Screen(f"{opened}/dates", ".left [role=timer]"),
        "a stage": Screen(f"{drafted}/dates", "table", ".heads .ant-btn-primary", asked),
        "a deadline to put off": Screen(f"{opened}/dates", "table .states", "table .states button", asked),
        "definition of a cycle": Screen(f"{opened}/definition", ".json textarea"),
        "rules of a cycle": Screen(f"{opened}/rules", ".verdict"),
        "quotas": Screen(f"{opened}/quotas", "table code"),
        "nominations": Screen(f"{here}/nominations", ".list time"),
        "new nomination": Screen(f"{here}/nominations/new?cycle={office.ids['open']}", "form"),
        "with a code": Screen(f"{here}/nominations/with-code", "form"),
        **checks(on, console),
        "slots to give": Screen(f"{opened}/quotas", "table code", ".acts .ant-btn-primary", asked),
    }


def checks(on: Furnished, console: str) -> Screens:
    """Return the screens of the formality check, of how far a cycle has come, and of accepted lists."""
    office = on.checks
    checked, ripe, listed = (f"{console}/awards/cycles/{office.ids[each]}" for each in ("checked", "ripe", "listed"))
    one = f"{checked}/checks"
    return {
        "home of an office": Screen(f"{console}/", ".needs [data-figure=waiting]"),
        "checks": Screen(one, "table a"),
        "several to return": Screen(f"{one}?standing=waiting", "tbody input", "thead input", ".acts .ant-btn-primary"),
        "a check": Screen(
            f"{one}/{office.ids['waiting']}", ".values dd", ".panel input[type=radio]", ".reasons", nth=1
        ),
        "a remark": Screen(f"{one}/{office.ids['other']}", ".values dd", ".remarking", ".remark textarea"),
        "a second opinion": Screen(f"{one}/{office.ids['second']}", ".opinions"),
        "a correction": Screen(f"{one}/{office.ids['returned']}", ".opinions .as-written"),
        "progress of a cycle": Screen(f"{checked}/progress", "#units table"),
        "accepted list": Screen(f"{listed}/list", "table"),
        "list to publish": Screen(f"{ripe}/list", "table", ".acts .ant-btn-primary", "[role=dialog] form"),
        "reasons of checks": Screen(f"{console}/awards/programmes/{office.programme}/reasons", "form fieldset"),
    }


def nominator(on: Furnished, console: str) -> Screens:
    """Return the screens of whoever nominates for a unit."""
    here = f"{console}/awards/nominations"
    one = f"{here}/{on.office.ids['nomination']}"
    return {
        "nominator's desk": Screen(here, ".call [role=timer]"),
        "nomination": Screen(one, ".verdict"),
        "classified material to point to": Screen(one, ".verdict", "[data-item] .acts button", "[role=dialog] form"),
        "nominations out of a workbook": Screen(f"{here}/sheets?cycle={on.office.ids['open']}", ".drop"),
        "deputies": Screen(f"{console}/awards/nominations/deputies", "main table"),
        "a deputy to name": Screen(
            f"{console}/awards/nominations/deputies", "main table", ".heads .ant-btn-primary", "[role=dialog] form"
        ),
        "nomination that was returned": Screen(f"{here}/{on.office.ids['returned']}", ".returned li"),
        "a part to ask for": Screen(one, ".verdict", "[id='at/roles'] .acts button", "[role=dialog] form"),
        "one's own nomination by link": Screen(f"{console}/consents/{on.office.ids['link']}", "[data-saving]"),
        "quotas of a unit": Screen(f"{console}/awards/cycles/{on.office.ids['open']}/quotas", "table code"),
    }
