"""What somebody tries who means ill, across the rooms of the service: each is refused, or comes to nothing."""

import csv
import io
import re
import zipfile
from typing import Any

import pytest

from shared.caller import Caller
from tests.alone import SOCIETY, account
from tests.awards.checks.checking import checked_call, handed_in, say
from tests.awards.nominating import C, answer, ask_for, attach, begin, give_notice, open_call, path_of, submit
from tests.awards.running import Awards, moved

FORMULA = '=HYPERLINK("http://evil.example","x")'
LISTS = {
    "nominations": "nominator",
    f"cycles/{C}/checks": "officer",
    f"cycles/{C}/quotas/entries": "officer",
    f"cycles/{C}/quotas": "officer",
    f"cycles/{C}/codes": "nominator",
    f"cycles/{C}/eligibility/decisions": "officer",
    f"cycles/{C}/stages": "officer",
    f"cycles/{C}/extensions": "officer",
    f"cycles/{C}/amendments": "officer",
    "cycles": "officer",
    "programmes": "officer",
}
"""Lists of the service, and who reads them; those of one nomination come on top."""
OF_ONE = ("attachments", "submissions", "revisions")


def test_formulas_are_words_in_every_export(awards: Awards) -> None:
    checked_call(awards)
    programme, cycle = (awards.get(f"{path}", "officer") for path in (f"programmes/p-{C}", f"cycles/{C}"))
    for path, row in ((f"programmes/p-{C}", programme), (f"cycles/{C}", cycle)):
        awards.do("PATCH", path, {"name": {"zh": FORMULA, "en": FORMULA}}, "officer", version=row["version"])
    move = moved("allocate", 1, to_unit_id=SOCIETY, reason=FORMULA)
    awards.do("POST", f"cycles/{C}/quotas/entries", {"moves": [move]}, "officer")
    awards.do("POST", f"cycles/{C}/codes", {"unit_id": SOCIETY, "category": "people", "note": FORMULA}, "nominator")
    awards.extend(C, "2027-02-05T17:00", reason=FORMULA, notice={"zh": FORMULA})
    made = handed_in(awards, name=FORMULA, birth="1980-01-01", story=FORMULA)
    say(awards, made, "return", words=FORMULA)
    carried = set[str]()
    for path, role in LISTS.items() | {path_of(made, each): "nominator" for each in OF_ONE}.items():
        rows = list(csv.reader(io.StringIO(awards.ask("GET", f"{path}?format=csv", role).text.removeprefix("\ufeff"))))
        cells = [cell for row in rows for cell in row]
        assert [cell for cell in cells if re.match(r"[=+@\t\r]|-\D", cell)] == [], path
        carried |= {path} if any(cell.startswith("'=") for cell in cells) else set()
        book = awards.ask("GET", f"{path}?format=xlsx", role).content
        with zipfile.ZipFile(io.BytesIO(book)) as parts:
            sheets = [parts.read(name) for name in parts.namelist() if name.startswith("xl/worksheets/")]
            assert not [each for each in sheets if b"<f>" in each or b"<f " in each or b"hyperlink" in each], path
    assert len(carried) >= 5, f"formulas stand in {carried} alone"


@pytest.mark.parametrize("extra", [{"status": "passed"}, {"state": "passed"}, {"score": 100}, {"number": "1"}])
def test_extra_fields_are_refused_wherever_something_is_said(awards: Awards, extra: dict[str, Any]) -> None:
    checked_call(awards)
    made = handed_in(awards)
    nomination = {"cycle": C, "unit_id": SOCIETY, "category": "people"}
    notice = {"place": "x", "from_on": "2026-11-02", "to_on": "2026-11-09"}
    said = [
        ("POST", "nominations", nomination, "nominator"),
        ("POST", "nominations/with-code", {"code": "x"}, "member"),
        ("PATCH", path_of(made), {"content": {}}, "nominator"),
        ("POST", path_of(made, "roles"), {"role": "employer", "person": "x"}, "nominator"),
        ("PUT", path_of(made, "notice"), notice, "nominator"),
        ("POST", path_of(made, "withdraw"), {"reason": "x"}, "nominator"),
        ("POST", path_of(made, "check", "opinions"), {"outcome": "pass"}, "officer"),
        ("POST", f"cycles/{C}/lists", {"days": 5, "counted": "working", "contact": {"zh": "x"}}, "officer"),
    ]
    for method, path, body, role in said:
        refused = awards.ask(method, path, role, version=made["version"], json=body | extra)
        codes = {(each["pointer"], each["code"]) for each in refused.json()["errors"]}
        assert (refused.status_code, codes) == (422, {(f"/body/{next(iter(extra))}", "extra_forbidden")}), path
    assert awards.get(path_of(made), "nominator") == made


def test_what_is_kept_from_a_candidate_is_told_by_no_name_hash_or_size(awards: Awards) -> None:
    """Their own view, the link, the list, what is missing and the document that was handed in: none of them names it."""
    open_call(awards)
    awards.extra["candidate"] = Caller(account(6))
    asked = {"unit_id": SOCIETY, "category": "people"}
    (code,) = awards.do("POST", f"cycles/{C}/codes", asked, "nominator")["codes"]
    body = {"code": code["code"], "content": {"name": "屠呦呦", "birth": "1930-12-30"}}
    made = awards.do("POST", "nominations/with-code", body, "candidate")
    letter = attach(awards, made, "letter", words=b"confidential")
    secret = ask_for(awards, made, "co_nominator")["secret"]
    covers = awards.get(path_of(made, "consent"), "candidate")["covers"]
    consent = {"answer": "consent", "covers": covers}
    assert awards.status("POST", path_of(made, "consent"), "candidate", json=consent) == 200
    answer(awards, secret)
    give_notice(awards, made)
    assert submit(awards, made).status_code == 200
    document = path_of(made, "submissions", "1", "document")
    own = [path_of(made, *each) for each in ((), ("attachments",), ("readiness",), ("submission",), ("submissions",))]
    told = [awards.ask("GET", path, "candidate") for path in (*own, document, path_of(made, "revisions"))]
    told += [awards.ask("GET", f"consents/{secret}", None)]
    named = (letter["id"], letter["sha256"], "letter.pdf")
    assert [each.url.path for each in told for words in named if words in each.text] == []
    assert awards.status("GET", document, "candidate") == 403
    assert letter["sha256"] in awards.ask("GET", document, "nominator").text


def test_another_units_nomination_is_answered_as_one_that_is_not_there(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    pledge = attach(awards, made, "pledge")
    guessed = made["id"][:-1] + ("0" if made["id"][-1] != "0" else "1")
    rooms = (
        "",
        "/readiness",
        "/eligibility",
        "/attachments",
        "/roles",
        "/revisions",
        "/notice",
        "/submission",
        "/print",
    )
    for role in ("foreign_nominator", "officer", "member"):
        for room in rooms:
            theirs, nothing = (awards.ask("GET", f"nominations/{id_}{room}", role) for id_ in (made["id"], guessed))
            told = [(each.status_code, each.json()["type"], each.json()["detail"]) for each in (theirs, nothing)]
            assert told[0] == told[1], room
            assert told[0][0] == 404, room
        assert awards.status("GET", f"attachments/{pledge['id']}/content", role) == 404
