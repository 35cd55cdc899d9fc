"""What may be asked of public pages. Unknown parameters are passed over: messengers and mailers add their own to links."""

from typing import Annotated

from fastapi import Path
from pydantic import BaseModel, ConfigDict, Field

from services.events.pages.asked import MOST_STARS, Asked
from services.events.pages.catalogue import EventsAsked

Slug = Annotated[str, Path(max_length=80)]
SessionId = Annotated[str, Path(max_length=80)]
Number = Annotated[int, Path(ge=1, le=2_000_000_000)]
Token = Annotated[str, Path(max_length=200)]
Word = Annotated[str, Field(max_length=80)]
Part = Annotated[int, Field(ge=1, le=10_000)]


class PageQuery(BaseModel):
    """Part of something long."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    part: Part = 1


class ProgrammeQuery(PageQuery):
    """A view of a programme."""

    view: Word = "day"
    day: Word = ""
    room: Word = ""
    track: Word = ""
    person: Word = ""
    letter: Word = ""
    q: Annotated[str, Field(max_length=200)] = ""
    star: Annotated[list[Word], Field(max_length=MOST_STARS)] = []

    def asked(self) -> Asked:
        """Return the question; what its view does not ask for is left out of it."""
        stars = tuple(dict.fromkeys(self.star))
        if words := " ".join(self.q.split()):
            return Asked(q=words, star=stars)
        if self.view in ("now", "mine", "about"):
            return Asked(self.view, star=stars)
        if self.view == "track":
            return Asked("track", track=self.track, star=stars)
        if self.view == "person":
            letter = "" if self.person else self.letter
            return Asked("person", person=self.person, letter=letter, star=stars)
        if self.view == "room" and self.room:
            return Asked("room", room=self.room, star=stars)
        return Asked(self.view, day=self.day, part=self.part, star=stars)


class EventsQuery(BaseModel):
    """Which events."""

    model_config = ConfigDict(extra="ignore", frozen=True)

    kind: Word = ""
    year: Word = ""

    def asked(self) -> EventsAsked:
        """Return the question."""
        return EventsAsked(self.kind, self.year)
