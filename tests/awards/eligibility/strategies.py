"""Rules and facts of every kind, for properties that hold for all of them."""

from typing import Any

from hypothesis import strategies as st

from tests.awards.eligibility.build import rule, text

DAYS = st.sampled_from(
    ["1980-12-31", "1981-01-01", "1984-02-29", "1985-12-31", "1986-01-01", "2024-02-29", "2026-03-06"]
)
SMALL = st.integers(0, 3)
WORDS = {
    "sex": ["female", "male"],
    "nationality": ["CN", "US"],
    "region": ["11", "54"],
    "unit_kind": ["university", "enterprise"],
    "post_level": ["none", "bureau"],
    "discipline": ["physics", "medicine"],
}
PROGRAMMES = st.sampled_from(["AW01", "TP01"])
DEGREES = st.sampled_from(["none", "bachelor", "master", "doctor"])
TITLES = st.sampled_from(["none", "intermediate", "associate_senior", "senior"])
FIELDS = st.sampled_from(["a", "b"])


def _among() -> st.SearchStrategy[Any]:
    return st.sampled_from(sorted(WORDS)).flatmap(
        lambda fact: st.fixed_dictionaries(
            {
                "test": st.just("among"),
                "fact": st.just(fact),
                "values": st.lists(st.sampled_from(WORDS[fact]), min_size=1, max_size=2),
            }
        )
    )


def _test(name: str, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries({"test": st.just(name), **parts})


PROGRAMME_LIST = st.lists(PROGRAMMES, min_size=1, max_size=2)
MOMENTS = st.one_of(
    st.fixed_dictionaries(
        {"on": DAYS, "plus": st.integers(-10, 10), "unit": st.sampled_from(["days", "working_days", "months", "years"])}
    ),
    st.fixed_dictionaries({"field": FIELDS, "plus": st.integers(-10, 10)}),
)
LEAVES = st.one_of(
    _among(),
    _test("born", on_or_after=DAYS),
    _test("age", on=DAYS, at_most=st.integers(0, 45)),
    _test("degree", at_least=DEGREES),
    _test("title", at_least=TITLES),
    _test("membership", societies=st.just(["s"]), on=DAYS, years=SMALL),
    _test("history", of=st.sampled_from(["awards", "nominations"]), programmes=PROGRAMME_LIST, at_most=SMALL),
    _test("history", of=st.just("awards"), programmes=PROGRAMME_LIST, last_years=SMALL, grades=st.just(["first"])),
    _test("pause", programmes=PROGRAMME_LIST, after=st.integers(1, 3), rest=st.integers(1, 2)),
    _test("same_unit", of=st.sampled_from(["members", "co_nominators"]), at_most=SMALL),
    _test("size", of=st.sampled_from(["members", "co_nominators", "achievements"]), at_most=SMALL),
    _test("achievements", last_years=st.integers(1, 3), until=DAYS, at_least=SMALL),
    _test("given", field=FIELDS),
    _test("flag", field=FIELDS, value=st.booleans()),
    _test("choice", field=FIELDS, values=st.just(["x"])),
    _test("number", field=FIELDS, at_least=SMALL),
    _test("date", field=FIELDS, not_before=MOMENTS),
)
CONDITIONS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        _test("all", of=st.lists(inner, min_size=1, max_size=3)),
        _test("any", of=st.lists(inner, min_size=1, max_size=3)),
        _test("not", of=inner),
    ),
    max_leaves=6,
)
EXCEPTIONS = st.lists(st.fixed_dictionaries({"when": CONDITIONS, "requires": st.none() | CONDITIONS}), max_size=2).map(
    lambda each: [{"key": f"e{n}", "clause": text("e"), **one} for n, one in enumerate(each)]
)
CATEGORIES = st.lists(st.sampled_from(["person", "team"]), max_size=1)
RULES = st.lists(st.tuples(CONDITIONS, EXCEPTIONS, CATEGORIES), max_size=4).map(
    lambda each: [
        rule(f"r{n}", requires, exceptions=exceptions, categories=categories)
        for n, (requires, exceptions, categories) in enumerate(each)
    ]
)

RECORDS = st.lists(
    st.fixed_dictionaries(
        {"programme": PROGRAMMES},
        optional={
            "year": st.integers(2024, 2026),
            "number": st.integers(7, 9),
            "grade": st.sampled_from(["first", "b"]),
        },
    ),
    max_size=4,
)
COMPANIONS = st.lists(st.fixed_dictionaries({}, optional={"unit": st.sampled_from(["u", "v"])}), max_size=4)
VALUES = st.one_of(st.booleans(), st.integers(0, 4), st.sampled_from(["x", "y"]), DAYS, st.just(["x"]))
KNOWN: dict[str, st.SearchStrategy[Any]] = {
    "category": st.sampled_from(["person", "team"]),
    "year": st.just(2026),
    "number": st.just(10),
    "born_on": DAYS,
    **{fact: st.sampled_from(words) for fact, words in WORDS.items()},
    "unit": st.sampled_from(["u", "v"]),
    "degree": DEGREES,
    "title": TITLES,
    "memberships": st.lists(
        st.fixed_dictionaries({"society": st.sampled_from(["s", "t"])}, optional={"from_on": DAYS, "until_on": DAYS}),
        max_size=2,
    ),
    "awards": RECORDS,
    "nominations": RECORDS,
    "members": COMPANIONS,
    "co_nominators": COMPANIONS,
    "achievements": st.lists(DAYS, max_size=3),
}
FORMS = st.fixed_dictionaries({}, optional={"a": VALUES, "b": VALUES})
FACTS = st.tuples(st.fixed_dictionaries({}, optional=KNOWN), FORMS).map(lambda each: {**each[0], "form": each[1]})
"""Some known, some not."""


ODD = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=5), st.just([]), st.just({}),
    st.just("\ud800"), st.just("\x00"), st.just(10**30), st.just([[[]]]),
)  # fmt: skip
"""What nobody would write there."""


@st.composite
def spoilt(draw: st.DrawFn, whole: st.SearchStrategy[Any]) -> Any:
    """Draw something with one value in it, however deep, that is odd."""
    value = draw(whole)
    if (
        isinstance(value, dict | list)
        and value
        and draw(st.booleans() if not isinstance(value, list) else st.just(True))
    ):
        places = sorted(value) if isinstance(value, dict) else range(len(value))
        place = draw(st.sampled_from(list(places)))
        changed = dict(value) if isinstance(value, dict) else list(value)
        changed[place] = draw(spoilt(st.just(value[place])))  # type: ignore[index]
        return changed
    return draw(ODD)
