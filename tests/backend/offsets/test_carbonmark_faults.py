"""What can go wrong with an order at Carbonmark, and that each ends in a state that says which."""

from __future__ import annotations

import pytest
from buying import BUYER, TONNE_UG, bought, finished, purchase
from sandbox_server import SandboxServer

from greenledger.offsets.carbonmark.adapter import Carbonmark
from greenledger.offsets.errors import MarketRefused, ProofNotFound
from greenledger.offsets.market import OrderState

ORDERS = "POST /orders"


@pytest.mark.parametrize(
    ("kind", "says"),
    [
        ("quote-expired", "quote expired"),
        ("price-moved", "price has moved"),
        ("supply-gone", "exceeds the available supply"),
    ],
)
async def test_place__refused__gives_the_markets_reason_and_buys_nothing(
    market: Carbonmark, sandbox: SandboxServer, kind: str, says: str
) -> None:
    quote = await market.quote(sandbox.source_id(), TONNE_UG)
    sandbox.switch_faults({"kind": kind, "on": ORDERS})
    with pytest.raises(MarketRefused, match=says):
        await market.place(purchase(quote.reference))
    assert await market.poll(quote.reference) is None
    assert sandbox.retirements() == 0


async def test_quote__dearer_than_listed__is_shown_as_it_is(
    market: Carbonmark, sandbox: SandboxServer
) -> None:
    await market.projects()
    sandbox.switch_faults({"kind": "price-moved", "on": "POST /quotes"})
    assert (await market.quote(sandbox.source_id(), 4 * TONNE_UG)).cost_cents == 1625


async def test_quote__supply_gone__gives_the_markets_reason(
    market: Carbonmark, sandbox: SandboxServer
) -> None:
    await market.projects()
    sandbox.switch_faults({"kind": "supply-gone", "on": "POST /quotes"})
    with pytest.raises(MarketRefused, match="available supply"):
        await market.quote(sandbox.source_id(), TONNE_UG)


async def test_proof__partial_retirement__states_what_was_really_retired(
    market: Carbonmark, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults({"kind": "partial", "on": ORDERS})
    order = await bought(market, sandbox.source_id(), 3 * TONNE_UG)
    assert order.retirement is not None
    assert (await market.proof(order.retirement)).amount_ug == 1_500_000_000_000


async def test_proof__wrong_beneficiary__states_who_is_named(
    market: Carbonmark, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults({"kind": "wrong-beneficiary", "on": ORDERS})
    order = await bought(market, sandbox.source_id())
    assert order.retirement is not None
    proof = await market.proof(order.retirement)
    assert proof.beneficiary == "Somebody else" and proof.beneficiary_address != BUYER


async def test_proof__serials_used_before__are_shown_as_they_are(
    market: Carbonmark, sandbox: SandboxServer
) -> None:
    first = await bought(market, sandbox.source_id())
    sandbox.switch_faults({"kind": "used-serials", "on": ORDERS})
    second = await bought(market, sandbox.source_id())
    assert first.retirement is not None and second.retirement is not None
    proofs = [await market.proof(reference) for reference in (first.retirement, second.retirement)]
    assert proofs[0].serials == proofs[1].serials and proofs[0].origin != proofs[1].origin


async def test_poll__shown_out_of_order__is_pending_and_then_retired_again(
    market: Carbonmark, sandbox: SandboxServer
) -> None:
    order = await bought(market, sandbox.source_id())
    sandbox.switch_faults({"kind": "out-of-order", "on": "GET /orders"})
    again = await market.poll(order.quote_reference)
    assert again is not None and again.state is OrderState.PENDING
    assert await market.poll(order.quote_reference) == order


async def test_poll__retirement_taken_back_later__is_reverted_and_its_proof_gone(
    market: Carbonmark, sandbox: SandboxServer
) -> None:
    sandbox.switch_faults({"kind": "reverted", "on": ORDERS, "seconds": 500})
    order = await bought(market, sandbox.source_id())
    assert order.state is OrderState.RETIRED and order.retirement is not None
    sandbox.pass_time(501)
    later = await finished(market, order.quote_reference)
    assert (later.state, later.status) == (OrderState.REVERTED, "CANCELLED")
    with pytest.raises(ProofNotFound):
        await market.proof(order.retirement)
