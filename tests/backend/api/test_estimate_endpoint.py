"""POST /v1/footprints/estimate: open to anyone, so every input is hostile."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from nodes import BLOOM, Running, problem, workload

URL = "/v1/footprints/estimate"
JSON = {"content-type": "application/json"}


async def test_estimate__bloom__gives_bounds_tier_and_methodology(gateway: Running) -> None:
    response = await gateway.client.post(URL, json=BLOOM)
    assert response.status_code == 200, response.text
    body = response.json()
    assert body["methodology"] == deployed_methodology(gateway)
    estimate = body["estimate"]
    # 1,082,990 h x 400 W = 433,196 kWh at the accelerators; x PUE 1.2 x 57 g/kWh = 29.63 t operational.
    assert estimate["energy_uwh"]["central"] == "519835200000000"
    assert estimate["operational_ug"]["central"] == "29630606400000"
    total = {bound: int(value) for bound, value in estimate["total_ug"].items()}
    assert total["low"] <= total["central"] <= total["high"]
    assert 1 <= estimate["tier"] <= 7


def deployed_methodology(gateway: Running) -> str:
    stated: str = json.loads(gateway.settings.deployment.read_text())["methodology"]
    return stated


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"phases": [{"hardware": "abacus", "device_seconds": "1"}]}, "phases[0].hardware"),
        ({"phases": [{"hardware": "a100-sxm-80gb", "device_seconds": "-1"}]}, "phases[0].device_seconds"),
        ({"phases": [{"hardware": "a100-sxm-80gb", "device_seconds": 1.5}]}, "phases[0].device_seconds"),
        ({"phases": [{"hardware": "a100-sxm-80gb", "device_seconds": True}]}, "phases[0].device_seconds"),
        ({"phases": [{"hardware": "a100-sxm-80gb", "device_seconds": "9" * 30}]}, "phases[0].device_seconds"),
        ({"place": {"country": "Atlantis"}}, "place.country"),
        ({"place": {"provider": "aws", "region": "moon-1"}}, "place.region"),
        ({"kind": "mining"}, "kind"),
        ({"pue_ppm": "1"}, "pue_ppm"),
        ({"end": 1646956800}, "end"),
        ({"colour": "green"}, "colour"),
    ],
)
async def test_estimate__field_that_is_wrong__is_named(
    gateway: Running, changes: dict[str, Any], field: str
) -> None:
    response = await gateway.client.post(URL, json=workload(**changes))
    status, code, fields = problem(response)
    assert (status, code) == (422, "invalid_workload")
    assert field in fields


async def test_estimate__model_that_is_unknown__is_named(gateway: Running) -> None:
    stated = {"kind": "inference", "start": 1, "end": 2, "model": "oracle-9000", "output_tokens": "5"}
    assert "model" in problem(await gateway.client.post(URL, json=stated))[2]


async def test_estimate__many_wrong_fields__are_all_named_at_once(gateway: Running) -> None:
    response = await gateway.client.post(URL, json=workload(kind="mining", place={"country": "Atlantis"}))
    assert {"kind", "place.country"} <= set(problem(response)[2])


@pytest.mark.parametrize(
    "text",
    [
        '{"kind": "training", "kind": "inference"}',
        '{"start": NaN}',
        '{"start": ' + "9" * 5000 + "}",
        '{"a": ' * 200 + "1" + "}" * 200,
        '{"kind": "training"',
        '{"name": "\\ud800"}',
    ],
    ids=["duplicate key", "NaN", "5,000 digits", "200 levels", "cut off", "half a surrogate pair"],
)
async def test_estimate__text_that_is_not_strict_json__is_refused(gateway: Running, text: str) -> None:
    response = await gateway.client.post(URL, content=text, headers=JSON)
    assert problem(response) == (422, "invalid_json", ["body"])


@pytest.mark.parametrize("text", ["[]", "1", '"training"', "null", ""])
async def test_estimate__json_that_is_no_object__is_refused(gateway: Running, text: str) -> None:
    response = await gateway.client.post(URL, content=text, headers=JSON)
    assert problem(response)[:2] == (422, "invalid_request")


async def test_estimate__stated_length_above_the_limit__is_refused(gateway: Running) -> None:
    response = await gateway.client.post(URL, content=b"x" * 1_048_577, headers=JSON)
    assert problem(response) == (413, "body_too_large", ["body"])


async def test_estimate__length_not_stated_but_above_the_limit__is_refused(gateway: Running) -> None:
    async def chunks() -> Any:
        for _ in range(20):
            yield b" " * 65_536

    response = await gateway.client.post(URL, content=chunks(), headers=JSON)
    assert problem(response) == (413, "body_too_large", ["body"])


async def test_estimate__body_that_is_not_declared_json__is_refused(gateway: Running) -> None:
    # A form on another site can send text/plain without asking; it must never be read as JSON.
    response = await gateway.client.post(
        URL, content=json.dumps(BLOOM), headers={"content-type": "text/plain"}
    )
    assert problem(response) == (415, "unsupported_media_type", ["header Content-Type"])


async def test_catalogue__asked_for__lists_what_a_workload_may_name(gateway: Running) -> None:
    response = await gateway.client.get("/v1/catalogue")
    body = response.json()
    assert {"hardware", "countries", "states", "regions", "models"} <= set(body)
    assert "a100-sxm-80gb" in {entry["id"] for entry in body["hardware"]}
    assert response.headers["cache-control"] == "public, max-age=300"


async def test_estimate__sixty_thousand_unknown_fields__gives_twenty_errors(gateway: Running) -> None:
    response = await gateway.client.post(URL, json={f"colour{number}": 1 for number in range(60_000)})
    status, code, fields = problem(response)
    assert (status, code) == (422, "invalid_workload")
    assert fields == [f"colour{number}" for number in range(20)]
    assert len(response.content) < 20_000


async def test_estimate__work_that_ends_in_the_future__is_estimated(gateway: Running) -> None:
    response = await gateway.client.post(URL, json=workload(end=int(time.time()) + 3600))
    assert response.status_code == 200


async def test_estimate__no_content_type__is_refused_by_the_name_of_the_header(gateway: Running) -> None:
    response = await gateway.client.post(URL, content=json.dumps(BLOOM))
    assert problem(response) == (415, "unsupported_media_type", ["header Content-Type"])
    assert response.json()["errors"][0]["expected"] == "application/json"


async def test_estimate__empty_body__is_told_that_json_is_expected(gateway: Running) -> None:
    response = await gateway.client.post(URL, headers=JSON)
    assert problem(response) == (422, "invalid_request", ["body"])
    assert "JSON body" in response.json()["errors"][0]["expected"]
