"""What calendars are told of a cycle's stages. Pure: values in, whole entries out.

A stage is one entry for its life, so that an extension moves it; a deadline put off for one unit is an entry of its own,
which that unit alone sees.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from services.awards.cycles.rules import Phase
from services.awards.programmes.rules import STAGE_NAMES, StageKind
from shared.messages.dates import Audience, DateEntry, DateStatus, Topic
from shared.text import Text, plain
from shared.times import PlannedTime

KINDS = {
    StageKind.CALL_OPENS: "call",
    StageKind.UNIT_DEADLINE: "deadline",
    StageKind.SUBMISSION_DEADLINE: "deadline",
    StageKind.CORRECTION_DEADLINE: "deadline",
    StageKind.REVIEW: "review",
    StageKind.NOTICE: "notice",
}
"""The kinds of entries; every other stage is a `selection`."""

KIND_TOPICS = {
    "call": Text("征集启动", "Calls"),
    "deadline": Text("截止日期", "Deadlines"),
    "review": Text("评审", "Reviews"),
    "notice": Text("公示", "Public notices"),
    "selection": Text("评选安排", "Dates of selections"),
}

TURNS = timedelta(days=100)
"""How long after its last deadline a cycle is still told otherwise from day to day."""

INSTANT = timedelta(microseconds=1)

_TITLE = Text("{cycle}：{stage}", "{cycle}: {stage}")
_PUT_OFF = Text("原定 {was}，延至 {until}。{notice}", "Put off from {was} to {until}. {notice}")
_FOR_ONE = Text("{title}（个别提名延期）", "{title} (put off for one nomination)")
_FOR_UNIT = Text("{title}（本单位延期）", "{title} (put off for your unit)")


@dataclass(frozen=True, slots=True)
class CycleDates:
    """What of a cycle goes into its entries; `ended_on` is the day on which it was cancelled."""

    name: Text
    state: str
    ended_on: date | None
    organizer: Text | None
    link: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class StageDates:
    """What of a stage goes into its entry."""

    id: str
    kind: str
    title: Text
    description: Text
    on: date | None
    until_on: date | None
    at_local: datetime | None
    until_local: datetime | None
    zone: str | None
    status: DateStatus


@dataclass(frozen=True, slots=True)
class PutOff:
    """What of an extension goes into entries."""

    id: str
    unit_id: str | None
    nomination_id: str | None
    was_local: datetime
    until_local: datetime
    zone: str
    notice: Text


def stage_entry_id(stage_id: str) -> str:
    """Return the entry id of a stage."""
    return f"stage-{stage_id}"


def extension_entry_id(extension_id: str) -> str:
    """Return the entry id of a deadline that is put off for one unit."""
    return f"extension-{extension_id}"


def page_of(slug: str) -> str:
    """Return the address of the page of an announced cycle, without the language."""
    return f"/awards/cycles/{slug}"


def titled(cycle: Text, stage: Text, kind: str) -> Text:
    """Return the title of a stage's entry: the cycle's name, then the stage's own or that of its kind."""
    return _TITLE.format(cycle=cycle, stage=stage or STAGE_NAMES[kind])


def stage_entry(cycle: CycleDates, stage: StageDates, put_off: PutOff | None, now: datetime) -> DateEntry | None:
    """Return the entry of a stage, nothing while it has no date; what lay before a cycle was cancelled stays as it was.

    `put_off` is the last extension of it for all.
    """
    day = stage.on or (stage.at_local.date() if stage.at_local else None)
    if day is None:
        return None
    kind = KINDS.get(StageKind(stage.kind), "selection")
    called_off = cycle.state == Phase.CANCELLED and (cycle.ended_on is None or day >= cycle.ended_on)
    return DateEntry(
        entry_id=stage_entry_id(stage.id),
        changed_at=now,
        kind=kind,
        status="cancelled" if called_off else stage.status,
        start_on=stage.on,
        end_on=stage.until_on or stage.on,
        start_local=stage.at_local,
        end_local=stage.until_local or stage.at_local,
        zone=stage.zone if stage.at_local else None,
        title=titled(cycle.name, stage.title, stage.kind),
        description=_described(stage.description, put_off),
        topics=(*cycle.topics, Topic(key=f"kind:{kind}", slug=kind, title=KIND_TOPICS[kind])),
        audience=Audience(),
        link=cycle.link,
        organizer=cycle.organizer,
    )


def extension_entry(cycle: CycleDates, stage: StageDates, put_off: PutOff, now: datetime) -> DateEntry:
    """Return the entry of a deadline that is put off for one unit, which its people alone see.

    Of one that is put off for a single nomination those see it who work for the unit, and not all that belong to it.
    """
    return DateEntry(
        entry_id=extension_entry_id(put_off.id),
        changed_at=now,
        kind="deadline",
        status="cancelled" if cycle.state == Phase.CANCELLED or stage.status == "cancelled" else "confirmed",
        start_local=put_off.until_local,
        end_local=put_off.until_local,
        zone=put_off.zone,
        title=(_FOR_ONE if put_off.nomination_id else _FOR_UNIT).format(
            title=titled(cycle.name, stage.title, stage.kind)
        ),
        description=_described(Text(), put_off),
        topics=cycle.topics,
        audience=Audience(
            kind="officers" if put_off.nomination_id else "organisation", organisation_id=put_off.unit_id
        ),
        link=cycle.link,
        organizer=cycle.organizer,
    )


def next_turn(moments: Iterable[PlannedTime], last: PlannedTime | None, zone: str, now: datetime) -> datetime | None:
    """Return when public answers about an announced cycle change next by the clock alone; nothing once it is long over.

    That is at midnight in `zone`, when one of `moments` begins, and right after it, since a deadline is in time itself.
    """
    midnight = datetime.combine(now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1), time(), ZoneInfo(zone))
    if last is None or last.utc() + TURNS < now:
        return None
    ahead = (at for each in moments for at in (each.utc(), each.utc() + INSTANT) if at > now)
    return min((midnight, *ahead))


def _described(own: Text, put_off: PutOff | None) -> Text:
    own = Text(plain(own.zh), plain(own.en))
    if put_off is None:
        return own
    was, until = (PlannedTime(at, put_off.zone).words() for at in (put_off.was_local, put_off.until_local))
    told = _PUT_OFF.format(was=was, until=until, notice=put_off.notice)
    return Text(
        *("\n\n".join(filter(None, (getattr(told, side).strip(), getattr(own, side)))) for side in ("zh", "en"))
    )
