"""Which address leads where, and which lead nowhere."""

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from gateway.refusals import BadAddress
from gateway.routing import Routes, ToLanguage, Upstream
from shared.errors import NotFound
from tests.gateway.front import Front, fronted


async def nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """Stand for an application that is never called."""


UPSTREAMS = {
    "directory": Upstream("directory", nothing, ("/sign-in",)),
    "events": Upstream("events", nothing, ("/events", "/events/archive")),
    "calendar": Upstream("calendar", nothing, ("/", "/calendars")),
    "archive": Upstream("archive", nothing, ("/events/archive/old",)),
}
ROUTES = Routes.of(UPSTREAMS, Upstream("gateway", nothing, ("api", "assets", "health", "metrics", "problems")))


def owner(path: str) -> str:
    """Name who answers a path, `page` for a redirect by language."""
    found = ROUTES.find(path)
    return "page" if isinstance(found, ToLanguage) else found.name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/api/events/editions", "events"),
        ("/api/events/", "events"),
        ("/api/directory/internal/token", "directory"),
        ("/api/events", "gateway"),
        ("/api/nobody/x", "gateway"),
        ("/api/openapi.json", "gateway"),
        ("/api/docs", "gateway"),
        ("/api", "gateway"),
        ("/zh/api/docs", "gateway"),
        ("/en/problems/conflict", "gateway"),
        ("/problems", "gateway"),
        ("/health/ready", "gateway"),
        ("/metrics", "gateway"),
        ("/assets/pages/styles.css", "gateway"),
        ("/zh", "calendar"),
        ("/en/", "calendar"),
        ("/", "page"),
        ("/events", "page"),
        ("/events/x", "page"),
        ("/zh/events", "events"),
        ("/zh/events/世界/2026", "events"),
        ("/zh/events/archive/old/1", "archive"),
        ("/zh/events/archive/new", "events"),
        ("/en/sign-in", "directory"),
        ("/calendars/all.ics", "calendar"),
        ("/calendars/personal/token.ics", "calendar"),
        ("/events/wyss/2026/schedule.xml", "events"),
        ("/events/v2.0", "page"),
    ],
)
def test_every_address_has_one_owner(path: str, name: str) -> None:
    assert owner(path) == name


@pytest.mark.parametrize(
    ("path", "refusal"),
    [
        ("/internal", NotFound),
        ("/internal/token", NotFound),
        ("/internal/x.ics", NotFound),
        ("/zh/internal/token", NotFound),
        ("/zh/zh/events", NotFound),
        ("/eventsx", NotFound),
        ("/zh/nothing", NotFound),
        ("/fr/events", NotFound),
        ("//internal/token", BadAddress),
        ("/api//internal/token", BadAddress),
        ("/api/../internal/token", BadAddress),
        ("/api/events/../../internal/token", BadAddress),
        ("/zh/events/..", BadAddress),
        ("/zh/./events", BadAddress),
        ("/zh/events\\..\\internal", BadAddress),
        ("/zh/events\x00", BadAddress),
        ("/zh/events\r\nX: y", BadAddress),
        ("/zh/events/\ufffd", BadAddress),
        ("internal/token", BadAddress),
        ("*", BadAddress),
        ("", BadAddress),
    ],
)
def test_what_leads_nowhere(path: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        ROUTES.find(path)


@pytest.mark.parametrize("prefix", ["/events", "/internal", "/api/x", "/zh", "/metrics"])
def test_a_prefix_that_is_taken_is_told_at_the_start(prefix: str) -> None:
    with pytest.raises(ValueError, match="late cannot have the prefix"):
        Routes.of({**UPSTREAMS, "late": Upstream("late", nothing, (prefix,))}, ROUTES.own)


@pytest.mark.parametrize(
    "path",
    [
        "/internal/token",
        "//internal/token",
        "/%69nternal/token",
        "/%2Finternal/token",
        "/internal%2Ftoken",
        "/api/../internal/token",
        "/api/directory/../../internal/token",
        "/api/directory/%2e%2e/%2e%2e/internal/token",
        "/api/directory/..%2f..%2finternal/token",
        "/api/directory%2f..%2f..%2finternal/token",
        "/zh/sign-in/%2e%2e/%2e%2e/internal/token",
        "/sign-in/..%5c..%5cinternal/token.ics",
        "/%252e%252e/internal/token",
    ],
)
@fronted()
async def test_nobody_comes_to_internal_routes(f: Front, path: str) -> None:
    answers = [await f.client.request(method, raw(path)) for method in ("GET", "POST")]
    assert {answer.status_code for answer in answers} <= {400, 404}
    assert [request.url.path for request in f.directory.asked] == []


def raw(path: str) -> httpx.URL:
    """Return an address whose path is sent as it is written."""
    return httpx.URL("http://huitang.test").copy_with(raw_path=path.encode())


@pytest.mark.parametrize(
    ("path", "headers", "target"),
    [
        ("/", {}, "/zh"),
        ("/", {"Accept-Language": "en-GB,en;q=0.9"}, "/en"),
        ("/events", {"Accept-Language": "fr, en;q=0.4, zh;q=0.3"}, "/en/events"),
        ("/events/wyss?day=2&q=%E4%BC%9A", {"Accept-Language": "zh-TW"}, "/zh/events/wyss?day=2&q=%E4%BC%9A"),
        ("/events/%E4%BC%9A", {}, "/zh/events/%E4%BC%9A"),
        ("/events", {"Cookie": "huitang_session=s-ada"}, "/en/events"),
        ("/events", {"Cookie": "huitang_session=s-ada", "Accept-Language": "zh"}, "/zh/events"),
    ],
)
@fronted()
async def test_a_bare_page_goes_to_the_readers_language(
    f: Front, path: str, headers: dict[str, str], target: str
) -> None:
    answer = await f.client.get(raw(path) if "%" in path else path, headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (307, target)
    assert answer.headers["vary"] == "Accept-Language, Cookie"
    assert f.events.asked == []


@fronted()
async def test_pages_are_read_in_the_language_of_their_address(f: Front) -> None:
    await f.client.get("/en/events", headers={"Accept-Language": "zh"})
    assert f.events.headers()["accept-language"] == "en"


@fronted()
async def test_an_open_redirect_is_not_to_be_had(f: Front) -> None:
    for path in ("//evil.example", "/\\evil.example", "/%5Cevil.example", "/%2F%2Fevil.example"):
        answer = await f.client.get(raw(path))
        assert (answer.status_code, answer.headers.get("location")) == (400, None)
