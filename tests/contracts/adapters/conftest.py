"""What the tests of adapters share: tokens of each protocol, listed, and a wallet that owns some."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from conftest import compile_mock
from eth_account import Account
from eth_account.signers.local import LocalAccount
from reports import REGISTRY, TONNE_UG, Retirements

PROJECT = "VCS-191"
VINTAGE = 2021
BENEFICIARY = "Example Labs GmbH"
UNITS_PER_UG = 10**6
HELD = 100 * TONNE_UG * UNITS_PER_UG
NOWHERE: tuple[str, str, int, int] = ("", "", 0, 0)
ADAPTER_SOURCE = 4
PRICE_PER_TONNE = 18 * 10**6  # base units of a token with 6 decimals
PURSE = 1_000_000 * 10**6
CARBON_CLASS = "0xC1C1c1c1C1C1C1c1c1C1C1C1c1C1C1C1c1C1c1c1"

# Each mock is compiled once a run.
mock = cache(compile_mock)

CertificateOf = Callable[[Any, Any, Any, int, str], dict[str, Any]]


@pytest.fixture
def key() -> LocalAccount:
    """The key of the test mnemonic's account 7."""
    Account.enable_unaudited_hdwallet_features()
    words = "test test test test test test test test test test test junk"
    return Account.from_mnemonic(words, account_path="m/44'/60'/0'/0/7")


@pytest.fixture
def holder(accounts: Any, key: LocalAccount) -> Any:
    assert accounts[7].address == key.address
    return accounts[7]


@pytest.fixture(scope="session")
def listed(owner: Any) -> Callable[[Any, Any], Any]:
    """Lists a token at an adapter and returns it."""

    def add(adapter: Any, token: Any) -> Any:
        adapter.set_listing(token, 0, REGISTRY, PROJECT, VINTAGE, True, sender=owner)
        return token

    return add


@pytest.fixture(scope="session")
def held(alice: Any) -> Callable[[Any, Any], Any]:
    """Gives Alice tokens, which the adapter may take, and returns the token."""

    def give(adapter: Any, token: Any) -> Any:
        token.issue(alice, HELD, sender=alice)
        token.approve(adapter, 2**256 - 1, sender=alice)
        return token

    return give


@pytest.fixture(scope="session")
def toucan(project: Any, owner: Any, credits: Any) -> Any:
    adapter = owner.deploy(project.ToucanAdapter, owner, credits)
    credits.set_adapter(adapter, True, sender=owner)
    return adapter


@pytest.fixture(scope="session")
def tco2(toucan: Any, owner: Any, listed: Any, held: Any) -> Any:
    return held(toucan, listed(toucan, owner.deploy(mock("tco2"))))


@pytest.fixture(scope="session")
def aggregator(owner: Any) -> Any:
    return owner.deploy(mock("klima_aggregator"))


@pytest.fixture(scope="session")
def klima(project: Any, owner: Any, credits: Any, aggregator: Any) -> Any:
    adapter = owner.deploy(project.KlimaAdapter, owner, credits, aggregator)
    credits.set_adapter(adapter, True, sender=owner)
    return adapter


@pytest.fixture(scope="session")
def cmark(klima: Any, owner: Any, aggregator: Any, listed: Any, held: Any) -> Any:
    """A credit of the bridge that the aggregator numbers 1 in its event."""
    token = owner.deploy(mock("klima_credit"))
    aggregator.register(token, 2, sender=owner)
    return held(klima, listed(klima, token))


@pytest.fixture(scope="session")
def seller(owner: Any) -> Any:
    """An aggregator that also sells credits."""
    return owner.deploy(mock("klima_seller"), PRICE_PER_TONNE, CARBON_CLASS)


@pytest.fixture(scope="session")
def market(project: Any, owner: Any, credits: Any, seller: Any) -> Any:
    """A Klima adapter whose protocol sells credits."""
    adapter = owner.deploy(project.KlimaAdapter, owner, credits, seller)
    credits.set_adapter(adapter, True, sender=owner)
    return adapter


@pytest.fixture(scope="session")
def sold(market: Any, owner: Any, seller: Any, listed: Any) -> Any:
    """A credit that the seller has in stock and nobody else holds."""
    token = owner.deploy(mock("klima_credit"))
    seller.register(token, 2, sender=owner)
    token.issue(seller, HELD, sender=owner)
    market.set_offer(token, CARBON_CLASS, sender=owner)
    return listed(market, token)


@pytest.fixture(scope="session")
def accept(market: Any, seller: Any, owner: Any, alice: Any) -> Callable[..., Any]:
    """Has a payment token accepted and gives Alice some, which the adapter may take; returns the token."""

    def add(token: Any, spender: Any = None) -> Any:
        market.set_payment_token(token, spender or seller, sender=owner)
        token.mint(alice, PURSE, sender=owner)
        token.approve(market, PURSE, sender=alice)
        return token

    return add


@pytest.fixture(scope="session")
def usdc(accept: Any, owner: Any) -> Any:
    return accept(owner.deploy(mock("token_usdc")))


@pytest.fixture(scope="session")
def escrow(owner: Any) -> Any:
    """With 60 tonnes in batch 1 and 40 in batch 2."""
    deployed = owner.deploy(mock("puro_escrow"))
    deployed.add_batch(1, 60, sender=owner)
    deployed.add_batch(2, 40, sender=owner)
    return deployed


@pytest.fixture(scope="session")
def retirer(accounts: Any) -> Any:
    """Has the protocol's role of answering requests."""
    return accounts[5]


@pytest.fixture(scope="session")
def puro(project: Any, owner: Any, credits: Any, escrow: Any) -> Any:
    """The request adapter."""
    holder = owner.deploy(project.RequestHolder)
    adapter = owner.deploy(project.RequestAdapter, owner, credits, escrow, holder)
    credits.set_adapter(adapter, True, sender=owner)
    return adapter


@pytest.fixture(scope="session")
def puro_token(puro: Any, owner: Any, escrow: Any, retirer: Any, listed: Any, held: Any) -> Any:
    return held(puro, listed(puro, owner.deploy(mock("puro_token"), escrow, retirer)))


@pytest.fixture(scope="session")
def adapters(toucan: Any, klima: Any, puro: Any) -> dict[str, Any]:
    """Asked for by name in tests of what they share: a fixture of a session must not start in a test."""
    return {"toucan": toucan, "klima": klima, "puro": puro}


@pytest.fixture
def requested(puro: Any, puro_token: Any, alice: Any) -> Callable[..., int]:
    """Requests the retirement of whole tonnes and returns the number of the request."""

    def request(tonnes: int = 5, sender: Any = None, token: Any = None) -> int:
        arguments = (token or puro_token, [1, 2], tonnes * TONNE_UG, BENEFICIARY, NOWHERE)
        puro.request_retirement(*arguments, sender=sender or alice)
        return int(puro.reference_count())

    return request


@pytest.fixture
def report_of(chain: Any, retirements: Retirements) -> CertificateOf:
    """The report that a certificate of the latest block stands for, as anyone can write it down."""

    def make(adapter: Any, holder: Any, reference: Any, amount_ug: int, serials: str) -> dict[str, Any]:
        source = {
            "kind": ADAPTER_SOURCE,
            "book": bytes.fromhex(adapter.address[2:]).rjust(32, b"\0"),
            "first": chain.chain_id,
            "last": reference,
        }
        retirement = {
            "registry": REGISTRY,
            "project": PROJECT,
            "vintage": VINTAGE,
            "amount_ug": amount_ug,
            "beneficiary": BENEFICIARY,
            "serials": serials,
            "retired_at": chain.blocks.head.timestamp,
            "evidence": bytes(32),
            "valid_until": 0,
        }
        return {
            "holder": str(holder),
            "minter": adapter.address,
            "order": bytes(32),
            "retirement": retirement,
            "source": source,
        }

    return make
