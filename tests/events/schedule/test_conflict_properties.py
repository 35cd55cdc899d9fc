"""What must hold for every schedule: the sweep finds what looking at every pair and every tick finds."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.events.schedule.conflicts import ConflictIndex, find_conflicts
from services.events.schedule.rules import (
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
)

TICK = 30
LAST = 40
SESSIONS = [f"s{n}" for n in range(8)]
PEOPLE = [frozenset(ids) for ids in ((), ("p0",), ("p1",), ("p0", "p1", "p2"))]
TAGS = [frozenset(ids) for ids in ((), ("g0",), ("g0", "g1"))]
NEEDS: list[tuple[tuple[str, int], ...]] = [
    (),
    (("x0", 1),),
    (("x0", 2), ("x1", 1)),
    (("x0", 1), ("x0", 2)),
    (("x1", 1), ("x2", 9)),
    (("x0", 0),),
]
WINDOWS = [(), ((5, 30),), ((0, 20), (20, 35)), ((0, 15), (10, 12)), ((3, 4), (30, 80))]
windows = st.sampled_from([tuple(Window(a * TICK, b * TICK) for a, b in case) for case in WINDOWS])
minutes = st.integers(0, 6)
searching = settings(deadline=None, max_examples=200, suppress_health_check=[HealthCheck.too_slow])


@st.composite
def placements(draw: st.DrawFn, session: str | None = None, edition: str = "") -> Placement:
    """Draw a placement of any shape, one without length and one within another included."""
    start = draw(st.integers(0, LAST)) * TICK
    return Placement(
        session_id=session or draw(st.sampled_from(SESSIONS)),
        start=start,
        end=start + draw(st.integers(0, 12)) * TICK,
        room_id=draw(st.sampled_from(["r0", "r1", "r2", None])),
        people=draw(st.sampled_from(PEOPLE)),
        parent_id=draw(st.sampled_from([None, None, "s0", "s1"])),
        track_id=draw(st.sampled_from([None, "t0", "t1"])),
        tags=draw(st.sampled_from(TAGS)),
        expected_attendance=draw(st.sampled_from([None, 0, 10, 11])),
        needs=draw(st.sampled_from(NEEDS)),
        edition_id=edition,
    )


@st.composite
def schedules(draw: st.DrawFn, prefix: str = "s", most: int = len(SESSIONS), edition: str = "") -> list[Placement]:
    """Draw the placements of an edition, one per session."""
    return [draw(placements(f"{prefix}{n}", edition)) for n in range(draw(st.integers(0, most)))]


@st.composite
def surroundings(draw: st.DrawFn) -> Setting:
    """Draw a setting in which some rooms, people and resources are known and others are not."""
    return Setting(
        rooms={
            "r0": Room("r0", draw(st.sampled_from(["b0", None])), 10, draw(minutes), draw(windows), draw(windows)),
            "r1": Room("r1", draw(st.sampled_from(["b0", "b1"])), None, draw(minutes), draw(windows)),
        },
        people={"p0": Person("p0", draw(windows)), "p1": Person("p1")},
        resources={"x0": Resource("x0", draw(st.integers(0, 4))), "x1": Resource("x1", 1, interpreters=True)},
        hours=draw(windows),
        never_parallel=draw(st.sampled_from(TAGS)),
        walking=Walking(
            draw(st.sampled_from([{}, {frozenset({"r0", "r2"}): 5}])),
            draw(st.sampled_from([{}, {frozenset({"b0", "b1"}): 4}])),
            draw(minutes),
            draw(minutes),
        ),
        levels=draw(st.dictionaries(st.sampled_from(Kind), st.sampled_from(Level), max_size=3)),
        elsewhere=tuple(draw(schedules("e", 3, "forum"))),
    )


def minutes_up(ticks: int) -> int:
    """Return whole minutes, rounded up."""
    return -(-ticks * TICK // 60)


def ticks(placement: Placement) -> range:
    """Return every tick that a placement takes."""
    return range(placement.start, placement.end, TICK)


def outside(placement: Placement, usable: tuple[Window, ...], closed: tuple[Window, ...] = ()) -> int:
    """Count the minutes outside, tick by tick."""

    def within(tick: int, windows: tuple[Window, ...]) -> bool:
        return any(tick in range(window.start, window.end) for window in windows)

    return minutes_up(sum(bool(usable and not within(t, usable)) or within(t, closed) for t in ticks(placement)))


def pair_facts(code: str, variant: str, a: Placement, b: Placement, need: int) -> Iterator[tuple[str, int, int, tuple]]:
    """Yield code, start, end and facts where two placements overlap, or stand closer than `need` minutes."""
    start, end = max(a.start, b.start), min(a.end, b.end)
    if start < end:
        yield code, start, end, (("minutes", minutes_up(len(set(ticks(a)) & set(ticks(b))))),)
    elif variant and start - end < need * 60:
        facts: tuple = (("gap", (start - end) // 60), ("need", need))
        if variant.endswith(".walk"):
            first, then = sorted((a, b), key=lambda p: (p.start, p.end, p.room_id))
            facts += (("from_room", first.room_id), ("to_room", then.room_id))
        yield variant, end, start, facts


def shared(a: Placement, b: Placement, setting: Setting) -> Iterator[tuple[str, str, int]]:
    """Yield what two placements have in common: axis, id and the minutes needed between them."""
    known = [setting.rooms.get(p.room_id or "") or Room(p.room_id or "") for p in (a, b)]
    if a.room_id and a.room_id == b.room_id:
        siblings = a.parent_id is not None and a.parent_id == b.parent_id
        yield "room", a.room_id, 0 if siblings else known[0].buffer_minutes
    way = setting.walking.minutes(*known) if a.room_id and b.room_id else 0
    for person in a.people & b.people:
        yield "person", person, way
    if a.track_id and a.track_id == b.track_id:
        yield "track", a.track_id, 0
    for tag in a.tags & b.tags & setting.never_parallel:
        yield "tag", tag, 0


WITHIN = {
    "room": ("room_overlap", "turnover_short"),
    "person": ("person_overlap", "person_overlap.walk"),
    "track": ("track_parallel", ""),
    "tag": ("never_parallel", ""),
}
ELSEWHERE = {
    "room": ("room_booked_elsewhere", "room_booked_elsewhere.turnover"),
    "person": ("person_booked_elsewhere", "person_booked_elsewhere.walk"),
}


def oracle(schedule: list[Placement], setting: Setting) -> set[Conflict]:
    """Find conflicts by looking at every pair and every tick."""
    levels = setting.minded()
    found = [*pairs(schedule, setting), *singles(schedule, setting), *stretches(schedule, setting)]
    return {
        Conflict(code, kind, levels[kind], *rest)
        for code, *rest in found
        if (kind := Kind(code.partition(".")[0])) in levels
    }


def pairs(schedule: list[Placement], setting: Setting) -> Iterator[tuple]:
    """Yield what two placements do to each other."""
    for a, b in combinations(schedule, 2):
        if b.session_id == a.parent_id or a.session_id == b.parent_id:
            continue
        sessions = tuple(sorted((a.session_id, b.session_id)))
        for axis, id_, need in shared(a, b, setting):
            for code, start, end, facts in pair_facts(*WITHIN[axis], a, b, need):
                yield code, sessions, id_, start, end, facts, ""
    for a in schedule:
        for b in setting.elsewhere:
            if b.parent_id == a.session_id:
                continue
            for axis, id_, need in shared(a, b, setting):
                for code, start, end, facts in pair_facts(*ELSEWHERE.get(axis, ("", "")), a, b, need):
                    if code:
                        yield code, (a.session_id,), id_, start, end, (*facts, ("edition", b.edition_id)), b.session_id


def singles(schedule: list[Placement], setting: Setting) -> Iterator[tuple]:
    """Yield what is wrong with one placement by itself."""
    for p in schedule:
        reasons = [("outside_hours", "", (("minutes", outside(p, setting.hours)),))]
        if room := setting.rooms.get(p.room_id or ""):
            reasons.append(("room_closed", room.id, (("minutes", outside(p, room.open, room.closed)),)))
            if room.capacity is not None and (p.expected_attendance or 0) > room.capacity:
                facts = (("expected", p.expected_attendance), ("capacity", room.capacity))
                reasons.append(("capacity_short", room.id, facts))
        for person in setting.people.values():
            if person.id in p.people:
                reasons.append(("person_unavailable", person.id, (("minutes", outside(p, person.windows)),)))
        for code, id_, facts in reasons:
            if facts[0][1]:
                yield code, (p.session_id,), id_, p.start, p.end, facts, ""


def stretches(schedule: list[Placement], setting: Setting) -> Iterator[tuple]:
    """Yield the overbooked stretches of each resource, tick by tick."""
    for resource in setting.resources.values():
        amounts = {p.session_id: sum(n for id_, n in p.needs if id_ == resource.id) for p in schedule}
        involved: set[str] = set()
        start = peak = 0
        for tick in range(0, 2 * LAST * TICK, TICK):
            going = [p for p in schedule if tick in ticks(p) and amounts[p.session_id]]
            families: dict[str, list[int]] = defaultdict(lambda: [0, 0])
            for p in going:
                families[p.parent_id or p.session_id][bool(p.parent_id)] += amounts[p.session_id]
            need = sum(max(family) for family in families.values())
            if need > resource.total:
                start = start if involved else tick
                peak = max(peak, need) if involved else need
                involved |= {p.session_id for p in going}
            elif involved:
                code = "interpreter_overbooked" if resource.interpreters else "equipment_overbooked"
                facts = (("need", peak), ("have", resource.total))
                yield code, tuple(sorted(involved)), resource.id, start, tick, facts, ""
                involved = set()


def order(schedule: Iterable[Placement]) -> list[Placement]:
    """Return placements in order of their sessions' ids."""
    return sorted(schedule, key=lambda p: p.session_id)


@searching
@given(schedules(), surroundings())
def test_finds_what_looking_at_everything_finds(schedule: list[Placement], setting: Setting) -> None:
    found = find_conflicts(schedule, setting)
    assert set(found) == oracle(schedule, setting)
    assert len({conflict.key for conflict in found}) == len(found)


@searching
@given(schedules(), surroundings(), st.lists(placements() | st.sampled_from(SESSIONS), max_size=8))
def test_an_index_after_any_moves_equals_a_fresh_search(
    schedule: list[Placement], setting: Setting, moves: list[Placement | str]
) -> None:
    index = ConflictIndex(schedule, setting)
    state = {p.session_id: p for p in schedule}
    for move in moves:
        before = set(index.conflicts())
        if isinstance(move, str):
            state.pop(move, None)
            gone, come = index.removed(move)
        else:
            state[move.session_id] = move
            hypothetical = index.check(move)
            assert set(index.conflicts()) == before
            gone, come = index.moved(move)
            assert hypothetical == [c for c in index.conflicts() if move.session_id in c.sessions]
        assert index.conflicts() == find_conflicts(state.values(), setting)
        assert (set(gone), set(come)) == (before - set(index.conflicts()), set(index.conflicts()) - before)


@searching
@given(schedules(), surroundings(), st.randoms(use_true_random=False))
def test_the_order_of_placements_changes_nothing(schedule: list[Placement], setting: Setting, rng) -> None:  # type: ignore[no-untyped-def]
    shuffled = rng.sample(schedule, len(schedule))
    assert find_conflicts(shuffled, setting) == find_conflicts(order(schedule), setting)


@searching
@given(schedules(), surroundings(), st.permutations(SESSIONS))
def test_other_names_give_the_same_conflicts(schedule: list[Placement], setting: Setting, names: list[str]) -> None:
    new = dict(zip(SESSIONS, names, strict=True))
    foreign = tuple(replace(p, parent_id=new.get(p.parent_id or "")) for p in setting.elsewhere)
    renamed = [replace(p, session_id=new[p.session_id], parent_id=new.get(p.parent_id or "")) for p in schedule]
    expected = {
        replace(c, sessions=tuple(sorted(new[s] for s in c.sessions))) for c in find_conflicts(schedule, setting)
    }
    assert set(find_conflicts(renamed, replace(setting, elsewhere=foreign))) == expected


@searching
@given(schedules(), surroundings(), st.sampled_from([-86_400, 86_400, 12_345]))
def test_another_day_changes_only_the_times(schedule: list[Placement], setting: Setting, by: int) -> None:
    found = find_conflicts([shifted(p, by) for p in schedule], later(setting, by))
    expected = [replace(c, start=c.start + by, end=c.end + by) for c in find_conflicts(schedule, setting)]
    assert found == expected
    assert [c.key for c in found] == [c.key for c in expected]


def shifted(placement: Placement, by: int) -> Placement:
    """Move a placement by seconds."""
    return replace(placement, start=placement.start + by, end=placement.end + by)


def later(setting: Setting, by: int) -> Setting:
    """Move everything in a setting by seconds."""

    def moved(windows: tuple[Window, ...]) -> tuple[Window, ...]:
        return tuple(Window(w.start + by, w.end + by) for w in windows)

    return replace(
        setting,
        rooms={r.id: replace(r, open=moved(r.open), closed=moved(r.closed)) for r in setting.rooms.values()},
        people={p.id: replace(p, windows=moved(p.windows)) for p in setting.people.values()},
        hours=moved(setting.hours),
        elsewhere=tuple(shifted(p, by) for p in setting.elsewhere),
    )
