"""Seed the sample world through the gateway: everything that is missing is made, nothing is made twice.

A later start moves editions whose dates have drifted from today, by importing their programme anew.
"""

import json
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from huitang.client import Client, Refused
from huitang.commands.catalogue import load_into
from huitang.house import House
from huitang.sample.awards import Awards
from huitang.sample.files import read_toml, text
from huitang.sample.people import SamplePeople, make_organisations, make_persona, name_root, personas
from huitang.sample.programme import EDITIONS, ZONE, facts_of, programme_of

DRIFT_DAYS = 7
"""Dates may be so far from where they would be if made today; beyond, an edition is moved."""

Json = dict[str, Any]
Tell = Callable[[str], None]

STEPS = 3 + len(EDITIONS)
"""How often `seed` tells that something is done."""


def slugs() -> list[str]:
    """Return the slugs of the sample's editions."""
    return [facts_of(name)["slug"] for name in EDITIONS]


def seed(house: House, url: str, kept: SamplePeople, tell: Tell) -> SamplePeople:
    """Make whatever of the sample is missing; return who works in it. `kept` is what an earlier start has made."""
    key = (house.settings.data / "cli.key").read_text().strip()
    with Client(url, key) as local:
        people = kept
        make_organisations(local, people, read_toml("world")["organisation"])
        name_root(local, people)
        for persona in personas():
            if persona["role"] not in people.keys:
                make_persona(local, house.runtimes["directory"].db, house.settings, people, persona)
        tell("catalogue")
        load_into(local)
        tell("editions")
    today = house.runtimes["events"].db.clock().date()
    with Client(url, people.key("administrator")) as client:
        for name in EDITIONS:
            Edition(client, people, name, today).put()
            tell(name)
        tell("awards")
        Awards(client, people, today).put()
    return people


class Edition:
    """One edition of the sample, brought to how it should be today."""

    def __init__(self, client: Client, people: SamplePeople, name: str, today: date) -> None:
        self.client, self.people, self.name = client, people, name
        self.facts = facts_of(name)
        self.path = f"/api/events/editions/{self.facts['slug']}"
        self.today = today
        self.start = today + timedelta(days=self.facts["starts_in_days"])

    def put(self) -> None:
        """Make the edition, or move it where its dates have drifted; leave it alone otherwise."""
        found = self._find()
        if found is None:
            self._import(create="true", series=self._series())
        elif abs((date.fromisoformat(found["starts_on"]) - self.start).days) > DRIFT_DAYS:
            self._import(take="file")
        elif found["state"] not in ("planned",):
            return
        self._describe()
        self._key_dates()
        self._finish_sessions()
        self._publish()

    def _find(self) -> Json | None:
        try:
            found: Json = self.client.get(self.path)
        except Refused as error:
            if error.status == 404:
                return None
            raise
        return found

    def _series(self) -> str:
        slug = str(self.facts["series"])
        if title := self.facts.get("series_title"):
            owner = self.people.organisations["society-a"]
            body = {"slug": slug, "name": text(title), "kind": "forum", "cadence": "annual", "owner_id": owner}
            try:
                self.client.send("POST", "/api/events/series", body)
            except Refused as error:
                if error.status != 409:
                    raise
        return slug

    def _import(self, **query: str) -> None:
        content = json.dumps(programme_of(self.name, self.start), ensure_ascii=False).encode()
        asked = {"edition": self.facts["slug"], "filename": f"{self.name}.json", **query}
        self.client.send("POST", "/api/events/imports", content=content, params=asked)

    def _describe(self) -> None:
        """Say what a programme file does not: who stands behind the edition, and under which other it stands."""
        ids = self.people.organisations
        parts = [
            {"role": part["role"]}
            | ({"organisation_id": ids[part["slug"]]} if "slug" in part else {"name": text(part["name"])})
            for part in self.facts["organisations"]
        ]
        last = self.start + timedelta(days=self.facts["days"] - 1)
        body = {
            "description": text(self.facts["description"]),
            "organisations": parts,
            "starts_on": self.start.isoformat(),
            "ends_on": last.isoformat(),
            "country": "CN",
            "contact_email": f"secretariat@{self.facts['slug']}.example",
            "hours_start": "08:00",
            "hours_end": "21:00",
        }
        self._change(self.path, body)
        umbrella = self.facts.get("umbrella")
        if umbrella and not self.client.get(self.path)["umbrella_editions"]:
            above = self.client.get(f"/api/events/editions/{facts_of(umbrella)['slug']}")["id"]
            self._deed("umbrellas", {"edition_id": above})

    def _key_dates(self) -> None:
        known = {each["kind"]: each for each in self.client.every(f"{self.path}/key-dates")}
        for one in read_toml("world")["key_dates"]:
            on = (self.start - timedelta(days=one["days"])).isoformat()
            body = {"kind": one["kind"], "title": text(one["title"]), "on": on, "zone": ZONE}
            if one["kind"] not in known:
                self.client.send("POST", f"{self.path}/key-dates", body)
            elif known[one["kind"]]["on"] != on:
                self._change(f"{self.path}/key-dates/{known[one['kind']]['id']}", body, known[one["kind"]])

    def _finish_sessions(self) -> None:
        """Say of some sessions what no programme file holds: whom they are for, and how many are expected."""
        sessions = list(self.client.every(f"{self.path}/sessions"))
        for session in sessions:
            if self.facts.get("members_only") and session["title"] == text(self.facts["members_only"]):
                self._change(f"/api/events/sessions/{session['id']}", {"openness": "members"}, session)
        if self.facts.get("conflicts"):
            crowded = next(session for session in sessions if session["kind"] == "roundtable")
            self._change(f"/api/events/sessions/{crowded['id']}", {"expected_attendance": 900}, crowded)

    def _publish(self) -> None:
        """Take the edition as far as it should be: under work, or public with a release, or running."""
        state = self.client.get(self.path)["state"]
        if not self.facts["released"]:
            if state == "planned":
                self._deed("open")
                self._let_others_in()
            return
        if state in ("planned", "open"):
            self._deed("publish")
        name = {"zh": "正式日程", "en": "Programme"}
        self.client.send("POST", f"{self.path}/releases", {"name": name})
        if self.start <= self.today and self.client.get(self.path)["state"] == "published":
            self._deed("start")

    def _let_others_in(self) -> None:
        """Give the organizer and the scheduler of a society their part in this edition alone."""
        scope = f"edition:{self.client.get(self.path)['id']}"
        for role in ("organizer", "scheduler"):
            held = {"role": role, "organisation_id": self.people.organisations["hq"], "scope": scope}
            self.client.send("POST", f"/api/directory/accounts/{self.people.accounts[role]}/grants", held)

    def _deed(self, deed: str, body: Json | None = None) -> None:
        version = self.client.get(self.path)["version"]
        self.client.send("POST", f"{self.path}/{deed}", body, headers={"If-Match": f'"v{version}"'})

    def _change(self, path: str, body: Json, now: Json | None = None) -> None:
        version = (now or self.client.get(path))["version"]
        self.client.send("PATCH", path, body, headers={"If-Match": f'"v{version}"'})
