"""What the routes of entries and topics take and answer."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from shared.messages.dates import AudienceKind, DateStatus
from shared.paging import PageQuery
from shared.schema import Out
from shared.text import Text


class EntryQuery(PageQuery):
    """Dates that have not ended before `since` (today where it is not given) and begin no later than `until`."""

    since: date | None = None
    until: date | None = None
    service: Annotated[str, Field(max_length=40)] = ""
    kind: Annotated[str, Field(max_length=80)] = ""
    topic: Annotated[str, Field(max_length=400)] = ""


class EntryOut(Out):
    """A date; `starts_at` and `ends_at` in UTC, the days as the place's own calendar shows them."""

    entry_id: str
    service: str
    kind: str
    status: DateStatus
    sequence: int
    changed_at: datetime
    starts_at: datetime
    ends_at: datetime
    first_on: date
    last_on: date
    all_day: bool
    zone: str | None
    title: Text
    place: Text
    link: str | None
    audience_kind: AudienceKind


class TopicQuery(PageQuery):
    """Topics of one kind (`series`, `edition`, `track`, …) whose title holds `q`; of these keys; with a feed for everybody."""

    kind: Annotated[str, Field(max_length=40, pattern=r"^[a-z_]*$")] = ""
    q: Annotated[str, Field(max_length=80)] = ""
    key: Annotated[list[Annotated[str, Field(max_length=400)]], Field(max_length=100)] = Field(default_factory=list)
    public: bool = False


class TopicOut(Out):
    """Something that a feed can follow, by its key."""

    key: str
    slug: str
    title: Text
