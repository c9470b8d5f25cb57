"""Badges and announced pages over a real gateway and chain."""

from __future__ import annotations

from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path

import pytest
from deployed import Deployed
from nodes import Running, new_person, node_settings, problem, running, sign_in, stated
from PIL import Image
from retirements import certificate_id, report, signatures

from greenledger.chain.calldata import encode_mint

INDEX = (
    '<!doctype html><html><head><meta name="description" content="General" /><title>the page</title></head>'
    '<body><div id="root"></div></body></html>'
)


@pytest.fixture
async def node(
    deployed: Deployed, database_url: str, peer_urls: tuple[str, ...], tmp_path: Path
) -> AsyncIterator[Running]:
    page = tmp_path / "dist"
    page.mkdir()
    (page / "index.html").write_text(INDEX)
    settings = node_settings(deployed, database_url, page_dir=page, council_peers=peer_urls)
    async with running(settings) as started:
        yield started


async def recorded(node: Running, deployed: Deployed) -> tuple[str, str]:
    """An account and the attestation that it recorded."""
    person = new_person()
    deployed.chain.fund(person.address)
    await sign_in(node.client, person)
    row = await stated(node.client)
    signed = (await node.client.post("/v1/reports", json={"workload_ids": [row["id"]]})).json()
    deployed.chain.send(person, signed["transaction"]["to"], signed["transaction"]["data"])
    return person.address, signed["id"]


def minted(deployed: Deployed, **changes: object) -> str:
    """A certificate of somebody new."""
    person = new_person()
    deployed.chain.fund(person.address)
    signed = report(person.address, **changes)
    data = encode_mint(signed, signatures(signed, deployed), hint=0)
    deployed.chain.send(person, deployed.deployment.credits, "0x" + data.hex())
    return f"0x{certificate_id(signed, deployed):064x}"


async def test_badge__of_a_recorded_attestation_and_its_account__says_the_same(
    node: Running, deployed: Deployed
) -> None:
    address, identity = await recorded(node, deployed)
    messages = set()
    for name in (address, identity):
        image = await node.client.get(f"/badge/{name}.svg")
        assert image.status_code == 200, image.text
        assert image.headers["content-type"].startswith("image/svg+xml")
        assert image.headers["cache-control"] == "public, max-age=60"
        endpoint = (await node.client.get(f"/badge/{name}.json")).json()
        assert f"{endpoint['label']}: {endpoint['message']}" in image.text
        messages.add(endpoint["message"])
    (message,) = messages
    assert message.endswith("CO2e, 0 % covered by evidence of retirement")


async def test_badge__of_a_certificate__is_its_amount(node: Running, deployed: Deployed) -> None:
    endpoint = await node.client.get(f"/badge/{minted(deployed)}.json")
    assert endpoint.json()["message"] == "2 t CO2e, evidence on chain"


async def test_badge__of_nothing_on_the_ledger__is_an_image_that_says_so(node: Running) -> None:
    unknown = "0x" + "11" * 32
    image = await node.client.get(f"/badge/{unknown}.svg")
    assert (image.status_code, "nothing recorded on this ledger" in image.text) == (404, True)
    assert (await node.client.get(f"/badge/{unknown}.json")).json()["isError"] is True


@pytest.mark.parametrize("name", ["nobody", "0x12", "0x" + "g" * 64, "%3Cscript%3E"])
async def test_badge__name_that_is_no_subject__is_a_problem(node: Running, name: str) -> None:
    assert problem(await node.client.get(f"/badge/{name}.svg"))[:2] == (404, "not_found")


async def test_page__of_a_certificate__is_announced_with_escaped_numbers_from_the_chain(
    node: Running, deployed: Deployed
) -> None:
    identity = minted(deployed, beneficiary='"><script>\\1 & co')
    html = (await node.client.get(f"/certificate/{identity}")).text
    assert "<title>Certificate: 2 t CO2e from ICR-9001, vintage 2022 · GPTX Green AI Ledger</title>" in html
    assert "Retired for &quot;&gt;&lt;script&gt;\\1 &amp; co, registry icr." in html
    assert "<script>" not in html
    assert html.count('name="description"') == 1
    assert f'<meta property="og:url" content="{node.settings.public_origin}/certificate/{identity}">' in html
    decimal = (await node.client.get(f"/certificate/{int(identity, 16)}")).text
    assert "2 t CO2e from ICR-9001" in decimal


async def test_page__of_an_attestation__is_announced_with_its_footprint(
    node: Running, deployed: Deployed
) -> None:
    _, identity = await recorded(node, deployed)
    html = (await node.client.get(f"/attestation/{identity}")).text
    assert '<meta property="og:title" content="AI footprint: ' in html
    assert "0 % covered by evidence of retirement" in html


@pytest.mark.parametrize("name", ["0x" + "22" * 32, "nonsense", "%22%3E%3Cscript%3E"])
async def test_page__of_an_id_that_does_not_exist__is_the_page_as_it_was_built(
    node: Running, name: str
) -> None:
    response = await node.client.get(f"/certificate/{name}")
    assert (response.status_code, response.text) == (200, INDEX)
    assert response.headers["cache-control"] == "no-cache"


async def test_card__of_a_certificate__is_the_picture_that_its_page_announces(
    node: Running, deployed: Deployed
) -> None:
    identity = minted(deployed)
    html = (await node.client.get(f"/certificate/{identity}")).text
    announced = f"{node.settings.public_origin}/card/certificate/{identity}.png"
    assert f'<meta property="og:image" content="{announced}">' in html

    image = await node.client.get(f"/card/certificate/{identity}.png")

    assert (image.status_code, image.headers["content-type"]) == (200, "image/png")
    assert Image.open(BytesIO(image.content)).size == (1200, 630)


@pytest.mark.parametrize("path", ["certificate/0x" + "22" * 32, "certificate/nonsense", "order/1"])
async def test_card__of_nothing_on_the_ledger__is_a_problem(node: Running, path: str) -> None:
    response = await node.client.get(f"/card/{path}.png")
    assert response.status_code in (404, 422)
    assert response.headers["content-type"] == "application/problem+json"
