"""What the awards service holds in a running world, made when a request needs it."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any, Protocol

from services.awards.attachments.queries import current_of
from services.awards.cycles.models import Stage
from services.awards.lists.models import AcceptedList
from services.awards.nominations.models import Nomination
from services.awards.programmes.models import Programme
from services.awards.submissions.queries import document_of
from services.awards.submissions.rules import check_code_of
from shared.signing import canonical
from tests.awards.nominating import CONTENT, NO_PAPERS_NEEDED, PDF
from tests.awards.running import RULES, moved

FACE = {
    "slug": "", "owner_id": "{owner}", "name": {"zh": "争先奖", "en": "Award"}, "standing": "approved", "verb": "nominate",
    "recurrence": "annual", "basis": {"title": {"zh": "批复"}, "number": "1"},
}  # fmt: skip
TIMES = {"unit_deadline": "2099-01-10T17:00", "submission_deadline": "2099-01-31T17:00"}
PAST = "2020-01-31T17:00"


class Making(Protocol):
    """What makes things: by name, by a request, or behind the API."""

    world: Any

    def __getitem__(self, name: str) -> str: ...
    def fresh(self) -> str: ...
    def do(self, method: str, path: str, body: Any = None, *, version: int = 1, **options: Any) -> Any: ...
    def post(self, path: str, body: Any) -> str: ...


def change(things: Making, model: type[Any], id_: str, **values: Any) -> None:
    """Change a row behind the API."""
    with things.world.runtime("awards").db.transaction() as tx:
        row = tx.get_one(model, id_)
        for name, value in values.items():
            setattr(row, name, value)


def make_programme(things: Making) -> str:
    """Open a programme of which everything is known."""
    made = things.post("awards/programmes", FACE)
    things.do("PATCH", f"awards/programmes/{made}/definition", NO_PAPERS_NEEDED)
    change(things, Programme, made, eligibility=RULES)
    return made


def make_draft(things: Making) -> str:
    """Prepare a cycle whose deadlines stand."""
    body = {"programme_id": "{programme_id}", "slug": "", "name": {"zh": "第一届"}}
    made = things.post("awards/cycles", body)
    for stage in things.do("GET", f"awards/cycles/{made}/stages")["items"]:
        if at := TIMES.get(stage["kind"]):
            things.do("PATCH", f"awards/cycles/{made}/stages/{stage['id']}", {"at_local": at})
    return made


def make_open(things: Making) -> str:
    """Announce a cycle with slots of a unit."""
    made = make_draft(things)
    things.do("POST", f"awards/cycles/{made}/open")
    moves = [moved("allocate", 900, to_unit_id=things[unit]) for unit in ("owner", "root")]
    things.do("POST", f"awards/cycles/{made}/quotas/entries", {"moves": moves})
    return made


def make_ripe(things: Making) -> str:
    """Announce a cycle whose deadlines have passed since."""
    made = make_open(things)
    for stage in things.do("GET", f"awards/cycles/{made}/stages")["items"]:
        if stage["kind"] in TIMES:
            change(things, Stage, stage["id"], at_local=Stage.at_local.type.python_type.fromisoformat(PAST))
    return made


def make_closed(things: Making) -> str:
    """Close the call of a cycle."""
    made = make_ripe(things)
    things.do("POST", f"awards/cycles/{made}/close", version=2)
    return made


def stage_of(kind: str) -> Callable[[Making], str]:
    """Make the maker of the id of a stage of the open cycle."""

    def make(things: Making) -> str:
        stages = things.do("GET", f"awards/cycles/{things['open_cycle']}/stages")["items"]
        return next(str(stage["id"]) for stage in stages if stage["kind"] == kind)

    return make


def make_code(things: Making) -> str:
    """Give out a code."""
    body = {"unit_id": things["owner"], "category": "people"}
    return str(things.do("POST", f"awards/cycles/{things['open_cycle']}/codes", body)["codes"][0]["id"])


def make_extension(things: Making) -> str:
    """Put a deadline off for a unit."""
    body = {"stage_id": things["deadline_id"], "until_local": "2099-02-05T12:00", "unit_id": things["owner"]}
    return things.post("awards/cycles/{open_cycle}/extensions", body | {"reason": "故障"})


def make_rehearsal(things: Making) -> str:
    """Begin a rehearsal."""
    made = things.do("POST", f"awards/cycles/{things['open_cycle']}/rehearsals")
    return str(made["id"])


def make_open_rehearsal(things: Making) -> str:
    """Begin a rehearsal, and open its call."""
    made = make_rehearsal(things)
    things.do("POST", f"awards/cycles/{made}/open")
    return made


def make_nomination(things: Making) -> str:
    """Make a nomination ready to be handed in, with a paper: everybody has consented, and the unit has given notice."""
    made = str(
        things.do(
            "POST", "awards/nominations", NOMINATION | {"cycle": things["open_cycle"], "unit_id": things["root"]}
        )["id"]
    )
    at = f"awards/nominations/{made}"
    scan, _ = (
        things.do("POST", f"{at}/attachments?key={key}&filename=a.pdf", content=PDF + key.encode() + b"%%EOF")["id"]
        for key in ("unit_notice", "pledge")
    )
    secret = things.do("POST", f"{at}/roles", {"role": "candidate", "person": "Ada"})["secret"]
    covers = things.do("GET", f"awards/consents/{secret}")["covers"]
    things.do("POST", f"awards/consents/{secret}/answer", {"answer": "consent", "covers": covers})
    things.do("PUT", f"{at}/notice", NOTICE | {"scan_id": scan}, version=0)
    return made


def make_submitted(things: Making) -> str:
    """Hand a nomination in."""
    made = make_nomination(things)
    things.do("POST", f"awards/nominations/{made}/submission")
    return made


def make_role(things: Making) -> str:
    """Ask somebody for a part in the nomination, who may write in it where they are its candidate; return the id."""
    at = f"awards/nominations/{things['nomination_id']}/roles"
    return str(things.do("POST", at, {"role": "employer", "person": "Ada"})["id"])


def make_secret(things: Making) -> str:
    """Ask the candidate of a nomination to fill it in; return the secret of the link."""
    body = NOMINATION | {"cycle": things["open_cycle"], "unit_id": things["root"]}
    at = f"awards/nominations/{things.do('POST', 'awards/nominations', body)['id']}/roles"
    return str(things.do("POST", at, {"role": "candidate", "person": "Ada", "may_fill_in": True})["secret"])


def make_paper(things: Making) -> str:
    """Give the nomination a paper."""
    at = f"awards/nominations/{things['nomination_id']}/attachments?key=unit_notice&filename=b.pdf"
    return str(things.do("POST", at, content=PDF + b"%%EOF")["id"])


def code_of(things: Making) -> str:
    """Return the check code of the page that the nomination's unit seals now."""
    with things.world.runtime("awards").db.reading() as tx:
        nomination = tx.get_one(Nomination, things["nomination_id"])
        return check_code_of(sha256(canonical(document_of(tx, nomination, current_of(tx, nomination.id)))).hexdigest())


def make_scan(things: Making) -> str:
    """Give the nomination the scan of its sealed page."""
    at = f"awards/nominations/{things['nomination_id']}/sealed-scans"
    return str(things.do("POST", f"{at}?check_code={code_of(things)}&filename=a.pdf", content=PDF + b"%%EOF")["id"])


NOMINATION = {"category": "people", "content": CONTENT}
NOTICE = {"place": "Board", "from_on": "2020-01-06", "to_on": "2020-01-20", "outcome": "no_objection"}


def make_list(things: Making) -> str:
    """Keep an accepted list of the open cycle that names nobody; return its number."""
    things_db = things.world.runtime("awards").db
    with things_db.transaction() as tx:
        tx.add(
            AcceptedList(
                cycle_id=things["open_cycle"], number=1, lines=[], days=5, counted="working", from_on=date(2026, 12, 3),
                until_on=date(2026, 12, 10), provisional=False, record_length=0, record_head="0" * 64,
                published_at=datetime(2026, 12, 3, tzinfo=UTC), published_by=things["account_id"],
            )
        )  # fmt: skip
    return "1"


def make_checked(things: Making) -> str:
    """Announce a cycle of which a nomination is past the check."""
    made = make_open(things)
    body = NOMINATION | {"cycle": made, "unit_id": things["root"]}
    nomination = things.do("POST", "awards/nominations", body)["id"]
    change(
        things, Nomination, nomination, state="passed", number=things.fresh(), serial=1, submitted_at=datetime.now(UTC)
    )
    return made


AWARDS_MAKERS: dict[str, Any] = {
    "programme_id": make_programme,
    "spare_programme": make_programme,
    "draft_cycle": make_draft,
    "open_cycle": make_open,
    "ripe_cycle": make_ripe,
    "closed_cycle": make_closed,
    "rehearsal": make_rehearsal,
    "open_rehearsal": make_open_rehearsal,
    "stage_id": stage_of("notice"),
    "spare_stage": lambda things: things.post("awards/cycles/{draft_cycle}/stages", {"kind": "other"}),
    "deadline_id": stage_of("submission_deadline"),
    "code_id": make_code,
    "extension_id": make_extension,
    "number:lists": make_list,
    "checked_cycle": make_checked,
    "unit": lambda things: things["owner"],
    "cycle_id": lambda things: things["open_cycle"],
    "colleague": lambda things: things["account_id"],
    "nomination_id": make_nomination,
    "submitted_nomination": make_submitted,
    "role_id": make_role,
    "secret": make_secret,
    "attachment_id": make_paper,
    "scan_id": make_scan,
    "check_code": code_of,
    "category": lambda things: "people",
    "turn": lambda things: "1",
    "leave_id": (
        "awards/deputies",
        {"unit_id": "{root}", "deputy_id": "{account_id}", "from_on": "2199-01-04", "until_on": "2199-01-08"},
    ),
}


_OPEN, _DRAFT = {"ref": "open_cycle"}, {"ref": "draft_cycle"}

AWARDS_OTHERS: dict[str, dict[str, str]] = {
    "DELETE /programmes/{ref}": {"ref": "spare_programme"},
    **{f"{route}": _DRAFT for route in (
        "DELETE /cycles/{ref}", "PATCH /cycles/{ref}/definition", "POST /cycles/{ref}/definition/take-over",
        "POST /cycles/{ref}/open",
    )},
    "DELETE /cycles/{ref}/stages/{stage_id}": {"ref": "draft_cycle", "stage_id": "spare_stage"},
    "POST /cycles/{ref}/close": {"ref": "ripe_cycle"},
    "POST /cycles/{ref}/reopen": {"ref": "closed_cycle"},
    "POST /cycles/{ref}/conclude": {"ref": "closed_cycle"},
    "POST /cycles/{ref}/quotas/sample": {"ref": "rehearsal"},
    "POST /cycles/{ref}/samples": {"ref": "open_rehearsal"},
    **{route: {"unit": "root", "owner": "root"} for route in ("POST /nominations", "POST /deputies")},
    **{f"{route} /cycles/{{ref}}/sheets/{{category}}": _OPEN for route in ("GET", "POST")},
    "POST /cycles/{ref}/lists": {"ref": "checked_cycle"},
    "POST /cycles/{ref}/checks/return": {"nomination_id": "submitted_nomination"},
    **{f"{route}": {"nomination_id": "submitted_nomination"} for route in (
        "GET /nominations/{nomination_id}/check", "POST /nominations/{nomination_id}/check/take",
        "POST /nominations/{nomination_id}/check/release", "POST /nominations/{nomination_id}/check/opinions",
        "POST /nominations/{nomination_id}/withdraw", "GET /nominations/{nomination_id}/submission",
        "GET /nominations/{nomination_id}/submissions/{turn}/document",
    )},
}  # fmt: skip
"""Where an operation is about a cycle in a certain state."""

AWARDS_USED_UP: dict[str, list[str]] = {
    "PATCH /programmes/{ref}/definition": ["programme_id"],
    "PATCH /programmes/{ref}": ["programme_id"],
    "POST /cycles/{ref}/open": ["draft_cycle"],
    "PATCH /cycles/{ref}/definition": ["draft_cycle"],
    "POST /cycles/{ref}/close": ["ripe_cycle"],
    "POST /cycles/{ref}/reopen": ["closed_cycle"],
    "POST /cycles/{ref}/conclude": ["closed_cycle"],
    "POST /cycles/{ref}/cancel": ["open_cycle"],
    "POST /cycles/{ref}/amendments": ["open_cycle"],
    "POST /cycles/{ref}/extensions": ["open_cycle"],
    "POST /cycles/{ref}/extensions/{extension_id}/take-back": ["extension_id"],
    "PATCH /cycles/{ref}/stages/{stage_id}": ["open_cycle"],
    "POST /cycles/{ref}/codes": ["open_cycle"],
    "PATCH /nominations/{nomination_id}": ["nomination_id"],
    "POST /cycles/{ref}/lists": ["checked_cycle"],
    "POST /cycles/{ref}/checks/return": ["submitted_nomination"],
    "POST /nominations/{nomination_id}/check/opinions": ["submitted_nomination"],
    "PUT /programmes/{ref}/check-reasons": ["programme_id"],
    "PUT /nominations/{nomination_id}/notice": ["nomination_id"],
    "POST /nominations/{nomination_id}/submission": ["nomination_id"],
    "POST /nominations/{nomination_id}/withdraw": ["submitted_nomination"],
    "POST /nominations/{nomination_id}/roles/{role_id}/link": ["role_id"],
    "POST /nominations/{nomination_id}/roles/{role_id}/revoke": ["role_id"],
    "PATCH /consents/{secret}": ["secret"],
    "POST /deputies/{leave_id}/end": ["leave_id"],
    "POST /cycles/{ref}/codes/{code_id}/withdraw": ["code_id"],
}
"""What a success leaves in another state than the next example needs."""
