"""Resident identity numbers (公民身份号码, GB 11643), which the residence permits of Hong Kong, Macao and Taiwan residents have too."""

from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"


def is_identity_number(text: str) -> bool:
    """Tell whether `text` is a number with a day of birth that there was and the right last sign."""
    body, check = text[:17], text[17:].upper()
    if len(text) != 18 or not (body.isascii() and body.isdigit()) or born_of(text) is None:
        return False
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11] == check


def born_of(number: str) -> date | None:
    """Return the day of birth that a number names, nothing where it is none."""
    try:
        return date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        return None
