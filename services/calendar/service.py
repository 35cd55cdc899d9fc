"""The calendar: every date of every service, as feeds, and the home page of coming dates."""

from pathlib import Path

from services.calendar.base import Base
from services.calendar.entries.actions import DAY_JOB, turn_day
from services.calendar.entries.reactions import ENTRY_REACTIONS
from services.calendar.feeds.api import router as feeds
from shared.service import Service

_TABLES = Base.metadata.tables

service = Service(
    name="calendar",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(),
    pages=(feeds,),
    prefixes=("/", "/calendars"),
    reactions=ENTRY_REACTIONS,
    projections=[
        _TABLES[name] for name in ("entries", "entry_topics", "entry_accounts", "fragments", "topics", "changes")
    ],
    jobs={DAY_JOB: turn_day},
)
