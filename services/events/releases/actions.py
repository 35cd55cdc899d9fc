"""Make what is public: release a draft, go back to an earlier release, approve, tell calendars.

Whatever is released goes through `_issue`: it is held against what is public, and what differs is frozen in new rows,
told to calendars and to other services, in one transaction.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from services.events.acceptances.queries import list_blocking
from services.events.editions.actions import TELL_SESSIONS, get_to_edit, take_step, tell_all, touch
from services.events.editions.models import Edition, EditionApproval, ToldDate
from services.events.editions.rules import PUBLIC, Deed
from services.events.releases import queries, rules
from services.events.releases.content import ABSENT, Content, fingerprint, from_json, to_json
from services.events.releases.diff import Change, ChangeKind, compare, counts_of
from services.events.releases.entries import NOBODY, session_entry, session_entry_id
from services.events.releases.models import Release, ReleasedSession
from services.events.releases.schemas import ApprovalIn, ReleaseIn, RollbackIn
from services.events.schedule.models import Schedule
from shared.audit import record
from shared.caller import Caller
from shared.db import HELD, hold, new_id
from shared.jobs import Work, enqueue
from shared.ledger import emit
from shared.messages import events as facts
from shared.text import Text

_HOLD_DRAFT = select(Schedule.edition_id).where(Schedule.edition_id == bindparam("edition")).with_for_update()
"""While it is held nobody moves anything, so that what is released is what was checked."""

CHUNK = 100
"""Sessions told again in one transaction, so that nobody waits long for it."""


def release(tx: Session, caller: Caller, now: datetime, ref: str, body: ReleaseIn) -> Release:
    """Make the draft public; raise `ConflictsBlock`, `ReleaseNotApproved`, `NothingToRelease`, `EditionOver`.

    Raises `ProgrammeChanged` where it is not what the caller looked at.
    """
    edition = _to_release(tx, caller, ref)
    target = queries.draft_as_released(tx, edition)
    if body.fingerprint and body.fingerprint != fingerprint(target):
        raise rules.ProgrammeChanged()
    if blocking := list_blocking(tx, edition):
        raise rules.ConflictsBlock(count=len(blocking), conflicts=blocking)
    approved_by = _approver(tx, caller, edition, target)
    return _issue(tx, caller, now, edition, target, _Said("release", body.name, body.note, approved_by))


def roll_back(tx: Session, caller: Caller, now: datetime, ref: str, number: int, body: RollbackIn) -> Release:
    """Make an earlier release public again, as a new one; the draft stays as it is. Raises `NothingToRelease`."""
    edition = _to_release(tx, caller, ref)
    old = queries.get_release(tx, edition.id, number)
    target = queries.contents_at(tx, edition.id, number)
    target |= queries.withdrawn(queries.contents_at(tx, edition.id), target)
    said = _Said("rollback", body.name, body.note, old.approved_by, of_number=number)
    return _issue(tx, caller, now, edition, target, said)


def approve(tx: Session, caller: Caller, now: datetime, ref: str, body: ApprovalIn) -> EditionApproval:
    """Approve that the draft, as it stands, is released by somebody else; raise `OwnApproval`, `ProgrammeChanged`."""
    edition = _to_release(tx, caller, ref)
    if fingerprint(queries.draft_as_released(tx, edition)) != body.fingerprint:
        raise rules.ProgrammeChanged()
    if caller.account_id in queries.editors_since(tx, edition.id, queries.find_release(tx, edition.id)):
        raise rules.OwnApproval()
    row = _approval(edition, queries.RELEASE, caller.account_id, now, body.note, fingerprint=body.fingerprint)
    tx.add(row)
    record(tx, caller, "release.approved", edition.id, fingerprint=body.fingerprint)
    tx.flush()
    return row


def close_edition(tx: Session, caller: Caller, now: datetime, ref: str, version: int) -> Edition:
    """Note that an edition is over, with the figures of its programme."""
    edition = get_to_edit(tx, caller, ref, version)
    return take_step(tx, caller, now, ref, version, Deed.CLOSE, queries.figures_of(tx, edition.id))


def tell_sessions(work: Work) -> None:
    """Tell calendars the released sessions of an edition that stand otherwise than they were told.

    Due whenever the edition itself changes (its name, address, umbrellas, or that it is put off or called off), and when
    an embargo ends.
    """
    edition_id, last, done = work.payload["edition_id"], str(work.checkpoint.get("last", "")), work.done
    while True:
        with work.db.transaction() as tx:
            edition = tx.get(Edition, edition_id, with_for_update=HELD)
            rows = queries.rows_after(tx, edition_id, last, CHUNK)
            if edition is None or not rows:
                if edition is not None:
                    touch(tx, edition)
                return
            contents = {row.session_id: from_json(row.content) for row in rows}
            _tell(tx, edition, contents, work.db.clock())
            last, done = rows[-1].session_id, done + len(rows)
            work.keep(tx, done, 0, last=last)


@dataclass(frozen=True)
class _Said:
    """What is said of a release beside its sessions."""

    kind: str
    name: Text
    note: Text
    approved_by: str | None
    of_number: int | None = None


def _to_release(tx: Session, caller: Caller, ref: str) -> Edition:
    """Return an edition whose programme the caller may release, held against other releases until this is committed."""
    edition = queries.get_to_release(tx, caller, ref)
    hold(tx, edition)
    tx.execute(_HOLD_DRAFT, {"edition": edition.id})
    rules.check_releasable(edition.state, edition.standing)
    return edition


def _approver(tx: Session, caller: Caller, edition: Edition, target: Mapping[str, Content]) -> str | None:
    """Return who approved exactly this; raise `ReleaseNotApproved` where the edition asks for it and nobody did."""
    if not edition.requires_approval:
        return None
    rows = queries.approvals_of(tx, edition.id, fingerprint(target))
    approved_by = rules.approver([row.approved_by for row in rows], caller.account_id)
    if approved_by is None:
        raise rules.ReleaseNotApproved(fingerprint=fingerprint(target))
    return approved_by


def _approval(edition: Edition, deed: str, by: str, now: datetime, note: str = "", **content: str) -> EditionApproval:
    return EditionApproval(
        edition_id=edition.id, deed=deed, content=content, edition_version=edition.version,
        approved_by=by, approved_at=now, note=note,
    )  # fmt: skip


def _issue(
    tx: Session, caller: Caller, now: datetime, edition: Edition, target: Mapping[str, Content], said: _Said
) -> Release:
    """Make `target` what is public: number it, freeze what differs, publish the edition, tell everybody."""
    rows = queries.current_rows(tx, edition.id)
    changes = compare({id_: from_json(row.content) for id_, row in rows.items()}, target)
    if not changes:
        raise rules.NothingToRelease()
    last = queries.find_release(tx, edition.id)
    made = Release(
        edition_id=edition.id, number=last.number + 1 if last else 1, kind=said.kind, name=said.name, note=said.note,
        of_number=said.of_number, counts=counts_of(changes), starts_on=edition.starts_on, ends_on=edition.ends_on,
        made_by=caller.account_id, approved_by=said.approved_by, made_at=now,
    )  # fmt: skip
    tx.add(made)
    _freeze(tx, made, rows, changes)
    _publish(tx, caller, now, edition, said.approved_by)
    record(tx, caller, "edition.released", edition.id, number=made.number, counts=made.counts, of=said.of_number)
    sequences = _tell(tx, edition, {change.session_id: target[change.session_id] for change in changes}, now)
    told = facts.DraftChanged(
        edition_id=edition.id, part="release", part_id=edition.id, version=made.number, by=made.made_by
    )
    emit(tx, told, *(fact for each in changes for fact in _facts(each, made, sequences.get(each.session_id, 0))))
    _await_embargoes(tx, edition, target, now)
    touch(tx, edition)
    return made


def _freeze(tx: Session, made: Release, rows: Mapping[str, ReleasedSession], changes: Sequence[Change]) -> None:
    for change in changes:
        if old := rows.get(change.session_id):
            old.valid_to = made.number
    tx.flush()
    for change in changes:
        content = change.new or ABSENT
        tx.add(
            ReleasedSession(
                id=new_id(), session_id=change.session_id, edition_id=made.edition_id, valid_from=made.number,
                state=content.state, starts_at=content.starts_at() or made.made_at, changed_at=made.made_at,
                content=to_json(content),
            )
        )  # fmt: skip
    tx.flush()


def _publish(tx: Session, caller: Caller, now: datetime, edition: Edition, approved_by: str | None) -> None:
    """Publish an edition with its first release; who approved the release has approved that."""
    if edition.state in PUBLIC:
        return
    if approved_by:
        tx.add(_approval(edition, Deed.PUBLISH, approved_by, now))
        tx.flush()
    take_step(tx, caller, now, edition.id, edition.version, Deed.PUBLISH)


def _tell(tx: Session, edition: Edition, contents: Mapping[str, Content], now: datetime) -> dict[str, int]:
    """Tell calendars of sessions; return the sequences of those that calendars know.

    What is for nobody yet (an embargo, an invitation without accounts) is not told at all, unless it was told before.
    """
    around, accounts = queries.around(tx, edition), queries.accounts_of(tx, contents.values())
    ids = [session_entry_id(session_id) for session_id in contents]
    told = set(tx.scalars(select(ToldDate.entry_id).where(ToldDate.entry_id.in_(ids))))
    entries = {}
    for session_id, content in contents.items():
        known = {account for person in content.people if (account := accounts.get(person.id))}
        entry = session_entry(around, session_id, content, known, now)
        if entry.entry_id in told or entry.audience != NOBODY:
            entries[entry.entry_id] = entry
    tell_all(tx, edition.id, entries, now)
    sequence = ToldDate.entry["sequence"].as_integer()
    numbers = tx.execute(select(ToldDate.entry_id, sequence).where(ToldDate.entry_id.in_(ids)))
    return {entry_id.removeprefix(session_entry_id("")): number for entry_id, number in numbers}


def _facts(change: Change, made: Release, sequence: int) -> list[facts.SessionFact]:
    old, new = change.old or ABSENT, change.new or ABSENT
    said = {
        "session_id": change.session_id, "edition_id": made.edition_id, "release": made.number, "sequence": sequence,
        "title": new.title, "start_local": new.start_local, "end_local": new.end_local(), "zone": new.zone,
        "place": _words(new),
    }  # fmt: skip
    if change.kind is ChangeKind.CANCELLED:
        return [facts.SessionCancelled.model_validate(said)]
    if change.kind is not ChangeKind.MOVED:
        return [facts.SessionReleased.model_validate(said)]
    found: list[facts.SessionFact] = []
    if change.retimed:
        was = {"old_start_local": old.start_local, "old_end_local": old.end_local(), "old_zone": old.zone}
        found.append(facts.SessionRescheduled.model_validate(said | was))
    if change.relocated:
        found.append(facts.SessionRelocated.model_validate(said | {"old_place": _words(old)}))
    return found


def _words(content: Content) -> Text:
    return content.place.words() if content.place else Text()


def _await_embargoes(tx: Session, edition: Edition, target: Mapping[str, Content], now: datetime) -> None:
    """Have calendars and pages told again when each embargo ends."""
    for until in sorted({c.embargo_until for c in target.values() if c.embargo_until and c.embargo_until > now}):
        enqueue(tx, TELL_SESSIONS, f"{edition.id}@{until.isoformat()}", due_at=until, edition_id=edition.id)
