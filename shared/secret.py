"""Secrets of 256 bits, and the SHA-256 by which they are kept and compared."""

import hashlib
import secrets


def new_secret() -> str:
    """Return a new secret of 256 random bits, safe in an address and in a header."""
    return secrets.token_urlsafe(32)


def digest_of(secret: str) -> str:
    """Return the SHA-256 of a secret, in hexadecimal."""
    return hashlib.sha256(secret.encode()).hexdigest()
