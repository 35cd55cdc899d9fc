"""Sends the spans of this process to an OpenTelemetry collector, over OTLP/HTTP.

Loaded only where a collector is named: it takes half a second. How many traces are kept, and what else is told of the
process, is set by OpenTelemetry's own variables, such as `OTEL_TRACES_SAMPLER` and `OTEL_RESOURCE_ATTRIBUTES`.
"""

from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from shared.tracing import send_to

TIMEOUT_SECONDS = 3
"""So long the collector may take; spans that it does not take are lost, and nothing waits for them."""


def send_spans(collector: str, part: str) -> None:
    """Send every span that ends in this process, `huitang-<part>`, to the `collector`, such as http://collector:4318."""
    provider = TracerProvider(resource=Resource.create({SERVICE_NAME: f"huitang-{part}"}))
    exporter = OTLPSpanExporter(f"{collector.rstrip('/')}/v1/traces", timeout=TIMEOUT_SECONDS)
    provider.add_span_processor(BatchSpanProcessor(exporter))
    send_to(provider)
