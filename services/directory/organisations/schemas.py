"""What is said about organisations over HTTP."""

from datetime import date
from typing import Annotated

from fastapi import Path
from pydantic import AfterValidator, Field
from pydantic_core import PydanticCustomError

from services.directory.organisations.identifiers import read_ror, read_uscc
from services.directory.organisations.rules import Kind, NameKind, Status, UnknownIdentifier
from shared.editing import Words
from shared.paging import PageQuery
from shared.schema import Id, In, Out, Slug
from shared.text import Text

Ref = Annotated[str, Path(max_length=80, description="Id or slug.")]
AnyId = Annotated[str, Path(max_length=80)]


def _short(words: Text) -> Text:
    if max(len(words.zh), len(words.en)) > 300:
        raise PydanticCustomError("string_too_long", "is too long", {"max_length": 300})
    return Text(words.zh.strip(), words.en.strip())


def _uscc(words: str) -> str:
    try:
        return read_uscc(words)
    except UnknownIdentifier as error:
        raise PydanticCustomError("unknown_identifier", "has wrong check digits") from error


def _ror(words: str) -> str:
    try:
        return read_ror(words)
    except UnknownIdentifier as error:
        raise PydanticCustomError("unknown_identifier", "has wrong check digits") from error


Name = Annotated[Words, AfterValidator(_short)]
Uscc = Annotated[str, Field(max_length=40), AfterValidator(_uscc)]
Ror = Annotated[str, Field(max_length=60), AfterValidator(_ror)]


class OrganisationPatch(In):
    """What is corrected of an organisation; a new name is given by `rename`, which keeps the old one."""

    name: Name = Text("机构", "Organisation")
    kind: Kind = Kind.OTHER
    uscc: Uscc | None = None
    ror: Ror | None = None
    founded_on: date | None = None


class OrganisationIn(OrganisationPatch):
    """A new organisation below `parent_id`."""

    slug: Slug
    parent_id: Id
    name: Name
    kind: Kind


class RenameIn(In):
    """A new name, from a day on (today)."""

    name: Name
    on: date | None = None


class MoveIn(In):
    """A new place in the tree, from a day on (today)."""

    parent_id: Id
    on: date | None = None


class MergeIn(In):
    """The organisation that carries this one on, from a day on (today)."""

    into_id: Id
    on: date | None = None


class SplitIn(In):
    """The organisations that this one was split into, on a day (today)."""

    into_ids: Annotated[tuple[Id, ...], Field(min_length=2, max_length=50)]
    on: date | None = None


class CloseIn(In):
    """The day on which it ended (today)."""

    on: date | None = None


class OtherNameIn(In):
    """An alias or a former name; both days count, either may be unknown."""

    kind: NameKind
    name: Name
    from_on: date | None = None
    until_on: date | None = None


class OtherNameOut(Out):
    """An alias or a former name."""

    id: str
    kind: NameKind
    name: Text
    from_on: date | None
    until_on: date | None


class OrganisationOut(Out):
    """An organisation; `into_ids` are those that carry it on where it was merged or split; so many active ones are `below`."""

    id: str
    slug: str
    parent_id: str | None
    kind: Kind
    name: Text
    uscc: str | None
    ror: str | None
    status: Status
    founded_on: date | None
    ended_on: date | None
    into_ids: list[str]
    other_names: list[OtherNameOut]
    below: int
    version: int


class StateOut(Out):
    """What held of an organisation from a day (nothing: ever since) until before another (nothing: still)."""

    organisation_id: str
    parent_id: str | None
    kind: Kind
    name: Text
    status: Status
    from_on: date | None
    until_on: date | None


class Step(Out):
    """One organisation on the way from the root."""

    id: str
    slug: str
    name: Text


class OrganisationFilter(PageQuery):
    """Organisations whose name, slug or identifier holds `q`; at or below one; of a kind or status."""

    q: Annotated[str, Field(max_length=200)] = ""
    below: Annotated[str, Field(max_length=80)] = ""
    parent: Annotated[str, Field(max_length=80)] = ""
    kind: Kind | None = None
    status: Status | None = None


class PastFilter(PageQuery):
    """Organisations as they were on a day; below `parent` where it is given."""

    on: date
    parent: Annotated[str, Field(max_length=80)] = ""
    kind: Kind | None = None
