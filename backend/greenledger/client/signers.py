"""Keys that sign on this machine: an encrypted keystore, or on a development chain a key in clear."""

from __future__ import annotations

from pathlib import Path

from eth_account.signers.local import LocalAccount

from greenledger.chain.deployment import LOCAL_CHAINS
from greenledger.chain.keys import DEVELOPMENT_ACCOUNTS, UnsafeKey, development_key, key_of_keystore
from greenledger.client.errors import NotTrusted

APE_ACCOUNTS = Path("~/.ape/accounts")


def keystore(file: Path, password: str, chain_id: int) -> LocalAccount:
    """The key of an encrypted keystore file (geth, eth-account, ape). Raises NotTrusted."""
    try:
        return key_of_keystore(file, password, chain_id)
    except UnsafeKey as error:
        raise NotTrusted(str(error)) from error


def in_clear(key: str, chain_id: int) -> LocalAccount:
    """A key in clear, on a development chain only. Raises NotTrusted."""
    try:
        return development_key(key, chain_id)
    except UnsafeKey as error:
        raise NotTrusted(str(error)) from error


def check_signer(signer: LocalAccount, chain_id: int) -> None:
    """Raises NotTrusted for a key that everyone holds, on a chain where things have value."""
    if signer.address in DEVELOPMENT_ACCOUNTS and chain_id not in LOCAL_CHAINS:
        raise NotTrusted(
            f"{signer.address} is a well-known development account and this is chain {chain_id}: "
            "expected a key of your own"
        )


def ape_keystore(alias: str) -> Path:
    """Where ape keeps an account: the same format as any other keystore file."""
    return APE_ACCOUNTS.expanduser() / f"{Path(alias).name}.json"
