# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A wallet that calls elsewhere when it is asked, and says yes only if nobody let that call pass
@license AGPL-3.0-only
"""


MAGIC: constant(bytes4) = 0x1626BA7E


# A call that writes in a static context uses up all gas it is given, so something is kept for the answer.
CALL_GAS: constant(uint256) = 100_000


target: address


data: Bytes[1024]


asked: public(uint256)


@external
def prepare(target: address, data: Bytes[1024]):
    self.target = target
    self.data = data


@external
def count():
    self.asked += 1


@external
def call() -> bool:
    """
    @notice The same call where it may write, to show that it is a good one.
    """
    return self._call()


@external
def isValidSignature(hash: bytes32, signature: Bytes[1024]) -> bytes4:
    if self._call():
        return empty(bytes4)
    return MAGIC


@internal
def _call() -> bool:
    return raw_call(self.target, self.data, gas=CALL_GAS, revert_on_failure=False)
