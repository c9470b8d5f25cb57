# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The escrow of Toucan Protocol: holds tokens between a request and the registry's answer
@license AGPL-3.0-only
@notice Batches are whole tonnes of one token. What the protocol could only do by an upgrade is in `override` and
        `withhold`.
"""


from ethereum.ercs import IERC20


# Status of a request.
PENDING: constant(uint8) = 0
FINALIZED: constant(uint8) = 1
REVERTED: constant(uint8) = 2


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


struct RetirementRequest:
    user: address
    amount: uint256
    status: uint8
    batchTokenIds: DynArray[uint256, 100]
    retiringEntityString: String[64]
    beneficiary: address
    beneficiaryString: String[128]
    retirementMessage: String[512]
    beneficiaryLocation: String[128]
    consumptionCountryCode: String[8]
    consumptionPeriodStart: uint256
    consumptionPeriodEnd: uint256
    projectVintageTokenId: uint256


interface IToken:
    def retireAndMintCertificateForEntity(entity: address, params: RetirementParams): nonpayable


# Tonnes of a batch that no request holds.
batches: public(HashMap[uint256, uint256])


_requests: HashMap[uint256, RetirementRequest]


_count: uint256


_withheld: uint256


@external
def add_batch(batch: uint256, tonnes: uint256):
    self.batches[batch] = tonnes


@external
def override(request_id: uint256, user: address, amount: uint256, status: uint8):
    """
    @notice Makes the record say something else.
    """
    self._requests[request_id].user = user
    self._requests[request_id].amount = amount
    self._requests[request_id].status = status


@external
def withhold(amount: uint256):
    """
    @notice From now on a reverted request gets so much less.
    """
    self._withheld = amount


@external
def pay(token: address, to: address, amount: uint256):
    """
    @notice Sends what was withheld.
    """
    assert extcall IERC20(token).transfer(to, amount)


@external
def createRetirementRequest(user: address, params: RetirementParams) -> uint256:
    total: uint256 = 0
    for batch: uint256 in params.tokenIds:
        total += self.batches[batch] * 10**18
    assert params.amount != 0 and params.amount <= total, "Amount mismatch"
    left: uint256 = params.amount // 10**18
    for batch: uint256 in params.tokenIds:
        held: uint256 = min(left, self.batches[batch])
        self.batches[batch] -= held
        left -= held
    self._count += 1
    self._requests[self._count] = RetirementRequest(
        user=user,
        amount=params.amount,
        status=PENDING,
        batchTokenIds=params.tokenIds,
        retiringEntityString=params.retiringEntityString,
        beneficiary=params.beneficiary,
        beneficiaryString=params.beneficiaryString,
        retirementMessage=params.retirementMessage,
        beneficiaryLocation=params.beneficiaryLocation,
        consumptionCountryCode=params.consumptionCountryCode,
        consumptionPeriodStart=params.consumptionPeriodStart,
        consumptionPeriodEnd=params.consumptionPeriodEnd,
        projectVintageTokenId=7,
    )
    assert extcall IERC20(msg.sender).transferFrom(user, self, params.amount)
    return self._count


@external
def finalizeRetirementRequest(request_id: uint256):
    request: RetirementRequest = self._requests[request_id]
    assert request.status == PENDING, "Not pending request"
    self._requests[request_id].status = FINALIZED
    extcall IToken(msg.sender).retireAndMintCertificateForEntity(
        request.user,
        RetirementParams(
            tokenIds=request.batchTokenIds,
            amount=request.amount,
            retiringEntityString=request.retiringEntityString,
            beneficiary=request.beneficiary,
            beneficiaryString=request.beneficiaryString,
            retirementMessage=request.retirementMessage,
            beneficiaryLocation=request.beneficiaryLocation,
            consumptionCountryCode=request.consumptionCountryCode,
            consumptionPeriodStart=request.consumptionPeriodStart,
            consumptionPeriodEnd=request.consumptionPeriodEnd,
        ),
    )


@external
def revertRetirementRequest(request_id: uint256):
    request: RetirementRequest = self._requests[request_id]
    assert request.status == PENDING, "Not pending request"
    self._requests[request_id].status = REVERTED
    sent: uint256 = request.amount - self._withheld
    if sent != 0:
        assert extcall IERC20(msg.sender).transfer(request.user, sent)


@external
@view
def retirementRequests(request_id: uint256) -> RetirementRequest:
    return self._requests[request_id]
