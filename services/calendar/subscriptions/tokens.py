"""The secret part of a personal feed's address: 256 random bits, of which only the hash is kept."""

import hashlib
import secrets


def new_token() -> str:
    """Return a new secret, 43 characters that stand in an address as they are."""
    return secrets.token_urlsafe(32)


def digest_of(token: str) -> str:
    """Return what is kept of a secret."""
    return hashlib.sha256(token.encode()).hexdigest()


def address_of(address: str, token: str) -> str:
    """Return the address of the feed whose secret is `token`."""
    return f"{address}/calendars/personal/{token}.ics"
