"""The awards service: programmes that select, their cycles, and the quotas of nominating units."""

from pathlib import Path

from services.awards.base import Base
from services.awards.eligibility import api as eligibility_api
from services.awards.programmes import api as programmes_api
from shared.service import Service

service = Service(
    name="awards",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(programmes_api.router, eligibility_api.router),
    prefixes=("/awards",),
)
