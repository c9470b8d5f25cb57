"""OpenTelemetry's exports over HTTP: what calls of language models used becomes stated workloads."""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter, Request, Response

from greenledger.api.deps import GatewayDep, NowDep
from greenledger.api.permissions import SubmitterDep
from greenledger.api.requests.telemetry_body import METRICS_PATH, TRACES_PATH, MetricsDep, TracesDep, answered
from greenledger.telemetry.messages import MEDIA_TYPES, METRICS, TRACES
from greenledger.telemetry.metrics import receive_metrics
from greenledger.telemetry.traces import receive_traces

router = APIRouter(tags=["telemetry"])

_CONTENT: dict[str, dict[str, str]] = {media_type: {} for media_type in MEDIA_TYPES}
_BODY = {"requestBody": {"required": True, "content": _CONTENT}}
_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"description": "Taken, as `partial_success` says", "content": _CONTENT},
    "4XX": {"description": "google.rpc.Status: not to be sent again, but for 429", "content": _CONTENT},
    "5XX": {"description": "google.rpc.Status: to be sent again after 503", "content": _CONTENT},
}


@router.post(TRACES_PATH, response_class=Response, responses=_ANSWERS, openapi_extra=_BODY)
async def traces(
    account: SubmitterDep, state: GatewayDep, export: TracesDep, request: Request, now: NowDep
) -> Response:
    """Takes an ExportTraceServiceRequest. A span with the usage of a model is one workload, however often it
    is sent; of spans within each other the innermost counts. Spans without usage are passed over.

    `partial_success` counts the spans that are refused and says why; errors are a google.rpc.Status.
    """
    received = await receive_traces(state.database, account, export.spans, state.factors, now)
    return answered(request, received, TRACES)


@router.post(METRICS_PATH, response_class=Response, responses=_ANSWERS, openapi_extra=_BODY)
async def metrics(
    account: SubmitterDep, state: GatewayDep, export: MetricsDep, request: Request, now: NowDep
) -> Response:
    """Takes an ExportMetricsServiceRequest. What `gen_ai.client.token.usage` grew by is a workload, unless
    the service's traces count already. Other metrics are passed over.

    `partial_success` counts the data points that are refused and says why; errors are a google.rpc.Status.
    """
    received = await receive_metrics(
        state.database, account, export.readings, export.findings, state.factors, now
    )
    return answered(request, received, METRICS)
