"""What is checked before anything is served."""

from __future__ import annotations

from greenledger.api.settings import Settings
from greenledger.chain.deployment import LOCAL_CHAINS
from greenledger.council.signer import CouncilSigner

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


class UnsafeStart(RuntimeError):
    """The settings would put a key at risk or publish one; the text says which setting and what to do."""


def council_signer(settings: Settings, chain_id: int) -> CouncilSigner | None:
    """This node's signer, None if it has no key. Raises UnsafeStart for a development key on a real chain."""
    if settings.council_key is None:
        return None
    signer = CouncilSigner(settings.council_key.get_secret_value())
    if signer.address in DEVELOPMENT_ACCOUNTS and chain_id not in LOCAL_CHAINS:
        local = ", ".join(map(str, sorted(LOCAL_CHAINS)))
        raise UnsafeStart(
            f"GREENLEDGER_COUNCIL_KEY is the well-known development key of {signer.address} and the "
            f"deployment is on chain {chain_id}: expected a key of your own (development keys work on "
            f"chains {local} only)"
        )
    return signer


def check_public_rpc_url(settings: Settings, chain_id: int) -> None:
    """Raises UnsafeStart if browsers of a real chain would be told this node's own RPC URL."""
    if settings.public_rpc_url is None and chain_id not in LOCAL_CHAINS:
        raise UnsafeStart(
            "GREENLEDGER_PUBLIC_RPC_URL is not set and the deployment is on chain "
            f"{chain_id}: expected an RPC URL that everyone may read, since GREENLEDGER_RPC_URL may hold a "
            "provider's key and is never published beyond local chains"
        )
