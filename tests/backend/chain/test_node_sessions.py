"""Calls that are cancelled leave nothing behind that others wait for."""

from __future__ import annotations

import asyncio

from deployed import LocalChain
from web3 import HTTPProvider, Web3

from greenledger.chain.node import ChainNode


async def test_node__calls_cancelled_before_they_begin__others_are_answered(local_chain: LocalChain) -> None:
    node = ChainNode(local_chain.rpc_url, 31337)
    for _ in range(20):
        calls = [asyncio.create_task(node.head()) for _ in range(50)]
        await asyncio.sleep(0)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
    other = ChainNode(local_chain.rpc_url, 31337)
    found = await asyncio.wait_for(asyncio.gather(*(one.head() for one in (node, other))), 10)
    assert found[0] == found[1]
    fresh = Web3(HTTPProvider(local_chain.rpc_url))
    assert await asyncio.wait_for(asyncio.to_thread(lambda: fresh.eth.block_number), 10) >= found[0]
    await node.aclose()
    await other.aclose()
