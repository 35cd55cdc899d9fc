"""What is said about roles and consents over HTTP."""

from datetime import datetime
from typing import Annotated, Any

from fastapi import Path
from pydantic import Field

from services.awards.attachments.schemas import AttachmentOut
from services.awards.consents.rules import Asked, ConsentAnswer, RoleKind
from shared.schema import In, Out
from shared.text import Text

RoleId = Annotated[str, Path(max_length=36)]
Secret = Annotated[str, Path(pattern=r"^[A-Za-z0-9_-]{43}$")]
Hash = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class RoleIn(In):
    """Somebody who is asked for their part in a nomination; a candidate `may_fill_in` the form where the unit lets them."""

    role: RoleKind
    person: Annotated[str, Field(min_length=1, max_length=200)]
    may_fill_in: bool = False
    days: Annotated[int, Field(ge=1, le=365)] = 30


class RoleLinkIn(In):
    """How many days a new link holds; the one before it ends."""

    days: Annotated[int, Field(ge=1, le=365)] = 30


class NominationRoleOut(Out):
    """Somebody's part in a nomination, and how it stands with their consent; `words` are their reason or opinion."""

    id: str
    role: RoleKind
    person: str
    may_fill_in: bool
    state: Asked
    expires_at: datetime | None
    answered_at: datetime | None
    words: str
    made_at: datetime
    version: int


class NewRoleOut(NominationRoleOut):
    """Somebody's part with the secret of their link, shown this once; it stands behind `/awards/consents/`."""

    secret: str


class ConsentIn(In):
    """An answer; `covers` is what was read, as it was told, and `words` a reason or an opinion."""

    answer: ConsentAnswer
    covers: Hash
    words: Annotated[str, Field(max_length=5000)] = ""


class CoversOut(Out):
    """What an answer given now would be to."""

    covers: Hash


class ConsentOut(Out):
    """What somebody reads who has a part in a nomination: as much of it as the part allows.

    `covers` is what their answer is to; `form` is the form that the content fills in; `writes`: they fill it in by now.
    The version is the nomination's.
    """

    role: RoleKind
    person: str
    state: Asked
    may_fill_in: bool
    writes: bool
    words: str
    expires_at: datetime | None
    cycle: Text
    unit: Text
    category: Text
    number: str | None
    nomination_state: str
    candidate_kind: str
    form: dict[str, Any] | None
    content: dict[str, Any]
    attachments: list[AttachmentOut]
    covers: Hash
    version: int
