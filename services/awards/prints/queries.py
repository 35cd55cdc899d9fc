"""What is printed of a nomination: what the caller reads of it, with the hash and the check code of exactly that."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from services.awards.attachments.queries import current_of
from services.awards.cycles.models import Cycle
from services.awards.cycles.queries import definition_at, get_definition
from services.awards.nominations.models import Nomination
from services.awards.nominations.queries import cycle_of, find_nomination
from services.awards.nominations.rules import READERS, NominationPart, category_in
from services.awards.prints.layout import sections_of
from services.awards.prints.models import SealedScan
from services.awards.prints.schemas import SealedScanOut
from services.awards.prints.words import WORDS
from services.awards.submissions.models import Submission
from services.awards.submissions.queries import document_of, last_of
from services.awards.submissions.rules import check_code_of
from shared.caller import Caller
from shared.errors import Forbidden, NotFound
from shared.paging import Page, PageQuery, paginate
from shared.signing import canonical
from shared.text import Language, Text
from shared.tree import Node


@dataclass(frozen=True)
class Printed:
    """A document of a nomination, as it stands or was handed in (`submission`), and the hash that its pages carry."""

    nomination: Nomination
    cycle: Cycle
    part: NominationPart
    document: Mapping[str, Any]
    definition: Mapping[str, Any]
    submission: Submission | None

    @property
    def sha256(self) -> str:
        """Return the hash of what it says."""
        return sha256(canonical(self.document)).hexdigest()

    @property
    def check_code(self) -> str:
        """Return the code on every page."""
        return check_code_of(self.sha256)


def get_printed(tx: Session, caller: Caller, nomination_id: str, now: datetime) -> Printed:
    """Return what the caller reads of a nomination: the office what was handed in, others what is written by now.

    Raises `NotFound`, `Forbidden`.
    """
    nomination, part = find_nomination(tx, caller, nomination_id)
    if part not in READERS:
        raise Forbidden()
    cycle, last = cycle_of(tx, nomination), last_of(tx, nomination.id)
    document = (
        last.document
        if last and part is NominationPart.OFFICE
        else document_of(tx, nomination, current_of(tx, nomination.id))
    )
    if last is not None and last.document == document:
        definition = get_definition(tx, cycle, last.definition).content
        return Printed(nomination, cycle, part, document, definition, last)
    if part is NominationPart.OFFICE:
        raise NotFound()
    return Printed(nomination, cycle, part, document, definition_at(tx, cycle, now).content, None)


def data_of(tx: Session, printed: Printed, language: Language) -> dict[str, Any]:
    """Return what a template sets, every word of it plain text."""
    words = {name: text.in_(language) for name, text in WORDS.items()}
    nomination, document = printed.nomination, printed.document
    category = category_in(printed.definition, nomination.category)
    unit = tx.get(Node, nomination.unit_id)
    received = printed.submission.received_at if printed.submission else None
    handed_in = _moment(received, printed.cycle.zone) if received else words["draft"]
    form = category["form"]
    return {
        "language": language,
        "words": words,
        "title": words["title"],
        "cycle": printed.cycle.name.in_(language),
        "category": Text(**category["name"]).in_(language),
        "number": (nomination.number if printed.submission else None) or words["no_number"],
        "check_code": printed.check_code,
        "state": handed_in,
        "head": [
            [words["name"], nomination.name],
            [words["unit"], unit.name.in_(language) if unit else nomination.unit_id],
            [words["received"], handed_in],
        ],
        "sections": sections_of(form, document["content"], language) if form else [],
        "papers": _papers(category, printed, language),
    }


def _moment(at: datetime, zone: str) -> str:
    """Return an instant as the clock of the cycle shows it, with its offset."""
    local = at.astimezone(ZoneInfo(zone))
    return f"{local:%Y-%m-%d %H:%M:%S} (UTC{local.isoformat()[-6:]})"


def _papers(category: Mapping[str, Any], printed: Printed, language: Language) -> list[list[str]]:
    items = {item["key"]: item for item in category["attachments"] or ()}
    told = []
    for paper in printed.document["attachments"]:
        item = items.get(paper["key"])
        if item and item["kept_from_candidate"] and printed.part is NominationPart.CANDIDATE:
            continue
        name = Text(**item["name"]).in_(language) if item else paper["key"]
        told.append([name, paper["name"] or paper.get("number", ""), paper.get("sha256", "")[:16]])
    return told


def list_scans(tx: Session, caller: Caller, nomination_id: str, query: PageQuery, now: datetime) -> Page[SealedScanOut]:
    """Return one page of the scans of sealed pages, the newest first, each with whether it holds for what is read now."""
    printed = get_printed(tx, caller, nomination_id, now)
    if printed.part is NominationPart.CANDIDATE:
        raise Forbidden()
    current = printed.sha256
    statement = select(SealedScan).where(SealedScan.nomination_id == nomination_id)
    rows, following, total = paginate(tx, statement, query, SealedScan.id, descending=True)
    return Page(items=[out_of(row, current) for row in rows], next=following, total=total)


def out_of(scan: SealedScan, current: str) -> SealedScanOut:
    """Return a scan as it is answered, where the content's hash is `current`."""
    return SealedScanOut.model_validate(scan).model_copy(update={"holds": scan.content == current})


def get_scan(tx: Session, caller: Caller, scan_id: str) -> SealedScan:
    """Return a scan of a nomination that the caller reads, but for its candidate; raise `NotFound`."""
    scan = tx.get(SealedScan, scan_id)
    if scan is None:
        raise NotFound()
    _, part = find_nomination(tx, caller, scan.nomination_id)
    if part not in (NominationPart.UNIT, NominationPart.OFFICE):
        raise NotFound()
    return scan


def sealed_of(tx: Session, submission: Submission) -> SealedScan | None:
    """Return the last scan of a page that was sealed for exactly what was handed in, nothing where there is none."""
    rows = select(SealedScan).where(
        SealedScan.nomination_id == submission.nomination_id, SealedScan.content == submission.sha256
    )
    return tx.scalar(rows.order_by(SealedScan.id.desc()).limit(1))
