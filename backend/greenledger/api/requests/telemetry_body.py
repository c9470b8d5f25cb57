"""Receiving the body of a telemetry export: bounded, decompressed, decoded, with what is read of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, TypeVar

from fastapi import Depends, Request, Response

from greenledger.api.deps import GatewayDep
from greenledger.api.media_types import declared_type
from greenledger.api.permissions import SubmitterDep
from greenledger.api.problems import Problem
from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError
from greenledger.reports.threads import EVENTS, in_thread
from greenledger.telemetry.compression import MOST_WIRE_BYTES, inflated
from greenledger.telemetry.errors import BadExport, TooLarge, UnknownEncoding
from greenledger.telemetry.findings import Findings, Received
from greenledger.telemetry.messages import MEDIA_TYPES, METRICS, TRACES, Kind, answer_of, decode, encode
from greenledger.telemetry.points import Reading, read_points
from greenledger.telemetry.spans import ReadSpan, read_spans

TELEMETRY_PATH = "/v1/otlp/"
TRACES_PATH = "/v1/otlp/v1/traces"
METRICS_PATH = "/v1/otlp/v1/metrics"
TELEMETRY_SIZES = {TRACES_PATH: MOST_WIRE_BYTES, METRICS_PATH: MOST_WIRE_BYTES}

Read = TypeVar("Read")


def _problem(error: BadExport) -> Problem:
    reason = FieldError(error.place, error.problem, error.expected)
    if isinstance(error, TooLarge):
        return Problem(413, "body_too_large", "The export is too large.", [reason])
    if isinstance(error, UnknownEncoding):
        return Problem(415, "unsupported_media_type", "The export's encoding is not known.", [reason])
    return Problem(400, "bad_export", "The export cannot be read.", [reason])


async def _received(request: Request, kind: Kind, read: Callable[[Any], Read]) -> Read:
    """What is read of the request's body. Raises Problem 400, 413 or 415, the last before reading."""
    media_type = declared_type(request.headers)
    coding = request.headers.get("content-encoding", "")
    try:
        if media_type not in MEDIA_TYPES:
            expected = " or ".join(MEDIA_TYPES)
            raise UnknownEncoding("header Content-Type", "is not one that is read here", expected)
        body = await request.body()
        # Seconds of work for the largest export: in a thread, so that others are answered meanwhile.
        return await in_thread(EVENTS, lambda: read(decode(inflated(body, coding), media_type, kind)))
    except BadExport as error:
        raise _problem(error) from error


@dataclass(frozen=True, slots=True)
class TracesExport:
    spans: list[ReadSpan]


@dataclass(frozen=True, slots=True)
class MetricsExport:
    readings: list[Reading]
    findings: Findings = field(default_factory=lambda: Findings("data point"))


# Both ask for the account, so that strangers send nothing.
async def traces_export(request: Request, state: GatewayDep, account: SubmitterDep) -> TracesExport:
    """The spans of an export."""
    factors: FactorSet = state.factors
    return await _received(request, TRACES, lambda message: TracesExport(list(read_spans(message, factors))))


async def metrics_export(request: Request, state: GatewayDep, account: SubmitterDep) -> MetricsExport:
    """The data points of an export that count tokens, and what is wrong with some."""
    findings = Findings("data point")
    factors: FactorSet = state.factors
    readings = await _received(request, METRICS, lambda message: read_points(message, factors, findings))
    return MetricsExport(readings, findings)


TracesDep = Annotated[TracesExport, Depends(traces_export)]
MetricsDep = Annotated[MetricsExport, Depends(metrics_export)]


def answered(request: Request, received: Received, kind: Kind) -> Response:
    """The protocol's answer in the request's encoding."""
    media_type = declared_type(request.headers)
    return Response(encode(answer_of(received, kind), media_type), media_type=media_type)
