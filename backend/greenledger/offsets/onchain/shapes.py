"""What is asked of adapters, carbon tokens and the certificates, by signature (contracts/interfaces)."""

from __future__ import annotations

from greenledger.chain.views import EventShape, Function

UNITS_PER_UG = 10**6  # base units of a carbon token that are 1 µgCO2e: 18 decimals, one tonne each

LISTING_SET = EventShape(
    "ListingSet(address,uint256,bytes32,string,uint16,bool)", ("string", "uint16", "bool")
)
PAYMENT_TOKEN_SET = EventShape("PaymentTokenSet(address,address)", ())

IS_ADAPTER = Function("is_adapter(address)", ("bool",))
LISTING = Function("listing(address,uint256)", ("(bytes32,string,uint16,bool)",))
RETIRE_TOKEN = Function("retire_token(address,uint72,string)")
RETIRE_TOKEN_WITH_PERMIT = Function(
    "retire_token_with_permit(address,uint72,string,uint256,uint8,bytes32,bytes32)"
)
QUOTE = Function("quote(address,uint72,address)", ("uint256",))
OFFER = Function("offer(address)", ("address",))
SPENDER = Function("spender(address)", ("address",))
BUY_AND_RETIRE = Function("buy_and_retire(address,uint72,string,address,uint256)")

BALANCE_OF = Function("balanceOf(address)", ("uint256",))
ALLOWANCE = Function("allowance(address,address)", ("uint256",))
SYMBOL = Function("symbol()", ("string",))
NAME = Function("name()", ("string",))
DECIMALS = Function("decimals()", ("uint8",))
VERSION = Function("version()", ("string",))
NONCES = Function("nonces(address)", ("uint256",))
DOMAIN_SEPARATOR = Function("DOMAIN_SEPARATOR()", ("bytes32",))
EIP712_DOMAIN = Function(
    "eip712Domain()", ("bytes1", "string", "string", "uint256", "address", "bytes32", "uint256[]")
)
