"""Who edits a draft hears of every change of it, and nobody else does."""

import pytest

from services.events.editions.models import Edition
from services.events.schedule.api import LIVE
from shared.caller import Caller
from shared.errors import Forbidden, NotFound
from shared.live import Note
from shared.message import Fact
from tests.events.draft import MEMBER, SCHEDULER, STRANGER, Draft


def heard(draft: Draft) -> list[Note]:
    return [note for fact in draft.facts(Fact) if (note := LIVE.note(fact))]


def test_a_move_is_noted_in_the_view_of_its_edition(draft: Draft) -> None:
    draft.place("talk", "09:00", "hall")
    draft.place("talk", "10:00", "hall", caller=SCHEDULER)
    topic, talk = f"edition:{draft.id}", draft.sessions["talk"]
    assert heard(draft) == [
        Note(topic, talk, 1, "organizer", "placement"),
        Note(topic, talk, 2, "scheduler", "placement"),
    ]


@pytest.mark.parametrize(("caller", "refusal"), [(STRANGER, NotFound), (MEMBER, NotFound)])
def test_a_hidden_draft_is_watched_by_nobody_else(draft: Draft, caller: Caller, refusal: type[Exception]) -> None:
    with draft.db.reading() as tx:
        LIVE.check(tx, SCHEDULER, f"edition:{draft.id}")
        with pytest.raises(refusal):
            LIVE.check(tx, caller, f"edition:{draft.id}")


def test_nor_is_that_of_a_public_edition(draft: Draft) -> None:
    draft.change(Edition, draft.id, state="published")
    with draft.db.reading() as tx, pytest.raises(Forbidden):
        LIVE.check(tx, STRANGER, f"edition:{draft.id}")


@pytest.mark.parametrize("topic", ["edition:", "series:1", "", "edition:forum-2026", "edition:nothing"])
def test_there_is_no_such_view(draft: Draft, topic: str) -> None:
    with draft.db.reading() as tx, pytest.raises(NotFound):
        LIVE.check(tx, SCHEDULER, topic)
