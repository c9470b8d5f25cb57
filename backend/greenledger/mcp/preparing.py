"""The tools that prepare what only a wallet can do. They give requests for its owner, and sign nothing."""

from __future__ import annotations

import json
from collections.abc import Sequence

from greenledger.client.reading import Answer
from greenledger.client.shapes import ToSend
from greenledger.client.token_calls import approval, retirement
from greenledger.mcp.amounts import bounds_words, kg_text, kg_words
from greenledger.mcp.answers import Transaction, WalletRequest
from greenledger.mcp.failures import Failed, told
from greenledger.mcp.gateway import Gateway
from greenledger.mcp.inputs import Account, AmountKg, BeneficiaryName, Reason, SourceId, Token, Workload
from greenledger.mcp.pages import Pages
from greenledger.mcp.shopping import Shopping, above_zero_ug
from greenledger.mcp.texts import shown

NO_KEY = (
    "this server has no API key: expected GREENLEDGER_API_KEY with a key of the account that has the scopes"
    " submit and record, in the environment that starts it"
)
_NO_VALUE = "0x0"  # none of our contracts takes the chain's own coin


class Preparing:
    def __init__(self, gateway: Gateway, shopping: Shopping, pages: Pages) -> None:
        self._gateway = gateway
        self._shopping = shopping
        self._pages = pages

    async def record(self, workload: Workload) -> WalletRequest:
        """State finished AI work for the account of this server's API key, and prepare its attestation.

        The gateway stores the workload and its council signs a report; nothing is on chain until the owner of
        the account sends the transaction. The same workload gives the same request again.
        """
        with told():
            if not self._gateway.has_key:
                raise Failed(NO_KEY)
            stated = await self._gateway.client.submit(workload)
            report = await self._gateway.client.issue([stated.id])
        footprint = report.footprint
        amount = bounds_words(footprint.low_ug, footprint.central_ug, footprint.high_ug)
        words = f"Record an attestation of {amount} on the account {report.account}."
        page = self._pages.record()
        return WalletRequest(
            action="record",
            account=report.account,
            page=page,
            transactions=[_transaction(report.to_send, words)],
            steps=[
                words,
                f"Open {page} with the wallet of {report.account} and continue the waiting report, or send"
                " the transaction with that wallet.",
            ],
            expires_at=report.valid_until,
            attestation=report.id,
        )

    async def retire(
        self,
        source_id: SourceId,
        amount_kg: AmountKg,
        beneficiary_name: BeneficiaryName,
        reason: Reason,
    ) -> WalletRequest:
        """Prepare the purchase and retirement of credits from an offer of the quote tool. Pays nothing.

        The owner of a wallet opens the link, gets a firm price, and pays it into the desk, which refunds it
        unless the retirement is proven.
        """
        with told():
            amount_ug = above_zero_ug(amount_kg)
            offer = await self._shopping.offer_of(source_id, amount_ug)
            if not offer.orderable:
                raise Failed(
                    "amount_kg: the market does not sell exactly that, expected an available amount from"
                    f" {kg_text(offer.smallest_ug)} kg on, in steps of {kg_text(offer.step_ug)} kg"
                )
        return WalletRequest(
            action="retire",
            account=None,
            page=offer.page,
            transactions=[],
            steps=[
                f"Open {offer.page} and connect the wallet that pays.",
                f"Enter the amount: {amount_kg} kg ({kg_words(amount_ug)}), about {offer.cost_usd} US dollars"
                " and the seller's fee.",
                f"Enter the beneficiary: {json.dumps(beneficiary_name, ensure_ascii=False)}",
                f"Enter the reason: {json.dumps(reason, ensure_ascii=False)}",
                "Read the firm price that the page shows, and pay only if it is right.",
            ],
            expires_at=None,
        )

    async def retire_tokens(
        self,
        adapter: Token,
        token: Token,
        amount_kg: AmountKg,
        beneficiary_name: BeneficiaryName,
        holder: Account,
    ) -> WalletRequest:
        """Prepare the retirement of carbon tokens that a wallet already holds. Sends nothing.

        The transactions retire the holder's tokens for good and mint the certificate.
        """
        with told():
            amount_ug = above_zero_ug(amount_kg)
            body = {
                "adapter": adapter,
                "token": token,
                "amount_ug": str(amount_ug),
                "beneficiary": beneficiary_name,
                "holder": holder,
            }
            found = await self._gateway.post("/v1/tokens/calls", body)
            chain_id = (await self._gateway.client.config()).chain_id
            allow_ = approval(adapter, token, amount_ug, chain_id)
            retire_ = retirement(adapter, token, amount_ug, beneficiary_name, chain_id)
            calls = _as_made_here(found.items("transactions"), [allow_, retire_])
        allow = f"Allow the adapter to take {kg_words(amount_ug)} of the token."
        last = f"Retire {kg_words(amount_ug)} of the token for good and mint the certificate."
        words = [*[allow] * (len(calls) - 1), last]
        sent = [_transaction(call, text) for call, text in zip(calls, words, strict=True)]
        name = json.dumps(beneficiary_name, ensure_ascii=False)
        return WalletRequest(
            action="retire_tokens",
            account=holder,
            page=self._pages.tokens(),
            transactions=sent,
            steps=[
                f"With the wallet of {holder}, send the {len(sent)} transactions in order, or do the same at"
                f" {self._pages.tokens()}.",
                f"The beneficiary that the certificate names for good: {name}",
            ],
            expires_at=None,
        )


def _as_made_here(given: Sequence[Answer], made: list[ToSend]) -> list[ToSend]:
    """Those of ours that the gateway asks for: all, or the last where enough is allowed already.

    Raises ClientError for what differs from ours in anything, since the words beside it are ours.
    """
    if not 1 <= len(given) <= len(made):
        raise Failed(f"/v1/tokens/calls: gave {len(given)} transactions, expected 1 to {len(made)}")
    wanted = made[-len(given) :]
    for found, ours in zip(given, wanted, strict=True):
        to, data, chain_id = found.text("to"), found.text("data"), found.whole("chain_id")
        if (to.lower(), data.lower(), chain_id) != (ours.to.lower(), ours.data, ours.chain_id):
            said = f"a transaction to {shown(to, 42)} on chain {chain_id}"
            raise Failed(f"the gateway gave {said} that does not do what was asked for: do not send it")
    return wanted


def _transaction(call: ToSend, in_words: str) -> Transaction:
    return Transaction(
        to=call.to, data=call.data, value=_NO_VALUE, chainId=hex(call.chain_id), in_words=in_words
    )
