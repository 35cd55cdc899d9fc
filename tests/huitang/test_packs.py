"""The example packs through the command line: loaded once, completed, and left as they were edited."""

from pathlib import Path

import httpx

from huitang.commands.catalogue import rows_of_catalogue
from huitang.commands.packs import packs
from huitang.sample.people import SamplePeople
from tests.databases import copy_folder
from tests.huitang.conftest import Served
from tests.huitang.process import serving


def test_packs_are_loaded_and_what_was_edited_stays(world_template: Path, tmp_path: Path) -> None:
    copy_folder(world_template, tmp_path / "data")
    with serving(tmp_path / "data") as running:
        load_and_edit(Served(running, SamplePeople.read(tmp_path / "data" / "people.json")))


def load_and_edit(served: Served) -> None:
    """Load one pack, edit it, load them all, and load the catalogue on top."""
    first = served.json("packs", "load", "aw12", "--owner", "society-b")
    assert first == {"created": 1, "completed": 1, "unchanged": 0, "kept": {}}
    with served.running.client() as client:
        slug = next(pack["programme"]["slug"] for pack in packs() if pack["key"] == "AW12")
        at = f"/api/awards/programmes/{slug}"
        before = client.get(f"{at}/eligibility")
        assert (len(before.json()["rules"]["rules"]), before.json()["warnings"]) == (9, [])
        headers = {"If-Match": before.headers["ETag"]}
        client.put(f"{at}/eligibility", json={"rules": []}, headers=headers).raise_for_status()
        written = write_before_the_pack(served, client)
        kept = {"LS06": ["description", "unit_notice_days"]}
        assert served.json("packs", "load") == {"created": 7, "completed": 8, "unchanged": 1, "kept": kept}
        assert {name: client.get(f"{written}{at}").json()[name] for at, name in (("", "description"), ("/definition", "unit_notice_days"))} == {
            "description": {"zh": "本会自拟", "en": ""}, "unit_notice_days": 21,
        }  # fmt: skip
        edited = client.get(at).json()
        assert client.get(f"{at}/eligibility").json()["rules"]["rules"] == []
        listed = client.get("/api/awards/programmes?flag=example-pack").json()["items"]
        assert len(listed) == 9
        lacking = {each["key"]: [gap["code"] for gap in each["missing"]] for each in listed if each["missing"]}
        assert lacking == {key: ["number"] for key in ("AW01", "AW02", "X01", "X02")}
        assert {each["key"] for each in listed if "extra" in each["flags"]} == {"X01", "X02", "X03"}
        assert served.json("catalogue", "load")["changed"] == 0
        assert client.get("/api/awards/programmes?flag=example-pack").json()["items"] == listed
        assert client.get(at).json() == edited
    assert served.json("packs", "load") == {"created": 0, "completed": 0, "unchanged": 9, "kept": {}}
    replaced = {"created": 0, "completed": 1, "unchanged": 0, "kept": {}}
    assert served.json("packs", "load", "ls06", "--overwrite") == replaced
    with served.running.client() as client:
        told = next(pack["programme"]["description"] for pack in packs() if pack["key"] == "LS06")
        assert client.get(written).json()["description"] == told
    assert [pack["key"] for pack in served.json("packs", "list")] == [
        "AW01", "AW02", "AW12", "LS01", "LS06", "TP01", "X01", "X02", "X03",
    ]  # fmt: skip


def write_before_the_pack(served: Served, client: httpx.Client) -> str:
    """Let an office write into a programme that the catalogue has made, before its pack comes; return where it stands."""
    row = next(row for row in rows_of_catalogue("programmes") if row["key"] == "LS06")
    owner = client.get("/api/directory/organisations/society-b").json()["id"]
    body = {"source": "catalogue", "owner_id": owner, "rows": [row]}
    client.post("/api/awards/catalogue", json=body).raise_for_status()
    at = f"/api/awards/programmes/{row['slug']}"
    for place, change in (("", {"description": {"zh": "本会自拟"}}), ("/definition", {"unit_notice_days": 21})):
        headers = {"If-Match": client.get(at).headers["ETag"]}
        client.patch(f"{at}{place}", json=change, headers=headers).raise_for_status()
    return at


def test_packs_speak_of_their_programmes_as_the_catalogue_does() -> None:
    rows = {row["key"]: row for row in rows_of_catalogue("programmes")}
    for pack in packs():
        if (row := rows.get(pack["key"])) is not None:
            own = pack["programme"]
            same = ("slug", "name", "standing", "verb")
            assert {name: own[name] for name in same} == {name: row[name] for name in same}
            assert [each["key"] for each in own["categories"]] == [each["key"] for each in row["categories"]]
