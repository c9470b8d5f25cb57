# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The text modules alone, open to anyone
@license AGPL-3.0-only
"""


from contracts.modules import plain_text as text
from contracts.modules import base64_words as base64


@external
@pure
def escape_xml(content: String[96]) -> String[576]:
    return text._escape(content, "&#x", ";")


@external
@pure
def escape_json(content: String[96]) -> String[576]:
    return text._escape(content, "\\u00", "")


@external
@pure
def amount(amount_ug: uint256) -> String[85]:
    return text._amount(amount_ug)


@external
@pure
def date(unix: uint256) -> String[85]:
    return text._date(unix)


@external
@pure
def ascii(key: bytes32) -> String[32]:
    return text._ascii(key)


@external
@pure
def encode(data: Bytes[11_520]) -> String[15_360]:
    return base64._encode(data)
