"""What calendars are told of a released session. Pure: its content and its edition in, a whole entry out.

The id of an entry comes from the session, so that its UID stays whatever becomes of it; its numbers are given where it
is told. No person is named in it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from services.events.editions.dates import (
    EditionDates,
    described,
    kind_topic,
    lies_ahead,
    status_of,
    titled,
    without_tags,
)
from services.events.releases.content import Content, State
from shared.messages.dates import Audience, DateEntry, DateStatus, Topic
from shared.text import Text

DESCRIPTION_CHARACTERS = 1_000
"""Calendars show the beginning and the link; the page has it all."""

NOBODY = Audience(kind="accounts")
"""Who sees an entry that was told once and is kept back now."""


def session_entry_id(session_id: str) -> str:
    """Return the entry id of a session."""
    return f"session-{session_id}"


@dataclass(frozen=True, slots=True)
class Around:
    """What of an edition goes into the entries of its sessions; `days` are its days when they were released."""

    edition: EditionDates
    owner_id: str
    days: tuple[date | None, date | None]

    def in_doubt(self) -> bool:
        """Tell whether the edition was put off to other days than those that its sessions were released for."""
        (first, last), edition = self.days, self.edition
        if not (first and last and edition.starts_on and edition.ends_on):
            return False
        return edition.ends_on < first or last < edition.starts_on

    def touches(self, day: date) -> bool:
        """Tell whether the edition's standing is that of a session on `day` too.

        What was held before an edition was broken off stays as it was; of one that was put off or called off as a
        whole, even if it is said afterwards, nothing was held.
        """
        last, said_on = self.days[1], self.edition.standing_on
        return lies_ahead(self.edition, day) or bool(last and said_on and said_on > last)


def session_entry(
    around: Around, session_id: str, content: Content, accounts: Collection[str], now: datetime
) -> DateEntry:
    """Return the entry of a session that has a time; `accounts` are those of its people."""
    assert content.start_local is not None
    edition, place = around.edition, content.place
    ahead = around.touches(content.start_local.date())
    words = content.abstract or content.description
    status = _status(content, around)
    return DateEntry(
        entry_id=session_entry_id(session_id),
        changed_at=now,
        kind="session",
        status=status_of(edition, status) if ahead else status,
        start_local=content.start_local,
        end_local=content.end_local(),
        end_at=_second_of_two(content),
        zone=content.zone,
        title=titled(edition, content.title) if ahead else content.title,
        description=_shortened(described(edition, words) if ahead else without_tags(words)),
        place=place.words() if place else Text(),
        geo=place.geo if place else None,
        link=f"{edition.link}/sessions/{session_id}",
        topics=(*edition.topics, *_track(content), kind_topic("session")),
        audience=_audience(content, accounts, around.owner_id, now),
        organizer=edition.organizer,
        contact=edition.contact,
    )


def _second_of_two(content: Content) -> datetime | None:
    """Return when a session ends, if clocks that are set back show its end twice and the second is meant."""
    local = content.end_local()
    return content.ends_at() if local and local.fold else None


def _status(content: Content, around: Around) -> DateStatus:
    if not content.stands:
        return "cancelled"
    return "tentative" if content.state is State.TENTATIVE or around.in_doubt() else "confirmed"


def _track(content: Content) -> tuple[Topic, ...]:
    track = content.track
    return (Topic(key=f"track:{track.id}", slug=track.slug, title=track.name),) if track else ()


def _audience(content: Content, accounts: Collection[str], owner_id: str, now: datetime) -> Audience:
    if content.embargo_until and content.embargo_until > now:
        return NOBODY
    if content.openness == "public":
        return Audience()
    if content.openness == "members":
        return Audience(kind="members")
    if content.openness == "invited":
        return Audience(kind="accounts", account_ids=tuple(sorted(accounts)))
    return Audience(kind="officers", organisation_id=owner_id)


def _shortened(words: Text) -> Text:
    def side(text: str) -> str:
        return text if len(text) <= DESCRIPTION_CHARACTERS else text[: DESCRIPTION_CHARACTERS - 1].rstrip() + "…"

    return Text(side(words.zh), side(words.en))
