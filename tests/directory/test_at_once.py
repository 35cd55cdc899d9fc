"""What several do to the same account or grant at the same moment: as if one came after the other, on whatever database."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import text

from services.directory.organisations.actions import close_organisation
from services.directory.signin.actions import attempt
from services.directory.signin.models import Failures
from services.directory.signin.tokens import signer
from shared.db import utc_now
from shared.secret import digest_of
from tests.at_once import ask_at_once, outcomes
from tests.directory.people import Town, organisation
from tests.world import wait_until


def post(town: Town, path: str, *bodies: dict[str, Any]) -> list[tuple[int, str]]:
    """Post all bodies at once, as the administrator; return what came of them."""
    token = signer(town.directory.data / "signing.jwks").sign(town.caller("administrator"), utc_now())
    headers = {"Authorization": f"Bearer {token}"}
    asked = [
        {"method": "POST", "url": f"/api/directory/{path}", "headers": headers, "json": body, "timeout": 60}
        for body in bodies
    ]
    return outcomes(ask_at_once(town.directory.transport, asked))


def test_a_grant_that_several_give_is_given_once(town: Town) -> None:
    grant = {"role": "scheduler", "organisation_id": town.organisations["physics"]}
    assert post(town, f"accounts/{town.people['member']}/grants", *[grant] * 4) == [
        (201, ""),
        *[(409, "/problems/grant-overlaps")] * 3,
    ]


def test_a_membership_that_several_give_is_given_once(town: Town) -> None:
    body = {"account_id": town.people["member"], "organisation_id": town.organisations["physics"]}
    assert post(town, "memberships", *[body] * 4) == [(201, ""), *[(409, "/problems/membership-overlaps")] * 3]


@pytest.mark.postgres
@pytest.mark.parametrize("path", ["memberships", "accounts/{}/grants", "accounts"])
def test_nobody_joins_a_society_while_it_is_closed(town: Town, path: str) -> None:
    society, member, db = town.organisations["chemistry"], town.people["member"], town.directory.db
    body: dict[str, Any] = {"organisation_id": society}
    more = {"memberships": {"account_id": member}, "accounts": {"name": {"en": "New"}, "email": "new@example.org"}}
    body |= more.get(path, {"role": "scheduler"})
    caller = town.caller("administrator")

    def waits() -> bool:
        with db.reading() as tx:
            waiting = (
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
            )
            return bool(tx.scalar(text(waiting)))

    with ThreadPoolExecutor(1) as thread:
        with db.transaction() as tx:
            close_organisation(tx, caller, society, 1, None, db.clock())
            tx.flush()
            asked = thread.submit(post, town, path.format(member), body)
            wait_until(lambda: asked.done() or waits())
        assert asked.result() == [(409, "/problems/not-active")]


def test_an_address_belongs_to_one_account(town: Town) -> None:
    home = town.organisations["physics"]
    body = {"name": {"zh": "新", "en": "New"}, "email": "new@example.org", "organisation_id": home}
    assert post(town, "accounts", *[body] * 4) == [(201, ""), *[(409, "/problems/contact-taken")] * 3]


def test_a_slug_belongs_to_one_organisation(town: Town) -> None:
    body = organisation("optics", town.organisations["physics"])
    assert post(town, "organisations", *[body] * 4) == [(201, ""), *[(409, "/problems/slug-taken")] * 3]


def test_every_wrong_password_counts(town: Town) -> None:
    now = town.directory.clock()
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda _: attempt(town.directory.db, "nobody@example.org", "wrong", now), range(4)))
    with town.directory.db.reading() as tx:
        assert tx.get_one(Failures, digest_of("nobody@example.org")).count == 4
