"""GET /v1/projects over several markets: what is offered, and a word about a market that is away."""

from __future__ import annotations

from pathlib import Path

from deployed import Deployed
from market_clients import WIND
from nodes import node_settings, problem, running
from sandbox_server import KEY, SandboxServer


async def test_projects__one_of_two_markets_away__are_those_of_the_other_with_a_warning(
    deployed: Deployed, database_url: str, tmp_path: Path
) -> None:
    with SandboxServer(tmp_path) as market:
        settings = node_settings(
            deployed,
            database_url,
            marketplace_url=market.url,
            marketplace_key=KEY,
            cnaught_url="http://127.0.0.1:1/v1",
            cnaught_key=KEY,
            cnaught_portfolios=(WIND,),
        )
        async with running(settings) as node:
            response = await node.client.get("/v1/projects")
            health = (await node.client.get("/health")).json()
    assert response.status_code == 200 and len(response.json()["items"]) == 4
    (warning,) = response.json()["warnings"]
    assert warning == "cnaught: POST /quotes: ConnectError"
    assert health["status"] == "degraded" and health["checks"]["marketplace"]["detail"] == warning


async def test_projects__of_carbonmark_and_cnaught__are_in_one_list(
    deployed: Deployed, database_url: str, tmp_path: Path
) -> None:
    with SandboxServer(tmp_path) as market:
        settings = node_settings(
            deployed,
            database_url,
            marketplace_url=market.url,
            marketplace_key=KEY,
            cnaught_url=f"{market.url}/cnaught/v1",
            cnaught_key=KEY,
            cnaught_portfolios=(WIND,),
        )
        async with running(settings) as node:
            response = (await node.client.get("/v1/projects")).json()
    assert response["warnings"] == []
    assert [item["registry"] for item in response["items"]] == ["icr", "vcs", "icr", "icr", "icr"]


async def test_projects__without_any_market__are_503(deployed: Deployed, database_url: str) -> None:
    async with running(node_settings(deployed, database_url)) as node:
        response = await node.client.get("/v1/projects")
    assert problem(response) == (503, "market_unavailable", [])
