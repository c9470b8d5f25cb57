"""What the documented nginx lets through, what it refuses, and what it tells the gateways."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from eth_account import Account
from google.protobuf import json_format
from nginx import CONFIGURATION
from person import Person
from several_stage import SIGN_INS, Several

from greenledger.api.app import create_app
from greenledger.api.middleware.body_limit import MAX_BODY_BYTES, BodyLimit
from greenledger.api.requests.telemetry_body import TELEMETRY_SIZES
from greenledger.api.settings import Settings
from greenledger.telemetry.messages import Status

OURS = re.compile(r"[0-9a-f]{32}")
MIB = 1024 * 1024
WRITTEN_S = 30.0


def lines_about(request_id: str, *logs: Path) -> list[dict[str, Any]]:
    """The lines that tell of the end of a request, once there are any: they are written after its answer."""
    deadline = time.monotonic() + WRITTEN_S
    while time.monotonic() < deadline:
        # Without what follows the last line's end, which is still being written.
        whole = [line for log in logs for line in log.read_text().split("\n")[:-1]]
        found = [line for line in map(json.loads, whole) if line.get("request_id") == request_id]
        if any(line.get("event", "request") == "request" for line in found):
            return found
        time.sleep(0.05)
    raise AssertionError(f"no line of {request_id} within {WRITTEN_S:g} s in {[log.name for log in logs]}")


@pytest.fixture
def stranger(several: Several) -> Iterator[httpx.Client]:
    with _from("127.0.0.1", several) as http:
        yield http


def _from(address: str, several: Several) -> httpx.Client:
    """A client at an address of its own: the loopback network has many."""
    transport = httpx.HTTPTransport(local_address=address)
    return httpx.Client(base_url=several.origin, transport=transport, timeout=30)


def _locations() -> dict[str, str]:
    """What stands in each location of exactly one path."""
    found = re.findall(r"location = (\S+) \{(.*?)\n    \}", CONFIGURATION.read_text(), flags=re.DOTALL)
    return dict(found)


def test_sign_in_rate__behind_nginx__counts_by_the_clients_own_address(several: Several) -> None:
    lied = {"x-forwarded-for": "127.0.0.99"}
    with _from("127.0.0.7", several) as greedy, _from("127.0.0.8", several) as modest:
        # Both gateways together may let through twice as many at most, and no more than that.
        statuses = [greedy.get("/v1/auth/nonce").status_code for _ in range(2 * SIGN_INS + 10)]
        assert set(statuses) == {200, 429}
        assert greedy.get("/v1/auth/nonce", headers=lied).status_code == 429
        assert modest.get("/v1/auth/nonce").status_code == 200


def test_request_id__well_formed__is_the_gateways_and_nginxs_too(
    several: Several, stranger: httpx.Client
) -> None:
    kept = stranger.get("/v1/catalogue", headers={"x-request-id": "through-nginx-1"})
    made = stranger.get("/v1/catalogue", headers={"x-request-id": 'not"well formed'})
    assert kept.headers["x-request-id"] == "through-nginx-1"
    assert OURS.fullmatch(made.headers["x-request-id"])
    for request_id in ("through-nginx-1", made.headers["x-request-id"]):
        by_nginx = lines_about(request_id, several.nginx_folder / "access.log")
        assert {line["path"] for line in by_nginx} == {"/v1/catalogue"}
        assert lines_about(request_id, *(gateway.log for gateway in several.gateways))


def test_request_id__of_a_report__is_in_the_lines_of_the_council_peer(several: Several) -> None:
    person = Person(several.origin, Account.create())
    person.sign_in(several.origin)
    work = {"kind": "training", "start": 1646956800, "end": 1646960400, "place": {"country": "FR"}}
    work |= {"phases": [{"hardware": "a100-sxm-80gb", "device_seconds": "3600"}]}
    row = person.post(several.origin, "/v1/workloads", {"workload": work})
    answer = httpx.post(
        f"{several.origin}/v1/reports",
        json={"workload_ids": [row["id"]]},
        headers=person.headers() | {"x-request-id": "signed-by-a-peer"},
        timeout=60,
        trust_env=False,
    )
    assert answer.status_code == 201, answer.text
    ours = lines_about("signed-by-a-peer", several.peer.log)
    asked = [line["path"] for line in ours if line["event"] == "request"]
    assert asked == ["/v1/council/sign"]


@pytest.mark.parametrize("path", ["/metrics", "/metrics/", "//metrics", "/%6detrics", "/metrics?x=1"])
def test_metrics__asked_for_by_a_stranger__are_not_there(stranger: httpx.Client, path: str) -> None:
    answer = stranger.get(path)
    assert answer.status_code == 404 and "greenledger_" not in answer.text


def test_metrics__of_each_gateway__are_at_its_own_address(several: Several) -> None:
    for gateway in several.gateways:
        assert "greenledger_followed_block" in gateway.get("/metrics").text


def test_body__larger_than_the_gateways_take__is_refused_with_a_problem(stranger: httpx.Client) -> None:
    answer = stranger.post("/v1/footprints/estimate", content=b" " * (MAX_BODY_BYTES + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "body_too_large")
    assert answer.headers["content-type"] == "application/problem+json"


def _code_of(answer: httpx.Response, encoding: str) -> int:
    """The code of the google.rpc.Status in the encoding of the request."""
    assert answer.headers["content-type"] == encoding
    if encoding == "application/json":
        return int(json_format.Parse(answer.content, Status()).code)
    return int(Status.FromString(answer.content).code)


@pytest.mark.parametrize("path", TELEMETRY_SIZES)
@pytest.mark.parametrize(("encoding", "code"), [("application/json", 8), ("application/x-protobuf", 0)])
def test_export__larger_than_the_gateways_take__is_refused_with_a_status(
    stranger: httpx.Client, path: str, encoding: str, code: int
) -> None:
    body = b" " * (TELEMETRY_SIZES[path] + 1)
    answer = stranger.post(path, content=body, headers={"content-type": encoding})
    assert (answer.status_code, _code_of(answer, encoding)) == (413, code)


@pytest.mark.parametrize(("encoding", "code"), [("application/json", 14), ("application/x-protobuf", 0)])
def test_export__both_gateways_away__is_told_in_a_status(several: Several, encoding: str, code: int) -> None:
    with several.proxy_without_gateways() as origin:
        for path in TELEMETRY_SIZES:
            headers = {"content-type": encoding}
            answer = httpx.post(f"{origin}{path}", content=b"", headers=headers, trust_env=False)
            assert (answer.status_code, _code_of(answer, encoding)) == (502, code)
            assert answer.headers["retry-after"] == "2"


def test_configuration__body_limits__are_those_of_the_gateway(several: Several) -> None:
    """A path that may take more in the gateway has a location of its own here, with the same size."""
    (limit,) = [one for one in create_app(Settings()).user_middleware if one.cls is BodyLimit]
    larger: dict[str, Any] = limit.kwargs["larger"]
    size = re.compile(r"client_max_body_size +(\d+)m;")
    sizes = {path: size.search(inside) for path, inside in _locations().items()}
    assert {path: int(found[1]) * MIB for path, found in sizes.items() if found} == larger
    assert "client_max_body_size   1m;" in CONFIGURATION.read_text() and MAX_BODY_BYTES == MIB


def test_configuration__requests_with_a_key__are_repeated_where_the_gateway_takes_keys(
    several: Several,
) -> None:
    """A key that a route does not know must not have its requests sent twice."""
    document = several.gateways[0].get("/v1/openapi.json").json()
    taken = {
        path
        for path, operations in document["paths"].items()
        for operation in operations.values()
        if "idempotency-key" in {field["name"].lower() for field in operation.get("parameters", [])}
    }
    twice = ("return 418", "non_idempotent")
    repeated = {path for path, inside in _locations().items() if any(text in inside for text in twice)}
    assert taken and taken <= repeated
    # Without a key: the same selection is the same report.
    assert repeated - taken == {"/v1/reports"}


def test_page__both_gateways_away__is_told_in_a_problem_document(several: Several) -> None:
    """Asked of a server of the same configuration whose gateways nobody has started."""
    with several.proxy_without_gateways() as origin:
        for method in ("GET", "POST"):
            answer = httpx.request(
                method, f"{origin}/v1/workloads", headers={"idempotency-key": "k" * 16}, trust_env=False
            )
            assert (answer.status_code, answer.json()["code"]) == (502, "gateways_away")
            assert answer.headers["retry-after"] == "2"
