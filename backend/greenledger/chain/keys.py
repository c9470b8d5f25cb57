"""The key that the gateway sends transactions with."""

from __future__ import annotations

import json
from pathlib import Path

from eth_account import Account
from eth_account.signers.local import LocalAccount

from greenledger.chain.deployment import LOCAL_CHAINS

# First 20 accounts of the mnemonic "test test … junk" that anvil, hardhat and ape print at start: everyone
# on earth holds their keys.
DEVELOPMENT_ACCOUNTS = frozenset(
    {
        "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
        "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
        "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
        "0x90F79bf6EB2c4f870365E785982E1f101E93b906",
        "0x15d34AAf54267DB7D7c367839AAf71A00a2C6A65",
        "0x9965507D1a55bcC2695C58ba16FB37d819B0A4dc",
        "0x976EA74026E726554dB657fA54763abd0C3a0aa9",
        "0x14dC79964da2C08b23698B3D3cc7Ca32193d9955",
        "0x23618e81E3f5cdF7f54C3d65f7FBc0aBf5B21E8f",
        "0xa0Ee7A142d267C1f36714E4a8F75612F20a79720",
        "0xBcd4042DE499D14e55001CcbB24a551F3b954096",
        "0x71bE63f3384f5fb98995898A86B02Fb2426c5788",
        "0xFABB0ac9d68B0B445fB7357272Ff202C5651694a",
        "0x1CBd3b2770909D4e10f157cABC84C7264073C9Ec",
        "0xdF3e18d64BC6A983f673Ab319CCaE4f1a57C7097",
        "0xcd3B766CCDd6AE721141F452C550Ca635964ce71",
        "0x2546BcD3c84621e976D8185a91A922aE77ECEc30",
        "0xbDA5747bFD65F08deb54cb465eB87D40e51B197E",
        "0xdD2FD4581271e230360230F9337D5c0430Bf44C0",
        "0x8626f6940E2eb28930eFb4CeF49B2d1F2C9C1199",
    }
)


class UnsafeKey(ValueError):
    """The gateway may not send with this key, or cannot read it; the text says what is right, no secret."""


def key_of_keystore(file: Path, password: str, chain_id: int) -> LocalAccount:
    """The key of an encrypted keystore file (Web3 Secret Storage, as geth and `ape accounts` write it).

    Takes a second or so. Raises UnsafeKey.
    """
    try:
        stored = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise UnsafeKey(f"{file.name} is not readable, expected an encrypted keystore file") from None
    try:
        account: LocalAccount = Account.from_key(Account.decrypt(stored, password))
    except (ValueError, TypeError, KeyError):
        raise UnsafeKey(f"{file.name} does not open with the password given") from None
    _refuse_known(account, chain_id)
    return account


def development_key(key: str, chain_id: int) -> LocalAccount:
    """A key in clear, on a development chain, where nothing has value. Raises UnsafeKey on any other."""
    if chain_id not in LOCAL_CHAINS:
        local = ", ".join(map(str, sorted(LOCAL_CHAINS)))
        raise UnsafeKey(
            f"a key in clear may send on chains {local} only and this is chain {chain_id}: "
            "expected an encrypted keystore file and its password"
        )
    try:
        account: LocalAccount = Account.from_key(key)
    except (ValueError, TypeError):
        raise UnsafeKey("the key is none: expected 0x and 64 hex digits") from None
    return account


def _refuse_known(account: LocalAccount, chain_id: int) -> None:
    if account.address in DEVELOPMENT_ACCOUNTS and chain_id not in LOCAL_CHAINS:
        raise UnsafeKey(
            f"the keystore holds the well-known development key of {account.address} and this is chain "
            f"{chain_id}: expected a key of your own"
        )
