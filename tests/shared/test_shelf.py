"""The shelf: what is asked for stays, what is not goes, and its size is kept."""

from shared.shelf import Shelf


def shelf() -> Shelf[int, bytes]:
    """Return a shelf for ten bytes."""
    return Shelf(10, len)


def test_what_is_asked_for_stays_and_what_is_not_goes() -> None:
    kept = shelf()
    kept.keep(dict.fromkeys(range(4), b"x"))
    for number in range(4, 40):
        kept.keep({number: b"x"})
        assert set(kept.find([0, 1])) == {0, 1}
    assert set(kept.find(range(40))) >= {0, 1, 39}
    assert 2 not in kept.find(range(40)), "nobody asked for it"


def test_one_is_found_as_many_are() -> None:
    kept = shelf()
    for number in range(40):
        kept.keep({number: b"x"})
        assert kept.find_one(0) == kept.find_one(number) == b"x", "asked for, it stays"
    assert kept.find_one(2) is None, "nobody asked for it"


def test_no_more_is_kept_than_the_limit() -> None:
    kept = shelf()
    for number in range(40):
        kept.keep({number: b"xx", number % 7: b"yy"})
        found = kept.find(range(40))
        assert sum(map(len, found.values())) <= 10
        assert number in found


def test_what_is_too_large_is_not_kept_and_drives_nothing_out() -> None:
    kept = shelf()
    kept.keep({1: b"x"})
    made = [kept.get(2, lambda: b"far too large") for _ in range(2)]
    assert made == [b"far too large"] * 2
    assert set(kept.find([1, 2])) == {1}


def test_what_is_kept_is_made_once() -> None:
    kept, asked = shelf(), list[int]()

    def make() -> bytes:
        asked.append(1)
        return b"x"

    assert {kept.get(1, make) for _ in range(3)} == {b"x"}
    assert asked == [1]
