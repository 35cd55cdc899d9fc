"""An organisation's new name reaches what calendars say of its editions, however often and late it is heard."""

from shared.ledger import Numbered
from shared.message import Message
from shared.messages.directory import OrganisationRenamed
from shared.text import Text
from tests.alone import ROOT, SOCIETY, state_of
from tests.events.running import Events


def hear(events: Events, number: int, version: int, name: Text) -> None:
    """Let the service hear that the society was renamed."""
    state = state_of(SOCIETY, ROOT, "society", name, version)
    fact = OrganisationRenamed(organisation_id=SOCIETY, organisation=state)
    message = Message.wrap(fact, source="directory", at=events.clock())
    for _ in range(2):
        events.runtime.deliverer.deliver([Numbered("directory", number, message)])
    events.settle()


def test_a_renamed_organisation_is_told_once_and_an_old_name_never(events: Events) -> None:
    owned = events.published("owned")
    parts = [{"role": "host", "organisation_id": SOCIETY}]
    other = events.published("other", organisations=parts)
    events.facts()
    hear(events, 1, 3, Text("中国大气学会", "Atmospheric Society"))
    entries = events.entries()
    assert sorted(entries) == sorted(f"edition-{edition['id']}" for edition in (owned, other))
    for entry in entries.values():
        assert entry["organizer"] == {"zh": "中国大气学会", "en": "Atmospheric Society"}
        assert (entry["sequence"], entry["version"]) == (0, 2)
    hear(events, 2, 2, Text("旧名", "Old name"))
    assert events.entries() == {}
