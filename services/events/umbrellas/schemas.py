"""What is said about umbrellas over HTTP."""

from typing import Annotated, Self

from fastapi import Path
from pydantic import model_validator
from pydantic_core import PydanticCustomError

from shared.schema import Id, In

UmbrellaId = Annotated[str, Path(max_length=36, description="Id of the series or the edition above.")]


class UmbrellaIn(In):
    """What an edition is to stand under: a series or another edition."""

    series_id: Id | None = None
    edition_id: Id | None = None

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.series_id is None) == (self.edition_id is None):
            raise PydanticCustomError("missing", "name either a series or an edition")
        return self
