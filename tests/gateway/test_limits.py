"""How often somebody may ask, and what those who ask more often are told."""

import pytest

from gateway.arrival import neighbourhood
from gateway.limiting import Limit
from gateway.refusals import TooManyFromHere
from tests.gateway.front import Front, fronted

PATH = "/api/events/editions"
ADA = {"Authorization": "Bearer ht_ada"}


def allowed(limit: Limit, key: str, now: float) -> bool:
    """Tell whether a request is let through."""
    try:
        limit.hit(key, now)
    except TooManyFromHere:
        return False
    return True


def test_so_many_in_a_window_and_no_more() -> None:
    limit = Limit("3/minute")
    assert [allowed(limit, "a", 1_000.0 + number) for number in range(5)] == [True, True, True, False, False]
    assert allowed(limit, "b", 1_004.0)


def test_the_last_window_reaches_into_the_next() -> None:
    """Else twice as many could pass around its edge."""
    limit = Limit("10/minute")
    assert [allowed(limit, "a", 1_059.0) for _ in range(10)] == [True] * 10
    passed = [second for second in range(1_059, 1_179) if allowed(limit, "a", float(second))]
    assert len([second for second in passed if second < 1_120]) == 0
    assert len([second for second in passed if second < 1_150]) == 5


def test_who_was_away_begins_anew() -> None:
    limit = Limit("2/second")
    assert [allowed(limit, "a", 10.0) for _ in range(3)] == [True, True, False]
    assert [allowed(limit, "a", 13.0) for _ in range(3)] == [True, True, False]


@pytest.mark.parametrize("rule", ["5/second", "60/minute", "1200/minute", "3/hour", "7 per 2 minutes"])
def test_who_waits_as_told_is_let_through(rule: str) -> None:
    limit, now = Limit(rule), 5_000.0
    for _ in range(3):
        while allowed(limit, "a", now):
            now += 0.01
        with pytest.raises(TooManyFromHere) as refused:
            limit.hit("a", now)
        now += float(str(refused.value.facts["seconds"]))
        assert allowed(limit, "a", now)


def test_forgotten_callers_take_no_memory() -> None:
    limit = Limit("5/second")
    for number in range(1_000):
        limit.hit(str(number), 10.0 + number / 10)
    assert len(limit._counts) + len(limit._before) <= 40


@pytest.mark.parametrize(
    ("address", "counted_as"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("not:an:address", "not:an:address"),
    ],
)
def test_a_household_is_one_address(address: str, counted_as: str) -> None:
    assert neighbourhood(address) == counted_as


@fronted(rate_address="3/minute", rate_caller="5/minute")
async def test_callers_and_addresses_are_counted_apart(f: Front) -> None:
    assert [(await f.client.get(PATH)).status_code for _ in range(2)] == [404] * 2
    own = [(await f.client.get(PATH, headers=ADA)).status_code for _ in range(6)]
    assert own == [404] * 5 + [429]  # the exchange itself was the third request of this address
    answer = await f.client.get(PATH, headers={"Accept-Language": "en"})
    seconds = int(answer.headers["retry-after"])
    assert (answer.status_code, 1 <= seconds <= 80) == (429, True)
    assert answer.json()["detail"] == f"Try again in {seconds} seconds."
    assert len(f.events.asked) == 7


@fronted(rate_address="3/minute")
async def test_guessing_keys_is_limited_by_address(f: Front) -> None:
    told = [(await f.client.get(PATH, headers={"Authorization": f"Bearer ht_{n}"})).status_code for n in range(5)]
    assert (told, len(f.directory.exchanges)) == ([401, 401, 401, 429, 429], 3)


@fronted(rate_address="3/minute")
async def test_refused_headers_count_too(f: Front) -> None:
    told = [(await f.client.get(PATH, headers={"Authorization": "Basic x"})).status_code for _ in range(4)]
    assert told == [401, 401, 401, 429]


@fronted(rate_address="3/minute")
async def test_kept_answers_count_too(f: Front) -> None:
    f.events.answer("/zh/events", "x", Cache_Control="public", Cache_Tag="a")
    assert [(await f.client.get("/zh/events")).status_code for _ in range(4)] == [200, 200, 200, 429]
    assert len(f.events.asked) == 1


@fronted(rate_signin="2/minute")
async def test_signing_in_is_limited_more_tightly(f: Front) -> None:
    f.directory.answer("/zh/sign-in", "no", status=401)
    told = [(await f.client.post("/zh/sign-in")).status_code for _ in range(3)]
    reading = (await f.client.get("/zh/sign-in")).status_code
    signed_in = (await f.client.post("/zh/sign-in", headers=ADA)).status_code
    elsewhere = (await f.client.post(PATH)).status_code
    assert (told, reading, signed_in, elsewhere) == ([401, 401, 429], 401, 429, 404)


@fronted(rate_address="2/minute", trusted_proxies=("192.0.2.7",))
async def test_an_address_is_where_the_request_came_from(f: Front) -> None:
    told = [
        (await f.client.get(PATH, headers={"X-Forwarded-For": f"9.9.9.9, 203.0.113.{number % 2}"})).status_code
        for number in range(6)
    ]
    assert told == [404, 404, 404, 404, 429, 429]
