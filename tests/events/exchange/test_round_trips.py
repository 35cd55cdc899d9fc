"""Any programme whatever comes back from the formats that promise to lose nothing."""

from dataclasses import replace
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.events.exchange import own_json, schedule_json, schedule_xml
from services.events.exchange.programme_file import (
    FileLink,
    FilePerson,
    FileRole,
    FileRoom,
    FileSession,
    FileTrack,
    ProgrammeFile,
    ReadOptions,
)
from shared.text import Text
from shared.times import PlannedTime

words = st.one_of(
    st.sampled_from(
        [
            "",
            " ",
            "a",
            "1",
            "01",
            "甲",
            "a (2)",
            "-->",
            "?>",
            "]]>",
            "<b>&amp;",
            "\n\t",
            "a-b",
            "abcd-efgh",
            "👩‍🔬",
            "שלום",
        ]
    ),
    st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn"]), max_size=8),
)
keys = st.one_of(st.sampled_from(["1", "2", "01", "a", "甲", "0", "-1"]), st.text("ab1", min_size=1, max_size=3))
texts = st.builds(Text, words, words)
values = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(-9, 9), words),
    lambda inner: st.one_of(st.lists(inner, max_size=2), st.dictionaries(words, inner, max_size=2)),
    max_leaves=4,
)
extras = st.dictionaries(
    st.sampled_from(
        ["logo", "url", "@code", "recording/url", "@x", "a/b", "conference/url", "day[1]/@x", "#text", "biography", "#"]
    ),
    st.one_of(values, st.sampled_from(["https://x.org/1", "ABC123"])),
    max_size=2,
)
guids = st.one_of(words, st.sampled_from([str(UUID(int=1)), str(UUID(int=2))]))
links = st.lists(st.builds(FileLink, words, words, st.one_of(words, st.just("web")), extras), max_size=2).map(tuple)
moments = st.datetimes(datetime(2023, 1, 1), datetime(2023, 12, 31)).map(
    lambda m: m.replace(microsecond=0, second=m.second % 2 * 30)
)
starts = moments.filter(lambda m: PlannedTime(m, "Europe/Brussels").exists())


def named(item: Any) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return tuples of things with different keys."""
    return st.lists(item, max_size=3, unique_by=lambda i: i.key).map(tuple)


@st.composite
def programmes(draw: Any) -> ProgrammeFile:
    """Return programmes whose sessions name what there is."""
    rooms = draw(named(st.builds(FileRoom, keys, texts, st.one_of(st.none(), st.integers(0, 9)), guids, words, extras)))
    people = draw(named(st.builds(FilePerson, keys, texts, texts, texts, texts, guids, words, extras)))
    tracks = draw(named(st.builds(FileTrack, keys, texts, st.one_of(words, st.just("#00ff00")), words, words, extras)))

    def one_of(items: tuple[Any, ...]) -> st.SearchStrategy[str | None]:
        return st.sampled_from([None, *(item.key for item in items)])

    who = st.lists(st.sampled_from([p.key for p in people]), max_size=2) if people else st.just([])
    what = st.one_of(st.just("speaker"), words)
    sessions = draw(
        named(
            st.builds(
                FileSession,
                key=keys,
                title=texts.filter(bool),
                abstract=texts,
                start=st.one_of(st.none(), starts),
                duration_minutes=st.sampled_from([1, 25, 60, 1560, 9999]),
                room=one_of(rooms),
                track=one_of(tracks),
                type=words,
                slug=words,
                guid=guids,
                source=words,
                people=st.builds(
                    lambda names, *r: tuple(FileRole(name, *r) for name in names), who, what, texts, texts
                ),
                links=links,
                attachments=links,
                licence=words,
                do_not_record=st.sampled_from([None, True, False]),
                kind=st.sampled_from(["", "plenary", "closed"]),
                openness=st.sampled_from(["", "members", "staff"]),
                embargo_until=st.one_of(st.none(), starts),
                expected_attendance=st.one_of(st.none(), st.integers(0, 9)),
                tags=st.lists(words, max_size=2).map(tuple),
                needs=st.dictionaries(words, st.integers(0, 9), max_size=2),
                extras=extras,
            )
        )
    )
    if len(sessions) > 1:
        sessions = (replace(sessions[0], parent=sessions[1].key), *sessions[1:])
    days = sorted(draw(st.lists(st.dates(date(2023, 1, 1), date(2024, 12, 31)), min_size=2, max_size=2)))
    return ProgrammeFile(
        title=draw(texts),
        zone="Europe/Brussels",
        language=draw(st.sampled_from(["zh", "en"])),
        acronym=draw(words),
        venue=draw(texts),
        start_on=draw(st.sampled_from([None, days[0]])),
        end_on=draw(st.sampled_from([None, days[1]])),
        day_change=draw(st.sampled_from([None, time(4), time(9, 30), time(2, 30)])),
        slot_minutes=draw(st.sampled_from([None, 5, 15])),
        version=draw(words),
        rooms=rooms,
        people=people,
        tracks=tracks,
        sessions=sessions,
        extras=draw(extras),
    )


@pytest.mark.parametrize("form", [schedule_xml, schedule_json, own_json], ids=["xml", "c3voc", "own"])
@settings(max_examples=60, deadline=None)
@given(programme=programmes())
def test_any_programme_comes_back(form: Any, programme: ProgrammeFile) -> None:
    assert form.read(form.write(programme), ReadOptions(zone="UTC")) == programme
