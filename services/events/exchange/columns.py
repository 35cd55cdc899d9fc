"""What of a thing in a file goes into which columns of its table."""

from typing import Any

from services.events.exchange.programme_file import FilePerson, FileRoom, FileSession, FileTrack
from shared.text import Text

GUID = "huitang:guid"
"""Under which extra a foreign system's second name of a thing is kept."""

_SLUG = "huitang:slug"


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
