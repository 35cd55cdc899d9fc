"""What the routes of personal feeds take and answer."""

from datetime import datetime
from typing import Annotated, TypeVar

from pydantic import BaseModel, ConfigDict, Field

from services.calendar.entries.words import FeedLanguage
from services.calendar.subscriptions.rules import MOST_ENTRIES, MOST_TOPICS, check_named
from shared.schema import In, Out

Name = Annotated[str, Field(min_length=1, max_length=80, pattern=r"\S")]
Key = Annotated[str, Field(min_length=1, max_length=400)]


class PersonalFeedIn(In):
    """What a feed shall show: all that belongs to the topics, of these kinds or of any; the chosen entries; own duties."""

    name: Name
    language: FeedLanguage = "both"
    topics: Annotated[list[Key], Field(max_length=MOST_TOPICS)] = Field(default_factory=list)
    kinds: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=20)] = Field(default_factory=list)
    entries: Annotated[list[Key], Field(max_length=MOST_ENTRIES)] = Field(default_factory=list)
    duties: bool = False
    bar: bool = False
    reminders: Annotated[str, Field(max_length=40)] = ""


class PersonalFeedPatch(PersonalFeedIn):
    """What shall be different."""

    name: Name = ""


Asked = TypeVar("Asked", bound=PersonalFeedIn)


class PersonalFeedOut(Out):
    """A feed; its address was shown once and is not kept. `client` is the program that last fetched it."""

    id: str
    name: str
    language: FeedLanguage
    topics: list[str]
    kinds: list[str]
    entries: list[str]
    duties: bool
    bar: bool
    reminders: str
    created_at: datetime
    fetched_at: datetime | None
    client: str
    revoked_at: datetime | None
    version: int


class PersonalFeedMade(PersonalFeedOut):
    """A feed with its new address: whoever knows it reads the feed."""

    url: str


class PersonalQuery(BaseModel):
    """Which part of a feed that is split; all else was chosen when the feed was composed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    part: Annotated[int, Field(ge=1, le=10_000)] = 1


class FeedForm(In):
    """The form of a feed on a page; `version` is that of the feed it changes."""

    name: Annotated[str, Field(max_length=80)] = ""
    language: FeedLanguage = "both"
    topics: Annotated[list[Key], Field(max_length=MOST_TOPICS)] = Field(default_factory=list)
    kinds: Annotated[list[Annotated[str, Field(max_length=80)]], Field(max_length=20)] = Field(default_factory=list)
    entries: Annotated[list[Key], Field(max_length=MOST_ENTRIES)] = Field(default_factory=list)
    duties: bool = False
    bar: bool = False
    reminders: Annotated[str, Field(max_length=40)] = ""
    version: Annotated[int, Field(ge=0, le=2_000_000_000)] = 0

    def asked(self, model: type[Asked]) -> Asked:
        """Return what the form asks for; raise `NamelessFeed`."""
        check_named(self.name)
        return model(**self.model_dump(exclude={"version"}))


class EntriesForm(In):
    """Chosen dates that go into a feed."""

    entries: Annotated[list[Key], Field(max_length=MOST_ENTRIES)] = Field(default_factory=list)


class VersionForm(In):
    """The version of a feed that a form was shown for."""

    version: Annotated[int, Field(ge=0, le=2_000_000_000)] = 0
