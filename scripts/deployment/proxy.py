"""The deterministic deployment proxy: a contract at one address on all chains that does nothing but CREATE2.

It was made by a transaction that nobody holds a key for: its signature is a made-up number, and the account
that this signature gives pays for it. It is signed without a chain id, so that it is valid on every chain.
Source and explanation: https://github.com/Arachnid/deterministic-deployment-proxy
"""

from __future__ import annotations

from typing import Any

import click
from ape.api import AccountAPI, ProviderAPI
from eth_utils.address import to_checksum_address
from eth_utils.crypto import keccak

ADDRESS = "0x4e59b44847b379578588920cA78FbF26c0B4956C"

# What the published transaction leaves at `ADDRESS`: salt in the first 32 bytes, creation code after it.
CODE = bytes.fromhex(
    "7fffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffe0"
    "3601600081602082378035828234f58015156039578182fd5b8082525050506014600cf3"
)

# The published transaction, its sender, and what it costs: 100,000 gas at 100 gwei.
TRANSACTION = bytes.fromhex(
    "f8a58085174876e800830186a08080b853604580600e600039806000f350fe"
    + CODE.hex()
    + "1ba02222222222222222222222222222222222222222222222222222222222222222"
    "a02222222222222222222222222222222222222222222222222222222222222222"
)
SIGNER = "0x3fAB184622Dc19b6109349B94811493BF2a45362"
COST_WEI = 100_000 * 100 * 10**9

# In the words of the nodes that turn a transaction without a chain id away, before they look at the balance.
REFUSALS = ("protected", "eip-155", "eip155")


def predict(salt: bytes, creation_code: bytes) -> str:
    """The address that creation code with its arguments gets, on every chain."""
    digest = keccak(b"\xff" + bytes.fromhex(ADDRESS[2:]) + salt + keccak(creation_code))
    return str(to_checksum_address(digest[12:]))


def ensure(provider: ProviderAPI, deployer: AccountAPI) -> None:
    """Puts the proxy on a chain that lacks it; raises ClickException where that cannot be done."""
    code = bytes(provider.get_code(ADDRESS))
    if code == CODE:
        return
    if code:
        raise click.ClickException(f"{ADDRESS} holds other code than the deployment proxy on this chain")
    if provider.get_nonce(SIGNER) != 0:
        raise click.ClickException(
            f"the transaction of the deployment proxy has failed on this chain and cannot be sent again."
            f" {_PREINSTALL}"
        )
    click.echo(f"The deployment proxy is not on this chain: putting it at {ADDRESS}")
    missing = COST_WEI - provider.get_balance(SIGNER)
    if missing > 0:
        # Asked before any money is sent: a node that refuses such transactions says so at once.
        _refuse_if_unprotected_is(_try(provider))
        deployer.transfer(SIGNER, missing)
    error = _try(provider)
    if error is not None and bytes(provider.get_code(ADDRESS)) != CODE:
        _refuse_if_unprotected_is(error)
        raise click.ClickException(
            f"the transaction of the deployment proxy was not accepted: {error}. {COST_WEI / 10**18} of the"
            f" chain's currency wait at {SIGNER}, which only that transaction can spend. {_PREINSTALL}"
        )
    if bytes(provider.get_code(ADDRESS)) != CODE:
        raise click.ClickException(
            f"the deployment proxy is not at {ADDRESS} after its transaction. {_PREINSTALL}"
        )


_PREINSTALL = f"Ask the chain's operators to put the proxy at {ADDRESS}; many chains have it from the start."


def _refuse_if_unprotected_is(error: str | None) -> None:
    if error is not None and any(word in error.lower() for word in REFUSALS):
        raise click.ClickException(
            f"this node refuses transactions without a chain id (EIP-155), as the proxy's is: {error}."
            f" Use a node that takes them (geth: --rpc.allow-unprotected-txs), have somebody send the"
            f" published transaction there, or, where the chain itself forbids them: {_PREINSTALL}"
        )


def _try(provider: ProviderAPI) -> str | None:
    """Sends the published transaction and waits for it; what the node said if it did not take it."""
    web3: Any = provider.web3
    try:
        web3.eth.wait_for_transaction_receipt(web3.eth.send_raw_transaction(TRANSACTION), timeout=180)
    except Exception as error:  # every node has its own class of errors here
        return str(error) or type(error).__name__
    return None
