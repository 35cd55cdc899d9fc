"""A unit's notice lasts so many working days, is over, ended well and is shown, before a nomination is handed in."""

from datetime import date

import pytest

from services.awards.submissions.rules import check_code_of, lacks_of_notice, number_of
from shared.workdays import announced

TODAY = date(2026, 10, 20)


@pytest.mark.parametrize(
    ("days", "first", "last", "outcome", "shown", "codes"),
    [
        (0, "2026-10-12", "2026-10-12", "running", False, []),
        (5, "2026-10-12", "2026-10-19", "no_objection", True, []),
        (5, "2026-10-12", "2026-10-18", "no_objection", True, ["short"]),
        (5, "2026-10-09", "2026-10-15", "no_objection", True, []),
        (5, "2026-10-09", "2026-10-14", "no_objection", True, ["short"]),
        (5, "2026-09-25", "2026-10-08", "no_objection", True, ["short"]),
        (5, "2026-09-25", "2026-10-09", "no_objection", True, []),
        (5, "2026-10-13", "2026-10-20", "no_objection", True, ["running"]),
        (5, "2026-10-12", "2026-10-19", "running", True, ["running"]),
        (5, "2026-10-12", "2026-10-19", "upheld", True, ["upheld"]),
        (5, "2026-10-12", "2026-10-19", "settled", False, ["scan"]),
        (5, "2026-10-19", "2026-10-20", "running", False, ["short", "running", "scan"]),
    ],
)
def test_the_table(days: int, first: str, last: str, outcome: str, shown: bool, codes: list[str]) -> None:
    """In 2026 the holidays of October end on the 7th, and Saturday the 10th is worked."""
    notice = (date.fromisoformat(first), date.fromisoformat(last), outcome, shown)
    assert [lack.code for lack in lacks_of_notice(days, notice, TODAY, announced())] == codes


def test_none_is_lacking_where_one_is_needed() -> None:
    assert [lack.pointer for lack in lacks_of_notice(1, None, TODAY, announced())] == ["/notice"]


def test_numbers_and_check_codes() -> None:
    assert number_of("cx-4", "people", 7) == "cx-4-people-0007"
    assert number_of("cx-4", "people", 12345) == "cx-4-people-12345"
    assert check_code_of("0" * 64) == "0000-0000-0000"
    assert check_code_of("f" * 64) == "ZZZZ-ZZZZ-ZZZZ"
    assert len({check_code_of(f"{n:064x}"[::-1]) for n in range(500)}) == 500
