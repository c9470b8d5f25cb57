# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Signed approvals of tokens (EIP-2612)
@license AGPL-3.0-only
@notice Whether a permit succeeds does not matter: it fails if somebody has sent it before, and a token without permits
        may swallow it. The transfer that follows asks for the allowance.
@dev The contract that imports this holds its lock, since the token is called.
"""


@internal
def _permit(token: address, payer: address, amount: uint256, deadline: uint256, v: uint8, r: bytes32, s: bytes32):
    _: bool = raw_call(
        token,
        abi_encode(
            payer,
            self,
            amount,
            deadline,
            v,
            r,
            s,
            method_id=method_id("permit(address,address,uint256,uint256,uint8,bytes32,bytes32)"),
        ),
        revert_on_failure=False,
    )
