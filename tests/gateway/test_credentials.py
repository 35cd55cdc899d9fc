"""Who is calling: exchanged once, forgotten at once, and never taken on a stranger's word."""

import asyncio
from hashlib import sha256

import pytest

from shared.messages.directory import CredentialEnded
from tests.gateway.front import Front, fronted, settle

ADA = {"Authorization": "Bearer ht_ada"}
PATH = "/api/events/editions"


def digest(credential: str) -> str:
    """Return what a fact names a credential by."""
    return sha256(credential.encode()).hexdigest()


def tokens(f: Front) -> list[str | None]:
    """Return the authorization of every request that events saw."""
    return [request.headers.get("authorization") for request in f.events.asked]


@fronted()
async def test_a_key_is_exchanged_once(f: Front) -> None:
    for _ in range(3):
        await f.client.get(PATH, headers=ADA)
    assert f.directory.exchanges == [{"credential": "ht_ada", "kind": "key"}]
    assert f.directory.secrets == ["hush"]
    assert tokens(f) == ["Bearer t-ada-1"] * 3


@fronted()
async def test_a_session_is_exchanged_too_and_shown_to_the_directory_alone(f: Front) -> None:
    cookie = {"Cookie": "stars=1; huitang_session=s-ada; theme=dark"}
    await f.client.get(PATH, headers=cookie)
    await f.client.get("/zh/sign-in", headers=cookie)
    assert f.directory.exchanges == [{"credential": "s-ada", "kind": "session"}]
    assert f.events.headers()["cookie"] == "stars=1; theme=dark"
    assert f.directory.headers()["cookie"] == "stars=1; huitang_session=s-ada; theme=dark"
    await f.client.get(PATH, headers={"Cookie": "huitang_session=s-ada"})
    assert "cookie" not in f.events.headers()


@fronted()
async def test_nobody_has_no_token(f: Front) -> None:
    await f.client.get(PATH)
    assert (f.directory.exchanges, tokens(f)) == ([], [None])


@fronted()
async def test_a_key_that_does_not_hold_is_refused(f: Front) -> None:
    answer = await f.client.get(PATH, headers={"Authorization": "Bearer ht_eve", "Accept-Language": "en"})
    assert (answer.status_code, answer.json()["type"]) == (401, "/problems/unauthenticated")
    assert f.events.asked == []


@fronted()
async def test_a_session_that_has_ended_is_nobodys(f: Front) -> None:
    """Else whoever's session has ended could not even sign in again."""
    await f.client.get(PATH, headers={"Cookie": "huitang_session=old"})
    assert tokens(f) == [None]


@pytest.mark.parametrize(
    "value",
    [
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJyb290In0.",
        "Bearer t-ada-1",
        "Basic aHRfYWRhOg==",
        "ht_ada",
        "Bearer",
        "Bearer ht_ada, Bearer ht_bo",
        "Bearer ht_" + "a" * 300,
        "",
    ],
)
@fronted()
async def test_from_outside_only_keys_are_taken(f: Front, value: str) -> None:
    answer = await f.client.get(PATH, headers={"Authorization": value})
    assert (answer.status_code, answer.headers["content-type"]) == (401, "application/problem+json")
    assert f.events.asked == []


@fronted()
async def test_a_key_decides_where_a_cookie_stands_beside_it(f: Front) -> None:
    await f.client.get(PATH, headers={"Authorization": "Bearer ht_bo", "Cookie": "huitang_session=s-ada"})
    assert tokens(f) == ["Bearer t-bo-1"]


@fronted()
async def test_a_token_is_exchanged_again_before_it_ends(f: Front) -> None:
    f.directory.expires_in = 10
    for _ in range(2):
        await f.client.get(PATH, headers=ADA)
    assert tokens(f) == ["Bearer t-ada-1", "Bearer t-ada-2"]


@fronted()
async def test_an_account_that_ends_takes_all_its_credentials(f: Front) -> None:
    for headers in (ADA, {"Cookie": "huitang_session=s-ada"}, {"Authorization": "Bearer ht_bo"}):
        await f.client.get(PATH, headers=headers)
    f.directory.accounts = {"ht_bo": "bo"}
    await f.bus.say(CredentialEnded(account_id="ada"))
    statuses = [
        (await f.client.get(PATH, headers=headers)).status_code for headers in (ADA, {"Authorization": "Bearer ht_bo"})
    ]
    assert statuses == [401, 404]
    assert len(f.directory.exchanges) == 4


@fronted()
async def test_a_credential_ends_alone(f: Front) -> None:
    cookie = {"Cookie": "huitang_session=s-ada"}
    await f.client.get(PATH, headers=ADA)
    await f.client.get(PATH, headers=cookie)
    await f.bus.say(CredentialEnded(account_id="ada", credential=digest("ht_ada")))
    await f.client.get(PATH, headers=cookie)
    assert len(f.directory.exchanges) == 2
    await f.client.get(PATH, headers=ADA)
    assert len(f.directory.exchanges) == 3


@fronted()
async def test_many_at_once_make_one_exchange(f: Front) -> None:
    f.directory.hold = asyncio.Event()
    asking = [asyncio.create_task(f.client.get(PATH, headers=ADA)) for _ in range(20)]
    await settle()
    f.directory.hold.set()
    assert {answer.status_code for answer in await asyncio.gather(*asking)} == {404}
    assert (len(f.directory.exchanges), set(tokens(f))) == (1, {"Bearer t-ada-1"})


@pytest.mark.parametrize("credential", ["", digest("ht_ada")])
@fronted()
async def test_a_token_made_before_its_end_was_heard_is_not_used(f: Front, credential: str) -> None:
    """The directory answers from before the end; the fact overtakes the answer."""
    f.directory.hold = asyncio.Event()
    asking = asyncio.create_task(f.client.get(PATH, headers=ADA))
    await settle()
    assert len(f.directory.exchanges) == 1
    f.directory.accounts.clear()
    await f.bus.say(CredentialEnded(account_id="ada", credential=credential))
    f.directory.hold.set()
    assert (await asking).status_code == 401
    assert (len(f.directory.exchanges), f.events.asked) == (2, [])


@fronted()
async def test_anothers_end_does_not_disturb_an_exchange(f: Front) -> None:
    f.directory.hold = asyncio.Event()
    asking = asyncio.create_task(f.client.get(PATH, headers=ADA))
    await settle()
    await f.bus.say(CredentialEnded(account_id="bo"))
    f.directory.hold.set()
    assert (await asking).status_code == 404
    assert len(f.directory.exchanges) == 1


@fronted()
async def test_what_may_have_been_missed_counts_as_ended(f: Front) -> None:
    await f.client.get(PATH, headers=ADA)
    f.bus.listeners[0].missed = True
    await f.bus.say(CredentialEnded(account_id="bo"))
    await f.client.get(PATH, headers=ADA)
    assert len(f.directory.exchanges) == 2


@fronted()
async def test_a_directory_that_does_not_answer_is_named(f: Front) -> None:
    f.directory.answer("/internal/token", status=500)
    answer = await f.client.get(PATH, headers={**ADA, "Accept-Language": "en"})
    assert (answer.status_code, answer.headers["retry-after"], answer.json()["service"]) == (503, "1", "directory")


COOKIE = {"Cookie": "huitang_session=s-ada"}
HOME, AWAY = "http://huitang.test", "http://evil.test"


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (COOKIE | {"Origin": HOME}, 404),
        (COOKIE | {"Sec-Fetch-Site": "same-origin"}, 404),
        (COOKIE | {"Sec-Fetch-Site": "none"}, 404),
        (COOKIE | {"Sec-Fetch-Site": "same-origin", "Origin": HOME}, 404),
        (COOKIE | {"Origin": AWAY}, 403),
        (COOKIE | {"Origin": "null"}, 403),
        (COOKIE | {"Origin": "http://huitang.test.evil.test"}, 403),
        (COOKIE | {"Origin": "https://huitang.test"}, 403),
        (COOKIE | {"Sec-Fetch-Site": "cross-site"}, 403),
        (COOKIE | {"Sec-Fetch-Site": "same-site"}, 403),
        (COOKIE | {"Sec-Fetch-Site": "cross-site", "Origin": HOME}, 403),
        (COOKIE, 403),
        (COOKIE | {"Referer": HOME}, 403),
        ({}, 404),
        ({"Origin": HOME}, 404),
        ({"Origin": AWAY}, 403),
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        (ADA, 404),
        (ADA | {"Origin": AWAY, "Sec-Fetch-Site": "cross-site"}, 404),
        (ADA | COOKIE | {"Origin": AWAY}, 404),
    ],
)
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
@fronted()
async def test_a_browser_proves_that_it_acts_from_here(
    f: Front, method: str, headers: dict[str, str], status: int
) -> None:
    answer = await f.client.request(method, PATH, headers=headers)
    assert answer.status_code == status
    assert len(f.events.asked) == (status == 404)


@fronted()
async def test_reading_needs_no_proof(f: Front) -> None:
    answer = await f.client.get(PATH, headers=COOKIE | {"Sec-Fetch-Site": "cross-site", "Origin": AWAY})
    assert answer.status_code == 404


@fronted()
async def test_a_refusal_speaks_the_callers_language(f: Front) -> None:
    await f.client.get(PATH, headers=COOKIE)
    answer = await f.client.post(PATH, headers=COOKIE)
    assert (answer.headers["content-language"], answer.json()["title"]) == ("en", "Cross-site request refused")
