"""Handing in: what is missing is told, a number and a signed receipt are given once, what was handed in counts."""

import json
from base64 import urlsafe_b64decode
from hashlib import sha256

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from shared.signing import canonical
from tests.alone import SOCIETY
from tests.awards.nominating import CATEGORY, C, attach, begin, make_ready, open_call, path_of, submit, write
from tests.awards.running import Awards


def test_a_receipt_verifies_by_the_public_key_alone(awards: Awards) -> None:
    open_call(awards)
    made = make_ready(awards)
    awards.facts()
    told = submit(awards, made)
    assert told.status_code == 200, told.text
    receipt = told.json()["receipt"]
    keys = awards.get("record/keys", None)["keys"]
    public = next(key["x"] for key in keys if key["kid"] == receipt["key"])
    signature = receipt.pop("signature")
    key = Ed25519PublicKey.from_public_bytes(urlsafe_b64decode(public + "=="))
    key.verify(urlsafe_b64decode(signature + "=="), canonical(receipt))
    document = awards.ask("GET", path_of(made, "submissions/1/document"), "nominator").content
    assert sha256(document).hexdigest() == receipt["sha256"]
    assert (receipt["number"], receipt["turn"]) == (f"{C}-people-0001", 1)
    assert awards.types() == ["nomination.submitted"]
    assert awards.balances(C)[SOCIETY] == {"": 8}
    assert "11010519491231002X" not in json.dumps(told.json()) + document.decode()


def test_what_is_missing_is_named_where_it_is_missing(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards, content={"story": "短"})
    told = awards.get(path_of(made, "readiness"), "nominator")
    assert {(each["pointer"], each["code"]) for each in told["lacks"]} == {
        ("/content/name", "required"),
        ("/content/birth", "required"),
        ("/content/story", "minLength"),
        ("/roles/candidate", "absent"),
        ("/notice", "absent"),
    }
    refused = submit(awards, made)
    assert (refused.status_code, len(refused.json()["errors"])) == (422, 5)


def test_asked_again_the_receipt_is_the_same(awards: Awards) -> None:
    open_call(awards)
    made = make_ready(awards)
    first = submit(awards, made, headers={"Idempotency-Key": "k"})
    again = [awards.ask("POST", path_of(made, "submission"), "nominator", 1) for _ in range(3)]
    assert [each.json() for each in again] == [first.json()] * 3


def test_what_is_written_afterwards_counts_once_it_is_handed_in(awards: Awards) -> None:
    open_call(awards)
    made = make_ready(awards)
    first = submit(awards, made).json()
    version = awards.get(path_of(made), "nominator")["version"]
    assert write(awards, made, version, story="另一个故事").status_code == 200
    assert awards.get(path_of(made), "officer")["content"]["story"] == "发现青蒿素"
    assert awards.get(path_of(made, "readiness"), "nominator")["unsubmitted"]
    for more in ("readiness", "revisions", "consent"):
        assert awards.status("GET", path_of(made, more), "officer") == 403, "they tell what is being written"
    refused = submit(awards, made)
    assert [e["code"] for e in refused.json()["errors"]] == ["outdated"]
    assert first["turn"] == 1


def test_that_no_slot_is_left_is_told_ahead(awards: Awards) -> None:
    open_call(awards, slots=1)
    first, second = make_ready(awards), make_ready(awards)
    assert awards.get(path_of(second, "readiness"), "nominator")["ready"]
    assert submit(awards, first).status_code == 200
    assert awards.get(path_of(first, "readiness"), "nominator")["ready"]
    lacks = awards.get(path_of(second, "readiness"), "nominator")["lacks"]
    assert [(each["kind"], each["pointer"]) for each in lacks] == [("quota", "/quota")]
    assert submit(awards, second).json()["type"] == "/problems/quota-exceeded"


def test_what_an_attachment_is_asked_of_is_told_by_kind(awards: Awards) -> None:
    kinds = [{"key": "enterprise", "name": {"zh": "企业人员", "en": "Of enterprises"}}]
    papers = [
        {"key": "pledge", "name": {"zh": "承诺书", "en": "Pledge"}},
        {"key": "clearance", "name": {"zh": "企业证明", "en": "Clearance"}, "only_for": ["enterprise"]},
    ]
    open_call(awards, categories=[CATEGORY | {"candidate_kinds": kinds, "attachments": papers}])
    made = begin(awards)

    def lacking() -> set[str]:
        lacks = awards.get(path_of(made, "readiness"), "nominator")["lacks"]
        return {each["pointer"] for each in lacks if each["kind"] in ("field", "attachment")}

    assert lacking() == {"/candidate_kind", "/attachments/pledge"}
    awards.do("PATCH", path_of(made), {"candidate_kind": "enterprise"}, "nominator", version=1)
    assert lacking() == {"/attachments/pledge", "/attachments/clearance"}
    attach(awards, made, "clearance")
    assert lacking() == {"/attachments/pledge"}
