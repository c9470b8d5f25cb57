"""Logs: one JSON object per line, each with the id of its request, also those of the libraries."""

from __future__ import annotations

import logging
import sys

import httpx
import structlog

REQUEST_ID_HEADER = "x-request-id"
# Loggers that a server gives handlers of their own; what they say belongs among the other lines.
SERVERS = ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio")


class _StandardOutput(logging.Handler):
    """Writes to the standard output of the moment, as structlog does."""

    def emit(self, record: logging.LogRecord) -> None:
        sys.stdout.write(self.format(record) + "\n")
        sys.stdout.flush()


def configure_logs(as_json: bool) -> None:
    """JSON lines for machines, coloured text for people at a terminal. Called once per process."""
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if as_json else structlog.dev.ConsoleRenderer()
    )
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[*shared, structlog.processors.format_exc_info, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    _take_in_libraries(shared, renderer)


def _take_in_libraries(
    shared: list[structlog.typing.Processor], renderer: structlog.typing.Processor
) -> None:
    handler = _StandardOutput()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[*shared, structlog.stdlib.add_logger_name],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                structlog.processors.format_exc_info,
                renderer,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [one for one in root.handlers if not isinstance(one, _StandardOutput)] + [handler]
    for name in SERVERS:
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True


async def send_request_id(request: httpx.Request) -> None:
    """A hook of the HTTP clients: what we ask others for carries the id of the request that we answer."""
    request_id = structlog.contextvars.get_contextvars().get("request_id")
    if request_id is not None:
        request.headers[REQUEST_ID_HEADER] = str(request_id)
