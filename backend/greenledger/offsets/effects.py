"""How an outside effect of an order ends, and who sends the seller's transactions."""

from __future__ import annotations

from dataclasses import dataclass

from greenledger.chain.errors import ChainUnavailable
from greenledger.offsets.happenings import Happening
from greenledger.offsets.parts import Parts, Seller

SENT_AGAIN_S = 2


@dataclass(frozen=True)
class Done:
    """An effect with its outcome: what is kept of it, and what happened to the order by it, if anything."""

    result: dict[str, str]
    happening: Happening | None = None


@dataclass(frozen=True)
class Later:
    """An effect under way, or one that has to be repeated; `problem` is for the buyer."""

    wait_s: int
    problem: tuple[str, str] | None = None


def seller_of(parts: Parts) -> Seller:
    """The seller at the desk. Raises ChainUnavailable on a node without its key."""
    if parts.seller is None:
        raise ChainUnavailable("this node has no seller's key, so it sends nothing to the desk")
    return parts.seller
