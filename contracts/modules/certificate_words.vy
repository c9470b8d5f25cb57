# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title What a certificate says for good, packed into as few storage words as its text needs
@license AGPL-3.0-only
@notice The first word starts with vintage16 | retired_at40 | minted_at32 | registry16 and the lengths of
        project, beneficiary and serials (8 bits each); the three texts follow without gaps. Vyper's own strings
        would take a word for each length and another for each start.
"""


MAX_WORDS: constant(uint256) = 7  # 16 bytes of head and at most 32 + 64 + 96 of text


HEAD_BYTES: constant(uint256) = 16


struct Details:
    vintage: uint16
    retired_at: uint64
    minted_at: uint32
    registry: uint256           # number of the registry
    project: String[32]
    beneficiary: String[64]
    serials: String[96]


@internal
@pure
def _pack(details: Details) -> DynArray[bytes32, MAX_WORDS]:
    head: uint256 = (
        convert(details.vintage, uint256) << 112
        | convert(details.retired_at, uint256) << 72
        | convert(details.minted_at, uint256) << 40
        | details.registry << 24
        | len(details.project) << 16
        | len(details.beneficiary) << 8
        | len(details.serials)
    )
    # 31 bytes of zeros at the end round the length up to whole words.
    data: Bytes[239] = concat(
        convert(convert(head, uint128), bytes16),
        convert(details.project, Bytes[32]),
        convert(details.beneficiary, Bytes[64]),
        convert(details.serials, Bytes[96]),
        empty(bytes31),
    )
    words: DynArray[bytes32, MAX_WORDS] = []
    for i: uint256 in range(MAX_WORDS):
        if (i + 1) * 32 > len(data):
            break
        words.append(extract32(data, i * 32))
    return words


@internal
@pure
def _word_count(first: bytes32) -> uint256:
    head: uint256 = convert(first, uint256) >> 128
    text_bytes: uint256 = ((head >> 16) & 255) + ((head >> 8) & 255) + (head & 255)
    return (HEAD_BYTES + text_bytes + 31) // 32


@internal
@pure
def _unpack(words: DynArray[bytes32, MAX_WORDS]) -> Details:
    head: uint256 = convert(words[0], uint256) >> 128
    # The ABI encoding of the words is their bytes after an offset and a count of 32 bytes each.
    data: Bytes[64 + 32 * MAX_WORDS] = abi_encode(words)
    project_start: uint256 = 64 + HEAD_BYTES
    beneficiary_start: uint256 = project_start + ((head >> 16) & 255)
    serials_start: uint256 = beneficiary_start + ((head >> 8) & 255)
    return Details(
        vintage=convert((head >> 112) & 65_535, uint16),
        retired_at=convert((head >> 72) & (2**40 - 1), uint64),
        minted_at=convert((head >> 40) & (2**32 - 1), uint32),
        registry=(head >> 24) & 65_535,
        project=convert(slice(data, project_start, (head >> 16) & 255), String[32]),
        beneficiary=convert(slice(data, beneficiary_start, (head >> 8) & 255), String[64]),
        serials=convert(slice(data, serials_start, head & 255), String[96]),
    )
