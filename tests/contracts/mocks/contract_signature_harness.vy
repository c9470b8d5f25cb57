# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Opens the contract signature module to tests, as the contracts that use it see it
@license AGPL-3.0-only
"""


from contracts.modules import contract_signature


@external
@view
def is_valid(signer: address, digest: bytes32, signature: Bytes[1024]) -> bool:
    return contract_signature._is_valid(signer, digest, signature)


@external
@view
def is_valid_contract(signer: address, digest: bytes32, signature: Bytes[1024]) -> bool:
    return contract_signature._is_valid_contract(signer, digest, signature)
