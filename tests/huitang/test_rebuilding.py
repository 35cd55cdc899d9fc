"""A rebuild that does not come about: who waits for it is told why, in both languages, and all is as before."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.huitang.conftest import Served
from tests.huitang.test_parked import change, look_up
from tests.world import wait_until

WAITS = "FROM jobs WHERE kind = 'rebuild' AND state = 'waiting' AND attempts > 0"
TREE = "SELECT count(*) FROM tree"
FAILED, CANCELLED = "attempts = 4", "state = 'cancelled'"
WHY = "IntegrityError('(sqlite3.IntegrityError) no room here')\n"


@pytest.mark.sqlite_only("looks into the files that `huitang serve` keeps its databases in")
@pytest.mark.parametrize(
    ("how", "language", "words"),
    [
        (FAILED, "en_US.UTF-8", f"calendar: not rebuilt, all is as before: {WHY}"),
        (FAILED, "zh_CN.UTF-8", f"calendar：重建失败，一切如前：{WHY}"),
        (CANCELLED, "en_US.UTF-8", "calendar: the rebuild was cancelled; all is as before.\n"),
        (CANCELLED, "zh_CN.UTF-8", "calendar：重建已取消，一切如前。\n"),
    ],
)
def test_who_waits_for_a_rebuild_is_told_why_it_does_not_come(
    served: Served, how: str, language: str, words: str
) -> None:
    calendar = served.data / "calendar.db"
    before = look_up(calendar, TREE)
    change(calendar, "CREATE TRIGGER no_room BEFORE INSERT ON tree BEGIN SELECT RAISE(ABORT, 'no room here'); END")
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(served.ask, "facts", "rebuild", "calendar", LANG=language)
        wait_until(lambda: look_up(calendar, f"SELECT count(*) {WAITS}") == 1, seconds=60)
        change(calendar, f"UPDATE jobs SET {how} WHERE id = (SELECT id {WAITS})")
        told = asked.result()
    change(calendar, "DROP TRIGGER no_room")
    assert (told.code, told.out, told.err) == (1, "", words)
    assert look_up(calendar, TREE) == before > 0
