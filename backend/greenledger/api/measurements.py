"""Prometheus measurements of one application."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram


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
            registry=self.registry,
        )
