# pragma version ~=0.4.3
# pragma nonreentrancy off
# SPDX-License-Identifier: Apache-2.0
"""
@title A carbon token for local chains that the demonstration aggregator sells and retires, with permits (EIP-2612);
       stands for nothing
@license Apache-2.0
"""


from snekmate.auth import ownable
initializes: ownable


from snekmate.tokens import erc20
initializes: erc20[ownable := ownable]


exports: erc20.__interface__


@deploy
def __init__():
    ownable.__init__()
    erc20.__init__("Demo credit", "CMARK", 18, "Demo credit", "1")
