"""`greenledger retire` and `allocate`: from a firm price to a certificate that covers an attestation."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from command_people import Person, new_person_at
from deployed import Deployed, deploy_contracts, running_chain
from desk import FUNDS, Desk, deploy_desk
from nodes import ORIGIN, SqliteDatabases, node_settings, served, workload
from sandbox_server import KEY, SandboxServer

from greenledger.api.app import create_app
from greenledger.client import Client, Connection, NotTrusted, QuoteWish, Unreachable, chain_calls
from greenledger.client.chain_calls import Node
from greenledger.client.effects import Flow
from greenledger.client.retirement_shapes import Quote
from greenledger.client.retirements import checked_order
from greenledger.evidence.words import as_hex

TONNE = 10**12


@dataclass(frozen=True)
class Shop:
    """A chain with a desk, a market, and a whole council that sells there."""

    deployed: Deployed
    desk: Desk
    market: SandboxServer
    url: str


@pytest.fixture(scope="module")
def shop(sqlite_databases: SqliteDatabases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    folder = tmp_path_factory.mktemp("shop")
    with ExitStack() as stack:
        chain = stack.enter_context(running_chain())
        deployed = deploy_contracts(chain, folder / "deployment.json")
        desk = deploy_desk(deployed)
        content = json.loads(deployed.file.read_text())
        content["contracts"]["RetirementDesk"] = {"address": desk.desk.address}
        deployed.file.write_text(json.dumps(content))
        market = stack.enter_context(SandboxServer(folder))
        trade: dict[str, Any] = {"marketplace_url": market.url, "marketplace_key": KEY}

        def node(name: str, **changes: Any) -> str:
            database = sqlite_databases.copy(folder / f"{name}.sqlite")
            settings = node_settings(deployed, database, **trade | changes)
            return stack.enter_context(served(create_app(settings)))

        peers = tuple(node(f"peer-{at}", council_key=deployed.council_keys[at]) for at in (1, 2))
        token = {"address": desk.token.address, "symbol": "USDC", "decimals": 6}
        seller = {"seller_key": as_hex(bytes(desk.seller.key)), "payment_tokens": [token]}
        url = node("seller", council_peers=peers, seller_fee_ppm=10_000, **seller)
        yield Shop(deployed, desk, market, url)


@pytest.fixture
def buyer(home: Path, shop: Shop) -> Person:
    """Somebody logged in who has ether and tokens."""
    made = new_person_at(home, shop.url)
    shop.deployed.chain.catch_up()
    shop.deployed.chain.fund(made.wallet.address)
    shop.deployed.chain.transact(shop.desk.token, "mint", made.wallet.address, FUNDS, sender=shop.desk.seller)
    made.run("login")
    return made


def balance(shop: Shop, person: Person) -> int:
    found: int = shop.desk.token.functions.balanceOf(person.wallet.address).call()
    return found


WORDS = ("1t", "--beneficiary", "Équipe BLOOM", "--reason", "Training of BLOOM-176B")


def test_retire__agreed_to__ends_with_a_certificate_that_covers_an_attestation(
    buyer: Person, shop: Shop, home: Path
) -> None:
    file = home / "run.json"
    file.write_text(json.dumps(workload(name="covered")))
    report = buyer.json("record", str(file), "--yes")["report"]["id"]
    before = balance(shop, buyer)
    done = buyer.json("retire", *WORDS, "--source", shop.market.source_id(), "--yes", "--within", "60")
    assert (done["state"], len(done["transactions"])) == ("minted", 2)
    # 1 t at 3.25 USD and one per cent, rounded up to a cent.
    assert before - balance(shop, buyer) == 3_290_000
    assert int(done["certificate"], 16) > 0

    planned = buyer.json("allocate", done["order"], report, "--dry-run")
    assert planned["planned"]["gas"] > 20_000 and planned["transaction"] is None
    assert buyer.json("status")["covered_ug"] == "0"
    part = buyer.json("allocate", done["order"], report, "--amount", "250kg", "--yes")
    assert part["transaction"]["block"] > 0
    assert buyer.json("status")["covered_ug"] == str(TONNE // 4)
    too_much = buyer.json("allocate", done["order"], report, "--amount", "2t", "--yes", code=2)
    assert too_much["problem"] == "amount_not_left"


def test_retire__dry_run_or_declined__pays_nothing_and_the_order_can_be_paid_later(
    buyer: Person, shop: Shop
) -> None:
    before = balance(shop, buyer)
    words = (*WORDS, "--source", shop.market.source_id())
    planned = buyer.json("retire", *words, "--dry-run")
    approve, order = planned["planned"]
    assert approve["gas"] > 20_000 and order["gas"] is None and planned["transactions"] == []
    assert (approve["to"].lower(), order["to"].lower()) == (
        shop.desk.token.address.lower(),
        shop.desk.desk.address.lower(),
    )
    declined = buyer.run("retire", *words, code=2)
    assert "not agreed to" in declined.output and "3.25 USD" in declined.output
    assert balance(shop, buyer) == before
    dear = buyer.run("retire", "--order", planned["order"], "--yes", "--max-usd", "3.28", code=2)
    assert "the price is 3.29 USD" in dear.output and balance(shop, buyer) == before
    words = ("retire", "--order", planned["order"], "--yes", "--no-wait", "--max-usd", "3.29")
    paid = buyer.json(*words)
    assert len(paid["transactions"]) == 2 and balance(shop, buyer) == before - 3_290_000
    # At once, before the gateway has seen the payment.
    assert buyer.json(*words)["transactions"] == [] and balance(shop, buyer) == before - 3_290_000
    done = buyer.json("retire", "--order", planned["order"], "--yes", "--within", "60")
    assert (done["transactions"], done["state"]) == ([], "minted")


def test_retire__gateway_away_after_the_payment__names_the_order_which_is_not_paid_again(
    buyer: Person, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = balance(shop, buyer)

    def away(*_: object) -> None:
        raise Unreachable(f"{shop.url} gave no answer")

    words = (*WORDS, "--source", shop.market.source_id(), "--yes")
    with monkeypatch.context() as patched:
        patched.setattr(Client, "wait", away)
        failed = buyer.json("retire", *words, code=4)
        assert f"go on with: greenledger retire --order {failed['order']}" in failed["error"]
        in_words = buyer.run("retire", "--order", failed["order"], "--yes", code=4).stderr
        assert f"go on with: greenledger retire --order {failed['order']}" in in_words
    hashes = [sent["hash"] for sent in failed["transactions"]]
    assert len(hashes) == 2
    assert all(shop.deployed.chain.web3.eth.get_transaction_receipt(one)["status"] == 1 for one in hashes)
    done = buyer.json("retire", "--order", failed["order"], "--yes", "--within", "60")
    assert (done["state"], done["transactions"]) == ("minted", [])
    assert before - balance(shop, buyer) == 3_290_000


def test_retire__rpc_away_after_the_broadcast__names_the_order_and_all_that_was_sent(
    buyer: Person, shop: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    sends = iter((False, True))
    rpc = chain_calls.rpc

    def failing(node: Node, method: str, *parameters: object) -> Flow[Any]:
        if method == "eth_sendRawTransaction" and next(sends):
            yield from rpc(node, method, *parameters)
            raise Unreachable("the RPC endpoint gave no answer to eth_sendRawTransaction: ReadError")
        return (yield from rpc(node, method, *parameters))

    monkeypatch.setattr(chain_calls, "rpc", failing)
    words = (*WORDS, "--source", shop.market.source_id(), "--yes")
    failed = buyer.json("retire", *words, code=4)
    approved, opened = (sent["hash"] for sent in failed["transactions"])
    assert opened in failed["error"] and approved != opened
    assert f"greenledger retire --order {failed['order']}" in failed["error"]
    assert shop.deployed.chain.web3.eth.get_transaction(opened)["to"] == shop.desk.desk.address


def test_retire__not_agreed_to_too_dear_or_not_on_sale__is_one_json_document(
    buyer: Person, shop: Shop
) -> None:
    words = (*WORDS, "--source", shop.market.source_id())
    declined = buyer.json("retire", *words, code=2)
    assert "not agreed to" in declined["error"] and declined["order"] and declined["transactions"] == []
    dear = buyer.json("retire", "--order", declined["order"], "--yes", "--max-usd", "1", code=2)
    assert "the price is 3.29 USD" in dear["error"] and dear["order"] == declined["order"]
    nothing = buyer.json("retire", "900000000t", *WORDS[1:], "--yes", code=2)
    assert "--source: no offer" in nothing["error"]


@pytest.mark.parametrize(
    "words",
    [
        ("retire",),
        ("retire", "1t"),
        ("retire", "1 stone", "--beneficiary", "a", "--reason", "b"),
        ("retire", "0.0000001g", "--beneficiary", "a", "--reason", "b"),
        ("retire", "1t", "--beneficiary", "a", "--reason", "b", "--token", "DOGE"),
        ("retire", "--order", "0" * 32),
        ("retire", "1t", "--beneficiary", "a", "--reason", "b", "--max-usd", "nan"),
        ("allocate", "0" * 32, "0x" + "11" * 32),
    ],
    ids=" ".join,
)
def test_retire__wrong_usage__ends_with_2_and_pays_nothing(
    buyer: Person, shop: Shop, words: tuple[str, ...]
) -> None:
    before = balance(shop, buyer)
    assert buyer.run(*words, "--yes", code=2).output
    assert balance(shop, buyer) == before


def test_quote__that_says_another_thing_than_its_order__is_not_paid(buyer: Person, shop: Shop) -> None:
    with Client(connection=Connection(shop.url, origin=ORIGIN)) as client:
        client.sign_in(buyer.wallet)
        wish = QuoteWish(
            shop.market.source_id(), TONNE, shop.desk.token.address, "Équipe BLOOM", "Training of BLOOM-176B"
        )
        quote, config = client.quote(wish), client.config()
        payer = buyer.wallet.address
        assert checked_order(quote, config, payer)[1] == 3_290_000
        stranger = "0x" + "11" * 20
        lies: list[tuple[str, Quote]] = [
            ("price", replace(quote, cost_usd="1.00")),
            ("amount_ug", replace(quote, amount_ug=2 * TONNE)),
            ("project", replace(quote, project="ANOTHER-1")),
            ("desk", replace(quote, desk=stranger)),
            ("id", replace(quote, desk_id="0x" + "11" * 32)),
            ("token", replace(quote, order={**quote.order, "token": stranger})),
            ("payer", replace(quote, order={**quote.order, "payer": stranger})),
        ]
        for name, lie in lies:
            with pytest.raises(NotTrusted, match=name):
                client.retire(lie, buyer.wallet)
        with pytest.raises(NotTrusted, match="cannot be read"):
            client.retire(replace(quote, order={}), buyer.wallet)
        assert balance(shop, buyer) == FUNDS
