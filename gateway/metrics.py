"""What is counted, for Prometheus. Labels are few, and never a caller's words."""

from collections import Counter as Tally
from collections.abc import Iterable, Mapping, Sequence

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, Metric, generate_latest
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.registry import Collector

from gateway.access import Answered
from gateway.cache import Cache

_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}
"""The methods that are taken; counted under their own names, any other together."""


class Metrics:
    """The counters of one gateway."""

    def __init__(self, cache: Cache) -> None:
        own = self.registry = CollectorRegistry()
        labels = ("upstream", "method", "status")
        self._requests = Counter("huitang_requests", "Requests answered.", labels, registry=own)
        self._seconds = Histogram(
            "huitang_request_seconds", "From the first byte read to the last written.", ("upstream",), registry=own,
            buckets=_BUCKETS,
        )  # fmt: skip
        self._cache = Counter("huitang_cache", "Public answers by what the cache did.", ("was",), registry=own)
        self._limited = Counter("huitang_rate_limited", "Requests refused for their number.", registry=own)
        Gauge("huitang_cache_bytes", "Bytes kept.", registry=own).set_function(lambda: cache.bytes)
        Gauge("huitang_cache_entries", "Answers kept.", registry=own).set_function(lambda: len(cache))

    def count(self, requests: Sequence[Answered]) -> None:
        """Count requests that were answered."""
        for (upstream, method, status), number in Tally((r.upstream, r.method, r.status) for r in requests).items():
            self._requests.labels(upstream, method if method in METHODS else "other", status).inc(number)
            if status == 429:
                self._limited.inc(number)
        for cached, number in Tally(r.cached for r in requests if r.cached).items():
            self._cache.labels(cached).inc(number)
        observers = {upstream: self._seconds.labels(upstream) for upstream in {r.upstream for r in requests}}
        for request in requests:
            observers[request.upstream].observe(request.seconds)

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self.registry)


class Told(Collector):
    """What services told of themselves in Prometheus' text format, by name; of one that did not, that it is down."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        self._texts = texts

    def collect(self) -> Iterable[Metric]:
        """Yield each number once, with what every service told of it."""
        up = GaugeMetricFamily("huitang_service_up", "Whether the service told of itself.", labels=("service",))
        families = dict[str, Metric]()
        for service, text in sorted(self._texts.items()):
            up.add_metric((service,), float(bool(text)))
            for family in text_string_to_metric_families(text):
                families.setdefault(family.name, family)
                if families[family.name] is not family:
                    families[family.name].samples += family.samples
        return [up, *families.values()]

    def text(self) -> bytes:
        """Return all of it in Prometheus' text format."""
        return generate_latest(self)
