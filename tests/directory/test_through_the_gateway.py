"""What ends at the directory has ended at the gateway within a second, and forms work as browsers send them."""

import threading
from collections.abc import Callable

import httpx

from services.directory.links.actions import recovery_link, sign_in_link
from services.directory.signin.tokens import rotate_keys
from tests.world import World, wait_until

PASSWORD = "correct horse battery"


def within_a_second(done: Callable[[], bool]) -> None:
    """Raise `TimeoutError` unless something comes about within a second of now."""
    wait_until(done, seconds=1)


def email_of(world: World, who: str) -> str:
    return str(world.client(who).get("/api/directory/me").json()["email"])


def path_of(world: World, link: str | None) -> str:
    assert link is not None
    return link.removeprefix(world.house.settings.address())


def browser(world: World) -> httpx.Client:
    return world.client(None, headers={"Origin": world.url, "Accept-Language": "en"})


def signed_in(world: World, who: str) -> httpx.Client:
    client = browser(world)
    link = sign_in_link(world.runtime("directory").db, world.house.settings, email_of(world, who))
    answer = client.post(path_of(world, link))
    assert (answer.status_code, answer.headers["location"]) == (303, "/console/?language=zh")
    return client


def test_a_browser_signs_in_by_the_form_and_out_again(world: World) -> None:
    email = email_of(world, "member")
    link = path_of(world, recovery_link(world.runtime("directory").db, world.house.settings, email))
    browser(world).post(link, data={"password": PASSWORD})
    client = browser(world)
    assert client.get("/en/sign-in").status_code == 200
    wrong = client.post("/en/sign-in", data={"account": email, "password": "wrong"})
    assert (wrong.status_code, "set-cookie" in wrong.headers) == (401, False)
    assert client.get("/api/directory/me").status_code == 401
    right = client.post("/en/sign-in", data={"account": email, "password": PASSWORD, "way_on": "/en/calendars"})
    assert (right.status_code, right.headers["location"]) == (303, "/en/calendars")
    assert client.get("/api/directory/me").json()["email"] == email
    assert client.post("/en/sign-out").status_code == 303
    assert client.get("/api/directory/me").status_code == 401


def test_what_another_site_sends_is_refused(world: World) -> None:
    client = signed_in(world, "member")
    for headers in ({"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}):
        answer = client.patch("/api/directory/me", json={"language": "en"}, headers={"If-Match": '"v1"', **headers})
        assert (answer.status_code, answer.json()["type"]) == (403, "/problems/cross-site")
    assert client.post("/en/sign-out", headers={"Origin": "https://evil.example"}).status_code == 403
    assert client.get("/api/directory/me").status_code == 200


def test_a_session_that_was_copied_ends_with_signing_out(world: World) -> None:
    client, thief = signed_in(world, "member"), browser(world)
    thief.cookies.update(client.cookies)
    assert thief.get("/api/directory/me").status_code == 200
    assert client.post("/api/directory/sign-out").status_code == 204
    within_a_second(lambda: thief.get("/api/directory/me").status_code == 401)


def test_a_disabled_account_is_out_within_a_second(world: World) -> None:
    session, key, administrator = signed_in(world, "member"), world.client("member"), world.client("administrator")
    account = f"/api/directory/accounts/{key.get('/api/directory/me').json()['id']}"
    assert session.get("/api/directory/me").status_code == 200
    assert administrator.post(f"{account}/disable", headers={"If-Match": '"v1"'}).status_code == 200
    within_a_second(lambda: {c.get("/api/directory/me").status_code for c in (session, key)} == {401})


def test_a_withdrawn_grant_counts_no_more_within_a_second(world: World) -> None:
    organizer, administrator = world.client("organizer"), world.client("administrator")
    me = organizer.get("/api/directory/me").json()
    assert me["grants"]
    for grant in me["grants"]:
        assert administrator.post(f"/api/directory/grants/{grant['id']}/withdraw").status_code == 200
    series = {"slug": "x", "owner_id": me["organisation_id"], "name": {"zh": "新", "en": ""}, "kind": "forum"}

    def refused() -> bool:
        return organizer.post("/api/events/series", json=series).status_code == 403

    within_a_second(refused)


def test_keys_rotate_under_load_without_one_refusal(world: World) -> None:
    stop = threading.Event()
    found: list[int] = []

    def ask() -> None:
        client = world.client("organizer")
        while not stop.is_set():
            found.append(client.get("/api/directory/me").status_code)
            found.append(client.get("/api/events/series").status_code)

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    credentials = world.house.gateway.credentials
    for _ in range(5):
        rotate_keys(world.house.settings.data / "signing.jwks")
        credentials.clear(open=True)  # so that tokens of both keys are asked for and used at once
        at_least = len(found) + 20
        within_a_second(lambda least=at_least: len(found) >= least)  # type: ignore[misc]
    stop.set()
    for thread in threads:
        thread.join()
    assert set(found) == {200}
