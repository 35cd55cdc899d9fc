"""The pages of awards as a reader's browser asks for them, and a pack to fill them."""

from typing import Any

import anyio
import httpx
from lxml import html

from huitang.commands.packs import packs
from tests.alone import ROOT
from tests.awards.running import Awards

PACKS = {pack["key"]: pack for pack in packs()}
NUMBER = "国评组发〔2026〕1号"


def ask(awards: Awards, path: str, method: str = "GET", **headers: str) -> httpx.Response:
    """Return what a browser is answered."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}

    async def asking() -> httpx.Response:
        async with httpx.AsyncClient(transport=awards.transport, base_url="http://awards") as client:
            return await client.request(method, path, headers=names)

    return anyio.run(asking)


def tree(awards: Awards, path: str) -> Any:
    """Return a page, parsed."""
    answer = ask(awards, path)
    assert answer.status_code == 200, f"{answer.status_code} {answer.text}"
    return html.document_fromstring(answer.text)


def text(awards: Awards, path: str) -> str:
    """Return the words of a page's `main`."""
    return words_of(tree(awards, path).xpath("//main")[0])


def words_of(element: Any) -> str:
    """Return the words of a part of a page."""
    return " ".join(" ".join(element.itertext()).split())


def listed(awards: Awards, path: str = "/en/awards") -> dict[str, list[str]]:
    """Return the calls that the page of all lists, under their headings."""
    found: dict[str, list[str]] = {}
    for heading in tree(awards, path).xpath("//main//h2[following-sibling::*[1][self::ul]]"):
        calls = heading.xpath("following-sibling::ul[1]//h3/a")
        found[heading.text_content()] = [each.text_content() for each in calls]
    return found


def loaded(awards: Awards, key: str) -> Any:
    """Load a pack, with the number of its basis that only an office knows; return the programme."""
    pack = PACKS[key]
    programme = pack["programme"] | {"basis": pack["programme"]["basis"] | {"number": NUMBER}}
    body = {"source": "catalogue", "owner_id": ROOT, "rows": [{"key": key, **programme}]}
    awards.do("POST", "catalogue", body, "officer")
    slug = programme["slug"]
    awards.do("PUT", f"programmes/{slug}/eligibility", pack["eligibility"], "officer", version=1)
    return awards.get(f"programmes/{slug}", None)


def open_pack(awards: Awards, key: str, slug: str = "first") -> Any:
    """Announce a cycle of a pack; return its programme."""
    programme = loaded(awards, key)
    awards.draft(slug, programme, name=programme["name"])
    correction = awards.stage(slug, "correction_deadline")
    at = f"cycles/{slug}/stages/{correction['id']}"
    awards.do("PATCH", at, {"at_local": "2027-02-20T17:00"}, "officer", version=correction["version"])
    awards.step(slug, "open")
    return programme
