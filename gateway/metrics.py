"""What is counted, for Prometheus. Counters are found by one look into a dictionary; labels are few and never a caller's words."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from gateway.cache import Cache

_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
METHODS = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"}


class Metrics:
    """The counters of one gateway."""

    def __init__(self, cache: Cache) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "huitang_requests", "Requests answered.", ("upstream", "method", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "huitang_request_seconds",
            "Time from the first byte read to the last one written.",
            ("upstream",),
            registry=self.registry,
            buckets=_BUCKETS,
        )
        self._cache = Counter(
            "huitang_cache", "Public answers by what the cache did.", ("was",), registry=self.registry
        )
        self._limited = Counter("huitang_rate_limited", "Requests refused for their number.", registry=self.registry)
        Gauge("huitang_cache_bytes", "Bytes kept.", registry=self.registry).set_function(lambda: cache.bytes)
        Gauge("huitang_cache_entries", "Answers kept.", registry=self.registry).set_function(lambda: len(cache))
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self._cache_was = {was: self._cache.labels(was) for was in ("hit", "miss")}

    def count(self, upstream: str, method: str, status: int, seconds: float, cached: str) -> None:
        """Count one answered request; `cached` is hit, miss or nothing."""
        known = self._known.get((upstream, method, status))
        if known is None:
            known = self._meet(upstream, method, status)
        known[0].inc()
        known[1].observe(seconds)
        if cached:
            self._cache_was[cached].inc()
        if status == 429:
            self._limited.inc()

    def text(self) -> bytes:
        """Return everything in Prometheus' text format."""
        return generate_latest(self.registry)

    def _meet(self, upstream: str, method: str, status: int) -> tuple[Counter, Histogram]:
        named = method if method in METHODS else "other"
        known = (self._requests.labels(upstream, named, status), self._seconds.labels(upstream))
        if named == method:
            self._known[upstream, method, status] = known
        return known
