"""Papers of a nomination: taken by the checklist and by what they are, seen by whom they concern, replaced and never erased."""

import hashlib
from typing import Any

import httpx
import pytest
from sqlalchemy.orm import Session

from services.awards.attachments.actions import hand_in
from services.awards.attachments.queries import current_of, given_to, missing_in, said_of
from services.awards.cycles.queries import definition_at
from services.awards.nominations.models import Nomination
from services.awards.nominations.queries import cycle_of
from shared.caller import Caller
from tests.alone import SOCIETY, account
from tests.awards.running import PEOPLE, Awards
from tests.shared.files import BAD, EXE, PDF, bomb_that_lies, png

C = "chuangxin-4"
PAPERS = [
    {"key": "pledge", "name": {"zh": "诚信承诺书", "en": "Pledge"}, "formats": ["pdf"], "most_bytes": 5000},
    {"key": "photo", "name": {"zh": "照片", "en": "Photo"}, "formats": ["jpg", "png"], "most": 2, "required": False},
    {"key": "clearance", "name": {"zh": "企业证明", "en": "Clearance"}, "only_for": ["enterprise"]},
    {"key": "letter", "name": {"zh": "推荐信", "en": "Letter"}, "required": False, "kept_from_candidate": True},
]


@pytest.fixture
def nomination(awards: Awards) -> dict[str, Any]:
    """Make an open cycle and a draft of the society in it."""
    awards.opened(C, awards.defined("p", {"categories": [PEOPLE | {"attachments": PAPERS}]}))
    body = {"cycle": C, "unit_id": SOCIETY, "category": "people", "content": {"name": "屠呦呦"}}
    made: dict[str, Any] = awards.do("POST", "nominations", body, "nominator")
    return made


def send(
    awards: Awards, nomination: Any, key: str = "pledge", content: bytes = PDF, name: str = "承诺书.pdf",
    role: str = "nominator", **options: Any,
) -> httpx.Response:  # fmt: skip
    """Send a file as a whole body."""
    params = {"key": key, "filename": name} | options.pop("params", {})
    path = f"nominations/{nomination['id']}/attachments"
    return awards.ask("POST", path, role, params=params, content=content, **options)


def missing(tx: Session, awards: Awards, nomination: Any) -> list[str]:
    """Return the keys of what has to be there and is not."""
    row = tx.get_one(Nomination, nomination["id"])
    definition = definition_at(tx, cycle_of(tx, row), awards.clock()).content
    return [item["key"] for item in missing_in(definition, row, current_of(tx, row.id))]


def listed(awards: Awards, nomination: Any, role: str = "nominator", query: str = "") -> list[tuple[str, str]]:
    """Return what is there, by key and name."""
    items = awards.get(f"nominations/{nomination['id']}/attachments{query}", role)["items"]
    return [(each["key"], each["name"]) for each in items]


def handed_in(awards: Awards, nomination: Any) -> list[dict[str, Any]]:
    """Let the nomination count as submitted with the papers that are there."""
    with awards.db.transaction() as tx:
        row = tx.get_one(Nomination, nomination["id"])
        row.submitted_at, row.state, row.handed_in = awards.clock(), "submitted", row.content
        hand_in(given_to(tx, row.id))
        return said_of(current_of(tx, row.id))


def code(answer: httpx.Response) -> str:
    """Return the name of a refusal."""
    return str(answer.json()["type"]).rpartition("/")[2]


def test_a_file_is_taken_and_given_back_as_it_was(awards: Awards, nomination: Any) -> None:
    made = send(awards, nomination).json()
    assert (made["key"], made["name"], made["format"], made["size"]) == ("pledge", "承诺书.pdf", "pdf", len(PDF))
    assert made["sha256"] == hashlib.sha256(PDF).hexdigest()
    assert listed(awards, nomination) == [("pledge", "承诺书.pdf")]
    answer = awards.ask("GET", f"attachments/{made['id']}/content", "nominator")
    assert answer.content == PDF
    told = {name: answer.headers[name] for name in ("content-type", "x-content-type-options", "cache-control")}
    assert told == {
        "content-type": "application/pdf", "x-content-type-options": "nosniff", "cache-control": "private, no-store",
    }  # fmt: skip
    assert answer.headers["content-disposition"].startswith('attachment; filename="pledge-')
    assert "filename*=UTF-8''%E6%89%BF" in answer.headers["content-disposition"]
    assert "sandbox" in answer.headers["content-security-policy"]
    looked = awards.ask("GET", f"attachments/{made['id']}/content?inline=true", "nominator")
    assert looked.headers["content-disposition"].startswith("inline;")


def test_a_form_is_taken_as_well(awards: Awards, nomination: Any) -> None:
    path = f"nominations/{nomination['id']}/attachments?key=photo"
    files = {"file": ("证件照.png", png(), "image/png")}
    made = awards.ask("POST", path, "nominator", files=files).json()
    assert (made["name"], made["format"]) == ("证件照.png", "png")
    bare = awards.ask("POST", path, "nominator", data={"other": "x"}, files={"file": ("", b"")})
    assert bare.status_code in (400, 422)
    broken = awards.ask("POST", path, "nominator", content=b"--x", headers={"Content-Type": "multipart/form-data"})
    assert broken.status_code == 400


@pytest.mark.parametrize(
    ("key", "content", "name", "refusal"),
    [
        ("pledge", png(), "承诺书.png", "attachment-format-refused"),
        ("pledge", png(), "承诺书.pdf", "attachment-format-refused"),
        ("pledge", PDF, "承诺书.exe", "attachment-format-refused"),
        ("pledge", PDF, "承诺书", "attachment-format-refused"),
        ("pledge", EXE, "承诺书.pdf", "attachment-format-refused"),
        ("pledge", b"<html><script>", "承诺书.pdf", "attachment-format-refused"),
        ("pledge", b"", "承诺书.pdf", "attachment-empty"),
        ("pledge", PDF + b" " * 5000 + b"%%EOF", "承诺书.pdf", "attachment-too-large"),
        ("clearance", PDF, "证明.pdf", "attachment-not-asked"),
        ("other", PDF, "a.pdf", "attachment-not-asked"),
        ("letter", PDF, "机密★10年.pdf", "marked-classified"),
        ("letter", bomb_that_lies(), "a.zip", "file-unsafe"),
        *(("letter", content, f"a.{'zip' if content[:2] == b'PK' else 'pdf'}", "file-unsafe") for content in BAD.values()),
    ],
)  # fmt: skip
def test_what_does_not_belong_is_refused_and_nothing_kept(
    awards: Awards, nomination: Any, key: str, content: bytes, name: str, refusal: str
) -> None:
    for language in ("zh", "en"):
        answer = send(awards, nomination, key, content, name, headers={"Accept-Language": language})
        assert code(answer).removesuffix("too-large") in (refusal, refusal.removesuffix("too-large"), "")
        assert 400 <= answer.status_code < 500
    assert listed(awards, nomination) == []
    files = awards.runtime.files.root
    assert [file for file in files.rglob("*") if file.is_file()] == []


def test_names_lose_what_is_not_seen_and_where_they_lead(awards: Awards, nomination: Any) -> None:
    made = send(awards, nomination, name="../..\\x\u202efdp\r\n承诺.pdf").json()
    assert made["name"] == "xfdp承诺.pdf"
    answer = awards.ask("GET", f"attachments/{made['id']}/content", "nominator")
    assert "\n" not in answer.headers["content-disposition"]


def test_an_item_is_full_and_a_file_is_replaced(awards: Awards, nomination: Any) -> None:
    first = send(awards, nomination).json()
    full = send(awards, nomination)
    assert (full.status_code, code(full)) == (409, "too-many-attachments")
    new = PDF + b"\n%%EOF"
    second = send(awards, nomination, content=new, name="新承诺书.pdf", params={"replaces": first["id"]}).json()
    assert second["replaces_id"] == first["id"]
    assert listed(awards, nomination) == [("pledge", "新承诺书.pdf")]
    assert [name for _, name in listed(awards, nomination, query="?all=true")] == ["承诺书.pdf", "新承诺书.pdf"]
    assert awards.ask("GET", f"attachments/{first['id']}/content", "nominator").content == PDF
    again = send(awards, nomination, params={"replaces": first["id"]})
    assert (again.status_code, code(again)) == (409, "attachment-ended")
    assert send(awards, nomination, "photo", png(), "a.png", params={"replaces": second["id"]}).status_code == 404
    assert awards.status("DELETE", f"attachments/{second['id']}", "nominator") == 204
    assert awards.status("DELETE", f"attachments/{second['id']}", "nominator") == 409
    assert listed(awards, nomination) == []


def test_the_same_request_twice_gives_one_file(awards: Awards, nomination: Any) -> None:
    headers = {"Idempotency-Key": "k1"}
    first, second = (send(awards, nomination, headers=headers) for _ in range(2))
    assert first.json() == second.json()
    assert len(listed(awards, nomination)) == 1
    other = send(awards, nomination, content=PDF + b"\n%%EOF", headers=headers)
    assert (other.status_code, code(other)) == (409, "key-reused")


def test_what_is_classified_is_only_pointed_to(awards: Awards, nomination: Any) -> None:
    path = f"nominations/{nomination['id']}/attachments/pointers"
    pointer = {"key": "pledge", "number": "保〔2026〕3号", "secrecy": "secret", "keeper": {"zh": "学会保密办"}}
    made = awards.do("POST", path, pointer, "nominator")
    assert (made["sha256"], made["size"], made["pointer"]["number"]) == ("", 0, "保〔2026〕3号")
    assert awards.status("GET", f"attachments/{made['id']}/content", "nominator") == 404
    assert awards.ask("POST", path, "nominator", json=pointer | {"content": "机密内容"}).status_code == 422
    with awards.db.reading() as tx:
        assert missing(tx, awards, nomination) == []


def test_the_checklist_follows_the_kind_of_candidate(awards: Awards, nomination: Any) -> None:
    def told() -> list[str]:
        with awards.db.reading() as tx:
            return missing(tx, awards, nomination)

    assert told() == ["pledge"]
    body = {"candidate_kind": "enterprise"}
    awards.ask("PATCH", f"nominations/{nomination['id']}", "nominator", 1, json=body)
    assert told() == ["pledge", "clearance"]
    assert send(awards, nomination, "clearance").status_code == 201
    assert told() == ["pledge"]


def test_what_is_taken_is_told_before_it_is_sent(awards: Awards, nomination: Any) -> None:
    path = f"nominations/{nomination['id']}/checklist"
    pledge, photo, letter, _ = awards.get(path, "nominator")
    assert (pledge["formats"], pledge["most"], pledge["most_bytes"], pledge["required"]) == (["pdf"], 1, 5000, True)
    assert (photo["most"], photo["most_bytes"], letter["kept_from_candidate"]) == (2, 64 << 20, True)
    body = {"candidate_kind": "enterprise"}
    awards.ask("PATCH", f"nominations/{nomination['id']}", "nominator", 1, json=body)
    keys = [each["key"] for each in awards.get(path, "nominator")]
    assert keys == ["pledge", "photo", "clearance", "letter", "unit_notice"]
    handed_in(awards, nomination)
    assert awards.status("GET", path, "officer") == 200
    assert awards.status("GET", path, "branch_nominator") == 404


def test_who_sees_what(awards: Awards, nomination: Any) -> None:
    pledge = send(awards, nomination).json()
    letter = send(awards, nomination, "letter", name="推荐信.pdf").json()
    path = f"nominations/{nomination['id']}/attachments"
    for role in ("foreign_nominator", "branch_nominator", "officer", "foreign_officer", "member"):
        assert awards.status("GET", path, role) == 404
        assert awards.status("GET", f"attachments/{pledge['id']}", role) == 404
        assert awards.status("GET", f"attachments/{pledge['id']}/content", role) == 404
        assert awards.status("DELETE", f"attachments/{pledge['id']}", role) == 404
        assert send(awards, nomination, role=role).status_code == 404
    assert awards.status("GET", path, None) == 401
    handed_in(awards, nomination)
    assert listed(awards, nomination, "officer") == [("pledge", "承诺书.pdf"), ("letter", "推荐信.pdf")]
    assert awards.status("GET", f"attachments/{letter['id']}/content", "officer") == 200
    assert awards.status("DELETE", f"attachments/{letter['id']}", "officer") == 403


def test_what_is_kept_from_the_candidate_is_not_there_for_them(awards: Awards, nomination: Any) -> None:
    letter = send(awards, nomination, "letter", name="推荐信.pdf").json()
    send(awards, nomination)
    with awards.db.transaction() as tx:
        row = tx.get_one(Nomination, nomination["id"])
        row.route, row.made_by = "code", account(6)
    awards.extra["candidate"] = Caller(account(6))
    assert listed(awards, nomination, "candidate") == [("pledge", "承诺书.pdf")]
    assert listed(awards, nomination, "candidate", "?all=true") == [("pledge", "承诺书.pdf")]
    told = awards.get(f"nominations/{nomination['id']}/checklist", "candidate")
    assert [each["key"] for each in told] == ["pledge", "photo", "unit_notice"]
    for path in (f"attachments/{letter['id']}", f"attachments/{letter['id']}/content"):
        assert awards.status("GET", path, "candidate") == 404
    assert awards.status("DELETE", f"attachments/{letter['id']}", "candidate") == 404
    refused = send(awards, nomination, "letter", role="candidate")
    assert (refused.status_code, code(refused), "推荐信" in refused.text) == (422, "attachment-not-asked", False)


def test_what_was_handed_in_counts_until_it_is_handed_in_again(awards: Awards, nomination: Any) -> None:
    first = send(awards, nomination).json()
    said = handed_in(awards, nomination)
    assert said == [{"key": "pledge", "name": "承诺书.pdf", "sha256": first["sha256"], "size": len(PDF)}]
    awards.clock.turn(days=9)
    new = send(awards, nomination, content=PDF + b"\n%%EOF", name="新.pdf", params={"replaces": first["id"]})
    assert new.status_code == 201, new.text
    assert listed(awards, nomination, "officer") == [("pledge", "承诺书.pdf")]
    assert awards.status("GET", f"attachments/{new.json()['id']}", "officer") == 404
    assert [each["name"] for each in handed_in(awards, nomination)] == ["新.pdf"]
    assert listed(awards, nomination, "officer") == [("pledge", "新.pdf")]
    assert awards.status("GET", f"attachments/{first['id']}", "officer") == 404


def test_deeds_are_on_record_without_a_name(awards: Awards, nomination: Any) -> None:
    made = send(awards, nomination, name="屠呦呦的承诺书.pdf").json()
    awards.status("DELETE", f"attachments/{made['id']}", "nominator")
    deeds = awards.get(f"cycles/{C}/history", "officer")
    told = [deed for deed in deeds if deed["verb"].startswith("attachment.")]
    assert [deed["verb"] for deed in told] == ["attachment.removed", "attachment.added"]
    assert "屠呦呦" not in str(told)


def test_a_list_asks_a_fixed_number_of_times(awards: Awards, nomination: Any) -> None:
    path = f"nominations/{nomination['id']}/attachments"
    send(awards, nomination)
    few = awards.queries(path, "nominator")
    for number in range(2):
        send(awards, nomination, "photo", png(), f"{number}.png")
    assert awards.queries(path, "nominator") == few


def test_where_the_scanner_is_silent_nothing_is_taken(awards: Awards, nomination: Any) -> None:
    awards.runtime.settings = awards.runtime.settings.model_copy(update={"scanner": "tcp://127.0.0.1:1"})
    answer = send(awards, nomination)
    assert (answer.status_code, code(answer)) == (503, "scanner-away")
    assert listed(awards, nomination) == []
