"""What feeds follow: series, editions and organisations, by the names and slugs they have and had."""

from datetime import date

from shared.messages.dates import Topic
from shared.messages.events import SeriesChanged, SeriesOpened, SeriesRemoved, SeriesState
from shared.text import Text
from tests.calendar.build import EDITION, SERIES, session, whole
from tests.calendar.rig import Rig, entries_of, values_of


def series(slug: str = "new", version: int = 1) -> SeriesState:
    """Return what the events service says of a series."""
    return SeriesState(
        series_id="s9", slug=slug, name=Text("新论坛", "New Forum"), kind="forum", owner_id="hq",
        umbrella_id=None, cadence=None, version=version,
    )  # fmt: skip


def test_an_organisation_feed_follows_the_tree(rig: Rig) -> None:
    rig.open_organisation("hq")
    rig.tell_dates(session("s1"))
    unknown = entries_of(rig.feed("organisations/hq.ics"))
    rig.open_organisation("physics", "hq")
    known = entries_of(rig.feed("organisations/hq.ics"))
    rig.open_organisation("other", "hq")
    rig.rename_organisation("hq", Text("总部", "Headquarters"))
    renamed = values_of(rig.feed("organisations/hq.ics"), "NAME")
    rig.move_organisation("physics", "other")
    moved = entries_of(rig.feed("organisations/other.ics"))
    assert (unknown, known, renamed, moved) == ([], ["s1"], ["总部 / Headquarters"], ["s1"])


def test_a_topic_is_named_as_its_newest_entry_says(rig: Rig) -> None:
    rig.tell_dates(session("s1"), session("s2"))
    renamed = Topic(key="series:s1", slug="wyss", title=Text("青年科学家峰会", "Young Scientist Summit"))
    rig.tell_dates(session("s2", topics=(renamed,), version=2, changed_at=rig.clock()))
    assert values_of(rig.feed("series/wyss.ics?lang=en"), "NAME") == ["Young Scientist Summit"]


def test_a_series_is_followed_before_any_date_of_it_is_known(rig: Rig) -> None:
    rig.tell(SeriesOpened(series_id="s9", series=series()))
    first = rig.get("/calendars/series/new.ics")
    topic = Topic(key="series:s9", slug="new", title=Text("新论坛", "New Forum"))
    rig.tell_dates(session("s1", topics=(topic,)))
    assert (entries_of(first.content), values_of(first.content, "NAME")) == ([], ["新论坛 / New Forum"])
    assert entries_of(rig.feed("series/new.ics")) == ["s1"]
    rig.tell(SeriesRemoved(series_id="s9", slug="new"))
    assert entries_of(rig.feed("series/new.ics")) == ["s1"]


def test_a_series_that_was_never_held_is_forgotten(rig: Rig) -> None:
    rig.tell(SeriesOpened(series_id="s9", series=series()), SeriesRemoved(series_id="s9", slug="new"))
    assert rig.get("/calendars/series/new.ics").status_code == 404


def test_a_feed_is_found_by_the_slugs_it_had(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    subscribed = rig.feed("series/wyss.ics")
    rig.tell(
        SeriesOpened(series_id="s9", series=series("first")), SeriesChanged(series_id="s9", series=series("second", 2))
    )
    renamed = Topic(key="edition:e26", slug="youth-2026", title=EDITION.title)
    rig.tell_dates(session("s1", topics=(SERIES, renamed), version=2, changed_at=rig.clock()))
    assert rig.feed("editions/wyss-2026.ics") == rig.feed("editions/youth-2026.ics")
    assert rig.feed("series/first.ics") == rig.feed("series/second.ics")
    assert entries_of(subscribed) == entries_of(rig.feed("series/wyss.ics"))
    before = rig.feed("editions/wyss-2026.ics")
    rig.runtime.rebuild()
    assert rig.feed("editions/wyss-2026.ics") == before


def test_a_series_feed_follows_to_the_next_edition(rig: Rig) -> None:
    rig.tell_dates(session("s1"))
    rig.tell_dates(whole("next", kind="edition", topics=(SERIES,), start_on=date(2027, 9, 1), end_on=date(2027, 9, 30), status="tentative"))  # fmt: skip
    assert entries_of(rig.feed("series/wyss.ics")) == ["s1", "next"]
