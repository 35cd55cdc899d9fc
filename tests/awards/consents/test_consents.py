"""People with a part in a nomination: asked by a link shown once, reading what is theirs, answering to what they read."""

from typing import Any

import pytest

from tests.alone import SOCIETY
from tests.awards.nominating import (
    C,
    answer,
    ask_for,
    attach,
    begin,
    give_notice,
    make_ready,
    open_call,
    path_of,
    submit,
    write,
)
from tests.awards.running import Awards


def states(awards: Awards, nomination: Any) -> dict[str, str]:
    """Return how it stands with everybody who was asked."""
    return {each["role"]: each["state"] for each in awards.get(path_of(nomination, "roles"), "nominator")}


def test_the_secret_is_shown_once_and_kept_as_a_hash(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    role = ask_for(awards, made)
    listed = awards.ask("GET", path_of(made, "roles"), "nominator").text
    assert role["secret"] not in listed
    with awards.db.reading() as tx:
        kept = tx.connection().exec_driver_sql("SELECT digest FROM nomination_roles").scalars().all()
    assert role["secret"] not in str(kept)
    assert states(awards, made) == {"candidate": "open"}


def test_a_link_shows_what_the_part_allows(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    pledge, letter = attach(awards, made, "pledge"), attach(awards, made, "letter", words=b"2")
    secret = ask_for(awards, made)["secret"]
    told = awards.get(f"consents/{secret}", None)
    assert [each["id"] for each in told["attachments"]] == [pledge["id"]]
    assert (told["content"]["identity"], told["unit"]["zh"]) == ("110105********002X", "中国气象学会")
    at = f"consents/{secret}/attachments"
    assert awards.status("GET", f"{at}/{pledge['id']}", None) == 200
    assert awards.status("GET", f"{at}/{letter['id']}", None) == 404
    other = attach(awards, begin(awards), "pledge")
    assert awards.status("GET", f"{at}/{other['id']}", None) == 404


def test_a_consent_is_to_what_was_read(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    secret = ask_for(awards, made)["secret"]
    read = awards.get(f"consents/{secret}", None)
    write(awards, made, 1, story="另一个故事")
    body = {"answer": "consent", "covers": read["covers"]}
    stale = awards.ask("POST", f"consents/{secret}/answer", None, json=body)
    assert (stale.status_code, stale.json()["type"]) == (409, "/problems/content-changed-since")
    assert answer(awards, secret).json()["state"] == "consented"
    attach(awards, made, "letter")
    assert states(awards, made) == {"candidate": "consented"}, (
        "what is kept from the candidate is not theirs to consent to"
    )
    give_notice(awards, made)
    assert states(awards, made) == {"candidate": "consented"}, "nor is the unit's own notice"
    attach(awards, made, "pledge")
    assert states(awards, made) == {"candidate": "outdated"}
    assert answer(awards, secret).json()["state"] == "consented"
    write(awards, made, 2, name="改名")
    assert states(awards, made) == {"candidate": "outdated"}
    write(awards, made, 3, name="屠呦呦")
    assert states(awards, made) == {"candidate": "consented"}, "it says again what was consented to"


def test_who_declines_says_why_and_stops_it(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    give_notice(awards, made)
    secret = ask_for(awards, made)["secret"]
    silent = answer(awards, secret, "decline", words=" ")
    assert (silent.status_code, silent.json()["type"]) == (422, "/problems/reason-for-declining")
    assert answer(awards, secret, "decline", words="本人不参评").json()["state"] == "declined"
    refused = submit(awards, made)
    assert [(e["pointer"], e["code"]) for e in refused.json()["errors"]] == [("/roles/candidate", "declined")]


def test_links_end(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    first = ask_for(awards, made, days=1)
    path = path_of(made, "roles", first["id"])
    again = awards.do("POST", f"{path}/link", {"days": 2}, "nominator", version=1)
    assert awards.status("GET", f"consents/{first['secret']}", None) == 410
    assert awards.status("GET", f"consents/{again['secret']}", None) == 200
    awards.clock.turn(days=2, seconds=1)
    assert awards.status("GET", f"consents/{again['secret']}", None) == 410
    assert states(awards, made) == {"candidate": "expired"}
    third = awards.do("POST", f"{path}/link", {}, "nominator", version=2)
    awards.do("POST", f"{path}/revoke", None, "nominator", version=3)
    assert awards.status("GET", f"consents/{third['secret']}", None) == 410
    assert awards.status("POST", f"{path}/link", "nominator", json={}, version=4) == 409
    assert awards.status("GET", f"consents/{'x' * 43}", None) == 410
    assert ask_for(awards, made)["state"] == "open"


def test_only_a_candidate_who_was_asked_to_fills_in(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    reading = ask_for(awards, made, "employer", may_fill_in=True)["secret"]
    writing = ask_for(awards, made, may_fill_in=True)["secret"]
    body = {"content": {"story": "本人所写"}}
    refused = awards.ask("PATCH", f"consents/{reading}", None, 1, json=body)
    assert (refused.status_code, refused.json()["type"]) == (409, "/problems/not-asked-to-fill-in")
    told = awards.ask("PATCH", f"consents/{writing}", None, 1, json=body).json()
    assert (told["content"]["story"], told["version"]) == ("本人所写", 2)
    assert write(awards, made, 1, name="单位所写").json()["content"]["story"] == "本人所写"
    clash = awards.ask("PATCH", f"consents/{writing}", None, 1, json={"content": {"name": "又一名"}})
    assert clash.json()["clashes"][0]["theirs"] == "单位所写"
    kept = awards.get(path_of(made, "revisions"), "nominator")["items"]
    assert len({each["made_by"] for each in kept}) == 2


def test_there_is_one_candidate(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    ask_for(awards, made)
    body = {"role": "candidate", "person": "另一人"}
    assert awards.status("POST", path_of(made, "roles"), "nominator", json=body) == 409
    assert ask_for(awards, made, "co_nominator")["state"] == ask_for(awards, made, "co_nominator")["state"] == "open"


@pytest.mark.parametrize(
    ("birth", "guardian"),
    [("2008-12-03", False), ("2008-12-04", True), ("2012-02-29", True), ("1950-01-01", False)],
)
def test_a_guardian_consents_for_whom_is_under_eighteen(awards: Awards, birth: str, guardian: bool) -> None:
    """It is 3 December 2026: who turns eighteen today is of age."""
    open_call(awards)
    made = begin(awards, content={"name": "甲", "identity": number_of(birth), "birth": birth})
    lacks = awards.get(path_of(made, "readiness"), "nominator")["lacks"]
    asked = [each["pointer"] for each in lacks if each["kind"] == "consent"]
    assert asked == ["/roles/candidate"] + ["/roles/guardian"] * guardian


def number_of(birth: str) -> str:
    """Return an identity number of somebody born on a day."""
    body = "110105" + birth.replace("-", "") + "002"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(digit) * weight for digit, weight in zip(body, weights, strict=True))
    return body + "10X98765432"[total % 11]


def test_a_candidate_with_a_code_consents_by_their_account(awards: Awards) -> None:
    open_call(awards)
    (code,) = awards.do("POST", f"cycles/{C}/codes", {"unit_id": SOCIETY, "category": "people"}, "officer")["codes"]
    body = {"code": code["code"], "content": {"name": "甲", "birth": "1980-01-01"}}
    made = awards.do("POST", "nominations/with-code", body, "member")
    assert (made["part"], made["route"], made["unit_id"]) == ("candidate", "code", SOCIETY)
    again = awards.ask("POST", "nominations/with-code", "member", json=body)
    assert again.json()["type"] == "/problems/code-used"
    covers = awards.get(path_of(made, "consent"), "member")["covers"]
    awards.do("POST", path_of(made, "consent"), {"answer": "consent", "covers": covers}, "member")
    assert awards.status("POST", path_of(made, "submission"), "member", version=1) == 403
    give_notice(awards, made)
    assert awards.balances(C)[SOCIETY] == {"": 8}
    assert submit(awards, made).status_code == 200
    assert awards.balances(C)[SOCIETY] == {"": 8}, "the code's slot is the nomination's"
    assert write(awards, made, 2, "member", story="太晚了").status_code == 403
    assert awards.get(path_of(made, "submission"), "member")["receipt"]["number"] == f"{C}-people-0001"


def test_a_candidate_writes_until_the_deadline_at_the_unit(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    secret = ask_for(awards, made, may_fill_in=True, days=300)["secret"]
    awards.clock.turn(days=40)
    late = awards.ask("PATCH", f"consents/{secret}", None, 1, json={"content": {"story": "迟了"}})
    assert (late.status_code, late.json()["type"]) == (409, "/problems/deadline-passed")
    assert write(awards, made, 1, story="单位还可以写").status_code == 200


def test_consents_end_with_the_check(awards: Awards) -> None:
    open_call(awards)
    made = make_ready(awards)
    assert submit(awards, made).status_code == 200
    awards.clock.turn(days=80)
    body = {"role": "employer", "person": "甲"}
    assert awards.status("POST", path_of(made, "roles"), "nominator", json=body) == 409
