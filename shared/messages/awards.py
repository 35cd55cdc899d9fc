"""Facts of the awards service: programmes, their cycles and the dates of these, nominations."""

from datetime import date
from typing import Self

from pydantic import BaseModel, ConfigDict

from shared.message import Fact
from shared.messages.dates import DateCancelled, DateSet, ViewChanged
from shared.text import Text


class AwardsDateSet(DateSet, type="awards.date.set.v1", subject="entry_id"):
    """A stage of a cycle, or a deadline that holds for one unit, stands at this time."""


class AwardsDateCancelled(DateCancelled, type="awards.date.cancelled.v1", subject="entry_id"):
    """A stage of a cycle was called off."""


class AwardsViewChanged(ViewChanged, type="awards.view.changed.v1", subject="view"):
    """Public answers of the awards service are out of date."""


class ProgrammeState(BaseModel):
    """A programme as a stranger needs it.

    `standing` is approved, registered, publicity, list, designation, grant or referral, and `verb` recommend, nominate,
    apply or put_forward; either may not be known yet.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    programme_id: str
    slug: str
    name: Text
    standing: str | None
    verb: str | None
    owner_id: str
    is_template: bool
    version: int


class ProgrammeOpened(Fact, type="awards.programme.opened.v1", subject="programme_id"):
    """A programme was entered."""

    programme_id: str
    programme: ProgrammeState


class ProgrammeChanged(Fact, type="awards.programme.changed.v1", subject="programme_id"):
    """A programme, or the definition that its next cycle takes over, changed."""

    programme_id: str
    programme: ProgrammeState


class ProgrammeRemoved(Fact, type="awards.programme.removed.v1", subject="programme_id"):
    """A programme that had no cycles was removed."""

    programme_id: str
    slug: str


class CycleState(BaseModel):
    """A cycle as a stranger needs it. `state` is open, closed, concluded or cancelled; `amendment` counts from 0."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    cycle_id: str
    slug: str
    programme_id: str
    number: int | None
    name: Text
    owner_id: str
    state: str
    amendment: int
    version: int


class CycleFact(Fact):
    """Something became of a cycle, which now stands as `cycle` says."""

    cycle_id: str
    cycle: CycleState


class CycleOpened(CycleFact, type="awards.cycle.opened.v1", subject="cycle_id"):
    """The call of a cycle is open."""


class CycleChanged(CycleFact, type="awards.cycle.changed.v1", subject="cycle_id"):
    """An open cycle's name changed, or it was opened again."""


class CycleAmended(CycleFact, type="awards.cycle.amended.v1", subject="cycle_id"):
    """What was announced of an open cycle holds in another form from a day on, for a reason that `notice` tells."""

    effective_on: date
    notice: Text


class CycleClosed(CycleFact, type="awards.cycle.closed.v1", subject="cycle_id"):
    """The call of a cycle is closed: nothing more is submitted."""


class CycleConcluded(CycleFact, type="awards.cycle.concluded.v1", subject="cycle_id"):
    """A cycle is over, with everything that followed its call."""


class CycleCancelled(CycleFact, type="awards.cycle.cancelled.v1", subject="cycle_id"):
    """A cycle was called off after it had opened."""


class ListTold(BaseModel):
    """An accepted list as a stranger needs it: how many it names, until when objections are taken, nobody's name.

    `record_head` is the hash at which the record of the cycle stood, its `record_length`-th.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    cycle_id: str
    programme_id: str
    number: int
    count: int
    from_on: date
    until_on: date
    provisional: bool
    record_length: int
    record_head: str


class ListPublished(Fact, type="awards.list.published.v1", subject="list_id"):
    """An accepted list was published, for the first time or corrected; or the end of its window was counted anew."""

    list_id: str
    published: ListTold


class NominationTold(BaseModel):
    """A nomination as a stranger needs it: its number, unit and place in the cycle; nobody is named.

    `state` is submitted, returned, passed, rejected or withdrawn; `route` is unit or code.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    nomination_id: str
    number: str
    cycle_id: str
    programme_id: str
    unit_id: str
    category: str
    route: str
    state: str
    version: int


class NominationFact(Fact):
    """Something became of a nomination, which now stands as `nomination` says."""

    nomination_id: str
    nomination: NominationTold

    @classmethod
    def of(cls, told: NominationTold) -> Self:
        """Make the fact that tells how a nomination stands."""
        return cls(nomination_id=told.nomination_id, nomination=told)


class NominationSubmitted(NominationFact, type="awards.nomination.submitted.v1", subject="nomination_id"):
    """A unit handed a nomination in, for the first time or again."""


class NominationWithdrawn(NominationFact, type="awards.nomination.withdrawn.v1", subject="nomination_id"):
    """A unit took back what it had handed in."""


class NominationReturned(NominationFact, type="awards.nomination.returned.v1", subject="nomination_id"):
    """The award office gave a nomination back, to be corrected and handed in again."""


class NominationPassed(NominationFact, type="awards.nomination.passed.v1", subject="nomination_id"):
    """A nomination is past the formality check."""


class NominationRejected(NominationFact, type="awards.nomination.rejected.v1", subject="nomination_id"):
    """The formality check turned a nomination away."""
