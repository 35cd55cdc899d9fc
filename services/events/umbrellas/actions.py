"""What is done with umbrellas: an edition is placed under one, and taken from under it."""

from datetime import datetime

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from services.events.editions import queries, rules
from services.events.editions.actions import changed, get_to_edit, retell_below
from services.events.editions.models import Edition, EditionUmbrella
from services.events.series.models import Series
from services.events.series.queries import need_series
from services.events.series.rules import check_umbrella, may_organize
from services.events.umbrellas.schemas import UmbrellaIn
from shared.caller import Caller
from shared.db import hold, in_turn
from shared.errors import NotFound, check_version
from shared.messages.events import EditionChanged
from shared.tree import path_of


def add_umbrella(tx: Session, caller: Caller, now: datetime, ref: str, version: int, body: UmbrellaIn) -> Edition:
    """Place an edition under a series or another edition that the caller organizes too; raise `UmbrellaLoop`."""
    in_turn(tx, "umbrellas")
    edition = get_to_edit(tx, caller, ref, version)
    if body.series_id:
        may_organize(caller, path_of(tx, need_series(tx, body.series_id).owner_id))
    if body.edition_id:
        umbrella = get_to_edit(tx, caller, body.edition_id)
        check_umbrella(edition.id, queries.editions_above(tx, [umbrella.id]))
    wanted = {"series_id": body.series_id, "umbrella_edition_id": body.edition_id}
    if tx.scalar(select(EditionUmbrella.id).filter_by(edition_id=edition.id, **wanted)) is None:
        tx.add(EditionUmbrella(edition_id=edition.id, **wanted))
        tx.flush()
        said = {"umbrella": [None, body.series_id or body.edition_id]}
        changed(tx, caller, now, edition, "edition.placed_under", said, EditionChanged)
        retell_below(tx, edition)
    return edition


def remove_umbrella(tx: Session, caller: Caller, now: datetime, ref: str, version: int, umbrella_id: str) -> Edition:
    """Take an edition from under a series or an edition; whoever organizes either of the two may."""
    edition = queries.get_edition(tx, caller, ref)
    hold(tx, edition)
    one_of = or_(EditionUmbrella.series_id == umbrella_id, EditionUmbrella.umbrella_edition_id == umbrella_id)
    row = tx.scalar(select(EditionUmbrella).where(EditionUmbrella.edition_id == edition.id, one_of))
    if row is None:
        rules.may_edit(caller, path_of(tx, edition.owner_id), edition.id)
        raise NotFound()
    upper = tx.get(Series, row.series_id) if row.series_id else tx.get(Edition, row.umbrella_edition_id)
    if upper is None or not rules.can_edit(caller, path_of(tx, upper.owner_id), upper.id):
        rules.may_edit(caller, path_of(tx, edition.owner_id), edition.id)
    check_version(edition.version, version, now=queries.out_of(tx, caller, edition))
    before = queries.tags_of(tx, edition)
    tx.delete(row)
    tx.flush()
    said = {"umbrella": [umbrella_id, None]}
    changed(tx, caller, now, edition, "edition.taken_from_under", said, EditionChanged, before)
    retell_below(tx, edition)
    return edition
