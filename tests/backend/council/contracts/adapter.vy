# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title An adapter that sends what it is told, and a forger of other contracts' events
"""


@external
def send(to: address, data: Bytes[2048]):
    raw_call(to, data)


@external
def imitate(topics: bytes32[4], data: Bytes[2048]):
    raw_log([topics[0], topics[1], topics[2], topics[3]], data)
