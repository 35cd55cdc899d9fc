"""What is generated is fresh, and what was migrated is what the models say."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from huitang.house import SERVICES
from shared import migrate
from shared.db import Database, utc_now
from shared.message import Message
from shared.messages.calendar import CalendarViewChanged
from shared.service import Service
from tools.contracts import all_facts, documents, schema_of


def test_the_documents_of_the_facts_are_fresh() -> None:
    stale = [path.name for path, text in documents().items() if not path.exists() or path.read_text() != text]
    assert stale == [], "run python -m tools.contracts"


def test_a_message_fits_its_schema_and_a_wrong_one_does_not() -> None:
    fact = CalendarViewChanged(view="all", tags=("all",))
    message = Message.wrap(fact, source="calendar", at=utc_now())
    validator = Draft202012Validator(schema_of(CalendarViewChanged))
    told = json.loads(message.model_dump_json())
    assert list(validator.iter_errors(told)) == []
    assert list(validator.iter_errors(told | {"data": {"view": 5}})) != []


def test_every_fact_says_what_it_means() -> None:
    assert [kind.fact_type for kind in all_facts() if not (kind.__doc__ or "").strip()] == []


@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_migrated_tables_are_those_of_the_models(service: Service, tmp_path: Path) -> None:
    db = Database(service.name, f"sqlite:///{tmp_path}/new.db")
    migrate.upgrade(db, service.name, service.migrations, service.metadata)
    found = migrate.differences(db, service.name, service.migrations, service.metadata)
    current = migrate.is_current(db, service.name, service.migrations, service.metadata)
    db.close()
    assert found == []
    assert current
