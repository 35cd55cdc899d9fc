"""A small tree and a few people: what most tests of the directory stand on.

headquarters ─┬─ physics ─── physics-branch
              └─ chemistry
"""

from dataclasses import dataclass
from typing import Any

import httpx

from services.directory.accounts.models import Account
from services.directory.setup.actions import ensure_local_key
from services.directory.signin.queries import caller_of
from shared.caller import Caller
from tests.directory.running import Directory

PEOPLE = {
    "administrator": ("headquarters", ("administrator", "headquarters")),
    "secretary": ("physics", ("administrator", "physics")),
    "stranger": ("chemistry", ("administrator", "chemistry")),
    "organizer": ("physics", ("organizer", "physics")),
    "member": ("physics-branch", None),
}
"""Each one's organisation, and the role that they have somewhere."""


@dataclass
class Town:
    """The directory with its tree (slug to id) and people (name to account)."""

    directory: Directory
    organisations: dict[str, str]
    people: dict[str, str]

    @classmethod
    def of(cls, directory: Directory) -> "Town":
        """Read who and what is there."""
        local = directory.caller((directory.data / "cli.key").read_text().strip())
        told = directory.ask("GET", "organisations", local, params={"limit": 100}).json()["items"]
        accounts = directory.ask("GET", "accounts", local, params={"limit": 100}).json()["items"]
        people = {(each["email"] or "local@").partition("@")[0]: each["id"] for each in accounts}
        return cls(directory, {each["slug"]: each["id"] for each in told}, people)

    def caller(self, who: str) -> Caller:
        """Return one of the people as every service sees them now."""
        with self.directory.db.reading() as tx:
            return caller_of(tx, tx.get_one(Account, self.people[who]), self.directory.clock())

    def ask(self, method: str, path: str, who: str | None = "administrator", **options: Any) -> httpx.Response:
        """Ask as one of the people (nobody for none), with `version` as If-Match."""
        headers = dict(options.pop("headers", {}))
        if version := options.pop("version", None):
            headers["If-Match"] = f'"v{version}"'
        caller = self.caller(who) if who else None
        return self.directory.ask(method, path, caller, headers=headers, **options)

    def open(self, slug: str, parent: str, **more: Any) -> str:
        """Open an organisation and return its id."""
        answer = self.ask("POST", "organisations", json=organisation(slug, self.organisations[parent], **more))
        assert answer.status_code == 201, answer.text
        self.organisations[slug] = answer.json()["id"]
        return self.organisations[slug]

    def facts(self, who: str = "administrator") -> list[tuple[str, dict[str, Any]]]:
        """Return every fact so far, by its short type."""
        self.directory.settle()
        told = self.ask("GET", "facts", who, params={"limit": 500}).json()
        return [
            (f["message"]["type"].removeprefix("directory.").removesuffix(".v1"), f["message"]["data"]) for f in told
        ]


def organisation(slug: str, parent_id: str, **more: Any) -> dict[str, Any]:
    """Return the body that opens a society."""
    name = {"zh": f"{slug}学会", "en": f"Society of {slug}"}
    return {"slug": slug, "parent_id": parent_id, "name": name, "kind": "society", **more}


def make_town(directory: Directory) -> None:
    """Fill a directory."""
    ensure_local_key(directory.db, directory.data / "cli.key")
    local = directory.caller((directory.data / "cli.key").read_text().strip())
    ids = {"headquarters": directory.ask("GET", "organisations/headquarters", local).json()["id"]}
    for slug, parent in (("physics", "headquarters"), ("physics-branch", "physics"), ("chemistry", "headquarters")):
        made = directory.ask("POST", "organisations", local, json=organisation(slug, ids[parent]))
        assert made.status_code == 201, made.text
        ids[slug] = made.json()["id"]
    for who, (at, role) in PEOPLE.items():
        body = {"name": {"zh": who, "en": who}, "email": f"{who}@example.org", "organisation_id": ids[at]}
        account = directory.ask("POST", "accounts", local, json=body)
        assert account.status_code == 201, account.text
        if role:
            grant = {"role": role[0], "organisation_id": ids[role[1]]}
            given = directory.ask("POST", f"accounts/{account.json()['id']}/grants", local, json=grant)
            assert given.status_code == 201, given.text
    directory.settle()
