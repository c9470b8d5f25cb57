# pragma version ~=0.4.3
# SPDX-License-Identifier: AGPL-3.0-only
"""
@title The Retirement Aggregator: takes credits of a bridge that it knows, retires them, returns nothing
@license AGPL-3.0-only
@notice `turn` makes it bad in one of several ways.
"""


from ethereum.ercs import IERC20


# Bridges, as the protocol's enum numbers them from 0; here from 1, so that 0 is a token that is not known.
TOUCAN: constant(uint256) = 1
CMARK: constant(uint256) = 2


# Ways to be bad.
KEEPS: constant(uint256) = 1
RETIRES_LESS: constant(uint256) = 2
TAKES_LESS: constant(uint256) = 3
DOES_NOTHING: constant(uint256) = 4
GIVES_BACK: constant(uint256) = 5
CALLS: constant(uint256) = 6


struct RetireDetails:
    retiringAddress: address
    retiringEntityString: String[64]
    beneficiaryAddress: address
    beneficiaryString: String[128]
    retirementMessage: String[512]
    beneficiaryLocation: String[128]
    consumptionCountryCode: String[8]
    consumptionPeriodStart: uint256
    consumptionPeriodEnd: uint256


event AggregatorRetired:
    carbonBridge: uint8
    retiringAddress: indexed(address)
    retiringEntityString: String[64]
    beneficiaryAddress: indexed(address)
    beneficiaryString: String[128]
    retirementMessage: String[512]
    carbonToken: address
    tokenId: uint256
    batchId: uint256
    hasId: uint8
    retiredAmount: uint256


interface ICredit:
    def retireFrom(
        amount: uint256,
        beneficiary: address,
        beneficiaryName: String[128],
        message: String[512],
        consumptionCountryCode: String[8],
        account: address,
    ): nonpayable
    def retire(amount: uint256) -> uint256: nonpayable


bridge: public(HashMap[address, uint256])


mode: public(uint256)


went_through: public(bool)


_data: Bytes[2048]


@external
def register(token: address, bridge: uint256):
    self.bridge[token] = bridge


@external
def turn(mode: uint256, data: Bytes[2048] = b""):
    """
    @param data What to call the caller with, in mode 6.
    """
    self.mode = mode
    self._data = data


@external
def allow(token: address, spender: address):
    """
    @notice Lets `spender` take tokens of the aggregator's own.
    """
    assert extcall IERC20(token).approve(spender, max_value(uint256))


@external
def call(target: address):
    """
    @notice Makes the call of mode 6 while nothing is retired.
    """
    self._call(target)


@external
def retireCredit(
    creditToken: address, tokenId: uint256, batchId: uint256, amount: uint256, details: RetireDetails
):
    if amount == 0:
        raw_revert(method_id("InvalidAmout()"))
    if self.bridge[creditToken] == 0:
        raw_revert(method_id("TokenNotSupported()"))
    if self.bridge[creditToken] == TOUCAN:
        self._check_consumption(details)
    if self.mode == DOES_NOTHING:
        return
    if self.mode == CALLS:
        self.mode = 0
        self._call(msg.sender)
    taken: uint256 = amount - 1 if self.mode == TAKES_LESS else amount
    assert extcall IERC20(creditToken).transferFrom(msg.sender, self, taken, default_return_value=True)
    if self.mode == KEEPS:
        return
    if self.mode == GIVES_BACK:
        assert extcall IERC20(creditToken).transfer(msg.sender, amount)
        return
    retired: uint256 = amount - 1 if self.mode == RETIRES_LESS else taken
    self._retire(creditToken, retired, details)
    self._log(creditToken, tokenId, batchId, retired, details)


@internal
def _log(token: address, token_id: uint256, batch_id: uint256, retired: uint256, details: RetireDetails):
    log AggregatorRetired(
        carbonBridge=convert(self.bridge[token] - 1, uint8),
        retiringAddress=details.retiringAddress,
        retiringEntityString=details.retiringEntityString,
        beneficiaryAddress=details.beneficiaryAddress,
        beneficiaryString=details.beneficiaryString,
        retirementMessage=details.retirementMessage,
        carbonToken=token,
        tokenId=token_id,
        batchId=batch_id,
        hasId=1 if batch_id != 0 else 3,
        retiredAmount=retired,
    )


@internal
def _retire(token: address, amount: uint256, details: RetireDetails):
    if self.bridge[token] == TOUCAN:
        _: uint256 = extcall ICredit(token).retire(amount)
        return
    assert extcall IERC20(token).approve(self, amount, default_return_value=True)
    extcall ICredit(token).retireFrom(
        amount,
        details.beneficiaryAddress,
        details.beneficiaryString,
        details.retirementMessage,
        details.consumptionCountryCode,
        self,
    )


@internal
def _call(target: address):
    self.went_through = raw_call(target, self._data, revert_on_failure=False)


@internal
@pure
def _check_consumption(details: RetireDetails):
    if len(details.beneficiaryLocation) == 0:
        raw_revert(method_id("InvalidBeneficiaryLocation()"))
    if len(details.consumptionCountryCode) == 0:
        raw_revert(method_id("InvalidCountryCode()"))
    if details.consumptionPeriodStart == 0:
        raw_revert(method_id("InvalidPeriodStart()"))
    if details.consumptionPeriodEnd == 0:
        raw_revert(method_id("InvalidPeriodEnd()"))
