"""What every request and answer shape is made from."""

import json
from datetime import date, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    NaiveDatetime,
    StringConstraints,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import PydanticCustomError, to_json

from shared.errors import Invalid
from shared.text import Text, has_control_characters
from shared.times import check_zone

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
_TIME = "([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]+)?)?"
_DAY = "(19|2[01])[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])"
_WALL = WithJsonSchema({"type": "string", "pattern": f"^{_DAY}T{_TIME}$", "examples": ["2027-05-10T09:00"]})
TIME_OF_DAY = WithJsonSchema({"type": "string", "pattern": f"^{_TIME}$", "examples": ["09:00"]})
"""How a time of day is described: without an offset, which `format: time` would ask for."""
WallTime = Annotated[datetime, _WALL]
"""What the clock on the wall shows: without an offset, which `format: date-time` would ask for."""
WallTimeIn = Annotated[NaiveDatetime, Field(ge=datetime(1900, 1, 1), le=datetime(2200, 12, 31, 23, 59)), _WALL]
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2200, 12, 31))]
Count = Annotated[int, Field(ge=0, le=2_000_000_000)]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]


def _check_zone(name: str) -> str:
    try:
        return check_zone(name)
    except Invalid as error:
        words = error.words()
        raise PydanticCustomError("unknown_zone", "{words}", {"words": words.en}) from error


Zone = Annotated[str, Field(max_length=64), AfterValidator(_check_zone)]


def _check_plain(content: dict[str, Any]) -> dict[str, Any]:
    """Refuse JSON that could be read but not be written again: too deep, half a character, not a number."""
    try:
        json.dumps(content, allow_nan=False)
        to_json(content)
    except (ValueError, RecursionError) as error:
        raise PydanticCustomError("json_invalid", "is not JSON that can be kept") from error
    return content


PlainJson = Annotated[dict[str, Any], AfterValidator(_check_plain)]
"""Any object of JSON that can be written again."""


def _check_characters(value: Any) -> None:
    """Look into everything that was sent, however deep it goes."""
    waiting = [value]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str) and has_control_characters(item):
            raise PydanticCustomError("control_characters", "holds control characters")
        if isinstance(item, dict):
            waiting += [*item.keys(), *item.values()]
        elif isinstance(item, list):
            waiting += item


class In(BaseModel):
    """What a caller sends: unknown fields and control characters are refused, strings end at 100,000 characters."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_max_length=100_000, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def refuse_control_characters(cls, value: Any) -> Any:
        """Refuse text that neither XML nor a calendar could carry on."""
        _check_characters(value)
        return value


class Out(BaseModel):
    """What a service answers; made from tables by attribute."""

    model_config = ConfigDict(from_attributes=True, frozen=True)


class DocumentIn(In):
    """A plan document that names what it belongs to."""

    code: Annotated[str, Field(min_length=1, max_length=40)]
    title: Text = Text()
    issued_on: date | None = None


class DocumentOut(Out):
    """A plan document."""

    code: str
    title: Text
    issued_on: date | None
