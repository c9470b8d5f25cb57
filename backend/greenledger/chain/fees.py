"""What a transaction offers for its gas (EIP-1559), in wei per gas: pure functions."""

from __future__ import annotations

from dataclasses import dataclass

# A node takes a second transaction of one nonce only if it offers clearly more in both fees: 10 % at geth
# (`--txpool.pricebump`), 12.5 % at stricter ones. An eighth does for all.
BUMP_PERMILLE = 1_125


@dataclass(frozen=True)
class Fees:
    """The most that is paid for each gas, and how much of it may go to the block's maker."""

    max_fee_wei: int
    priority_fee_wei: int


class FeesAboveCap(Exception):
    """The chain asks for more than the gateway may pay; later it may ask for less."""

    def __init__(self, needed_wei: int, cap_wei: int) -> None:
        """Name both, wei per gas."""
        super().__init__(f"the chain asks for {needed_wei} wei per gas, expected at most {cap_wei}")
        self.needed_wei = needed_wei
        self.cap_wei = cap_wei


def suggest(base_wei: int, priority_wei: int, cap_wei: int) -> Fees:
    """Twice the base fee, so that six full blocks in a row are no obstacle, and the tip; at most the cap.

    Raises FeesAboveCap if the cap does not even pay the newest block's base fee.
    """
    if base_wei >= cap_wei:
        raise FeesAboveCap(base_wei + 1, cap_wei)
    priority = min(max(priority_wei, 1), cap_wei - base_wei)
    return Fees(min(2 * base_wei + priority, cap_wei), priority)


def outbid(old: Fees, wanted: Fees, cap_wei: int) -> Fees:
    """Fees that replace a stuck transaction: what is wanted now, and by at least an eighth more than before.

    Raises FeesAboveCap if that is not allowed.
    """
    most = max(_bumped(old.max_fee_wei), wanted.max_fee_wei)
    if most > cap_wei:
        raise FeesAboveCap(most, cap_wei)
    return Fees(most, min(most, max(_bumped(old.priority_fee_wei), wanted.priority_fee_wei)))


def _bumped(fee_wei: int) -> int:
    return -(-fee_wei * BUMP_PERMILLE // 1_000) + 1
