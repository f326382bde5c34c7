"""What is counted, for Prometheus: requests by address, never anything of a person."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    GCCollector,
    Histogram,
    PlatformCollector,
    ProcessCollector,
)
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from wellfounded.interfaces.http.served import Served

#: Seconds; advice takes about one thousandth, and a batch as long as it takes.
_BUCKETS = (0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0, 30.0)

_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS", "PUT", "DELETE", "PATCH"})

#: The address of a request for which there is none; its path is the client's, and could hold anything.
NO_ROUTE = "(none)"


class Metrics:
    """The counts of one server. Labels are addresses with their placeholders, methods, statuses and names."""

    def __init__(self, served: Iterable[Served]) -> None:
        self.registry = CollectorRegistry()
        for collector in (ProcessCollector, PlatformCollector, GCCollector):
            collector(registry=self.registry)
        self.requests = Counter(
            "wellfounded_http_requests",
            "Requests that were answered.",
            ("method", "route", "status"),
            registry=self.registry,
        )
        self.seconds = Histogram(
            "wellfounded_http_request_seconds",
            "How long requests took.",
            ("route",),
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.now = Gauge(
            "wellfounded_http_requests_now", "Requests that are being answered.", registry=self.registry
        )
        self.rows = Counter(
            "wellfounded_batch_rows",
            "People in batches, by whether there was advice.",
            ("outcome",),
            registry=self.registry,
        )
        self.registry.register(_KnowledgeBases(tuple(served)))
        self._requests = cache(self.requests.labels)
        self._seconds = cache(self.seconds.labels)

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Counts a request."""
        self._requests(method if method in _METHODS else "other", route, status).inc()
        self._seconds(route).observe(seconds)

    def row(self, advised: bool) -> None:
        """Counts a person in a batch."""
        self.rows.labels("advised" if advised else "refused").inc()


class _KnowledgeBases(Collector):
    """Which rules are served, read off when they are asked for."""

    def __init__(self, served: tuple[Served, ...]) -> None:
        self.served = served

    def collect(self) -> Iterable[Metric]:
        info = GaugeMetricFamily(
            "wellfounded_knowledge_base",
            "The knowledge base that is served; 1.",
            labels=("name", "id", "version", "digest"),
        )
        stale = GaugeMetricFamily(
            "wellfounded_changed_rules_refused",
            "1 while the rules on the disk cannot be used, and older ones are served.",
            labels=("name",),
        )
        for item in self.served:
            now = item.knowledge_base
            info.add_metric((item.name, now.id, now.version, now.digest), 1)
            stale.add_metric((item.name,), float(item.refusal is not None))
        return (info, stale)
