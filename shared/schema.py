"""What every request and answer shape is made from."""

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from shared.text import has_control_characters

Id = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{0,79}$")]
Count = Annotated[int, Field(ge=0, le=2_000_000_000)]
Version = Annotated[int, Field(ge=1, le=2_000_000_000)]


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
