"""The calendar: every date of every service, as feeds, and the home page of coming dates."""

from pathlib import Path

from services.calendar.base import Base
from services.calendar.entries.actions import DAY_JOB, turn_day
from services.calendar.entries.api import router as entries
from services.calendar.entries.pages import router as home
from services.calendar.entries.reactions import ENTRY_REACTIONS
from services.calendar.feeds.api import router as feeds
from services.calendar.feeds.pages import router as feed_pages
from services.calendar.subscriptions.api import reading as personal_feeds
from services.calendar.subscriptions.api import router as subscriptions
from services.calendar.subscriptions.pages import router as own_pages
from services.calendar.subscriptions.reactions import PEOPLE_REACTIONS
from shared.service import Service

service = Service(
    name="calendar",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(entries, subscriptions),
    pages=(personal_feeds, feeds, own_pages, feed_pages, home),
    prefixes=("/", "/calendars"),
    reactions=(*ENTRY_REACTIONS, *PEOPLE_REACTIONS),
    projections=[table for name, table in Base.metadata.tables.items() if name != "personal_feeds"],
    jobs={DAY_JOB: turn_day},
)
