"""A hundred routes that cost what one does: a request is held against those alone whose fixed segments its path has.

FastAPI tries the routes of an application in turn, and twice those of a router that is included: of a short answer, a
fifth of the time. Which of several that fit is taken, and how it answers, stays FastAPI's own.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from shared.tracing import name_route


@dataclass
class _Segment:
    """What follows a segment: by its words where they are fixed, or whatever it is; and the places of routes that end here.

    Routes in `below` take all that follows.
    """

    fixed: dict[str, "_Segment"] = field(default_factory=dict)
    any: "_Segment | None" = None
    ends: list[int] = field(default_factory=list)
    below: list[int] = field(default_factory=list)


class RouteTable(BaseRoute):
    """The routes of an application as one, in their order."""

    def __init__(self, routes: Iterable[BaseRoute]) -> None:
        self.routes = [route for route in routes if isinstance(route, APIRoute)]
        self._root = _Segment()
        for place, route in enumerate(self.routes):
            self._enter(place, route.path.split("/"))

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Return how well the best of the routes that fit matches, and what the scope is to learn of it."""
        best: tuple[Match, Scope] = Match.NONE, {}
        if scope["type"] != "http":
            return best
        for route in self.fitting(scope["path"]):
            match, learnt = route.matches(scope)
            if match is Match.FULL:
                return match, learnt
            if match is Match.PARTIAL and best[0] is Match.NONE:
                best = match, learnt
        return best

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the route that matched answer."""
        route: APIRoute = scope["route"]
        name_route(scope["method"], route.path_format)
        await route.handle(scope, receive, send)

    def fitting(self, path: str) -> Iterator[APIRoute]:
        """Yield, in their order, the routes whose fixed segments stand in the path where they stand in theirs."""
        places, here = list[int](), [self._root]
        for segment in path.split("/"):
            places += (place for each in here for place in each.below)
            here = [then for each in here for then in (each.fixed.get(segment), each.any) if then]
        places += (place for each in here for place in each.ends)
        return (self.routes[place] for place in sorted(places))

    def _enter(self, place: int, segments: Sequence[str]) -> None:
        here = self._root
        for segment in segments:
            if ":path}" in segment:
                here.below.append(place)
                return
            if "{" in segment:
                here.any = here.any or _Segment()
                here = here.any
            else:
                here = here.fixed.setdefault(segment, _Segment())
        here.ends.append(place)


def add_routes(app: FastAPI, router: APIRouter, prefix: str = "", **settings: Any) -> None:
    """Add the routes of a router to the application itself, with `settings` of their own."""
    for route in router.routes:
        assert isinstance(route, APIRoute)
        told = {name: getattr(route, name) for name in _TOLD} | settings
        app.add_api_route(prefix + route.path, route.endpoint, **told)


_TOLD = (
    "response_model", "status_code", "tags", "dependencies", "responses", "methods", "response_class", "openapi_extra",
    "include_in_schema", "name", "deprecated",
)  # fmt: skip
"""What a route of the house may say of itself beside its path and its endpoint."""
