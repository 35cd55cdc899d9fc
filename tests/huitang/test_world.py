"""The world that tests stand in: personas with their rights, settled, each world for itself."""

from pathlib import Path

from huitang.sample.people import SamplePeople
from tests.world import World


def test_every_persona_speaks_with_its_own_rights(world: World) -> None:
    told = {role: world.client(role).get("/api/directory/me").json() for role in world.people.keys}
    seen = {
        role: (
            [(g["role"], g["organisation_id"]) for g in me["grants"]],
            [m["organisation_id"] for m in me["memberships"]],
        )
        for role, me in told.items()
    }
    hq, a, b = (world.organisation(name) for name in ("hq", "society-a", "society-b"))
    assert seen == {
        "administrator": ([("administrator", hq)], []),
        "organizer": ([("organizer", a)], []),
        "foreign_organizer": ([("organizer", b)], []),
        "scheduler": ([("scheduler", a)], []),
        "award_officer": ([("award_officer", hq)], []),
        "nominator": ([("nominator", a)], []),
        "member": ([], [a]),
    }
    assert world.client().get("/api/directory/me").status_code == 401


def test_facts_have_reached_every_service(world: World) -> None:
    world.settle()
    world.client("organizer").post(
        "/api/events/series",
        json={"slug": "x", "name": {"zh": "某论坛"}, "kind": "forum", "owner_id": world.organisation("society-a")},
    ).raise_for_status()


def test_people_are_kept_in_a_file_for_their_owner_alone(tmp_path: Path) -> None:
    people = SamplePeople({"hq": "1"}, {"member": "2"}, {"member": "ht_3"})
    people.write(tmp_path / "people.json")
    assert SamplePeople.read(tmp_path / "people.json") == people
    assert (tmp_path / "people.json").stat().st_mode & 0o777 == 0o600
