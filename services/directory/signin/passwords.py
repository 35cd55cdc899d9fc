"""Passwords: argon2id at 19 MiB, two passes (OWASP's minimum). About 20 ms each, so never inside a transaction."""

import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
_TWO_AT_ONCE = threading.BoundedSemaphore(2)  # so that a rush of attempts takes neither all memory nor every core

_NOBODYS = "$argon2id$v=19$m=19456,t=2,p=1$4bPv7Itz+rMd7h7Ef7NlBQ$WMDcE6o0wrPBKtebyoGYXwfHeLfg7ZMiWZm2fOJB52g"
"""What is checked where there is no account or no password, so that the answer takes as long."""


def hash_password(password: str) -> str:
    """Return the hash by which a password is kept."""
    with _TWO_AT_ONCE:
        return _HASHER.hash(password)


def fits(kept: str | None, password: str) -> bool:
    """Tell whether a password is the one kept; takes as long where none is."""
    with _TWO_AT_ONCE:
        try:
            _HASHER.verify(kept or _NOBODYS, password)
        except (VerificationError, InvalidHashError):
            return False
    return kept is not None
