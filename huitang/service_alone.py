"""One service in a process of its own: the same as in one process, found over the network.

Every process of an installation has the same keys in its data folder: `signing.jwks`, and `gateway.secret` for the
gateway and the directory.
"""

from fastapi import FastAPI
from starlette.types import Receive, Scope, Send

from huitang.opening import open_bus, open_database
from shared.bus import Bus
from shared.caller import TokenVerifier
from shared.db import Clock, utc_now
from shared.files import FileStore
from shared.service import Runtime, Service, build_app
from shared.settings import Settings


class ServiceAlone:
    """A service with its database and its own connection to the bus; an ASGI application."""

    def __init__(self, settings: Settings, service: Service, *, clock: Clock = utc_now) -> None:
        self.db = open_database(settings, service.name, clock)
        self.bus: Bus = open_bus(settings, [self.db])
        files = FileStore(settings.data / "files" / service.name)
        self.runtime = Runtime(
            service, settings, self.db, self.bus, TokenVerifier(settings.data / "signing.jwks"), files
        )
        self.app: FastAPI = build_app(service, self.runtime)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or run the lifespan and end the bus and the database behind it."""
        await self.app(scope, receive, send)
        if scope["type"] == "lifespan":
            self.bus.close()
            self.db.close()
