"""What is generated is fresh, and what was migrated is what the models say."""

import inspect
import json
import re
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from huitang.house import SERVICES
from shared import migrate, revisions
from shared.db import Database, utc_now
from shared.message import Message
from shared.messages.calendar import CalendarViewChanged
from shared.service import Service
from shared.settings import Settings
from tests.databases import url_of
from tools.contracts import all_facts, documents, schema_of
from tools.house import CODE, sources


def test_the_documents_of_facts_and_settings_are_fresh() -> None:
    stale = [path.name for path, text in documents().items() if not path.exists() or path.read_text() != text]
    assert stale == [], "run python -m tools.contracts"


def test_every_setting_says_what_it_sets_and_something_reads_it() -> None:
    code = "\n".join(source.text for source in sources(*CODE) if source.path != "shared/settings.py")
    own = inspect.getsource(Settings.database_url) + inspect.getsource(Settings.address)
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []
    assert [name for name in Settings.model_fields if not re.search(rf"(settings|self)\.{name}\b", code + own)] == []


def test_a_message_fits_its_schema_and_a_wrong_one_does_not() -> None:
    fact = CalendarViewChanged(view="all", tags=("all",))
    message = Message.wrap(fact, source="calendar", at=utc_now())
    validator = Draft202012Validator(schema_of(CalendarViewChanged))
    told = json.loads(message.model_dump_json())
    assert list(validator.iter_errors(told)) == []
    assert list(validator.iter_errors(told | {"data": {"view": 5}})) != []


def test_every_fact_says_what_it_means() -> None:
    assert [kind.fact_type for kind in all_facts() if not (kind.__doc__ or "").strip()] == []


@pytest.mark.usefixtures("database")
@pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)
def test_migrated_tables_are_those_of_the_models(service: Service, tmp_path: Path) -> None:
    db = Database(service.name, url_of(tmp_path, "new"))
    migrate.upgrade(db, service.name, service.migrations, service.metadata)
    found = migrate.differences(db, service.name, service.migrations, service.metadata)
    current = revisions.is_current(db, service.name, service.migrations)
    db.close()
    assert found == []
    assert current
