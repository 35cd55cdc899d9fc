"""Our own JSON, which holds everything: `{"format": "huitang-programme/1", …}` with the members of `ProgrammeFile`.

Texts are `{"zh", "en"}`, dates `2023-02-04`, times of day `09:00:00`, the start of a session wall time in `zone`
(`2023-02-04T09:30:00`), durations minutes. Sessions name their room, track, parent and people by key. Members are only
added within `/1`. Each member is described with the dataclasses of `programme_file`.
"""

from services.events.exchange.checks import check
from services.events.exchange.codec import as_json, from_json
from services.events.exchange.json_text import dump, loaded
from services.events.exchange.programme_file import ProgrammeFile, ReadOptions
from services.events.exchange.rules import Place
from shared.errors import Invalid
from shared.times import check_zone

FORMAT = "huitang-programme/1"


def read(data: bytes, options: ReadOptions) -> ProgrammeFile:
    """Read our JSON; raise `Problems` naming every fault with its pointer and line. A zone it lacks is the option's."""
    with loaded(data) as (value, faults):
        if not isinstance(value, dict) or value.get("format") != FORMAT:
            faults.add("bad_value", Place(pointer="/format"), found=str(value)[:80], wanted=FORMAT)
        else:
            members = {name: member for name, member in value.items() if name != "format"}
            zone = members.setdefault("zone", options.zone) or options.zone
            members["zone"] = zone
            if zone is None:
                faults.add("zone_missing", Place(pointer="/zone"))
            try:
                check_zone(str(zone or "UTC"))
            except Invalid:
                faults.add("unknown_zone", Place(pointer="/zone"), found=str(zone))
            made = None if faults else from_json(ProgrammeFile, members, faults)
            if made is not None:
                check(made, _at, faults)
    assert made is not None
    return made


def write(programme: ProgrammeFile) -> bytes:
    """Write our JSON; reading it gives an equal programme."""
    members = as_json(programme)
    assert isinstance(members, dict)
    return dump({"format": FORMAT, **members})


def _at(kind: str, i: int, name: str) -> Place:
    return Place(pointer=f"/{kind}/{i}/{name}" if kind else f"/{name}")
