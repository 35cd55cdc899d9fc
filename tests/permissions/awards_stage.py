"""The awards service with a cycle that is announced and one that is not yet, each with something of everything."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import jwt

from services.awards.cycles.models import Cycle
from services.awards.lists.models import AcceptedList
from services.awards.service import service
from shared.caller import Caller
from shared.paging import write_xlsx
from tests.alone import CALLERS, ROOT, SOCIETY, account, make_template
from tests.awards.nominating import (
    NO_PAPERS_NEEDED,
    OPENS,
    PDF,
    answer,
    ask_for,
    attach,
    begin,
    give_notice,
    submit,
)
from tests.awards.running import OFFICE, Awards, make_awards
from tests.permissions.stage import Stage, put_operations

AS_HERE = {
    "administrator": CALLERS["administrator"],
    "member": CALLERS["member"],
    "organizer": OFFICE["officer"],
    "scheduler": OFFICE["nominator"],
    "foreign_organizer": OFFICE["foreign_officer"],
}
"""Who stands for the roles of the table."""


SHEET = write_xlsx(["姓名", "出生日期"], [["屠呦呦", "1930-12-30"]])
"""One nomination, as a workbook says it."""


@contextmanager
def make_awards_stage(folder: Path) -> Iterator[Stage]:
    """Make the service on files in `folder`."""
    (folder / "template").mkdir()
    awards = make_awards(*make_template(service, folder / "template"), folder / "data")

    def sign(caller: Caller) -> str:
        now = int(time.time())
        claims = {"iss": "huitang", "aud": "huitang", "iat": now, "exp": now + 600, **caller.claims()}
        return jwt.encode(claims, awards.key, "EdDSA", headers={"kid": "k"})

    programme = awards.defined(definition=NO_PAPERS_NEEDED)
    names = {"owner": ROOT, "unit": SOCIETY, "programme_id": programme["id"], "ref:programmes": programme["id"]}
    names |= {"number": "1", "colleague": account(9), "turn": "1", "category": "people"}
    shown = names | put_operations(awards.runtime, OFFICE["officer"].account_id) | put_cycle(awards, "shown", programme)
    hidden = put_cycle(awards, "hidden", programme)
    awards.clock.turn(days=OPENS)
    shown |= put_nomination(awards, "shown")
    assert submit(awards, {"id": shown["nomination_id"]}).is_success
    hidden |= put_nomination(awards, "hidden")
    leave = {"unit_id": SOCIETY, "deputy_id": account(9), "from_on": "2026-12-10", "until_on": "2026-12-20"}
    shown["leave_id"] = awards.do("POST", "deputies", leave, "nominator")["id"]
    with awards.db.transaction() as tx:
        tx.get_one(Cycle, hidden["cycle_id"]).state = "draft"
        tx.add_all(listed(names["cycle_id"]) for names in (shown, hidden))
    files = {"paper": PDF + b"%%EOF", "sheet": SHEET}
    yield Stage(awards.runtime, awards.app, sign, AS_HERE, shown, hidden, files)
    awards.runtime.stop()
    awards.db.close()


def put_nomination(awards: Awards, cycle: str) -> dict[str, str]:
    """Make a nomination of a unit ready to be handed in, with a paper; return the names of what it holds."""
    made = begin(awards, cycle=cycle)
    paper = attach(awards, made, "pledge")
    role = ask_for(awards, made, may_fill_in=True)
    answer(awards, role["secret"])
    give_notice(awards, made)
    told = {"nomination_id": made["id"], "attachment_id": paper["id"], "role_id": role["id"]}
    return told | {"secret": role["secret"]} | put_scan(awards, made)


def put_scan(awards: Awards, nomination: dict[str, str]) -> dict[str, str]:
    """Give a nomination the scan of its sealed page; return the names of both, and the code that stands on it."""
    page = awards.ask("GET", f"nominations/{nomination['id']}/seal-page", "nominator")
    code = page.headers["content-disposition"].rpartition("seal-")[2].removesuffix(".pdf")
    params = {"check_code": code, "filename": "sealed.pdf"}
    path = f"nominations/{nomination['id']}/sealed-scans"
    scan = awards.ask("POST", path, "nominator", params=params, content=PDF + b"%%EOF").json()
    return {"scan_id": scan["id"], "check_code": code}


def listed(cycle_id: str) -> AcceptedList:
    """Return an accepted list of a cycle that names nobody."""
    day = date(2026, 12, 3)
    return AcceptedList(
        cycle_id=cycle_id, number=1, lines=[], days=5, counted="working", from_on=day, until_on=day, provisional=False,
        record_length=0, record_head="0" * 64, published_at=datetime(2026, 12, 3, tzinfo=UTC), published_by=account(2),
    )  # fmt: skip


def put_cycle(awards: Awards, slug: str, programme: dict[str, str]) -> dict[str, str]:
    """Announce a cycle with slots of a unit, a code and an extension; return the names of what it holds."""
    cycle = awards.opened(slug, programme)
    awards.move(slug, "allocate", 9, to_unit_id=SOCIETY)
    body = {"unit_id": SOCIETY, "category": "people"}
    (code,) = awards.do("POST", f"cycles/{slug}/codes", body, "officer")["codes"]
    extension = awards.extend(slug, "2027-02-05T12:00", unit_id=SOCIETY)
    return {
        "cycle_id": cycle["id"],
        "ref:cycles": cycle["id"],
        "stage_id": awards.stage(slug, "notice")["id"],
        "deadline_id": awards.stage(slug, "submission_deadline")["id"],
        "code_id": code["id"],
        "extension_id": extension["id"],
    }
