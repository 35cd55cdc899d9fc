"""A merged unit's nominations go on at the one it went into, however often and in whatever order that is heard."""

from services.awards.nominations.reactions import on_organisation_merged
from shared.messages.directory import OrganisationMerged
from shared.text import Text
from tests.alone import OTHER, ROOT, SOCIETY, state_of
from tests.awards.nominating import begin, open_call, path_of
from tests.awards.running import Awards


def merge(awards: Awards, unit: str, into: str) -> None:
    """Hear that a unit went into another."""
    state = state_of(unit, ROOT, "unit", Text("学会", "Society"), version=2)
    with awards.db.transaction() as tx:
        on_organisation_merged(tx, OrganisationMerged(organisation_id=unit, into_id=into, organisation=state))


def test_heard_twice_they_are_the_other_units_once(awards: Awards) -> None:
    open_call(awards)
    made = begin(awards)
    merge(awards, SOCIETY, OTHER)
    merge(awards, SOCIETY, OTHER)
    told = awards.get(path_of(made), "foreign_nominator")
    assert (told["unit_id"], told["version"], told["part"]) == (OTHER, 2, "unit")
    assert awards.status("GET", path_of(made), "nominator") == 404


def test_heard_before_there_are_any_nothing_happens(awards: Awards) -> None:
    open_call(awards)
    merge(awards, OTHER, SOCIETY)
    made = begin(awards)
    assert made["unit_id"] == SOCIETY
