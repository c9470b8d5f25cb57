"""One certificate says the same wherever it is told: the chain, its picture, badge, announced page."""

from __future__ import annotations

import base64
import json
from collections.abc import AsyncIterator
from html import unescape
from pathlib import Path

import pytest
import retirements
from deployed import OWNER_ACCOUNT, Deployed, account
from nodes import Running, new_person, node_settings, running

from greenledger.chain.calldata import encode_mint

NAME = "Équipe & fils"
INDEX = "<!doctype html><html><head><title>the page</title></head><body></body></html>"


@pytest.fixture
async def node(
    deployed: Deployed, database_url: str, peer_urls: tuple[str, ...], tmp_path: Path
) -> AsyncIterator[Running]:
    (tmp_path / "index.html").write_text(INDEX)
    async with running(
        node_settings(deployed, database_url, page_dir=tmp_path, council_peers=peer_urls)
    ) as started:
        yield started


def minted(deployed: Deployed) -> str:
    signed = retirements.report(new_person().address, beneficiary=NAME)
    data = encode_mint(signed, retirements.signatures(signed, deployed), hint=0)
    deployed.chain.send(account(OWNER_ACCOUNT), deployed.deployment.credits, "0x" + data.hex())
    return f"0x{retirements.certificate_id(signed, deployed):064x}"


def metadata(deployed: Deployed, identity: str) -> dict[str, object]:
    uri = deployed.credits.functions.tokenURI(int(identity, 16)).call()
    found: dict[str, object] = json.loads(base64.b64decode(uri.partition(",")[2]))
    return found


async def told(node: Running, identity: str) -> dict[str, str]:
    """What the gateway says of a certificate, by the way that it says it."""
    ways = {
        "badge": f"/badge/{identity}.svg",
        "shields": f"/badge/{identity}.json",
        "page": f"/certificate/{identity}",
    }
    return {way: unescape((await node.client.get(path)).text) for way, path in ways.items()}


async def test_certificate__told_in_every_way__has_the_same_amount_project_and_name(
    node: Running, deployed: Deployed
) -> None:
    identity = minted(deployed)
    on_chain = metadata(deployed, identity)
    picture = base64.b64decode(str(on_chain["image"]).partition(",")[2]).decode()
    said = await told(node, identity) | {"metadata": json.dumps(on_chain, ensure_ascii=False)}
    said["picture"] = unescape(picture)
    for way, text in said.items():
        assert "2 t" in text.replace("2</tspan> t", "2 t"), way
    for way in ("page", "metadata", "picture"):
        assert NAME in said[way] and "ICR-9001" in said[way] and "2022" in said[way], way
    assert json.loads(said["shields"])["message"] in said["badge"]
