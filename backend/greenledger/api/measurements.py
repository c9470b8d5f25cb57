"""Prometheus measurements of one process: what it did, and how it stands when it is asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

# Seconds. The last ones are the time limits of a request and of an upload.
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 900)


class _Standing(Collector):
    """How things stood when they were last read; what could not be read is left out, not zero."""

    def __init__(self) -> None:
        self.families: Iterable[GaugeMetricFamily] = ()

    def collect(self) -> Iterator[Metric]:
        yield from self.families


class Measurements:
    """A registry of its own, so that several applications can live in one process."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "greenledger_requests_total",
            "Requests by route and status.",
            ["method", "route", "status"],
            registry=self.registry,
        )
        self.seconds = Histogram(
            "greenledger_request_seconds",
            "Time to the end of the response.",
            ["method", "route"],
            buckets=BUCKETS,
            registry=self.registry,
        )
        self.in_flight = Gauge(
            "greenledger_requests_in_flight",
            "Requests that are being answered, uploads and what waits for others among them.",
            registry=self.registry,
        )
        self._standing = _Standing()
        self.registry.register(self._standing)

    def exposition(self, standing: Iterable[GaugeMetricFamily]) -> bytes:
        """Everything in Prometheus' text format, with how things stand now."""
        self._standing.families = tuple(standing)
        return generate_latest(self.registry)
