"""Whether two names are the same: points, spaces, width and case aside. Nothing is guessed: no pinyin, no other script.

Names of minorities and foreigners are written with one of several points or with none (买买提·艾力), rare characters
with compatibility forms that Unicode takes for the same.
"""

import unicodedata

LONGEST = 200
"""So much of a name counts: forms of compatibility may stand for many signs each."""

_POINTS = frozenset("·•・‧∙⋅․．.。ㆍ･—-－'’` ")


def folded(name: str) -> str:
    """Return what is the same for names that are the same."""
    plain = unicodedata.normalize("NFKC", name).casefold()
    kept = "".join(sign for sign in plain if sign not in _POINTS and not sign.isspace())
    return unicodedata.normalize("NFKC", kept)[:LONGEST]
