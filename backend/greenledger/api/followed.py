"""The followed ledger for a request, or why it cannot be read yet."""

from __future__ import annotations

from greenledger.api.problems import Problem
from greenledger.api.state import Gateway
from greenledger.journal.ledger import LedgerBook


async def book_and_block(state: Gateway) -> tuple[LedgerBook, int]:
    """The book and the last block in it; raises Problem 503 before the first."""
    assert state.book is not None  # set by its part of the lifespan
    block = await state.book.followed_to()
    if block is None:
        raise not_followed("This node has not followed the ledger's events yet. Try again soon.")
    return state.book, block


def not_followed(detail: str) -> Problem:
    """What is asked for may be on the chain, and this node cannot tell yet."""
    return Problem(503, "not_followed_yet", detail, headers={"Retry-After": "5"})
