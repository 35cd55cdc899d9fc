"""The organisations of the sample and the people who work in it, each with an API key. Made over HTTP, as users would."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any, Self

from huitang.client import Client
from huitang.sample.files import read_toml, text
from services.directory.links.actions import sign_in_link
from services.directory.setup.actions import ensure_local_key
from shared.db import Database
from shared.files import write_private
from shared.settings import Settings

DOMAIN = "sample.huitang.example"
KEY_DAYS = 365
ROOT = "hq"
"""By this name the root stands among the organisations."""


@dataclass
class SamplePeople:
    """Who and what there is: ids of organisations by slug and of accounts by role, and the key of every role."""

    organisations: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, str] = field(default_factory=dict)
    keys: dict[str, str] = field(default_factory=dict)

    def key(self, role: str) -> str:
        """Return the API key of a persona."""
        return self.keys[role]

    def write(self, path: Path) -> None:
        """Keep all of it in a file, readable by its owner alone."""
        write_private(path, json.dumps(asdict(self), indent=1))

    @classmethod
    def read(cls, path: Path) -> Self:
        """Read it back."""
        return cls(**json.loads(path.read_text()))


def personas() -> list[dict[str, Any]]:
    """Return the personas as the file tells them; `name` is (Chinese, English)."""
    return list(read_toml("world")["persona"])


def email_of(role: str) -> str:
    """Return the address by which a persona signs in."""
    return f"{role.replace('_', '-')}@{DOMAIN}"


def make_people(directory: Database, settings: Settings, url: str) -> SamplePeople:
    """Make the organisations that tests begin with, and the personas with their grants, membership and keys.

    `directory` is that service's database, `url` the gateway's.
    """
    ensure_local_key(directory, settings.data / "cli.key")
    people = SamplePeople()
    with Client(url, (settings.data / "cli.key").read_text().strip()) as client:
        make_organisations(client, people, (o for o in read_toml("world")["organisation"] if o.get("core")))
        for persona in personas():
            make_persona(client, directory, settings, people, persona)
    return people


def make_organisations(client: Client, people: SamplePeople, wanted: Iterable[dict[str, Any]]) -> None:
    """Open the organisations below the root that are not there yet."""
    known = {one["slug"]: one["id"] for one in client.every("/api/directory/organisations")}
    people.organisations[ROOT] = known["headquarters"]
    for one in wanted:
        slug, parent = one["slug"], people.organisations[one.get("parent", ROOT)]
        body = {"slug": slug, "parent_id": parent, "kind": one["kind"], "name": text(one["name"])}
        people.organisations[slug] = known.get(slug) or client.send("POST", "/api/directory/organisations", body)["id"]


def name_root(client: Client, people: SamplePeople) -> None:
    """Name the root as the sample does, unless somebody has named it."""
    path = f"/api/directory/organisations/{people.organisations[ROOT]}"
    if client.get(path)["version"] == 1:
        client.send("PATCH", path, {"name": text(read_toml("world")["root"])}, headers={"If-Match": '"v1"'})


def make_persona(
    client: Client, directory: Database, settings: Settings, people: SamplePeople, persona: dict[str, Any]
) -> None:
    """Open the account of a persona, with what it may do, unless it is there; and make a key of its own."""
    role = persona["role"]
    found = client.get("/api/directory/accounts", q=email_of(role))["items"]
    people.accounts[role] = found[0]["id"] if found else _open_account(client, people, persona)
    people.keys[role] = _own_key(client.url, directory, settings, email_of(role))


def _open_account(client: Client, people: SamplePeople, persona: dict[str, Any]) -> str:
    organisation = people.organisations[persona["organisation"]]
    body = {"email": email_of(persona["role"]), "name": text(persona["name"]), "organisation_id": organisation}
    account = str(client.send("POST", "/api/directory/accounts", body)["id"])
    for grant in persona.get("grants", ()):
        held = {"role": grant, "organisation_id": organisation}
        client.send("POST", f"/api/directory/accounts/{account}/grants", held)
    if society := persona.get("member_of"):
        membership = {"account_id": account, "organisation_id": people.organisations[society]}
        client.send("POST", "/api/directory/memberships", membership | {"number": persona["number"]})
    return account


def _own_key(url: str, directory: Database, settings: Settings, email: str) -> str:
    """Sign a persona in by a one-time link and make a key, as that person would."""
    link = sign_in_link(directory, settings, email) or ""
    until = (directory.clock() + timedelta(days=KEY_DAYS)).date().isoformat()
    with Client(url) as visitor:
        path = link.removeprefix(settings.address())
        visitor.call("POST", path, headers={"Origin": visitor.url}, expected=(302, 303))
        body = {"name": "sample", "scope": "write", "until_on": until}
        made = visitor.send("POST", "/api/directory/me/keys", body, headers={"Origin": visitor.url})
    return str(made["key"])
