# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A hostile wallet: it answers every check with an ERC-3668 revert that asks the caller to fetch a URL
"""


url: String[64]


@deploy
def __init__(url: String[64]):
    self.url = url


@external
@view
def isValidSignature(digest: bytes32, signature: Bytes[65]) -> bytes4:
    urls: DynArray[String[64], 1] = [self.url]
    raw_revert(
        abi_encode(
            self,
            urls,
            empty(Bytes[4]),
            0x1626ba7e,
            empty(Bytes[4]),
            method_id=method_id("OffchainLookup(address,string[],bytes,bytes4,bytes)"),
        )
    )
