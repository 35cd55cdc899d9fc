"""A programme as schema.org Event in JSON-LD, for search engines and assistants. Writing only.

Source of the vocabulary: schema.org/Event, /Place, /Person. The text may stand inside a page's script element as it is.
"""

from services.events.exchange.frab import offset_time
from services.events.exchange.frab_writing import guid_of
from services.events.exchange.json_text import dump
from services.events.exchange.programme_file import FileLink, FilePerson, FileSession, Json, ProgrammeFile
from shared.text import Text, plain
from shared.times import PlannedTime

Node = dict[str, Json]


def write(programme: ProgrammeFile) -> bytes:
    """Write the programme as one Event, its sessions in it as `subEvent`; sessions without a time are left out."""
    place = _thing("Place", name=_words(programme.venue), address=_words(programme.city))
    rooms = {
        room.key: _thing(
            "Place", name=_words(room.name), maximumAttendeeCapacity=room.capacity, containedInPlace=_real(place)
        )
        for room in programme.rooms
    }
    people = {person.key: _person(person) for person in programme.people}
    tracks = {track.key: _words(track.name) for track in programme.tracks}
    ids: dict[str, Json] = {
        session.key: f"urn:uuid:{guid_of(programme, 'session', session.key, session.guid)}"
        for session in programme.sessions
    }
    sessions: list[Json] = [
        _session(session, programme.zone, ids, rooms, people, tracks) for session in programme.sessions if session.start
    ]
    whole = _thing(
        "Event",
        name=_words(programme.title),
        alternateName=programme.acronym,
        description=_words(programme.subtitle),
        startDate=programme.start_on.isoformat() if programme.start_on else None,
        endDate=programme.end_on.isoformat() if programme.end_on else None,
        location=_real(place),
        url=programme.extras.get("conference/url"),
        subEvent=sessions,
    )
    return dump({"@context": "https://schema.org", **whole}).replace(b"<", b"\\u003c")


def _session(
    session: FileSession,
    zone: str,
    ids: dict[str, Json],
    rooms: dict[str, Node],
    people: dict[str, Node],
    tracks: dict[str, Json],
) -> Node:
    assert session.start
    minutes = session.duration_minutes or 0
    end = PlannedTime(session.start, zone).plus(minutes).local
    return _thing(
        "Event",
        **{"@id": ids[session.key]},
        identifier=session.key,
        name=_words(session.title),
        alternateName=_words(session.subtitle),
        description=_words(session.abstract or session.description, rich=True),
        startDate=offset_time(session.start, zone),
        endDate=offset_time(end, zone),
        duration=f"PT{minutes}M",
        eventStatus="https://schema.org/EventScheduled",
        inLanguage=session.language,
        keywords=tracks.get(session.track or ""),
        location=rooms.get(session.room or ""),
        performer=[people[role.key] for role in session.people],
        url=session.extras.get("url"),
        subjectOf=[_work(link) for link in session.attachments],
        superEvent={"@id": ids[session.parent]} if session.parent else None,
    )


def _person(person: FilePerson) -> Node:
    unit = _thing("Organization", name=_words(person.affiliation))
    return _thing(
        "Person", name=_words(person.name), affiliation=_real(unit), description=_words(person.biography, rich=True)
    )


def _work(link: FileLink) -> Node:
    return _thing("CreativeWork", url=link.href, name=link.title, genre=link.type)


def _thing(kind: str, **members: Json) -> Node:
    """Return a node of a type with the members that are not empty."""
    return {"@type": kind, **{name: value for name, value in members.items() if value not in (None, "", [])}}


def _real(node: Node) -> Node | None:
    """Return a node that says more than its type."""
    return node if len(node) > 1 else None


def _words(text: Text, rich: bool = False) -> Json:
    """Return a text as words, or as both languages where it has two that differ."""
    zh, en = (plain(side) if rich else side for side in (text.zh, text.en))
    if zh and en and zh != en:
        return [{"@language": "zh", "@value": zh}, {"@language": "en", "@value": en}]
    return zh or en
