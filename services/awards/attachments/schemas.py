"""What is said about attachments over HTTP."""

from datetime import datetime
from typing import Annotated

from fastapi import Path
from pydantic import Field

from services.awards.attachments.rules import Secrecy
from services.awards.programmes.schemas import Key
from shared.editing import Words
from shared.paging import PageQuery
from shared.schema import Id, In, Out
from shared.text import Text

AttachmentId = Annotated[str, Path(max_length=36)]


class AttachmentUpload(In):
    """Which item of the checklist a file is for, what it is called, and which attachment it takes the place of."""

    key: Key
    filename: Annotated[str, Field(min_length=1, max_length=255)] = "file"
    replaces: Id | None = None


class AttachmentPointerIn(In):
    """Where classified material is kept, in place of the material: its number, class and keeper, and no word of what it says."""

    key: Key
    number: Annotated[str, Field(min_length=1, max_length=100)]
    secrecy: Secrecy
    keeper: Words
    replaces: Id | None = None


class AttachmentPointerOut(Out):
    """Where classified material is kept."""

    number: str
    secrecy: Secrecy
    keeper: Text


class ChecklistItemOut(Out):
    """What is asked of a nomination: how many files of which formats, each of at most so many bytes."""

    key: str
    name: Text
    hint: Text
    required: bool
    formats: list[str]
    most: int
    most_bytes: int
    kept_from_candidate: bool


class AttachmentOut(Out):
    """A paper of a nomination: a file, or the `pointer` to what may not be sent."""

    id: str
    nomination_id: str
    key: str
    name: str
    format: str
    size: int
    sha256: str
    pointer: AttachmentPointerOut | None
    hidden: bool
    handed_in: bool
    replaces_id: str | None
    made_at: datetime
    made_by: str
    ended_at: datetime | None


class AttachmentFilter(PageQuery):
    """Papers that are there, or with `all` those too that were replaced or taken off."""

    all: bool = False


class AttachmentLook(In):
    """How a file is to be given: to be kept, or `inline` to be looked at where a browser can."""

    inline: bool = False
