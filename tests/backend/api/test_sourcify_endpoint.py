"""The lookup that block explorers make: sources of contracts that are exact, and nothing of any other."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from deployed import CHAIN_ID, ROOT, Deployed
from nodes import Running, node_settings, running
from verified_ledger import judged, ledger_entry

from greenledger.evidence.hashing import keccak256
from greenledger.verified.record import InvalidRecord, VerifiedContracts, record_file, write_record
from scripts.deployment.artifacts import COMPILER, Artifact, compile_contract
from scripts.deployment.sourcify import Judgement
from scripts.deployment.verified import verified_contract

PATH = "contracts/FootprintLedger.vy"
MINIMAL = {"match", "creationMatch", "runtimeMatch", "chainId", "address", "matchId", "verifiedAt"}


@pytest.fixture(scope="module")
def artifact() -> Artifact:
    return compile_contract("FootprintLedger")


@pytest.fixture(scope="module")
def entry(deployed: Deployed) -> dict[str, Any]:
    return ledger_entry(deployed)


@pytest.fixture(scope="module")
def judgement(deployed: Deployed, artifact: Artifact, entry: dict[str, Any]) -> Judgement:
    return judged(deployed, entry, artifact)


@pytest.fixture
async def node(
    deployed: Deployed,
    database_url: str,
    artifact: Artifact,
    entry: dict[str, Any],
    judgement: Judgement,
    tmp_path: Path,
) -> AsyncIterator[Running]:
    """A gateway beside whose deployment file there is a record of the ledger alone."""
    assert judgement.is_exact, judgement
    file = tmp_path / "deployment.json"
    file.write_text(deployed.file.read_text())
    write_record(file, CHAIN_ID, [verified_contract(artifact, entry, judgement)])
    async with running(node_settings(deployed, database_url, deployment=file)) as started:
        yield started


async def ask(node: Running, address: str, chain: int | str = CHAIN_ID, **selectors: str) -> httpx.Response:
    return await node.client.get(f"/v2/contract/{chain}/{address}", params=selectors)


async def test_contract__without_a_selector__is_an_exact_match_and_little_more(
    node: Running, deployed: Deployed
) -> None:
    response = await ask(node, deployed.ledger.address.lower())
    body = response.json()
    assert (response.status_code, body.keys()) == (200, MINIMAL)
    assert {body[name] for name in ("match", "creationMatch", "runtimeMatch")} == {"exact_match"}
    assert (body["chainId"], body["address"]) == (str(CHAIN_ID), deployed.ledger.address)


async def test_contract__its_sources__are_the_files_of_this_project(
    node: Running, deployed: Deployed
) -> None:
    sources = (await ask(node, deployed.ledger.address, fields="sources")).json()["sources"]
    assert sources[PATH] == {"content": (ROOT / PATH).read_text()}
    assert "contracts/interfaces/IFootprintLedger.vyi" in sources
    assert any(path.startswith("snekmate/") for path in sources)


async def test_contract__metadata__lets_an_explorer_name_functions_events_and_files(
    node: Running, deployed: Deployed
) -> None:
    body = (await ask(node, deployed.ledger.address, fields="metadata,runtimeBytecode.sourceMap")).json()
    metadata = body["metadata"]
    assert metadata["settings"]["compilationTarget"] == {PATH: "FootprintLedger"}
    assert metadata["compiler"] == {"version": COMPILER["vyper"]}
    # Explorers that were made for Solidity read these without asking whether they are there.
    assert metadata["output"]["userdoc"]["methods"] == metadata["output"]["devdoc"]["methods"] == {}
    events = {item["name"] for item in metadata["output"]["abi"] if item["type"] == "event"}
    assert "FootprintRecorded" in events
    content = (ROOT / PATH).read_bytes()
    assert metadata["sources"][PATH]["keccak256"] == f"0x{keccak256(content).hex()}"
    assert body["runtimeBytecode"] == {"sourceMap": None}


async def test_contract__all_fields__say_what_sourcify_filled_in_and_nothing_of_metadata_replaced(
    node: Running, deployed: Deployed, entry: dict[str, Any]
) -> None:
    body = (await ask(node, deployed.ledger.address, fields="all")).json()
    reasons = [step["reason"] for step in body["creationBytecode"]["transformations"]]
    assert reasons == ["constructorArguments"]
    assert body["deployment"]["transactionHash"] == entry["tx"]
    assert body["compilation"]["fullyQualifiedName"] == f"{PATH}:FootprintLedger"
    assert body["stdJsonInput"]["sources"] == body["sources"]
    assert {"abi", "userdoc", "devdoc", "storageLayout", "proxyResolution"} < body.keys()


async def test_contract__omitted_fields__are_left_out_and_all_others_are_there(
    node: Running, deployed: Deployed
) -> None:
    everything = (await ask(node, deployed.ledger.address, fields="all")).json()
    body = (await ask(node, deployed.ledger.address, omit="sources,compilation.name")).json()
    assert everything.keys() - body.keys() == {"sources"}
    assert everything["compilation"].keys() - body["compilation"].keys() == {"name"}


async def test_contract__nobody_verified_it__is_not_found_in_sourcifys_words(
    node: Running, deployed: Deployed
) -> None:
    response = await ask(node, deployed.credits.address.lower())
    nothing = dict.fromkeys(("match", "creationMatch", "runtimeMatch"))
    expected = nothing | {"chainId": str(CHAIN_ID), "address": deployed.credits.address}
    assert (response.status_code, response.json()) == (404, expected)


@pytest.mark.parametrize(
    ("chain", "address", "selectors", "code"),
    [
        ("1", None, {}, "unsupported_chain"),
        ("x", None, {}, "unsupported_chain"),
        (CHAIN_ID, "0x12", {}, "invalid_parameter"),
        (CHAIN_ID, None, {"fields": "abi,colour"}, "invalid_parameter"),
        (CHAIN_ID, None, {"fields": "compilation."}, "invalid_parameter"),
        (CHAIN_ID, None, {"fields": "compilation.name.first"}, "invalid_parameter"),
        (CHAIN_ID, None, {"fields": "all,abi"}, "invalid_parameter"),
        (CHAIN_ID, None, {"fields": "abi", "omit": "sources"}, "invalid_parameter"),
    ],
)
async def test_contract__wrong_question__is_refused_with_sourcifys_code(
    node: Running,
    deployed: Deployed,
    chain: int | str,
    address: str | None,
    selectors: dict[str, str],
    code: str,
) -> None:
    response = await ask(node, address or deployed.ledger.address, chain, **selectors)
    body = response.json()
    assert (response.status_code, body["customCode"]) == (400, code)
    assert body["message"] and body["errorId"]


@pytest.mark.parametrize("which", ["ledger", "credits"])
async def test_contract__asked_by_another_site__is_open_to_it_without_credentials(
    node: Running, deployed: Deployed, which: str
) -> None:
    address = getattr(deployed, which).address
    headers = {"origin": "https://explorer.example"}
    response = await node.client.get(f"/v2/contract/{CHAIN_ID}/{address}", headers=headers)
    assert response.headers["access-control-allow-origin"] == "*"
    assert "access-control-allow-credentials" not in response.headers
    assert response.headers["content-security-policy"] == "default-src 'none'; frame-ancestors 'none'"


async def test_other_routes__asked_by_another_site__stay_closed_to_it(node: Running) -> None:
    response = await node.client.get("/v1/catalogue", headers={"origin": "https://explorer.example"})
    assert "access-control-allow-origin" not in response.headers


async def test_contract__gateway_without_a_record__has_nothing_verified(
    gateway: Running, deployed: Deployed
) -> None:
    assert (await ask(gateway, deployed.ledger.address)).status_code == 404


@pytest.mark.parametrize(
    "content", ["", "[]", '{"chain_id": 1}', '{"chain_id": 31337, "contracts": [{}], "sources": {}}']
)
def test_record__that_no_script_wrote__stops_the_start_and_names_the_file(
    tmp_path: Path, content: str
) -> None:
    deployment = tmp_path / "31337.json"
    record_file(deployment).write_text(content)
    with pytest.raises(InvalidRecord, match=r"^31337\.verified\.json: "):
        VerifiedContracts.load(deployment, CHAIN_ID)


def test_record__file_that_two_contracts_share__is_written_once_and_read_for_both(
    artifact: Artifact, entry: dict[str, Any], judgement: Judgement, tmp_path: Path
) -> None:
    deployment = tmp_path / "31337.json"
    one = verified_contract(artifact, entry, judgement)
    other = verified_contract(artifact, entry | {"address": "0x" + "12" * 20}, judgement)
    write_record(deployment, CHAIN_ID, [one, other])
    assert json.loads(record_file(deployment).read_text())["sources"].keys() == one.sources.keys()
    read = VerifiedContracts.load(deployment, CHAIN_ID)
    assert read.find(CHAIN_ID, one.address) == one
    assert read.find(CHAIN_ID, other.address) == other
    assert read.find(1, one.address) is None
