"""What is said about quotas and codes over HTTP."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import Path
from pydantic import Field

from services.awards.cycles.schemas import Reason
from services.awards.programmes.schemas import Key, Short
from services.awards.quotas.rules import Move
from shared.paging import PageQuery
from shared.schema import Id, In, Out
from shared.text import Text

CodeId = Annotated[str, Path(max_length=36)]
Group = Annotated[str, Field(pattern=r"^([a-z][a-z0-9_]{0,39})?$")]
Unit = Annotated[str, Field(max_length=36)]


class QuotaMoveIn(In):
    """Slots to be moved. No amount: as many as are usual for a unit in the category.

    *allocate* gives `to_unit_id` slots of the award office; *pass_on* gives them to a unit below; *reserve* and *release*
    keep a unit's own for a `group`, or no more; *return* gives them back to a unit above, or to the office; *transfer* to
    any other unit. A `group` says which slots are meant; empty: those of anybody.
    """

    move: Literal[Move.ALLOCATE, Move.PASS_ON, Move.RESERVE, Move.RELEASE, Move.RETURN, Move.TRANSFER]
    category: Key
    from_unit_id: Id | None = None
    to_unit_id: Id | None = None
    group: Group = ""
    amount: Annotated[int, Field(ge=1, le=1_000_000)] | None = None
    reason: Reason


class QuotaMovesIn(In):
    """Moves that are made together, or not at all."""

    moves: Annotated[tuple[QuotaMoveIn, ...], Field(min_length=1, max_length=2000)]


class CodesIn(In):
    """Codes to be given out for slots of a unit."""

    unit_id: Id
    category: Key
    group: Group = ""
    count: Annotated[int, Field(ge=1, le=100)] = 1
    note: Short = ""


class WithdrawIn(In):
    """Why a code is withdrawn."""

    reason: Reason


class QuotaEntryOut(Out):
    """An entry of the ledger. No unit: the award office, or a candidate where slots are used or given back."""

    id: str
    move: str
    category: str
    from_unit_id: str | None
    from_group: str
    to_unit_id: str | None
    to_group: str
    amount: int
    code_id: str | None
    nomination_id: str | None
    reason: str
    made_at: datetime
    made_by: str


class EntriesOut(Out):
    """The entries that moves have made."""

    entries: list[QuotaEntryOut]


class QuotaAccountOut(Out):
    """What a unit has of a category: those of anybody (group empty), or those of a group.

    `received` counts what came to it from others, `passed` what it gave to others, `used` what candidates have.
    """

    category: str
    group: str
    received: int
    passed: int
    used: int
    balance: int


class BalanceOut(Out):
    """What a unit has, by category and group."""

    unit_id: str
    unit: Text
    accounts: list[QuotaAccountOut]


class CodeOut(Out):
    """A code, of which only the last four signs are known."""

    id: str
    unit_id: str
    category: str
    group: str
    ending: str
    note: str
    made_at: datetime
    made_by: str
    nomination_id: str | None
    used_at: datetime | None
    withdrawn_at: datetime | None
    version: int


class NewCodeOut(CodeOut):
    """A code as it is given out, shown this once."""

    code: str


class NewCodesOut(Out):
    """Codes as they are given out."""

    codes: list[NewCodeOut]


class BalanceFilter(PageQuery):
    """Balances of units: of one, or of one and all below it."""

    unit: Unit = ""
    below: Unit = ""


class EntryFilter(PageQuery):
    """Entries of the ledger, the newest first."""

    unit: Unit = ""
    category: Annotated[str, Field(max_length=40)] = ""
    move: Move | None = None


class CodeFilter(PageQuery):
    """Codes of a cycle; `state` is free, used or withdrawn."""

    unit: Unit = ""
    category: Annotated[str, Field(max_length=40)] = ""
    state: Literal["", "free", "used", "withdrawn"] = ""
