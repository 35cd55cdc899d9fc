"""`huitang demo` as a process: seeds, serves, and tells scripts who and what there is."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.huitang.process import Running, huitang, serving

ROLES = [
    "administrator", "organizer", "foreign_organizer", "scheduler", "member", "award_officer", "nominator",
]  # fmt: skip
MEGABYTES = 250


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Run the sample world once for the tests of this file."""
    with serving(tmp_path_factory.mktemp("demo"), "demo") as running:
        yield running


def told(running: Running) -> dict[str, Any]:
    """Return what `huitang demo --json` prints; it waits until all is made."""
    ended = huitang(running.data, "demo", "--json")
    assert ended.code == 0, ended.out + ended.err
    answer: dict[str, Any] = ended.json
    return answer


def test_it_prints_addresses_and_links_whole(sample: Running) -> None:
    """The first test of this file: telling scripts makes new links in place of these."""
    assert sample.process.stdout is not None
    printed = list[str]()
    for line in iter(sample.process.stdout.readline, ""):
        printed.append(line.rstrip())
        if line.startswith("API keys are in"):
            break
    assert printed[1] == f"Huitang runs at {sample.url}. End it with Ctrl-C."
    pages = [line.split()[1] for line in printed if "/en/events/" in line]
    assert [httpx.get(page).status_code for page in pages] == [200] * 3
    assert [line for line in printed if "draft" in line] == ["92        wyss-sample (a draft, not public yet)"]
    links = [line.split()[-1] for line in printed if "/sign-in/" in line]
    assert [line.split()[0] for line in printed if "/sign-in/" in line] == ROLES
    assert [httpx.get(link).status_code for link in links] == [200] * len(ROLES)


def test_it_tells_exactly_what_scripts_rely_on(sample: Running) -> None:
    world = told(sample)
    assert list(world) == ["url", "accounts", "editions"]
    assert world["url"] == sample.url
    assert [list(account) for account in world["accounts"]] == [["role", "name", "email", "sign_in", "api_key"]] * len(
        ROLES
    )
    assert [account["role"] for account in world["accounts"]] == ROLES
    assert [list(edition) for edition in world["editions"]] == [["slug", "series", "sessions"]] * 4
    assert {edition["series"] for edition in world["editions"]} >= {
        "world-science-and-technology-development-forum", "cast-annual-conference", "world-young-scientist-summit",
    }  # fmt: skip
    assert sum(edition["sessions"] for edition in world["editions"]) >= 300


def test_every_persona_comes_in_by_key_and_by_a_fresh_link(sample: Running) -> None:
    first, second = told(sample), told(sample)
    for before, account in zip(first["accounts"], second["accounts"], strict=True):
        bearer = {"Authorization": f"Bearer {account['api_key']}"}
        assert httpx.get(f"{sample.url}/api/directory/me", headers=bearer).json()["email"] == account["email"]
        assert before["api_key"] == account["api_key"]
        assert before["sign_in"] != account["sign_in"]
        with httpx.Client(headers={"Origin": sample.url}) as browser:
            assert browser.get(account["sign_in"]).status_code == 200
            assert browser.post(account["sign_in"]).status_code == 303
            assert browser.get(f"{sample.url}/api/directory/me").json()["email"] == account["email"]
            assert browser.post(account["sign_in"]).status_code == 410, "a link works once"


def test_keys_are_kept_for_the_owner_of_the_folder_alone(sample: Running) -> None:
    told(sample)
    for name in ("demo.json", "cli.key", "url", "signing.jwks", "gateway.secret"):
        assert (sample.data / name).stat().st_mode & 0o777 == 0o600, name


def test_released_programmes_stand_in_feeds_and_the_draft_does_not(sample: Running) -> None:
    world = told(sample)
    feeds = {
        edition["slug"]: httpx.get(f"{sample.url}/calendars/editions/{edition['slug']}.ics")
        for edition in world["editions"]
    }
    entries = {slug: feed.content.count(b"BEGIN:VEVENT") if feed.is_success else 0 for slug, feed in feeds.items()}
    sessions = {edition["slug"]: edition["sessions"] for edition in world["editions"]}
    assert entries["wyss-sample"] == 0
    assert entries["cast-annual-sample"] >= sessions["cast-annual-sample"] - 1, "all but the meeting of members"
    assert "会员代表" not in feeds["cast-annual-sample"].text.replace("\r\n ", "")
    assert sample.megabytes() < MEGABYTES
    assert huitang(sample.data, "check-feed", f"{sample.url}/calendars/all.ics").code == 0


def test_nothing_is_told_where_nothing_runs(tmp_path: Path) -> None:
    ended = huitang(tmp_path, "demo", "--json")
    assert (ended.code, list(ended.json)) == (3, ["title"])


def test_a_folder_without_the_sample_says_so(served: Any) -> None:
    ended = served.ask("demo", "--json")
    assert (ended.code, "holds no sample world" in ended.json["title"]) == (1, True)
