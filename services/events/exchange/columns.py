"""What of a thing in a file goes into which columns of its table."""

from dataclasses import asdict
from datetime import UTC
from typing import Any

from services.events.exchange.programme_file import FilePerson, FileRoom, FileSession, FileTrack
from shared.text import Text

GUID = "huitang:guid"
"""Under which extra a foreign system's second name of a thing is kept."""

_SLUG = "huitang:slug"

_ALIKE = (
    "title", "subtitle", "abstract", "description", "language", "licence", "do_not_record", "duration_minutes", "join_url",
    "expected_attendance", "needs",
)  # fmt: skip


def extras_of(item: FileRoom | FilePerson | FileTrack | FileSession, slug: str = "") -> dict[str, Any]:
    """Return a thing's extras, with what of it has no column."""
    kept = {GUID: getattr(item, "guid", ""), _SLUG: slug}
    return {**item.extras, **{name: value for name, value in kept.items() if value}}


def room_columns(item: FileRoom) -> dict[str, Any]:
    """Return the columns of a room."""
    return {"name": item.name, "seats": item.capacity, "extras": extras_of(item)}


def person_columns(item: FilePerson) -> dict[str, Any]:
    """Return the columns of a person."""
    return {
        "name": item.name,
        "title": item.title,
        "affiliation": item.affiliation,
        "biography": item.biography,
        "extras": extras_of(item),
    }


def track_columns(item: FileTrack) -> dict[str, Any]:
    """Return the columns of a track."""
    return {
        "name": item.name or Text(item.key, item.key),
        "colour": item.color,
        "extras": extras_of(item, item.slug),
    }


def session_columns(item: FileSession) -> dict[str, Any]:
    """Return the columns of a session, but for those that name other rows; its kind only where the file says it."""
    return {
        **{name: getattr(item, name) for name in _ALIKE},
        **({"kind": item.kind} if item.kind else {}),
        "openness": item.openness or "public",
        "embargo_until": item.embargo_until.replace(tzinfo=UTC) if item.embargo_until else None,
        "attendance_mode": item.attendance_mode or "on_site",
        "interpretation": list(item.interpretation),
        "tags": list(item.tags),
        "raw_type": item.type,
        "links": [asdict(link) for link in item.links],
        "attachments": [asdict(link) for link in item.attachments],
        "extras": extras_of(item, item.slug),
    }
