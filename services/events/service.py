"""The events service: series, editions, venues, programme, schedule, releases, and programmes as files."""

from pathlib import Path

from services.events.acceptances import api as conflicts_api
from services.events.base import Base
from services.events.editions import api as editions_api
from services.events.editions.actions import TELL_SESSIONS, TURN, retell_editions, turn_edition
from services.events.editions.reactions import on_organisation_renamed
from services.events.exchange import api as exchange_api
from services.events.imports import api as imports_api
from services.events.key_dates import api as key_dates_api
from services.events.pages import api as pages_api
from services.events.pages.reactions import PAGE_REACTIONS
from services.events.people import api as people_api
from services.events.presence import api as presence_api
from services.events.previews import api as previews_api
from services.events.programme import api as programme_api
from services.events.releases import api as releases_api
from services.events.releases.actions import tell_sessions
from services.events.schedule import api as schedule_api
from services.events.series import api as series_api
from services.events.series.actions import RETELL
from services.events.umbrellas import api as umbrellas_api
from services.events.venues import api as venues_api
from shared.inbox import reactions
from shared.pages.front import Front
from shared.service import Service

service = Service(
    name="events",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(
        series_api.router,
        editions_api.router,
        key_dates_api.router,
        umbrellas_api.router,
        venues_api.router,
        programme_api.router,
        people_api.router,
        schedule_api.router,
        presence_api.router,
        conflicts_api.router,
        releases_api.router,
        previews_api.router,
        imports_api.router,
        exchange_api.router,
    ),
    pages=(pages_api.router, pages_api.files),
    prefixes=("/events",),
    reactions=(*reactions(on_organisation_renamed), *PAGE_REACTIONS),
    live=schedule_api.LIVE,
    jobs={RETELL: retell_editions, TELL_SESSIONS: tell_sessions, TURN: turn_edition},
    front=Front,
)
