"""The directory: organisations, the people who sign in, what they may do, and how they prove who they are."""

from pathlib import Path

from services.directory.accounts.api import router as accounts
from services.directory.base import Base
from services.directory.grants.api import router as grants
from services.directory.links.api import router as links
from services.directory.links.pages import router as link_pages
from services.directory.me.api import router as me
from services.directory.memberships.api import router as memberships
from services.directory.organisations.api import router as organisations
from services.directory.signin.api import internal
from services.directory.signin.api import router as signin
from services.directory.signin.pages import router as signin_pages
from services.directory.workbooks.api import router as workbooks
from shared.service import Service

service = Service(
    name="directory",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(organisations, workbooks, grants, accounts, memberships, me, signin, links),
    pages=(signin_pages, link_pages),
    internal=(internal,),
    prefixes=("/sign-in", "/sign-out"),
)
