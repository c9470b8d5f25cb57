# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Addresses as text
@license AGPL-3.0-only
"""


# Every other group of 64, 32, 16, 8 and 4 bits of a word, from the lowest.
OF_64: constant(uint256) = max_value(uint256) // (2**64 + 1)
OF_32: constant(uint256) = max_value(uint256) // (2**32 + 1)
OF_16: constant(uint256) = max_value(uint256) // (2**16 + 1)
OF_8: constant(uint256) = max_value(uint256) // (2**8 + 1)
OF_4: constant(uint256) = max_value(uint256) // (2**4 + 1)


# 1 in every byte of a word.
ONES: constant(uint256) = max_value(uint256) // 255


@internal
@pure
def _hex(account: address) -> String[42]:
    """
    @return text "0x" and 40 lower-case hexadecimal digits.
    """
    number: uint256 = convert(account, uint256)
    digits: Bytes[64] = concat(self._digits(number >> 32), self._digits((number & (2**32 - 1)) << 96))
    return concat("0x", convert(slice(digits, 0, 40), String[40]))


@internal
@pure
def _digits(number: uint256) -> bytes32:
    """
    @notice The 32 hexadecimal digits of a number below 2^128.
    @dev Spreads the number until each four bits have a byte, then makes all bytes digits at once: "0" is 48, and from
         10 on it takes 39 more to come to "a".
    """
    word: uint256 = (number | number << 64) & OF_64
    word = (word | word << 32) & OF_32
    word = (word | word << 16) & OF_16
    word = (word | word << 8) & OF_8
    word = (word | word << 4) & OF_4
    letters: uint256 = ((word + ONES * 6) >> 4) & ONES
    return convert(word + ONES * 48 + letters * 39, bytes32)
