"""What telemetry has to remember so that no call counts twice. No text of a client is in these tables."""

from __future__ import annotations

from typing import Any

from sqlalchemy import JSON, BigInteger, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from greenledger.usage.base import Base


class TelemetrySource(Base):
    """Which of its signals counts for a service, so that traces and metrics of a call do not add up."""

    __tablename__ = "telemetry_sources"

    account: Mapped[str] = mapped_column(String(42), primary_key=True)  # checksum address, distribution key
    source: Mapped[str] = mapped_column(String(64), primary_key=True)  # hash of the service and its instance
    signal: Mapped[str] = mapped_column(String(8))  # traces or metrics
    seen_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds, of the last usage, exact to the hour


class TelemetrySpan(Base):
    """What is known of a span before or after it comes, so that nested spans of one call count once."""

    __tablename__ = "telemetry_spans"
    __table_args__ = (Index(None, "account", "seen_at"),)

    account: Mapped[str] = mapped_column(String(42), primary_key=True)
    trace_id: Mapped[str] = mapped_column(String(32), primary_key=True)  # hex digits, as the span's id
    span_id: Mapped[str] = mapped_column(String(16), primary_key=True)
    mark: Mapped[str] = mapped_column(String(8))  # see greenledger.telemetry.nesting
    seen_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds


class TelemetrySeries(Base):
    """How far a cumulative series was counted."""

    __tablename__ = "telemetry_series"

    account: Mapped[str] = mapped_column(String(42), primary_key=True)
    series: Mapped[str] = mapped_column(String(64), primary_key=True)  # hash of its identity
    # By token type and start: time of the last point in Unix nanoseconds and its sum, as decimal strings.
    counted: Mapped[dict[str, Any]] = mapped_column(JSON)
    seen_at: Mapped[int] = mapped_column(BigInteger)  # Unix seconds


class TelemetryEvent(Base):
    """An event that a series was already counted for and that may not be stated yet."""

    __tablename__ = "telemetry_events"

    account: Mapped[str] = mapped_column(String(42), primary_key=True)
    event_id: Mapped[str] = mapped_column(String(128), primary_key=True)
    workload: Mapped[dict[str, Any]] = mapped_column(JSON)
