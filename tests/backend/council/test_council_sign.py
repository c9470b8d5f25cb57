"""POST /v1/council/sign: the node recomputes, then signs, or refuses and names the field."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator, Callable
from typing import Any

import pytest
from deployed import OWNER_ACCOUNT, Deployed, account
from nodes import PEER_TOKEN, Running, new_person, node_settings, problem, running, sign_in, workload

from greenledger.council.signer import recover
from greenledger.evidence.disclosure import DisclosedWorkload, build_footprint
from greenledger.evidence.typed_data import (
    FootprintReport,
    footprint_domain,
    footprint_report_id,
    report_as_json,
)
from greenledger.footprint.factors import load_factor_set

AUTHORIZED = {"authorization": f"Bearer {PEER_TOKEN}"}
SALT = b"\x07" * 32
DAY_S = 24 * 3600


def request_for(valid_for_s: int = DAY_S, account: str | None = None, **changes: Any) -> dict[str, Any]:
    """A request that every honest node signs, unless `changes` of the workload say otherwise."""
    disclosed = DisclosedWorkload(workload(**changes), SALT)
    footprint = build_footprint([disclosed], load_factor_set(), int(time.time()) + valid_for_s)
    report = FootprintReport(account or new_person().address, footprint)
    shown = {"workload": disclosed.workload, "salt": f"0x{SALT.hex()}"}
    return {"kind": "footprint", "report": report_as_json(report), "workloads": [shown]}


def with_field(request: dict[str, Any], name: str, change: Callable[[str], str]) -> dict[str, Any]:
    footprint = request["report"]["footprint"]
    changed = request["report"] | {"footprint": footprint | {name: change(footprint[name])}}
    return request | {"report": changed}


def one_more(value: str) -> str:
    return str(int(value) + 1)


def other_word(_value: str) -> str:
    return "0x" + "ab" * 32


async def test_sign__report_that_follows_from_its_workloads__is_signed(
    gateway: Running, deployed: Deployed
) -> None:
    request = request_for()
    response = await gateway.client.post("/v1/council/sign", json=request, headers=AUTHORIZED)
    assert response.status_code == 200, response.text
    answer = response.json()
    digest = bytes.fromhex(answer["digest"][2:])
    values = {name: value for name, value in request["report"]["footprint"].items()}
    fields = tuple(bytes.fromhex(v[2:]) if v.startswith("0x") else int(v) for v in values.values())
    on_chain = deployed.ledger.functions.report_id((request["report"]["account"], fields)).call()
    assert digest == on_chain
    assert recover(digest, bytes.fromhex(answer["signature"][2:])) == answer["signer"]


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("root", other_word),
        ("count", one_more),
        ("methodology", other_word),
        ("period_start", one_more),
        ("period_end", one_more),
        ("energy_uwh", one_more),
        ("low_ug", one_more),
        ("central_ug", one_more),
        ("high_ug", one_more),
        ("market_ug", one_more),
        ("embodied_ug", one_more),
        ("water_ul", one_more),
        ("tier", one_more),
    ],
)
async def test_sign__one_field_differs__is_refused_by_name(
    gateway: Running, name: str, change: Callable[[str], str]
) -> None:
    request = with_field(request_for(), name, change)
    response = await gateway.client.post("/v1/council/sign", json=request, headers=AUTHORIZED)
    assert problem(response) == (422, "council_refused", [f"report.footprint.{name}"])
    assert "signature" not in response.json()


@pytest.mark.parametrize("valid_for_s", [-1, 0, 7 * DAY_S + 60])
async def test_sign__valid_until_outside_the_window__is_refused(gateway: Running, valid_for_s: int) -> None:
    request = request_for(valid_for_s)
    response = await gateway.client.post("/v1/council/sign", json=request, headers=AUTHORIZED)
    assert problem(response) == (422, "council_refused", ["report.footprint.valid_until"])


async def test_sign__work_that_ends_in_the_future__is_refused(gateway: Running) -> None:
    request = request_for(end=int(time.time()) + 3600)
    response = await gateway.client.post("/v1/council/sign", json=request, headers=AUTHORIZED)
    assert problem(response) == (422, "council_refused", ["report.footprint.period_end"])


async def test_sign__nobodys_account__is_refused(gateway: Running) -> None:
    request = request_for(account="0x" + "00" * 20)
    response = await gateway.client.post("/v1/council/sign", json=request, headers=AUTHORIZED)
    assert problem(response) == (422, "council_refused", ["report.account"])


async def test_sign__other_salt__is_refused_at_the_root(gateway: Running) -> None:
    request = request_for()
    request["workloads"][0]["salt"] = "0x" + "08" * 32
    response = await gateway.client.post("/v1/council/sign", json=request, headers=AUTHORIZED)
    assert problem(response) == (422, "council_refused", ["report.footprint.root"])


async def test_sign__workload_that_cannot_be_read__is_refused_by_name(gateway: Running) -> None:
    request = request_for()
    request["workloads"][0]["workload"]["phases"][0] = {"hardware": "abacus", "device_seconds": "1"}
    response = await gateway.client.post("/v1/council/sign", json=request, headers=AUTHORIZED)
    assert problem(response) == (422, "invalid_workload", ["workloads[0].workload.phases[0].hardware"])


async def test_sign__report_with_an_unknown_field__is_refused_by_name(gateway: Running) -> None:
    request = request_for()
    request["report"]["footprint"]["offset"] = "1"
    response = await gateway.client.post("/v1/council/sign", json=request, headers=AUTHORIZED)
    assert problem(response) == (422, "invalid_report", ["report.footprint.offset"])


async def test_sign__recorded_already__is_refused(gateway: Running, deployed: Deployed) -> None:
    person = new_person()
    deployed.chain.fund(person.address)
    await sign_in(gateway.client, person)
    row = (await gateway.client.post("/v1/workloads", json={"workload": workload()})).json()
    report = (await gateway.client.post("/v1/reports", json={"workload_ids": [row["id"]]})).json()
    deployed.chain.send(person, report["transaction"]["to"], report["transaction"]["data"])
    bundle = (await gateway.client.get(f"/v1/reports/{report['id']}/evidence")).json()
    request = {"kind": "footprint", "report": bundle["report"], "workloads": bundle["workloads"]}
    response = await gateway.client.post("/v1/council/sign", json=request, headers=AUTHORIZED)
    assert problem(response) == (422, "council_refused", ["report"])


@pytest.mark.parametrize(
    "headers",
    [{}, {"authorization": "Bearer wrong"}, {"authorization": PEER_TOKEN}, {"authorization": "Bearer ä"}],
    ids=["no token", "wrong token", "no scheme", "not ASCII"],
)
async def test_sign__not_a_peer__is_refused_before_anything_is_computed(
    gateway: Running, headers: dict[str, str]
) -> None:
    raw = {name: value.encode() for name, value in headers.items()}
    response = await gateway.client.post("/v1/council/sign", json=request_for(), headers=raw)
    assert problem(response) == (401, "not_a_peer", ["header Authorization"])


async def test_sign__node_without_a_token__lets_nobody_in(deployed: Deployed, database_url: str) -> None:
    settings = node_settings(deployed, database_url, peer_token=None)
    async with running(settings) as node:
        empty = await node.client.post("/v1/council/sign", json=request_for(), headers={"authorization": ""})
        bare = await node.client.post(
            "/v1/council/sign", json=request_for(), headers={"authorization": "Bearer "}
        )
    assert problem(empty)[:2] == problem(bare)[:2] == (401, "not_a_peer")


async def test_sign__node_without_a_key__says_so(deployed: Deployed, database_url: str) -> None:
    async with running(node_settings(deployed, database_url, council_key=None)) as node:
        response = await node.client.post("/v1/council/sign", json=request_for(), headers=AUTHORIZED)
        view = (await node.client.get("/v1/council")).json()
    assert problem(response)[:2] == (503, "no_council_key")
    assert view["signer"] is None


async def test_sign__methodology_withdrawn_on_chain__is_refused(gateway: Running, deployed: Deployed) -> None:
    owner = account(OWNER_ACCOUNT)
    methodology = deployed.deployment.methodology
    deployed.chain.transact(deployed.ledger, "withdraw_methodology", methodology, sender=owner)
    try:
        response = await gateway.client.post("/v1/council/sign", json=request_for(), headers=AUTHORIZED)
    finally:
        deployed.chain.transact(deployed.ledger, "approve_methodology", methodology, "", sender=owner)
    assert problem(response) == (422, "council_refused", ["report.footprint.methodology"])


async def test_sign__digest__binds_the_ledger_of_the_deployment(gateway: Running, deployed: Deployed) -> None:
    request = request_for()
    response = await gateway.client.post("/v1/council/sign", json=request, headers=AUTHORIZED)
    disclosed = DisclosedWorkload(request["workloads"][0]["workload"], SALT)
    footprint = request["report"]["footprint"]
    rebuilt = build_footprint([disclosed], load_factor_set(), int(footprint["valid_until"]))
    report = FootprintReport(request["report"]["account"], rebuilt)
    here = footprint_domain(deployed.deployment.chain_id, deployed.deployment.ledger)
    elsewhere = footprint_domain(1, deployed.deployment.ledger)
    digest = bytes.fromhex(response.json()["digest"][2:])
    assert digest == footprint_report_id(report, here) != footprint_report_id(report, elsewhere)


async def test_sign__not_a_peer__is_refused_without_a_byte_of_the_body(gateway: Running) -> None:
    async def never_sent() -> AsyncIterator[bytes]:
        raise AssertionError("the body was read")
        yield b""

    headers = {"content-type": "application/json", "authorization": "Bearer wrong"}
    response = await gateway.client.post("/v1/council/sign", content=never_sent(), headers=headers)
    assert problem(response) == (401, "not_a_peer", ["header Authorization"])


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"chain_id": 1}, "chain_id"),
        ({"workloads": [{"workload": {}, "salt": "0x12"}]}, "workloads[0].salt"),
        ({"kind": "mining"}, "kind"),
    ],
)
async def test_sign__wrong_member__is_named_as_in_the_request(
    gateway: Running, changes: dict[str, Any], field: str
) -> None:
    body = request_for() | changes
    response = await gateway.client.post("/v1/council/sign", json=body, headers=AUTHORIZED)
    assert problem(response) == (422, "invalid_request", [field])
