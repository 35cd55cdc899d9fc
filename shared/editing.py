"""What everything that is edited has in common: fields as they were sent, what they change, and the history of it.

A patch model gives every field a default that is never used: only the fields that were sent count.
"""

from collections.abc import Mapping
from dataclasses import asdict, is_dataclass
from datetime import datetime
from enum import Enum
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel
from pydantic_core import PydanticCustomError
from sqlalchemy import Update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session
from sqlalchemy.orm.attributes import set_committed_value

from shared.audit import history_of
from shared.db import check_as_read
from shared.errors import Refusal
from shared.schema import Out
from shared.text import Text


def _check_words(text: Text) -> Text:
    if not (text.zh.strip() or text.en.strip()):
        raise PydanticCustomError("missing", "is required in one language at least")
    return text


Words = Annotated[Text, AfterValidator(_check_words)]
"""A text that has words in one language at least."""


class DeedOut(Out):
    """Something that was done: when, by which account, and what each field was and became."""

    at: datetime
    actor: str
    verb: str
    change: dict[str, Any]


def given(body: BaseModel) -> dict[str, Any]:
    """Return the fields that were sent, each as a table holds it: models inside become JSON."""
    return {name: _as_stored(getattr(body, name)) for name in type(body).model_fields if name in body.model_fields_set}


def _as_stored(value: Any) -> Any:
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, list | tuple):
        return [_as_stored(item) for item in value]
    return value


def change(tx: Session, statement: Update, row: Any, values: Mapping[str, Any], **copied: Any) -> None:
    """Change a row as it was read, by one statement; it shows `values`, and of what was `copied` in it what that is.

    The statement names the row as `row` and its version as `read`. Raises what `postgres.clashed` knows.
    """
    check_as_read(tx.execute(statement, {"row": row.id, "read": row.version, **values}))
    for name, value in {**values, **copied}.items():
        set_committed_value(row, name, value)


def apply(row: object, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    """Set the attributes of `row` that differ; return for each what it was and became, ready for `audit.record`."""
    changes: dict[str, list[Any]] = {}
    for name, new in values.items():
        old = getattr(row, name)
        if old != new:
            setattr(row, name, new)
            changes[name] = [_shown(old), _shown(new)]
    return changes


def _shown(value: Any) -> Any:
    return asdict(value) if is_dataclass(value) and not isinstance(value, type) else value


def remove(tx: Session, row: object, otherwise: Refusal) -> None:
    """Delete `row`; raise `otherwise` where something still rests on it."""
    tx.delete(row)
    try:
        tx.flush()
    except IntegrityError as error:
        raise otherwise from error


def said_anew(said: Mapping[str, Any], before: Mapping[str, Any]) -> set[str]:
    """Name the fields of which a catalogue says something else than `before`: what was edited here since, else stays."""
    return {name for name, value in said.items() if value != before.get(name)}


def history(tx: Session, subject: str) -> list[DeedOut]:
    """Return what was done to `subject`, newest first."""
    return [DeedOut.model_validate(row) for row in history_of(tx, subject)]
