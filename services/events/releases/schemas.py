"""What is asked and answered about releases."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, StringConstraints

from services.events.releases.changelog import sentence
from services.events.releases.content import to_json
from services.events.releases.diff import Change, ChangeKind
from services.events.schedule.schemas import ConflictOut
from shared.schema import In, Out
from shared.text import Text

Fingerprint = Annotated[str, StringConstraints(pattern="^[0-9a-f]{64}$")]


class RollbackIn(In):
    """Name and note of a release, as people read them."""

    name: Text = Field(default_factory=Text)
    note: Text = Field(default_factory=Text)


class ReleaseIn(RollbackIn):
    """What is said of a release; with a fingerprint, exactly what `releases/next` showed is released, or nothing."""

    fingerprint: Fingerprint | None = None


class ApprovalIn(In):
    """Approval of the programme that has this fingerprint, as `releases/next` showed it."""

    fingerprint: Fingerprint
    note: Annotated[str, StringConstraints(max_length=2_000)] = ""


class ReleaseOut(Out):
    """A release; `counts` says how many sessions were added, moved, cancelled and changed."""

    number: int
    kind: str
    name: Text
    note: Text
    of_number: int | None
    counts: dict[str, int]
    made_at: datetime


class FieldOut(Out):
    """A field of a session before and after."""

    old: Any
    new: Any


class ChangeOut(Out):
    """What became of a session: by its fields for machines, and in words. A side that does not hold it is null."""

    session_id: str
    kind: ChangeKind
    title: Text
    fields: dict[str, FieldOut]
    message: Text

    @classmethod
    def of(cls, change: Change) -> "ChangeOut":
        """Tell a change."""
        old, new = (to_json(side) if side else {} for side in (change.old, change.new))
        shown = change.new or change.old
        return cls(
            session_id=change.session_id,
            kind=change.kind,
            title=shown.title if shown else Text(),
            fields={name: FieldOut(old=old.get(name), new=new.get(name)) for name in change.fields()},
            message=sentence(change),
        )


class DiffOut(Out):
    """Everything that changed from one release to another; from 0, everything there is."""

    from_number: int
    to_number: int
    counts: dict[str, int]
    changes: list[ChangeOut]


class ApprovedOut(Out):
    """Who approved a programme, when."""

    approved_by: str
    approved_at: datetime
    note: str


class NextOut(Out):
    """What the next release would bring: its changes, what forbids it, and who approved exactly this."""

    number: int
    fingerprint: str
    counts: dict[str, int]
    changes: list[ChangeOut]
    blocking: list[ConflictOut]
    requires_approval: bool
    approvals: list[ApprovedOut]


class SessionOut(Out):
    """A session as a release shows it; `sequence` is that of its calendar entry."""

    session_id: str
    since: int
    sequence: int
    changed_at: datetime
    content: dict[str, Any]


class AffectedOut(Out):
    """Somebody whose session is another than before, and how to reach them."""

    person_id: str
    name: Text
    role: str
    email: str
    phone: str
    session_id: str
    title: Text
    kind: ChangeKind
    old: Text
    new: Text
