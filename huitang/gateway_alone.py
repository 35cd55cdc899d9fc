"""The gateway in a process of its own, before services that it finds over the network."""

from starlette.types import Receive, Scope, Send

from gateway.app import Gateway, Upstream
from gateway.proxy import Proxy
from huitang.house import SERVICES
from huitang.opening import open_bus
from shared.bus import Bus
from shared.db import Clock, utc_now
from shared.settings import Settings


class GatewayAlone:
    """The gateway, with every service that has an address; an ASGI application."""

    def __init__(self, settings: Settings, *, clock: Clock = utc_now) -> None:
        addresses = settings.upstream_addresses()
        self.bus: Bus = open_bus(settings, [])
        upstreams = {
            s.name: Upstream(
                s.name, Proxy(s.name, addresses[s.name], timeout=settings.upstream_timeout), tuple(s.prefixes)
            )
            for s in SERVICES
            if s.name in addresses
        }
        self.gateway = Gateway(settings, upstreams, self.bus, clock)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or run the lifespan and end the bus behind it."""
        await self.gateway(scope, receive, send)
        if scope["type"] == "lifespan":
            self.bus.close()
