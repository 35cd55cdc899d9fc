"""One of everything, attacked through each of its texts; what is left out says why."""

from datetime import UTC, datetime
from typing import Any

from services.awards.cycles.models import Stage
from services.awards.deputies.queries import day_of
from tests.console.attacks import ATTACKS, Attacker, Change
from tests.console.awards_desk import CATEGORY, FILLED, SMALL, Office, make_office
from tests.console.desk import DAY, Desk
from tests.console.screens import Furnished

EXEMPT = {
    "POST /api/directory/me/password",  # secrets, which are shown nowhere
    "POST /api/directory/sign-in",
    "POST /api/events/catalogue",  # series at once, by the rules of one
    "PUT /api/events/venues/{venue_id}/walks",  # rooms and buildings that there are
    "POST /api/awards/catalogue",  # programmes at once, by the rules of one
    "POST /api/awards/programmes/{ref}/eligibility/check",  # of which nothing is kept
    "POST /api/awards/cycles/{ref}/eligibility/check",
    "POST /api/awards/eligibility/trials",
}
EDITION = "/api/events/editions/{ref}"
HOSTS = [{"role": "host"}]
PAPERS = {"documents": [{"issued_on": "2025-01-01"}]}
PAGE = "https://example.org"
LINKS = {"links": [{"href": PAGE, "title": "More"}], "attachments": [{"href": PAGE, "title": "Plan"}]}


def attack_programme(attacker: Attacker, desk: Desk, session: str) -> None:
    """Attack what both editions have: itself, a room and a session with a track and a person."""
    owner, ref = desk.world.organisation("society-a"), desk.edition
    own = {"owner_id": owner}

    def version(path: str) -> int:
        return int(desk.send("GET", path)["version"])

    def send(request: str, base: dict[str, Any], version: int | None = None, **ids: str) -> Any:
        named = ("/source", "/key") if request in attacker.sent else ()  # there is one of each key
        return attacker.send(Change(request, base, version=version, named=named), **({"ref": ref} | ids))

    send(f"POST {EDITION}/key-dates", {"kind": "arrival", "on": "2031-05-01"})
    person = send("POST /api/events/people", own)["id"]
    send("PATCH /api/events/people/{person_id}", {}, 1, person_id=person)
    track = send(f"POST {EDITION}/tracks", {})["id"]
    send("PATCH /api/events/tracks/{track_id}", {}, 1, track_id=track)
    part = {"people": [{"person_id": person, "role": "speaker"}], "track_id": track, **LINKS}
    send(f"POST {EDITION}/sessions", {"kind": "talk", "duration_minutes": 45, **part})
    at = version(f"/sessions/{desk.ids[session]}")
    send("PATCH /api/events/sessions/{session_id}", part, at, session_id=desk.ids[session])
    room = desk.ids["Hall A"]
    at = version(f"/rooms/{room}")
    send("PATCH /api/events/rooms/{room_id}", {}, at, room_id=room)
    venue = desk.send("GET", f"/rooms/{room}")["venue_id"]
    at = version(f"/venues/{venue}")
    send("PATCH /api/events/venues/{venue_id}", {}, at, venue_id=venue)
    send(f"PUT {EDITION}/schedule/settings", {}, desk.send("GET", f"/editions/{ref}/schedule/settings")["version"])
    send(f"PATCH {EDITION}", {"organisations": HOSTS}, version(f"/editions/{ref}"))


def attack_draft(attacker: Attacker, on: Furnished) -> None:
    """Attack an edition that is at work on, its series, and what it rests on."""
    desk, owner = on.desk, on.desk.world.organisation("society-a")
    attack_programme(attacker, desk, "Opening")
    date = Change(f"PATCH {EDITION}/key-dates/{{key_date_id}}", {"on": "2031-05-01"}, version=1)
    attacker.send(date, ref=desk.edition, key_date_id=on.key_date)
    at = desk.send("GET", f"/series/series-{desk.edition}")["version"]
    attacker.send(Change("PATCH /api/events/series/{ref}", PAPERS, version=at), ref=f"series-{desk.edition}")
    body = {"slug": "attacked-series", "kind": "forum", "owner_id": owner, **PAPERS}
    series = attacker.send(Change("POST /api/events/series", body))["id"]
    body = {"slug": "attacked-too", "series_id": series, "starts_on": DAY, "ends_on": DAY, "organisations": HOSTS}
    attacker.send(Change("POST /api/events/editions", body))
    body = {"slug": "attacked-next", "organisations": HOSTS, "parts": []}
    attacker.send(Change(f"POST {EDITION}/next", body), ref=desk.edition)
    desk.send("POST", "/editions/attacked-too/publish", version=1)
    attacker.send(Change(f"POST {EDITION}/cancel", version=2), ref="attacked-too")
    approve_draft(attacker, desk)
    venue = attacker.send(Change("POST /api/events/venues", {"owner_id": owner}))["id"]
    attacker.send(Change("POST /api/events/venues/{venue_id}/rooms"), venue_id=venue)


def approve_draft(attacker: Attacker, desk: Desk) -> None:
    """Attack what somebody says who approves that it is published, and what is released."""
    at = f"/editions/{desk.edition}"
    shown = {"fingerprint": desk.send("GET", f"{at}/releases/next")["fingerprint"]}
    attacker.send(Change(f"POST {EDITION}/releases/approvals", shown, by="administrator"), ref=desk.edition)
    publishing = {"deed": "publish", "version": desk.send("GET", at)["version"]}
    attacker.send(Change(f"POST {EDITION}/approvals", publishing, by="administrator"), ref=desk.edition)


def attack_released(attacker: Attacker, on: Furnished) -> None:
    """Attack an edition on its way to the public: what is accepted, approved, released and announced of it."""
    desk, ref = on.released, on.released.edition
    attack_programme(attacker, desk, "Tides")
    at = f"/editions/{ref}"
    kinds = desk.send("GET", f"{at}/conflicts")["kinds"]
    (blocking,) = (each for kind in kinds if kind["level"] == "block" for each in kind["conflicts"])
    accept = Change(f"POST {EDITION}/conflicts/accepted", {"key": blocking["key"]}, named=("/key",))
    attacker.send(accept, ref=ref)
    attacker.send(Change(f"POST {EDITION}/releases"), ref=ref)
    attacker.send(Change(f"POST {EDITION}/releases/{{number}}/rollback"), ref=ref, number=1)
    attacker.send(Change(f"POST {EDITION}/releases"), ref=ref)
    version = desk.send("GET", at)["version"]
    attacker.send(Change(f"POST {EDITION}/postpone", version=version), ref=ref)
    attacker.send(Change(f"POST {EDITION}/resume", version=version + 1), ref=ref)
    desk.send("PATCH", f"/sessions/{desk.ids['Currents']}", {"status": "confirmed"}, 1)
    desk.place("Currents", "Hall A", "09:45", version=0)  # a conflict that nobody has accepted


def attack_directory(attacker: Attacker, on: Furnished) -> None:
    """Attack organisations, an account, and what the administrator and the organizer have of their own."""
    world = on.desk.world
    asked = world.client("administrator").get
    society, account = world.organisation("society-a"), world.people.accounts["scheduler"]
    organisations, accounts = "/api/directory/organisations", "/api/directory/accounts"

    def version(path: str) -> int:
        return int(asked(path).json()["version"])

    def send(request: str, base: dict[str, Any], version: int | None = None, **ids: str) -> Any:
        return attacker.send(Change(request, base, by="administrator", version=version), **ids)

    send(f"POST {organisations}", {"slug": "attacked", "kind": "society", "parent_id": world.organisation("hq")})
    at = f"{organisations}/society-a"
    send(f"PATCH {organisations}/{{ref}}", {}, version(at), ref="society-a")
    send(f"POST {organisations}/{{ref}}/names", {"kind": "alias"}, version(at), ref="society-a")
    send(f"POST {organisations}/{{ref}}/rename", {}, version(f"{organisations}/society-b"), ref="society-b")
    send(f"POST {accounts}", {"organisation_id": society, "email": "attacked@example.org"})
    send(f"PATCH {accounts}/{{account_id}}", {}, version(f"{accounts}/{account}"), account_id=account)
    member = {"account_id": account, "organisation_id": society}
    made = send("POST /api/directory/memberships", member)
    send("PATCH /api/directory/memberships/{membership_id}", {}, made["version"], membership_id=made["id"])
    send("PATCH /api/directory/me", {}, version("/api/directory/me"))
    send("POST /api/directory/me/keys", {"scope": "read"})
    feed = send("POST /api/calendar/feeds", {"duties": True})
    send("PATCH /api/calendar/feeds/{feed_id}", {}, feed["version"], feed_id=feed["id"])


def attack_awards(attacker: Attacker, on: Furnished) -> None:
    """Attack a programme, a cycle and a stage of it, and all that an open cycle has."""
    programmes, cycles = "/api/awards/programmes", "/api/awards/cycles"

    def send(request: str, base: dict[str, Any], version: int | None = None, **ids: str) -> Any:
        return attacker.send(Change(request, base, by="administrator", version=version), **ids)

    owner = on.desk.world.organisation("hq")
    programme = send(f"POST {programmes}", {"slug": "attacked", "owner_id": owner, **PAPERS})["id"]
    send(f"PATCH {programmes}/{{ref}}", {}, 1, ref=programme)
    send(f"POST {programmes}/{{ref}}/copy", {"slug": "attacked-copy"}, ref=programme)
    cycle = send(f"POST {cycles}", {"slug": "attacked", "programme_id": programme, "zone": "Asia/Shanghai"})["id"]
    send(f"PATCH {cycles}/{{ref}}", {}, 1, ref=cycle)
    stage = send(f"POST {cycles}/{{ref}}/stages", {"kind": "other", "on": DAY}, ref=cycle)["id"]
    send(f"PATCH {cycles}/{{ref}}/stages/{{stage_id}}", {}, 1, ref=cycle, stage_id=stage)
    attack_cycles(attacker, on.office)
    attack_nomination(attacker, on.office)
    attack_checks(attacker, on.checks)
    attack_handed_in(attacker, make_office(on.desk.world, "shown", small=True))


def attack_cycles(attacker: Attacker, office: Office) -> None:
    """Attack the definitions and rules of a programme and its cycles, and what is done with one that is open."""
    cycles, slug, draft = "/api/awards/cycles/{ref}", office.ids["open"], office.ids["draft"]
    unit = office.world.organisation("society-a")
    parts, rules = PARTS, {"rules": [RULE], "examples": [EXAMPLE]}
    soon = {"effective_on": DAY}

    def send(request: str, base: Any, ref: str, at: str = "", named: tuple[str, ...] = (), **ids: str) -> Any:
        version = office.version(at.format(ref=ref)) if at else None
        change = Change(request, base, by="administrator", version=version, named=named)
        return attacker.send(change, ref=ref, **ids)

    programme, cycle = "/programmes/{ref}", "/cycles/{ref}"
    send("PATCH /api/awards/programmes/{ref}/definition", parts, office.programme, programme, FIXED)
    send("PUT /api/awards/programmes/{ref}/eligibility", rules, office.programme, programme, NAMED)
    send(f"PATCH {cycles}/definition", parts, draft, cycle, FIXED)
    send(f"PUT {cycles}/eligibility", rules, draft, cycle, NAMED)
    deadline = office.stage(slug, "submission_deadline")
    later = {"stage_id": deadline["id"], "until_local": deadline["at_local"][:11] + "20:00:00"}
    send(f"POST {cycles}/extensions", later, slug)
    moves = [{"move": "allocate", "category": CATEGORY, "to_unit_id": unit, "amount": 2}]
    send(f"POST {cycles}/quotas/entries", {"moves": moves}, slug, named=("/moves/*/category",))
    (code,) = send(f"POST {cycles}/codes", {"unit_id": unit, "category": CATEGORY}, slug)["codes"]
    change = Change(f"POST {cycles}/codes/{{code_id}}/withdraw", by="administrator", version=code["version"])
    attacker.send(change, ref=slug, code_id=code["id"])
    gone = office.cycle("gone", opened=True)
    amended = tuple(f"/changes{each}" for each in FIXED)
    send(f"POST {cycles}/amendments", soon | {"changes": PARTS | {"unit_notice_days": 9}}, gone, cycle, amended)
    ruled = tuple(f"/rules{each}" for each in NAMED)
    send(
        f"POST {cycles}/eligibility/amendments",
        soon | {"rules": rules | {"rules": [RULE | {"key": "other"}]}},
        gone,
        cycle,
        ruled,
    )
    send(f"POST {cycles}/cancel", {}, gone, cycle)


PARTS = SMALL | {
    "categories": [SMALL["categories"][0] | {"candidate_kinds": [{"key": "any"}], "attachments": [{"key": "paper"}]}],
    "limits": {"grades": [{"key": "first"}], "groups": [{"key": "women"}]},
}
"""A definition with one of everything."""
FIXED = (
    "/categories/*/form/layout/sections/*/fields/*/name",
    "/categories/*/form/layout/sections/*/fields/*/options/{}",
    "/categories/*/form/layout/sections/*/fields/*/fields/*/name",
)
"""What of a definition names something else of it."""
NAMED = ("/rules/*/categories/*", "/reads/{}", "/examples/*/facts/form/{}")
"""What of rules does."""
FEMALE, MALE = ({"test": "among", "fact": "sex", "values": [each]} for each in ("female", "male"))
RULE = {"key": "sex", "requires": FEMALE, "authority": {}, "exceptions": [{"key": "some", "when": MALE}]}
EXAMPLE = {"facts": {"sex": "male"}, "expected": "not_eligible"}


def attack_nomination(attacker: Attacker, office: Office) -> None:
    """Attack what is written in a nomination, who has a part in it, and its unit's notice."""
    nominations, id_ = "/api/awards/nominations", office.ids["nomination"]
    content = {"name": ATTACKS[2], "brief": ATTACKS[0], "unit": ATTACKS[2]}
    begun = {"cycle": office.ids["open"], "unit_id": office.world.organisation("society-a"), "category": CATEGORY}

    def send(request: str, base: dict[str, Any], version: int | None = None, named: tuple[str, ...] = ()) -> None:
        change = Change(request, base, by="nominator", version=version, named=named)
        attacker.send(change, nomination_id=id_)

    send(f"POST {nominations}", begun | {"content": content}, named=("/cycle",))
    version = office.send("GET", f"/nominations/{id_}", role="nominator")["version"]
    send(f"PATCH {nominations}/{{nomination_id}}", {"content": content}, version)
    send(f"POST {nominations}/{{nomination_id}}/roles", {"role": "co_nominator"})
    send(f"PUT {nominations}/{{nomination_id}}/notice", {"from_on": "2026-11-02", "to_on": "2026-11-09"}, 0)
    (item, *_) = office.send("GET", f"/nominations/{id_}/checklist", role="nominator")
    pointer = {"key": item["key"], "secrecy": "secret"}
    send(f"POST {nominations}/{{nomination_id}}/attachments/pointers", pointer, named=("/key", "/replaces"))
    leave = {"unit_id": begun["unit_id"], "deputy_id": office.world.people.accounts["scheduler"]}
    day = day_of(datetime.now(UTC)).isoformat()
    send("POST /api/awards/deputies", leave | {"from_on": day, "until_on": day}, named=("/unit_id", "/deputy_id"))


def attack_checks(attacker: Attacker, office: Office) -> None:
    """Attack what is said of nominations, and the reasons for it."""

    def send(request: str, base: dict[str, Any], version: int | None = None, **ids: str) -> None:
        named = ("/nomination_ids/*", "/reasons/*", "/remarks/*/pointer", "/pointer")
        attacker.send(Change(request, base, by="administrator", version=version, named=named), **ids)

    one, other = office.ids["said"], office.ids["together"]
    opened = {"pointer": "/content/identity"}
    send("POST /api/awards/nominations/{nomination_id}/identity", opened, nomination_id=one)
    version = office.send("GET", f"/nominations/{one}/check")["version"]
    said = {"outcome": "return", "reasons": ["form"], "remarks": [{"pointer": "/content/story"}]}
    send("POST /api/awards/nominations/{nomination_id}/check/opinions", said, version, nomination_id=one)
    together = {"nomination_ids": [other], "reasons": ["form"]}
    send("POST /api/awards/cycles/{ref}/checks/return", together, ref=office.ids["checked"])
    reasons = {"reasons": [{"key": "form", "outcomes": ["return"]}]}
    send("PUT /api/awards/programmes/{ref}/check-reasons", reasons, 0, ref=office.programme)


HANDED_IN = "attacked-shown"
"""The cycle to which attacks are handed in, and of which a list was published."""
CONSENT = {"answer": "consent"}


def attack_handed_in(attacker: Attacker, office: Office) -> None:
    """Attack what is said of nominations that are handed in, consented to and accepted, and of their cycle."""
    nominations, cycles = "/api/awards/nominations", "/api/awards/cycles/{ref}"
    slug, unit = office.cycle("attacked", opened=True), office.world.organisation("society-a")
    office.allocate(slug, "society-a", 5)

    def send(request: str, base: Any, by: str, version: int | None = None, **ids: str) -> Any:
        return attacker.send(Change(request, base, by=by, version=version, named=("/code",)), **ids)

    def version(nomination: str) -> int:
        return int(office.send("GET", f"/nominations/{nomination}", role="nominator")["version"])

    handed_in = [office.nomination(slug, **FILLED | {"name": name}) for name in (ATTACKS[2], ATTACKS[3])]
    for nomination in handed_in:
        asked = {"role": "candidate", "person": "Li Hua"}
        secret = office.send("POST", f"/nominations/{nomination}/roles", asked, role="nominator")["secret"]
        covers = office.send("GET", f"/consents/{secret}", role="nominator")["covers"]
        send("POST /api/awards/consents/{secret}/answer", CONSENT | {"covers": covers}, "member", secret=secret)
        office.send("POST", f"/nominations/{nomination}/submission", version=version(nomination), role="nominator")
    passed, withdrawn = handed_in
    at = version(withdrawn)
    send(f"POST {nominations}/{{nomination_id}}/withdraw", {}, "nominator", at, nomination_id=withdrawn)
    for officer in ("administrator", "award_officer"):
        opinion = {"outcome": "pass", "words": ATTACKS[0]}
        office.send("POST", f"/nominations/{passed}/check/opinions", opinion, version(passed), officer)
    send(f"POST {cycles}/lists", {"days": 5, "counted": "working"}, "administrator", ref=slug)
    (code,) = office.send("POST", f"/cycles/{slug}/codes", {"unit_id": unit, "category": "people"})["codes"]
    with_code = {"code": code["code"], "content": {"name": ATTACKS[2], "story": ATTACKS[0]}}
    candidate = "foreign_organizer"  # who is at no unit, and stands in for nobody
    own = send(f"POST {nominations}/with-code", with_code, candidate)["id"]
    covers = office.send("GET", f"/nominations/{own}/consent", role=candidate)["covers"]
    send(f"POST {nominations}/{{nomination_id}}/consent", CONSENT | {"covers": covers}, candidate, nomination_id=own)
    attack_deadline(attacker, office, slug)


def attack_deadline(attacker: Attacker, office: Office, slug: str) -> None:
    """Attack what is said of a deadline that is not put off after all, and of a cycle that is opened again behind it."""
    cycles, unit = "/api/awards/cycles/{ref}", office.world.organisation("society-a")
    deadline = office.stage(slug, "submission_deadline")
    later = {"stage_id": deadline["id"], "until_local": deadline["at_local"][:11] + "20:00:00", "reason": "A storm"}
    extension = office.send("POST", f"/cycles/{slug}/extensions", later | {"unit_id": unit})["id"]
    back = Change(f"POST {cycles}/extensions/{{extension_id}}/take-back", by="administrator")
    attacker.send(back, ref=slug, extension_id=extension)
    with office.world.runtime("awards").db.transaction() as tx:
        tx.get_one(Stage, deadline["id"]).at_local = datetime(2026, 1, 1, 17)
    office.send("POST", f"/cycles/{slug}/close", version=office.version(f"/cycles/{slug}"))
    reopen = Change(f"POST {cycles}/reopen", by="administrator", version=office.version(f"/cycles/{slug}"))
    attacker.send(reopen, ref=slug)
