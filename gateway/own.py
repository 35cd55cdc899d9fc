"""What the gateway answers itself: shared assets, health, metrics, the API's description, the pages of problems."""

import asyncio
import ipaddress
from collections.abc import Mapping

from starlette.responses import JSONResponse, Response

from gateway.arrival import Arrival
from gateway.ask import ask
from gateway.metrics import Metrics
from gateway.routing import Upstream
from shared.errors import NotFound
from shared.pages.assets import IMMUTABLE, assets
from shared.settings import Settings

HEALTH_SECONDS = 3.0
"""How long a service may take to say how it is."""


class Own:
    """The gateway's own addresses."""

    def __init__(self, settings: Settings, upstreams: Mapping[str, Upstream], metrics: Metrics) -> None:
        self._settings = settings
        self._upstreams = upstreams
        self._metrics = metrics

    async def answer(self, arrival: Arrival) -> Response | None:
        """Return the answer, or nothing where the address is not the gateway's own; raises `NotFound`."""
        path = arrival.path
        if path.startswith("/assets/"):
            return _asset(path)
        if path == "/health/live":
            return JSONResponse({"status": "live"}, headers={"Cache-Control": "no-store"})
        if path == "/health/ready":
            return await self._ready()
        if path == "/metrics":
            return self._counted(arrival)
        return None

    async def _ready(self) -> Response:
        upstreams = list(self._upstreams.values())
        told = await asyncio.gather(*(_health(upstream) for upstream in upstreams))
        services = {upstream.name: each for upstream, each in zip(upstreams, told, strict=True)}
        down = [name for name, each in services.items() if each["status"] != "ready"]
        body = {"status": "down" if down else "ready", "down": down, "services": services}
        return JSONResponse(body, 503 if down else 200, {"Cache-Control": "no-store"})

    def _counted(self, arrival: Arrival) -> Response:
        """Show the counters to those who run the house: to private addresses alone."""
        try:
            inside = ipaddress.ip_address(arrival.address).is_private
        except ValueError:
            inside = False
        if not inside:
            raise NotFound()
        return Response(
            self._metrics.text(), media_type="text/plain; version=0.0.4", headers={"Cache-Control": "no-store"}
        )


def _asset(path: str) -> Response:
    asset = assets().get(path)
    if asset is None:
        raise NotFound()
    return Response(asset.content, media_type=asset.media_type, headers={"Cache-Control": IMMUTABLE})


async def _health(upstream: Upstream) -> dict[str, object]:
    try:
        answer = await asyncio.wait_for(ask(upstream.app, "GET", "/internal/health"), HEALTH_SECONDS)
        told = answer.json() if answer.status == 200 else {}
    except Exception as error:
        return {"status": "down", "reason": type(error).__name__}
    return {"status": "ready" if answer.status == 200 else "down"} | told
