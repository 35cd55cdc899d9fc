"""A programme as readers walk through it: days, rooms, tracks, people, search, now and next, one's own choice."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from services.events.pages.colours import hue_of
from services.events.pages.cuts import SOON_READ, clashes, hours, slots, stretches
from services.events.pages.letters import letter_of, order_of
from services.events.pages.programme import Programme
from services.events.pages.shown import Shown
from services.events.releases.content import Content, Place, PrintedPerson, PrintedTrack, State
from shared.text import Text, same

DAY = datetime(2026, 11, 23)


def shown(name: str, hour: float, minutes: int = 60, **values: object) -> Shown:
    """Make a session on the day, at an hour."""
    start = DAY + timedelta(hours=hour)
    content = Content(State.CONFIRMED, same(name), start_local=start, zone="Asia/Shanghai", duration_minutes=minutes)
    return Shown(name, replace(content, **values))  # type: ignore[arg-type]


def room(name: str, floor: str = "") -> Place:
    """Make a room that is named like its id."""
    return Place(name, same(name), floor=floor)


def ids(sessions: object) -> list[str]:
    """Name sessions."""
    return [each.id for each in sessions]  # type: ignore[attr-defined]


def test_sessions_stand_in_order_of_time_and_then_of_rooms_as_people_count_them() -> None:
    sessions = [shown("c", 9, place=room("Room 10")), shown("b", 9, place=room("Room 9")), shown("a", 8)]
    assert ids(Programme(sessions).sessions) == ["a", "b", "c"]


def test_a_night_belongs_to_the_day_before_where_the_edition_says_so() -> None:
    sessions = [shown("dinner", 19), shown("dance", 25)]
    assert [*Programme(sessions).days] == [date(2026, 11, 23), date(2026, 11, 24)]
    assert [*Programme(sessions, time(4)).days] == [date(2026, 11, 23)]


def test_the_day_that_opens_is_today_or_the_first() -> None:
    programme = Programme([shown("a", 9), shown("b", 33)])
    days = [programme.first_day(date(2026, 11, day)) for day in (1, 23, 24, 30)]
    assert days == [date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 23)]
    assert Programme([]).first_day(date(2026, 11, 1)) is None


def test_talks_stand_under_their_session_on_its_own_day_and_by_themselves_elsewhere() -> None:
    programme = Programme(
        [shown("panel", 9, 180), shown("talk", 9, parent_id="panel"), shown("late", 33, parent_id="panel")]
    )
    assert ids(programme.talks["panel"]) == ["talk"]
    assert programme.tops == {"panel", "late"}
    assert ids(programme.top(programme.sessions)) == ["panel", "late"]
    assert ids(programme.top(programme.sessions[1:])) == ["talk", "late"]


def test_sessions_at_one_time_stand_together() -> None:
    found = [(start.hour, ids(together)) for start, together in slots([shown("a", 9), shown("b", 9), shown("c", 10)])]
    assert found == [(9, ["a", "b"]), (10, ["c"])]


@pytest.mark.parametrize(
    ("sizes", "most", "expected"),
    [
        ([3, 3], 10, [6]),
        ([4, 4, 4], 8, [8, 4]),
        ([5, 1, 5, 1], 10, [6, 6]),
        ([1, 12], 5, [1, 5, 5, 2]),
        ([], 5, []),
    ],
)
def test_a_long_day_is_cut_into_like_parts_between_times(sizes: list[int], most: int, expected: list[int]) -> None:
    sessions = [shown(f"{hour}-{n}", hour) for hour, size in enumerate(sizes) for n in range(size)]
    parts = stretches(sessions, most)
    assert [len(part.sessions) for part in parts] == expected
    assert [each for part in parts for each in part.sessions] == sessions
    assert [part.number for part in parts] == [*range(1, len(parts) + 1)]


def test_a_day_of_many_times_is_jumped_through_by_the_hour() -> None:
    many = [shown(f"s{n}", 8.25 + n / 4) for n in range(SOON_READ + 1)]
    assert hours(many[:SOON_READ]) == []
    assert [(each.hour, each.minute) for each in hours(many)] == [(8, 15), *((hour, 0) for hour in range(9, 15))]


def test_rooms_are_listed_by_floor_and_name() -> None:
    places = [room("R10", "2"), room("R9", "2"), room("Hall", "1")]
    programme = Programme([shown(f"s{n}", 9 + n, place=place) for n, place in enumerate(places)])
    assert [*programme.rooms] == ["Hall", "R9", "R10"]
    assert ids(programme.in_room("R9")) == ["s1"]
    assert ids(programme.in_room("R9", date(2026, 11, 24))) == []


def test_tracks_have_the_colour_they_name_or_the_next_in_turn() -> None:
    tracks = [PrintedTrack("1", "a", same("A")), PrintedTrack("2", "b", same("B"), "#3f8f4f")]
    sessions = [shown("x", 9, track=tracks[0]), shown("y", 10, track=tracks[1]), shown("z", 11)]
    programme = Programme(sessions)
    assert dict(programme.hues) == {"a": 1, "b": 6}
    assert [programme.hue(each) for each in sessions] == [1, 6, 0]
    assert ids(programme.tracks["b"][1]) == ["y"]


@pytest.mark.parametrize(
    ("colour", "hue"),
    [("#1f6fd6", 1), ("#0f8a80", 2), ("#b4541a", 3), ("#7a4fc9", 4), ("#c23a6b", 5), ("#4d8a1d", 6), ("#a67c00", 7),
     ("#808080", 0), ("", 0), ("red", 0), ("#zzzzzz", 0), ("#ff0000", 5)],
)  # fmt: skip
def test_a_colour_is_the_nearest_of_the_pages_own(colour: str, hue: int) -> None:
    assert hue_of(colour) == hue


def test_people_are_indexed_by_pinyin_in_chinese_and_by_letters_in_english() -> None:
    names = [
        Text("赵云", "Zhao Yun"),
        Text("单文", "Shan Wen"),
        Text("", "Émile Zola"),
        Text("阿明", "A Ming"),
        Text("한국", ""),
    ]
    people = tuple(PrintedPerson(str(n), "speaker", name) for n, name in enumerate(names))
    programme = Programme([shown("a", 9, people=people), shown("b", 10, people=people[:1])])
    zh = {letter: [s.person.name.in_("zh") for s in group] for letter, group in programme.index("zh").items()}
    assert [*zh.items()] == [("A", ["阿明"]), ("E", ["Émile Zola"]), ("S", ["单文"]), ("Z", ["赵云"]), ("#", ["한국"])]
    assert [*programme.index("en")] == ["A", "E", "S", "Z", "#"]
    assert ids(programme.speakers["0"].sessions) == ["a", "b"]


@pytest.mark.parametrize(
    ("name", "letter"),
    [
        ("王芳", "W"),
        ("曾国藩", "Z"),
        ("翟天", "Z"),
        ("欧阳", "O"),
        ("Ångström", "A"),
        ("élan", "E"),
        ("7 of 9", "#"),
        ("", "#"),
    ],
)
def test_a_name_stands_under_its_letter(name: str, letter: str) -> None:
    assert letter_of(name) == letter


def test_an_index_is_in_order_whatever_the_order_before() -> None:
    names = ["周", "Zola", "安", "Anna", "7", "Ärzte"]
    assert sorted(names, key=lambda name: order_of(name, name)) == ["Anna", "Ärzte", "安", "Zola", "周", "7"]


def test_every_word_of_a_search_is_found_anywhere_in_a_session_in_whatever_letters() -> None:
    speaker = PrintedPerson("1", "speaker", Text("李娜", "Li Na"), Text("", "Université de Genève"))
    sessions = [
        shown("a", 9, title=Text("量子计算", "Quantum"), people=(speaker,), place=room("Hall A")),
        shown("b", 10, title=same("Ｆｏｏｄ"), abstract=Text("<p>About <b>quantum</b> fields</p>")),
    ]
    programme = Programme(sessions)
    found = {
        words: ids(programme.search(words))
        for words in ("QUANTUM", "geneve li", "food", "quantum hall", "<b>", " ", "量子")
    }
    assert found == {
        "QUANTUM": ["a", "b"], "geneve li": ["a"], "food": ["b"], "quantum hall": ["a"], "<b>": [], " ": [], "量子": ["a"],
    }  # fmt: skip


def test_now_and_next_are_told_by_the_instant_wherever_it_is_asked() -> None:
    sessions = [
        shown("over", 8, 60), shown("panel", 9, 120), shown("talk", 9, 30, parent_id="panel"), shown("soon", 10.5),
        shown("later", 11), shown("off", 9, state=State.CANCELLED),
    ]  # fmt: skip
    programme = Programme(sessions)
    nine = programme.at(datetime(2026, 11, 23, 1, 0, tzinfo=UTC))
    assert (ids(nine.running), ids(nine.following)) == (["talk"], ["soon"])
    half = programme.at(datetime(2026, 11, 23, 1, 30, tzinfo=UTC))
    assert (ids(half.running), ids(half.following)) == (["panel"], ["soon", "later"])


def test_what_is_chosen_stands_in_order_and_says_what_clashes() -> None:
    programme = Programme(
        [
            shown("long", 9, 180),
            shown("in", 10),
            shown("after", 12),
            shown("talk", 9, parent_id="long"),
            shown("off", 9, state=State.CANCELLED),
        ]
    )
    chosen = programme.chosen(["off", "after", "in", "long", "talk", "nothing"])
    assert ids(chosen) == ["long", "off", "talk", "in", "after"]
    assert {one: other.id for one, other in clashes(chosen).items()} == {"in": "long"}


def test_neighbours_are_of_the_same_sort() -> None:
    sessions = [shown("a", 9), shown("talk 1", 9, parent_id="a"), shown("talk 2", 9.5, parent_id="a"), shown("b", 10)]
    programme = Programme(sessions)
    a = programme.by_id["a"]
    before, after = programme.beside(a, programme.like(a, programme.sessions))
    assert (before, after and after.id) == (None, "b")
    talk = programme.by_id["talk 2"]
    before, after = programme.beside(talk, programme.like(talk, programme.sessions))
    assert (before and before.id, after) == ("talk 1", None)
