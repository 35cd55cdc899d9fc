"""Signing in by password: the same answer for every failure, sessions and their end, and pages without script."""

import json
import re
import time
from typing import Any

import pytest
from sqlalchemy import inspect, select, text

from services.directory.links.actions import recovery_link, sign_in_link
from services.directory.signin.models import ApiKey, BrowserSession
from services.directory.signin.rules import PasswordTooWeak, check_password, safe_way_on, wait_after
from shared.secret import digest_of
from tests.directory.people import Town

PASSWORD = "correct horse battery"


def path_of(link: str | None) -> str:
    assert link is not None
    return link.removeprefix("http://127.0.0.1:8000")


def give_password(town: Town, who: str, password: str = PASSWORD) -> str:
    """Choose a password by a recovery link; return the session that this begins."""
    directory = town.directory
    link = path_of(recovery_link(directory.db, directory.runtime.settings, f"{who}@example.org"))
    answer = directory.ask("POST", link, data={"password": password})
    assert answer.status_code == 303, answer.text
    return cookie_of(answer)


def cookie_of(answer: Any) -> str:
    return str(re.fullmatch(r"huitang_session=([^;]*); .*", answer.headers["set-cookie"])[1])  # type: ignore[index]


def sign_in(town: Town, who: str = "member", password: str = PASSWORD) -> Any:
    return town.ask("POST", "sign-in", None, json={"account": f"{who}@example.org", "password": password})


def ended(town: Town) -> list[tuple[str, str]]:
    return [(d["account_id"], d["credential"]) for kind, d in town.facts() if kind == "credential.ended"]


def test_a_password_begins_a_session(town: Town) -> None:
    give_password(town, "member")
    answer = sign_in(town)
    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert re.sub("=[^;]*", "=…", answer.headers["set-cookie"], count=1) == (
        "huitang_session=…; Path=/; Max-Age=1209600; HttpOnly; SameSite=Lax"
    )
    assert answer.json()["account_id"] == town.people["member"]
    assert town.directory.caller(cookie_of(answer), "session").account_id == town.people["member"]
    by_phone = {"phone": "138 0013 8000"}
    town.ask("PATCH", f"accounts/{town.people['member']}", version=1, json=by_phone)
    answer = town.ask("POST", "sign-in", None, json={"account": "+86 13800138000", "password": PASSWORD})
    assert answer.status_code == 200


def test_the_answer_never_tells_whether_an_account_exists(town: Town) -> None:
    give_password(town, "member")
    give_password(town, "stranger")
    town.ask("POST", f"accounts/{town.people['stranger']}/disable", version=1)
    answers, seconds = [], []
    for account, password in (("member", "x"), ("nobody", "x"), ("stranger", PASSWORD), ("organizer", "x")):
        times = []
        for _ in range(4):
            began = time.process_time()
            answers.append(sign_in(town, account, password))
            times.append(time.process_time() - began)
        seconds.append(min(times))
    assert {(answer.status_code, answer.content) for answer in answers} == {(401, answers[0].content)}
    assert max(seconds) < 2 * min(seconds)


def test_who_fails_often_waits_whether_the_account_exists_or_not(town: Town) -> None:
    give_password(town, "member")
    for who in ("member", "nobody"):
        assert [sign_in(town, who, "wrong").status_code for _ in range(6)] == [401] * 5 + [429]
        answer = sign_in(town, who)
        assert (answer.status_code, answer.json()["seconds"], answer.headers["retry-after"]) == (429, 31, "30")
    town.directory.clock.turn(seconds=31)
    assert sign_in(town, "nobody").status_code == 401
    assert sign_in(town).status_code == 200
    assert [sign_in(town, "member", "wrong").status_code for _ in range(2)] == [401, 401]


def test_waits_grow_to_a_quarter_of_an_hour() -> None:
    assert [wait_after(n).total_seconds() for n in (0, 4, 5, 6, 7, 9, 10, 11, 1000)] == [
        0, 0, 30, 60, 120, 480, 900, 900, 900,
    ]  # fmt: skip


def test_signing_out_ends_the_session_and_tells_the_gateways(town: Town) -> None:
    secret = give_password(town, "member")
    answer = town.directory.ask("POST", "sign-out", headers={"Cookie": f"a=b; huitang_session={secret}"})
    assert (answer.status_code, cookie_of(answer)) == (204, "")
    assert town.directory.exchange(secret, "session").status_code == 401
    assert ended(town)[-1] == (town.people["member"], digest_of(secret))
    assert town.directory.ask("POST", "sign-out").status_code == 204


def test_a_session_ends_by_itself(town: Town) -> None:
    secret = give_password(town, "member")
    town.directory.clock.turn(days=13.9)
    assert town.directory.exchange(secret, "session").status_code == 200
    town.directory.clock.turn(days=0.2)
    assert town.directory.exchange(secret, "session").status_code == 401


def test_sessions_are_listed_and_ended_one_by_one(town: Town) -> None:
    secrets = [give_password(town, "member"), cookie_of(sign_in(town)), cookie_of(sign_in(town))]
    cookie = {"Cookie": f"huitang_session={secrets[2]}"}
    listed = town.ask("GET", "me/sessions", "member", headers=cookie).json()
    assert [each["current"] for each in listed] == [True, False, False]
    assert town.ask("DELETE", f"me/sessions/{listed[1]['id']}", "stranger").status_code == 404
    assert town.ask("DELETE", f"me/sessions/{listed[1]['id']}", "member").status_code == 204
    assert town.ask("DELETE", f"me/sessions/{listed[1]['id']}", "member").status_code == 404
    assert [town.directory.exchange(secret, "session").status_code for secret in secrets] == [200, 401, 200]
    assert ended(town)[-1] == (town.people["member"], digest_of(secrets[1]))


def test_a_new_password_ends_the_other_sessions(town: Town) -> None:
    secrets = [give_password(town, "member"), cookie_of(sign_in(town))]
    cookie = {"Cookie": f"huitang_session={secrets[1]}"}

    def change(current: str, password: str) -> Any:
        body = {"current": current, "password": password}
        return town.ask("POST", "me/password", "member", json=body, headers=cookie)

    assert change("wrong", "a wholly new one").json()["type"] == "/problems/wrong-password"
    assert change(PASSWORD, "short").json()["type"] == "/problems/password-too-weak"
    assert change(PASSWORD, "a wholly new one").status_code == 204
    assert [town.directory.exchange(secret, "session").status_code for secret in secrets] == [401, 200]
    assert sign_in(town).status_code == 401
    assert sign_in(town, password="a wholly new one").status_code == 200


@pytest.mark.parametrize(
    "password", ["", "short", "aaaaaaaaaaaaaaaa", "password12", "li.na1li.na", "x" * 201, "1234567890!"]
)
def test_weak_passwords_are_refused(password: str) -> None:
    with pytest.raises(PasswordTooWeak):
        check_password(password, "li.na@example.org", "+8613800138000")


@pytest.mark.parametrize("password", ["correct horse battery", "密码学与网络空间安全十", "password of my own choosing"])
def test_other_passwords_are_taken(password: str) -> None:
    check_password(password, "li.na@example.org", None)


def test_a_disabled_account_is_out_at_once_and_no_credential_comes_back(town: Town) -> None:
    secret = give_password(town, "member")
    key = town.ask("POST", "me/keys", "member", json={"name": "script"}).json()["key"]
    link = path_of(sign_in_link(town.directory.db, town.directory.runtime.settings, "member@example.org"))
    account = f"accounts/{town.people['member']}"
    disabled = town.ask("POST", f"{account}/disable", version=1).json()
    assert (disabled["status"], disabled["version"]) == ("disabled", 2)
    for credential, kind in ((secret, "session"), (key, "key")):
        assert town.directory.exchange(credential, kind).status_code == 401
    assert sign_in(town).status_code == 401
    assert town.directory.ask("POST", link).status_code == 410
    told = [kind for kind, _ in town.facts()]
    assert told[-2:] == ["account.closed", "credential.ended"]
    assert town.ask("POST", f"{account}/reopen", version=2).json()["status"] == "active"
    assert [kind for kind, _ in town.facts()][-1] == "account.reopened"
    for credential, kind in ((secret, "session"), (key, "key")):
        assert town.directory.exchange(credential, kind).status_code == 401
    assert sign_in(town).status_code == 200


def test_secrets_are_nowhere_in_the_database(town: Town) -> None:
    secret = give_password(town, "member")
    key = town.ask("POST", "me/keys", "member", json={"name": "script"}).json()["key"]
    town.directory.settle()
    with town.directory.db.reading() as tx:
        kept = {s.digest for s in tx.scalars(select(BrowserSession))} | {k.digest for k in tx.scalars(select(ApiKey))}
        names = inspect(tx.connection()).get_table_names()
        dump = "\n".join(str(row) for name in names for row in tx.execute(text(f'SELECT * FROM "{name}"')))
    assert {digest_of(secret), digest_of(key)} <= kept
    assert [words in dump for words in (secret, key, PASSWORD, key.split("_", 2)[2])] == [False] * 4


def test_nothing_of_a_person_is_kept_in_facts_or_in_the_record_of_deeds(town: Town) -> None:
    patch = {"name": {"zh": "李娜", "en": "Li Na"}, "email": "li.na@example.org"}
    assert town.ask("PATCH", f"accounts/{town.people['member']}", version=1, json=patch).status_code == 200
    town.directory.settle()
    told = json.dumps([town.facts(), town.ask("GET", "audit", params={"limit": 100}).json()], ensure_ascii=False)
    assert [words in told for words in ("李娜", "Li Na", "li.na", "member@example.org")] == [False] * 4


@pytest.mark.parametrize(
    ("language", "words"), [("zh", "账号或密码不正确"), ("en", "The account or the password is not right")]
)
def test_the_page_signs_in_without_script(town: Town, language: str, words: str) -> None:
    give_password(town, "member")
    shown = town.ask("GET", f"/{language}/sign-in", None, params={"next": "/zh/events"})
    assert (shown.status_code, shown.headers["cache-control"]) == (200, "no-store")
    assert '<input type="hidden" name="way_on" value="/zh/events">' in shown.text
    form = {"account": "member@example.org", "password": "wrong", "way_on": "/zh/events"}
    wrong = town.ask("POST", f"/{language}/sign-in", None, data=form)
    assert (wrong.status_code, words in wrong.text, 'value="member@example.org"' in wrong.text) == (401, True, True)
    assert "wrong" not in re.sub('class="field wrong"', "", wrong.text)
    right = town.ask("POST", f"/{language}/sign-in", None, data=form | {"password": PASSWORD})
    assert (right.status_code, right.headers["location"]) == (303, "/zh/events")
    secret = cookie_of(right)
    assert "member" in town.ask("GET", f"/{language}/sign-in", "member").text
    out = town.ask("POST", f"/{language}/sign-out", "member", headers={"Cookie": f"huitang_session={secret}"})
    assert (out.status_code, out.headers["location"]) == (303, f"/{language}/sign-in?gone=true")
    assert town.directory.exchange(secret, "session").status_code == 401


@pytest.mark.parametrize(
    ("asked", "way_on"),
    [
        ("/zh/events?day=1", "/zh/events?day=1"),
        ("", "/en"),
        ("//evil.example", "/en"),
        ("/\\evil.example", "/en"),
        ("https://evil.example", "/en"),
        ("/a\r\nSet-Cookie: b", "/en"),
    ],
)
def test_one_goes_on_to_this_site_alone(asked: str, way_on: str) -> None:
    assert safe_way_on(asked, "/en") == way_on
