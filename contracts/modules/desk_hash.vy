# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title EIP-712 struct hash of orders
@license AGPL-3.0-only
@notice https://eips.ethereum.org/EIPS/eip-712#definition-of-hashstruct
"""


from ..interfaces import IRetirementDesk


ORDER_TYPEHASH: constant(bytes32) = keccak256(
    "Order(address seller,address payer,address holder,address token,uint128 price,uint72 amount_ug,"
    "uint72 min_ug,bytes32 registry,string project,uint16 vintage,string beneficiary,uint64 quote_until,"
    "uint64 deadline,bytes32 salt)"
)


@internal
@pure
def _order(order: IRetirementDesk.Order) -> bytes32:
    return keccak256(
        abi_encode(
            ORDER_TYPEHASH,
            order.seller,
            order.payer,
            order.holder,
            order.token,
            order.price,
            order.amount_ug,
            order.min_ug,
            order.registry,
            keccak256(order.project),
            order.vintage,
            keccak256(order.beneficiary),
            order.quote_until,
            order.deadline,
            order.salt,
        )
    )
