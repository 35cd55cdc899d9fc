"""The table of routes finds what trying all of them in turn finds, and holds a request against few."""

from collections.abc import Iterator
from typing import Any

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import Match

from huitang.house import SERVICES
from shared.route_table import RouteTable, add_routes
from shared.service import Service

SEGMENTS = ("x", "0193f2a0-7c3e-7000-8000-000000000000", "zh", "venues", "a.ics", "", "会议")


def routes_of(service: Service) -> list[APIRoute]:
    """Return the routes of a service, as its application has them."""
    app = FastAPI()
    for router in service.routers:
        add_routes(app, router, f"/api/{service.name}")
    for router in (*service.pages, *service.internal):
        add_routes(app, router)
    return [route for route in app.routes if isinstance(route, APIRoute)]


def paths_of(routes: list[APIRoute]) -> Iterator[str]:
    """Yield the paths of the routes with odd segments for their parameters, longer, shorter, and with a slash too many."""
    for route in routes:
        for segment in SEGMENTS:
            path = "/".join(segment if part.startswith("{") else part for part in route.path.split("/"))
            yield from (path, f"{path}/", f"{path}/{segment}", path.rpartition("/")[0], path.replace("{file}", segment))


def in_turn(routes: list[APIRoute], scope: dict[str, Any]) -> tuple[Match, Any]:
    """Return what FastAPI finds: the first that matches wholly, else the first whose method alone is another."""
    found = [route.matches(scope) for route in routes]
    for wanted in (Match.FULL, Match.PARTIAL):
        for match, learnt in found:
            if match is wanted:
                return match, learnt["route"]
    return Match.NONE, None


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_the_table_finds_what_trying_all_in_turn_finds(service: Service) -> None:
    routes = routes_of(service)
    table = RouteTable(routes)
    found = set()
    for path in paths_of(routes):
        for method in ("GET", "POST", "PATCH", "DELETE"):
            scope = {"type": "http", "path": path, "method": method}
            match, learnt = table.matches(scope)
            assert (match, learnt.get("route")) == in_turn(routes, scope), (method, path)
            found.add(match)
    assert found == set(Match)


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_a_request_is_held_against_few_routes(service: Service) -> None:
    routes = routes_of(service)
    table = RouteTable(routes)
    assert max(len(list(table.fitting(path))) for path in paths_of(routes)) <= 6


def test_what_takes_the_rest_of_a_path_is_found_in_its_turn() -> None:
    router = APIRouter()
    for path in ("/a/b.ics", "/a/{rest:path}.ics", "/a/{one}"):
        router.get(path)(lambda: None)
    app = FastAPI(openapi_url=None)
    add_routes(app, router)
    table = RouteTable(app.routes)
    for path, paths in {
        "/a/b.ics": ["/a/b.ics", "/a/{rest:path}.ics", "/a/{one}"],
        "/a/b/c.ics": ["/a/{rest:path}.ics"],
        "/a": [],
        "/b/c": [],
    }.items():
        assert [route.path for route in table.fitting(path)] == paths
