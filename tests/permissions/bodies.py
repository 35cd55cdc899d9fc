"""What is sent with the requests of the table: bodies and parameters that a caller with the rights gets through with.

Words in braces are names of what a stage holds. What is not here is sent without a body.
"""

from typing import Any

NAME = {"zh": "新名", "en": "New name"}
RULE = {
    "key": "age",
    "clause": NAME,
    "authority": {"document": NAME},
    "requires": {"test": "born", "on_or_after": "1986-01-01"},
}
PLACE = {"room_id": "{room_id}", "start_local": "2027-05-10T15:00"}

PARAMETERS = {
    "GET /organisations/past": {"on": "2026-11-23"},
    "GET /live": {"topic": "edition:{edition_id}"},
    "POST /nominations/{nomination_id}/attachments": {"key": "pledge", "filename": "pledge.pdf"},
    "POST /nominations/{nomination_id}/sealed-scans": {"check_code": "{check_code}", "filename": "sealed.pdf"},
    "POST /cycles/{ref}/sheets/{category}": {"unit_id": "{unit}"},
    "POST /imports": {"edition": "{edition_id}", "filename": "programme.json"},
}

VERSIONS = {"DELETE /organisations/{ref}/names/{name_id}": 2}
"""The versions that are changed, where they are not the first."""

FILES = {
    "POST /nominations/{nomination_id}/attachments": "paper",
    "POST /nominations/{nomination_id}/sealed-scans": "paper",
    "POST /cycles/{ref}/sheets/{category}": "sheet",
    "POST /imports": "programme",
    "POST /workbooks/organisations": "organisations",
    "POST /workbooks/members/{ref}": "members",
}
"""Uploads, by the name that a stage keeps them under."""

BODIES: dict[str, dict[str, Any]] = {
    "directory": {
        "POST /organisations": {"slug": "new", "parent_id": "{physics}", "name": NAME, "kind": "society"},
        "PATCH /organisations/{ref}": {"name": NAME},
        "POST /organisations/{ref}/rename": {"name": NAME},
        "POST /organisations/{ref}/move": {"parent_id": "{chemistry}"},
        "POST /organisations/{ref}/merge": {"into_id": "{chemistry}"},
        "POST /organisations/{ref}/split": {"into_ids": ["{chemistry}", "{physics-branch}"]},
        "POST /organisations/{ref}/close": {},
        "POST /organisations/{ref}/names": {"kind": "alias", "name": NAME},
        "POST /accounts": {"name": NAME, "email": "new@example.org", "organisation_id": "{physics}"},
        "PATCH /accounts/{account_id}": {"name": NAME},
        "POST /accounts/{account_id}/grants": {"role": "scheduler", "organisation_id": "{physics-branch}"},
        "POST /memberships": {"account_id": "{secretary}", "organisation_id": "{physics}"},
        "PATCH /memberships/{membership_id}": {"number": "7"},
        "PATCH /me": {"language": "en"},
        "POST /me/password": {"current": "{password}", "password": "{password} and more"},
        "POST /me/keys": {"name": "another"},
        "POST /sign-in": {"account": "member@example.org", "password": "{password}"},
        "POST /links": {"account_id": "{account_id}"},
    },
    "events": {
        "POST /series": {"slug": "new", "name": NAME, "kind": "forum", "owner_id": "{owner}"},
        "PATCH /series/{ref}": {"name": NAME},
        "POST /catalogue": {"owner_id": "{owner}", "rows": [{"key": "1", "name": NAME, "kind": "forum"}]},
        "POST /editions": {"slug": "new", "series_id": "{series_id}", "name": NAME},
        "PATCH /editions/{ref}": {"name": NAME},
        "POST /editions/{ref}/approvals": {"deed": "publish", "version": 1},
        "POST /editions/{ref}/postpone": {},
        "POST /editions/{ref}/cancel": {},
        "POST /editions/{ref}/resume": {},
        "POST /editions/{ref}/next": {"slug": "next", "name": NAME},
        "POST /editions/{ref}/key-dates": {"kind": "other", "title": NAME, "on": "2027-01-10"},
        "PATCH /editions/{ref}/key-dates/{key_date_id}": {"title": NAME},
        "POST /editions/{ref}/umbrellas": {"series_id": "{umbrella_series_id}"},
        "POST /venues": {"name": NAME, "owner_id": "{owner}"},
        "PATCH /venues/{venue_id}": {"name": NAME},
        "PUT /venues/{venue_id}/walks": {"walks": []},
        "POST /venues/{venue_id}/rooms": {"name": NAME},
        "PATCH /rooms/{room_id}": {"name": NAME},
        "PUT /rooms/{room_id}/windows": {"windows": []},
        "POST /editions/{ref}/rooms": {"room_id": "{room_id}"},
        "POST /editions/{ref}/tracks": {"name": NAME},
        "PATCH /tracks/{track_id}": {"name": NAME},
        "POST /editions/{ref}/sessions": {"kind": "parallel", "title": NAME},
        "PATCH /sessions/{session_id}": {"title": NAME},
        "PATCH /sessions/{session_id}#attendance": {"expected_attendance": 100},
        "POST /sessions/{session_id}/people/{person_id}/confirm": {"role": "speaker"},
        "POST /people": {"name": NAME, "owner_id": "{owner}"},
        "PATCH /people/{person_id}": {"name": NAME},
        "PUT /editions/{ref}/people/{person_id}/windows": {"windows": []},
        "POST /editions/{ref}/check": {"session_id": "{session_id}", "place": PLACE},
        "PUT /editions/{ref}/schedule/settings": {},
        "PUT /sessions/{session_id}/placement": PLACE,
        "POST /editions/{ref}/schedule/moves": {"moves": [{"session_id": "{session_id}", "version": 1, "place": PLACE}]},
        "POST /editions/{ref}/schedule/swap": {
            "one_id": "{session_id}", "one_version": 1, "other_id": "{other_session_id}", "other_version": 2,
        },
        "POST /editions/{ref}/rooms/{room_id}/delay": {"minutes": 5, "from_local": "2027-05-10T08:00"},
        "POST /editions/{ref}/rooms/{room_id}/change": {
            "to_room_id": "{other_room_id}", "from_local": "2027-05-10T08:00",
        },
        "POST /editions/{ref}/schedule/locks": {"day": "2027-05-12"},
        "PUT /editions/{ref}/presence": {"session_id": "{session_id}"},
        "POST /editions/{ref}/conflicts/accepted": {"key": "{conflict}", "reason": "Agreed."},
        "POST /editions/{ref}/releases": {},
        "POST /editions/{ref}/releases/approvals": {"fingerprint": "{fingerprint}"},
        "POST /editions/{ref}/releases/{number}/rollback": {},
        "POST /editions/{ref}/previews": {},
    },
    "awards": {
        "POST /programmes": {"slug": "new", "owner_id": "{owner}", "name": NAME},
        "PATCH /programmes/{ref}": {"name": NAME},
        "POST /programmes/{ref}/copy": {"slug": "copy", "name": NAME},
        "PATCH /programmes/{ref}/definition": {"groups": []},
        "POST /catalogue": {"owner_id": "{owner}", "rows": [{"key": "1", "name": NAME}]},
        "POST /cycles": {"programme_id": "{programme_id}", "slug": "new", "name": NAME},
        "PATCH /cycles/{ref}": {"name": NAME},
        "PATCH /cycles/{ref}/definition": {"groups": []},
        "POST /cycles/{ref}/amendments": {
            "effective_on": "2027-01-01", "reason": "Approved.", "notice": NAME, "changes": {"unit_notice_days": 7},
        },
        "POST /cycles/{ref}/reopen": {"reason": NAME},
        "POST /cycles/{ref}/cancel": {"reason": NAME},
        "POST /cycles/{ref}/stages": {"kind": "review", "on": "2099-04-01", "reason": "Agreed."},
        "PATCH /cycles/{ref}/stages/{stage_id}": {"on": "2099-05-10", "reason": "Agreed."},
        "POST /cycles/{ref}/extensions/{extension_id}/take-back": {"reason": "误操作"},
        "POST /cycles/{ref}/extensions": {
            "stage_id": "{deadline_id}", "until_local": "2099-03-01T17:00", "reason": "An outage.",
        },
        "POST /cycles/{ref}/quotas/entries": {
            "moves": [
                {"move": "allocate", "category": "people", "to_unit_id": "{unit}", "amount": 1, "reason": "First."},
            ]
        },
        "POST /cycles/{ref}/quotas/entries#own": {
            "moves": [
                {"move": "reserve", "category": "people", "from_unit_id": "{unit}", "group": "women", "reason": "Ours.",
                 "amount": 1},
            ]
        },
        "POST /cycles/{ref}/samples": {},
        "POST /cycles/{ref}/codes": {"unit_id": "{unit}", "category": "people"},
        "POST /cycles/{ref}/codes/{code_id}/withdraw": {"reason": "Sent astray."},
        "POST /eligibility/trials": {"rules": {"rules": [RULE]}, "candidates": [{"facts": {"sex": "female"}}]},
        "PUT /programmes/{ref}/eligibility": {"rules": [RULE]},
        "POST /programmes/{ref}/eligibility/check": {"facts": {"born_on": "1986-01-01"}},
        "PUT /cycles/{ref}/eligibility": {"rules": [RULE]},
        "POST /cycles/{ref}/eligibility/amendments": {
            "effective_on": "2027-01-01", "reason": "Approved.", "notice": NAME, "rules": {"rules": [RULE]},
        },
        "POST /cycles/{ref}/eligibility/check": {"answers": {"birth": "1986-01-01"}},
        "POST /deputies": {
            "unit_id": "{unit}", "deputy_id": "{colleague}", "from_on": "2199-01-04", "until_on": "2199-01-08",
        },
        "POST /nominations": {"cycle": "{cycle_id}", "unit_id": "{unit}", "category": "people"},
        "POST /nominations/with-code": {"code": "0000-0000-0000-0000"},
        "PATCH /nominations/{nomination_id}": {"content": {"story": "Another."}},
        "POST /nominations/{nomination_id}/identity": {"pointer": "/content/identity", "reason": "Asked."},
        "POST /nominations/{nomination_id}/attachments/pointers": {
            "key": "pledge", "number": "1", "secrecy": "secret", "keeper": NAME,
        },
        "POST /nominations/{nomination_id}/roles": {"role": "co_nominator", "person": "Ada"},
        "POST /nominations/{nomination_id}/roles/{role_id}/link": {},
        "POST /nominations/{nomination_id}/consent": {"answer": "consent", "covers": "0" * 64},
        "PATCH /consents/{secret}": {"content": {"story": "Mine."}},
        "POST /consents/{secret}/answer": {"answer": "consent", "covers": "0" * 64},
        "PUT /nominations/{nomination_id}/notice": {
            "place": "Board", "from_on": "2026-11-24", "to_on": "2026-12-01", "outcome": "no_objection",
        },
        "POST /cycles/{ref}/checks/return": {"nomination_ids": ["{nomination_id}"], "reasons": ["form"]},
        "POST /nominations/{nomination_id}/check/take": {},
        "POST /nominations/{nomination_id}/check/opinions": {"outcome": "return", "reasons": ["form"]},
        "PUT /programmes/{ref}/check-reasons": {
            "reasons": [{"key": "photo", "words": NAME, "outcomes": ["return"]}],
        },
        "POST /cycles/{ref}/lists": {"days": 5, "counted": "working", "contact": NAME},
        "POST /nominations/{nomination_id}/withdraw": {"reason": "An error."},
    },
    "calendar": {
        "POST /feeds": {"name": "Mine", "duties": True},
        "PATCH /feeds/{feed_id}": {"name": "Still mine"},
    },
}  # fmt: skip


def filled(value: Any, words: dict[str, str]) -> Any:
    """Return a value with every name in braces replaced."""
    if isinstance(value, str):
        return value.format_map(words)
    if isinstance(value, dict):
        return {name: filled(item, words) for name, item in value.items()}
    return [filled(item, words) for item in value] if isinstance(value, list) else value
