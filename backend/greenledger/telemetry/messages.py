"""The bodies of exports and of their answers, in either encoding."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from google.protobuf import descriptor_pb2, descriptor_pool, json_format, message_factory
from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import (
    ExportMetricsServiceRequest,
    ExportMetricsServiceResponse,
)
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import (
    ExportTraceServiceRequest,
    ExportTraceServiceResponse,
)

from greenledger.telemetry import shapes
from greenledger.telemetry.errors import BadExport, UnknownEncoding
from greenledger.telemetry.findings import Received
from greenledger.telemetry.json_mapping import read_json
from greenledger.telemetry.wire import Plan, plan_of, trimmed

PROTOBUF = "application/x-protobuf"
JSON = "application/json"
MEDIA_TYPES = (PROTOBUF, JSON)


@dataclass(frozen=True, slots=True, eq=False)
class Kind:
    """One of the two signals: its messages, and where its items are."""

    request: type[Any]
    response: type[Any]
    shape: shapes.Shape
    plan: Plan
    rejected: str  # the field of the answer's partial success


def _kind(request: type[Any], response: type[Any], shape: shapes.Shape, rejected: str) -> Kind:
    return Kind(request, response, shape, plan_of(shape, request.DESCRIPTOR), rejected)


TRACES = _kind(ExportTraceServiceRequest, ExportTraceServiceResponse, shapes.TRACES, "rejected_spans")
METRICS = _kind(
    ExportMetricsServiceRequest, ExportMetricsServiceResponse, shapes.METRICS, "rejected_data_points"
)


def decode(body: bytes, media_type: str, kind: Kind) -> Any:
    """The request's message. Raises BadExport, or UnknownEncoding for another media type."""
    if media_type == PROTOBUF:
        message = kind.request()
        try:
            message.ParseFromString(trimmed(body, kind.plan))
        except DecodeError as error:
            expected = f"a whole {kind.request.DESCRIPTOR.name} message"
            raise BadExport("body", "is not what its Content-Type says", expected) from error
        return message
    if media_type == JSON:
        kept = read_json(body, kind.shape)
        try:
            return json_format.ParseDict(kept, kind.request(), ignore_unknown_fields=True)
        except json_format.ParseError as error:
            # Its text would repeat the value.
            expected = f"the JSON mapping of {kind.request.DESCRIPTOR.name}"
            raise BadExport("body", "holds a number or text that does not fit its field", expected) from error
    raise UnknownEncoding("header Content-Type", "is not one that is read here", " or ".join(MEDIA_TYPES))


def encode(message: Any, media_type: str) -> bytes:
    """A message in the encoding that the client speaks: protobuf if it does, else JSON."""
    if media_type == PROTOBUF:
        return bytes(message.SerializeToString())
    text: str = json_format.MessageToJson(message, indent=None, ensure_ascii=False)
    return text.encode()


def answer_of(received: Received, kind: Kind) -> Any:
    """The success, partial where items were refused or there is something to say."""
    answer = kind.response()
    if received.rejected or received.message:
        setattr(answer.partial_success, kind.rejected, received.rejected)
        answer.partial_success.error_message = received.message
    return answer


def _status_class() -> type[Any]:
    """google.rpc.Status without its details, in a pool of its own: the package that ships the original is not
    needed for two fields, and where it is installed the two must not meet."""
    file = descriptor_pb2.FileDescriptorProto(name="status.proto", package="google.rpc", syntax="proto3")
    status = file.message_type.add(name="Status")
    kinds = descriptor_pb2.FieldDescriptorProto
    status.field.add(name="code", number=1, type=kinds.TYPE_INT32, label=kinds.LABEL_OPTIONAL)
    status.field.add(name="message", number=2, type=kinds.TYPE_STRING, label=kinds.LABEL_OPTIONAL)
    pool = descriptor_pool.DescriptorPool()
    pool.AddSerializedFile(file.SerializeToString())
    found: type[Any] = message_factory.GetMessageClass(pool.FindMessageTypeByName("google.rpc.Status"))
    return found


Status = _status_class()
INTERNAL = 13
# The codes of gRPC for the statuses of HTTP, as google.rpc.Code gives them.
CODES = {
    400: 3,  # INVALID_ARGUMENT
    401: 16,  # UNAUTHENTICATED
    403: 7,  # PERMISSION_DENIED
    404: 5,  # NOT_FOUND
    405: 12,  # UNIMPLEMENTED
    409: 10,  # ABORTED
    413: 8,  # RESOURCE_EXHAUSTED
    415: 3,
    422: 3,
    429: 8,
    503: 14,  # UNAVAILABLE
}


def status_of(http_status: int, text: str) -> Any:
    """The body of an answer that refuses a whole export."""
    return Status(code=CODES.get(http_status, INTERNAL), message=text)
