"""GET /v1/workload.schema.json"""

from __future__ import annotations

from nodes import Running

from greenledger.footprint.factors import load_factor_set
from greenledger.footprint.schema import workload_schema


async def test_workload_schema__for_anyone__is_that_of_the_newest_factor_set(gateway: Running) -> None:
    response = await gateway.client.get("/v1/workload.schema.json")

    assert response.status_code == 200
    assert response.json() == workload_schema(load_factor_set())
    assert "max-age" in response.headers["cache-control"]
