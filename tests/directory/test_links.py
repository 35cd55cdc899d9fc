"""One-time links: the first run, recovery, samples; used once, by a button, never by looking."""

from typing import Any

import pytest

from services.directory.links.actions import first_run_link, recovery_link, sign_in_link
from services.directory.setup.actions import ensure_local_key
from tests.directory.people import Town
from tests.directory.running import Directory
from tests.directory.test_signing_in import PASSWORD, cookie_of, path_of, sign_in

FIRST = {
    "organisation_zh": "中国科学技术协会",
    "organisation_en": "",
    "name_zh": "",
    "name_en": "Li Na",
    "email": " Li.Na@Example.org ",
    "password": PASSWORD,
}


def first_link(directory: Directory) -> str:
    return path_of(first_run_link(directory.db, directory.runtime.settings))


def test_the_first_run_names_the_root_and_makes_its_administrator(empty: Directory) -> None:
    link = first_link(empty)
    shown = empty.ask("GET", link)
    assert (shown.status_code, shown.headers["cache-control"]) == (200, "no-store")
    assert 'name="organisation_zh"' in shown.text
    answer = empty.ask("POST", link, data=FIRST)
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/?language=zh")
    caller = empty.caller(cookie_of(answer), "session")
    me = empty.ask("GET", "me", caller).json()
    assert (me["email"], me["organisation"], [grant["role"] for grant in me["grants"]]) == (
        "li.na@example.org",
        {"zh": "中国科学技术协会", "en": ""},
        ["administrator"],
    )
    root = empty.ask("GET", "organisations/headquarters", caller).json()
    assert (root["id"], root["version"], root["parent_id"]) == (me["organisation_id"], 2, None)
    assert first_run_link(empty.db, empty.runtime.settings) is None
    again = empty.ask("POST", link, data=FIRST | {"email": "other@example.org"})
    assert again.status_code == 410
    empty.settle()
    told = [f["message"]["type"].split(".", 1)[1] for f in empty.ask("GET", "facts", caller).json()]
    assert told == [
        "organisation.opened.v1",
        "organisation.renamed.v1",
        "account.opened.v1",
        "grant.given.v1",
        "credential.ended.v1",
    ]


def test_a_form_that_is_not_right_is_shown_again_and_the_link_still_works(empty: Directory) -> None:
    link = first_link(empty)
    wrong = empty.ask("POST", link, data=FIRST | {"email": "li.na", "organisation_zh": " ", "password": "short"})
    assert wrong.status_code == 422
    assert [f'href="#{field}"' in wrong.text for field in ("email", "organisation_zh", "password", "name_zh")] == [
        True,
        True,
        True,
        False,
    ]
    assert 'value="Li Na"' in wrong.text
    assert empty.ask("POST", link, data={}).status_code == 422
    assert empty.ask("POST", link, data=FIRST).status_code == 303


def test_a_newer_first_link_replaces_the_older(empty: Directory) -> None:
    older, newer = first_link(empty), first_link(empty)
    assert [empty.ask("GET", link).status_code for link in (older, newer)] == [410, 200]
    empty.clock.turn(days=8)
    assert empty.ask("POST", newer, data=FIRST).status_code == 410


def test_the_servers_own_administrator_does_not_stand_in_for_a_person(empty: Directory) -> None:
    file = empty.data / "cli.key"
    ensure_local_key(empty.db, file)
    assert first_run_link(empty.db, empty.runtime.settings) is not None
    key = file.read_text()
    ensure_local_key(empty.db, file)
    assert file.read_text() == key
    file.unlink()
    ensure_local_key(empty.db, file)
    assert empty.exchange(key.strip(), "key").status_code == 401
    local = empty.caller(file.read_text().strip())
    account = empty.ask("GET", f"accounts/{local.account_id}", local).json()
    assert (account["name"]["en"], account["email"], account["version"]) == ("Local administrator", None, 1)
    refused = empty.ask("POST", f"accounts/{local.account_id}/disable", local, headers={"If-Match": '"v1"'})
    assert refused.json()["type"] == "/problems/local-stays"


def test_a_recovery_link_sets_a_password_once(town: Town) -> None:
    directory = town.directory
    older = path_of(recovery_link(directory.db, directory.runtime.settings, "member@example.org"))
    link = path_of(recovery_link(directory.db, directory.runtime.settings, "MEMBER@example.org"))
    assert directory.ask("GET", older).status_code == 410
    assert [directory.ask("GET", link).status_code for _ in range(3)] == [200] * 3
    weak = directory.ask("POST", link, data={"password": "member!member"})
    assert (weak.status_code, 'aria-invalid="true"' in weak.text) == (422, True)
    used = directory.ask("POST", link, data={"password": PASSWORD})
    assert used.status_code == 303
    assert directory.caller(cookie_of(used), "session").account_id == town.people["member"]
    replayed = directory.ask("POST", link, data={"password": "the thief's own password"})
    assert (replayed.status_code, "set-cookie" in replayed.headers) == (410, False)
    assert directory.ask("GET", link).status_code == 410
    assert sign_in(town).status_code == 200
    assert recovery_link(directory.db, directory.runtime.settings, "nobody@example.org") is None


def test_a_link_expires(town: Town) -> None:
    link = path_of(recovery_link(town.directory.db, town.directory.runtime.settings, "member@example.org"))
    town.directory.clock.turn(days=1)
    assert town.directory.ask("POST", link, data={"password": PASSWORD}).status_code == 410


@pytest.mark.parametrize(("language", "words"), [("zh", "链接无效"), ("en", "The link is not valid")])
def test_an_unknown_link_is_not_found(town: Town, language: str, words: str) -> None:
    for method in ("GET", "POST"):
        answer = town.directory.ask(method, f"/{language}/sign-in/{'x' * 43}")
        assert (answer.status_code, words in answer.text) == (404, True)


def test_a_sign_in_link_signs_in_once(town: Town) -> None:
    link = path_of(sign_in_link(town.directory.db, town.directory.runtime.settings, "organizer@example.org"))
    assert "organizer" in town.directory.ask("GET", link).text
    answer = town.directory.ask("POST", link)
    assert town.directory.caller(cookie_of(answer), "session").account_id == town.people["organizer"]
    assert town.directory.ask("POST", link).status_code == 410


def test_administrators_make_recovery_links_for_those_they_manage(town: Town) -> None:
    def offer(who: str, whom: str) -> Any:
        return town.ask("POST", "links", who, json={"account_id": town.people[whom]})

    made = offer("secretary", "member")
    assert (made.status_code, made.headers["cache-control"]) == (201, "no-store")
    link = path_of(made.json()["url"])
    assert town.directory.ask("POST", link, data={"password": PASSWORD}).status_code == 303
    assert offer("secretary", "stranger").status_code == 404
    assert offer("organizer", "member").status_code == 404
    assert offer("member", "member").json()["type"] == "/problems/not-its-administrator"


def test_a_branch_does_not_take_over_who_administers_the_whole(town: Town) -> None:
    """The account stands at the branch, but its grant reaches higher than the branch's administrator."""
    grant = {"role": "administrator", "organisation_id": town.organisations["headquarters"]}
    assert town.ask("POST", f"accounts/{town.people['member']}/grants", json=grant).status_code == 201
    account = f"accounts/{town.people['member']}"
    tries = [
        town.ask("POST", "links", "secretary", json={"account_id": town.people["member"]}),
        town.ask("PATCH", account, "secretary", version=1, json={"email": "thief@example.org"}),
        town.ask("POST", f"{account}/disable", "secretary", version=1),
    ]
    assert [each.json()["type"] for each in tries] == ["/problems/not-its-administrator"] * 3
