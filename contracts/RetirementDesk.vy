# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Retirement desk: holds a buyer's payment until the retirement is proven, or gives it back
@license AGPL-3.0-only
@notice See `IRetirementDesk` for what each function promises.
@dev Tokens are foreign code and may call back. Every function here that writes takes the one lock, so that a token
     enters none of them while another runs. Only pause and the change of owner have no lock: an order reads nothing
     of theirs once it has called anybody. Besides, every function writes all it has to before it calls a token, as
     if there were no lock; the one thing written after a call is what a payment did not deliver.
     The certificates are no foreign code: they call the council alone, and never the holder. A seller's wallet is
     asked in a static call, before anything is written.
     Views have no lock. Called by a token in the middle of a transaction they may count an order whose money is not
     there yet; that transaction reverts if it does not come.
"""


# The public standard: structs, events and documentation.
from .interfaces import IRetirementDesk
implements: IRetirementDesk


# Mints the certificates.
from .interfaces import IRetiredCredits


# The owner changes only by an accepted offer, so that a typing mistake cannot orphan the desk.
from snekmate.auth import ownable
initializes: ownable
from snekmate.auth import ownable_2step
initializes: ownable_2step[ownable := ownable]


# Pause stops new orders, never fulfilment, refunds or withdrawals.
from snekmate.utils import pausable
initializes: pausable
from .modules import owner_pause
initializes: owner_pause[ownable := ownable, pausable := pausable]


# The id of an order is its EIP-712 digest.
from snekmate.utils import eip712_domain_separator as eip712
initializes: eip712


# Quotes are signed by a key or, through ERC-1271, by a contract wallet.
from .modules import contract_signature


# What an order must satisfy to open, and a report to close it.
from .modules import desk_checks as checks


# Struct hash of orders.
from .modules import desk_hash as hashing


# Listed sellers, their caps and what they have open.
from .modules import desk_sellers as sellers
initializes: sellers


# Approvals that the payer signed.
from .modules import token_permit


# The money, and the only code that calls tokens.
from .modules import desk_tokens as tokens
initializes: tokens


# Left out on purpose: `renounce_ownership`, since nobody could then unlist a seller.
exports: (
    ownable_2step.owner,
    ownable_2step.pending_owner,
    ownable_2step.transfer_ownership,
    ownable_2step.accept_ownership,
    pausable.paused,
    owner_pause.pause,
    owner_pause.unpause,
    eip712.eip712Domain,
    # Reading sellers and money
    sellers.exposure,
    sellers.seller_cap,
    tokens.held,
    tokens.owed,
)


# States of an order, besides 0 for one that never opened. None is left for an earlier one.
OPEN: constant(uint8) = 1
FULFILLED: constant(uint8) = 2
REFUNDED: constant(uint8) = 3


# The certificates contract, for good: another one needs another desk.
CREDITS: public(immutable(address))


# Order id -> state. All else about an order is proven by its id.
order_state: public(HashMap[bytes32, uint8])


# Token -> whether new orders may be paid in it.
is_token_allowed: public(HashMap[address, bool])


@deploy
def __init__(owner: address, credits: address):
    """
    @param owner Lists sellers, allows tokens and may pause; in production a Safe behind a timelock.
    @param credits The `RetiredCredits` that mints the certificates.
    """
    ownable.__init__()
    ownable_2step.__init__()
    pausable.__init__()
    eip712.__init__("GPTX Green AI Ledger: Desk", "1")
    assert owner != empty(address), "desk: owner is empty"
    assert credits.is_contract, "desk: credits is not a contract"
    ownable_2step._transfer_ownership(owner)
    CREDITS = credits


@external
@nonreentrant
def open(order: IRetirementDesk.Order, quote: Bytes[1024]) -> bytes32:
    assert msg.sender == order.payer, "desk: caller is not the payer"
    id: bytes32 = self._open(order, quote)
    tokens._pull(order.token, order.payer, order.price)
    return id


@external
@nonreentrant
def open_with_permit(
    order: IRetirementDesk.Order, quote: Bytes[1024], permit_deadline: uint256, v: uint8, r: bytes32, s: bytes32
) -> bytes32:
    # A permit alone says nothing about the order, so the payer must be here as well.
    assert msg.sender == order.payer, "desk: caller is not the payer"
    id: bytes32 = self._open(order, quote)
    token_permit._permit(order.token, order.payer, convert(order.price, uint256), permit_deadline, v, r, s)
    tokens._pull(order.token, order.payer, order.price)
    return id


@external
@nonreentrant
def open_with_authorization(
    order: IRetirementDesk.Order,
    quote: Bytes[1024],
    valid_after: uint256,
    valid_before: uint256,
    v: uint8,
    r: bytes32,
    s: bytes32,
) -> bytes32:
    id: bytes32 = self._open(order, quote)
    tokens._pull_authorized(order.token, order.payer, order.price, valid_after, valid_before, id, v, r, s)
    return id


@external
@nonreentrant
def fulfil(
    order: IRetirementDesk.Order,
    report: IRetiredCredits.RetirementReport,
    signatures: DynArray[Bytes[65], 16],
    hint: uint256,
) -> uint256:
    # No deadline here: see the interface for why an open order may still be fulfilled after it.
    id: bytes32 = self._close(order, FULFILLED)
    checks._require_fit(id, order, report)
    # Closed before, so that no report can be paid for twice; if minting reverts, the order is open as it was.
    certificate: uint256 = extcall IRetiredCredits(CREDITS).mint(report, signatures, hint)
    paid: uint128 = order.price
    if report.retirement.amount_ug < order.amount_ug:
        # Neither step can overflow: the factors have 128 and 72 bits, and the share is below the price.
        paid = convert(
            convert(order.price, uint256)
            * convert(report.retirement.amount_ug, uint256)
            // convert(order.amount_ug, uint256),
            uint128,
        )
    log IRetirementDesk.OrderFulfilled(id=id, certificate=certificate, paid=paid, returned=order.price - paid)
    tokens._pay(order.token, order.seller, paid)
    tokens._pay(order.token, order.payer, order.price - paid)
    return certificate


@external
@nonreentrant
def refund(order: IRetirementDesk.Order):
    assert block.timestamp > convert(order.deadline, uint256), "desk: deadline has not passed"
    self._refund(order, False)


@external
@nonreentrant
def decline(order: IRetirementDesk.Order):
    assert msg.sender == order.seller, "desk: caller is not the seller"
    self._refund(order, True)


@external
@nonreentrant
def withdraw(token: address, to: address):
    tokens._withdraw(token, msg.sender, to)


@external
@nonreentrant
def deliver(token: address, account: address):
    tokens._withdraw(token, account, account)


@external
@view
def order_id(order: IRetirementDesk.Order) -> bytes32:
    return eip712._hash_typed_data_v4(hashing._order(order))


@external
@nonreentrant
def set_seller(seller: address, token: address, cap: uint128):
    """
    @notice Lists a seller for one token, or unlists it; its open orders go on. Only the owner.
    @param cap Most that its open orders may sum up to, base units of the token; 0 unlists it.
    """
    ownable._check_owner()
    sellers._set_cap(seller, token, cap)


@external
@nonreentrant
def set_token(token: address, allowed: bool):
    """
    @notice Allows new orders in a token, or stops them; open ones go on. Only the owner.
    """
    ownable._check_owner()
    assert token.is_contract or not allowed, "desk: token is not a contract"
    self.is_token_allowed[token] = allowed
    log IRetirementDesk.TokenSet(token=token, allowed=allowed)


@internal
def _open(order: IRetirementDesk.Order, quote: Bytes[1024]) -> bytes32:
    assert not pausable.paused, "desk: new orders are paused"
    assert self.is_token_allowed[order.token], "desk: token is not allowed"
    checks._require_valid(order)
    id: bytes32 = eip712._hash_typed_data_v4(hashing._order(order))
    assert self.order_state[id] == 0, "desk: order was opened before"
    assert contract_signature._is_valid(order.seller, id, quote), "desk: seller did not sign the quote"
    sellers._open(order.seller, order.token, order.price)
    self.order_state[id] = OPEN
    tokens._hold(order.token, order.price)
    log IRetirementDesk.OrderOpened(id=id, payer=order.payer, seller=order.seller, order=order)
    return id


@internal
def _close(order: IRetirementDesk.Order, state: uint8) -> bytes32:
    order_hash: bytes32 = hashing._order(order)
    id: bytes32 = eip712._hash_typed_data_v4(order_hash)
    if self.order_state[id] != OPEN:
        # Opened before a fork changed the chain id: its money must not be stuck.
        id = keccak256(concat(x"1901", eip712._CACHED_DOMAIN_SEPARATOR, order_hash))
    assert self.order_state[id] == OPEN, "desk: order is not open"
    self.order_state[id] = state
    sellers._close(order.seller, order.token, order.price)
    tokens._release(order.token, order.price)
    return id


@internal
def _refund(order: IRetirementDesk.Order, declined: bool):
    id: bytes32 = self._close(order, REFUNDED)
    log IRetirementDesk.OrderRefunded(id=id, declined=declined)
    tokens._pay(order.token, order.payer, order.price)
