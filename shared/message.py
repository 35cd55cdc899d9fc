"""Facts, and the messages they travel in.

A fact says what happened, in the past tense, with what a stranger needs to act; natural persons by id only. A message is
its CloudEvents 1.0 envelope in structured JSON, the same in the outbox, on the bus and in every consumer.
"""

from contextvars import ContextVar
from datetime import datetime
from typing import Any, ClassVar, Literal, Self

from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator
from pydantic import BaseModel, ConfigDict, Field

from shared.db import new_id

FACTS: dict[str, type["Fact"]] = {}
"""Every fact class by its type, filled as `shared/messages` is imported."""

request_id: ContextVar[str] = ContextVar("request_id", default="")
"""The id of the request (or of the fact, or the job) that the present work belongs to."""

W3C = TraceContextTextMapPropagator()


def traceparent() -> str:
    """Return how others go on with the trace that the present work belongs to; nothing where it belongs to none."""
    carrier: dict[str, str] = {}
    W3C.inject(carrier)
    return carrier.get("traceparent", "")


class Fact(BaseModel):
    """Something that happened. `class SessionMoved(Fact, type="events.session.moved.v1", subject="session_id")`."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    fact_type: ClassVar[str] = ""
    subject_field: ClassVar[str] = ""

    @classmethod
    def __pydantic_init_subclass__(cls, *, type: str = "", subject: str = "", **kwargs: Any) -> None:
        """Enter the class under its type."""
        super().__pydantic_init_subclass__(**kwargs)
        if subject:
            cls.subject_field = subject
        if type:
            cls.fact_type = type
            FACTS[type] = cls

    def __init_subclass__(cls, *, type: str = "", subject: str = "", **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)

    def subject(self) -> str:
        """Return the id of what this is about; facts about one subject keep their order everywhere."""
        return str(getattr(self, self.subject_field))


class Message(BaseModel):
    """A fact in its envelope."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    specversion: Literal["1.0"] = "1.0"
    id: str
    source: str
    type: str
    subject: str
    time: datetime
    datacontenttype: Literal["application/json"] = "application/json"
    requestid: str = ""
    traceparent: str = Field("", exclude_if=lambda value: not value)
    data: dict[str, Any]

    @classmethod
    def wrap(cls, fact: Fact, *, source: str, at: datetime) -> Self:
        """Put `fact` of the service `source` in its envelope."""
        return cls(
            id=new_id(),
            source=f"/{source}",
            type=fact.fact_type,
            subject=fact.subject(),
            time=at,
            requestid=request_id.get(),
            traceparent=traceparent(),
            data=fact.model_dump(mode="json"),
        )

    def fact(self) -> Fact | None:
        """Return the fact, or nothing where this code does not know its type."""
        kind = FACTS.get(self.type)
        return kind.model_validate(self.data) if kind else None
