"""Reading the spans of a trace export: ids, times and usage. Names, events, links and status are not read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from opentelemetry.proto.trace.v1.trace_pb2 import Span

from greenledger.footprint.factors import FactorSet
from greenledger.footprint.fields import FieldError
from greenledger.telemetry import names
from greenledger.telemetry.attributes import read_attributes
from greenledger.telemetry.nesting import Node, SpanKey
from greenledger.telemetry.resources import Resource, read_resource
from greenledger.telemetry.usage import Usage, usage_of

TRACE_ID_BYTES = 16
SPAN_ID_BYTES = 8


@dataclass(frozen=True, slots=True)
class ReadSpan:
    """A span of the export; `start_ns` and `end_ns` are Unix nanoseconds as its process's clock had them."""

    key: SpanKey
    parent: SpanKey | None
    usage: Usage | None
    start_ns: int
    end_ns: int
    is_server: bool
    resource: Resource

    @property
    def node(self) -> Node:
        return Node(self.key, self.parent, self.usage is not None)

    @property
    def event_id(self) -> str:
        """Of the span's workload: the same however often the span is sent."""
        return f"otlp:{self.key[0]}:{self.key[1]}"

    def id_problem(self) -> FieldError | None:
        """What is wrong with the span's ids, which would fit no column; None if nothing is."""
        trace, span = self.key
        if len(trace) != 2 * TRACE_ID_BYTES or not trace.strip("0"):
            return FieldError("trace_id", f"{len(trace) // 2} bytes or all zero", f"{TRACE_ID_BYTES} bytes")
        if len(span) != 2 * SPAN_ID_BYTES or not span.strip("0"):
            return FieldError("span_id", f"{len(span) // 2} bytes or all zero", f"{SPAN_ID_BYTES} bytes")
        return None

    def problem(self) -> FieldError | None:
        """What is wrong with a span that has usage; None if nothing is."""
        if problem := self.id_problem():
            return problem
        if self.end_ns < self.start_ns:
            return FieldError("end_time_unix_nano", "before start_time_unix_nano", "the end of the call")
        return None


def read_spans(request: Any, factors: FactorSet) -> Iterator[ReadSpan]:
    """Every span of an ExportTraceServiceRequest."""
    for group in request.resource_spans:
        resource = read_resource(group.resource, factors)
        for scope in group.scope_spans:
            for span in scope.spans:
                yield _read(span, resource)


def _read(span: Any, resource: Resource) -> ReadSpan:
    trace, parent = span.trace_id.hex(), span.parent_span_id
    return ReadSpan(
        key=(trace, span.span_id.hex()),
        parent=(trace, parent.hex()) if len(parent) == SPAN_ID_BYTES and any(parent) else None,
        usage=usage_of(read_attributes(span.attributes, names.SPAN_NAMES)),
        start_ns=span.start_time_unix_nano,
        end_ns=span.end_time_unix_nano,
        is_server=span.kind == Span.SPAN_KIND_SERVER,
        resource=resource,
    )
