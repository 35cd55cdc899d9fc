"""The calendar: every date of every service, as feeds, and the home page of coming dates."""

from pathlib import Path

from services.calendar.base import Base
from shared.service import Service

service = Service(
    name="calendar",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(),
    prefixes=("/", "/calendars"),
)
