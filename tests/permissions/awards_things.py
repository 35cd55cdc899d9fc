"""What the awards service holds in a running world, made when a request needs it."""

from collections.abc import Callable
from typing import Any, Protocol

from services.awards.cycles.models import Stage
from services.awards.programmes.models import Programme
from tests.awards.running import DEFINITION, RULES, moved

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
    def do(self, method: str, path: str, body: Any = None, *, version: int = 1) -> Any: ...
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
    things.do("PATCH", f"awards/programmes/{made}/definition", DEFINITION)
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
    move = moved("allocate", 9, to_unit_id=things["owner"])
    things.do("POST", f"awards/cycles/{made}/quotas/entries", {"moves": [move]})
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


AWARDS_MAKERS: dict[str, Callable[[Any], str]] = {
    "programme_id": make_programme,
    "spare_programme": make_programme,
    "draft_cycle": make_draft,
    "open_cycle": make_open,
    "ripe_cycle": make_ripe,
    "closed_cycle": make_closed,
    "rehearsal": make_rehearsal,
    "stage_id": stage_of("notice"),
    "spare_stage": lambda things: things.post("awards/cycles/{draft_cycle}/stages", {"kind": "other"}),
    "deadline_id": stage_of("submission_deadline"),
    "code_id": make_code,
    "extension_id": make_extension,
    "unit": lambda things: things["owner"],
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
    "POST /cycles/{ref}/codes/{code_id}/withdraw": ["code_id"],
}
"""What a success leaves in another state than the next example needs."""
