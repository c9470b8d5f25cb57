# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The part of ERC-721 that is the same for every certificate: it cannot move
@license AGPL-3.0-only
@notice What ERC-721 offers for moving a token, or for letting another account move it, always reverts.
"""


# ERC-165 identifiers. ERC-5267 is the selector of `eip712Domain`.
SUPPORTED_INTERFACES: constant(bytes4[6]) = [
    0x01FFC9A7,  # ERC-165
    0x80AC58CD,  # ERC-721
    0x5B5E139F,  # ERC-721 metadata
    0xB45A3C0E,  # ERC-5192
    0x49064906,  # ERC-4906
    0x84B0196E,  # ERC-5267
]


# What a certificate is and is not, for whoever reads the contract.
STATEMENT: public(constant(String[128])) = (
    "Evidence of a retirement of carbon credits at a registry. It conveys no unit, cannot be transferred and is not tradable."
)


name: public(constant(String[32])) = "GPTX Retired Credits"
symbol: public(constant(String[8])) = "GPTXRC"


@external
@view
def isApprovedForAll(owner: address, operator: address) -> bool:
    """
    @notice ERC-721: nobody is ever approved.
    """
    return False


@external
@view
def supportsInterface(interface_id: bytes4) -> bool:
    return interface_id in SUPPORTED_INTERFACES


@external
@payable
def transferFrom(owner: address, to: address, token_id: uint256):
    """
    @notice ERC-721; always reverts. What was retired for one beneficiary cannot become another's.
    """
    self._refuse()


@external
@payable
def safeTransferFrom(owner: address, to: address, token_id: uint256, data: Bytes[1024] = b""):
    """
    @notice ERC-721; always reverts.
    """
    self._refuse()


@external
@payable
def approve(to: address, token_id: uint256):
    """
    @notice ERC-721; always reverts.
    """
    self._refuse()


@external
def setApprovalForAll(operator: address, approved: bool):
    """
    @notice ERC-721; always reverts.
    """
    self._refuse()


@internal
@pure
def _refuse():
    raise "credits: certificates cannot be transferred"
