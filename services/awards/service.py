"""The awards service: programmes that select, their cycles, and the quotas of nominating units."""

from pathlib import Path

from services.awards.attachments import api as attachments_api
from services.awards.base import Base
from services.awards.checks import api as checks_api
from services.awards.consents import api as consents_api
from services.awards.cycles import api as cycles_api
from services.awards.cycles.actions import TURN, retell_cycles, turn_cycle
from services.awards.cycles.reactions import on_organisation_renamed
from services.awards.deputies import api as deputies_api
from services.awards.eligibility import api as eligibility_api
from services.awards.lists import api as lists_api
from services.awards.lists.actions import RECOUNT, recount_window
from services.awards.nominations import api as nominations_api
from services.awards.nominations.reactions import on_organisation_merged as on_unit_merged
from services.awards.pages import api as pages_api
from services.awards.prints import api as prints_api
from services.awards.programmes import api as programmes_api
from services.awards.programmes.actions import RETELL
from services.awards.progress import api as progress_api
from services.awards.quotas import api as quotas_api
from services.awards.quotas.reactions import on_organisation_merged
from services.awards.record import api as record_api
from services.awards.rehearsals import api as rehearsals_api
from services.awards.rehearsals.actions import FILES, SAMPLES, make_samples, remove_files
from services.awards.sheets import api as sheets_api
from services.awards.stages import api as stages_api
from services.awards.submissions import api as submissions_api
from shared.inbox import reactions
from shared.pages.front import Front
from shared.service import Service

service = Service(
    name="awards",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(
        programmes_api.router,
        cycles_api.router,
        stages_api.router,
        quotas_api.router,
        eligibility_api.router,
        deputies_api.router,
        nominations_api.router,
        consents_api.router,
        submissions_api.router,
        record_api.router,
        checks_api.router,
        lists_api.router,
        progress_api.router,
        rehearsals_api.router,
        attachments_api.router,
        prints_api.router,
        sheets_api.router,
    ),
    pages=(pages_api.router, pages_api.notices),
    prefixes=("/awards", "/notices"),
    reactions=reactions(on_organisation_renamed, on_organisation_merged, on_unit_merged),
    jobs={
        RETELL: retell_cycles,
        TURN: turn_cycle,
        RECOUNT: recount_window,
        SAMPLES: make_samples,
        FILES: remove_files,
    },
    front=Front,
)
