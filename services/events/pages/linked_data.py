"""What a page is about in schema.org's words (Event, Place, Person, Organization), for search engines and assistants."""

from collections.abc import Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from services.events.editions.rules import OrganisationRole, Standing
from services.events.pages.leaf import Frame
from services.events.pages.shown import Shown
from services.events.releases.content import Place, PrintedPerson, State
from shared.text import Language, plain

Node = Mapping[str, object]

_SCHEMA = "https://schema.org"
_MODES = {"on_site": "Offline", "online": "Online", "hybrid": "Mixed"}
_PERFORMING = frozenset({"keynote", "speaker", "panelist", "chair", "moderator"})


def edition_data(frame: Frame) -> Node:
    """Describe an edition."""
    edition, language = frame.edition, frame.language
    card = edition.card
    exact = card.days.exact
    status = {Standing.POSTPONED: "EventPostponed", Standing.CANCELLED: "EventCancelled"}
    return _thing(
        "Event",
        **{"@context": _SCHEMA},
        name=card.title.in_(language),
        description=plain(edition.description.in_(language)),
        url=frame.addresses.site + frame.addresses.home(),
        startDate=card.days.first.isoformat() if exact and card.days.first else None,
        endDate=card.days.last.isoformat() if exact and card.days.last else None,
        eventStatus=f"{_SCHEMA}/{status.get(Standing(card.standing), 'EventScheduled')}",
        eventAttendanceMode=_mode(card.attendance),
        location=_venue(frame),
        organizer=[
            _thing("Organization", name=name.in_(language))
            for part in edition.organisations
            if part.role in (OrganisationRole.HOST, OrganisationRole.ORGANIZER)
            for name in part.names
        ],
        superEvent=[_thing("Event", name=link.title.in_(language)) for link in edition.umbrellas],
    )


def session_data(frame: Frame, session: Shown) -> Node:
    """Describe a session of an edition."""
    content, language = session.content, frame.language
    moved = session.was and session.was.start_local and session.was.starts_at() != content.starts_at()
    status = "EventCancelled" if content.state is State.CANCELLED else "EventRescheduled" if moved else "EventScheduled"
    if frame.edition.card.standing == Standing.POSTPONED and content.stands:
        status = "EventPostponed"
    return _thing(
        "Event",
        **{"@context": _SCHEMA},
        name=content.title.in_(language),
        description=plain((content.abstract or content.description).in_(language)),
        url=frame.addresses.site + frame.addresses.session(session.id),
        startDate=_instant(content.start_local, content.zone),
        endDate=_instant(content.end_local(), content.zone),
        previousStartDate=_instant(session.was.start_local, session.was.zone) if moved and session.was else None,
        eventStatus=f"{_SCHEMA}/{status}",
        eventAttendanceMode=_mode(content.attendance),
        location=_place(content.place, language) if content.place else _venue(frame),
        performer=[_person(each, language) for each in content.people if each.role in _PERFORMING],
        inLanguage=content.language,
        superEvent=_thing(
            "Event", name=frame.edition.card.title.in_(language), url=frame.addresses.site + frame.addresses.home()
        ),
    )


def _venue(frame: Frame) -> Node | None:
    edition, language = frame.edition, frame.language
    name = (edition.venue or edition.card.place).in_(language)
    return (
        _thing("Place", name=name, address=edition.address.in_(language) or edition.card.place.in_(language))
        if name
        else None
    )


def _place(place: Place, language: Language) -> Node:
    whole = _thing("Place", name=place.venue.in_(language), address=place.address.in_(language))
    return _thing("Place", name=place.room.in_(language), containedInPlace=whole if len(whole) > 1 else None)


def _person(person: PrintedPerson, language: Language) -> Node:
    affiliation = person.affiliation.in_(language)
    return _thing(
        "Person",
        name=person.name.in_(language),
        jobTitle=person.title.in_(language),
        affiliation=_thing("Organization", name=affiliation) if affiliation else None,
    )


def _mode(attendance: str) -> str | None:
    return f"{_SCHEMA}/{_MODES[attendance]}EventAttendanceMode" if attendance in _MODES else None


def _instant(local: datetime | None, zone: str) -> str | None:
    return local.replace(tzinfo=ZoneInfo(zone)).isoformat(timespec="minutes") if local else None


def _thing(kind: str, **members: object) -> Node:
    """Return a node of a type with the members that are not empty."""
    context = {"@context": members.pop("@context")} if "@context" in members else {}
    told = {name: value for name, value in members.items() if value not in (None, "", [])}
    return {**context, "@type": kind, **told}
