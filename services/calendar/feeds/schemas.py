"""What may be asked of a feed."""

from typing import Annotated, Literal
from urllib.parse import urlencode

from pydantic import BaseModel, ConfigDict, Field

from services.calendar.entries.words import FeedLanguage


class Language(BaseModel):
    """The language of an entry or a feed: never negotiated, so that every subscriber of an address gets the same."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    lang: FeedLanguage = "both"


class FeedQuery(Language):
    """Language, filters (values separated by commas), reminders such as `15m,1d`, and the part of a feed that is split.

    `entry` names single dates by their ids: what somebody chose of a programme, followed without an account.
    `bar=1` shows a conference as a bar over its days also where its sessions stand in the feed.
    """

    kind: Annotated[str, Field(max_length=400)] = ""
    track: Annotated[str, Field(max_length=400)] = ""
    entry: Annotated[str, Field(max_length=6000)] = ""
    bar: Literal["", "0", "1"] = ""
    reminders: Annotated[str, Field(max_length=40)] = ""
    part: Annotated[int, Field(ge=1, le=10_000)] = 1

    def whole(self) -> "FeedQuery":
        """Return the same question for the first part."""
        return self.model_copy(update={"part": 1})

    def written(self, part: int = 1) -> str:
        """Return the query of part `part` as one always writes it, with its question mark; empty where nothing is asked."""
        asked = self.model_copy(update={"part": part}).model_dump(exclude_defaults=True)
        return f"?{urlencode(asked, safe=',')}" if asked else ""


class AgendaQuery(BaseModel):
    """A month such as `2026-11` (the present one where it is not given), of one feed or of everything but sessions."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    month: Annotated[str, Field(pattern=r"^((19|20|21)[0-9]{2}-(0[1-9]|1[0-2]))?$")] = ""
    feed: Annotated[str, Field(max_length=120)] = ""
