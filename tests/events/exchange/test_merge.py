"""The three-way update: what a newer file may change, what stays ours, and what waits for a choice."""

from dataclasses import fields, replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.events.exchange.merge import ABSENT, BothChanged, Change, merge
from services.events.exchange.programme_file import (
    FileLink,
    FilePerson,
    FileRole,
    FileRoom,
    FileSession,
    ProgrammeFile,
)
from shared.text import Text
from tests.events.exchange.full_programme import FULL

TALK = FileSession(
    "1",
    Text(en="Talk"),
    start=datetime(2023, 2, 4, 9),
    duration_minutes=30,
    room="A",
    people=(FileRole("p"),),
    links=(FileLink("https://x.org"),),
    extras={"logo": "a", "@code": "X"},
)
OTHER = FileSession("2", Text(en="Other"))
BASE = ProgrammeFile(
    title=Text(en="Conf"),
    zone="UTC",
    language="en",
    rooms=(FileRoom("A", Text(en="A")), FileRoom("B", Text(en="B"))),
    people=(FilePerson("p", Text(en="Ann")),),
    sessions=(TALK, OTHER),
)


def with_talk(**changes: Any) -> ProgrammeFile:
    """Return the base with its talk changed."""
    return replace(BASE, sessions=(replace(TALK, **changes), OTHER))


def counts(found: Any) -> dict[str, int]:
    """Return how many sessions were created, changed, removed and left."""
    result: dict[str, int] = found.sessions.counts()
    return result


def test_the_first_import_creates_everything() -> None:
    nothing = ProgrammeFile(title=Text(en="Conf"), zone="UTC", language="en")
    found = merge(None, BASE, nothing)
    assert counts(found) == {"created": 2, "changed": 0, "removed": 0, "unchanged": 0}
    assert (found.applied(nothing), found.both_changed) == (BASE, ())


def test_the_same_file_again_changes_nothing() -> None:
    found = merge(FULL, FULL, FULL)
    assert [part.counts() for part in (found.sessions, found.rooms, found.people, found.tracks)] == [
        {"created": 0, "changed": 0, "removed": 0, "unchanged": n} for n in (4, 2, 3, 2)
    ]
    assert (found.programme, found.both_changed, found.applied(FULL)) == (None, (), FULL)


def test_only_the_fields_that_differ_change() -> None:
    theirs = with_talk(title=Text(en="New"), start=datetime(2023, 2, 4, 10), extras={"logo": "b", "more": [1]})
    (changed,) = merge(BASE, theirs, BASE).sessions.changed
    assert (changed.before, changed.after) == (TALK, theirs.sessions[0])
    assert changed.fields == (
        Change("title.en", "Talk", "New"),
        Change("start", "2023-02-04T09:00:00", "2023-02-04T10:00:00"),
        Change("extras.logo", "a", "b"),
        Change("extras.more", None, [1]),
        Change("extras.@code", "X", None),
    )


def test_what_only_we_changed_stays_even_in_a_field_beside() -> None:
    ours = with_talk(title=Text("报告", "Talk"), room="B", slug="mine")
    theirs = with_talk(title=Text(en="New"))
    found = merge(BASE, theirs, ours)
    assert found.applied(ours).sessions[0] == replace(ours.sessions[0], title=Text("报告", "New"))
    assert found.both_changed == ()


@pytest.mark.parametrize(("take", "room"), [(None, "B"), ("ours", "B"), ("file", "C")])
def test_what_both_changed_waits_for_a_choice(take: Any, room: str) -> None:
    ours = with_talk(room="B", slug="s")
    theirs = replace(with_talk(room="C", slug="s"), rooms=(*BASE.rooms, FileRoom("C", Text(en="C"))))
    found = merge(BASE, theirs, ours, take)
    assert found.both_changed == (BothChanged("sessions", "", "1", "room", "A", "C", "B"),)
    assert found.applied(ours).sessions[0] == replace(ours.sessions[0], room=room)


def test_what_is_missing_from_the_file_is_proposed_for_cancelling() -> None:
    found = merge(BASE, replace(BASE, sessions=(TALK,), rooms=BASE.rooms[:1]), BASE)
    assert (found.sessions.removed, found.rooms.removed, found.both_changed) == ((OTHER,), (BASE.rooms[1],), ())
    assert found.applied(BASE).sessions == (TALK,)


def test_what_only_we_have_is_never_touched() -> None:
    own = replace(OTHER, key="own", source="us", room="B")
    ours = replace(BASE, sessions=(*BASE.sessions, own))
    found = merge(BASE, replace(BASE, rooms=BASE.rooms[:1]), ours)
    assert (found.sessions.removed, found.rooms.removed) == ((), ())
    assert found.applied(ours) == ours


def test_one_key_from_two_sources_is_two_things() -> None:
    ours = replace(BASE, sessions=(TALK, OTHER, replace(TALK, source="us", title=Text(en="Ours"))))
    theirs = with_talk(title=Text(en="New"))
    assert [s.title.en for s in merge(BASE, theirs, ours).applied(ours).sessions] == ["New", "Other", "Ours"]


@pytest.mark.parametrize(("take", "left"), [(None, ["1", "2"]), ("ours", ["1", "2"]), ("file", ["2"])])
def test_removed_there_and_changed_here_is_on_both_sides(take: Any, left: list[str]) -> None:
    ours = with_talk(slug="mine")
    found = merge(BASE, replace(BASE, sessions=(OTHER,)), ours, take)
    assert [(both.key, both.field, both.theirs) for both in found.both_changed] == [("1", ABSENT, None)]
    assert [session.key for session in found.applied(ours).sessions] == left


@pytest.mark.parametrize(("take", "left"), [(None, ["2"]), ("ours", ["2"]), ("file", ["2", "1"])])
def test_changed_there_and_removed_here_is_on_both_sides(take: Any, left: list[str]) -> None:
    ours = replace(BASE, sessions=(OTHER,))
    found = merge(BASE, with_talk(slug="new"), ours, take)
    assert [(both.key, both.field, both.ours) for both in found.both_changed] == [("1", ABSENT, None)]
    assert [session.key for session in found.applied(ours).sessions] == left


def test_removed_here_and_left_as_it_was_there_stays_removed() -> None:
    ours = replace(BASE, sessions=(OTHER,))
    found = merge(BASE, BASE, ours)
    assert (found.applied(ours), found.both_changed) == (ours, ())


def test_a_room_that_a_new_session_names_comes_back() -> None:
    ours = replace(BASE, rooms=BASE.rooms[:1])
    theirs = replace(BASE, sessions=(TALK, OTHER, replace(OTHER, key="3", room="B")))
    assert merge(BASE, theirs, ours).applied(ours).rooms == BASE.rooms


def test_without_a_last_import_silence_contradicts_nobody() -> None:
    ours = replace(BASE, rooms=(FileRoom("A", Text("甲", "A"), capacity=100), BASE.rooms[1]))
    theirs = replace(BASE, rooms=(FileRoom("A", Text(en="Aula"), guid="g"), BASE.rooms[1]))
    found = merge(None, theirs, ours)
    assert found.both_changed == (BothChanged("rooms", "", "A", "name.en", None, "Aula", "A"),)
    assert found.applied(ours).rooms[0] == FileRoom("A", Text("甲", "A"), capacity=100, guid="g")


def test_the_programme_itself_is_merged() -> None:
    ours = replace(BASE, city=Text(en="Here"))
    found = merge(BASE, replace(BASE, title=Text(en="Conference"), version="2"), ours)
    assert found.programme is not None
    assert found.programme.fields == (Change("title.en", "Conf", "Conference"), Change("version", "", "2"))
    assert found.applied(ours) == replace(ours, title=Text(en="Conference"), version="2")


words = st.sampled_from(["", "a", "b"])
texts = st.builds(Text, words, words)
extras = st.dictionaries(st.sampled_from(["x", "y"]), st.sampled_from([1, "a", [1]]), max_size=2)
keys = st.sampled_from(["1", "2"])


def many(item: st.SearchStrategy[Any]) -> st.SearchStrategy[tuple[Any, ...]]:
    """Return tuples of things with different keys."""
    return st.lists(item, max_size=2, unique_by=lambda i: (i.source, i.key)).map(tuple)


sources = st.sampled_from(["", "us"])
sessions = st.builds(
    FileSession,
    key=keys,
    source=sources,
    title=texts,
    start=st.sampled_from([None, datetime(2023, 1, 1), datetime(2023, 1, 2)]),
    slug=words,
    people=st.lists(keys.map(FileRole), max_size=2).map(tuple),
    room=st.one_of(st.none(), keys),
    extras=extras,
)
programmes = st.builds(
    ProgrammeFile,
    title=texts,
    zone=st.just("UTC"),
    version=words,
    sessions=many(sessions),
    rooms=many(st.builds(FileRoom, key=keys, name=texts, capacity=st.sampled_from([None, 1, 2]))),
    people=many(st.builds(FilePerson, key=keys, name=texts, extras=extras)),
    extras=extras,
)
few = settings(max_examples=60)
takes = st.sampled_from([None, "file", "ours"])


@few
@given(programmes, programmes, takes)
def test_a_file_that_did_not_change_changes_nothing(theirs: ProgrammeFile, ours: ProgrammeFile, take: Any) -> None:
    found = merge(theirs, theirs, ours, take)
    named = {(name, item.key) for name in ("rooms", "people", "tracks") for item in getattr(found, name).created}
    assert found.both_changed == ()
    assert (found.programme, found.sessions.created, found.sessions.changed, found.sessions.removed) == (
        None,
        (),
        (),
        (),
    )
    assert named <= {("rooms", s.room) for s in ours.sessions} | {
        ("people", r.key) for s in ours.sessions for r in s.people
    }


@few
@given(programmes)
def test_one_programme_on_all_sides_stays_as_it_is(one: ProgrammeFile) -> None:
    found = merge(one, one, one)
    assert (found.applied(one), found.both_changed, found.programme) == (one, (), None)


@few
@given(st.one_of(st.none(), programmes), programmes, programmes, takes)
def test_applying_twice_is_applying_once(
    last: ProgrammeFile | None, theirs: ProgrammeFile, ours: ProgrammeFile, take: Any
) -> None:
    once = merge(last, theirs, ours, take).applied(ours)
    assert merge(theirs, theirs, once, take).applied(once) == once


@few
@given(st.one_of(st.none(), programmes), programmes, programmes, st.sampled_from([None, "ours"]))
def test_our_value_stays_wherever_both_changed(
    last: ProgrammeFile | None, theirs: ProgrammeFile, ours: ProgrammeFile, take: Any
) -> None:
    found = merge(last, theirs, ours, take)
    after = found.applied(ours)
    for both in found.both_changed:
        assert value(after, both) == value(ours, both)


@few
@given(st.one_of(st.none(), programmes), programmes, programmes)
def test_the_files_value_holds_wherever_both_changed_if_it_is_taken(
    last: ProgrammeFile | None, theirs: ProgrammeFile, ours: ProgrammeFile
) -> None:
    found = merge(last, theirs, ours, "file")
    after = found.applied(ours)
    for both in found.both_changed:
        if both.field != ABSENT:
            assert value(after, both) == value(theirs, both)


@few
@given(programmes, programmes)
def test_where_we_changed_nothing_the_file_is_what_we_have(last: ProgrammeFile, theirs: ProgrammeFile) -> None:
    found = merge(last, theirs, last)
    after = found.applied(last)
    assert found.both_changed == ()
    assert {(s.source, s.key): s for s in after.sessions} == {(s.source, s.key): s for s in theirs.sessions}
    assert [
        getattr(after, f.name) for f in fields(after) if f.name not in ("sessions", "rooms", "people", "tracks")
    ] == [getattr(theirs, f.name) for f in fields(theirs) if f.name not in ("sessions", "rooms", "people", "tracks")]


def value(programme: ProgrammeFile, both: BothChanged) -> Any:
    """Return what a programme has in the field that both sides changed."""
    if both.kind == "programme":
        item: Any = programme
    else:
        item = next((i for i in getattr(programme, both.kind) if (i.source, i.key) == (both.source, both.key)), None)
    if both.field == ABSENT or item is None:
        return item
    name, _, inner = both.field.partition(".")
    found = getattr(item, name)
    if not inner:
        return found
    return found.get(inner) if isinstance(found, dict) else getattr(found, inner)
