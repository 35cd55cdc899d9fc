"""The sample world reads well, is made once, keeps near today, and holds the conflicts it is meant to hold."""

import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest

from huitang.client import Client
from huitang.house import House
from huitang.preparing import prepare_folder
from huitang.sample.people import SamplePeople
from huitang.sample.programme import EDITIONS, facts_of, programme_of
from huitang.sample.seed import seed, slugs
from services.directory.setup.actions import ensure_local_key
from services.events.exchange import own_json
from services.events.exchange.programme_file import ProgrammeFile, ReadOptions
from tests.world import Clock, running, settings_of

CHINESE = re.compile(r"[\u4e00-\u9fff]")
START = date(2026, 11, 24)


@pytest.fixture(scope="module")
def programmes() -> dict[str, ProgrammeFile]:
    """Return the programmes as our own reader takes them."""
    made = {name: json.dumps(programme_of(name, START)).encode() for name in EDITIONS}
    return {name: own_json.read(content, ReadOptions()) for name, content in made.items()}


def test_there_is_enough_of_it(programmes: dict[str, ProgrammeFile]) -> None:
    assert sum(len(p.sessions) for p in programmes.values()) >= 300
    assert len({person.key for p in programmes.values() for person in p.people}) >= 230
    assert sum(len(p.rooms) for p in programmes.values()) == 30


def test_all_of_it_is_in_both_languages(programmes: dict[str, ProgrammeFile]) -> None:
    texts = [
        text
        for p in programmes.values()
        for group in (p.sessions, p.people, p.rooms, p.tracks)
        for each in group
        for text in (getattr(each, "title", None), getattr(each, "name", None), getattr(each, "abstract", None))
        if text
    ]
    assert [text for text in texts if not CHINESE.search(text.zh) and not text.zh.isascii()] == []
    assert [text for text in texts if CHINESE.search(text.en) or not text.en] == []


def test_no_talk_is_given_twice_and_nobody_gives_two_at_once(programmes: dict[str, ProgrammeFile]) -> None:
    titles = Counter(s.title for p in programmes.values() for s in p.sessions if s.type == "parallel")
    assert [title for title, number in titles.items() if number > 1] == []
    for name in ("forum", "annual", "storage_forum"):
        parts = Counter(role.key for session in programmes[name].sessions for role in session.people)
        assert max(parts.values()) == 1


def test_abstracts_say_what_the_talk_is_about(programmes: dict[str, ProgrammeFile]) -> None:
    talks = [s for p in programmes.values() for s in p.sessions if s.type == "parallel"]
    assert [s.title for s in talks if s.title.zh not in s.abstract.zh] == []
    assert [s.title for s in talks if s.title.en[1:] not in s.abstract.en] == []
    assert [s.abstract for s in talks if re.search(r"[{}]|。。|\.\.", s.abstract.zh + s.abstract.en)] == []


def test_it_is_the_same_at_every_start() -> None:
    assert programme_of("annual", START) == programme_of("annual", START)


@dataclass
class Seeded:
    """A house whose sample was made."""

    house: House
    url: str
    clock: Clock
    people: SamplePeople

    def client(self, role: str = "administrator") -> Client:
        """Return a client that speaks as a persona."""
        return Client(self.url, self.people.key(role))

    def edition(self, slug: str) -> Any:
        """Return an edition."""
        with self.client() as client:
            return client.get(f"/api/events/editions/{slug}")

    def deeds(self) -> dict[str, int]:
        """Count what was done, by service."""
        with self.client() as client:
            return {s: client.get(f"/api/{s}/audit", total="true", limit=1)["total"] for s in ("directory", "events")}


@pytest.fixture(scope="module")
def seeded(database: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Seeded]:
    """Make the sample once for the tests of this file."""
    settings = settings_of(tmp_path_factory.mktemp("sample"))
    prepare_folder(settings)
    clock = Clock()
    with running(settings, clock) as (house, url):
        ensure_local_key(house.runtimes["directory"].db, settings.data / "cli.key")
        yield Seeded(house, url, clock, seed(house, url, SamplePeople(), lambda _: None))


def test_editions_stand_where_they_should(seeded: Seeded) -> None:
    today = seeded.clock().date()
    found = {slug: seeded.edition(slug) for slug in slugs()}
    assert {slug: (e["state"], e["starts_on"]) for slug, e in found.items()} == {
        "wstdf-sample": ("running", (today - timedelta(days=1)).isoformat()),
        "cast-annual-sample": ("published", (today + timedelta(days=42)).isoformat()),
        "wyss-sample": ("open", (today + timedelta(days=120)).isoformat()),
        "energy-storage-youth-forum-sample": ("published", (today + timedelta(days=44)).isoformat()),
    }
    assert found["energy-storage-youth-forum-sample"]["umbrella_editions"] == [found["cast-annual-sample"]["id"]]
    assert all(len(e["organisations"]) >= 2 for e in found.values())


def test_the_root_has_the_samples_name(seeded: Seeded) -> None:
    with seeded.client() as client:
        names = client.get("/api/directory/organisations/headquarters")["name"]
    assert names == {"zh": "中国科学技术协会（示例）", "en": "China Association for Science and Technology (sample)"}


def test_the_draft_holds_three_conflicts_and_the_released_none(seeded: Seeded) -> None:
    with seeded.client() as client:
        kinds = {
            slug: {
                kind["kind"]: kind["count"] for kind in client.get(f"/api/events/editions/{slug}/conflicts")["kinds"]
            }
            for slug in slugs()
        }
    wanted = {"room_overlap": 1, "person_overlap": 1, "capacity_short": 1}
    assert kinds == {slug: wanted if slug == "wyss-sample" else {} for slug in slugs()}


def test_a_second_start_changes_nothing(seeded: Seeded) -> None:
    before = seeded.deeds()
    seed(seeded.house, seeded.url, seeded.people, lambda _: None)
    assert seeded.deeds() == before


def test_a_start_much_later_moves_what_has_drifted(seeded: Seeded) -> None:
    before = {slug: seeded.edition(slug)["starts_on"] for slug in slugs()}
    seeded.clock.turn(days=30)
    seed(seeded.house, seeded.url, seeded.people, lambda _: None)
    after = {slug: seeded.edition(slug)["starts_on"] for slug in slugs()}
    moved = {slug: (date.fromisoformat(on) + timedelta(days=30)).isoformat() for slug, on in before.items()}
    assert after == moved
    slug = facts_of("annual")["slug"]
    with seeded.client() as client:
        releases = client.get(f"/api/events/editions/{slug}/releases")
        dates = {d["kind"]: d["on"] for d in client.every(f"/api/events/editions/{slug}/key-dates")}
    assert [release["counts"].get("moved", 0) > 100 for release in releases] == [True, False]
    assert dates["arrival"] == (date.fromisoformat(moved[slug]) - timedelta(days=1)).isoformat()
