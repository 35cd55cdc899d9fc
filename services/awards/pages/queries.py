"""What public pages show, loaded from the tables: cycles that were announced, and never what is for one unit alone."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from services.awards.cycles.dates import page_of
from services.awards.cycles.models import Cycle, CycleDefinition, Stage
from services.awards.cycles.queries import definition_at, extensions_of, planned_of, stages_of, visible_to
from services.awards.lists.dates import accepted_page, notice_page
from services.awards.lists.models import AcceptedList
from services.awards.lists.queries import last_list
from services.awards.pages.outlines import documents_of, face_of, terms_of, text_of
from services.awards.pages.shown import (
    AcceptedShown,
    AmendmentShown,
    Call,
    CycleShown,
    ProgrammeCard,
    ProgrammeShown,
    StageShown,
)
from services.awards.programmes.models import Programme
from services.awards.programmes.queries import definition_of
from services.awards.programmes.rules import StageKind
from shared.pages.leaf import Link
from shared.pages.rules import NoSuchPage
from shared.text import Text
from shared.times import PlannedTime

MOST_CALLS = 1_000
"""Cycles on the page of all calls, those announced last."""

_TIMED = (StageKind.CALL_OPENS.value, StageKind.SUBMISSION_DEADLINE.value)


def list_calls(tx: Session, *conditions: object) -> list[Call]:
    """Return the announced cycles that meet the conditions, the latest first."""
    rows = select(Cycle, Programme).join(Programme, Programme.id == Cycle.programme_id)
    rows = rows.where(visible_to(tx, None), *conditions)  # type: ignore[arg-type]
    found = tx.execute(rows.order_by(Cycle.opened_at.desc(), Cycle.id.desc()).limit(MOST_CALLS)).all()
    return _calls(tx, [(cycle, programme) for cycle, programme in found])


def _calls(tx: Session, found: Sequence[tuple[Cycle, Programme]]) -> list[Call]:
    """Return cycles as lists show them; standing and verb are those that each took over."""
    ids = [cycle.id for cycle, _ in found]
    first = CycleDefinition.content
    faces = select(CycleDefinition.cycle_id, first["standing"].as_string(), first["verb"].as_string())
    faces = faces.where(CycleDefinition.cycle_id.in_(ids), CycleDefinition.number == 1)
    said = {cycle_id: (standing or "", verb or "") for cycle_id, standing, verb in tx.execute(faces)}
    times = _times(tx.scalars(select(Stage).where(Stage.cycle_id.in_(ids), Stage.kind.in_(_TIMED))))
    return [
        Call(
            name=cycle.name,
            path=page_of(cycle.slug),
            programme=programme_link(programme),
            standing=said[cycle.id][0],
            verb=said[cycle.id][1],
            state=cycle.state,
            opens=times.get((cycle.id, StageKind.CALL_OPENS)),
            until=times.get((cycle.id, StageKind.SUBMISSION_DEADLINE)),
        )
        for cycle, programme in found
    ]


def _times(stages: Iterable[Stage]) -> dict[tuple[str, str], PlannedTime]:
    return {(stage.cycle_id, stage.kind): planned for stage in stages if (planned := planned_of(stage))}


def programme_link(programme: Programme) -> Link:
    """Return the way to a programme's page."""
    return Link(programme.name, f"/awards/programmes/{programme.slug}")


def programme_cards(tx: Session) -> list[ProgrammeCard]:
    """Return the programmes that are more than templates."""
    rows = tx.scalars(select(Programme).where(Programme.is_template.is_(False)).order_by(Programme.slug))
    return [ProgrammeCard(each.name, programme_link(each).path, each.standing or "") for each in rows]


def load_programme(tx: Session, slug: str, now: datetime) -> tuple[ProgrammeShown, tuple[str, ...]]:
    """Return a programme with its announced cycles, and the cache tags of its page; raise `NoSuchPage`."""
    programme = tx.scalar(select(Programme).where(Programme.slug == slug))
    if programme is None or programme.is_template:
        raise NoSuchPage()
    of_it = select(Cycle).where(Cycle.programme_id == programme.id, visible_to(tx, None))
    cycles = tx.scalars(of_it.order_by(Cycle.opened_at.desc(), Cycle.id.desc())).all()
    latest = cycles[0] if cycles else None
    shown = ProgrammeShown(
        name=programme.name,
        slug=programme.slug,
        path=programme_link(programme).path,
        description=programme.description,
        face=face_of(definition_of(programme)),
        documents=documents_of(programme.documents),
        calls=tuple(_calls(tx, [(cycle, programme) for cycle in cycles])),
        terms=terms_of(definition_at(tx, latest, now).content) if latest else None,
        terms_of=Link(latest.name, page_of(latest.slug)) if latest else None,
    )
    return shown, (f"programme:{programme.id}",)


def load_cycle(tx: Session, slug: str, now: datetime) -> tuple[CycleShown, tuple[str, ...]]:
    """Return an announced cycle, and the cache tags of its page; raise `NoSuchPage`."""
    cycle, programme = _find_cycle(tx, Cycle.slug == slug)
    definition = definition_at(tx, cycle, now).content
    shown = CycleShown(
        call=_calls(tx, [(cycle, programme)])[0],
        slug=cycle.slug,
        number=cycle.number,
        description=cycle.description,
        state_reason=cycle.state_reason,
        face=face_of(definition),
        terms=terms_of(definition),
        stages=tuple(_stages(tx, cycle)),
        amendments=tuple(_amendments(tx, cycle, now)),
        accepted=accepted_page(cycle.slug) if last_list(tx, cycle.id) else "",
        documents=documents_of(programme.documents),
    )
    return shown, (f"cycle:{cycle.id}", f"programme:{programme.id}")


def _find_cycle(tx: Session, named: ColumnElement[bool]) -> tuple[Cycle, Programme]:
    found = select(Cycle, Programme).join(Programme, Programme.id == Cycle.programme_id)
    row = tx.execute(found.where(named, visible_to(tx, None))).first()
    if row is None:
        raise NoSuchPage()
    return row[0], row[1]


def load_accepted(tx: Session, slug: str, now: datetime) -> tuple[AcceptedShown, tuple[str, ...]]:
    """Return the accepted list of a cycle that counts, and the cache tags of its page; raise `NoSuchPage`."""
    cycle, programme = _find_cycle(tx, Cycle.slug == slug)
    found = last_list(tx, cycle.id)
    if found is None:
        raise NoSuchPage()
    return _accepted(tx, cycle, programme, found, accepted_page(cycle.slug), now)


def load_notice(tx: Session, list_id: str, now: datetime) -> tuple[AcceptedShown, tuple[str, ...]]:
    """Return an accepted list, be it one that was corrected since, and the cache tags of its page; raise `NoSuchPage`."""
    found = tx.get(AcceptedList, list_id)
    if found is None:
        raise NoSuchPage()
    cycle, programme = _find_cycle(tx, Cycle.id == found.cycle_id)
    return _accepted(tx, cycle, programme, found, notice_page(found.id), now)


def _accepted(
    tx: Session, cycle: Cycle, programme: Programme, found: AcceptedList, path: str, now: datetime
) -> tuple[AcceptedShown, tuple[str, ...]]:
    last = last_list(tx, cycle.id)
    names = {each["key"]: text_of(each["name"]) for each in definition_at(tx, cycle, now).content["categories"]}
    by_category: dict[str, list[tuple[str, str, Text]]] = {}
    for line in found.lines:
        by_category.setdefault(line["category"], []).append((line["number"], line["name"], text_of(line["unit"])))
    own = {name: getattr(found, name) for name in AcceptedShown.__slots__ if hasattr(found, name)}
    shown = AcceptedShown(
        **own
        | {
            "path": path,
            "notice_path": notice_page(found.id),
            "later": last is not None and last.number > found.number,
            "cycle": Link(cycle.name, page_of(cycle.slug)),
            "programme": programme_link(programme),
            "groups": tuple((names.get(key, Text(key, key)), tuple(lines)) for key, lines in by_category.items()),
            "changes": tuple((each["number"], each["kind"]) for each in found.changes),
            "count": len(found.lines),
        }
    )
    return shown, (f"cycle:{cycle.id}", f"programme:{programme.id}")


def _stages(tx: Session, cycle: Cycle) -> Iterable[StageShown]:
    """Yield the stages, each deadline with what it was at first and what was said last when it was put off for all."""
    for_all = [each for each in extensions_of(tx, cycle.id) if each.unit_id is None]
    for stage in stages_of(tx, cycle.id):
        put_off = [each for each in for_all if each.stage_id == stage.id]
        own = {name: getattr(stage, name) for name in StageShown.__slots__ if hasattr(stage, name)}
        was = PlannedTime(put_off[0].was_local, put_off[0].zone) if put_off else None
        more = {"was": was, "notice": put_off[-1].notice} if put_off else {}
        yield StageShown(**own | {"zone": stage.zone or ""} | more)


def _amendments(tx: Session, cycle: Cycle, now: datetime) -> Iterable[AmendmentShown]:
    today = now.astimezone(ZoneInfo(cycle.zone)).date()
    amended = CycleDefinition.cycle_id == cycle.id, CycleDefinition.number > 1
    for row in tx.scalars(select(CycleDefinition).where(*amended).order_by(CycleDefinition.number)):
        if row.effective_on:
            ahead = row.effective_on > today
            changed = tuple(row.changed)
            yield AmendmentShown(row.number, row.effective_on, changed, row.reason, row.notice, ahead)
