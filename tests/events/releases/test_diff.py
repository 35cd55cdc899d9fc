"""What became of sessions between two programmes, by property and by sentence."""

from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.events.releases.changelog import FIELD_NAMES, sentence
from services.events.releases.content import (
    FIELDS,
    Content,
    Place,
    PrintedPerson,
    PrintedTrack,
    State,
    from_json,
    to_json,
)
from services.events.releases.diff import ChangeKind, compare
from shared.text import Text, same

HALL = Place("hall", Text("一号厅", "Hall 1"), venue=Text("会议中心", "Conference Centre"))
ROOM = Place("room", Text("二号厅", "Hall 2"), venue=Text("会议中心", "Conference Centre"))
TALK = Content(State.CONFIRMED, Text("量子计算", "Quantum computing"), start_local=datetime(2026, 11, 23, 9),
               zone="Asia/Shanghai", duration_minutes=45, place=HALL)  # fmt: skip

texts = st.builds(Text, st.text(max_size=5), st.text(max_size=5))
contents = st.builds(
    Content,
    state=st.sampled_from(State),
    title=texts,
    start_local=st.sampled_from([None, datetime(2026, 11, 23, 9), datetime(2026, 11, 23, 10, 30)]),
    zone=st.sampled_from(["UTC", "Asia/Shanghai"]),
    duration_minutes=st.sampled_from([30, 45]),
    place=st.sampled_from([None, HALL, ROOM]),
    track=st.sampled_from([None, PrintedTrack("t", "ai", same("AI"))]),
    people=st.lists(st.builds(PrintedPerson, st.sampled_from("ab"), st.just("speaker"), texts), max_size=2).map(tuple),
    tags=st.lists(st.text(max_size=3), max_size=2).map(tuple),
)
programmes = st.dictionaries(st.sampled_from("abcdef"), contents, max_size=6)


def as_sent(programme: dict[str, Content]) -> dict[str, dict[str, Any]]:
    """Return a programme as JSON."""
    return {id_: to_json(content) for id_, content in programme.items()}


@given(programmes, programmes)
def test_the_changes_turn_the_old_programme_into_the_new(old: dict[str, Content], new: dict[str, Content]) -> None:
    patched = as_sent(old)
    for change in compare(old, new):
        if change.new is None:
            del patched[change.session_id]
            continue
        after = to_json(change.new)
        patched.setdefault(change.session_id, {}).update({name: after[name] for name in change.fields()})
    assert patched == as_sent(new)


@given(programmes)
def test_nothing_changes_from_a_programme_to_itself(programme: dict[str, Content]) -> None:
    assert compare(programme, dict(programme)) == []


@given(programmes, programmes)
def test_every_change_can_be_said(old: dict[str, Content], new: dict[str, Content]) -> None:
    for change in compare(old, new):
        assert all((sentence(change).zh, sentence(change).en))


@given(contents)
def test_content_is_read_as_it_was_written(content: Content) -> None:
    assert from_json(to_json(content)) == content


def test_fields_that_an_older_release_did_not_know_have_their_defaults() -> None:
    assert from_json({"state": "confirmed", "title": {"zh": "一", "en": ""}, "unheard_of": 1}) == Content(
        State.CONFIRMED, Text("一")
    )


def test_every_field_has_a_name_in_both_languages() -> None:
    assert list(FIELD_NAMES) == list(FIELDS)
    assert all(name.zh and name.en for name in FIELD_NAMES.values())


LATER = replace(TALK, start_local=datetime(2026, 11, 23, 14))


@pytest.mark.parametrize(
    ("old", "new", "kind", "words"),
    [
        (None, TALK, ChangeKind.ADDED,
         Text("新增“量子计算”：11月23日 周一 09:00—09:45，会议中心 一号厅。",
              "Added: “Quantum computing”, Mon 23 Nov 09:00–09:45, Hall 1, Conference Centre.")),
        (replace(TALK, state=State.CANCELLED), TALK, ChangeKind.ADDED,
         Text("恢复“量子计算”：11月23日 周一 09:00—09:45，会议中心 一号厅。",
              "Restored: “Quantum computing”, Mon 23 Nov 09:00–09:45, Hall 1, Conference Centre.")),
        (TALK, replace(TALK, state=State.CANCELLED), ChangeKind.CANCELLED,
         Text("取消“量子计算”（原定11月23日 周一 09:00—09:45，会议中心 一号厅）。",
              "Cancelled: “Quantum computing” (Mon 23 Nov 09:00–09:45, Hall 1, Conference Centre).")),
        (TALK, LATER, ChangeKind.MOVED,
         Text("“量子计算”的时间由11月23日 周一 09:00—09:45改为11月23日 周一 14:00—14:45（会议中心 一号厅）。",
              "“Quantum computing” moved from Mon 23 Nov 09:00–09:45 to Mon 23 Nov 14:00–14:45 (Hall 1, Conference Centre).")),
        (TALK, replace(TALK, place=ROOM), ChangeKind.MOVED,
         Text("“量子计算”的地点由会议中心 一号厅改为会议中心 二号厅（11月23日 周一 09:00—09:45）。",
              "“Quantum computing” moved from Hall 1, Conference Centre to Hall 2, Conference Centre (Mon 23 Nov 09:00–09:45).")),
        (TALK, replace(TALK, abstract=same("…"), tags=("ai",)), ChangeKind.CHANGED,
         Text("“量子计算”更新了摘要、标签。", "“Quantum computing”: abstract and tags changed.")),
        (TALK, replace(TALK, title=Text("量子信息", "Quantum information")), ChangeKind.CHANGED,
         Text("“量子计算”更名为“量子信息”。", "“Quantum computing” is now called “Quantum information”.")),
        (TALK, replace(TALK, state=State.TENTATIVE), ChangeKind.CHANGED,
         Text("“量子计算”的时间待定（原定11月23日 周一 09:00—09:45）。",
              "“Quantum computing” is on hold; it was planned for Mon 23 Nov 09:00–09:45.")),
    ],
)  # fmt: skip
def test_a_change_is_named_and_said(old: Content | None, new: Content, kind: ChangeKind, words: Text) -> None:
    before = {"talk": old} if old else {}
    (change,) = compare(before, {"talk": new})
    assert (change.kind, sentence(change)) == (kind, words)
