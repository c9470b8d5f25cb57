# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A carbon token that retires like a TCO2, says any symbol it likes, and takes permits with a domain to be read
@license AGPL-3.0-only
"""


from tests.contracts.mocks import tco2_erc20 as erc20
initializes: erc20


exports: erc20.__interface__


DOMAIN_TYPEHASH: constant(bytes32) = keccak256(
    "EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)"
)


name: public(String[64])


symbol: public(String[2048])


_count: uint256


@deploy
def __init__(name: String[64], symbol: String[2048]):
    """
    @param name "Carbon", the name of the domain of its permits, or a false one.
    """
    erc20.__init__()
    self.name = name
    self.symbol = symbol


@external
@view
def DOMAIN_SEPARATOR() -> bytes32:
    return keccak256(abi_encode(DOMAIN_TYPEHASH, keccak256("Carbon"), keccak256("1"), chain.id, self))


@external
def retire(amount: uint256) -> uint256:
    erc20._burn(msg.sender, amount)
    self._count += 1
    return self._count
