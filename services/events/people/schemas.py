"""What is said about people over HTTP."""

from typing import Annotated, Literal

from pydantic import Field

from services.events.editions.schemas import Email, Identified, Short
from services.events.programme.rules import PersonRole
from shared.editing import Words
from shared.paging import PageQuery
from shared.schema import Id, In, Out, WallTime, WallTimeIn
from shared.text import Text

NOTHING = Text()


class PersonPatch(In):
    """What may be changed of a person; `family_first` tells how a Latin name is printed."""

    name: Words = Text("人员", "Person")
    family_first: bool = True
    title: Text = NOTHING
    affiliation: Text = NOTHING
    biography: Text = NOTHING
    email: Email = ""
    phone: Annotated[str, Field(max_length=80)] = ""
    account_id: Id | None = None


class PersonIn(PersonPatch, Identified):
    """A new person, kept by the organisation `owner_id`."""

    name: Words
    owner_id: Id


class PersonOut(Out):
    """A person; how to reach them (`contact` false: not told) is for those who keep them or work on an edition of theirs."""

    id: str
    owner_id: str
    name: Text
    family_first: bool
    title: Text
    affiliation: Text
    biography: Text
    contact: bool
    email: str
    phone: str
    account_id: str | None
    source: str | None
    key: str | None
    version: int


class PersonFilter(PageQuery):
    """Which people: by name or affiliation, by owner, or with a part in an edition (id or slug)."""

    q: Short = ""
    owner: Annotated[str, Field(max_length=36)] = ""
    edition: Annotated[str, Field(max_length=80)] = ""
    role: PersonRole | None = None
    sort: Literal["newest", "oldest"] = "oldest"


class PersonWindowIn(In):
    """A stretch of time in which a person can attend; wall times in the edition's zone."""

    start_local: WallTimeIn
    end_local: WallTimeIn


class PersonWindowsIn(In):
    """All times at which a person can attend an edition; none: always."""

    windows: Annotated[tuple[PersonWindowIn, ...], Field(max_length=100)] = ()


class PersonWindowOut(Out):
    """A stretch of time in which a person can attend."""

    start_local: WallTime
    end_local: WallTime


class AppearanceOut(Out):
    """A person's part in a session of an edition."""

    edition_id: str
    session_id: str
    title: Text
    role: str
    confirmed: bool
