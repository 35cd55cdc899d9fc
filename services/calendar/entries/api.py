"""Routes of dates and of what they belong to."""

from typing import Annotated

from fastapi import APIRouter, Query
from sqlalchemy.orm import Session

from services.calendar.entries.models import Entry, Topic
from services.calendar.entries.queries import entries_asked, topics_asked
from services.calendar.entries.rules import day_of
from services.calendar.entries.schemas import EntryOut, EntryQuery, TopicOut, TopicQuery
from shared.paging import Page, paginate
from shared.web import CallerDep, Now, reads

router = APIRouter(tags=["entries"])


@router.get("/entries")
@reads
def list_entries(tx: Session, caller: CallerDep, now: Now, query: Annotated[EntryQuery, Query()]) -> Page[EntryOut]:
    """List dates that the caller may see, in the order they begin."""
    asked = entries_asked(tx, caller, query, day_of(now))
    rows, following, total = paginate(tx, asked, query, Entry.entry_id, Entry.starts_at)
    return Page(items=[EntryOut.model_validate(row) for row in rows], next=following, total=total)


@router.get("/topics")
@reads
def list_topics(tx: Session, caller: CallerDep, query: Annotated[TopicQuery, Query()]) -> Page[TopicOut]:
    """List what feeds can follow: the topics of dates that the caller may see."""
    rows, following, total = paginate(tx, topics_asked(tx, caller, query), query, Topic.key)
    return Page(items=[TopicOut.model_validate(row) for row in rows], next=following, total=total)
