"""What everybody may see of a programme, as a programme file: the sessions of a release that take place.

Only what is printed stands in it. Left out are extras (the columns and members of somebody's file, which may hold
anything), keys of other systems, biographies and whatever else no release holds.
"""

from collections.abc import Iterable
from dataclasses import replace

from services.events.exchange.frab import OUR_NAME
from services.events.exchange.programme_file import (
    FileLink,
    FilePerson,
    FileRole,
    FileRoom,
    FileSession,
    FileTrack,
    ProgrammeFile,
)
from services.events.releases.content import Content


def released_programme(told: ProgrammeFile, number: int, sessions: Iterable[tuple[str, Content]]) -> ProgrammeFile:
    """Return `told`, which speaks of the edition alone, with the programme of release `number`.

    `sessions` are those that its readers are shown, by id and in order.
    """
    shown = [(id_, content) for id_, content in sessions if content.stands and content.start_local]
    contents = [content for _, content in shown]
    known = {id_ for id_, _ in shown}
    people = {each.id: each for content in contents for each in reversed(content.people)}
    rooms = {content.place.room_id: content.place.room for content in contents if content.place}
    tracks = {content.track.id: content.track for content in contents if content.track}
    return replace(
        told,
        version=str(number),
        rooms=tuple(FileRoom(id_, name, source=OUR_NAME) for id_, name in rooms.items()),
        people=tuple(FilePerson(p.id, p.name, p.affiliation, title=p.title, source=OUR_NAME) for p in people.values()),
        tracks=tuple(FileTrack(t.id, t.name, t.colour, t.slug, OUR_NAME) for t in tracks.values()),
        sessions=tuple(_session(id_, content, content.parent_id in known) for id_, content in shown),
    )


def _session(session_id: str, content: Content, of_another: bool) -> FileSession:
    return FileSession(
        key=session_id,
        title=content.title,
        subtitle=content.subtitle,
        abstract=content.abstract,
        description=content.description,
        start=content.start_local,
        duration_minutes=content.duration_minutes,
        room=content.place.room_id if content.place else None,
        track=content.track.id if content.track else None,
        parent=content.parent_id if of_another else None,
        type=content.raw_type or content.kind,
        language=content.language,
        slug=content.slug,
        guid=session_id,
        source=OUR_NAME,
        people=tuple(FileRole(person.id, person.role) for person in content.people),
        attachments=tuple(_link(link) for link in content.attachments),
        links=tuple(_link(link) for link in content.links),
        licence=content.licence,
        do_not_record=content.do_not_record,
    )


def _link(link: dict[str, str]) -> FileLink:
    return FileLink(link["href"], link.get("title", ""), link.get("type", ""))
