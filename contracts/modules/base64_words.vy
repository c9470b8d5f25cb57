# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title Base64 of long texts, 24 bytes at a time
@license AGPL-3.0-only
@notice Standard alphabet with padding, RFC 4648 section 4. Snekmate's module takes at most 1,024 bytes and goes
        character by character; a token URI is ten times as long.
"""


MAX_INPUT: constant(uint256) = 11_520
MAX_OUTPUT: constant(uint256) = MAX_INPUT // 3 * 4


# The value 1 in each byte of a word.
ONES: constant(uint256) = max_value(uint256) // (2**8 - 1)


# The lower half of each group of 192, 96, 48, 24 and 12 bits, groups starting 256, 128, 64, 32 and 16 bits apart.
HALVES_96: constant(uint256) = 2**96 - 1
HALVES_48: constant(uint256) = max_value(uint256) // (2**128 - 1) * (2**48 - 1)
HALVES_24: constant(uint256) = max_value(uint256) // (2**64 - 1) * (2**24 - 1)
HALVES_12: constant(uint256) = max_value(uint256) // (2**32 - 1) * (2**12 - 1)
HALVES_6: constant(uint256) = max_value(uint256) // (2**16 - 1) * (2**6 - 1)


@internal
@pure
def _encode(data: Bytes[MAX_INPUT]) -> String[MAX_OUTPUT]:
    padded: Bytes[MAX_INPUT + 32] = concat(data, empty(bytes32))
    words: DynArray[bytes32, MAX_OUTPUT // 32] = []
    for i: uint256 in range((len(data) + 23) // 24, bound=MAX_OUTPUT // 32):
        sextets: uint256 = self._spread(extract32(padded, i * 24, output_type=uint256) >> 64)
        words.append(convert(self._letters(sextets), bytes32))
    size: uint256 = (len(data) + 2) // 3 * 4
    padding: uint256 = size // 4 * 3 - len(data)
    # The ABI encoding of the words is their bytes after an offset and a count of 32 bytes each.
    text: Bytes[MAX_OUTPUT + 64] = slice(abi_encode(words), 64, size - padding)
    return convert(concat(text, slice(b"==", 0, padding)), String[MAX_OUTPUT])


@internal
@pure
def _spread(bits: uint256) -> uint256:
    """
    @notice 192 bits as 32 bytes of 6 bits each: five times, every group is cut into halves and these moved apart.
    """
    groups: uint256 = bits & HALVES_96 | ((bits >> 96) & HALVES_96) << 128
    groups = groups & HALVES_48 | ((groups >> 48) & HALVES_48) << 64
    groups = groups & HALVES_24 | ((groups >> 24) & HALVES_24) << 32
    groups = groups & HALVES_12 | ((groups >> 12) & HALVES_12) << 16
    return groups & HALVES_6 | ((groups >> 6) & HALVES_6) << 8


@internal
@pure
def _letters(sextets: uint256) -> uint256:
    """
    @notice The letter of each of 32 sextets: A-Z, then a-z 6 code points further, 0-9 75 back, + 15 back and
            / 3 further again.
    @dev No byte carries into its neighbour: the sum is at most 63 + 65 + 6 + 3, and each subtraction applies
         only to bytes that are large enough.
    """
    forward: uint256 = sextets + ONES * 65 + self._at_least(sextets, 26) * 6 + self._at_least(sextets, 63) * 3
    return forward - self._at_least(sextets, 52) * 75 - self._at_least(sextets, 62) * 15


@internal
@pure
def _at_least(sextets: uint256, bound: uint256) -> uint256:
    """
    @notice 1 in each byte that is at least `bound`, else 0.
    @dev Adding 128 - bound sets the top bit of exactly those bytes, and cannot carry as sextets are below 64.
    """
    return ((sextets + ONES * (128 - bound)) >> 7) & ONES
