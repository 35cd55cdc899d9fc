"""The example packs through the command line: loaded once, completed, and left as they were edited."""

from tests.huitang.conftest import Served


def test_packs_are_loaded_and_what_was_edited_stays(served: Served) -> None:
    assert served.json("packs", "load", "aw12", "--owner", "society-b") == {
        "created": 1, "changed": 0, "unchanged": 0, "rules": 1,
    }  # fmt: skip
    slug = "national-science-education-bases"
    with served.running.client() as client:
        at = f"/api/awards/programmes/{slug}/eligibility"
        before = client.get(at)
        assert (len(before.json()["rules"]["rules"]), before.json()["warnings"]) == (9, [])
        client.put(at, json={"rules": []}, headers={"If-Match": before.headers["ETag"]}).raise_for_status()
        assert served.json("packs", "load") == {"created": 8, "changed": 0, "unchanged": 1, "rules": 8}
        assert client.get(at).json()["rules"]["rules"] == []
        listed = client.get("/api/awards/programmes?flag=extra").json()["items"]
    assert sorted(programme["key"] for programme in listed) == ["X01", "X02", "X03"]
    assert [programme["missing"] for programme in listed] == [[], [], []]
    assert [pack["key"] for pack in served.json("packs", "list")] == [
        "AW01", "AW02", "AW12", "LS01", "LS06", "TP01", "X01", "X02", "X03",
    ]  # fmt: skip
