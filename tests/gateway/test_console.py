"""The built console as the gateway serves it, and what is said where it was not built."""

import asyncio
import gzip
import os
from collections.abc import Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from shared.pages.assets import IMMUTABLE
from tests.gateway.front import front

PAGE = b'<!doctype html><title>Console</title><script type="module" src="/console/assets/app-1a.js"></script>'
SCRIPT = b"document.title = 'Huitang';\n" * 100
FONT = bytes(range(256))
PLAIN = {"Accept-Encoding": "identity"}
HTML = {"Accept": "text/html"}
POLICY = (
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """Return a folder as a build leaves it."""
    folder = tmp_path / "dist"
    (folder / "assets").mkdir(parents=True)
    (folder / "index.html").write_bytes(PAGE)
    (folder / "mark.svg").write_text("<svg/>")
    (folder / ".built").write_text("digest")
    (folder / "assets/app-1a.js").write_bytes(SCRIPT)
    (folder / "assets/text-2b.woff2").write_bytes(FONT)
    return folder


def with_console(folder: Path, test: Callable[[httpx.AsyncClient], Awaitable[None]]) -> None:
    """Run a test with a client of a gateway that serves the console from `folder`."""

    async def run() -> None:
        async with front(folder.parent, console=folder) as running:
            await test(running.client)

    asyncio.run(run())


def test_every_page_is_answered_with_the_one_page(built: Path) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        for path in ("/console", "/console/", "/console/events/asm-2026/schedule", "/console/a.b/c?day=2"):
            answer = await client.get(path, headers=PLAIN)
            assert (answer.status_code, answer.content) == (200, PAGE)
            assert answer.headers["content-type"] == "text/html; charset=utf-8"
            assert answer.headers["cache-control"] == "no-cache"
        head = await client.head("/console", headers=PLAIN)
        assert (head.status_code, head.content, head.headers["content-length"]) == (200, b"", str(len(PAGE)))
        assert (await client.post("/console")).status_code == 405

    with_console(built, asking)


def test_a_page_runs_no_script_but_its_own(built: Path) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        headers = (await client.get("/console/events")).headers
        again = (await client.get("/console", headers={"If-None-Match": headers["etag"]})).headers
        assert [headers["content-security-policy"], again["content-security-policy"]] == [POLICY, POLICY]
        assert (headers["x-content-type-options"], headers["referrer-policy"]) == ("nosniff", "same-origin")

    with_console(built, asking)


def test_files_with_a_digest_in_their_name_last_for_ever(built: Path) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        script = await client.get("/console/assets/app-1a.js", headers=PLAIN)
        font = await client.get("/console/assets/text-2b.woff2")
        image = await client.get("/console/mark.svg", headers=PLAIN)
        assert (script.content, script.headers["content-type"]) == (SCRIPT, "text/javascript; charset=utf-8")
        assert (font.content, font.headers["content-type"]) == (FONT, "font/woff2")
        assert [each.headers["cache-control"] for each in (script, font, image)] == [IMMUTABLE, IMMUTABLE, "no-cache"]
        assert (image.content, image.headers["content-type"]) == (b"<svg/>", "image/svg+xml")

    with_console(built, asking)


@pytest.mark.parametrize(
    "path",
    ["assets/app-0.js", "assets/app", "assets/", "none.svg", ".built", "assets/%2e%2e/.built", "events/x.html"],
)
def test_what_is_no_file_and_no_page_is_not_found(built: Path, path: str) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        answer = await client.get(f"/console/{path}")
        assert answer.status_code in (400, 404)

    with_console(built, asking)


def test_text_travels_in_gzip_and_under_a_tag_of_its_own(built: Path) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        for path, content in (("/console", PAGE), ("/console/assets/app-1a.js", SCRIPT)):
            plain = await client.get(path, headers=PLAIN)
            async with client.stream("GET", path, headers={"Accept-Encoding": "gzip"} | HTML) as zipped:
                raw = b"".join([part async for part in zipped.aiter_raw()])
            assert (gzip.decompress(raw), zipped.headers["content-encoding"]) == (content, "gzip")
            assert zipped.headers["content-length"] == str(len(raw))
            assert plain.headers["vary"] == zipped.headers["vary"] == "Accept-Encoding"
            assert zipped.headers["etag"] == plain.headers["etag"][:-1] + '-gzip"'
        font = await client.get("/console/assets/text-2b.woff2", headers={"Accept-Encoding": "gzip"})
        assert not {"content-encoding", "vary"} & font.headers.keys()

    with_console(built, asking)


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_what_the_browser_holds_is_not_sent_again(built: Path, encoding: str) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        for path in ("/console/events", "/console/assets/app-1a.js"):
            first = await client.get(path, headers={"Accept-Encoding": encoding})
            held = {"If-None-Match": first.headers["etag"], "Accept-Encoding": encoding}
            again = await client.get(path, headers=held)
            assert (again.status_code, again.content) == (304, b"")
            for name in ("etag", "cache-control", "vary"):
                assert again.headers[name] == first.headers[name]

    with_console(built, asking)


def test_a_new_build_is_seen_at_once(built: Path) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        held = {"If-None-Match": (await client.get("/console", headers=PLAIN)).headers["etag"]} | PLAIN
        (built / "index.html").write_bytes(PAGE.replace(b"1a", b"3c"))
        os.utime(built / "index.html", (1, 1))
        again = await client.get("/console", headers=held)
        assert (again.status_code, again.content) == (200, PAGE.replace(b"1a", b"3c"))

    with_console(built, asking)


def test_an_address_with_a_language_leads_to_the_one_without(built: Path) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        answer = await client.get("/en/console/events")
        assert (answer.status_code, answer.headers["location"]) == (307, "/console/events")
        assert (await client.get("/en/console/none.svg")).status_code == 404

    with_console(built, asking)


@pytest.mark.parametrize(
    ("path", "asked", "title"),
    [
        ("/console", "zh", "控制台尚未构建"),
        ("/console/events", "en", "The console is not built"),
        ("/en/console", "zh", "The console is not built"),
    ],
)
def test_where_it_is_not_built_readers_are_told_how(tmp_path: Path, path: str, asked: str, title: str) -> None:
    async def asking(client: httpx.AsyncClient) -> None:
        page = await client.get(path, headers=HTML | {"Accept-Language": asked})
        assert (page.status_code, f"<h1>{title}</h1>" in page.text, "make console" in page.text) == (503, True, True)
        assert page.headers["retry-after"] == "60"
        told = (await client.get("/console")).json()
        assert told["type"] == "/problems/console-not-built"
        assert (await client.get("/console/assets/app-1a.js")).status_code == 404

    with_console(tmp_path / "dist", asking)
