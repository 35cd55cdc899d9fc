"""What is said about nominations over HTTP."""

from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import Path
from pydantic import Field

from services.awards.nominations.rules import NominationPart, NominationState
from services.awards.programmes.rules import Route
from services.awards.programmes.schemas import Key, Short
from services.awards.quotas.schemas import Group
from shared.paging import PageQuery
from shared.schema import Id, In, Out, PlainJson

NominationId = Annotated[str, Path(max_length=36)]


class NominationPatch(In):
    """What is written in a nomination: in `content` those fields of its form that change, with null for one that is cleared.

    A resident identity number that comes as it was answered, with its middle hidden, stays as it is.
    """

    content: PlainJson = Field(default_factory=dict)
    candidate_kind: Group = ""
    groups: Annotated[tuple[Key, ...], Field(max_length=50)] = ()


class NominationIn(NominationPatch):
    """A nomination that a unit begins in a cycle, named by its id or slug."""

    cycle: Annotated[str, Field(min_length=1, max_length=80)]
    unit_id: Id
    category: Key


class CodeNominationIn(NominationPatch):
    """A nomination that a candidate begins with the code that a unit gave out; the code says in which cycle and category."""

    code: Annotated[str, Field(min_length=1, max_length=100)]


class NominationRowOut(Out):
    """A nomination in a list, as the caller's `part` in it allows: a unit above sees its number and state alone.

    `own` tells that the caller is its candidate, who may be of its unit besides.
    """

    id: str
    cycle_id: str
    definition: int
    category: str
    candidate_kind: str
    unit_id: str
    route: str
    state: str
    number: str | None
    name: str
    groups: list[str]
    correct_until: datetime | None
    made_at: datetime
    changed_at: datetime
    submitted_at: datetime | None
    part: NominationPart
    own: bool
    version: int


class NominationOut(NominationRowOut):
    """A nomination. `content` is what is being written, for the award office what was handed in; null where not to be read."""

    content: dict[str, Any] | None


class NominationFilter(PageQuery):
    """Which nominations, in which order; `cycle` is an id or a slug, `below` a unit with what is below it."""

    q: Short = ""
    cycle: Annotated[str, Field(max_length=80)] = ""
    unit: Annotated[str, Field(max_length=36)] = ""
    below: Annotated[str, Field(max_length=36)] = ""
    category: Annotated[str, Field(max_length=40)] = ""
    state: NominationState | None = None
    route: Route | None = None
    mine: bool = False
    sort: Literal["newest", "name", "-name"] = "newest"


class RevisionOut(Out):
    """A change of what a nomination says: by place what stood there (null: nothing) and what does since."""

    version: int
    changes: dict[str, Any]
    made_at: datetime
    made_by: str


class IdentityIn(In):
    """Which identity number is to be opened, the JSON pointer to it, such as `/content/identity`, and why."""

    pointer: Annotated[str, Field(min_length=1, max_length=400)]
    reason: Annotated[str, Field(max_length=200, pattern=r"\S.*\S")]


class IdentityOut(Out):
    """An identity number in the clear."""

    pointer: str
    number: str
