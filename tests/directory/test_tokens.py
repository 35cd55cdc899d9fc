"""Tokens: whom they speak for and for how long, who is given one, and keys that change under way."""

import json
import stat
from datetime import datetime
from pathlib import Path
from typing import Any

import jwt
import pytest

from services.directory.signin.tokens import OVERLAP, Signer, ensure_keys, rotate_keys
from shared.caller import Caller, Grant, Role, TokenVerifier
from shared.db import utc_now
from shared.errors import Unauthenticated
from tests.directory.people import Town


def test_a_token_says_what_its_account_may_do_today(town: Town) -> None:
    body = {"role": "scheduler", "organisation_id": town.organisations["physics"], "scope": "edition:e1"}
    town.ask("POST", f"accounts/{town.people['member']}/grants", json=body | {"until_on": "2026-11-24"})
    later = {"role": "planner", "organisation_id": town.organisations["physics"], "from_on": "2026-11-25"}
    town.ask("POST", f"accounts/{town.people['member']}/grants", json=later)
    physics, branch = town.organisations["physics"], town.organisations["physics-branch"]
    membership = {"account_id": town.people["member"], "organisation_id": physics, "until_on": "2026-11-24"}
    town.ask("POST", "memberships", json=membership)
    assert town.caller("member") == Caller(
        account_id=town.people["member"],
        name=town.caller("member").name,
        organisation=branch,
        grants=(Grant(Role.SCHEDULER, None, "edition:e1"),),
        memberships=frozenset({physics}),
    )
    town.directory.clock.turn(days=1)
    assert town.caller("member").memberships == frozenset({physics})
    town.directory.clock.turn(days=1)
    assert town.caller("member").grants == (Grant(Role.PLANNER, physics),)
    assert town.caller("member").memberships == frozenset()


def test_days_begin_in_beijing(town: Town) -> None:
    body = {"role": "planner", "organisation_id": town.organisations["physics"], "from_on": "2026-11-24"}
    town.ask("POST", f"accounts/{town.people['member']}/grants", json=body)
    town.directory.clock.now = datetime.fromisoformat("2026-11-23T15:59:59+00:00")
    assert town.caller("member").grants == ()
    town.directory.clock.turn(seconds=1)
    assert town.caller("member").grants == (Grant(Role.PLANNER, town.organisations["physics"]),)


def test_only_the_gateway_exchanges_credentials(town: Town) -> None:
    key = (town.directory.data / "cli.key").read_text().strip()
    assert town.directory.exchange(key, "key").status_code == 200
    assert town.directory.exchange(key, "key", secret="guessed").status_code == 404
    assert town.directory.exchange(key, "key", secret="").status_code == 404
    assert town.directory.exchange(key, "session").status_code == 401
    assert town.directory.exchange(f"{key}x", "key").status_code == 401
    assert "internal" not in json.dumps(town.directory.ask("GET", "openapi.json").json()["paths"])


def test_the_day_of_last_use_is_kept(town: Town) -> None:
    made = town.ask("POST", "me/keys", "member", json={"name": "script"}).json()

    def used_on() -> Any:
        return next(k["used_on"] for k in town.ask("GET", "me/keys", "member").json() if k["id"] == made["id"])

    assert used_on() is None
    town.directory.caller(made["key"])
    assert used_on() == "2026-11-23"
    town.directory.clock.turn(days=2)
    town.directory.caller(made["key"])
    assert used_on() == "2026-11-25"


def test_files_of_secrets_are_their_owners_alone(town: Town) -> None:
    for name in ("signing.jwks", "gateway.secret", "cli.key"):
        assert stat.S_IMODE((town.directory.data / name).stat().st_mode) == 0o600


def test_keys_rotate_without_a_refusal(tmp_path: Path) -> None:
    file = tmp_path / "signing.jwks"
    ensure_keys(file)
    before = file.read_bytes()
    ensure_keys(file)
    assert file.read_bytes() == before
    signer, verifier, caller = Signer(file), TokenVerifier(file), Caller("a")
    tokens = [signer.sign(caller, utc_now())]
    assert verifier.verify(tokens[0]) == caller
    for _ in range(3):
        kid = rotate_keys(file)
        tokens.append(signer.sign(caller, utc_now()))
        assert jwt.get_unverified_header(tokens[-1])["kid"] == kid
        fresh = TokenVerifier(file)
        assert [verifier.verify(token) == fresh.verify(token) == caller for token in tokens] == [True] * len(tokens)


def test_a_key_is_given_up_ten_minutes_after_it_last_signed(tmp_path: Path) -> None:
    file = tmp_path / "signing.jwks"
    ensure_keys(file)
    first = Signer(file).sign(Caller("a"), utc_now())
    rotate_keys(file)
    told = json.loads(file.read_text())
    for key in told["keys"]:
        key["made_at"] -= OVERLAP.total_seconds() + 1
    file.write_text(json.dumps(told))
    second = Signer(file).sign(Caller("a"), utc_now())
    rotate_keys(file)
    verifier = TokenVerifier(file)
    assert verifier.verify(second) == Caller("a")
    with pytest.raises(Unauthenticated):
        verifier.verify(first)
