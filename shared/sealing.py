"""Sealing of what may never stand in the clear in a database, such as the numbers of identity papers.

AES-256-GCM with a random nonce; the sealed text names the key, so that keys can be changed while all that they sealed is
still read. What is alike is found by a fingerprint, keyed so that nobody can try out numbers without the key.
"""

import hmac
import re
import secrets
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Mapping, Sequence
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

NONCE = 12
_SEALED = re.compile(r"sealed:1:([0-9a-f]{16}):([A-Za-z0-9_-]{38,}={0,2})")


class NotOpened(Exception):
    """What was to be opened is not sealed, was changed, or its key is not among the keys of this installation."""


class Sealer:
    """Seals with the first of `keys` and opens with any; fingerprints stay the same when keys are changed."""

    def __init__(self, keys: Sequence[Mapping[str, Any]]) -> None:
        self._keys = {key["kid"]: _bytes(key["k"]) for key in keys}
        self.key_id: str = keys[0]["kid"]
        self._matching = _bytes(keys[-1]["matching"])

    def seal(self, plain: str) -> str:
        """Return `plain` sealed; never twice the same."""
        nonce = secrets.token_bytes(NONCE)
        content = AESGCM(self._keys[self.key_id]).encrypt(nonce, plain.encode(), self.key_id.encode())
        return f"sealed:1:{self.key_id}:{urlsafe_b64encode(nonce + content).decode()}"

    def open(self, sealed: str) -> str:
        """Return what was sealed; raise `NotOpened`."""
        found = _SEALED.fullmatch(sealed)
        if found is None or found[1] not in self._keys:
            raise NotOpened()
        try:
            content = _bytes(found[2])
            return AESGCM(self._keys[found[1]]).decrypt(content[:NONCE], content[NONCE:], found[1].encode()).decode()
        except (InvalidTag, ValueError) as error:
            raise NotOpened() from error

    def fingerprint(self, plain: str) -> str:
        """Return what is the same for the same text, and tells nothing about it without the key."""
        return hmac.digest(self._matching, plain.encode(), "sha256").hex()


def is_sealed(text: str) -> bool:
    """Tell whether `text` looks like what a sealer makes."""
    return text.startswith("sealed:1:") and _SEALED.fullmatch(text) is not None


def masked(plain: str) -> str:
    """Return a number with its middle hidden, as people may see it: 110101********1234."""
    if len(plain) == 18:
        return f"{plain[:6]}{'*' * 8}{plain[-4:]}"
    shown = max(min(2, (len(plain) - 4) // 2), 0)
    return plain[:shown] + "*" * (len(plain) - 2 * shown) + plain[len(plain) - shown :]


def new_secret_key() -> dict[str, Any]:
    """Return a new key that seals; `matching` counts in the oldest key of a set alone."""
    return {"kty": "oct", "kid": secrets.token_hex(8), "k": _text(32), "matching": _text(32)}


def _text(length: int) -> str:
    return urlsafe_b64encode(secrets.token_bytes(length)).decode()


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text)
