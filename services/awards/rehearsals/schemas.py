"""What is said about samples over HTTP."""

from typing import Annotated

from pydantic import Field

from shared.schema import In


class SamplesIn(In):
    """How many sample nominations of each category are to stand on each step of their way."""

    each: Annotated[int, Field(ge=1, le=10)] = 1
