"""The desk's part of the node: its seller, the two followers of its events, the sender of transactions."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from typing import Any

from eth_account.signers.local import LocalAccount
from eth_typing import Hash32
from eth_utils.address import to_checksum_address

from greenledger.api.settings import Settings
from greenledger.api.state import Gateway
from greenledger.chain.follower import Follower, confirmations_for
from greenledger.chain.keys import development_key, key_of_keystore
from greenledger.chain.sender import Policy, Sender
from greenledger.evidence.typed_data import desk_domain
from greenledger.journal.events import DatabaseEventStore, contracts_key
from greenledger.journal.transactions import DatabaseTransactionStore
from greenledger.offsets.check import DeskBook
from greenledger.offsets.desk_events import CREDITS, DESK, FinalEvents, SeenEvents
from greenledger.offsets.desk_sales import DeskSales, PaymentToken
from greenledger.offsets.parts import Seller

DAY_S = 86_400
WEI_PER_GWEI = 10**9
# Sets the cursor of the follower that does not wait for confirmations apart from the other's.
SEEN = {"confirmations": "1"}

Run = Callable[[], Coroutine[Any, Any, None]]


@dataclass(frozen=True)
class OpenDesk:
    """What a node with a seller's key has more than others; `runs` are its background tasks."""

    sales: DeskSales
    seller: Seller
    runs: Mapping[str, Run]


def book_of(gateway: Gateway) -> DeskBook | None:
    """The desk whose orders this node signs for; needs no key of the seller."""
    deployment = gateway.deployment
    if deployment.desk is None:
        return None
    assert gateway.book is not None  # its part of the lifespan comes before
    return DeskBook(desk_domain(deployment.chain_id, deployment.desk), gateway.chain, gateway.book)


def open_desk(gateway: Gateway) -> OpenDesk | None:
    """The seller's side of the desk, None on a node without a key for it. Raises UnsafeKey or ValueError."""
    deployment, settings = gateway.deployment, gateway.settings
    account = _seller(settings, deployment.chain_id)
    if account is None:
        return None
    if deployment.desk is None:
        raise ValueError("a seller's key is set, but the deployment file names no RetirementDesk")
    chain_id, desk, node = deployment.chain_id, deployment.desk, gateway.chain.node
    confirmations = confirmations_for(chain_id, settings.confirmations)
    store = DatabaseTransactionStore(gateway.database, chain_id, str(account.address))
    sender = Sender(node, store, account, Policy(settings.gas_cap_gwei * WEI_PER_GWEI, confirmations))

    def sign(digest: bytes) -> bytes:
        return bytes(account.unsafe_sign_hash(Hash32(digest)).signature)

    sales = DeskSales(
        domain=desk_domain(chain_id, desk),
        seller=str(account.address),
        sign=sign,
        tokens={token.address: token for token in map(_checksummed, settings.payment_tokens)},
        fee_ppm=settings.seller_fee_ppm,
        deadline_s=settings.payment_days * DAY_S,
    )
    runs: dict[str, Run] = {"desk follower": _final(gateway, confirmations).run, "sender": sender.run}
    if confirmations > 1:
        runs["desk watcher"] = _seen(gateway).run
    return OpenDesk(sales, Seller(desk, sender), runs)


def _final(gateway: Gateway, confirmations: int) -> Follower:
    deployment = gateway.deployment
    contracts = {name: address for name, address in deployment.followed.items() if name in (DESK, CREDITS)}
    handler = FinalEvents(deployment.chain_id, mark=gateway.boundary)
    store = DatabaseEventStore(gateway.database, deployment.chain_id, contracts_key(contracts), (handler,))
    return Follower(gateway.chain.node, store, contracts, deployment.block, confirmations)


def _seen(gateway: Gateway) -> Follower:
    deployment = gateway.deployment
    contracts = {DESK: deployment.followed[DESK]}
    key = contracts_key(contracts | SEEN)
    store = DatabaseEventStore(gateway.database, deployment.chain_id, key, (SeenEvents(),))
    return Follower(gateway.chain.node, store, contracts, deployment.block, confirmations=1)


def _seller(settings: Settings, chain_id: int) -> LocalAccount | None:
    if settings.seller_keystore is not None and settings.seller_password is not None:
        password = settings.seller_password.get_secret_value()
        return key_of_keystore(settings.seller_keystore, password, chain_id)
    if settings.seller_key is not None:
        return development_key(settings.seller_key.get_secret_value(), chain_id)
    return None


def _checksummed(token: PaymentToken) -> PaymentToken:
    return PaymentToken(to_checksum_address(token.address), token.symbol, token.decimals)
