"""Which real things the operations are asked about in a running world, and which of them a success uses up."""

from typing import Any

from tests.permissions.awards_things import AWARDS_OTHERS, AWARDS_USED_UP
from tests.permissions.directory_stage import PASSWORD

REFERENCES = {
    "ref:editions": "edition_id", "ref:series": "series_id", "ref:organisations": "physics", "ref:members": "physics",
    "parent_id": "root", "owner_id": "owner", "organisation_id": "physics", "into_id": "chemistry",
    "into_ids": "chemistry", "account_id": "account_id", "account": "account_id", "series_id": "series_id",
    "edition": "edition_id", "edition_id": "edition_id", "room_id": "room_id",
    "to_room_id": "other_room_id", "track_id": "track_id", "person_id": "person_id", "session_id": "session_id",
    "one_id": "session_id", "other_id": "other_session_id", "fingerprint": "fingerprint", "owner": "owner",
    "series": "series_id", "umbrella": "umbrella_series_id", "person": "person_id", "track": "track_id",
    "below": "physics", "parent": "physics", "ref:programmes": "programme_id", "ref:cycles": "open_cycle",
    "programme_id": "programme_id", "programme": "programme_id", "unit_id": "owner", "unit": "owner",
    "from_unit_id": "owner", "to_unit_id": "owner", "stage_id": "stage_id",
}  # fmt: skip
"""What stands for an id of this name, in a path, a query or a body."""

WHOLE, RELEASED = {"ref": "whole"}, {"ref": "released"}
LEAF, DRAFT, PUBLISHED = {"ref": "leaf"}, {"ref": "edition_id"}, {"ref": "published"}

OTHERS: dict[str, dict[str, str]] = {
    **AWARDS_OTHERS,
    **{f"POST /organisations/{{ref}}/{deed}": LEAF for deed in ("move", "merge", "split", "close")},
    "POST /accounts/{account_id}/reopen": {"account_id": "closed_account"},
    "DELETE /series/{ref}": {"ref": "spare_series"},
    "DELETE /venues/{venue_id}": {"venue_id": "spare_venue"},
    "DELETE /rooms/{room_id}": {"room_id": "spare_room"},
    "DELETE /people/{person_id}": {"person_id": "spare_person"},
    "DELETE /sessions/{session_id}": {"session_id": "spare_session"},
    "DELETE /editions/{ref}/rooms/{room_id}": {"room_id": "attached_room"},
    **{f"POST /editions/{{ref}}/{step}": PUBLISHED for step in ("start", "close", "postpone", "cancel")},
    "POST /editions/{ref}/archive": {"ref": "closed"},
    "POST /editions/{ref}/reopen": {"ref": "closed"},
    "POST /editions/{ref}/resume": {"ref": "postponed"},
    "GET /editions/{ref}/schedule": WHOLE,
    "GET /editions/{ref}/sessions": WHOLE,
    "GET /editions/{ref}/completeness": WHOLE,
    "GET /editions/{ref}/exports/{form}": WHOLE,
    "POST /editions/{ref}/check": WHOLE,
    "POST /editions/{ref}/schedule/moves": WHOLE,
    "POST /editions/{ref}/schedule/swap": WHOLE,
    "POST /editions/{ref}/rooms/{room_id}/delay": WHOLE,
    "POST /editions/{ref}/rooms/{room_id}/change": WHOLE,
    "GET /editions/{ref}/conflicts": WHOLE,
    "GET /editions/{ref}/conflicts/accepted": WHOLE,
    "POST /editions/{ref}/conflicts/accepted": WHOLE,
    "DELETE /editions/{ref}/conflicts/accepted/{acceptance_id}": WHOLE,
    "POST /imports": {"edition_id": "whole"},
    "GET /sessions/{session_id}/placement": {"session_id": "placed_session"},
    "PUT /sessions/{session_id}/placement": {"session_id": "placed_session"},
    "DELETE /sessions/{session_id}/placement": {"session_id": "placed_session"},
    "PUT /sessions/{session_id}/placement/lock": {"session_id": "placed_session"},
    "DELETE /sessions/{session_id}/placement/lock": {"session_id": "locked_session"},
    "POST /editions/{ref}/releases": {"ref": "releasable"},
    "GET /editions/{ref}/releases/next": {"ref": "releasable"},
    "POST /editions/{ref}/releases/approvals": {"ref": "approvable"},
    "GET /editions/{ref}/releases": RELEASED,
    **{
        f"GET /editions/{{ref}}/releases/{{number}}{rest}": RELEASED
        for rest in ("", "/sessions", "/diff", "/affected.json", "/affected.xlsx")
    },
    "POST /editions/{ref}/releases/{number}/rollback": {"ref": "released_twice"},
}
"""Where an operation is about another thing than others, since it needs it in a certain state or uses it up."""

_EDITIONS = ("open", "publish", "start", "close", "archive", "reopen", "postpone", "cancel", "resume", "releases")

USED_UP: dict[str, list[str]] = {
    **AWARDS_USED_UP,
    **{
        f"POST /editions/{{ref}}/{deed}": list(OTHERS.get(f"POST /editions/{{ref}}/{deed}", DRAFT).values())
        for deed in _EDITIONS
    },
    **{f"POST /organisations/{{ref}}/{deed}": ["leaf", "chemistry"] for deed in ("move", "merge", "split", "close")},
    "DELETE /editions/{ref}": ["edition_id"],
    "PATCH /editions/{ref}": ["edition_id"],
    "POST /editions/{ref}/approvals": ["edition_id"],
    "POST /editions/{ref}/umbrellas": ["edition_id"],
    "POST /editions/{ref}/releases/{number}/rollback": ["released_twice"],
    "POST /editions/{ref}/schedule/moves": ["whole"],
    "POST /editions/{ref}/schedule/swap": ["whole"],
    "POST /editions/{ref}/rooms/{room_id}/delay": ["whole"],
    "POST /editions/{ref}/rooms/{room_id}/change": ["whole"],
    "POST /editions/{ref}/schedule/locks": ["edition_id"],
    "PUT /editions/{ref}/schedule/settings": ["edition_id"],
    "DELETE /sessions/{session_id}/placement": ["placed_session"],
    "PUT /sessions/{session_id}/placement/lock": ["placed_session"],
    "DELETE /sessions/{session_id}/placement/lock": ["locked_session"],
    "PATCH /sessions/{session_id}": ["whole"],
    "POST /imports/{import_id}/undo": ["import_id"],
    "POST /accounts/{account_id}/grants": ["account_id"],
    "POST /accounts/{account_id}/disable": ["account_id"],
    "POST /accounts/{account_id}/reopen": ["closed_account"],
    "POST /grants/{grant_id}/withdraw": ["grant_id"],
    "POST /memberships": ["secretary"],
    "POST /memberships/{membership_id}/end": ["membership_id"],
    "POST /me/password": ["password"],
    "POST /feeds": ["feed_id"],
    "POST /parked/{message_id}/{reaction}/retry": [f"message_id:{s}" for s in ("directory", "events", "awards", "calendar")],
}  # fmt: skip
"""What a success of an operation leaves in another state than the next example needs; a DELETE, what its path ends in."""

VERSION_OF = {"PUT /editions/{ref}/people/{person_id}/windows": "/api/events/people/{person_id}"}
"""Where the version is read that a route changes, unless at its own path or above it."""

BODIES_HERE: dict[str, Any] = {
    "POST /sign-in": {"account": "{email}", "password": PASSWORD},
}
"""Bodies that are known to succeed here, where others do on a stage."""
