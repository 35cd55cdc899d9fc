"""A collector of traces, which takes what a real one takes: OTLP over HTTP."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)


@dataclass(frozen=True)
class Collected:
    """A span as it came; `part` is the process that made it, and `parent` is empty in the first of a trace."""

    part: str
    name: str
    trace: str
    id: str
    parent: str
    told: dict[str, str]


class Collector:
    """What was collected at `url`."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._lock = threading.Lock()
        self._spans: list[Collected] = []

    def take(self, body: bytes) -> None:
        """Take a request for export."""
        for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
            part = {each.key: each.value.string_value for each in resource.resource.attributes}["service.name"]
            spans = [span for scope in resource.scope_spans for span in scope.spans]
            with self._lock:
                self._spans += [
                    Collected(
                        part, span.name, span.trace_id.hex(), span.span_id.hex(), span.parent_span_id.hex(),
                        {each.key: each.value.string_value for each in span.attributes},
                    )
                    for span in spans
                ]  # fmt: skip

    def of_request(self, request_id: str) -> dict[tuple[str, str], Collected]:
        """Return the spans of a request by part and name."""
        with self._lock:
            mine = [span for span in self._spans if span.told.get("huitang.request_id") == request_id]
        return {(span.part, span.name): span for span in mine}


@contextmanager
def collector() -> Iterator[Collector]:
    """Collect for the time of a block."""

    class Taking(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            made.take(self.rfile.read(int(self.headers["content-length"])))
            answer = ExportTraceServiceResponse().SerializeToString()
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            self.wfile.write(answer)

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Taking) as server:
        made = Collector(f"http://127.0.0.1:{server.server_port}")
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield made
        server.shutdown()
