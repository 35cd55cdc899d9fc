"""The directory: organisations, accounts, grants, memberships, sign-in."""

from pathlib import Path

from services.directory.base import Base
from services.directory.signin.api import internal
from shared.service import Service

__all__ = ["service"]

service = Service(
    name="directory",
    metadata=Base.metadata,
    migrations=Path(__file__).parent / "migrations",
    routers=(),
    internal=(internal,),
    prefixes=("/sign-in", "/sign-out"),
)
