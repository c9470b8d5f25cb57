"""GET /v1/projects: what an offer shows, and every wish that narrows the list."""

from __future__ import annotations

from typing import Any

import pytest
from nodes import Running, problem


async def names(node: Running, **query: Any) -> list[str]:
    response = await node.client.get("/v1/projects", params=query)
    assert response.status_code == 200, response.text
    return [item["project"] for item in response.json()["items"]]


async def test_project__of_a_market__shows_smallest_amount_step_and_what_is_not_told(node: Running) -> None:
    items = (await node.client.get("/v1/projects")).json()["items"]
    assert [item["project"] for item in items] == ["ICR-9001", "ICR-9004", "ICR-9002", "ICR-9003"]
    first = items[0]
    assert (first["market"], first["smallest_ug"], first["minimum_ug"]) == (
        "carbonmark",
        "1000000000",
        "1000000000",
    )
    assert first["step_ug"] == "1" and first["ex_ante"] is False
    assert first["type"] and first["methodology"]
    assert {"removal", "labels", "not_told"} <= set(first)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"ex_post_only": "true"}, {"ICR-9001", "ICR-9002", "ICR-9003"}),
        ({"max_price_usd_per_tonne": "3.25"}, {"ICR-9001"}),
        ({"max_price_usd_per_tonne": "3.24"}, set()),
        ({"country": ["kenya"]}, {"ICR-9004"}),
        ({"registry": ["verra"]}, set()),
        ({"registry": ["verra", "ICR"], "ex_post_only": "true"}, {"ICR-9001", "ICR-9002", "ICR-9003"}),
        ({"min_available_ug": str(10**22 - 1)}, set()),
        ({"label": ["ccp"]}, set()),
        ({"vintage_from": 9999}, set()),
    ],
    ids=str,
)
async def test_projects__with_a_wish__are_those_that_meet_it(
    node: Running, query: dict[str, Any], expected: set[str]
) -> None:
    assert set(await names(node, **query)) == expected


async def test_projects__of_one_year__are_those_of_that_range(node: Running) -> None:
    items = (await node.client.get("/v1/projects")).json()["items"]
    year = items[0]["vintage"]
    of_year = [item["project"] for item in items if item["vintage"] == year]
    assert await names(node, vintage=year) == of_year
    assert await names(node, vintage_from=year, vintage_to=year) == of_year


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"vintage": "abc"}, "vintage"),
        ({"vintage": 2020, "vintage_from": 2019}, "vintage"),
        ({"vintage_from": 2022, "vintage_to": 2021}, "vintage_from"),
        ({"max_price_usd_per_tonne": "1e400"}, "max_price_usd_per_tonne"),
        ({"min_available_ug": "0"}, "min_available_ug"),
        ({"label": "ccp2"}, "label[0]"),
        ({"removal": "some"}, "removal"),
        ({"colour": "green"}, "colour"),
        ({"country": ["x"] * 21}, "country"),
    ],
    ids=str,
)
async def test_projects__bad_wish__is_named(node: Running, query: dict[str, Any], field: str) -> None:
    response = await node.client.get("/v1/projects", params=query)
    assert problem(response) == (422, "invalid_request", [field])
