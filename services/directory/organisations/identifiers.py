"""Identifiers of organisations, with their check digits: 统一社会信用代码 (GB 32100) and ROR."""

import re

from stdnum.cn import uscc

from services.directory.organisations.rules import UnknownIdentifier

_ROR = re.compile(r"(?:https?://)?(?:(?:www\.)?ror\.org/)?(0[a-hj-km-np-tv-z0-9]{6}[0-9]{2})")
_CROCKFORD = "0123456789abcdefghjkmnpqrstvwxyz"


def read_uscc(words: str) -> str:
    """Return a 统一社会信用代码 as its 18 characters; raise `UnknownIdentifier`."""
    if not uscc.is_valid(words):
        raise UnknownIdentifier(identifier=words)
    return str(uscc.compact(words))


def read_ror(words: str) -> str:
    """Return a ROR id as its nine characters, also from its address; raise `UnknownIdentifier`.

    The last two digits are those of ISO/IEC 7064 mod 97-10 over the number that the first seven spell in base 32.
    """
    match = _ROR.fullmatch(words.strip().lower())
    if match is None:
        raise UnknownIdentifier(identifier=words)
    number = 0
    for sign in match[1][:7]:
        number = number * 32 + _CROCKFORD.index(sign)
    if 98 - number * 100 % 97 != int(match[1][7:]):
        raise UnknownIdentifier(identifier=words)
    return match[1]
