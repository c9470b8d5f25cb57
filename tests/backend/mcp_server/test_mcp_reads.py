"""The tools that read, called as an agent calls them."""

from __future__ import annotations

from jsonschema import Draft202012Validator
from mcp import Client
from mcp_answers import failure, structured
from nodes import new_person, workload

READ_ONLY = {"workload_schema", "estimate", "position", "verify", "quote", "retire", "retire_tokens"}
NOBODY = "0x" + "ab" * 20


async def test_tools__listed__have_schemas_hints_and_no_way_to_sign(agent: Client) -> None:
    tools = {tool.name: tool for tool in (await agent.list_tools()).tools}
    assert set(tools) == READ_ONLY | {"record"}
    for tool in tools.values():
        Draft202012Validator.check_schema(tool.input_schema)
        assert tool.input_schema["additionalProperties"] is False
        assert tool.output_schema is not None
        Draft202012Validator.check_schema(tool.output_schema)
        assert tool.annotations is not None and tool.annotations.destructive_hint is False
        assert tool.annotations.read_only_hint is (tool.name in READ_ONLY)
        assert not {"private_key", "key", "keystore", "password"} & set(tool.input_schema["properties"])


async def test_estimate__bloom__gives_bounds_defaults_and_what_to_state(agent: Client) -> None:
    found = structured(await agent.call_tool("estimate", {"workload": workload()}))
    low, central, high = (int(found["total_ug"][name]) for name in ("low", "central", "high"))
    assert 0 < low < central < high
    assert found["in_words"].startswith(f"{central / 10**12:.4g} t CO2e")
    assert {default["field"] for default in found["defaults"]} >= {"hardware_life_s"}
    assert found["narrows_most"]


async def test_estimate__wrong_fields__are_all_named_with_what_is_right(agent: Client) -> None:
    said = failure(await agent.call_tool("estimate", {"workload": workload(kind="dancing", pue_ppm="1")}))
    assert "kind" in said and "pue_ppm" in said and "expected" in said


async def test_workload_schema__asked__says_what_a_workload_may_state(agent: Client) -> None:
    schema = structured(await agent.call_tool("workload_schema", {}))["workload"]
    Draft202012Validator.check_schema(schema)
    Draft202012Validator(schema).validate(workload())


async def test_position__account_without_attestations__is_nothing(agent: Client) -> None:
    found = structured(await agent.call_tool("position", {"account": new_person().address}))
    assert (found["attestations"], found["high_ug"], found["coverage_bps"]) == (0, "0", 0)
    assert found["in_words"] == "The account has nothing attested on this ledger."


async def test_verify__unknown_id__is_not_recorded(agent: Client) -> None:
    found = structured(await agent.call_tool("verify", {"attestation": "0x" + "cd" * 32}))
    assert (found["verdict"], found["recorded_at"], found["tier"]) == ("not_recorded", None, None)


async def test_quote__amount__lists_what_sells_it_cheapest_first(agent: Client) -> None:
    found = structured(await agent.call_tool("quote", {"amount_kg": "1500.5", "limit": 2}))
    assert found["amount_ug"] == "1500500000000"
    first, second = found["offers"]
    assert float(first["price_usd_per_tonne"]) <= float(second["price_usd_per_tonne"])
    assert float(first["cost_usd"]) >= 1.5005 * float(first["price_usd_per_tonne"])
    assert first["orderable"] and first["page"].endswith(f"/retire?offer={first['source_id']}")
    assert not first["ex_ante"]


async def test_quote__wish_that_nothing_meets__is_an_empty_list(agent: Client) -> None:
    found = structured(
        await agent.call_tool("quote", {"amount_kg": "1", "max_price_usd_per_tonne": "0.000001"})
    )
    assert found["offers"] == []
