"""What is amiss with the number of an identity paper: its own check, and what it says of birth and sex.

A resident's number (GB 11643) and the residence permits of Hong Kong, Macao and Taiwan residents tell both; travel permits,
passports and residence cards of foreigners have a form alone.
"""

from collections.abc import Iterator
from datetime import date

from services.awards.programmes.identity import PAPERS, born_of, is_identity_number
from shared.text import Text

_FORM = Text("证件号码的格式与所选证件种类不符", "the number has not the form of this kind of paper")
_CHECK = Text(
    "证件号码的校验位或其中的出生日期有误",
    "the check digit of the number, or the day of birth in it, is wrong",
)
_BIRTH = Text("证件号码中的出生日期与填写的不一致", "the number tells another day of birth than the form")
_SEX = Text("证件号码中的性别与填写的不一致", "the number tells another sex than the form")


def faults_of(number: str, kind: str, born_on: date | None, sex: str | None) -> Iterator[tuple[str, Text]]:
    """Yield code and words of what is amiss; an empty `kind` is whatever paper the number looks like."""
    plain = number.strip().upper()
    if len(plain) == 18 and plain[:17].isdigit():
        if not is_identity_number(plain):
            yield "check_digit", _CHECK
            return
        if kind and kind not in ("resident", "hmt_residence", "permanent"):
            yield "paper_form", _FORM
        yield from _told_otherwise(plain, born_on, sex)
    elif kind in ("resident", "hmt_residence"):
        yield "check_digit", _CHECK
    elif not any(form.fullmatch(plain) for name, form in PAPERS.items() if kind in ("", name)):
        yield "paper_form", _FORM


def _told_otherwise(number: str, born_on: date | None, sex: str | None) -> Iterator[tuple[str, Text]]:
    named = born_of(number)
    if born_on is not None and named is not None and born_on != named:
        yield "birth_differs", _BIRTH
    if sex in ("male", "female") and (sex == "male") != bool(int(number[16]) % 2):
        yield "sex_differs", _SEX
