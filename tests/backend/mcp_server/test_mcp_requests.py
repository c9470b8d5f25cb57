"""The tools that prepare: what a wallet gets, and that nothing happens until its owner acts."""

from __future__ import annotations

import asyncio
import json
import os
from pathlib import Path
from typing import Any

import httpx
from deployed import CHAIN_ID, Deployed
from mcp import Client
from mcp_answers import Opened, failure, structured
from nodes import workload
from programs import Owner


def work(name: str) -> dict[str, Any]:
    return workload(name=name)


async def evidence(gateway_url: str, owner: Owner, report_id: str) -> dict[str, Any]:
    headers = {"authorization": f"Bearer {owner.api_key}"}
    async with httpx.AsyncClient(base_url=gateway_url, headers=headers) as http:
        response = await http.get(f"/v1/reports/{report_id}/evidence")
    assert response.status_code == 200, response.text
    found: dict[str, Any] = response.json()
    return found


async def test_record__workload__is_a_request_that_the_owner_sends(
    trusted: Client, owner: Owner, deployed: Deployed, gateway_url: str
) -> None:
    asked = structured(await trusted.call_tool("record", {"workload": work("run 1")}))
    (transaction,) = asked["transactions"]
    assert (asked["action"], asked["account"]) == ("record", owner.person.address)
    assert (transaction["to"], transaction["value"]) == (deployed.ledger.address, "0x0")
    assert transaction["chainId"] == hex(CHAIN_ID)
    assert owner.person.address in asked["steps"][0] and "CO2e" in transaction["in_words"]

    unsent = structured(await trusted.call_tool("verify", {"attestation": asked["attestation"]}))
    assert unsent["verdict"] == "not_recorded"

    deployed.chain.send(owner.person, transaction["to"], transaction["data"])
    found = structured(await trusted.call_tool("verify", {"attestation": asked["attestation"]}))
    assert (found["verdict"], found["workloads_recomputed"]) == ("recorded", 0)

    bundle = await evidence(gateway_url, owner, asked["attestation"])
    arguments = {"attestation": asked["attestation"], "bundle": bundle}
    proved = structured(await trusted.call_tool("verify", arguments))
    assert (proved["verdict"], proved["workloads_recomputed"]) == ("equal", 1)

    bundle["workloads"][0]["workload"]["pue_ppm"] = "1300000"
    lied = structured(await trusted.call_tool("verify", arguments | {"bundle": bundle}))
    assert lied["verdict"] == "different"
    assert "footprint.high_ug" in {difference["field"] for difference in lied["differences"]}

    position = structured(await trusted.call_tool("position", {"account": owner.person.address}))
    assert (position["attestations"], position["high_ug"]) == (1, found["high_ug"])


async def test_record__same_workload_again__is_the_same_request(trusted: Client) -> None:
    first = structured(await trusted.call_tool("record", {"workload": work("run 2")}))
    again = structured(await trusted.call_tool("record", {"workload": work("run 2")}))
    assert again == first


async def test_record__work_that_is_not_over__is_refused_by_the_gateways_words(trusted: Client) -> None:
    said = failure(await trusted.call_tool("record", {"workload": workload(end=4_000_000_000)}))
    assert "workload.end" in said and "expected" in said


async def test_record__key_without_the_scope__names_the_scope(
    opened: Opened, owner: Owner, gateway_url: str
) -> None:
    key = await owner.new_key(gateway_url, "estimate")
    async with opened(GREENLEDGER_API_KEY=key) as client:
        said = failure(await client.call_tool("record", {"workload": work("run 3")}))
    assert "submit" in said and "wrong_scope" in said


async def test_record__key_of_a_login__is_not_used(
    opened: Opened, owner: Owner, gateway_url: str, tmp_path: Path
) -> None:
    login = {"url": gateway_url, "account": owner.person.address, "api_key": owner.api_key}
    (tmp_path / "greenledger").mkdir()
    (tmp_path / "greenledger/login.json").write_text(json.dumps(login))
    async with opened(XDG_CONFIG_HOME=str(tmp_path)) as client:
        said = failure(await client.call_tool("record", {"workload": work("run 5")}))
    assert "expected GREENLEDGER_API_KEY" in said


async def test_record__keystore_in_the_environment__is_never_opened(
    opened: Opened, owner: Owner, tmp_path: Path
) -> None:
    # Whoever opens a pipe that nobody writes to waits for ever.
    keystore = tmp_path / "keystore.json"
    os.mkfifo(keystore)
    wallet = {"GREENLEDGER_KEYSTORE": str(keystore), "GREENLEDGER_KEYSTORE_PASSWORD_FILE": str(keystore)}
    async with opened(GREENLEDGER_API_KEY=owner.api_key, **wallet) as client:
        asked = structured(await client.call_tool("record", {"workload": work("run 4")}))
    assert asked["account"] == owner.person.address


async def test_retire__offer__is_a_link_and_words_for_the_owner(agent: Client) -> None:
    quoted = structured(await agent.call_tool("quote", {"amount_kg": "2000", "limit": 1}))
    (offer,) = quoted["offers"]
    asked = structured(
        await agent.call_tool(
            "retire",
            {
                "source_id": offer["source_id"],
                "amount_kg": "2000",
                "beneficiary_name": 'Example "Labs" GmbH',
                "reason": "fine-tune 7",
            },
        )
    )
    assert (asked["action"], asked["page"], asked["transactions"]) == ("retire", offer["page"], [])
    assert offer["cost_usd"] in asked["steps"][1]
    assert asked["steps"][2] == r'Enter the beneficiary: "Example \"Labs\" GmbH"'


async def test_retire__amount_that_the_market_does_not_sell__says_which_it_sells(agent: Client) -> None:
    quoted = structured(await agent.call_tool("quote", {"amount_kg": "2000", "limit": 1}))
    arguments = {"source_id": quoted["offers"][0]["source_id"], "beneficiary_name": "A", "reason": "r"}
    said = failure(await agent.call_tool("retire", arguments | {"amount_kg": "0.000000001"}))
    assert "amount_kg" in said and "expected" in said and " kg on" in said


async def test_retire_tokens__adapter_that_is_none__is_refused(agent: Client) -> None:
    said = failure(
        await agent.call_tool(
            "retire_tokens",
            {
                "adapter": "0x" + "ab" * 20,
                "token": "0x" + "cd" * 20,
                "amount_kg": "1",
                "beneficiary_name": "A",
                "holder": "0x" + "ef" * 20,
            },
        )
    )
    assert "adapter" in said and "expected" in said


async def test_server__key_in_a_refused_workload__wrote_the_key_nowhere(
    trusted: Client, owner: Owner, stderr_file: Path
) -> None:
    failure(await trusted.call_tool("record", {"workload": {"name": owner.api_key}}))
    written = await asyncio.to_thread(stderr_file.read_text)
    assert owner.api_key not in written
