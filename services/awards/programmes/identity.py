"""Numbers of identity papers: those of residents (公民身份号码, GB 11643), which the residence permits of Hong Kong, Macao and
Taiwan residents have too, and the forms of the others.
"""

import re
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"

PAPERS = {
    "hm_travel": re.compile(r"[HM]\d{8}(\d{2})?"),
    "tw_travel": re.compile(r"\d{8}(\d{2})?"),
    "passport": re.compile(r"(?=.*\d)[A-Z0-9]{5,12}"),
    "permanent": re.compile(r"[A-Z]{3}\d{12}"),
}
"""The forms of papers without a check digit that is public: travel permits, passports, residence cards of foreigners."""


def is_paper_number(text: str) -> bool:
    """Tell whether `text` is a resident's number, or has the form of another paper's."""
    return is_identity_number(text) or any(form.fullmatch(text.upper()) for form in PAPERS.values())


def is_identity_number(text: str) -> bool:
    """Tell whether `text` is a number with a day of birth that there was and the right last sign."""
    body = text[:17]
    if len(text) != 18 or not (body.isascii() and body.isdigit()) or born_of(text) is None:
        return False
    return with_check_digit(body) == text.upper()


def with_check_digit(body: str) -> str:
    """Return the number that begins with these 17 digits."""
    return body + _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def born_of(number: str) -> date | None:
    """Return the day of birth that a number names, nothing where it is none."""
    try:
        return date.fromisoformat(f"{number[6:10]}-{number[10:12]}-{number[12:14]}")
    except ValueError:
        return None
