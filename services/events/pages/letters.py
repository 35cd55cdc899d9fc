"""Under which letter of an index a name stands, and in which order: Latin by its letters, Chinese by its pinyin.

Source of the pinyin: GB 2312 lays its 3,755 common characters out in that order, so the code of a surname tells its letter.
Surnames that are read otherwise than the character's usual way are named here.
"""

import unicodedata
from bisect import bisect

OTHER = "#"
"""The letter of what has none."""

_LETTERS = "ABCDEFGHJKLMNOPQRSTWXYZ"
_FIRST = (
    0xB0A1, 0xB0C5, 0xB2C1, 0xB4EE, 0xB6EA, 0xB7A2, 0xB8C1, 0xB9FE, 0xBBF7, 0xBFA6, 0xC0AC, 0xC2E8,
    0xC4C3, 0xC5B6, 0xC5BE, 0xC6DA, 0xC8BB, 0xC8F6, 0xCBFA, 0xCDDA, 0xCEF4, 0xD1B9, 0xD4D1,
)  # fmt: skip
_LAST = 0xD7F9

_SURNAMES = dict(
    zip(
        "单曾解查仇区翟覃冼佟闫晁邝邬邸郄郗郦臧褚裘谌阚隗佘荀郜郏濮岑綦訾蔺蒯芮莘晏昝逯嵇妫缑竺笪栾郇仝逄闾鄢糜亓",
        "SZXZQOZQXTYCKWDQXLZCQCKWSXGJPCQZLKRSYZLJGGZDLHTPLYMQ",
        strict=True,
    )
)


def letter_of(name: str) -> str:
    """Return the capital letter that a name stands under, `OTHER` where it has none."""
    sign = unicodedata.normalize("NFKD", name.strip()[:1]).upper()[:1]
    if "A" <= sign <= "Z":
        return sign
    if letter := _SURNAMES.get(name.strip()[:1]):
        return letter
    code = _code(name.strip()[:1])
    return _LETTERS[bisect(_FIRST, code) - 1] if _FIRST[0] <= code <= _LAST else OTHER


def order_of(name: str, key: str) -> tuple[bool, str, bool, bytes, str]:
    """Return a key that puts names in the order of an index: by letter, Chinese behind Latin; `key` decides among equals."""
    letter, words = letter_of(name), name.strip()
    latin = unicodedata.normalize("NFKD", words).casefold()
    chinese = bool(_code(words[:1]))
    coded = words.encode("gb18030") if chinese else latin.encode()
    return letter == OTHER, letter, chinese, coded, key


def _code(sign: str) -> int:
    """Return the code of a Chinese character in GB 2312, 0 for anything else."""
    try:
        code = sign.encode("gb2312")
    except UnicodeEncodeError:
        return 0
    return int.from_bytes(code, "big") if len(code) == 2 else 0
