"""Signing keys, and the 60-second tokens signed with them. The key set is one file, replaced whole; no database here."""

import json
import secrets
import threading
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from jwt.algorithms import OKPAlgorithm

from shared.caller import AUDIENCE, ISSUER, TOKEN_SECONDS, Caller
from shared.db import utc_now
from shared.files import private_lock, replace_private

OVERLAP = timedelta(minutes=10)
"""How long a key verifies after another has taken over the signing."""


def ensure_keys(path: Path) -> None:
    """Make the key set with one Ed25519 key, unless there is one."""
    with private_lock(path):
        if not path.exists():
            replace_private(path, _key_set([_new_key(utc_now())]))


def rotate_keys(path: Path) -> str:
    """Sign with a new key from now on, and return its id.

    Every key that signed within the last ten minutes still verifies, so nothing on its way is refused.
    """
    now = utc_now()
    with private_lock(path):
        keys = json.loads(path.read_text())["keys"] if path.exists() else []
        taken_over_at = now.timestamp()
        kept = []
        for key in keys:
            if taken_over_at > (now - OVERLAP).timestamp():
                kept.append(key)
            taken_over_at = key["made_at"]
        new = _new_key(now)
        replace_private(path, _key_set([new, *kept]))
    return str(new["kid"])


def ensure_gateway_secret(path: Path) -> None:
    """Make the secret by which the directory knows the gateway, unless there is one."""
    with private_lock(path):
        if not path.exists():
            replace_private(path, secrets.token_urlsafe(32))


@cache
def gateway_secret(path: Path) -> str:
    """Return the secret in a file, read once."""
    return path.read_text().strip()


class Signer:
    """Signs tokens with the newest key of a file, read again whenever the file was replaced."""

    def __init__(self, path: Path) -> None:
        self._file = path
        self._stamp = 0
        self._kid = ""
        self._key: Any = None
        self._lock = threading.Lock()

    def sign(self, caller: Caller, now: datetime) -> str:
        """Return a token that speaks for `caller` for 60 seconds from `now`, by the clock of who verifies it."""
        with self._lock:
            self._read_again()
            key, kid = self._key, self._kid
        second = int(now.timestamp())
        claims = {"iss": ISSUER, "aud": AUDIENCE, "iat": second, "exp": second + TOKEN_SECONDS, **caller.claims()}
        return jwt.encode(claims, key, "EdDSA", headers={"kid": kid})

    def _read_again(self) -> None:
        stamp = self._file.stat().st_mtime_ns
        if stamp == self._stamp:
            return
        newest = json.loads(self._file.read_text())["keys"][0]
        self._key, self._kid, self._stamp = OKPAlgorithm.from_jwk(newest), newest["kid"], stamp


@cache
def signer(path: Path) -> Signer:
    """Return the one signer of a key set in this process."""
    return Signer(path)


def _new_key(now: datetime) -> dict[str, Any]:
    jwk: dict[str, Any] = json.loads(OKPAlgorithm.to_jwk(Ed25519PrivateKey.generate()))
    return jwk | {"kid": secrets.token_hex(8), "alg": "EdDSA", "use": "sig", "made_at": now.timestamp()}


def _key_set(keys: list[dict[str, Any]]) -> str:
    return json.dumps({"keys": keys}, indent=1)
