"""Numbers of identity papers and names, at their boundaries."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum.cn import ric

from services.awards.checks.papers import faults_of
from services.awards.nominations.names import folded
from services.awards.programmes.identity import is_identity_number, is_paper_number

VALID = "11010519491231002X"


def codes(number: str, kind: str = "", born_on: date | None = None, sex: str | None = None) -> list[str]:
    """Return what is found amiss."""
    return [code for code, _ in faults_of(number, kind, born_on, sex)]


@pytest.mark.parametrize(
    ("number", "kind", "found"),
    [
        (VALID, "resident", []),
        (VALID.lower(), "", []),
        ("110105194912310021", "resident", ["check_digit"]),
        ("11010519490231002X", "", ["check_digit"]),
        ("1101051949123100", "resident", ["check_digit"]),
        (VALID, "passport", ["paper_form"]),
        ("H12345678", "hm_travel", []),
        ("M1234567890", "hm_travel", []),
        ("X12345678", "hm_travel", ["paper_form"]),
        ("12345678", "tw_travel", []),
        ("1234567", "tw_travel", ["paper_form"]),
        ("E12345678", "passport", []),
        ("ABCDEFGH", "passport", ["paper_form"]),
        ("USA110119800101", "permanent", []),
        ("?", "", ["paper_form"]),
    ],
)
def test_forms_of_papers(number: str, kind: str, found: list[str]) -> None:
    assert codes(number, kind) == found


def test_birth_and_sex_are_compared_where_they_are_told() -> None:
    assert codes(VALID, "resident", date(1949, 12, 31), "female") == []
    assert codes(VALID, "resident", date(1950, 12, 31), "male") == ["birth_differs", "sex_differs"]
    assert codes(VALID, "resident", None, None) == []


@given(st.from_regex(r"(11|31|44)0101(19|20)\d\d(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])\d{3}[0-9X]", fullmatch=True))
def test_check_digits_are_those_of_the_standard(number: str) -> None:
    assert is_identity_number(number) is ric.is_valid(number)


@given(st.text(max_size=40))
def test_any_text_is_judged_without_a_fault_of_ours(text: str) -> None:
    assert isinstance(is_paper_number(text), bool)
    assert all(code for code in codes(text))
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("买买提·艾力", "买买提•艾力", True),
        ("买买提·艾力", "买买提艾力", True),
        ("王　小明", "王小明", True),
        ("O’Neill, Anne-Marie", "O'NEILL,ANNE MARIE", True),
        ("朗\ufa01", "朗\u5ea6", True),
        ("李娜", "李那", False),
        ("李娜", "Li Na", False),
    ],
)
def test_names_that_are_the_same(one: str, other: str, same: bool) -> None:
    assert (folded(one) == folded(other)) is same
