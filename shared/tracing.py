"""Traces: what was done for one request, through the outbox and the bus, to the reactions of other services.

Spans are made by OpenTelemetry's API, where the process was told of a collector that takes them: a span that goes nowhere
still costs a request through the gateway a tenth of its time. A trace begins at the gateway; between processes and in
messages it is known by its `traceparent` (https://www.w3.org/TR/trace-context/). The id of the request stands in each of its
spans, as in the lines of the log.
"""

from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext
from threading import Event

from opentelemetry.context import Context
from opentelemetry.trace import Span, SpanKind, TracerProvider, get_current_span, get_tracer, set_tracer_provider
from opentelemetry.util.types import AttributeValue

from shared.message import W3C, Message, request_id, traceparent

REQUEST_ID = "huitang.request_id"

_tracer = get_tracer("huitang")
_taken = Event()


def send_to(provider: TracerProvider) -> None:
    """Let `provider` take the spans of this process, from now on."""
    set_tracer_provider(provider)
    _taken.set()


def is_taken() -> bool:
    """Tell whether anybody takes the spans of this process."""
    return _taken.is_set()


def begin(name: str, attributes: Mapping[str, AttributeValue]) -> AbstractContextManager[Span]:
    """Begin the trace of the present request, with a span that ends with the block."""
    return _tracer.start_as_current_span(
        name,
        Context(),
        SpanKind.SERVER,
        {**attributes, REQUEST_ID: request_id.get()},
        record_exception=False,
        set_status_on_exception=False,
    )


def headers() -> list[tuple[bytes, bytes]]:
    """Return the header with which an upstream goes on with the present trace; none where there is no trace."""
    told = traceparent() if is_taken() else ""
    return [(b"traceparent", told.encode())] if told else []


def name_request() -> None:
    """Name the present request in the span that is open."""
    if is_taken():
        get_current_span().set_attribute(REQUEST_ID, request_id.get())


def name_route(method: str, route: str) -> None:
    """Name the span that is open by the route that answers, such as `/api/events/venues/{venue_id}`."""
    if is_taken():
        span = get_current_span()
        span.update_name(f"{method} {route}")
        span.set_attribute("http.route", route)


def published(messages: Iterable[Message], began: int) -> None:
    """Tell, in the trace of each message, that it was published; `began` in nanoseconds of the epoch."""
    for message in messages:
        if message.traceparent:
            name, context = f"publish {message.type}", _context_of(message)
            _tracer.start_span(name, context, SpanKind.PRODUCER, _told(message), start_time=began).end()


def react(message: Message, service: str, reaction: str) -> AbstractContextManager[Span | None]:
    """Go on, for the time of a block, with the trace of the request that brought the message about."""
    if not message.traceparent:
        return nullcontext()
    told = _told(message) | {"huitang.service": service, "huitang.reaction": reaction}
    return _tracer.start_as_current_span(f"react {message.type}", _context_of(message), SpanKind.CONSUMER, told)


def _context_of(message: Message) -> Context:
    return W3C.extract({"traceparent": message.traceparent}, Context())


def _told(message: Message) -> dict[str, AttributeValue]:
    """Return what the spans of a message tell of it, in the words of OpenTelemetry's conventions for CloudEvents."""
    return {
        "cloudevents.event_id": message.id,
        "cloudevents.event_source": message.source,
        "cloudevents.event_type": message.type,
        "cloudevents.event_subject": message.subject,
        REQUEST_ID: message.requestid,
    }
