"""Logs: one JSON object per line, each with the id of its request."""

from __future__ import annotations

import logging

import structlog


def configure_logs(as_json: bool) -> None:
    """JSON lines for machines, coloured text for people at a terminal. Called once per process."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
