"""The words of a code: sixteen signs that nobody confuses, in four groups. 80 random bits, of which only the hash is kept."""

import secrets

from shared.secret import digest_of
from shared.times import fold

SIGNS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""Douglas Crockford's: without I, L, O and U."""

_READ_AS = str.maketrans({"O": "0", "I": "1", "L": "1"})


def new_code() -> str:
    """Return a new code as it is given out, such as `7KQM-2XR8-00PF-VTNE`."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(16))
    return "-".join(signs[at : at + 4] for at in range(0, 16, 4))


def digest_of_code(words: str) -> str:
    """Return what is kept of a code, however somebody wrote it."""
    plain = "".join(sign for sign in fold(words).upper() if sign.isalnum())
    return digest_of(plain.translate(_READ_AS))
