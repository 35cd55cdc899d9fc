"""Every kind of conflict by example: when it is one, when it is not, and what it says."""

from dataclasses import replace
from string import Formatter

import pytest

from services.events.schedule import conflicts as module
from services.events.schedule.conflicts import ConflictIndex, find_conflicts
from services.events.schedule.explanations import SENTENCES, explain
from services.events.schedule.rules import (
    DEFAULT_LEVELS,
    Acceptance,
    Conflict,
    Kind,
    Level,
    Person,
    Placement,
    Resource,
    Room,
    Setting,
    Walking,
    Window,
    blocking,
    minutes_outside,
)
from shared.text import Text, same

NAMES = {
    "opening": Text("开幕式", "Opening"),
    "panel": Text("圆桌会议", "Panel"),
    "talk": Text("主旨报告", "Keynote"),
    "hall": Text("主会场", "Main hall"),
    "room": Text("二号会议室", "Room 2"),
    "li": Text("李明", "Li Ming"),
    "ai": Text("人工智能", "Artificial intelligence"),
    "booth": Text("中英同传", "Chinese–English booth"),
    "forum": Text("青年论坛", "Youth forum"),
}
EVERYWHERE = Setting()


def at(session: str, start: int, end: int, room: str | None = None, **more: object) -> Placement:
    """Place a session from one minute of the day to another."""
    return replace(Placement(session, start * 60, end * 60, room), **more)  # type: ignore[arg-type]


def told(placements: list[Placement], setting: Setting = EVERYWHERE) -> list[tuple[str, tuple[str, ...], str, str]]:
    """Return code, sessions, resource and English words of every conflict."""
    found = find_conflicts(placements, setting)
    return [(c.code, c.sessions, c.resource, explain(c, NAMES).en) for c in found]


def test_two_sessions_in_one_room_overlap() -> None:
    placements = [at("panel", 20, 60, "hall"), at("opening", 0, 30, "hall")]
    assert find_conflicts(placements, EVERYWHERE) == [
        Conflict(
            code="room_overlap",
            kind=Kind.ROOM_OVERLAP,
            level=Level.BLOCK,
            sessions=("opening", "panel"),
            resource="hall",
            start=1200,
            end=1800,
            facts=(("minutes", 10),),
        )
    ]


def test_back_to_back_is_no_overlap() -> None:
    placements = [
        at("opening", 0, 30, "hall", people=frozenset({"li"}), track_id="ai", tags=frozenset({"ai"})),
        at("panel", 30, 60, "hall", people=frozenset({"li"}), track_id="ai", tags=frozenset({"ai"})),
    ]
    assert told(placements, Setting(never_parallel=frozenset({"ai"}))) == []


def test_one_second_over_is_told_as_one_minute() -> None:
    placements = [Placement("opening", 0, 1801, "hall"), at("panel", 30, 60, "hall")]
    assert told(placements) == [
        ("room_overlap", ("opening", "panel"), "hall", "“Opening” and “Panel” are both in Main hall for 1 min.")
    ]


def test_sessions_without_a_room_share_none() -> None:
    assert told([at("opening", 0, 30), at("panel", 0, 30)]) == []


def test_a_talk_is_exempt_from_overlap_with_its_session_but_not_with_its_siblings() -> None:
    li = frozenset({"li"})
    whole = at("panel", 0, 60, "hall", people=li, track_id="ai", tags=frozenset({"ai"}))
    first = replace(whole, session_id="first", end=1800, parent_id="panel")
    second = replace(whole, session_id="second", start=1500, parent_id="panel")
    setting = Setting(never_parallel=frozenset({"ai"}))
    assert [(code, sessions) for code, sessions, *_ in told([whole, first, second], setting)] == [
        ("room_overlap", ("first", "second")),
        ("person_overlap", ("first", "second")),
        ("never_parallel", ("first", "second")),
        ("track_parallel", ("first", "second")),
    ]


def test_turnover_is_short_where_the_gap_is_less_than_the_buffer() -> None:
    setting = Setting(rooms={"hall": Room("hall", buffer_minutes=15)})
    assert told([at("opening", 0, 30, "hall"), at("panel", 45, 60, "hall")], setting) == []
    assert told([at("opening", 0, 30, "hall"), at("panel", 44, 60, "hall")], setting) == [
        (
            "turnover_short",
            ("opening", "panel"),
            "hall",
            "Main hall has 14 min between “Opening” and “Panel”; turnover takes 15 min.",
        )
    ]


def test_an_overlap_is_not_told_again_as_short_turnover() -> None:
    setting = Setting(rooms={"hall": Room("hall", buffer_minutes=15)})
    found = told([at("opening", 0, 30, "hall"), at("panel", 29, 60, "hall")], setting)
    assert [code for code, *_ in found] == ["room_overlap"]


def test_talks_of_one_session_need_no_turnover() -> None:
    setting = Setting(rooms={"hall": Room("hall", buffer_minutes=15)})
    talks = [at("first", 0, 30, "hall", parent_id="panel"), at("second", 30, 60, "hall", parent_id="panel")]
    assert told(talks, setting) == []


def test_a_person_in_two_places_is_one_conflict_for_the_pair() -> None:
    li = frozenset({"li"})
    assert told([at("opening", 0, 30, "hall", people=li), at("panel", 20, 60, "room", people=li)]) == [
        ("person_overlap", ("opening", "panel"), "li", "Li Ming is expected in “Opening” and in “Panel” for 10 min.")
    ]


def test_a_person_needs_the_time_to_walk() -> None:
    li = frozenset({"li"})
    setting = Setting(
        rooms={"hall": Room("hall", "north"), "room": Room("room", "south")}, walking=Walking(other_building=12)
    )
    opening = at("opening", 0, 30, "hall", people=li)
    assert told([opening, at("panel", 42, 60, "room", people=li)], setting) == []
    assert told([opening, at("panel", 30, 60, "hall", people=li)], setting) == []
    assert told([opening, at("panel", 30, 60, people=li)], setting) == []
    assert told([opening, at("panel", 41, 60, "room", people=li)], setting) == [
        (
            "person_overlap.walk",
            ("opening", "panel"),
            "li",
            "Li Ming has 11 min between “Opening” and “Panel”; the way from Main hall to Room 2 takes 12 min.",
        )
    ]


@pytest.mark.parametrize(
    ("one", "other", "minutes"),
    [
        (Room("a", "north"), Room("a", "north"), 0),
        (Room("a", "north"), Room("b", "north"), 3),
        (Room("b", "north"), Room("a", "north"), 3),
        (Room("a", "north"), Room("c", "north"), 2),
        (Room("a", "north"), Room("d", "south"), 7),
        (Room("d", "south"), Room("a", "north"), 7),
        (Room("a", "north"), Room("e", "west"), 10),
        (Room("a", "north"), Room("f"), 0),
    ],
)
def test_the_way_between_rooms(one: Room, other: Room, minutes: int) -> None:
    walking = Walking({frozenset("ab"): 3}, {frozenset({"north", "south"}): 7}, same_building=2, other_building=10)
    assert walking.minutes(one, other) == minutes


def test_a_person_outside_their_windows() -> None:
    setting = Setting(people={"li": Person("li", (Window(0, 1800), Window(3600, 7200)))})
    assert told([at("opening", 0, 30, people=frozenset({"li", "stranger"}))], setting) == []
    assert told([at("panel", 20, 70, people=frozenset({"li"}))], setting) == [
        ("person_unavailable", ("panel",), "li", "Li Ming is not available for 30 min of “Panel”.")
    ]


def test_a_closed_room() -> None:
    setting = Setting(rooms={"hall": Room("hall", open=(Window(0, 3600),), closed=(Window(600, 1200),))})
    assert told([at("opening", 20, 60, "hall")], setting) == []
    assert told([at("panel", 15, 70, "hall")], setting) == [
        ("room_closed", ("panel",), "hall", "Main hall is closed for 15 min of “Panel”.")
    ]


def test_windows_that_touch_are_one() -> None:
    assert minutes_outside(0, 3600, (Window(0, 1800), Window(1800, 3600))) == 0
    assert minutes_outside(0, 3600, ()) == 0
    assert minutes_outside(0, 3601, (Window(0, 3600),)) == 1
    assert minutes_outside(0, 3600, (), (Window(1800, 9000), Window(0, 60))) == 31


def test_more_people_than_the_room_holds() -> None:
    setting = Setting(rooms={"room": Room("room", capacity=80)})
    assert told([at("opening", 0, 30, "room", expected_attendance=80), at("talk", 30, 60, "room")], setting) == []
    assert told([at("panel", 0, 30, "room", expected_attendance=81)], setting) == [
        ("capacity_short", ("panel",), "room", "“Panel” expects 81 people; Room 2 holds 80.")
    ]


def test_one_track_in_parallel_and_tags_that_never_may_be() -> None:
    both = {"track_id": "ai", "tags": frozenset({"ai", "free"})}
    setting = Setting(never_parallel=frozenset({"ai"}))
    assert told([at("opening", 0, 30, "hall", **both), at("panel", 20, 60, "room", **both)], setting) == [
        (
            "never_parallel",
            ("opening", "panel"),
            "ai",
            "“Opening” and “Panel” are both tagged “Artificial intelligence”, never to run in parallel, but do for 10 min.",
        ),
        (
            "track_parallel",
            ("opening", "panel"),
            "ai",
            "“Opening” and “Panel” of the track “Artificial intelligence” run in parallel for 10 min.",
        ),
    ]


def test_an_overbooked_resource_is_one_conflict_for_one_stretch() -> None:
    setting = Setting(resources={"booth": Resource("booth", 2, interpreters=True), "screen": Resource("screen", 1)})
    placements = [
        at("opening", 0, 30, needs=(("booth", 1), ("screen", 1))),
        at("panel", 10, 40, needs=(("booth", 2),)),
        at("talk", 40, 60, needs=(("booth", 2), ("screen", 1))),
    ]
    (conflict,) = find_conflicts(placements, setting)
    assert conflict == Conflict(
        code="interpreter_overbooked",
        kind=Kind.INTERPRETER_OVERBOOKED,
        level=Level.WARN,
        sessions=("opening", "panel"),
        resource="booth",
        start=600,
        end=1800,
        facts=(("need", 3), ("have", 2)),
    )
    assert explain(conflict, NAMES) == Text(
        "“中英同传”译员不足：同时需要 3，只有 2。涉及“开幕式”、“圆桌会议”。",
        "Too few interpreters “Chinese–English booth”: 3 needed at once, 2 there. Sessions: “Opening”, “Panel”.",
    )


def test_a_talk_draws_on_the_equipment_of_its_session() -> None:
    setting = Setting(resources={"screen": Resource("screen", 2)})
    whole = at("panel", 0, 60, needs=(("screen", 2),))
    inside = at("talk", 0, 30, parent_id="panel", needs=(("screen", 2),))
    assert told([whole, inside], setting) == []
    more = replace(inside, needs=(("screen", 3),))
    assert [(code, sessions) for code, sessions, *_ in told([whole, more], setting)] == [
        ("equipment_overbooked", ("panel", "talk"))
    ]


def test_outside_the_hours_of_the_edition() -> None:
    setting = Setting(hours=(Window(0, 3600),))
    assert told([at("opening", 0, 60), at("panel", 50, 75)], setting) == [
        ("outside_hours", ("panel",), "", "15 min of “Panel” are outside the hours of the edition.")
    ]


def test_rooms_and_people_booked_by_another_edition() -> None:
    li = frozenset({"li"})
    setting = Setting(
        rooms={"hall": Room("hall", "north", buffer_minutes=10), "room": Room("room", "south")},
        walking=Walking(other_building=20),
        elsewhere=(
            at("theirs", 0, 30, "hall", people=li, edition_id="forum"),
            at("theirs too", 0, 30, "hall", edition_id="forum"),
        ),
    )
    assert told([at("opening", 40, 60, "hall"), at("panel", 50, 60, "room", people=li)], setting) == []
    assert told([at("opening", 29, 39, "hall", people=li)], replace(setting, elsewhere=setting.elsewhere[:1])) == [
        (
            "room_booked_elsewhere",
            ("opening",),
            "hall",
            "Main hall is booked by “Youth forum” for 1 min of “Opening”.",
        ),
        (
            "person_booked_elsewhere",
            ("opening",),
            "li",
            "Li Ming is expected at “Youth forum” for 1 min of “Opening”.",
        ),
    ]
    close = find_conflicts([at("opening", 35, 40, "hall"), at("panel", 49, 60, "room", people=li)], setting)
    assert [(c.code, c.sessions, c.other, c.facts) for c in close] == [
        (
            "room_booked_elsewhere.turnover",
            ("opening",),
            "theirs",
            (("gap", 5), ("need", 10), ("edition", "forum")),
        ),
        (
            "room_booked_elsewhere.turnover",
            ("opening",),
            "theirs too",
            (("gap", 5), ("need", 10), ("edition", "forum")),
        ),
        (
            "person_booked_elsewhere.walk",
            ("panel",),
            "theirs",
            (("gap", 19), ("need", 20), ("from_room", "hall"), ("to_room", "room"), ("edition", "forum")),
        ),
    ]


def test_what_an_edition_ignores_is_not_found_and_levels_come_first() -> None:
    li = frozenset({"li"})
    placements = [at("opening", 0, 30, "hall", people=li), at("panel", 0, 30, "hall", people=li)]
    levels = {Kind.ROOM_OVERLAP: Level.NOTE}
    found = [(c.kind, c.level) for c in find_conflicts(placements, Setting(levels=levels))]
    assert found == [(Kind.PERSON_OVERLAP, Level.BLOCK), (Kind.ROOM_OVERLAP, Level.NOTE)]
    ignoring = Setting(levels=dict.fromkeys(Kind, Level.IGNORE))
    assert find_conflicts(placements, ignoring) == []


def test_the_default_levels_block_only_what_cannot_be() -> None:
    assert {kind for kind in Kind if DEFAULT_LEVELS[kind] is Level.BLOCK} == {
        Kind.ROOM_OVERLAP,
        Kind.PERSON_OVERLAP,
        Kind.ROOM_CLOSED,
    }
    assert [level.rank for level in (Level.IGNORE, Level.NOTE, Level.WARN, Level.BLOCK)] == [0, 1, 2, 3]


def test_a_conflict_keeps_its_name_when_it_moves_and_can_be_accepted_by_it() -> None:
    (conflict,) = find_conflicts([at("opening", 0, 30, "hall"), at("panel", 20, 60, "hall")], EVERYWHERE)
    (moved,) = find_conflicts([at("panel", 99, 140, "hall"), at("opening", 98, 100, "hall")], EVERYWHERE)
    (elsewhere,) = find_conflicts([at("opening", 0, 30, "room"), at("panel", 20, 60, "room")], EVERYWHERE)
    assert conflict.key == moved.key == "room_overlap-75d034bbaf92c5c3114ed5e5"
    assert blocking([conflict, elsewhere], [Acceptance(conflict.key, "合并举行", "li")]) == [elsewhere]


def test_a_level_below_block_does_not_block() -> None:
    placements = [at("opening", 0, 30, "hall"), at("panel", 20, 60, "hall")]
    assert blocking(find_conflicts(placements, Setting(levels={Kind.ROOM_OVERLAP: Level.WARN}))) == []


def test_every_code_has_a_sentence_whose_sides_tell_the_same_facts() -> None:
    codes = {code for table in (module._WITHIN, module._ELSEWHERE) for code, _ in table.values()} | set(Kind)
    assert set(SENTENCES) == codes
    fields = {
        code: tuple({name for _, name, _, _ in Formatter().parse(side) if name} for side in (text.zh, text.en))
        for code, text in SENTENCES.items()
    }
    assert [code for code, (zh, en) in fields.items() if zh != en] == []


def test_an_id_without_a_name_stands_for_itself_and_braces_in_names_are_kept() -> None:
    (conflict,) = find_conflicts([at("opening", 0, 30, "hall"), at("panel", 20, 60, "hall")], EVERYWHERE)
    assert explain(conflict, {"opening": same("{a}")}) == Text(
        "“{a}”与“panel”同时安排在hall，重叠 10 分钟。", "“{a}” and “panel” are both in hall for 10 min."
    )


def test_a_move_tells_what_is_gone_and_what_has_come() -> None:
    opening, panel = at("opening", 0, 30, "hall"), at("panel", 20, 60, "hall")
    index = ConflictIndex([opening, panel], EVERYWHERE)
    (before,) = index.conflicts()
    assert index.check(at("panel", 30, 60, "hall")) == []
    assert index.conflicts() == [before]
    assert index.moved(at("panel", 30, 60, "hall")) == ([before], [])
    assert index.moved(panel) == ([], [before])
    gone, come = index.moved(at("panel", 10, 60, "hall"))
    assert ([c.facts for c in gone], [c.facts for c in come]) == ([(("minutes", 10),)], [(("minutes", 20),)])
    assert index.removed("opening") == (come, [])
    assert index.removed("opening") == ([], [])
    assert index.moved(opening) == ([], come)
