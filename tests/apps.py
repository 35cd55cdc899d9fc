"""The application of a service for tests that make many: its routes are made once, which takes longer than most requests."""

from typing import Any

from fastapi import FastAPI
from starlette.datastructures import State
from starlette.types import Receive, Scope, Send

from shared.service import Runtime, Service, build_app

_APPS: dict[str, tuple[Service, FastAPI]] = {}


class App:
    """The application of one runtime; whatever it keeps is its own. Its lifespan is not run."""

    def __init__(self, service: Service, runtime: Runtime) -> None:
        if service.name not in _APPS:
            _APPS[service.name] = service, build_app(service, runtime)
        known, made = _APPS[service.name]
        self._app = made if known is service else build_app(service, runtime)  # a test may have changed its service
        self.state = State({"runtime": runtime, "service": service})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        self._app.state = self.state
        await self._app(scope, receive, send)

    def openapi(self) -> dict[str, Any]:
        """Return the description."""
        return self._app.openapi()
