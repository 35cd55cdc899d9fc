"""The directory with a small tree and people; the organizer has a grant, a membership, a session and a key."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from xlsxwriter import Workbook

from services.directory.accounts.models import Account
from services.directory.signin.actions import begin_session, issue_key, put_password
from services.directory.signin.passwords import hash_password
from services.directory.signin.rules import KeyScope
from services.directory.signin.tokens import signer
from shared.caller import Caller
from shared.db import utc_now
from tests.directory.people import Town, make_town
from tests.directory.running import make_directory, make_template
from tests.permissions.stage import Stage, put_operations
from tests.permissions.table import ROLES

PASSWORD = "a long way to Xiangshan"
MORE = {"foreign_organizer": ("chemistry", "organizer"), "scheduler": ("physics", "scheduler")}


@contextmanager
def make_directory_stage(folder: Path) -> Iterator[Stage]:
    """Make the service on files in `folder`."""
    (folder / "template").mkdir()
    directory = make_directory(make_template(folder / "template"), folder / "data")
    make_town(directory)
    town = Town.of(directory)
    for who, (at, role) in MORE.items():
        put_person(town, who, at, role)
    callers = {role: town.caller(role) for role in ROLES if role != "nobody"}
    put_passwords(town)

    def sign(caller: Caller) -> str:
        return signer(directory.data / "signing.jwks").sign(caller, utc_now())

    shown = put_things(town) | put_operations(directory.runtime, town.people["organizer"])
    tree = town.ask("GET", "workbooks/organisations").content
    yield Stage(
        directory.runtime, directory.app, sign, callers, shown, {}, {"organisations": tree, "members": members()}
    )
    directory.db.close()


def put_person(town: Town, who: str, at: str, role: str) -> None:
    """Open an account at an organisation, with a role there."""
    body = {"name": {"zh": who, "en": who}, "email": f"{who}@example.org", "organisation_id": town.organisations[at]}
    town.people[who] = town.ask("POST", "accounts", json=body).json()["id"]
    grant = {"role": role, "organisation_id": town.organisations[at]}
    assert town.ask("POST", f"accounts/{town.people[who]}/grants", json=grant).status_code == 201


def put_passwords(town: Town) -> None:
    """Give everybody the same password."""
    hashed = hash_password(PASSWORD)
    with town.directory.db.transaction() as tx:
        for account in town.people.values():
            put_password(tx, tx.get_one(Account, account), hashed, town.directory.clock())


def put_things(town: Town) -> dict[str, str]:
    """Put what the organizer has, and a former name of an organisation; return names for all."""
    organizer, now = town.people["organizer"], town.directory.clock()
    physics = town.organisations["physics"]
    grants = town.ask("GET", "grants", params={"account": organizer}).json()["items"]
    member = town.ask("POST", "memberships", json={"account_id": organizer, "organisation_id": physics})
    alias = {"kind": "alias", "name": {"zh": "物理", "en": "Physics"}}
    named = town.ask("POST", "organisations/physics/names", json=alias, version=1)
    with town.directory.db.transaction() as tx:
        session, _ = begin_session(tx, tx.get_one(Account, organizer), "a browser", 30, now)
        key, _ = issue_key(tx, organizer, "a key", KeyScope.READ, now.replace(year=2036), now)
        tx.flush()
        own = {"credential_id:sessions": session.id, "credential_id:keys": key.id}
    return {
        **town.organisations,
        **own,
        "secretary": town.people["secretary"],
        "password": PASSWORD,
        "account_id": organizer,
        "grant_id": grants[0]["id"],
        "membership_id": member.json()["id"],
        "name_id": named.json()["other_names"][0]["id"],
        "ref:organisations": physics,
        "ref:members": physics,
    }


def members() -> bytes:
    """Return a workbook of members with one row."""
    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["Email", "English name"])
        sheet.write_row(1, 0, ["new@example.org", "New"])
    return file.getvalue()
