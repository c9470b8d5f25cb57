# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title A Puro TCO2 of Toucan Protocol: retired by request, in whole tonnes, once the registry has answered
@license AGPL-3.0-only
"""


from tests.contracts.mocks import tco2_erc20 as erc20
initializes: erc20


exports: (
    erc20.decimals,
    erc20.balanceOf,
    erc20.allowance,
    erc20.totalSupply,
    erc20.issue,
    erc20.approve,
    erc20.transferFrom,
)


struct RetirementParams:
    tokenIds: DynArray[uint256, 100]
    amount: uint256
    retiringEntityString: String[64]
    beneficiary: address
    beneficiaryString: String[128]
    retirementMessage: String[512]
    beneficiaryLocation: String[128]
    consumptionCountryCode: String[8]
    consumptionPeriodStart: uint256
    consumptionPeriodEnd: uint256


event RetirementRequested:
    user: indexed(address)
    requestId: indexed(uint256)
    params: RetirementParams


event RetirementReverted:
    requestId: indexed(uint256)


event RetirementFinalized:
    requestId: indexed(uint256)


event Retired:
    sender: address
    amount: uint256
    eventId: uint256


interface IEscrow:
    def createRetirementRequest(user: address, params: RetirementParams) -> uint256: nonpayable
    def finalizeRetirementRequest(request_id: uint256): nonpayable
    def revertRetirementRequest(request_id: uint256): nonpayable


interface IReceiver:
    def onERC721Received(operator: address, owner: address, token_id: uint256, data: Bytes[1024]) -> bytes4: nonpayable


ESCROW: immutable(address)


# Holds the protocol's `RETIREMENT_ROLE`.
RETIRER: immutable(address)


# Ways to be bad. A call goes to what `prepare` was given, while the tokens move.
TAKES_NOTHING: constant(uint256) = 1
FIRST_NUMBER: constant(uint256) = 2
BIG_NUMBER: constant(uint256) = 3
CALLS_ON_TRANSFER: constant(uint256) = 4
REFUSES_TRANSFER: constant(uint256) = 5


mode: public(uint256)


# Whether the prepared call was made, and whether it went through.
called: public(bool)


went_through: public(bool)


_target: address


_data: Bytes[2048]


_events: uint256


@deploy
def __init__(escrow: address, retirer: address):
    erc20.__init__()
    ESCROW = escrow
    RETIRER = retirer


@external
def turn(mode: uint256):
    self.mode = mode


@external
def prepare(target: address, data: Bytes[2048]):
    self._target = target
    self._data = data


@external
def transfer(to: address, amount: uint256) -> bool:
    if self.mode == REFUSES_TRANSFER:
        return False
    if self.mode == CALLS_ON_TRANSFER:
        self.mode = 0
        self.called = True
        self.went_through = raw_call(self._target, self._data, revert_on_failure=False)
    erc20._move(msg.sender, to, amount)
    return True


@external
def requestRetirement(params: RetirementParams) -> uint256:
    assert params.amount % 10**18 == 0, "TCO2_INVALID_DECIMALS"
    erc20._approve(msg.sender, ESCROW, params.amount)
    request_id: uint256 = extcall IEscrow(ESCROW).createRetirementRequest(msg.sender, params)
    log RetirementRequested(user=msg.sender, requestId=request_id, params=params)
    if self.mode == TAKES_NOTHING:
        erc20._move(ESCROW, msg.sender, params.amount)
    if self.mode == FIRST_NUMBER:
        return 1
    return request_id + 2**64 if self.mode == BIG_NUMBER else request_id


@external
def finalizeRetirement(request_id: uint256):
    assert msg.sender == RETIRER, "Invalid access"
    extcall IEscrow(ESCROW).finalizeRetirementRequest(request_id)
    log RetirementFinalized(requestId=request_id)


@external
def revertRetirement(request_id: uint256):
    assert msg.sender == RETIRER, "Invalid access"
    extcall IEscrow(ESCROW).revertRetirementRequest(request_id)
    log RetirementReverted(requestId=request_id)


@external
def retireAndMintCertificateForEntity(entity: address, params: RetirementParams):
    assert msg.sender == ESCROW, "Not escrow contract"
    erc20._burn(ESCROW, params.amount)
    self._events += 1
    log Retired(sender=entity, amount=params.amount, eventId=self._events)
    # The protocol mints its own certificate to the entity, safely: a contract has to say that it takes one.
    if entity.is_contract:
        taken: bytes4 = extcall IReceiver(entity).onERC721Received(self, empty(address), self._events, b"")
        assert taken == 0x150B7A02, "ERC721: transfer to non ERC721Receiver implementer"
