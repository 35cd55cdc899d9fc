"""Two who write at once never lose a character: whatever each wrote stands, or both are told."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.awards.nominations.rules import alike, merged

PLACES = ("/content/a", "/content/b", "/content/c")
VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(0, 2), st.text(max_size=3), st.lists(st.integers(0, 1), max_size=2)
)
SAID = st.dictionaries(st.sampled_from(PLACES), VALUES)


def put(said: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return what is said after changes; a place without anything is not there."""
    return {place: value for place, value in {**said, **changes}.items() if value is not None}


@given(SAID, SAID, SAID)
def test_what_either_wrote_stands_or_clashes(base: dict[str, Any], one: dict[str, Any], other: dict[str, Any]) -> None:
    base = put({}, base)
    current = put(base, one)
    changes, clashes = merged(current, base, other)
    after = put(current, changes)
    clashing = {clash.place for clash in clashes}
    for place in PLACES:
        theirs_changed = not alike(current.get(place), base.get(place))
        mine = other.get(place)
        mine_changed = place in other and not alike(mine, base.get(place))
        if theirs_changed and mine_changed and not alike(mine, current.get(place)):
            assert place in clashing
        elif mine_changed:
            assert alike(after.get(place), mine)
        else:
            assert alike(after.get(place), current.get(place))
    for clash in clashes:
        assert alike(clash.theirs, current.get(clash.place))
        assert alike(clash.yours, other[clash.place])
        assert alike(clash.base, base.get(clash.place))


@given(SAID, SAID)
def test_who_writes_alone_is_never_refused(base: dict[str, Any], other: dict[str, Any]) -> None:
    base = put({}, base)
    changes, clashes = merged(base, base, other)
    assert (put(base, changes), clashes) == (put(base, other), [])


@given(SAID, SAID, SAID)
def test_in_whatever_order_two_come_the_outcome_is_the_same(
    base: dict[str, Any], one: dict[str, Any], other: dict[str, Any]
) -> None:
    base = put({}, base)
    outcomes = []
    for first, second in ((one, other), (other, one)):
        current = put(base, first)
        changes, clashes = merged(current, base, second)
        outcomes.append((put(current, changes), sorted(clash.place for clash in clashes)))
    if not outcomes[0][1] and not outcomes[1][1]:
        assert alike(outcomes[0][0], outcomes[1][0])
    assert bool(outcomes[0][1]) == bool(outcomes[1][1])
