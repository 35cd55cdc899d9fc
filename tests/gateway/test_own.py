"""What the gateway answers itself: health, metrics, assets, problems, the API's description."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import httpx
import pytest
from lxml import html
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from gateway import own
from gateway.openapi import Operation, listed, merged
from gateway.own_pages import problem_types
from gateway.reader import reader_assets
from shared.bus import Health
from shared.db import utc_now
from shared.pages.assets import assets
from shared.problems import status_of
from shared.standing import Standing
from tests.gateway.front import Front, fronted

NOW = utc_now()
HTML = {"Accept": "text/html,application/xhtml+xml"}


@fronted()
async def test_a_process_that_answers_lives(f: Front) -> None:
    answer = await f.client.get("/health/live")
    assert (answer.status_code, answer.json(), answer.headers["cache-control"]) == (200, {"status": "live"}, "no-store")


@fronted()
async def test_ready_names_what_is_down(f: Front) -> None:
    async def fail(request: Request) -> Response:
        raise OSError

    for service in (f.directory, f.events, f.calendar):
        service.answer("/internal/health", '{"parked": 2, "unsent": 0}')
    ready = await f.client.get("/health/ready")
    f.events.answers["/internal/health"] = fail
    f.calendar.answer("/internal/health", "{}", status=503)
    down = await f.client.get("/health/ready")
    assert (ready.status_code, ready.json()["down"]) == (200, [])
    assert ready.json()["services"]["events"] == {"status": "ready", "parked": 2, "unsent": 0}
    assert (down.status_code, down.json()["status"], down.json()["down"]) == (503, "down", ["events", "calendar"])
    assert down.json()["services"]["events"] == {"status": "down", "reason": "OSError"}


@fronted()
async def test_a_service_that_does_not_answer_is_down(f: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    async def hang(request: Request) -> Response:
        await asyncio.Event().wait()
        return Response()

    monkeypatch.setattr(own, "HEALTH_SECONDS", 0.01)
    f.directory.answers["/internal/health"] = hang
    answer = await f.client.get("/health/ready")
    assert answer.json()["services"]["directory"] == {"status": "down", "reason": "TimeoutError"}


@fronted()
async def test_requests_are_counted(f: Front) -> None:
    f.events.answer("/zh/events", "x", Cache_Control="public", Cache_Tag="a")
    for path in ("/zh/events", "/zh/events", "/zh/events/none", "/nothing"):
        await f.client.get(path)
    text = await counted(f)
    for line in (
        'huitang_requests_total{method="GET",status="200",upstream="events"} 2.0',
        'huitang_requests_total{method="GET",status="404",upstream="events"} 1.0',
        'huitang_requests_total{method="GET",status="404",upstream="gateway"} 1.0',
        'huitang_request_seconds_count{upstream="events"} 3.0',
        'huitang_cache_total{was="hit"} 1.0',
        'huitang_cache_total{was="miss"} 1.0',
        "huitang_cache_entries 1.0",
        "huitang_cache_bytes 2001.0",
        "huitang_rate_limited_total 0.0",
    ):
        assert line in text.splitlines()


def standing(service: str, **changes: Any) -> bytes:
    """Return the numbers that a service tells of itself."""
    told: dict[str, Any] = {
        "service": service, "parked": 0, "unsent": 0, "unsent_since": None, "health": Health(True), "now": NOW,
    }  # fmt: skip
    return Standing(**(told | changes)).text()


@fronted()
async def test_how_every_service_stands_is_counted(f: Front) -> None:
    old = NOW - timedelta(seconds=90)
    events = standing("events", parked=2, unsent=3, unsent_since=old, health=Health(False, {"directory": 7}))
    f.events.answer("/internal/metrics", events)
    f.calendar.answer("/internal/metrics", standing("calendar", health=Health(True, {"directory": 0, "events": 5})))
    f.directory.answer("/internal/metrics", "no", status=500)
    lines = (await counted(f)).splitlines()
    for line in (
        'huitang_service_up{service="calendar"} 1.0',
        'huitang_service_up{service="directory"} 0.0',
        'huitang_bus_up{service="events"} 0.0',
        'huitang_lag{service="events",source="directory"} 7.0',
        'huitang_lag{service="calendar",source="directory"} 0.0',
        'huitang_lag{service="calendar",source="events"} 5.0',
        'huitang_outbox_unpublished{service="events"} 3.0',
        'huitang_outbox_oldest_seconds{service="events"} 90.0',
        'huitang_outbox_oldest_seconds{service="calendar"} 0.0',
        'huitang_parked{service="events"} 2.0',
    ):
        assert line in lines
    assert not [line for line in lines if 'service="directory"' in line and "service_up" not in line]
    assert lines.count("# TYPE huitang_lag gauge") == 1


async def counted(f: Front, address: str = "127.0.0.1") -> str:
    """Return the counters as somebody at `address` reads them."""
    transport = httpx.ASGITransport(f.gateway, client=(address, 1))
    async with httpx.AsyncClient(transport=transport, base_url="http://huitang.test") as client:
        return (await client.get("/metrics")).text


@pytest.mark.parametrize(
    ("address", "shown"), [("127.0.0.1", True), ("10.2.3.4", True), ("::1", True), ("8.8.8.8", False), ("x", False)]
)
@fronted()
async def test_counters_are_for_those_inside(f: Front, address: str, shown: bool) -> None:
    assert ("huitang_requests" in await counted(f, address)) == shown


@fronted()
async def test_limited_requests_and_strange_methods_are_counted(f: Front) -> None:
    for number in range(3):
        await f.client.request(f"STRANGE{number}", "/")
    assert 'huitang_requests_total{method="other",status="405",upstream="gateway"} 3.0' in await counted(f)


@fronted()
async def test_assets_never_go_stale(f: Front) -> None:
    for url, asset in (assets() | reader_assets()).items():
        answer = await f.client.get(url)
        assert (answer.status_code, answer.content, answer.headers["content-type"]) == (
            200,
            asset.content,
            asset.media_type,
        )
        assert answer.headers["cache-control"] == "public, max-age=31536000, immutable"
    assert (await f.client.get("/assets/pages/none.css")).status_code == 404
    assert (await f.client.get("/assets/pages/../../app.py")).status_code in (400, 404)


@fronted()
async def test_every_problem_has_its_page(f: Front) -> None:
    for language in ("zh", "en"):
        listed = await f.client.get(f"/{language}/problems")
        assert listed.status_code == 200
        for slug, kinds in problem_types().items():
            page = await f.client.get(f"/{language}/problems/{slug}")
            assert (page.status_code, page.headers["content-language"]) == (200, language)
            assert str(status_of(kinds[0])) in page.text
            assert f'href="/{language}/problems/{slug}"' in listed.text


@fronted()
async def test_the_type_of_a_problem_leads_to_its_page(f: Front) -> None:
    told = (await f.client.get("/nothing")).json()["type"]
    for language, title in (("zh", "未找到"), ("en", "Not found")):
        page = await f.client.get(told, headers={"Accept-Language": language})
        assert (page.status_code, page.headers["vary"], f"<h1>{title}</h1>" in page.text) == (
            200,
            "Accept-Language",
            True,
        )
    assert (await f.client.get("/problems/none")).status_code == 404


@fronted()
async def test_facts_of_a_case_are_shown_by_name(f: Front) -> None:
    page = await f.client.get("/en/problems/too-many-from-here")
    assert "Try again in ‹seconds› seconds." in page.text


@fronted()
async def test_a_reader_who_is_refused_gets_a_page(f: Front) -> None:
    f.events.answer("/en/events/x", '{"title": "Members only <b>", "status": 403, "detail": "Sign in.", "request_id": "r"}', status=403, Content_Type="application/problem+json", Content_Language="en")  # fmt: skip
    answer = await f.client.get("/en/events/x", headers=HTML)
    assert (answer.status_code, answer.headers["content-type"]) == (403, "text/html; charset=utf-8")
    assert int(answer.headers["content-length"]) == len(answer.content)
    assert "<h1>Members only &lt;b&gt;</h1>" in answer.text
    assert "script-src 'self'" in answer.headers["content-security-policy"]
    own_refusal = await f.client.get("/zh/nothing", headers=HTML | {"Accept-Language": "en"})
    assert (own_refusal.status_code, "<h1>未找到</h1>" in own_refusal.text) == (404, True)


@pytest.mark.parametrize("path", ["/api/events/none", "/calendars/none.ics", "/nothing"])
@fronted()
async def test_everybody_else_gets_the_problem(f: Front, path: str) -> None:
    f.calendar.answer(path, "{}", status=404, Content_Type="application/problem+json")
    f.events.answer(path, "{}", status=404, Content_Type="application/problem+json")
    headers = {"Accept": "*/*"} if path == "/nothing" else HTML
    answer = await f.client.get(path, headers=headers)
    assert answer.headers["content-type"] == "application/problem+json"


@fronted()
async def test_the_api_is_described_as_one(f: Front) -> None:
    for name, service in (("directory", f.directory), ("events", f.events), ("calendar", f.calendar)):
        service.answer(f"/api/{name}/openapi.json", json.dumps(document(name, {})))
    told = [await f.client.get("/api/openapi.json") for _ in range(2)]
    assert sorted(told[0].json()["paths"]) == ["/api/calendar/x", "/api/directory/x", "/api/events/x"]
    assert told[0].json()["servers"] == [{"url": "http://huitang.test"}]
    assert len(f.events.asked) == 1


@fronted()
async def test_a_service_that_cannot_be_described_is_named(f: Front) -> None:
    answer = await f.client.get("/api/openapi.json")
    assert (answer.status_code, answer.json()["service"]) == (503, "calendar")


@fronted()
async def test_the_api_is_listed_without_script(f: Front) -> None:
    for name, service in (("directory", f.directory), ("events", f.events), ("calendar", f.calendar)):
        service.answer(f"/api/{name}/openapi.json", json.dumps(document(name, {})))
    page = await f.client.get("/en/api/docs")
    shown = html.document_fromstring(page.content)
    assert shown.xpath("//main//h2/text()") == ["calendar", "directory", "events"]
    assert shown.xpath("//main//li/p/code/text()") == ["/api/calendar/x", "/api/directory/x", "/api/events/x"]
    assert shown.xpath("//script/@src") == []


def test_an_operation_is_listed_with_what_it_asks_and_takes() -> None:
    told = {
        "tags": ["x"],
        "description": "Change\n  it.",
        "parameters": [{"name": "ref", "in": "path"}, {"name": "total", "in": "query"}],
        "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Patch"}}}},
    }
    whole = merged({"events": {"paths": {"/api/events/x": {"patch": told}}}}, server="/")
    assert listed(whole) == {"events": {"x": [Operation("PATCH", "/api/events/x", "Change it.", ("total",), "Patch")]}}


@fronted()
async def test_the_readers_page_asks_no_other_site_and_runs_no_inline_script(f: Front) -> None:
    answer = await f.client.get("/api/docs/reader", headers={"Accept-Language": "en"})
    assert (answer.status_code, "'unsafe-inline'" in answer.headers["content-security-policy"]) == (200, False)
    assert [url for url in reader_assets() if f'"{url}"' not in answer.text] == []
    assert "<script>" not in answer.text
    moved = await f.client.get("/api")
    assert (moved.status_code, moved.headers["location"]) == (307, "/api/docs")


@fronted()
async def test_its_own_addresses_are_only_read(f: Front) -> None:
    assert (await f.client.post("/health/live")).status_code == 405
    assert (await f.client.head("/health/live")).status_code == 200


def document(name: str, schemas: dict[str, Any], uses: str = "Page") -> dict[str, Any]:
    """Return a service's own description, with one operation that answers with the schema `uses`."""
    operation = {
        "operationId": f"{name}_x",
        "tags": ["x"],
        "responses": {"200": {"$ref": f"#/components/schemas/{uses}"}},
    }
    return {"paths": {f"/api/{name}/x": {"get": operation, "parameters": []}}, "components": {"schemas": schemas}}


def test_schemas_that_differ_stand_under_their_services_names() -> None:
    same = {"type": "string"}
    events = {"Same": same, "Item": {"type": "integer"}, "Page": {"items": {"$ref": "#/components/schemas/Item"}}}
    awards = {"Same": same, "Item": {"type": "boolean"}, "Page": {"items": {"$ref": "#/components/schemas/Item"}}}
    whole = merged({"events": document("events", events), "awards": document("awards", awards)}, server="/")
    schemas = whole["components"]["schemas"]
    assert sorted(schemas) == ["AwardsItem", "AwardsPage", "EventsItem", "EventsPage", "Same"]
    assert schemas["EventsPage"] == {"items": {"$ref": "#/components/schemas/EventsItem"}}
    operation = whole["paths"]["/api/awards/x"]["get"]
    assert operation["responses"]["200"] == {"$ref": "#/components/schemas/AwardsPage"}
    assert operation["tags"] == ["awards · x"]


def test_schemas_alike_stand_once() -> None:
    page = {"Page": {"type": "object", "properties": {"me": {"$ref": "#/components/schemas/Page"}}}}
    whole = merged({"a": document("a", page), "b": document("b", page)}, server="/")
    assert whole["components"]["schemas"] == page
    assert whole["security"] == [{"apiKey": []}, {"session": []}, {}]


def test_a_long_name_that_another_name_begins_with_is_not_mangled() -> None:
    a = {"Item": {"type": "string"}, "ItemPage": {"items": {"$ref": "#/components/schemas/Item"}}}
    b = {"Item": {"type": "integer"}}
    whole = merged({"a": document("a", a, "ItemPage"), "b": document("b", b, "Item")}, server="/")
    assert sorted(whole["components"]["schemas"]) == ["AItem", "BItem", "ItemPage"]
    assert whole["components"]["schemas"]["ItemPage"] == {"items": {"$ref": "#/components/schemas/AItem"}}


@fronted()
async def test_json_that_is_no_description_is_a_services_fault(f: Front) -> None:
    async def wrong(request: Request) -> Response:
        return JSONResponse([], 500)

    f.calendar.answers["/api/calendar/openapi.json"] = wrong
    assert (await f.client.get("/api/openapi.json")).status_code == 503
