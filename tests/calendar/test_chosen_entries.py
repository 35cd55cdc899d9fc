"""A feed of what somebody chose: single dates named in its address, followed without an account."""

from tests.calendar.build import SERIES, session
from tests.calendar.rig import Rig, entries_of


def test_a_feed_holds_the_entries_it_names_and_passes_over_those_that_are_no_more(rig: Rig) -> None:
    rig.tell_dates(session("s1", topics=(SERIES,)), session("s2", topics=(SERIES,)), session("s3", topics=(SERIES,)))
    shown = {
        query: entries_of(rig.feed(f"series/wyss.ics?entry={query}")) for query in ("s1,s3", "s2", "s2,gone", "gone")
    }
    assert shown == {"s1,s3": ["s1", "s3"], "s2": ["s2"], "s2,gone": ["s2"], "gone": []}
